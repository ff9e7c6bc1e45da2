/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways of comparing: which pictures are in sight, and how. */

#include "config.h"

#include "dio-compare-view-private.h"

#include <glib/gi18n.h>

static const char * const nicks[] = { "side-by-side", "swipe", "blink", "onion-skin", "difference" };

/* Bare letters are for judging. */
static const guint mode_keys[] = { GDK_KEY_1, GDK_KEY_2, GDK_KEY_3, GDK_KEY_4, GDK_KEY_5 };

const char *
_dio_compare_mode_get_nick (DioCompareMode mode)
{
  return nicks[mode];
}

gboolean
_dio_compare_mode_from_nick (const char     *nick,
                             DioCompareMode *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *mode = i;
        return TRUE;
      }

  return FALSE;
}

static const char *
get_title (DioCompareMode mode)
{
  switch (mode)
    {
    case DIO_COMPARE_SWIPE:
      return _("Swipe");
    case DIO_COMPARE_BLINK:
      return _("Blink");
    case DIO_COMPARE_ONION_SKIN:
      return _("Onion Skin");
    case DIO_COMPARE_DIFFERENCE:
      return _("Difference");
    case DIO_COMPARE_SIDE_BY_SIDE:
    default:
      return _("Side by Side");
    }
}

/* While one is to win, the two in question alone are candidates. */
static gboolean
is_candidate (DioCompareView *self,
              guint           position)
{
  guint holder, challenger;

  if (self->rounds == NULL || !dio_knock_out_get_pair (self->rounds, &holder, &challenger))
    return TRUE;

  return position == holder || position == challenger;
}

static void
show_tiles (DioCompareView *self)
{
  gboolean takes_turns = self->mode == DIO_COMPARE_BLINK;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioCompareTile *tile = g_ptr_array_index (self->tiles, i);
      g_autofree char *name = _dio_compare_view_dup_name (self, i);

      dio_compare_tile_set_loud (tile, takes_turns ? name : NULL);
      gtk_widget_set_visible (GTK_WIDGET (tile), takes_turns ? i == self->shown : is_candidate (self, i));
    }
}

static void
step (DioCompareView *self)
{
  if (self->tiles->len == 0)
    return;

  do
    self->shown = (self->shown + 1) % self->tiles->len;
  while (!is_candidate (self, self->shown));
  show_tiles (self);
}

static gboolean
blink_cb (gpointer user_data)
{
  step (user_data);
  return G_SOURCE_CONTINUE;
}

