/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way from Generate to a job in the queue: a key is there, the person knows
 * where the photos go, and the money is as they want it. Nothing is frozen or
 * sent before the last of these. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-error.h"
#include "dio-first-send.h"
#include "dio-money-words.h"
#include "dio-toast.h"
#include "dio-unknown-price.h"
#include "dio-words.h"

#include <glib/gi18n.h>

typedef struct
{
  DioWindow   *window;     /* (owned) */
  DioProvider *provider;   /* (owned) */
  DioAccount  *account;    /* (owned) (nullable) */
  gboolean     asks_price; /* instead of making pictures */
} Sending;

static void
sending_free (Sending *sending)
{
  sending->window->is_sending = FALSE;
  dio_window_update_actions (sending->window);

  g_clear_pointer (&sending->account, dio_account_free);
  g_clear_object (&sending->provider);
  g_clear_object (&sending->window);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* The window may have been closed while something was asked. */
static gboolean
is_closed (Sending *sending)
{
  return sending->window->studio == NULL;
}

static AdwMessageDialog *
make_dialog (Sending    *sending,
             const char *heading,
             const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (sending->window), heading, NULL);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
preferences_response_cb (DioWindow  *self,
                         const char *response)
{
  if (g_str_equal (response, "app.preferences"))
    gtk_widget_activate_action (GTK_WIDGET (self), response, NULL);
}

typedef struct
{
  DioWindow  *window;  /* (owned) */
  DioAccount *account; /* (owned) */
} Opening;

static void
account_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Opening *opening = user_data;
  g_autoptr(DioWindow) window = opening->window;
  g_autoptr(DioAccount) account = opening->account;
  g_autoptr(GError) error = NULL;

  g_free (opening);
  dio_library_save_account_finish (DIO_LIBRARY (source), result, &error);
  if (window->studio == NULL)
    return;

  if (error != NULL)
    dio_window_tell_error (window, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "app.account", "(ss)", account->provider_id, account->name);
}

/* A provider's first account is kept only once it is wanted. */
static void
account_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     gpointer          user_data)
{
  Sending *sending = user_data;
  Opening *opening;

  if (is_closed (sending) || !g_str_equal (response, "app.account"))
    return;

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (sending->window);
  opening->account = dio_account_copy (sending->account);
  dio_library_save_account_async (dio_studio_get_library (sending->window->studio), sending->account,
                                  account_saved_cb, opening);
}

static void
sending_gone_cb (gpointer  data,
                 GClosure *closure)
{
  sending_free (data);
}

static AdwMessageDialog *
make_remedy_dialog (Sending    *sending,
                    const char *heading,
                    const char *body,
                    const char *action,
                    const char *label)
{
  AdwMessageDialog *dialog = make_dialog (sending, heading, body);

  adw_message_dialog_add_response (dialog, action, label);
  adw_message_dialog_set_response_appearance (dialog, action, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, action);
  return dialog;
}

