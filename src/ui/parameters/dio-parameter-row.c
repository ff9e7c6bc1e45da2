/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One parameter of a model as a row of the panel: its title and what it does,
 * and the way between the value and the control that a subclass adds. */

#include "config.h"

#include "dio-parameter-row.h"

#include "dio-choice-row.h"
#include "dio-number-row.h"
#include "dio-switch-row.h"
#include "dio-text-row.h"

#include <glib/gi18n.h>

typedef struct
{
  /* Construct-only */
  DioValues          *values; /* (owned) */
  const DioParameter *parameter;

  gboolean            is_showing;  /* the control follows the value, not the person */
  gboolean            is_rejected; /* what was typed is no value of the parameter */

  /* Template children */
  GtkBox             *box;
  GtkBox             *header;
  GtkLabel           *title_label;
  GtkLabel           *subtitle_label;
  GtkWidget          *unset_button;
} DioParameterRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DioParameterRow, dio_parameter_row, ADW_TYPE_PREFERENCES_ROW)

static DioParameterRowPrivate *
get_private (DioParameterRow *self)
{
  return dio_parameter_row_get_instance_private (self);
}

static gboolean
can_unset (const DioParameter *parameter)
{
  return (parameter->flags & (DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SEED)) != 0;
}

static char *
format_limits (const DioParameter *parameter)
{
  g_autoptr(GVariant) minimum = NULL;
  g_autoptr(GVariant) maximum = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (parameter->kind == DIO_PARAMETER_TEXT)
    /* Translators: how long a text may be: “8 to 2048 characters”. */
    return g_strdup_printf (_("%.0f to %.0f characters"), parameter->minimum, parameter->maximum);

  if (parameter->kind == DIO_PARAMETER_INTEGER)
    /* Translators: beside a number outside what is usual: “Usual are 1 to 10: more may be refused”. */
    return g_strdup_printf (_("Usual are %.0f to %.0f: this may be refused"), parameter->minimum, parameter->maximum);

  minimum = g_variant_ref_sink (g_variant_new_double (parameter->minimum));
  maximum = g_variant_ref_sink (g_variant_new_double (parameter->maximum));
  first = dio_parameter_format (parameter, minimum);
  last = dio_parameter_format (parameter, maximum);
  /* Translators: beside a number outside what is usual: “Usual are 0.5 to 2: this may be refused”. */
  return g_strdup_printf (_("Usual are %1$s to %2$s: this may be refused"), first, last);
}

/* What is set, and lies where a limit only warns. */
static gboolean
is_beyond (const DioParameter *parameter,
           GVariant           *value)
{
  DioParameter hard = *parameter;

  hard.flags &= ~DIO_PARAMETER_SOFT;
  return value != NULL && !dio_parameter_check (&hard, value, NULL);
}

/* The panel stays calm: what a parameter does is told by its tooltip, and to
 * screen readers by its description. */
static char *
dup_subtitle (DioParameterRow *self,
              GVariant        *value)
{
  DioParameterRowPrivate *priv = get_private (self);

  if (priv->is_rejected || is_beyond (priv->parameter, value))
    return format_limits (priv->parameter);
  if (value == NULL && !DIO_PARAMETER_ROW_GET_CLASS (self)->shows_unset && can_unset (priv->parameter))
    return g_strdup (dio_parameter_row_get_unset_text (self));

  return NULL;
}

