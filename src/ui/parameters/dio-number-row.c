/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number: an entry, and a slider under it. A seed has no slider, since no
 * number is more than another, and emptying its entry unsets it. Where a limit
 * only warns, the slider stops at it and the entry does not. */

#include "config.h"

#include "dio-number-row.h"

#include <math.h>

/* Beyond it a slider says nothing: no point of it can be hit. */
#define MAX_SLIDER_STEPS 10000

/* How far an entry goes where the limits only warn. */
#define ANY_NUMBER G_MAXINT32

struct _DioNumberRow
{
  DioParameterRow parent_instance;

  /* Borrowed; the spin button's, the scale's and the row's */
  GtkAdjustment *adjustment;
  GtkAdjustment *scale_adjustment; /* the same, unless the limits only warn */
  GtkSpinButton *spin;
  GtkWidget     *scale; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (DioNumberRow, dio_number_row, DIO_TYPE_PARAMETER_ROW)

static const DioParameter *
get_parameter (DioNumberRow *self)
{
  return dio_parameter_row_get_parameter (DIO_PARAMETER_ROW (self));
}

static double
get_step (const DioParameter *parameter)
{
  if (parameter->step > 0)
    return parameter->step;

  return parameter->kind == DIO_PARAMETER_INTEGER ? 1 : (parameter->maximum - parameter->minimum) / 100;
}

static guint
get_digits (const DioParameter *parameter)
{
  double step = get_step (parameter);

  if (parameter->kind == DIO_PARAMETER_INTEGER || step >= 1)
    return 0;

  return CLAMP ((int) ceil (-log10 (step)), 1, 4);
}

static gboolean
is_soft (const DioParameter *parameter)
{
  return (parameter->flags & DIO_PARAMETER_SOFT) != 0;
}

/* A slider stops anywhere; values are whole steps from the minimum. */
static double
snap (const DioParameter *parameter,
      double              number)
{
  if (parameter->step > 0)
    number = parameter->minimum + round ((number - parameter->minimum) / parameter->step) * parameter->step;

  return is_soft (parameter) ? number : CLAMP (number, parameter->minimum, parameter->maximum);
}

static void
store (DioNumberRow *self,
       double        number)
{
  const DioParameter *parameter = get_parameter (self);

  if (parameter->kind == DIO_PARAMETER_INTEGER)
    dio_parameter_row_store (DIO_PARAMETER_ROW (self), g_variant_new_int64 (llround (number)));
  else
    dio_parameter_row_store (DIO_PARAMETER_ROW (self), g_variant_new_double (number));
}

static void
number_changed_cb (DioNumberRow *self)
{
  double number = gtk_adjustment_get_value (self->adjustment);
  double snapped = snap (get_parameter (self), number);

  if (snapped != number)
    gtk_adjustment_set_value (self->adjustment, snapped);
  else
    store (self, number);
}

static void
scale_moved_cb (DioNumberRow *self)
{
  if (!dio_parameter_row_is_showing (DIO_PARAMETER_ROW (self)))
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->scale_adjustment));
}

static gboolean
is_optional (DioNumberRow *self)
{
  return (get_parameter (self)->flags & (DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SEED)) != 0;
}

static gboolean
output_cb (DioNumberRow *self)
{
  if (!is_optional (self) || !dio_parameter_row_is_unset (DIO_PARAMETER_ROW (self)))
    return FALSE;

  gtk_editable_set_text (GTK_EDITABLE (self->spin), "");
  return TRUE;
}

static int
input_cb (DioNumberRow *self,
          double       *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  char *end;
  double number;

  *value = gtk_adjustment_get_value (self->adjustment);
  if (!is_optional (self))
    return FALSE;

  if (*text == '\0')
    {
      dio_parameter_row_unset (DIO_PARAMETER_ROW (self));
      return TRUE;
    }

  /* The first number typed may be the one that the adjustment holds already,
   * and then nothing is said to have changed. */
  number = g_strtod (text, &end);
  if (*end != '\0' || isnan (number))
    return GTK_INPUT_ERROR;

  *value = snap (get_parameter (self), number);
  store (self, *value);
  return TRUE;
}

