/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be sent, and what it would cost: nothing is made of it. */

#include "config.h"

#include "dio-cli-preview.h"

#include "dio-cli.h"

static DioPreview *
load_preview (DioStudio         *studio,
              DioComposition    *composition,
              const DioAccount  *account,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_preview_async (studio, composition, account, cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_studio_preview_finish (studio, result, error);
}

/**
 * dio_cli_preview_print_requests:
 * @studio: a studio
 * @composition: what would be sent
 * @account: (nullable): whose; its key is not needed
 * @cancellable: (nullable): ends the preparing of photos
 * @error: return location for a #GError
 *
 * Prints a list of requests, which is empty where nothing is ever sent.
 */
gboolean
dio_cli_preview_print_requests (DioStudio         *studio,
                                DioComposition    *composition,
                                const DioAccount  *account,
                                GCancellable      *cancellable,
                                GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DioPreview) preview = load_preview (studio, composition, account, cancellable, &local_error);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      dio_cli_print ("[]");
      return TRUE;
    }

  if (preview == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  node = dio_preview_to_json (preview);
  text = json_to_string (node, TRUE);
  dio_cli_print (text);

  return TRUE;
}

/**
 * dio_cli_preview_get_price:
 * @studio: a studio
 * @composition: what would be sent
 * @account: (nullable): whose money
 * @price: (out): what is known here
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: whether @composition could be sent
 */
gboolean
dio_cli_preview_get_price (DioStudio         *studio,
                           DioComposition    *composition,
                           const DioAccount  *account,
                           DioPrice          *price,
                           GError           **error)
{
  g_autoptr(DioRequest) request = dio_studio_freeze (studio, composition, error);

  if (request == NULL)
    return FALSE;

  dio_studio_estimate (studio, composition, account, price);

  return TRUE;
}

/**
 * dio_cli_preview_ask_price:
 * @studio: a studio
 * @composition: what would be sent
 * @account: (nullable): whose money, with a key
 * @cancellable: (nullable): ends the asking
 * @price: (out): the provider's answer
 * @error: return location for a #GError
 *
 * Sends the question, and is not charged for it.
 */
gboolean
dio_cli_preview_ask_price (DioStudio         *studio,
                           DioComposition    *composition,
                           const DioAccount  *account,
                           GCancellable      *cancellable,
                           DioPrice          *price,
                           GError           **error)
{
  g_autoptr(DioRequest) request = dio_studio_freeze (studio, composition, error);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  DioProvider *provider;

  if (request == NULL)
    return FALSE;

  provider = dio_studio_find_provider (studio, dio_request_get_provider_id (request));
  if (!dio_provider_get_facts (provider)->can_ask_price)
    {
      dio_cli_set_usage_error (error, "“%s” cannot be asked for a price; “--price” tells what is known here",
                               dio_provider_get_id (provider));
      return FALSE;
    }

  dio_provider_ask_price_async (provider, request, account, cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_provider_ask_price_finish (provider, result, price, error);
}
