/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person agrees to what is paid before it is sent: by typing, or with options
 * where there is nobody to ask. */

#include "config.h"

#include "dio-cli-consent.h"

#include "dio-cli-price.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

static gboolean
can_ask (const DioCliComposeOptions *options)
{
  return !options->json && isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

static gboolean
answered_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  gboolean *has_answer = user_data;

  *has_answer = TRUE;

  return G_SOURCE_REMOVE;
}

/* Only a line that says yes is a yes. */
static gboolean
read_yes (GCancellable *cancellable)
{
  char line[64] = { 0 };
  gboolean has_answer = FALSE;
  guint id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, answered_cb, &has_answer);

  while (!has_answer && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!has_answer)
    {
      g_source_remove (id);
      return FALSE;
    }

  if (read (STDIN_FILENO, line, sizeof line - 1) <= 0)
    return FALSE;
  g_strstrip (line);

  /* Translators: the answer that pays; it is compared with what is typed. */
  return g_ascii_strcasecmp (line, "y") == 0 || g_ascii_strcasecmp (line, "yes") == 0 ||
         g_str_equal (line, _("yes"));
}

static gboolean
check_cap (DioStudio       *studio,
           const DioPrice  *price,
           GError         **error)
{
  DioLibrary *library = dio_studio_get_library (studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_library_check_cap_async (library, price, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_library_check_cap_finish (library, result, error);
}

/* With a cap, what nobody knows the price of is never sent unasked. */
static gboolean
check_budget (DioStudio                   *studio,
              const DioPrice              *price,
              const DioCliComposeOptions  *options,
              GError                     **error)
{
  if (dio_price_is_known (price))
    return check_cap (studio, price, error);

  if (!dio_library_has_cap (dio_studio_get_library (studio)) ||
      options->accept_unknown_price || (can_ask (options) && !options->yes))
    return TRUE;

  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_BUDGET,
                       "The price is unknown and there is a spending cap: "
                       "“--accept-unknown-price” sends it all the same");

  return FALSE;
}

static gboolean
ask (DioStudio       *studio,
     const DioPrice  *price,
     GCancellable    *cancellable,
     GError         **error)
{
  g_autofree char *described = dio_cli_price_describe (price);

  /* Translators: “%s” is such as “$0.07, by the provider’s list …” or “price unknown”. */
  dio_cli_print_error (_("This is paid: %s."), described);
  if (!dio_price_is_known (price) && dio_library_has_cap (dio_studio_get_library (studio)))
    dio_cli_print_error ("%s", _("There is a spending cap, which cannot hold what nobody knows."));
  /* What was typed before the question is no answer to it. */
  tcflush (STDIN_FILENO, TCIFLUSH);
  /* Translators: keep “[y/N]”. */
  fprintf (stderr, "%s ", _("Send it? [y/N]"));
  fflush (stderr);

  if (read_yes (cancellable))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not sent");

  return FALSE;
}

/* Said once to an account, before its first send. An address that was typed
 * for this run alone is another place, and is told each time. */
static gboolean
tell_where_photos_go (DioStudio                   *studio,
                      DioComposition              *composition,
                      const DioAccount            *account,
                      const DioCliComposeOptions  *options,
                      GError                     **error)
{
  DioProvider *provider = dio_studio_find_provider (studio, account->provider_id);
  const char *photos_go = dio_provider_get_facts (provider)->photos_go;
  g_autoptr(DioAccount) told = NULL;

  if (account->is_told || options->json || photos_go == NULL ||
      g_list_model_get_n_items (dio_composition_get_references (composition)) == 0)
    return TRUE;

  dio_cli_print_error ("%s", _(photos_go));
  if (options->account.endpoint != NULL)
    return TRUE;

  /* What was typed for this run is not kept. */
  told = dio_studio_dup_account (studio, account->provider_id, options->account.account);
  if (told == NULL)
    return TRUE;

  told->is_told = TRUE;

  return dio_cli_account_save (studio, told, error);
}

/**
 * dio_cli_consent_ask:
 * @studio: an open studio
 * @composition: what is to be sent
 * @account: who pays
 * @options: what was typed
 * @accepts_unknown_price: (out): whether the person agrees to a price that
 *   nobody knows
 * @cancellable: (nullable): ends the question
 * @error: return location for a usage error where there is nobody to ask, for
 *   %DIO_ERROR_BUDGET, or for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it may be sent
 */
gboolean
dio_cli_consent_ask (DioStudio                   *studio,
                     DioComposition              *composition,
                     const DioAccount            *account,
                     const DioCliComposeOptions  *options,
                     gboolean                    *accepts_unknown_price,
                     GCancellable                *cancellable,
                     GError                     **error)
{
  DioPrice price;

  dio_studio_estimate (studio, composition, account, &price);
  *accepts_unknown_price = options->accept_unknown_price;

  if (!options->yes && !can_ask (options))
    {
      g_autofree char *described = dio_cli_price_describe (&price);

      dio_cli_set_usage_error (error, "--yes is missing: this is paid (%s), and there is no terminal to ask on",
                               described);
      return FALSE;
    }

  if (!check_budget (studio, &price, options, error) ||
      !tell_where_photos_go (studio, composition, account, options, error))
    return FALSE;
  if (options->yes)
    return TRUE;

  *accepts_unknown_price = TRUE;

  return ask (studio, &price, cancellable, error);
}
