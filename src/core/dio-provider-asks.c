/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a provider may be asked beside making pictures, and need not answer. None of
 * it is paid for. */

#include "config.h"

#include "dio-provider.h"

/* A provider without an answer says so, through a task of the caller's. */
static void
return_unsupported (DioProvider         *self,
                    gpointer             tag,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_task_report_new_error (self, callback, user_data, tag, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "%s cannot be asked this", dio_provider_get_id (self));
}

static gboolean
is_unsupported (GAsyncResult  *result,
                gpointer       tag,
                GError       **error)
{
  return g_async_result_is_tagged (result, tag) &&
         !g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dio_provider_preview_async:
 * @self: a provider
 * @request: for one of its models
 * @account: whose; its key is not needed
 * @cancellable: (nullable): ends the preparing
 * @callback: called with what would be sent
 * @user_data: data for @callback
 *
 * Sends nothing.
 */
void
dio_provider_preview_async (DioProvider         *self,
                            DioRequest          *request,
                            const DioAccount    *account,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DioProviderClass *klass;

  g_return_if_fail (DIO_IS_PROVIDER (self));

  klass = DIO_PROVIDER_GET_CLASS (self);
  if (klass->preview_async != NULL)
    klass->preview_async (self, request, account, cancellable, callback, user_data);
  else
    return_unsupported (self, dio_provider_preview_async, callback, user_data);
}

/**
 * dio_provider_preview_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a #GError: of a photo that cannot be made to fit;
 *   %G_IO_ERROR_NOT_SUPPORTED where nothing is ever sent
 *
 * Returns: (transfer full) (nullable): what would be sent
 */
DioPreview *
dio_provider_preview_finish (DioProvider   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  if (is_unsupported (result, dio_provider_preview_async, error))
    return NULL;

  return DIO_PROVIDER_GET_CLASS (self)->preview_finish (self, result, error);
}

/**
 * dio_provider_ask_price_async:
 * @self: a provider
 * @request: for one of its models
 * @account: whose, with a key
 * @cancellable: (nullable): ends the asking
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Sends the request, photos included, to be priced and not to be made.
 */
void
dio_provider_ask_price_async (DioProvider         *self,
                              DioRequest          *request,
                              const DioAccount    *account,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DioProviderClass *klass;

  g_return_if_fail (DIO_IS_PROVIDER (self));

  klass = DIO_PROVIDER_GET_CLASS (self);
  if (klass->ask_price_async != NULL && dio_provider_get_facts (self)->can_ask_price)
    klass->ask_price_async (self, request, account, cancellable, callback, user_data);
  else
    return_unsupported (self, dio_provider_ask_price_async, callback, user_data);
}

/**
 * dio_provider_ask_price_finish:
 * @self: a provider
 * @result: what the callback was given
 * @price: (out): the answer
 * @error: return location for a #GError
 *
 * Returns: whether there is an answer
 */
gboolean
dio_provider_ask_price_finish (DioProvider   *self,
                               GAsyncResult  *result,
                               DioPrice      *price,
                               GError       **error)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), FALSE);

  if (is_unsupported (result, dio_provider_ask_price_async, error))
    return FALSE;

  return DIO_PROVIDER_GET_CLASS (self)->ask_price_finish (self, result, price, error);
}

/**
 * dio_provider_test_key_async:
 * @self: a provider
 * @account: whose, with a key
 * @cancellable: (nullable): ends the asking
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Costs nothing.
 */
void
dio_provider_test_key_async (DioProvider         *self,
                             const DioAccount    *account,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DioProviderClass *klass;

  g_return_if_fail (DIO_IS_PROVIDER (self));

  klass = DIO_PROVIDER_GET_CLASS (self);
  if (klass->test_key_async != NULL)
    klass->test_key_async (self, account, cancellable, callback, user_data);
  else
    return_unsupported (self, dio_provider_test_key_async, callback, user_data);
}

/**
 * dio_provider_test_key_finish:
 * @self: a provider
 * @result: what the callback was given
 * @verdict: (out): what the answer says of the key
 * @balance: (out): what is left on the account, where that was told
 * @error: return location for a #GError, of why it could not be asked
 *
 * Returns: whether there is an answer
 */
gboolean
dio_provider_test_key_finish (DioProvider    *self,
                              GAsyncResult   *result,
                              DioKeyVerdict  *verdict,
                              DioPrice       *balance,
                              GError        **error)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), FALSE);

  if (is_unsupported (result, dio_provider_test_key_async, error))
    return FALSE;

  return DIO_PROVIDER_GET_CLASS (self)->test_key_finish (self, result, verdict, balance, error);
}
