/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture among those that are compared: its name, what can be done with it,
 * and why it is not to be seen. */

#include "config.h"

#include "dio-compare-tile.h"

#include "dio-error-text.h"
#include "dio-result-actions.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

#define RADIUS 12

struct _DioCompareTile
{
  GtkWidget parent_instance;

  /* Owned */
  DioCompareEntry *entry;
  DioLibrary      *library;

  gboolean         has_failed;

  /* Template children */
  GtkWidget       *overlay;
  DioCanvas       *canvas;
  GtkLabel        *badge;
  GtkLabel        *loud;
  GtkSpinner      *spinner;
  GtkWidget       *failed;
  GtkLabel        *failed_title;
  GtkLabel        *failed_text;
  GtkWidget       *buttons;
  GtkImage        *verdict;
  GtkButton       *star;
};

G_DEFINE_FINAL_TYPE (DioCompareTile, dio_compare_tile, GTK_TYPE_WIDGET)

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  guint       key;
  const char *action;
} mark_keys[] = {
  { GDK_KEY_s, "tile.star" },
  { GDK_KEY_p, "tile.pick" },
  { GDK_KEY_x, "tile.reject" },
};

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

static void
use_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  dio_result_use (dio_compare_entry_get_result (DIO_COMPARE_TILE (widget)->entry), widget);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dio_result_save_as (dio_compare_entry_get_result (DIO_COMPARE_TILE (widget)->entry), widget);
}

static void
show_marks_cb (DioCompareTile *self)
{
  DioResult *result = dio_compare_entry_get_result (self->entry);
  gboolean has_star = dio_result_get_rating (result) > 0;
  DioVerdict verdict = dio_result_get_verdict (result);
  const char *label = has_star ? _("Take the Star Away") : _("Star");

  gtk_button_set_icon_name (self->star, has_star ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->star), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->star), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), verdict != DIO_VERDICT_NONE);
  if (verdict == DIO_VERDICT_NONE)
    return;

  label = verdict == DIO_VERDICT_PICK ? _("Picked") : _("Rejected");
  gtk_image_set_from_icon_name (self->verdict, verdict == DIO_VERDICT_PICK ? "object-select-symbolic"
                                                                           : "action-unavailable-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->verdict), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
rated_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DioCompareTile) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_rate_finish (DIO_LIBRARY (source), result, &error))
    dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DioCompareTile) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_judge_finish (DIO_LIBRARY (source), result, &error))
    dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

static GPtrArray *
list_result (DioCompareTile *self)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (results, g_object_ref (dio_compare_entry_get_result (self->entry)));
  return results;
}

static void
star_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioCompareTile *self = DIO_COMPARE_TILE (widget);
  g_autoptr(GPtrArray) results = list_result (self);
  guint rating = dio_result_get_rating (dio_compare_entry_get_result (self->entry)) > 0 ? 0 : 1;

  dio_library_rate_async (self->library, results, rating, rated_cb, g_object_ref (self));
}

/* Once more takes the verdict back. */
static void
judge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioCompareTile *self = DIO_COMPARE_TILE (widget);
  DioVerdict verdict = g_str_equal (name, "tile.pick") ? DIO_VERDICT_PICK : DIO_VERDICT_REJECT;

  if (dio_result_get_verdict (dio_compare_entry_get_result (self->entry)) == verdict)
    verdict = DIO_VERDICT_NONE;
  dio_compare_tile_judge (self, verdict);
}

static GdkContentProvider *
prepare_drag_cb (DioCompareTile *self,
                 double          x,
                 double          y)
{
  DioResult *result = dio_compare_entry_get_result (self->entry);

  return result != NULL ? dio_result_make_provider (result) : NULL;
}

static void
drag_begun_cb (DioCompareTile *self,
               GdkDrag        *drag,
               GtkDragSource  *source)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self->badge));

  gtk_drag_source_set_icon (source, icon, 0, 0);
}

static void
stop_waiting_cb (DioCompareTile *self)
{
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
dio_compare_tile_dispose (GObject *object)
{
  DioCompareTile *self = DIO_COMPARE_TILE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_COMPARE_TILE);
  g_clear_object (&self->entry);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (dio_compare_tile_parent_class)->dispose (object);
}

