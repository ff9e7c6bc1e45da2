/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One photo in the strip: the picture with its number and role, the name under
 * it, and, where it will not be sent, why. */

#include "config.h"

#include "dio-reference-card-private.h"

#include "dio-picture-loader.h"
#include "dio-words.h"

#include <glib/gi18n.h>

#define HEIGHT 104
#define MIN_WIDTH 92
#define MAX_WIDTH 184
#define MAX_THUMBNAIL 1024

G_DEFINE_FINAL_TYPE (DioReferenceCard, dio_reference_card, GTK_TYPE_BOX)

static const char * const role_classes[] = {
  [DIO_ROLE_SUBJECT] = "subject",
  [DIO_ROLE_SCENE] = "scene",
  [DIO_ROLE_STYLE] = "style",
};

static int
get_width (DioReferenceCard *self)
{
  double aspect = (double) dio_reference_get_width (self->reference)
                  / dio_reference_get_height (self->reference);

  return CLAMP ((int) (HEIGHT * aspect), MIN_WIDTH, MAX_WIDTH);
}

/* The longest side of a thumbnail that covers the card. */
static int
get_thumbnail_side (DioReferenceCard *self)
{
  double width = dio_reference_get_width (self->reference);
  double height = dio_reference_get_height (self->reference);
  double factor = MAX (get_width (self) / width, HEIGHT / height);
  int side = MAX (width, height) * factor * self->scale + 1;

  return MIN (side, MAX_THUMBNAIL);
}

static void
thumbnail_loaded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  DioReferenceCard *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = dio_load_picture_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture == NULL)
    g_message ("No thumbnail of %s: %s", dio_reference_get_name (self->reference), error->message);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
load_thumbnail (DioReferenceCard *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (scale == self->scale)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  self->scale = scale;
  self->cancellable = g_cancellable_new ();
  dio_load_bytes_async (dio_reference_get_bytes (self->reference),
                        get_thumbnail_side (self),
                        self->cancellable,
                        thumbnail_loaded_cb,
                        self);
}

static void
show_name (DioReferenceCard *self)
{
  g_autofree char *mention = g_strconcat ("@", dio_reference_get_name (self->reference), NULL);

  gtk_label_set_label (self->name_label, mention);
}