/* The panel is scrolled with the pointer over it; values are not for the wheel. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static GtkAdjustment *
make_adjustment (const DioParameter *parameter,
                 double              beyond)
{
  double step = get_step (parameter);
  double n_steps = (parameter->maximum - parameter->minimum) / step;

  return gtk_adjustment_new (parameter->minimum, parameter->minimum - beyond, parameter->maximum + beyond,
                             step, step * MAX (1, round (n_steps / 20)), 0);
}

static void
add_scale (DioNumberRow *self)
{
  self->scale_adjustment = self->adjustment;
  if (is_soft (get_parameter (self)))
    {
      self->scale_adjustment = make_adjustment (get_parameter (self), 0);
      g_signal_connect_object (self->scale_adjustment, "value-changed", G_CALLBACK (scale_moved_cb),
                               self, G_CONNECT_SWAPPED);
    }

  self->scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->scale_adjustment);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_widget_set_hexpand (self->scale, TRUE);
  ignore_wheel (self->scale);
  dio_parameter_row_label (DIO_PARAMETER_ROW (self), self->scale);
  dio_parameter_row_add_below (DIO_PARAMETER_ROW (self), self->scale);
}

static void
dio_number_row_build (DioParameterRow *row)
{
  DioNumberRow *self = DIO_NUMBER_ROW (row);
  const DioParameter *parameter = get_parameter (self);
  double step = get_step (parameter);
  double n_steps = (parameter->maximum - parameter->minimum) / step;

  self->adjustment = make_adjustment (parameter, is_soft (parameter) ? ANY_NUMBER : 0);
  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new (self->adjustment, step, get_digits (parameter)));
  gtk_spin_button_set_numeric (self->spin, !is_optional (self));
  gtk_spin_button_set_snap_to_ticks (self->spin, FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), n_steps > MAX_SLIDER_STEPS ? 10 : 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), n_steps > MAX_SLIDER_STEPS ? 10 : 5);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->spin), FALSE);
  ignore_wheel (GTK_WIDGET (self->spin));
  g_signal_connect_object (self->spin, "output", G_CALLBACK (output_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spin, "input", G_CALLBACK (input_cb), self, G_CONNECT_SWAPPED);
  dio_parameter_row_label (row, GTK_WIDGET (self->spin));
  dio_parameter_row_add_suffix (row, GTK_WIDGET (self->spin));

  if ((parameter->flags & DIO_PARAMETER_SEED) == 0 && n_steps <= MAX_SLIDER_STEPS)
    add_scale (self);

  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (number_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static double
get_number (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) ? g_variant_get_int64 (value)
                                                            : g_variant_get_double (value);
}

static void
dio_number_row_show (DioParameterRow *row,
                     GVariant        *value)
{
  DioNumberRow *self = DIO_NUMBER_ROW (row);

  if (value == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), "");
  else
    gtk_spin_button_set_value (self->spin, get_number (value));

  /* Shown anew also where the number is the same but was unset before. */
  if (value != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->spin)) == '\0')
    gtk_spin_button_update (self->spin);

  if (self->scale == NULL)
    return;

  gtk_widget_set_opacity (self->scale, value != NULL ? 1 : 0.5);
  if (value != NULL && self->scale_adjustment != self->adjustment)
    gtk_adjustment_set_value (self->scale_adjustment, get_number (value));
}

static void
dio_number_row_class_init (DioNumberRowClass *klass)
{
  DioParameterRowClass *row_class = DIO_PARAMETER_ROW_CLASS (klass);

  row_class->build = dio_number_row_build;
  row_class->show = dio_number_row_show;
}

static void
dio_number_row_init (DioNumberRow *self)
{
}
