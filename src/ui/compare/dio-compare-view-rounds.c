/* SPDX-License-Identifier: GPL-3.0-or-later */
/* “Winner stays”: two pictures at a time, until one is left. */

#include "config.h"

#include "dio-compare-view-private.h"

#include "dio-toast.h"

#include <glib/gi18n.h>

static void
tell_winner (DioCompareView *self,
             guint           winner)
{
  g_autofree char *name = _dio_compare_view_dup_name (self, winner);
  g_autofree char *text = NULL;

  /* Translators: the end of a knock-out; %s is what the picture is called: “A”. */
  text = g_strdup_printf (_("%s wins"), name);
  gtk_label_set_label (self->rounds_label, text);
  dio_compare_tile_set_loud (_dio_compare_view_get_tile (self, winner), text);
}

static void
show_pair (DioCompareView *self,
           guint           holder,
           guint           challenger)
{
  g_autofree char *first = _dio_compare_view_dup_name (self, holder);
  g_autofree char *second = _dio_compare_view_dup_name (self, challenger);
  g_autofree char *round = NULL;
  g_autofree char *keep_first = NULL;
  g_autofree char *keep_second = NULL;

  /* Translators: of a knock-out: “Round 1 of 3”. */
  round = g_strdup_printf (_("Round %1$u of %2$u"), dio_knock_out_get_round (self->rounds) + 1,
                           dio_knock_out_get_n (self->rounds) - 1);
  /* Translators: a button; %s is what a picture is called: “Keep A”. */
  keep_first = g_strdup_printf (_("Keep %s"), first);
  keep_second = g_strdup_printf (_("Keep %s"), second);
  gtk_label_set_label (self->rounds_label, round);
  gtk_button_set_label (self->keep_first, keep_first);
  gtk_button_set_label (self->keep_second, keep_second);
}

/* The winner alone stays in sight until the knock-out is ended. */
static void
show_winner (DioCompareView *self,
             guint           winner)
{
  for (guint i = 0; i < self->tiles->len; i++)
    gtk_widget_set_visible (GTK_WIDGET (_dio_compare_view_get_tile (self, i)), i == winner);

  gtk_stack_set_visible_child_name (self->stack, "tiles");
  gtk_widget_set_visible (self->options, FALSE);
  tell_winner (self, winner);
}

static gboolean
has_focus (DioCompareView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && gtk_widget_get_mapped (focus);
}

/* What had the focus may be out of sight: without one, no key would be heard. */
static void
keep_focus (DioCompareView *self)
{
  DioCanvas *canvas = has_focus (self) ? NULL : _dio_compare_view_get_canvas (self);

  if (canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (canvas));
}

static void
update_rounds (DioCompareView *self)
{
  guint holder = 0;
  guint challenger = 0;
  guint winner;
  gboolean has_pair = self->rounds != NULL && dio_knock_out_get_pair (self->rounds, &holder, &challenger);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "compare.knock-out", self->tiles->len > 1);
  gtk_widget_action_set_enabled (widget, "compare.keep-first", has_pair);
  gtk_widget_action_set_enabled (widget, "compare.keep-second", has_pair);
  gtk_widget_action_set_enabled (widget, "compare.undo-round",
                                 self->rounds != NULL && dio_knock_out_can_undo (self->rounds));
  gtk_widget_action_set_enabled (widget, "compare.end-rounds", self->rounds != NULL);
  gtk_widget_set_visible (self->rounds_box, self->rounds != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_first), has_pair);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_second), has_pair);

  _dio_compare_view_update_mode (self);
  if (has_pair)
    show_pair (self, holder, challenger);
  else if (self->rounds != NULL && dio_knock_out_get_winner (self->rounds, &winner))
    show_winner (self, winner);
}

void
_dio_compare_view_update_rounds (DioCompareView *self)
{
  gboolean had_focus = has_focus (self);

  update_rounds (self);
  if (had_focus)
    keep_focus (self);
}

void
_dio_compare_view_end_rounds (DioCompareView *self)
{
  g_clear_pointer (&self->rounds, dio_knock_out_free);
  _dio_compare_view_update_rounds (self);
}

static void
knock_out_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);

  if (self->rounds != NULL)
    {
      _dio_compare_view_end_rounds (self);
      return;
    }

  self->rounds = dio_knock_out_new (self->tiles->len);
  _dio_compare_view_update_rounds (self);
}

/* What it was judged to be before comes back with the decision. */
static void
pick_winner (DioCompareView *self,
             guint           winner)
{
  DioCompareTile *tile = _dio_compare_view_get_tile (self, winner);
  DioResult *result = dio_compare_entry_get_result (dio_compare_tile_get_entry (tile));

  if (result == NULL)
    return;

  self->former_verdict = dio_result_get_verdict (result);
  dio_compare_tile_judge (tile, DIO_VERDICT_PICK);
}

static void
keep_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  guint winner;

  dio_knock_out_decide (self->rounds, g_str_equal (name, "compare.keep-first"));
  if (dio_knock_out_get_winner (self->rounds, &winner))
    pick_winner (self, winner);
  _dio_compare_view_update_rounds (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  guint winner;

  if (dio_knock_out_get_winner (self->rounds, &winner))
    dio_compare_tile_judge (_dio_compare_view_get_tile (self, winner), self->former_verdict);
  dio_knock_out_undo (self->rounds);
  _dio_compare_view_update_rounds (self);
}

static void
end_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  _dio_compare_view_end_rounds (DIO_COMPARE_VIEW (widget));
}

void
_dio_compare_view_class_rounds_init (DioCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "compare.knock-out", NULL, knock_out_action);
  gtk_widget_class_install_action (widget_class, "compare.keep-first", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "compare.keep-second", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "compare.undo-round", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "compare.end-rounds", NULL, end_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "compare.knock-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, 0, "compare.keep-first", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, 0, "compare.keep-second", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "compare.undo-round", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "compare.end-rounds", NULL);
}
