/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values that a composition holds for one model. A name that is not held
 * has its parameter's default; one without a default is unset. */

#include "config.h"

#include "dio-values.h"

#include "dio-error.h"
#include "dio-hash.h"

struct _DioValues
{
  GObject       parent_instance;

  DioModelInfo *model;  /* (owned) */
  GHashTable   *values; /* (owned) (element-type utf8 GVariant) */
};

G_DEFINE_FINAL_TYPE (DioValues, dio_values, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
dio_values_finalize (GObject *object)
{
  DioValues *self = DIO_VALUES (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->values, g_hash_table_unref);

  G_OBJECT_CLASS (dio_values_parent_class)->finalize (object);
}

static void
dio_values_class_init (DioValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_values_finalize;

  /**
   * DioValues::changed:
   * @self: the values
   * @name: whose value changed; the signal's detail too
   */
  signals[CHANGED] =
    g_signal_new ("changed", DIO_TYPE_VALUES, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dio_values_init (DioValues *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_variant_unref);
}

/**
 * dio_values_new:
 * @model: whose parameters are held
 *
 * Returns: (transfer full): values that are all at their defaults
 */
DioValues *
dio_values_new (DioModelInfo *model)
{
  DioValues *self = g_object_new (DIO_TYPE_VALUES, NULL);

  self->model = g_object_ref (model);

  return self;
}

DioModelInfo *
dio_values_get_model (DioValues *self)
{
  g_return_val_if_fail (DIO_IS_VALUES (self), NULL);

  return self->model;
}

static void
emit_changed (DioValues  *self,
              const char *name)
{
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (name), name);
}

/**
 * dio_values_is_set:
 * @self: values
 * @name: a parameter's name
 *
 * Returns: whether a value was given; a parameter that is not set has its
 *   default, or none
 */
gboolean
dio_values_is_set (DioValues  *self,
                   const char *name)
{
  g_return_val_if_fail (DIO_IS_VALUES (self), FALSE);

  return g_hash_table_contains (self->values, name);
}

/**
 * dio_values_get:
 * @self: values
 * @name: a parameter's name
 *
 * Returns: (transfer full) (nullable): the value given, else the default, else
 *   %NULL for unset
 */
GVariant *
dio_values_get (DioValues  *self,
                const char *name)
{
  const DioParameter *parameter;
  GVariant *value;

  g_return_val_if_fail (DIO_IS_VALUES (self), NULL);

  value = g_hash_table_lookup (self->values, name);
  if (value != NULL)
    return g_variant_ref (value);

  parameter = dio_model_info_find_parameter (self->model, name);

  return parameter != NULL ? dio_parameter_dup_default (parameter) : NULL;
}

gint64
dio_values_get_integer (DioValues  *self,
                        const char *name)
{
  g_autoptr(GVariant) value = dio_values_get (self, name);

  g_return_val_if_fail (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT64), 0);

  return g_variant_get_int64 (value);
}

static const DioParameter *
find_parameter (DioValues   *self,
                const char  *name,
                GError     **error)
{
  const DioParameter *parameter = dio_model_info_find_parameter (self->model, name);

  if (parameter == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%s has no parameter “%s”",
                 dio_model_info_get_title (self->model), name);

  return parameter;
}

/**
 * dio_values_set:
 * @self: values
 * @name: a parameter's name
 * @value: its value; taken if floating
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: %FALSE, with nothing changed, when @value is outside the limits
 */
gboolean
dio_values_set (DioValues   *self,
                const char  *name,
                GVariant    *value,
                GError     **error)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (value);
  const DioParameter *parameter;
  GVariant *old;

  g_return_val_if_fail (DIO_IS_VALUES (self), FALSE);

  parameter = find_parameter (self, name, error);
  if (parameter == NULL || !dio_parameter_check (parameter, owned, error))
    return FALSE;

  old = g_hash_table_lookup (self->values, name);
  if (old != NULL && g_variant_equal (old, owned))
    return TRUE;

  g_hash_table_insert (self->values, g_strdup (name), g_steal_pointer (&owned));
  emit_changed (self, name);

  return TRUE;
}

/**
 * dio_values_set_text:
 * @self: values
 * @name: a parameter's name
 * @text: its value as typed
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: %FALSE, with nothing changed, when @text is no value of it
 */
gboolean
dio_values_set_text (DioValues   *self,
                     const char  *name,
                     const char  *text,
                     GError     **error)
{
  const DioParameter *parameter;
  g_autoptr(GVariant) value = NULL;

  g_return_val_if_fail (DIO_IS_VALUES (self), FALSE);

  parameter = find_parameter (self, name, error);
  if (parameter == NULL)
    return FALSE;

  value = dio_parameter_parse (parameter, text, error);

  return value != NULL && dio_values_set (self, name, value, error);
}

