/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes the picture: the models of all providers under the names of those,
 * and a sentence on each. */

#include "config.h"

#include "dio-model-chooser.h"

#include "dio-words.h"

#include <glib/gi18n.h>

struct _DioModelChooser
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio      *studio;
  DioComposition *composition;

  /* Template children */
  GtkMenuButton  *button;
  GtkLabel       *label;
  GtkPopover     *popover;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (DioModelChooser, dio_model_chooser, GTK_TYPE_WIDGET)

static DioModelInfo *
get_row_model (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "model");
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_texts (DioModelInfo *model)
{
  const char *summary = dio_model_info_get_spec (model)->summary;
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption;

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (_(dio_model_info_get_title (model)), NULL));
  if (summary == NULL)
    return texts;

  caption = make_label (_(summary), "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (texts), caption);
  return texts;
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  DioModelChooser *self = user_data;
  DioModelInfo *model = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  DioProvider *provider = dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model));
  g_autofree char *name = dio_format_model (provider, model);

  gtk_box_append (GTK_BOX (box), make_texts (model));
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "model", g_object_ref (model), g_object_unref);
  g_object_set_data (G_OBJECT (row), "check", check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(dio_model_info_get_spec (model)->summary),
                                  -1);
  return row;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  DioModelChooser *self = user_data;
  const char *id = dio_model_info_get_provider_id (get_row_model (row));
  DioProvider *provider = dio_studio_find_provider (self->studio, id);
  GtkWidget *header;

  if (before != NULL && g_str_equal (id, dio_model_info_get_provider_id (get_row_model (before))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  header = make_label (_(dio_provider_get_display_name (provider)), "heading");
  gtk_widget_add_css_class (header, "provider-heading");
  gtk_list_box_row_set_header (row, header);
}

static void
model_changed_cb (DioModelChooser *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  DioProvider *provider = NULL;
  g_autofree char *name = NULL;
  g_autofree char *described = NULL;

  if (model != NULL)
    provider = dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model));

  name = model != NULL ? dio_format_model (provider, model) : g_strdup ("");
  /* Translators: a button for screen readers; %s is a provider’s model. */
  described = g_strdup_printf (_("Who makes the picture: %s"), name);
  gtk_label_set_label (self->label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, described,
                                  -1);
}

static void
row_activated_cb (DioModelChooser *self,
                  GtkListBoxRow   *row)
{
  gtk_popover_popdown (self->popover);
  dio_composition_set_model (self->composition, get_row_model (row));
}

static void
mark_chosen (DioModelChooser *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gtk_widget_set_opacity (g_object_get_data (G_OBJECT (row), "check"), get_row_model (row) == model ? 1 : 0);
      if (get_row_model (row) == model)
        gtk_list_box_select_row (self->list, row);
    }
}

/* The rows are made when they are first asked for; the window is there sooner. */
static void
fill (GtkMenuButton *button,
      gpointer       user_data)
{
  DioModelChooser *self = user_data;

  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    {
      gtk_list_box_bind_model (self->list, dio_studio_get_models (self->studio), make_row, self, NULL);
      gtk_list_box_set_header_func (self->list, update_header, self, NULL);
    }

  mark_chosen (self);
}

/* A keyboard goes on from what is chosen. */
static void
shown_cb (DioModelChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
dio_model_chooser_dispose (GObject *object)
{
  DioModelChooser *self = DIO_MODEL_CHOOSER (object);

  /* The list asks for headings as its rows go. */
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_MODEL_CHOOSER);
  g_clear_object (&self->studio);
  g_clear_object (&self->composition);

  G_OBJECT_CLASS (dio_model_chooser_parent_class)->dispose (object);
}

static void
dio_model_chooser_class_init (DioModelChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_model_chooser_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/prompt/dio-model-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, DioModelChooser, button);
  gtk_widget_class_bind_template_child (widget_class, DioModelChooser, label);
  gtk_widget_class_bind_template_child (widget_class, DioModelChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, DioModelChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
dio_model_chooser_init (DioModelChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_model_chooser_set_composition (DioModelChooser *self,
                                   DioStudio       *studio,
                                   DioComposition  *composition)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->composition = g_object_ref (composition);
  gtk_menu_button_set_create_popup_func (self->button, fill, self, NULL);
  g_signal_connect_object (composition, "notify::model", G_CALLBACK (model_changed_cb),
                           self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}
