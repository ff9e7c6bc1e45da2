/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells once, before the first send to an account, where the photos go. */

#include "config.h"

#include "dio-first-send.h"

#include <glib/gi18n.h>

#define RESPONSE_SEND "send"

typedef struct
{
  DioLibrary *library;  /* (owned) */
  DioAccount *account;  /* (owned) */
  gboolean    agrees;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->library);
  dio_account_free (asking->account);
  g_free (asking);
}

/* Telling it once more is no harm: what was agreed to is done. */
static void
account_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  if (!dio_library_save_account_finish (DIO_LIBRARY (source), result, &error))
    g_message ("%s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
responded_cb (GtkWidget  *dialog,
              const char *response,
              gpointer    user_data)
{
  Asking *asking = g_task_get_task_data (user_data);

  asking->agrees = g_str_equal (response, RESPONSE_SEND);
}

/* Also where the dialog goes along with its window, without a response. */
static void
dialog_gone_cb (gpointer  data,
                GClosure *closure)
{
  g_autoptr(GTask) task = data;
  Asking *asking = g_task_get_task_data (task);

  if (!asking->agrees)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The photos are not to be sent");
      return;
    }

  asking->account->is_told = TRUE;
  dio_library_save_account_async (asking->library, asking->account,
                                  account_saved_cb, g_steal_pointer (&task));
}

static char *
format_body (const DioProviderFacts *facts)
{
  if (facts->warning == NULL)
    return g_strdup (_(facts->photos_go));

  return g_strdup_printf ("%s\n\n%s", _(facts->photos_go), _(facts->warning));
}

static void
show_dialog (GtkWindow              *parent,
             DioProvider            *provider,
             const DioProviderFacts *facts,
             GTask                  *task)
{
  /* Translators: heading of a question; %s is a provider’s name. */
  g_autofree char *heading = g_strdup_printf (_("Send Photos to %s?"), dio_provider_get_display_name (provider));
  g_autofree char *body = format_body (facts);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_responses (dialog,
                                    "cancel", _("_Cancel"),
                                    RESPONSE_SEND, _("_Send"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, RESPONSE_SEND, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, RESPONSE_SEND);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (responded_cb),
                         g_object_ref (task), dialog_gone_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dio_first_send_ask_async (GtkWindow           *parent,
                          DioStudio           *studio,
                          DioProvider         *provider,
                          const DioAccount    *account,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  const DioProviderFacts *facts = dio_provider_get_facts (provider);
  Asking *asking;

  g_task_set_source_tag (task, dio_first_send_ask_async);

  if (account == NULL || account->is_told || facts == NULL || facts->photos_go == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  asking = g_new0 (Asking, 1);
  asking->library = g_object_ref (dio_studio_get_library (studio));
  asking->account = dio_account_copy (account);
  g_task_set_task_data (task, asking, asking_free);
  show_dialog (parent, provider, facts, task);
}

gboolean
dio_first_send_ask_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_first_send_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
