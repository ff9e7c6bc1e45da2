/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the gallery with its caption. Tiles are used again as the gallery
 * is scrolled: what was asked for a former picture is then called off. */

#include "config.h"

#include "dio-result-tile.h"

#include "dio-result-actions.h"

/* Covers a tile at its widest; the same for all, so that the cache is hit. */
#define THUMBNAIL_SIDE 512

struct _DioResultTile
{
  GtkWidget parent_instance;

  /* Owned */
  DioResult       *result;
  DioThumbnailer  *thumbnailer;
  GCancellable    *cancellable; /* of the thumbnail under way */

  guint            position;    /* in the gallery: how near to what is looked at */

  /* Template children */
  GtkWidget       *overlay;
  GtkPicture      *picture;
  GtkWidget       *missing;
  GtkLabel        *caption;
};

G_DEFINE_FINAL_TYPE (DioResultTile, dio_result_tile, GTK_TYPE_WIDGET)

static int
get_side (DioResultTile *self)
{
  return THUMBNAIL_SIDE * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

static void
cancel_load (DioResultTile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_texture (DioResultTile *self,
              GdkTexture    *texture)
{
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->missing, FALSE);
}

static void
thumbnail_loaded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  DioResultTile *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = dio_thumbnailer_load_finish (DIO_THUMBNAILER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture == NULL)
    {
      g_message ("No thumbnail of %s: %s", dio_result_get_id (self->result), error->message);
      gtk_widget_set_visible (self->missing, TRUE);
      return;
    }

  show_texture (self, texture);
}

static void
load (DioResultTile *self)
{
  GdkTexture *texture;
  const char *path;

  cancel_load (self);
  if (self->result == NULL)
    return;

  path = dio_result_get_path (self->result);
  texture = dio_thumbnailer_lookup (self->thumbnailer, path, get_side (self));
  if (texture != NULL)
    {
      show_texture (self, texture);
      return;
    }

  self->cancellable = g_cancellable_new ();
  dio_thumbnailer_load_async (self->thumbnailer, path, get_side (self), self->position,
                              self->cancellable, thumbnail_loaded_cb, self);
}

static GdkContentProvider *
drag_prepare_cb (DioResultTile *self,
                 double         x,
                 double         y,
                 GtkDragSource *source)
{
  g_autoptr(GdkPaintable) icon = NULL;

  if (self->result == NULL)
    return NULL;

  icon = gtk_widget_paintable_new (GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, icon, x, y);
  return dio_result_make_provider (self->result);
}

static void
dio_result_tile_dispose (GObject *object)
{
  DioResultTile *self = DIO_RESULT_TILE (object);

  cancel_load (self);
  g_clear_object (&self->result);
  g_clear_object (&self->thumbnailer);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_RESULT_TILE);

  G_OBJECT_CLASS (dio_result_tile_parent_class)->dispose (object);
}

static void
dio_result_tile_class_init (DioResultTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_result_tile_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-result-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, overlay);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, picture);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, missing);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, caption);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
}

static void
dio_result_tile_init (DioResultTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (load), NULL);
}

/* NULL when the tile is put away. */
void
dio_result_tile_set_result (DioResultTile  *self,
                            DioResult      *result,
                            const char     *caption,
                            DioThumbnailer *thumbnailer,
                            guint           position)
{
  g_set_object (&self->result, result);
  g_set_object (&self->thumbnailer, thumbnailer);
  self->position = position;
  gtk_label_set_label (self->caption, caption != NULL ? caption : "");
  show_texture (self, NULL);
  load (self);
}

DioResult *
dio_result_tile_get_result (DioResultTile *self)
{
  return self->result;
}

/* NULL until there is one. */
GdkPaintable *
dio_result_tile_get_picture (DioResultTile *self)
{
  return gtk_picture_get_paintable (self->picture);
}
