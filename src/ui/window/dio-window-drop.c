/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos and compositions dropped anywhere on the window, or pasted. On the strip
 * photos go where they were dropped, elsewhere to its end. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-document.h"
#include "dio-drop.h"

#include <glib/gi18n.h>

typedef struct
{
  DioWindow *window;   /* (unowned): cancels the reading as it goes */
  GdkDrop   *drop;     /* (owned) (nullable): NULL for a paste */
  guint      position; /* among the photos */
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_clear_object (&arrival->drop);
  g_free (arrival);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static void
import_files (DioWindow *self,
              GSList    *files,
              guint      position)
{
  for (GSList *l = files; l != NULL; l = l->next)
    {
      if (dio_document_is (l->data))
        {
          dio_window_open_document (self, l->data);
          continue;
        }

      dio_importer_add_file (self->importer, l->data, position);
      if (position != G_MAXUINT)
        position++;
    }
}

static void
arrived_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Arrival) arrival = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioDrop) drop = dio_read_drop_finish (result, &error);

  if (arrival->drop != NULL)
    gdk_drop_finish (arrival->drop, drop != NULL ? GDK_ACTION_COPY : 0);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (drop == NULL)
    {
      dio_window_tell_error (arrival->window, error);
      return;
    }

  import_files (arrival->window, drop->files, arrival->position);
  if (drop->bytes != NULL || drop->address != NULL)
    /* Translators: name of a picture that was dropped or pasted without one. */
    dio_importer_add_bytes (arrival->window->importer, drop->bytes, drop->address, _("picture"), arrival->position);
}

static guint
get_position (DioWindow *self,
              double     x,
              double     y)
{
  GtkWidget *strip = GTK_WIDGET (self->strip);
  double strip_x;
  double strip_y;

  if (!gtk_widget_translate_coordinates (self->toasts, strip, x, y, &strip_x, &strip_y)
      || !gtk_widget_contains (strip, strip_x, strip_y))
    return G_MAXUINT;

  return dio_strip_get_position_at (self->strip, strip_x, strip_y);
}

static GdkDragAction
drag_enter_cb (DioWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->strip), "drop-active");
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (DioWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->strip), "drop-active");
}

static gboolean
drop_cb (DioWindow *self,
         GdkDrop   *drop,
         double     x,
         double     y)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  drag_leave_cb (self);
  arrival->window = self;
  arrival->drop = g_object_ref (drop);
  arrival->position = get_position (self, x, y);
  dio_read_drop_async (drop, self->cancellable, arrived_cb, arrival);
  return TRUE;
}

void
dio_window_drop_init (DioWindow *self)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (dio_drop_formats (), GDK_ACTION_COPY);

  /* Before the text view, which would take a dropped file for its path. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "drag-enter", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect_swapped (target, "drag-leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->toasts, GTK_EVENT_CONTROLLER (target));
}

void
dio_window_paste (DioWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  Arrival *arrival;

  if (!dio_drop_is_welcome (gdk_clipboard_get_formats (clipboard)))
    return;

  arrival = g_new0 (Arrival, 1);
  arrival->window = self;
  arrival->position = G_MAXUINT;
  dio_read_clipboard_async (clipboard, self->cancellable, arrived_cb, arrival);
}
