/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the window that its first frame does without: pages, menus and
 * the overlay with the shortcuts are made when they are wanted, the parameters as
 * soon as the frame is on the screen. */

#include "config.h"

#include "dio-window-private.h"

static void
queue_closed_cb (DioWindow *self)
{
  gtk_stack_set_visible_child (self->pages, self->compose_page);
  gtk_widget_grab_focus (self->queue_button);
}

void
dio_window_show_queue (DioWindow *self)
{
  if (self->queue_page == NULL)
    {
      self->queue_page = g_object_new (DIO_TYPE_QUEUE_PAGE, NULL);
      gtk_stack_add_child (self->pages, GTK_WIDGET (self->queue_page));
      dio_queue_page_set_studio (self->queue_page, self->studio);
      g_signal_connect_object (self->queue_page, "closed", G_CALLBACK (queue_closed_cb), self, G_CONNECT_SWAPPED);
    }

  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->queue_page));
  gtk_widget_grab_focus (GTK_WIDGET (self->queue_page));
}

static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  DioWindow *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->primary_menu);
}

/* GTK has an action of the same name for an overlay that is there: it takes the
 * place of this one. */
static void
show_help_activated_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  GtkApplicationWindow *window = user_data;
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/diorama/Diorama/window/help-overlay.ui");
  GtkShortcutsWindow *overlay = GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_application_window_set_help_overlay (window, overlay);
  gtk_window_present (GTK_WINDOW (overlay));
}

static gboolean
fill_panel_cb (gpointer user_data)
{
  DioWindow *self = user_data;

  self->fill_id = 0;
  dio_parameter_panel_set_composition (self->panel, self->composition);
  return G_SOURCE_REMOVE;
}

static void
frame_painted_cb (DioWindow     *self,
                  GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, frame_painted_cb, self);
  self->fill_id = g_idle_add_full (G_PRIORITY_LOW, fill_panel_cb, self, NULL);
}

static void
realized_cb (DioWindow *self)
{
  g_signal_handlers_disconnect_by_func (self, realized_cb, NULL);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint",
                           G_CALLBACK (frame_painted_cb), self, G_CONNECT_SWAPPED);
}

void
dio_window_later_init (DioWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "show-help-overlay", .activate = show_help_activated_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu, self, NULL);
  g_signal_connect (self, "realize", G_CALLBACK (realized_cb), NULL);
}
