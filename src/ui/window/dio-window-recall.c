/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that comes into the window is a reference. Where its file tells how it
 * was made, it can be made again instead. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-error.h"
#include "dio-studio-recall.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

#define SECONDS 10

/* What a toast offers. */
typedef struct
{
  DioWindow          *window;    /* (unowned): holds the toast */
  DioPictureMetadata *metadata;  /* (owned) */
} Offer;

static void
offer_free (Offer    *offer,
            GClosure *closure)
{
  dio_picture_metadata_free (offer->metadata);
  g_free (offer);
}

static char *
make_title (const DioPictureMetadata *metadata)
{
  switch (metadata->writer)
    {
    case DIO_METADATA_DIORAMA:
      return g_strdup (_("Made with Diorama"));
    case DIO_METADATA_AUTOMATIC1111:
      /* Translators: “Stable Diffusion” is a name. */
      return g_strdup (_("Made with Stable Diffusion"));
    case DIO_METADATA_COMFYUI:
      /* Translators: “ComfyUI” is a name. */
      return g_strdup (_("Made with ComfyUI"));
    case DIO_METADATA_INVOKEAI:
    default:
      /* Translators: “InvokeAI” is a name. */
      return g_strdup (_("Made with InvokeAI"));
    }
}

/* All of it is one step, and what was there before is one step back. */
static void
offer_undo (DioWindow  *self,
            const char *title)
{
  AdwToast *toast = dio_toast_new (title);

  dio_composition_history_end_step (self->history);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_signal_connect_object (self->history, "notify::can-undo", G_CALLBACK (adw_toast_dismiss),
                           toast, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (self->pages), toast);
}

static void
recalled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  DioWindow *self;

  if (dio_studio_recall_finish (DIO_STUDIO (source), result, &error))
    {
      offer_undo (user_data, _("Settings recalled"));
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    offer_undo (self, _("Settings recalled, without photos that are not on this computer"));
  else
    dio_window_tell_error (self, error);
}

static void
recall_cb (AdwToast *toast,
           Offer    *offer)
{
  DioWindow *self = offer->window;

  dio_composition_history_end_step (self->history);
  dio_studio_recall_async (self->studio, offer->metadata, self->composition, self->cancellable,
                           recalled_cb, self);
}

static void
dismissed_cb (DioWindow *self,
              AdwToast  *toast)
{
  if (self->recall_toast == toast)
    self->recall_toast = NULL;
}

/* Of several pictures that come at once, the last: they would queue up. */
static void
metadata_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  DioPictureMetadata *metadata = dio_picture_metadata_read_finish (result, &error);
  g_autofree char *title = NULL;
  DioWindow *self;
  AdwToast *toast;
  Offer *offer;

  if (metadata == NULL)
    return;

  self = user_data;
  title = make_title (metadata);
  toast = dio_toast_new (title);
  offer = g_new0 (Offer, 1);
  offer->window = self;
  offer->metadata = metadata;
  adw_toast_set_button_label (toast, _("_Recall Its Settings"));
  adw_toast_set_timeout (toast, SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (recall_cb), offer, (GClosureNotify) offer_free, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);

  if (self->recall_toast != NULL)
    adw_toast_dismiss (self->recall_toast);
  self->recall_toast = toast;
  dio_toast_show (GTK_WIDGET (self->pages), toast);
}

static void
arrived_cb (DioWindow    *self,
            DioReference *reference)
{
  dio_picture_metadata_read_async (dio_reference_get_bytes (reference), self->cancellable, metadata_read_cb, self);
}

void
dio_window_recall_init (DioWindow *self)
{
  g_signal_connect_object (self->importer, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
}