static void
play_toggled_cb (DioCompareView *self)
{
  gboolean plays = gtk_toggle_button_get_active (self->play);

  g_clear_handle_id (&self->blink_id, g_source_remove);
  gtk_button_set_icon_name (GTK_BUTTON (self->play),
                            plays ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  if (plays)
    self->blink_id = g_timeout_add (gtk_spin_button_get_value (self->interval) * 1000, blink_cb, self);
}

void
_dio_compare_view_stop_blinking (DioCompareView *self)
{
  g_clear_handle_id (&self->blink_id, g_source_remove);
  if (self->play != NULL)
    gtk_toggle_button_set_active (self->play, FALSE);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  if (DIO_COMPARE_VIEW (widget)->mode == DIO_COMPARE_BLINK)
    step (DIO_COMPARE_VIEW (widget));
}

static void
amount_changed_cb (DioCompareView *self)
{
  dio_canvas_set_amount (dio_compare_stage_get_canvas (self->stage),
                         gtk_adjustment_get_value (self->amount_adjustment) / 100);
}

/* The divider was dragged. */
static void
amount_dragged_cb (DioCompareView *self)
{
  gtk_adjustment_set_value (self->amount_adjustment,
                            dio_canvas_get_amount (dio_compare_stage_get_canvas (self->stage)) * 100);
}

static void
difference_changed_cb (DioCompareView *self)
{
  DioDifference difference = {
    gtk_adjustment_get_value (self->gain),
    gtk_toggle_button_get_active (self->false_colour),
  };

  dio_canvas_set_difference (dio_compare_stage_get_canvas (self->stage), &difference);
}

static DioCanvasBlend
choose_blend (DioCompareMode mode)
{
  switch (mode)
    {
    case DIO_COMPARE_SWIPE:
      return DIO_CANVAS_SPLIT;
    case DIO_COMPARE_ONION_SKIN:
      return DIO_CANVAS_FADE;
    case DIO_COMPARE_DIFFERENCE:
      return DIO_CANVAS_DIFFERENCE;
    case DIO_COMPARE_SIDE_BY_SIDE:
    case DIO_COMPARE_BLINK:
    default:
      return DIO_CANVAS_FIRST;
    }
}

/* For who does not see them. */
static void
name_stage (DioCompareView *self,
            DioCanvas      *canvas,
            const guint     positions[2])
{
  g_autofree char *first = _dio_compare_view_dup_name (self, positions[0]);
  g_autofree char *second = _dio_compare_view_dup_name (self, positions[1]);
  g_autofree char *label = NULL;

  /* Translators: two pictures that are shown on one another: “A and B”. */
  label = g_strdup_printf (_("%1$s and %2$s"), first, second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The two on the stage, as far as they have been read. */
void
_dio_compare_view_update_stage (DioCompareView *self)
{
  DioCanvas *canvas = dio_compare_stage_get_canvas (self->stage);
  DioViewLink link = self->is_by_pixel ? DIO_VIEW_LINK_PIXEL : DIO_VIEW_LINK_RELATIVE;
  DioCompareTile *first, *second;
  DioCompareEntry *entry;
  guint positions[2];

  if (choose_blend (self->mode) == DIO_CANVAS_FIRST)
    return;

  dio_compare_stage_get_pair (self->stage, &positions[0], &positions[1]);
  first = _dio_compare_view_get_tile (self, positions[0]);
  second = _dio_compare_view_get_tile (self, positions[1]);
  if (first == NULL || second == NULL)
    return;

  entry = dio_compare_tile_get_entry (first);
  if (dio_compare_entry_get_width (entry) != dio_canvas_get_view (canvas)->width ||
      dio_compare_entry_get_height (entry) != dio_canvas_get_view (canvas)->height)
    dio_canvas_set_size (canvas, dio_compare_entry_get_width (entry), dio_compare_entry_get_height (entry));
  dio_canvas_set_second (canvas, dio_canvas_get_pyramid (dio_compare_tile_get_canvas (second)), link);
  dio_canvas_set_pyramid (canvas, dio_canvas_get_pyramid (dio_compare_tile_get_canvas (first)));
  dio_canvas_set_blend (canvas, choose_blend (self->mode));
  name_stage (self, canvas, positions);
}

static void
chosen_cb (DioCompareView *self)
{
  _dio_compare_view_update_stage (self);
}

/* Beside each other pictures fill their cells; on one another all of them is seen. */
void
_dio_compare_view_fit (DioCompareView *self)
{
  DioViewFit fit = self->mode == DIO_COMPARE_SIDE_BY_SIDE ? DIO_VIEW_FILL : DIO_VIEW_FIT;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioCanvas *canvas = dio_compare_tile_get_canvas (g_ptr_array_index (self->tiles, i));

      if (!dio_canvas_is_zoomed (canvas))
        dio_canvas_fit (canvas, fit);
    }

  if (!dio_canvas_is_zoomed (dio_compare_stage_get_canvas (self->stage)))
    dio_canvas_fit (dio_compare_stage_get_canvas (self->stage), DIO_VIEW_FIT);
}

static void
show_options (DioCompareView *self,
              gboolean        has_pair)
{
  gboolean has_amount = self->mode == DIO_COMPARE_SWIPE || self->mode == DIO_COMPARE_ONION_SKIN;
  /* Translators: a slider: the line between two pictures that share a place. */
  const char *label = self->mode == DIO_COMPARE_SWIPE ? _("Divider") : _("Opacity");

  gtk_widget_set_visible (self->amount, has_amount);
  gtk_widget_set_visible (self->blink, self->mode == DIO_COMPARE_BLINK);
  gtk_widget_set_visible (self->difference, self->mode == DIO_COMPARE_DIFFERENCE);
  gtk_widget_set_visible (self->options, has_pair && self->mode != DIO_COMPARE_SIDE_BY_SIDE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (self->amount, label);
}

void
_dio_compare_view_update_mode (DioCompareView *self)
{
  guint n = self->tiles->len;
  gboolean has_stage = choose_blend (self->mode) != DIO_CANVAS_FIRST && n > 1;
  guint holder, challenger;

  if (self->shown >= n)
    self->shown = 0;
  if (self->mode != DIO_COMPARE_BLINK)
    _dio_compare_view_stop_blinking (self);

  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : has_stage ? "stage" : "tiles");
  gtk_menu_button_set_label (self->mode_button, get_title (self->mode));
  show_tiles (self);
  show_options (self, n > 1);
  if (self->rounds != NULL && dio_knock_out_get_pair (self->rounds, &holder, &challenger))
    dio_compare_stage_set_pair (self->stage, holder, challenger);
  _dio_compare_view_update_stage (self);
  _dio_compare_view_fit (self);
  _dio_compare_view_show_zoom (self);
}

void
_dio_compare_view_class_modes_init (DioCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, difference_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);

  gtk_widget_class_install_action (widget_class, "compare.step", NULL, step_action);
  gtk_widget_class_install_property_action (widget_class, "compare.mode", "mode");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "compare.step", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (mode_keys); i++)
    gtk_widget_class_add_binding_action (widget_class, mode_keys[i], GDK_ALT_MASK, "compare.mode", "s", nicks[i]);
}

void
_dio_compare_view_modes_init (DioCompareView *self)
{
  g_signal_connect_object (dio_compare_stage_get_canvas (self->stage), "notify::amount",
                           G_CALLBACK (amount_dragged_cb), self, G_CONNECT_SWAPPED);
  difference_changed_cb (self);
  show_options (self, FALSE);
  gtk_menu_button_set_label (self->mode_button, get_title (self->mode));
}
