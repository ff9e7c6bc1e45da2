/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One image model of a provider: what it can take, as data. */

#include "config.h"

#include "dio-model-info.h"

#include "dio-error.h"
#include "dio-reference.h"

struct _DioModelInfo
{
  GObject             parent_instance;

  char               *provider_id; /* (owned) */
  const DioModelSpec *spec;        /* (borrowed): static data of the provider */
};

G_DEFINE_FINAL_TYPE (DioModelInfo, dio_model_info, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_model_info_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DioModelInfo *self = DIO_MODEL_INFO (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->spec->id);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->spec->title);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_model_info_finalize (GObject *object)
{
  DioModelInfo *self = DIO_MODEL_INFO (object);

  g_free (self->provider_id);

  G_OBJECT_CLASS (dio_model_info_parent_class)->finalize (object);
}

static void
dio_model_info_class_init (DioModelInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_model_info_get_property;
  object_class->finalize = dio_model_info_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_model_info_init (DioModelInfo *self)
{
}

/**
 * dio_model_info_new:
 * @provider_id: whose model it is
 * @spec: its data, which must outlive the object
 *
 * Returns: (transfer full): a new model
 */
DioModelInfo *
dio_model_info_new (const char         *provider_id,
                    const DioModelSpec *spec)
{
  DioModelInfo *self = g_object_new (DIO_TYPE_MODEL_INFO, NULL);

  self->provider_id = g_strdup (provider_id);
  self->spec = spec;

  return self;
}

const char *
dio_model_info_get_id (DioModelInfo *self)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  return self->spec->id;
}

const char *
dio_model_info_get_title (DioModelInfo *self)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  return self->spec->title;
}

const char *
dio_model_info_get_provider_id (DioModelInfo *self)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  return self->provider_id;
}

const DioModelSpec *
dio_model_info_get_spec (DioModelInfo *self)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  return self->spec;
}

/**
 * dio_model_info_find_parameter:
 * @self: a model
 * @name: the documented name of a parameter
 *
 * Returns: (nullable): the parameter of that name
 */
const DioParameter *
dio_model_info_find_parameter (DioModelInfo *self,
                               const char   *name)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  for (guint i = 0; i < self->spec->n_parameters; i++)
    {
      if (g_str_equal (self->spec->parameters[i].name, name))
        return &self->spec->parameters[i];
    }

  return NULL;
}

/**
 * dio_model_info_find_flagged:
 * @self: a model
 * @flag: what the parameter is for, such as %DIO_PARAMETER_COUNT
 *
 * Returns: (nullable): the first parameter with that flag
 */
const DioParameter *
dio_model_info_find_flagged (DioModelInfo      *self,
                             DioParameterFlags  flag)
{
  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  for (guint i = 0; i < self->spec->n_parameters; i++)
    {
      if ((self->spec->parameters[i].flags & flag) != 0)
        return &self->spec->parameters[i];
    }

  return NULL;
}

/**
 * dio_model_info_check_prompt:
 * @self: a model
 * @prompt: what a person wrote
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: whether the model takes a prompt of that length
 */
gboolean
dio_model_info_check_prompt (DioModelInfo  *self,
                             const char    *prompt,
                             GError       **error)
{
  glong length;

  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), FALSE);

  length = g_utf8_strlen (prompt, -1);

  if (self->spec->prompt_required && length == 0)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s needs a prompt", self->spec->title);
      return FALSE;
    }

  if (self->spec->max_prompt > 0 && length > self->spec->max_prompt)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "The prompt has %ld characters, %s takes up to %u",
                   length, self->spec->title, self->spec->max_prompt);
      return FALSE;
    }

  return TRUE;
}

/**
 * dio_model_info_select:
 * @self: a model
 * @references: (element-type DioReference): the strip
 * @benched: (out) (optional) (transfer container) (element-type DioReference):
 *   enabled references that the model cannot take; they rest on the bench
 *
 * Returns: (transfer container) (element-type DioReference): what would be
 *   sent, in the strip's order
 */
GPtrArray *
dio_model_info_select (DioModelInfo  *self,
                       GListModel    *references,
                       GPtrArray    **benched)
{
  g_autoptr(GPtrArray) selected = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_of_role[DIO_N_ROLES] = { 0 };

  g_return_val_if_fail (DIO_IS_MODEL_INFO (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);
      DioRole role = dio_reference_get_role (reference);
      guint max_of_role = self->spec->max_of_role[role];

      if (!dio_reference_get_enabled (reference))
        continue;

      if ((max_of_role > 0 && n_of_role[role] >= max_of_role) ||
          (self->spec->max_references > 0 && selected->len >= self->spec->max_references))
        {
          g_ptr_array_add (rest, g_steal_pointer (&reference));
          continue;
        }

      n_of_role[role]++;
      g_ptr_array_add (selected, g_steal_pointer (&reference));
    }

  if (benched != NULL)
    *benched = g_steal_pointer (&rest);

  return g_steal_pointer (&selected);
}
