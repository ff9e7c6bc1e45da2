/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts, from wherever in the window something happens. */

#include "config.h"

#include "dio-toast.h"

AdwToast *
dio_toast_new (const char *text)
{
  /* Up to libadwaita 1.3 the title of a toast is always markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
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
