/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the details of a result: to be read and copied from, not to be pressed. */

#include "config.h"

#include "dio-detail-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Of the column of titles. */
#define TITLE_CHARS 14

static GtkWidget *
make_label (const char *text,
            gboolean    is_title)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), !is_title);
  if (is_title)
    gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static GtkWidget *
make_row (GtkOrientation  orientation,
          int             spacing,
          const char     *title,
          GtkWidget     **box)
{
  GtkWidget *row = adw_preferences_row_new ();

  *box = gtk_box_new (orientation, spacing);
  gtk_widget_add_css_class (*box, "detail-row");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), *box);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

/* Something short beside its title. */
GtkWidget *
dio_detail_row_new (const char *title,
                    const char *text)
{
  GtkWidget *box;
  GtkWidget *row = make_row (GTK_ORIENTATION_HORIZONTAL, 12, title, &box);
  GtkWidget *label = make_label (title, TRUE);
  GtkWidget *value = make_label (text, FALSE);

  gtk_label_set_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);

  return row;
}

/* Something long, below its title if it has one. */
GtkWidget *
dio_detail_row_new_text (const char *title,
                         const char *text)
{
  GtkWidget *box;
  GtkWidget *row = make_row (GTK_ORIENTATION_VERTICAL, 2, title, &box);

  if (title != NULL)
    {
      GtkWidget *label = make_label (title, TRUE);

      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), make_label (text, FALSE));

  return row;
}

GtkWidget *
dio_detail_row_new_note (const char *text)
{
  GtkWidget *box;
  GtkWidget *row = make_row (GTK_ORIENTATION_HORIZONTAL, 12, text, &box);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_label (text, FALSE));

  return row;
}

static GtkWidget *
make_copy_button (const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

/* What only somebody wants to see who looks for it. */
GtkWidget *
dio_detail_row_new_expander (const char *title,
                             const char *text,
                             const char *copy_action)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *box;
  GtkWidget *body = make_row (GTK_ORIENTATION_VERTICAL, 0, NULL, &box);
  GtkWidget *label = make_label (text, FALSE);

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), make_copy_button (copy_action));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), body);

  return row;
}