/**
 * dio_values_unset:
 * @self: values
 * @name: a parameter's name
 *
 * Back to the default, or to "the provider decides".
 */
void
dio_values_unset (DioValues  *self,
                  const char *name)
{
  g_return_if_fail (DIO_IS_VALUES (self));

  if (g_hash_table_remove (self->values, name))
    emit_changed (self, name);
}

/**
 * dio_values_freeze:
 * @self: values
 *
 * Returns: (transfer full): an "a{sv}" of every parameter that is given or has
 *   a default, in the table's order; a seed that was not given is drawn
 */
GVariant *
dio_values_freeze (DioValues *self)
{
  const DioModelSpec *spec;
  GVariantBuilder builder;

  g_return_val_if_fail (DIO_IS_VALUES (self), NULL);

  spec = dio_model_info_get_spec (self->model);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];
      g_autoptr(GVariant) value = dio_values_get (self, parameter->name);

      if (value == NULL && (parameter->flags & DIO_PARAMETER_SEED) != 0)
        value = g_variant_ref_sink (g_variant_new_int64 (dio_random_seed ()));

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", parameter->name, value);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * dio_values_dup_given:
 * @self: values
 *
 * Returns: (transfer full): an "a{sv}" of what was given, in the table's order
 */
GVariant *
dio_values_dup_given (DioValues *self)
{
  const DioModelSpec *spec;
  GVariantBuilder builder;

  g_return_val_if_fail (DIO_IS_VALUES (self), NULL);

  spec = dio_model_info_get_spec (self->model);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const char *name = spec->parameters[i].name;
      GVariant *value = g_hash_table_lookup (self->values, name);

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", name, value);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * dio_values_set_given:
 * @self: values
 * @given: (nullable): what dio_values_dup_given() gave; %NULL for nothing
 *
 * Unsets what is not in @given.
 */
void
dio_values_set_given (DioValues *self,
                      GVariant  *given)
{
  const DioModelSpec *spec;

  g_return_if_fail (DIO_IS_VALUES (self));

  spec = dio_model_info_get_spec (self->model);
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const char *name = spec->parameters[i].name;
      g_autoptr(GVariant) value = given != NULL ? g_variant_lookup_value (given, name, NULL) : NULL;

      if (value == NULL || !dio_values_set (self, name, value, NULL))
        dio_values_unset (self, name);
    }
}

/**
 * dio_values_to_json:
 * @self: values
 *
 * Returns: (transfer full): an object of what was given
 */
JsonNode *
dio_values_to_json (DioValues *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  const DioModelSpec *spec;

  g_return_val_if_fail (DIO_IS_VALUES (self), NULL);

  spec = dio_model_info_get_spec (self->model);
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const char *name = spec->parameters[i].name;
      GVariant *value = g_hash_table_lookup (self->values, name);

      if (value != NULL)
        json_object_set_member (object, name, json_gvariant_serialize (value));
    }

  json_node_take_object (node, object);

  return node;
}

/* json-glib gives 0 for what is no number. */
static gboolean
has_type_of (const DioParameter *parameter,
             JsonNode           *member)
{
  GType type = json_node_get_value_type (member);

  switch (parameter->kind)
    {
    case DIO_PARAMETER_INTEGER:
    case DIO_PARAMETER_NUMBER:
      return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;

    case DIO_PARAMETER_SWITCH:
      return type == G_TYPE_BOOLEAN;

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      return type == G_TYPE_STRING;

    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
load_member_cb (JsonObject *object,
                const char *name,
                JsonNode   *member,
                gpointer    user_data)
{
  DioValues *self = user_data;
  const DioParameter *parameter = dio_model_info_find_parameter (self->model, name);
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GError) error = NULL;

  if (parameter == NULL || !JSON_NODE_HOLDS_VALUE (member) || !has_type_of (parameter, member))
    return;

  switch (parameter->kind)
    {
    case DIO_PARAMETER_INTEGER:
      value = g_variant_new_int64 (json_node_get_int (member));
      break;

    case DIO_PARAMETER_NUMBER:
      value = g_variant_new_double (json_node_get_double (member));
      break;

    case DIO_PARAMETER_SWITCH:
      value = g_variant_new_boolean (json_node_get_boolean (member));
      break;

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      value = g_variant_new_string (json_node_get_string (member));
      break;

    default:
      g_return_if_reached ();
    }

  g_variant_ref_sink (value);
  if (!dio_values_set (self, name, value, &error))
    g_debug ("Value left out: %s", error->message);
}

/**
 * dio_values_load_json:
 * @self: values
 * @object: an object made by dio_values_to_json(), perhaps by another version
 *
 * Takes what the model knows and what is inside its limits.
 */
void
dio_values_load_json (DioValues  *self,
                      JsonObject *object)
{
  g_return_if_fail (DIO_IS_VALUES (self));

  json_object_foreach_member (object, load_member_cb, self);
}
