/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the gallery with its caption. Tiles are used again as the gallery
 * is scrolled: what was asked for a former picture is then called off. */

#include "config.h"

#include "dio-result-tile.h"

#include "dio-error.h"
#include "dio-gallery.h"
#include "dio-result-actions.h"
#include "dio-tile-words.h"

#include <glib/gi18n.h>

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
  gboolean         is_missing;  /* its file is not where it was */

  /* Template children */
  GtkWidget       *overlay;
  GtkPicture      *picture;
  GtkWidget       *missing;
  GtkLabel        *fault;
  GtkLabel        *caption;
  GtkLabel        *group;
  GtkLabel        *badges;
  GtkBox          *bottom;

  /* Made when the pointer first comes, or NULL */
  GtkWidget       *buttons;
  GtkWidget       *star;
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
clear_fault (DioResultTile *self)
{
  gtk_widget_set_visible (self->missing, FALSE);
  self->is_missing = FALSE;
}

/* What was wrong with a file is so until it is read. */
static void
show_texture (DioResultTile *self,
              GdkTexture    *texture)
{
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  if (texture != NULL)
    clear_fault (self);
}

/* What is thought of it, and how it was made, is known no less. */
static void
show_fault (DioResultTile *self,
            const GError  *error)
{
  self->is_missing = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                     g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_message ("No thumbnail of %s: %s", dio_result_get_id (self->result), error->message);
  gtk_label_set_label (self->fault, self->is_missing ? _("File not found") : _("File cannot be read"));
  gtk_widget_set_visible (self->missing, TRUE);
  /* A menu may be open that has to offer more now. */
  gtk_widget_activate_action (GTK_WIDGET (self), "tile.fault", NULL);
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
      show_fault (self, error);
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

static void
show_marks (DioResultTile *self)
{
  g_autofree char *badges = self->result != NULL ? dio_format_badges (self->result) : NULL;
  gboolean is_rejected = self->result != NULL && dio_result_get_verdict (self->result) == DIO_VERDICT_REJECT;

  gtk_label_set_label (self->badges, badges != NULL ? badges : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badges), badges != NULL);
  gtk_widget_set_opacity (GTK_WIDGET (self->picture), is_rejected ? 0.35 : 1);
}

static GtkWidget *
add_button (DioResultTile *self,
            const char    *icon,
            const char    *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "on-picture");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (self->buttons), button);

  return button;
}

static void
aim_button (DioResultTile *self,
            GtkWidget     *button,
            const char    *action)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", dio_result_get_number (self->result));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
update_buttons (DioResultTile *self)
{
  gboolean is_starred = dio_result_get_rating (self->result) > 0;
  GtkWidget *use = gtk_widget_get_next_sibling (self->star);

  gtk_button_set_icon_name (GTK_BUTTON (self->star), is_starred ? "starred-symbolic" : "non-starred-symbolic");
  aim_button (self, self->star, "tile.star");
  aim_button (self, use, "tile.use");
  aim_button (self, gtk_widget_get_next_sibling (use), "tile.save");
}

/* Most tiles are scrolled past, and never need any. */
static void
entered_cb (DioResultTile *self)
{
  if (self->result == NULL || dio_result_get_deleted (self->result) != 0)
    return;

  if (self->buttons == NULL)
    {
      self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (self->buttons, "tile-buttons");
      self->star = add_button (self, "non-starred-symbolic", _("Star"));
      add_button (self, "list-add-symbolic", _("Add to the References"));
      add_button (self, "document-save-symbolic", _("Save As…"));
      gtk_box_append (self->bottom, self->buttons);
    }

  update_buttons (self);
  gtk_widget_set_visible (self->buttons, TRUE);
}

static void
left_cb (DioResultTile *self)
{
  if (self->buttons != NULL)
    gtk_widget_set_visible (self->buttons, FALSE);
}

static GdkContentProvider *
drag_prepare_cb (DioResultTile *self,
                 double         x,
                 double         y,
                 GtkDragSource *source)
{
  g_autoptr(GdkPaintable) icon = NULL;
  g_autoptr(GPtrArray) results = NULL;
  GtkWidget *gallery = gtk_widget_get_ancestor (GTK_WIDGET (self), DIO_TYPE_GALLERY);

  if (self->result == NULL || gallery == NULL)
    return NULL;

  icon = gtk_widget_paintable_new (GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, icon, x, y);
  results = dio_gallery_dup_dragged (DIO_GALLERY (gallery), self->result);
  return dio_results_make_provider (results);
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
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, fault);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, caption);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, group);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, badges);
  gtk_widget_class_bind_template_child (widget_class, DioResultTile, bottom);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
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
  if (result != self->result)
    clear_fault (self);
  g_set_object (&self->result, result);
  g_set_object (&self->thumbnailer, thumbnailer);
  self->position = position;
  gtk_label_set_label (self->caption, caption != NULL ? caption : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caption), caption != NULL);
  show_marks (self);
  if (self->buttons != NULL && gtk_widget_get_visible (self->buttons))
    {
      if (result != NULL)
        update_buttons (self);
      else
        left_cb (self);
    }
  show_texture (self, NULL);
  load (self);
}

/* Where a day or a sheet begins, or NULL. */
void
dio_result_tile_set_group (DioResultTile *self,
                           const char    *text)
{
  gtk_label_set_label (self->group, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->group), text != NULL);
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

/* Once it is known. */
gboolean
dio_result_tile_get_is_missing (DioResultTile *self)
{
  return self->is_missing;
}
