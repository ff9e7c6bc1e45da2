/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks whether to send what nobody knows the price of, where a cap is set: an
 * unknown price is never counted as nothing. */

#include "config.h"

#include "dio-unknown-price.h"

#include <glib/gi18n.h>

/* @providers: who would be paid, in words. */
AdwMessageDialog *
dio_unknown_price_dialog_new (GtkWidget  *near,
                              const char *providers)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (near));
  GtkWidget *widget = adw_message_dialog_new (window, _("Send at an Unknown Price?"), NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  g_autofree char *body = NULL;

  /* Translators: %s is a provider. */
  body = g_strdup_printf (_("Nobody has said what %s will charge for this, so the limit per day cannot hold it back. "
                            "With an own figure in the preferences it could."), providers);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_add_response (dialog, DIO_UNKNOWN_PRICE_SEND, _("_Send"));
  adw_message_dialog_set_response_appearance (dialog, DIO_UNKNOWN_PRICE_SEND, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");

  return dialog;
}