static void
add_key (GtkWidgetClass *widget_class,
         guint           key,
         GdkModifierType modifiers,
         const char     *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

static void
dio_compare_tile_class_init (DioCompareTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_compare_tile_dispose;

  /* The person does not want to compare it any more. */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIO_TYPE_CANVAS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/compare/dio-compare-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, overlay);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, canvas);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, badge);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, loud);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, spinner);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, failed);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, failed_title);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, failed_text);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, buttons);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, verdict);
  gtk_widget_class_bind_template_child (widget_class, DioCompareTile, star);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begun_cb);

  gtk_widget_class_install_action (widget_class, "tile.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "tile.use", NULL, use_action);
  gtk_widget_class_install_action (widget_class, "tile.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "tile.star", NULL, star_action);
  gtk_widget_class_install_action (widget_class, "tile.pick", NULL, judge_action);
  gtk_widget_class_install_action (widget_class, "tile.reject", NULL, judge_action);
  for (guint i = 0; i < G_N_ELEMENTS (mark_keys); i++)
    add_key (widget_class, mark_keys[i].key, 0, mark_keys[i].action);
  add_key (widget_class, GDK_KEY_Delete, 0, "tile.remove");
  add_key (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "tile.use");
  add_key (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "tile.save");
}

static void
dio_compare_tile_init (DioCompareTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dio_canvas_set_radius (self->canvas, RADIUS);
  dio_canvas_fit (self->canvas, DIO_VIEW_FILL);
  gtk_spinner_start (self->spinner);
  g_signal_connect_object (self->canvas, "painted", G_CALLBACK (stop_waiting_cb), self, G_CONNECT_SWAPPED);
}

static void
watch_result (DioCompareTile *self,
              DioResult      *result)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->badge), "grab");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->badge), _("Drag this to other programs"));
  g_signal_connect_object (result, "notify::rating", G_CALLBACK (show_marks_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (result, "notify::verdict", G_CALLBACK (show_marks_cb), self, G_CONNECT_SWAPPED);
  show_marks_cb (self);
}

GtkWidget *
dio_compare_tile_new (DioCompareEntry *entry,
                      DioLibrary      *library)
{
  DioCompareTile *self = g_object_new (DIO_TYPE_COMPARE_TILE, NULL);
  gboolean is_result = dio_compare_entry_get_result (entry) != NULL;

  self->entry = g_object_ref (entry);
  self->library = g_object_ref (library);
  dio_canvas_set_size (self->canvas, dio_compare_entry_get_width (entry), dio_compare_entry_get_height (entry));
  gtk_widget_set_visible (self->buttons, is_result);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.use", is_result);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.save", is_result);
  for (guint i = 0; i < G_N_ELEMENTS (mark_keys); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), mark_keys[i].action, is_result);
  if (is_result)
    watch_result (self, dio_compare_entry_get_result (entry));

  return GTK_WIDGET (self);
}

DioCompareEntry *
dio_compare_tile_get_entry (DioCompareTile *self)
{
  return self->entry;
}

DioCanvas *
dio_compare_tile_get_canvas (DioCompareTile *self)
{
  return self->canvas;
}

void
dio_compare_tile_set_badge (DioCompareTile *self,
                            const char     *badge)
{
  gtk_label_set_label (self->badge, badge);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, badge, -1);
}

/* Where pictures take turns in one place, it must be clear at once which it is.
 * NULL for the small badge alone. */
void
dio_compare_tile_set_loud (DioCompareTile *self,
                           const char     *name)
{
  gtk_label_set_label (self->loud, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->loud), name != NULL);
}

/* Why there is nothing to see; the rest goes on. */
void
dio_compare_tile_set_error (DioCompareTile *self,
                            const GError   *error)
{
  DioErrorText text = dio_error_text (error);

  self->has_failed = TRUE;
  stop_waiting_cb (self);
  gtk_label_set_label (self->failed_title, text.title);
  gtk_label_set_label (self->failed_text, text.sentence);
  gtk_widget_set_visible (self->failed, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.use", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.save", FALSE);
}

gboolean
dio_compare_tile_has_failed (DioCompareTile *self)
{
  return self->has_failed;
}

void
dio_compare_tile_judge (DioCompareTile *self,
                        DioVerdict      verdict)
{
  g_autoptr(GPtrArray) results = NULL;

  if (dio_compare_entry_get_result (self->entry) == NULL)
    return;

  results = list_result (self);
  dio_library_judge_async (self->library, results, verdict, judged_cb, g_object_ref (self));
}