static void
show_role (DioReferenceCard *self)
{
  DioRole role = dio_reference_get_role (self->reference);
  const char *title = dio_role_get_title (role);
  g_autofree char *label = NULL;

  for (guint i = 0; i < DIO_N_ROLES; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->role_button), role_classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->role_button), role_classes[role]);
  gtk_label_set_label (self->role_label, title);

  /* Translators: name of a button for screen readers; %s is Subject, Scene or Style. */
  label = g_strdup_printf (_("Role: %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->role_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* Whole sentences, since a role changes its form in some languages. */
static char *
describe_sent (DioReferenceCard *self,
               const char       *name)
{
  switch (dio_reference_get_role (self->reference))
    {
    case DIO_ROLE_SUBJECT:
      /* Translators: a photo for screen readers: its number, its name, its role. */
      return g_strdup_printf (_("Image %1$u, %2$s, subject"), self->number, name);
    case DIO_ROLE_SCENE:
      /* Translators: a photo for screen readers: its number, its name, its role. */
      return g_strdup_printf (_("Image %1$u, %2$s, scene"), self->number, name);
    case DIO_ROLE_STYLE:
      /* Translators: a photo for screen readers: its number, its name, its role. */
      return g_strdup_printf (_("Image %1$u, %2$s, style"), self->number, name);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
describe_resting (DioReferenceCard *self,
                  const char       *name)
{
  switch (dio_reference_get_role (self->reference))
    {
    case DIO_ROLE_SUBJECT:
      /* Translators: a photo that is not sent, for screen readers: its name, its role. */
      return g_strdup_printf (_("Not used, %s, subject"), name);
    case DIO_ROLE_SCENE:
      /* Translators: a photo that is not sent, for screen readers: its name, its role. */
      return g_strdup_printf (_("Not used, %s, scene"), name);
    case DIO_ROLE_STYLE:
      /* Translators: a photo that is not sent, for screen readers: its name, its role. */
      return g_strdup_printf (_("Not used, %s, style"), name);
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
show_description (DioReferenceCard *self)
{
  const char *name = dio_reference_get_name (self->reference);
  g_autofree char *description = self->number > 0 ? describe_sent (self, name) : describe_resting (self, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
}

static void
reference_changed_cb (DioReferenceCard *self)
{
  show_name (self);
  show_role (self);
  show_description (self);
}

/* GTK keeps a menu open after a choice among several, for another one; here one
 * choice is what the menu was opened for. */
static void
role_changed_cb (DioReferenceCard *self)
{
  gtk_menu_button_popdown (self->role_button);
  gtk_popover_popdown (self->menu);
}

static void
name_clicked_cb (DioReferenceCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "card.rename", NULL);
}

static void
name_activated_cb (DioReferenceCard *self)
{
  dio_reference_card_commit_rename (self);
}

static void
name_left_cb (DioReferenceCard *self)
{
  dio_reference_card_cancel_rename (self);
}

static gboolean
name_key_pressed_cb (DioReferenceCard *self,
                     guint             keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  dio_reference_card_cancel_rename (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static void
menu_pressed_cb (DioReferenceCard *self,
                 int               n_press,
                 double            x,
                 double            y,
                 GtkGesture       *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (self->menu);
}

static void
pressed_cb (DioReferenceCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static GdkContentProvider *
drag_prepare_cb (DioReferenceCard *self,
                 double            x,
                 double            y,
                 GtkDragSource    *source)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (self->frame);

  gtk_drag_source_set_icon (source, icon, x, y);
  return gdk_content_provider_new_typed (DIO_TYPE_REFERENCE, self->reference);
}

static void
drag_begin_cb (DioReferenceCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (DioReferenceCard *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
dio_reference_card_dispose (GObject *object)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer ((GtkWidget **) &self->name_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_REFERENCE_CARD);

  G_OBJECT_CLASS (dio_reference_card_parent_class)->dispose (object);
}

static void
dio_reference_card_finalize (GObject *object)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (object);

  g_clear_object (&self->composition);
  g_clear_object (&self->reference);

  G_OBJECT_CLASS (dio_reference_card_parent_class)->finalize (object);
}

static void
dio_reference_card_class_init (DioReferenceCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_reference_card_dispose;
  object_class->finalize = dio_reference_card_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/strip/dio-reference-card.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, frame);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, picture);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, badge);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, role_button);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, role_label);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_stack);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_button);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_entry);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_popover);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, name_error);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, status_label);
  gtk_widget_class_bind_template_child (widget_class, DioReferenceCard, menu);
  gtk_widget_class_bind_template_callback (widget_class, name_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);

  dio_reference_card_class_actions_init (klass);
}

static void
dio_reference_card_init (DioReferenceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dio_reference_card_new (DioComposition *composition,
                        DioReference   *reference)
{
  DioReferenceCard *self = g_object_new (DIO_TYPE_REFERENCE_CARD, NULL);

  self->composition = g_object_ref (composition);
  self->reference = g_object_ref (reference);
  dio_reference_card_actions_init (self);

  gtk_widget_set_size_request (self->frame, get_width (self), HEIGHT);
  g_signal_connect_object (reference, "notify", G_CALLBACK (reference_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reference, "notify::role", G_CALLBACK (role_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (load_thumbnail), NULL);
  reference_changed_cb (self);
  load_thumbnail (self);

  return GTK_WIDGET (self);
}

DioReference *
dio_reference_card_get_reference (DioReferenceCard *self)
{
  return self->reference;
}

/* 0 for a photo that is not sent. */
void
dio_reference_card_set_number (DioReferenceCard *self,
                               guint             number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  self->number = number;
  gtk_label_set_label (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), number > 0);
  show_description (self);
}

/* Why it is not sent, in words, or NULL. */
void
dio_reference_card_set_status (DioReferenceCard *self,
                               const char       *status)
{
  gtk_label_set_label (self->status_label, status != NULL ? status : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_label), status);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), status != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, status != NULL ? status : "",
                                  -1);

  if (status != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "resting");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "resting");
}

void
dio_reference_card_set_place (DioReferenceCard *self,
                              gboolean          is_first,
                              gboolean          is_last)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.move-earlier", !is_first);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.move-later", !is_last);
}
