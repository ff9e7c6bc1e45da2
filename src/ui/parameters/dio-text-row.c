/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the person's own. */

#include "config.h"

#include "dio-text-row.h"

struct _DioTextRow
{
  DioParameterRow parent_instance;

  /* Borrowed; the row's */
  GtkEntry *control;

  gboolean  is_typing; /* the value follows the text */
};

G_DEFINE_FINAL_TYPE (DioTextRow, dio_text_row, DIO_TYPE_PARAMETER_ROW)

/* A text that is too short or too long stays as it was typed, marked as wrong;
 * what was set before it is not sent in its place. */
static void
text_changed_cb (DioTextRow *self)
{
  DioParameterRow *row = DIO_PARAMETER_ROW (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  g_autoptr(GVariant) value = g_variant_ref_sink (g_variant_new_string (text));
  gboolean is_valid = *text == '\0' || dio_parameter_check (dio_parameter_row_get_parameter (row), value, NULL);

  if (is_valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->control), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->control), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               is_valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  dio_parameter_row_reject (row, !is_valid);

  if (dio_parameter_row_is_showing (row))
    return;

  self->is_typing = TRUE;
  if (*text == '\0' || !is_valid)
    dio_parameter_row_unset (row);
  else
    dio_parameter_row_store (row, value);
  self->is_typing = FALSE;
}

static void
dio_text_row_build (DioParameterRow *row)
{
  DioTextRow *self = DIO_TEXT_ROW (row);
  const DioParameter *parameter = dio_parameter_row_get_parameter (row);

  self->control = GTK_ENTRY (gtk_entry_new ());
  if (parameter->maximum > 0 && parameter->maximum < G_MAXUINT16)
    gtk_entry_set_max_length (self->control, parameter->maximum);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->control), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->control), TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->control), 6);
  dio_parameter_row_label (row, GTK_WIDGET (self->control));
  dio_parameter_row_add_below (row, GTK_WIDGET (self->control));
  g_signal_connect_object (self->control, "changed", G_CALLBACK (text_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
dio_text_row_show (DioParameterRow *row,
                   GVariant        *value)
{
  DioTextRow *self = DIO_TEXT_ROW (row);
  const char *text = value != NULL ? g_variant_get_string (value, NULL) : "";

  if (!self->is_typing && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->control)), text))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->control), text);
      gtk_editable_set_position (GTK_EDITABLE (self->control), -1);
    }
}

static void
dio_text_row_class_init (DioTextRowClass *klass)
{
  DioParameterRowClass *row_class = DIO_PARAMETER_ROW_CLASS (klass);

  row_class->build = dio_text_row_build;
  row_class->show = dio_text_row_show;
}

static void
dio_text_row_init (DioTextRow *self)
{
}
