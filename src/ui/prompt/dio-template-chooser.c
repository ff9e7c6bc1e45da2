/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with prompts to begin with and, beneath them, advice on writing one. */

#include "config.h"

#include "dio-template-chooser.h"

#include "dio-prompt-templates.h"

#include <adwaita.h>

struct _DioTemplateChooser
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget  *button;
  GtkPopover *popover;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (DioTemplateChooser, dio_template_chooser, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  return label;
}

static GtkWidget *
make_row (guint position)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = make_label (dio_prompt_templates_get_summary (position));

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), make_label (dio_prompt_templates_get_title (position)));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, dio_prompt_templates_get_title (position),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, dio_prompt_templates_get_summary (position),
                                  -1);
  return row;
}

static void
row_activated_cb (DioTemplateChooser *self,
                  GtkListBoxRow      *row)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "prompt.template", "u", gtk_list_box_row_get_index (row));
}

static void
fill (GtkMenuButton *button,
      gpointer       user_data)
{
  DioTemplateChooser *self = user_data;

  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    return;

  for (guint i = 0; i < dio_prompt_templates_get_n (); i++)
    gtk_list_box_append (self->list, make_row (i));
}

static void
dio_template_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_TEMPLATE_CHOOSER);

  G_OBJECT_CLASS (dio_template_chooser_parent_class)->dispose (object);
}

static void
dio_template_chooser_class_init (DioTemplateChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_template_chooser_dispose;

  g_type_ensure (ADW_TYPE_SQUEEZER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/prompt/dio-template-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, DioTemplateChooser, button);
  gtk_widget_class_bind_template_child (widget_class, DioTemplateChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, DioTemplateChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
dio_template_chooser_init (DioTemplateChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), fill, self, NULL);
}
