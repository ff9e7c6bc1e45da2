/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts, from wherever in the window something happens. */

#include "config.h"

#include "dio-toast.h"

#include "dio-error-text.h"

#include <glib/gi18n.h>

AdwToast *
dio_toast_new (const char *text)
{
  /* Up to libadwaita 1.3 the title of a toast is always markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

AdwToast *
dio_toast_new_for_error (const GError *error)
{
  DioErrorText text = dio_error_text (error);
  g_autofree char *both = NULL;

  /* Translators: a toast: what went wrong, and what can be done. */
  both = g_strdup_printf (_("%1$s: %2$s"), text.title, text.sentence);
  return dio_toast_new (both);
}

/* Takes the toast. */
void
dio_toast_show (GtkWidget *near,
                AdwToast  *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}