static void
tell_no_key (Sending *sending)
{
  const char *name = _(dio_provider_get_display_name (sending->provider));
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  /* Translators: a heading; %s is a provider. */
  heading = g_strdup_printf (_("%s Needs a Key"), name);
  /* Translators: %1$s is a provider, %2$s the name of an account there. */
  body = g_strdup_printf (_("No key is kept for the account “%2$s”. It is had from %1$s and given in the preferences."),
                          name, dio_account_name_to_text (sending->account->name));
  dialog = make_remedy_dialog (sending, heading, body, "app.account", _("_Give the Key…"));
  g_signal_connect_data (dialog, "response", G_CALLBACK (account_response_cb), sending, sending_gone_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell_budget (Sending *sending)
{
  const DioPrice *price = dio_prompt_card_get_price (sending->window->prompt_card);
  g_autofree char *body = dio_format_budget (dio_studio_get_library (sending->window->studio), price);

  AdwMessageDialog *dialog = make_remedy_dialog (sending, _("Beyond the Cap of the Day"), body,
                                                 "app.preferences", _("Open _Preferences…"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (preferences_response_cb),
                           sending->window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_job (Sending  *sending,
         gboolean  accepts_unknown_price)
{
  DioWindow *self = sending->window;
  g_autoptr(GError) error = NULL;
  DioJob *job = dio_studio_generate (self->studio, self->composition, sending->account,
                                     accepts_unknown_price, &error);

  if (job == NULL)
    {
      dio_window_tell_error (self, error);
      return;
    }

  dio_prompt_card_follow_job (self->prompt_card, job);
  dio_window_show_content (self, "gallery");
  dio_gallery_show_newest (self->gallery);
}

static void
unknown_price_response_cb (AdwMessageDialog *dialog,
                           const char       *response,
                           gpointer          user_data)
{
  Sending *sending = user_data;

  if (!is_closed (sending) && g_str_equal (response, DIO_UNKNOWN_PRICE_SEND))
    add_job (sending, TRUE);
}

static void
ask_unknown_price (Sending *sending)
{
  AdwMessageDialog *dialog = dio_unknown_price_dialog_new (GTK_WIDGET (sending->window),
                                                           _(dio_provider_get_display_name (sending->provider)));

  g_signal_connect_data (dialog, "response", G_CALLBACK (unknown_price_response_cb), sending, sending_gone_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cap_checked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  g_autoptr(GError) error = NULL;

  dio_library_check_cap_finish (DIO_LIBRARY (source), result, &error);
  if (is_closed (sending))
    return;

  if (error == NULL)
    add_job (sending, FALSE);
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_BUDGET))
    tell_budget (sending);
  else
    dio_window_tell_error (sending->window, error);
}

static void
check_money (Sending *sending)
{
  DioLibrary *library = dio_studio_get_library (sending->window->studio);
  const DioPrice *price = dio_prompt_card_get_price (sending->window->prompt_card);

  if (!dio_price_is_known (price) && dio_library_has_cap (library))
    ask_unknown_price (sending);
  else
    dio_library_check_cap_async (library, price, cap_checked_cb, sending);
}

static void
price_asked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  DioPrice price;

  dio_provider_ask_price_finish (DIO_PROVIDER (source), result, &price, &error);
  if (is_closed (sending) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      dio_window_tell_error (sending->window, error);
      return;
    }

  sentence = dio_price_to_sentence (&price);
  dio_prompt_card_set_price (sending->window->prompt_card, &price);
  dio_toast_show (GTK_WIDGET (sending->window->pages), dio_toast_new (sentence));
}

static void
ask_price (Sending *sending)
{
  DioWindow *self = sending->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioRequest) request = dio_studio_freeze (self->studio, self->composition, &error);

  if (request == NULL)
    {
      dio_window_tell_error (self, error);
      sending_free (sending);
      return;
    }

  dio_provider_ask_price_async (sending->provider, request, sending->account, self->cancellable,
                                price_asked_cb, sending);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  g_autoptr(GError) error = NULL;
  gboolean may_send = dio_first_send_ask_finish (result, &error);

  if (is_closed (sending))
    return;

  if (!may_send)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        dio_window_tell_error (sending->window, error);
      return;
    }

  if (sending->asks_price)
    ask_price (g_steal_pointer (&sending));
  else
    check_money (g_steal_pointer (&sending));
}

static void
tell_where_photos_go (Sending *sending)
{
  dio_first_send_ask_async (GTK_WINDOW (sending->window), sending->window->studio, sending->provider,
                            sending->account, told_cb, sending);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = dio_key_store_lookup_finish (DIO_KEY_STORE (source), result, NULL, &error);
  gboolean has_key = key != NULL && *key != '\0';

  if (is_closed (sending))
    return;

  if (error != NULL)
    dio_window_tell_error (sending->window, error);
  else if (!has_key)
    tell_no_key (g_steal_pointer (&sending));
  else
    tell_where_photos_go (g_steal_pointer (&sending));
}

static void
look_for_key (Sending *sending)
{
  DioKeyStore *keys = dio_studio_get_keys (sending->window->studio);

  if (sending->account == NULL || keys == NULL)
    tell_where_photos_go (sending);
  else
    dio_key_store_lookup_async (keys, dio_provider_get_id (sending->provider), sending->account->name,
                                sending->window->cancellable, key_found_cb, sending);
}

/* One at a time, since a second press of the button would be paid as well. */
static void
begin (DioWindow *self,
       gboolean   asks_price)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  Sending *sending;

  if (self->is_sending || model == NULL)
    return;

  sending = g_new0 (Sending, 1);
  sending->window = g_object_ref (self);
  sending->provider = g_object_ref (dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model)));
  sending->account = dio_prompt_card_dup_account (self->prompt_card);
  sending->asks_price = asks_price;
  self->is_sending = TRUE;
  dio_window_update_actions (self);

  if (dio_provider_is_local (sending->provider))
    {
      add_job (sending, FALSE);
      sending_free (sending);
    }
  else
    look_for_key (sending);
}

void
dio_window_generate_action (GtkWidget  *widget,
                            const char *name,
                            GVariant   *parameter)
{
  begin (DIO_WINDOW (widget), FALSE);
}

void
dio_window_ask_price_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  begin (DIO_WINDOW (widget), TRUE);
}
