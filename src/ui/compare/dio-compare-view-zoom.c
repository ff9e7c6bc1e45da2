/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zooming and moving all pictures together, and what is under the pointer. */

#include "config.h"

#include "dio-compare-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

static DioViewLink
get_link (DioCompareView *self)
{
  return self->is_by_pixel ? DIO_VIEW_LINK_PIXEL : DIO_VIEW_LINK_RELATIVE;
}

static void
let_follow (DioCompareView *self,
            DioCanvas      *leader)
{
  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioCanvas *canvas = dio_compare_tile_get_canvas (g_ptr_array_index (self->tiles, i));

      if (canvas != leader)
        dio_canvas_follow (canvas, dio_canvas_get_view (leader), get_link (self));
    }
}

static void
moved_cb (DioCompareView *self,
          gboolean        is_alone,
          DioCanvas      *canvas)
{
  if (self->is_linked && !is_alone)
    let_follow (self, canvas);
  _dio_compare_view_show_zoom (self);
}

static void
append_pixel (GString        *text,
              DioCompareView *self,
              guint           position,
              double          x,
              double          y)
{
  DioPyramid *pyramid = dio_canvas_get_pyramid (dio_compare_tile_get_canvas (_dio_compare_view_get_tile (self, position)));
  g_autofree char *name = _dio_compare_view_dup_name (self, position);
  guint8 rgba[4];

  if (pyramid != NULL && dio_pyramid_read_pixel (pyramid, floor (x), floor (y), rgba))
    g_string_append_printf (text, "    %s  %u %u %u", name, rgba[0], rgba[1], rgba[2]);
  else
    g_string_append_printf (text, "    %s  –", name);
}

/* The place in a picture that goes with a place in another. */
static void
find_other_place (DioCompareView *self,
                  const DioView  *view,
                  guint           position,
                  double         *x,
                  double         *y)
{
  DioCompareEntry *entry = dio_compare_tile_get_entry (_dio_compare_view_get_tile (self, position));

  if (self->is_by_pixel || view->width == 0 || view->height == 0)
    return;

  *x = *x / view->width * dio_compare_entry_get_width (entry);
  *y = *y / view->height * dio_compare_entry_get_height (entry);
}

static void
pointed_cb (DioCompareView *self,
            double          x,
            double          y,
            DioCanvas      *canvas)
{
  const DioView *view = dio_canvas_get_view (canvas);
  g_autoptr(GString) text = NULL;

  if (isnan (x) || x < 0 || y < 0 || x >= view->width || y >= view->height)
    {
      _dio_compare_view_show_status (self, "");
      return;
    }

  text = g_string_new (NULL);
  g_string_append_printf (text, "%.0f, %.0f", floor (x), floor (y));
  for (guint i = 0; i < self->tiles->len; i++)
    {
      double other_x = x;
      double other_y = y;

      find_other_place (self, view, i, &other_x, &other_y);
      append_pixel (text, self, i, other_x, other_y);
    }

  _dio_compare_view_show_status (self, text->str);
}

void
_dio_compare_view_show_zoom (DioCompareView *self)
{
  DioCanvas *canvas = _dio_compare_view_get_canvas (self);
  g_autofree char *label = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->zoom_button), canvas != NULL);
  gtk_widget_set_sensitive (self->lock_button, canvas != NULL);
  if (canvas == NULL)
    return;

  /* Translators: how large a picture is shown: “100 %”. */
  label = g_strdup_printf (_("%.0f %%"), dio_canvas_get_zoom (canvas) * 100);
  gtk_menu_button_set_label (self->zoom_button, label);
}

static gboolean
show_zoom_cb (gpointer user_data)
{
  DioCompareView *self = user_data;

  self->zoom_id = 0;
  _dio_compare_view_show_zoom (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: it may be on being given room, when no other part may ask for it. */
static void
zoomed_cb (DioCompareView *self,
           GParamSpec     *pspec,
           DioCanvas      *canvas)
{
  if (canvas == _dio_compare_view_get_canvas (self) && self->zoom_id == 0)
    self->zoom_id = g_idle_add (show_zoom_cb, self);
}

void
_dio_compare_view_watch_canvas (DioCompareView *self,
                                DioCanvas      *canvas)
{
  g_signal_connect_object (canvas, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "pointed", G_CALLBACK (pointed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (zoomed_cb), self, G_CONNECT_SWAPPED);
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  DioViewFit fit = g_str_equal (g_variant_get_string (parameter, NULL), "fill") ? DIO_VIEW_FILL : DIO_VIEW_FIT;

  for (guint i = 0; i < self->tiles->len; i++)
    dio_canvas_fit (dio_compare_tile_get_canvas (g_ptr_array_index (self->tiles, i)), fit);
  dio_canvas_fit (dio_compare_stage_get_canvas (self->stage), fit);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  DioCanvas *canvas = _dio_compare_view_get_canvas (self);

  if (canvas == NULL)
    return;

  dio_canvas_zoom_to (canvas, g_variant_get_double (parameter));
  if (self->is_linked)
    let_follow (self, canvas);
}

enum
{
  PROP_0,
  PROP_MODE,
  PROP_LINKED,
  PROP_BY_PIXEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  DioCompareView *self = DIO_COMPARE_VIEW (object);

  switch (id)
    {
    case PROP_MODE:
      g_value_set_string (value, _dio_compare_mode_get_nick (self->mode));
      break;
    case PROP_LINKED:
      g_value_set_boolean (value, self->is_linked);
      break;
    case PROP_BY_PIXEL:
      g_value_set_boolean (value, self->is_by_pixel);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_mode (DioCompareView *self,
          const char     *nick)
{
  DioCompareMode mode;

  if (!_dio_compare_mode_from_nick (nick, &mode) || mode == self->mode)
    return;

  self->mode = mode;
  _dio_compare_view_update_mode (self);
}

/* Whatever was apart comes together. */
static void
relink (DioCompareView *self)
{
  DioCanvas *canvas = _dio_compare_view_get_canvas (self);

  if (self->is_linked && canvas != NULL)
    let_follow (self, canvas);
  _dio_compare_view_update_stage (self);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  DioCompareView *self = DIO_COMPARE_VIEW (object);

  switch (id)
    {
    case PROP_MODE:
      set_mode (self, g_value_get_string (value));
      break;
    case PROP_LINKED:
      self->is_linked = g_value_get_boolean (value);
      relink (self);
      break;
    case PROP_BY_PIXEL:
      self->is_by_pixel = g_value_get_boolean (value);
      relink (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
_dio_compare_view_class_zoom_init (DioCompareViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;

  properties[PROP_MODE] =
    g_param_spec_string ("mode", NULL, NULL, _dio_compare_mode_get_nick (DIO_COMPARE_SIDE_BY_SIDE),
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINKED] =
    g_param_spec_boolean ("linked", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BY_PIXEL] =
    g_param_spec_boolean ("by-pixel", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "compare.fit", "s", fit_action);
  gtk_widget_class_install_action (widget_class, "compare.zoom", "d", zoom_action);
  gtk_widget_class_install_property_action (widget_class, "compare.linked", "linked");
  gtk_widget_class_install_property_action (widget_class, "compare.by-pixel", "by-pixel");
}