static void
show_subtitle (DioParameterRow *self,
               GVariant        *value)
{
  DioParameterRowPrivate *priv = get_private (self);
  GtkWidget *label = GTK_WIDGET (priv->subtitle_label);
  g_autofree char *subtitle = dup_subtitle (self, value);
  gboolean is_warning = priv->is_rejected || is_beyond (priv->parameter, value);

  gtk_label_set_label (priv->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (label, subtitle != NULL);
  gtk_widget_remove_css_class (label, is_warning ? "dim-label" : "warning");
  gtk_widget_add_css_class (label, is_warning ? "warning" : "dim-label");
}

static void
value_changed_cb (DioParameterRow *self)
{
  DioParameterRowPrivate *priv = get_private (self);
  g_autoptr(GVariant) value = dio_values_get (priv->values, priv->parameter->name);

  show_subtitle (self, value);
  gtk_widget_set_visible (priv->unset_button,
                          value != NULL && can_unset (priv->parameter)
                          && !DIO_PARAMETER_ROW_GET_CLASS (self)->shows_unset);

  priv->is_showing = TRUE;
  DIO_PARAMETER_ROW_GET_CLASS (self)->show (self, value);
  priv->is_showing = FALSE;
}

static void
unset_clicked_cb (DioParameterRow *self)
{
  dio_parameter_row_unset (self);
}

static void
set_up_unset_button (DioParameterRow *self)
{
  DioParameterRowPrivate *priv = get_private (self);
  const char *label = _("Let the Provider Decide");

  if ((priv->parameter->flags & DIO_PARAMETER_SEED) != 0)
    label = _("Random Each Time");
  else if (priv->parameter->kind == DIO_PARAMETER_TEXT)
    label = _("Clear");

  gtk_widget_set_tooltip_text (priv->unset_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->unset_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
set_up (DioParameterRow    *self,
        DioValues          *values,
        const DioParameter *parameter)
{
  DioParameterRowPrivate *priv = get_private (self);
  const char *title = _(dio_parameter_get_title (parameter));
  g_autofree char *signal = g_strconcat ("changed::", parameter->name, NULL);

  priv->values = g_object_ref (values);
  priv->parameter = parameter;

  gtk_label_set_label (priv->title_label, title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (parameter->help != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(parameter->help));
  set_up_unset_button (self);

  DIO_PARAMETER_ROW_GET_CLASS (self)->build (self);
  g_signal_connect_object (values, signal, G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  value_changed_cb (self);
}

static void
dio_parameter_row_dispose (GObject *object)
{
  DioParameterRow *self = DIO_PARAMETER_ROW (object);
  DioParameterRowPrivate *priv = get_private (self);

  /* No gtk_widget_dispose_template(): up to GTK 4.8 it looks for the template in
   * the subclass. The row unparents its one child by itself. */
  g_clear_object (&priv->values);

  G_OBJECT_CLASS (dio_parameter_row_parent_class)->dispose (object);
}

static void
dio_parameter_row_class_init (DioParameterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_parameter_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/parameters/dio-parameter-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, DioParameterRow, box);
  gtk_widget_class_bind_template_child_private (widget_class, DioParameterRow, header);
  gtk_widget_class_bind_template_child_private (widget_class, DioParameterRow, title_label);
  gtk_widget_class_bind_template_child_private (widget_class, DioParameterRow, subtitle_label);
  gtk_widget_class_bind_template_child_private (widget_class, DioParameterRow, unset_button);
  gtk_widget_class_bind_template_callback (widget_class, unset_clicked_cb);
}

static void
dio_parameter_row_init (DioParameterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GType
get_row_type (DioParameterKind kind)
{
  switch (kind)
    {
    case DIO_PARAMETER_INTEGER:
    case DIO_PARAMETER_NUMBER:
      return DIO_TYPE_NUMBER_ROW;
    case DIO_PARAMETER_SWITCH:
      return DIO_TYPE_SWITCH_ROW;
    case DIO_PARAMETER_CHOICE:
      return DIO_TYPE_CHOICE_ROW;
    case DIO_PARAMETER_TEXT:
      return DIO_TYPE_TEXT_ROW;
    default:
      g_return_val_if_reached (DIO_TYPE_TEXT_ROW);
    }
}

GtkWidget *
dio_parameter_row_new (DioValues          *values,
                       const DioParameter *parameter)
{
  DioParameterRow *self = g_object_new (get_row_type (parameter->kind), NULL);

  set_up (self, values, parameter);
  return GTK_WIDGET (self);
}

const DioParameter *
dio_parameter_row_get_parameter (DioParameterRow *self)
{
  return get_private (self)->parameter;
}

gboolean
dio_parameter_row_is_showing (DioParameterRow *self)
{
  return get_private (self)->is_showing;
}

gboolean
dio_parameter_row_is_unset (DioParameterRow *self)
{
  DioParameterRowPrivate *priv = get_private (self);
  g_autoptr(GVariant) value = dio_values_get (priv->values, priv->parameter->name);

  return value == NULL;
}

const char *
dio_parameter_row_get_unset_text (DioParameterRow *self)
{
  if ((get_private (self)->parameter->flags & DIO_PARAMETER_SEED) != 0)
    /* Translators: a number that is drawn anew for each picture. */
    return _("Random each time");
  if ((get_private (self)->parameter->flags & DIO_PARAMETER_JOB_ID) != 0)
    /* Translators: a number that Diorama gives to each job, where the person types none. */
    return _("The job’s own");
  if (get_private (self)->parameter->kind == DIO_PARAMETER_TEXT)
    /* Translators: a text, such as an address, that is left out of what is sent. */
    return _("Not sent");

  /* Translators: a value that is left to whoever makes the picture. */
  return _("Provider decides");
}

/* What was typed is no value: nothing is set, and the row says what could be. */
void
dio_parameter_row_reject (DioParameterRow *self,
                          gboolean         is_rejected)
{
  DioParameterRowPrivate *priv = get_private (self);
  g_autoptr(GVariant) value = NULL;

  if (priv->is_rejected == is_rejected)
    return;

  priv->is_rejected = is_rejected;
  value = dio_values_get (priv->values, priv->parameter->name);
  show_subtitle (self, value);
}

void
dio_parameter_row_add_suffix (DioParameterRow *self,
                              GtkWidget       *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (get_private (self)->header, widget);
}

void
dio_parameter_row_add_below (DioParameterRow *self,
                             GtkWidget       *widget)
{
  gtk_box_append (get_private (self)->box, widget);
}

/* Names a control after the row, for those who cannot see that it is in it. */
void
dio_parameter_row_label (DioParameterRow *self,
                         GtkWidget       *control)
{
  const DioParameter *parameter = get_private (self)->parameter;

  gtk_accessible_update_property (GTK_ACCESSIBLE (control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(dio_parameter_get_title (parameter)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, parameter->help != NULL ? _(parameter->help) : "",
                                  -1);
}

/* What a person set. The control cannot leave the limits; should it, the value
 * that holds is shown again. */
void
dio_parameter_row_store (DioParameterRow *self,
                         GVariant        *value)
{
  DioParameterRowPrivate *priv = get_private (self);
  g_autoptr(GError) error = NULL;

  if (priv->is_showing)
    {
      g_variant_unref (g_variant_ref_sink (value));
      return;
    }

  if (!dio_values_set (priv->values, priv->parameter->name, value, &error))
    {
      g_debug ("%s: %s", priv->parameter->name, error->message);
      value_changed_cb (self);
    }
}

void
dio_parameter_row_unset (DioParameterRow *self)
{
  DioParameterRowPrivate *priv = get_private (self);

  if (!priv->is_showing)
    dio_values_unset (priv->values, priv->parameter->name);
}
