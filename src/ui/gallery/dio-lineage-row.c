/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass, photo or missing source of a lineage: further in, the further it is
 * from the one that is looked at. */

#include "config.h"

#include "dio-lineage-row.h"

#include "dio-kept-photo.h"
#include "dio-picture-loader.h"
#include "dio-words.h"

#include <glib/gi18n.h>

#define THUMBNAIL 40
#define INDENT 16

struct _DioLineageRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  DioResult    *result;      /* (nullable): NULL for a photo */
  GCancellable *cancellable; /* of the thumbnail */

  int           distance;    /* from the one looked at; below 0 for its sources */

  /* Child */
  GtkImage     *image;
};

G_DEFINE_FINAL_TYPE (DioLineageRow, dio_lineage_row, GTK_TYPE_LIST_BOX_ROW)

static void
thumbnail_loaded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  DioLineageRow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = dio_load_picture_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture != NULL)
    gtk_image_set_from_paintable (self->image, GDK_PAINTABLE (texture));
  else
    gtk_image_set_from_icon_name (self->image, "image-missing-symbolic");
}

static int
get_side (DioLineageRow *self)
{
  return THUMBNAIL * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

static void
photo_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DioLineageRow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = dio_kept_photo_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (bytes != NULL)
    dio_load_bytes_async (bytes, get_side (self), self->cancellable, thumbnail_loaded_cb, self);
}

static void
load_thumbnail (DioLineageRow        *self,
                DioStudio            *studio,
                const DioLineageNode *node)
{
  g_autoptr(GFile) file = NULL;

  if (node->kind == DIO_LINEAGE_PHOTO)
    {
      dio_kept_photo_load_async (dio_studio_get_library (studio), node->hash, self->cancellable,
                                 photo_loaded_cb, self);
      return;
    }

  if (node->kind != DIO_LINEAGE_RESULT)
    return;

  file = g_file_new_for_path (dio_result_get_path (node->result));
  dio_load_file_async (file, get_side (self), self->cancellable, thumbnail_loaded_cb, self);
}

static char *
format_title (DioStudio                 *studio,
              const DioLineageNode      *node,
              const DioRequestReference *reference)
{
  const char *provider_id;
  DioProvider *provider;

  if (node->kind == DIO_LINEAGE_RESULT)
    {
      provider_id = dio_result_get_provider_id (node->result);
      provider = dio_studio_find_provider (studio, provider_id);
      return dio_format_caption (node->result,
                                 provider != NULL ? _(dio_provider_get_display_name (provider)) : provider_id);
    }

  if (reference != NULL)
    return g_strdup_printf ("@%s", reference->name);

  /* Translators: a photo of the person’s own, that a picture was made from. */
  return g_strdup (_("Photo"));
}

static const char *
get_state (const DioLineageNode *node,
           int                   distance)
{
  if (distance == 0)
    /* Translators: of the picture on show, among those that it was made from. */
    return _("This picture");
  if (node->kind == DIO_LINEAGE_MISSING)
    return _("Source missing");
  if (node->kind == DIO_LINEAGE_PHOTO)
    return _("Photo");
  if (node->is_repeated)
    /* Translators: of a picture that stands twice in a list. */
    return _("Also listed above");
  if (dio_result_get_deleted (node->result) > 0)
    return _("In the trash");

  return distance < 0 ? _("Made before") : _("Made from it");
}

static char *
format_subtitle (const DioLineageNode      *node,
                 int                        distance,
                 const DioRequestReference *reference)
{
  const char *state = get_state (node, distance);

  if (reference == NULL)
    return g_strdup (state);

  /* Translators: what a source was used for, and what it is: “Subject · Photo”. */
  return g_strdup_printf (_("%1$s · %2$s"), dio_role_get_title (reference->role), state);
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_again_button (DioResult *result)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  const char *label = _("Make Again");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", dio_result_get_job_id (result));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.make-again");

  return button;
}

static void
dio_lineage_row_dispose (GObject *object)
{
  DioLineageRow *self = DIO_LINEAGE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);

  G_OBJECT_CLASS (dio_lineage_row_parent_class)->dispose (object);
}

static void
dio_lineage_row_class_init (DioLineageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_lineage_row_dispose;
}

static void
dio_lineage_row_init (DioLineageRow *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
fill (DioLineageRow *self,
      const char    *title,
      const char    *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "lineage-row");
  gtk_widget_set_margin_start (box, INDENT * ABS (self->distance));
  gtk_image_set_pixel_size (self->image, THUMBNAIL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->image));

  gtk_widget_set_valign (labels, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (labels, TRUE);
  gtk_box_append (GTK_BOX (labels), make_label (title, self->distance == 0 ? "heading" : NULL));
  gtk_box_append (GTK_BOX (labels), make_label (subtitle, "dim-label"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (labels), "caption");
  gtk_box_append (GTK_BOX (box), labels);

  if (self->result != NULL)
    gtk_box_append (GTK_BOX (box), make_again_button (self->result));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/* @reference is how the one looked at used it, where that is known. */
DioLineageRow *
dio_lineage_row_new (DioStudio                 *studio,
                     const DioLineageNode      *node,
                     int                        distance,
                     const DioRequestReference *reference)
{
  DioLineageRow *self = g_object_new (DIO_TYPE_LINEAGE_ROW, NULL);
  g_autofree char *title = format_title (studio, node, reference);
  g_autofree char *subtitle = format_subtitle (node, distance, reference);
  g_autofree char *label = NULL;

  self->distance = distance;
  g_set_object (&self->result, node->result);
  self->image = GTK_IMAGE (gtk_image_new_from_icon_name (node->kind == DIO_LINEAGE_MISSING ? "image-missing-symbolic"
                                                                                           : "image-x-generic-symbolic"));
  fill (self, title, subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), self->result != NULL && distance != 0);

  /* Translators: a row for screen readers: its title and what stands below: “@watch, Subject · Photo”. */
  label = g_strdup_printf (_("%1$s, %2$s"), title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (distance == 0)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);

  load_thumbnail (self, studio, node);

  return self;
}

/* Borrowed; NULL for a photo. */
DioResult *
dio_lineage_row_get_result (DioLineageRow *self)
{
  return self->result;
}

int
dio_lineage_row_get_distance (DioLineageRow *self)
{
  return self->distance;
}
