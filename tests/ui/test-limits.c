/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every parameter of every model through the rows of the panel, as a person
 * would set it: what is inside its limits is set, one step outside is not, or
 * is with a warning where the table says so. */

#include "config.h"

#include "dio-choice-row.h"
#include "dio-number-row.h"
#include "dio-parameter-panel.h"
#include "dio-switch-row.h"
#include "ui-fixture.h"

typedef struct
{
  DioValues          *values;
  const DioParameter *parameter;
  GtkWidget          *row;
} Case;

static double
get_step (const DioParameter *parameter)
{
  return parameter->step > 0 ? parameter->step : 1;
}

static double
get_number (Case *c)
{
  g_autoptr(GVariant) value = dio_values_get (c->values, c->parameter->name);

  g_assert_nonnull (value);
  return c->parameter->kind == DIO_PARAMETER_INTEGER ? g_variant_get_int64 (value) : g_variant_get_double (value);
}

static GtkSpinButton *
get_spin (Case *c)
{
  return GTK_SPIN_BUTTON (ui_find (c->row, GTK_TYPE_SPIN_BUTTON, 0));
}

/* What Enter does with what was typed. */
static void
type_number (Case   *c,
             double  number)
{
  g_autofree char *text = g_strdup_printf ("%.*f", (int) gtk_spin_button_get_digits (get_spin (c)), number);

  gtk_editable_set_text (GTK_EDITABLE (get_spin (c)), text);
  gtk_spin_button_update (get_spin (c));
}

static gboolean
is_warning (Case *c)
{
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (c->row, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_get_visible (label) && gtk_widget_has_css_class (label, "warning"))
      return TRUE;

  return FALSE;
}

static void
check_inside (Case   *c,
              double  number)
{
  type_number (c, number);
  g_assert_cmpfloat_with_epsilon (get_number (c), number, 1e-6);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (get_spin (c)), number, 1e-6);
  g_assert_false (is_warning (c));
}

/* The limit of the table is where the slider ends in any case. */
static void
check_outside (Case   *c,
               double  number,
               double  limit)
{
  GtkWidget *scale = ui_find (c->row, GTK_TYPE_SCALE, 0);
  gboolean is_soft = (c->parameter->flags & DIO_PARAMETER_SOFT) != 0;

  type_number (c, number);
  g_assert_cmpfloat_with_epsilon (get_number (c), is_soft ? number : limit, 1e-6);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (get_spin (c)), is_soft ? number : limit, 1e-6);
  g_assert_cmpint (is_warning (c), ==, is_soft);
  if (scale != NULL)
    g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), limit, 1e-6);
}

static void
check_slider (Case *c)
{
  GtkWidget *scale = ui_find (c->row, GTK_TYPE_SCALE, 0);

  if (scale == NULL)
    return;

  gtk_range_set_value (GTK_RANGE (scale), c->parameter->maximum + 1000);
  g_assert_cmpfloat_with_epsilon (get_number (c), c->parameter->maximum, 1e-6);
  gtk_range_set_value (GTK_RANGE (scale), c->parameter->minimum - 1000);
  g_assert_cmpfloat_with_epsilon (get_number (c), c->parameter->minimum, 1e-6);
}

static void
check_number_row (Case *c)
{
  double step = get_step (c->parameter);

  check_inside (c, c->parameter->minimum);
  check_inside (c, c->parameter->minimum + step);
  check_inside (c, c->parameter->maximum - step);
  check_inside (c, c->parameter->maximum);
  check_outside (c, c->parameter->maximum + step, c->parameter->maximum);
  check_outside (c, c->parameter->minimum - step, c->parameter->minimum);
  check_slider (c);

  if (c->parameter->kind == DIO_PARAMETER_INTEGER && step > 1)
    {
      /* Between two steps: the nearer of them. */
      type_number (c, c->parameter->minimum + step + 1);
      g_assert_cmpfloat_with_epsilon (get_number (c), c->parameter->minimum + step, 1e-6);
    }
}

static void
type_text (Case  *c,
           gsize  length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  gtk_editable_set_text (GTK_EDITABLE (ui_find (c->row, GTK_TYPE_ENTRY, 0)), text);
}

static gsize
get_length (Case *c)
{
  g_autoptr(GVariant) value = dio_values_get (c->values, c->parameter->name);

  return value != NULL ? strlen (g_variant_get_string (value, NULL)) : 0;
}

