/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On or off. */

#include "config.h"

#include "dio-switch-row.h"

struct _DioSwitchRow
{
  DioParameterRow parent_instance;

  /* Borrowed; the row's */
  GtkSwitch *control;
};

G_DEFINE_FINAL_TYPE (DioSwitchRow, dio_switch_row, DIO_TYPE_PARAMETER_ROW)

static void
switched_cb (DioSwitchRow *self)
{
  dio_parameter_row_store (DIO_PARAMETER_ROW (self),
                           g_variant_new_boolean (gtk_switch_get_active (self->control)));
}

static void
dio_switch_row_build (DioParameterRow *row)
{
  DioSwitchRow *self = DIO_SWITCH_ROW (row);

  self->control = GTK_SWITCH (gtk_switch_new ());
  dio_parameter_row_label (row, GTK_WIDGET (self->control));
  dio_parameter_row_add_suffix (row, GTK_WIDGET (self->control));
  g_signal_connect_object (self->control, "notify::active", G_CALLBACK (switched_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
dio_switch_row_show (DioParameterRow *row,
                     GVariant        *value)
{
  DioSwitchRow *self = DIO_SWITCH_ROW (row);

  gtk_switch_set_active (self->control, value != NULL && g_variant_get_boolean (value));
}

static void
dio_switch_row_class_init (DioSwitchRowClass *klass)
{
  DioParameterRowClass *row_class = DIO_PARAMETER_ROW_CLASS (klass);

  row_class->build = dio_switch_row_build;
  row_class->show = dio_switch_row_show;
}

static void
dio_switch_row_init (DioSwitchRow *self)
{
}
