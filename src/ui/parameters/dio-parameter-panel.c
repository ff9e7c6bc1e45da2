/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of the chosen model, made from its table: a group for each
 * heading, a row for each parameter. */

#include "config.h"

#include "dio-parameter-panel.h"

#include "dio-parameter-row.h"

#include <glib/gi18n.h>

struct _DioParameterPanel
{
  GtkWidget parent_instance;

  /* Owned */
  DioComposition *composition;
  DioValues      *values; /* shown now, or NULL */

  /* Template children */
  GtkWidget      *scrolled;
  GtkBox         *groups;
  GtkWidget      *reset_button;
};

G_DEFINE_FINAL_TYPE (DioParameterPanel, dio_parameter_panel, GTK_TYPE_WIDGET)

static gboolean
is_default (DioParameterPanel *self)
{
  const DioModelSpec *spec = dio_model_info_get_spec (dio_values_get_model (self->values));

  for (guint i = 0; i < spec->n_parameters; i++)
    if (dio_values_is_set (self->values, spec->parameters[i].name))
      return FALSE;

  return TRUE;
}

static void
values_changed_cb (DioParameterPanel *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.reset",
                                 self->values != NULL && !is_default (self));
}

static void
reset_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioParameterPanel *self = DIO_PARAMETER_PANEL (widget);
  const DioModelSpec *spec = dio_model_info_get_spec (dio_values_get_model (self->values));

  for (guint i = 0; i < spec->n_parameters; i++)
    dio_values_unset (self->values, spec->parameters[i].name);
}

static AdwPreferencesGroup *
add_group (DioParameterPanel *self,
           const char        *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (_(title), -1) : NULL;

  /* The heading of a group is markup. */
  adw_preferences_group_set_title (group, escaped != NULL ? escaped : "");
  gtk_box_append (self->groups, GTK_WIDGET (group));
  return group;
}

static void
fill (DioParameterPanel *self)
{
  const DioModelSpec *spec = dio_model_info_get_spec (dio_values_get_model (self->values));
  AdwPreferencesGroup *group = NULL;
  const char *heading = NULL;

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];

      if (group == NULL || g_strcmp0 (heading, parameter->group) != 0)
        group = add_group (self, parameter->group);
      heading = parameter->group;

      adw_preferences_group_add (group, dio_parameter_row_new (self->values, parameter));
    }
}

static void
model_changed_cb (DioParameterPanel *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);

  if (self->values != NULL)
    g_signal_handlers_disconnect_by_func (self->values, values_changed_cb, self);
  g_clear_object (&self->values);

  if (model != NULL)
    {
      self->values = g_object_ref (dio_composition_get_values (self->composition, model));
      g_signal_connect_object (self->values, "changed", G_CALLBACK (values_changed_cb),
                               self, G_CONNECT_SWAPPED);
      fill (self);
    }

  values_changed_cb (self);
}

static void
dio_parameter_panel_dispose (GObject *object)
{
  DioParameterPanel *self = DIO_PARAMETER_PANEL (object);

  g_clear_object (&self->values);
  g_clear_object (&self->composition);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_PARAMETER_PANEL);

  G_OBJECT_CLASS (dio_parameter_panel_parent_class)->dispose (object);
}

static void
dio_parameter_panel_class_init (DioParameterPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_parameter_panel_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/parameters/dio-parameter-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DioParameterPanel, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DioParameterPanel, groups);
  gtk_widget_class_bind_template_child (widget_class, DioParameterPanel, reset_button);

  gtk_widget_class_install_action (widget_class, "panel.reset", NULL, reset_action);
}

static void
dio_parameter_panel_init (DioParameterPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  values_changed_cb (self);
}

void
dio_parameter_panel_set_composition (DioParameterPanel *self,
                                     DioComposition    *composition)
{
  g_return_if_fail (self->composition == NULL);

  self->composition = g_object_ref (composition);
  g_signal_connect_object (composition, "notify::model", G_CALLBACK (model_changed_cb),
                           self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}