static void
check_text_row (Case *c)
{
  gsize minimum = c->parameter->minimum;
  gsize maximum = c->parameter->maximum > 0 ? c->parameter->maximum : 5000;

  type_text (c, MAX (minimum, 1));
  g_assert_cmpint (get_length (c), ==, MAX (minimum, 1));
  type_text (c, maximum);
  g_assert_cmpint (get_length (c), ==, maximum);
  g_assert_false (is_warning (c));

  if (c->parameter->maximum > 0)
    {
      type_text (c, maximum + 1);
      g_assert_cmpint (get_length (c), ==, maximum);
    }

  if (minimum > 1)
    {
      /* What was there before is not sent in the place of what is shown. */
      type_text (c, minimum - 1);
      g_assert_cmpint (get_length (c), ==, 0);
      g_assert_true (is_warning (c));
    }

  type_text (c, 0);
  g_assert_false (dio_values_is_set (c->values, c->parameter->name));
  g_assert_false (is_warning (c));
}

static void
check_choice_row (Case *c)
{
  GtkDropDown *control = GTK_DROP_DOWN (ui_find (c->row, GTK_TYPE_DROP_DOWN, 0));
  guint first = (c->parameter->flags & DIO_PARAMETER_OPTIONAL) != 0 ? 1 : 0;

  g_assert_cmpint (g_list_model_get_n_items (gtk_drop_down_get_model (control)), ==, first + c->parameter->n_choices);
  for (guint i = 0; i < c->parameter->n_choices; i++)
    {
      g_autoptr(GVariant) value = NULL;

      gtk_drop_down_set_selected (control, first + i);
      value = dio_values_get (c->values, c->parameter->name);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, c->parameter->choices[i].value);
    }

  if (first > 0)
    {
      gtk_drop_down_set_selected (control, 0);
      g_assert_false (dio_values_is_set (c->values, c->parameter->name));
    }
}

static void
check_switch_row (Case *c)
{
  GtkSwitch *control = GTK_SWITCH (ui_find (c->row, GTK_TYPE_SWITCH, 0));

  for (guint i = 0; i < 3; i++)
    {
      gboolean wanted = !gtk_switch_get_active (control);
      g_autoptr(GVariant) value = NULL;

      gtk_switch_set_active (control, wanted);
      value = dio_values_get (c->values, c->parameter->name);
      g_assert_cmpint (g_variant_get_boolean (value), ==, wanted);
    }
}

static void
check_unset (Case *c)
{
  g_autoptr(GVariant) value = NULL;

  if ((c->parameter->flags & (DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SEED)) == 0)
    return;

  dio_parameter_row_unset (DIO_PARAMETER_ROW (c->row));
  value = dio_values_get (c->values, c->parameter->name);
  g_assert_null (value);
}

static void
check_row (Case *c)
{
  if (DIO_IS_NUMBER_ROW (c->row))
    check_number_row (c);
  else if (DIO_IS_CHOICE_ROW (c->row))
    check_choice_row (c);
  else if (DIO_IS_SWITCH_ROW (c->row))
    check_switch_row (c);
  else
    check_text_row (c);

  check_unset (c);
}

static void
test_model (gconstpointer data)
{
  DioModelInfo *model = DIO_MODEL_INFO ((gpointer) data);
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  DioComposition *composition = dio_composition_new ();
  DioParameterPanel *panel = g_object_ref_sink (g_object_new (DIO_TYPE_PARAMETER_PANEL, NULL));

  dio_composition_set_model (composition, model);
  dio_parameter_panel_set_composition (panel, composition);

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      Case c = {
        .values = dio_composition_get_values (composition, model),
        .parameter = &spec->parameters[i],
        .row = ui_find (GTK_WIDGET (panel), DIO_TYPE_PARAMETER_ROW, i),
      };

      g_test_message ("%s", c.parameter->name);
      g_assert_true (dio_parameter_row_get_parameter (DIO_PARAMETER_ROW (c.row)) == c.parameter);
      check_row (&c);
    }

  g_assert_finalize_object (panel);
  g_assert_finalize_object (composition);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(DioStudio) studio = NULL;
  GListModel *models;

  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();
  studio = ui_make_studio ();
  models = dio_studio_get_models (studio);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      DioModelInfo *model = g_list_model_get_item (models, i);
      g_autofree char *path = g_strconcat ("/limits/", dio_model_info_get_provider_id (model), "/",
                                           dio_model_info_get_id (model), NULL);

      g_test_add_data_func_full (path, model, test_model, g_object_unref);
    }

  return g_test_run ();
}
