/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of some words; where it may be unset, that is the first of them. */

#include "config.h"

#include "dio-choice-row.h"

#include <glib/gi18n.h>

struct _DioChoiceRow
{
  DioParameterRow parent_instance;

  /* Borrowed; the row's */
  GtkDropDown *control;
};

G_DEFINE_FINAL_TYPE (DioChoiceRow, dio_choice_row, DIO_TYPE_PARAMETER_ROW)

static guint
count_unset (const DioParameter *parameter)
{
  return (parameter->flags & DIO_PARAMETER_OPTIONAL) != 0 ? 1 : 0;
}

static void
selected_cb (DioChoiceRow *self)
{
  DioParameterRow *row = DIO_PARAMETER_ROW (self);
  const DioParameter *parameter = dio_parameter_row_get_parameter (row);
  guint selected = gtk_drop_down_get_selected (self->control);
  guint first = count_unset (parameter);

  if (selected < first)
    dio_parameter_row_unset (row);
  else if (selected - first < parameter->n_choices)
    dio_parameter_row_store (row, g_variant_new_string (parameter->choices[selected - first].value));
}

static void
dio_choice_row_build (DioParameterRow *row)
{
  DioChoiceRow *self = DIO_CHOICE_ROW (row);
  const DioParameter *parameter = dio_parameter_row_get_parameter (row);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  if (count_unset (parameter) > 0)
    gtk_string_list_append (titles, dio_parameter_row_get_unset_text (row));
  for (guint i = 0; i < parameter->n_choices; i++)
    gtk_string_list_append (titles, _(parameter->choices[i].title));

  self->control = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_drop_down_set_model (self->control, G_LIST_MODEL (titles));
  dio_parameter_row_label (row, GTK_WIDGET (self->control));
  dio_parameter_row_add_suffix (row, GTK_WIDGET (self->control));
  g_signal_connect_object (self->control, "notify::selected", G_CALLBACK (selected_cb),
                           self, G_CONNECT_SWAPPED);
}

static guint
find_choice (const DioParameter *parameter,
             GVariant           *value)
{
  guint first = count_unset (parameter);

  for (guint i = 0; value != NULL && i < parameter->n_choices; i++)
    if (g_str_equal (parameter->choices[i].value, g_variant_get_string (value, NULL)))
      return first + i;

  return value == NULL && first > 0 ? 0 : GTK_INVALID_LIST_POSITION;
}

static void
dio_choice_row_show (DioParameterRow *row,
                     GVariant        *value)
{
  DioChoiceRow *self = DIO_CHOICE_ROW (row);

  gtk_drop_down_set_selected (self->control, find_choice (dio_parameter_row_get_parameter (row), value));
}

static void
dio_choice_row_class_init (DioChoiceRowClass *klass)
{
  DioParameterRowClass *row_class = DIO_PARAMETER_ROW_CLASS (klass);

  row_class->build = dio_choice_row_build;
  row_class->show = dio_choice_row_show;
  row_class->shows_unset = TRUE;
}

static void
dio_choice_row_init (DioChoiceRow *self)
{
}
