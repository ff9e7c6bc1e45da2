/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: references, prompt, chosen model and parameter values. */

#include "config.h"

#include "dio-composition-private.h"

struct _DioComposition
{
  GObject       parent_instance;

  char         *title;      /* (owned): empty for "New Composition" */
  GListStore   *references; /* (owned) */
  DioPrompt    *prompt;     /* (owned) */
  char         *roles;      /* (owned) (nullable): the person's words on the roles */
  DioModelInfo *model;      /* (owned) (nullable) */
  GFile        *file;       /* (owned) (nullable): where it is saved */
  GHashTable   *values;     /* (owned) (element-type utf8 DioValues): by model id */
};

G_DEFINE_FINAL_TYPE (DioComposition, dio_composition, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_ROLES,
  PROP_MODEL,
  PROP_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_composition_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DioComposition *self = DIO_COMPOSITION (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_ROLES:
      g_value_set_string (value, self->roles);
      break;

    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;

    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_composition_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DioComposition *self = DIO_COMPOSITION (object);

  switch (id)
    {
    case PROP_TITLE:
      dio_composition_set_title (self, g_value_get_string (value));
      break;

    case PROP_ROLES:
      dio_composition_set_roles (self, g_value_get_string (value));
      break;

    case PROP_MODEL:
      dio_composition_set_model (self, g_value_get_object (value));
      break;

    case PROP_FILE:
      dio_composition_set_file (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_composition_finalize (GObject *object)
{
  DioComposition *self = DIO_COMPOSITION (object);

  g_free (self->title);
  g_free (self->roles);
  g_clear_object (&self->references);
  g_clear_object (&self->prompt);
  g_clear_object (&self->model);
  g_clear_object (&self->file);
  g_clear_pointer (&self->values, g_hash_table_unref);

  G_OBJECT_CLASS (dio_composition_parent_class)->finalize (object);
}

static void
dio_composition_class_init (DioCompositionClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_composition_get_property;
  object_class->set_property = dio_composition_set_property;
  object_class->finalize = dio_composition_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_ROLES] = g_param_spec_string ("roles", NULL, NULL, NULL, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, DIO_TYPE_MODEL_INFO, flags);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_composition_init (DioComposition *self)
{
  self->title = g_strdup ("");
  self->references = g_list_store_new (DIO_TYPE_REFERENCE);
  self->prompt = dio_prompt_new (G_LIST_MODEL (self->references));
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * dio_composition_new:
 *
 * Returns: (transfer full): an empty composition without a model
 */
DioComposition *
dio_composition_new (void)
{
  return g_object_new (DIO_TYPE_COMPOSITION, NULL);
}

const char *
dio_composition_get_title (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return self->title;
}

void
dio_composition_set_title (DioComposition *self,
                           const char     *title)
{
  g_return_if_fail (DIO_IS_COMPOSITION (self));

  if (g_strcmp0 (self->title, title) == 0)
    return;

  g_free (self->title);
  self->title = g_strdup (title != NULL ? title : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * dio_composition_get_references:
 * @self: a composition
 *
 * Returns: (transfer none) (element-type DioReference): the strip
 */
GListModel *
dio_composition_get_references (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return G_LIST_MODEL (self->references);
}

DioPrompt *
dio_composition_get_prompt (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return self->prompt;
}

/**
 * dio_composition_get_roles:
 * @self: a composition
 *
 * Returns: (nullable): what the person says of which image is which, in place of
 *   the sentence that is made from the roles; %NULL where nothing was said
 */
const char *
dio_composition_get_roles (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return self->roles;
}

/**
 * dio_composition_set_roles:
 * @self: a composition
 * @roles: (nullable): valid UTF-8; empty to say nothing of the roles, %NULL for
 *   the sentence that is made from them
 */
void
dio_composition_set_roles (DioComposition *self,
                           const char     *roles)
{
  g_return_if_fail (DIO_IS_COMPOSITION (self));
  g_return_if_fail (roles == NULL || g_utf8_validate (roles, -1, NULL));

  if (g_strcmp0 (self->roles, roles) == 0)
    return;

  g_free (self->roles);
  self->roles = g_strdup (roles);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLES]);
}

DioModelInfo *
dio_composition_get_model (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return self->model;
}

/**
 * dio_composition_set_model:
 * @self: a composition
 * @model: (nullable): the model to generate with
 *
 * The values given for other models are kept.
 */
void
dio_composition_set_model (DioComposition *self,
                           DioModelInfo   *model)
{
  g_return_if_fail (DIO_IS_COMPOSITION (self));

  if (g_set_object (&self->model, model))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * dio_composition_get_values:
 * @self: a composition
 * @model: a model
 *
 * Returns: (transfer none): the values held for @model, at first all defaults
 */
DioValues *
dio_composition_get_values (DioComposition *self,
                            DioModelInfo   *model)
{
  const char *id;
  DioValues *values;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);
  g_return_val_if_fail (DIO_IS_MODEL_INFO (model), NULL);

  id = dio_model_info_get_id (model);
  values = g_hash_table_lookup (self->values, id);
  if (values == NULL)
    {
      values = dio_values_new (model);
      g_hash_table_insert (self->values, g_strdup (id), values);
    }

  return values;
}

/* Returns: (transfer full) (element-type DioValues): of all models that were asked for */
GPtrArray *
dio_composition_list_values (DioComposition *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer values;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, NULL, &values))
    g_ptr_array_add (list, g_object_ref (values));

  return list;
}

/**
 * dio_composition_get_file:
 * @self: a composition
 *
 * Returns: (transfer none) (nullable): where it is saved
 */
GFile *
dio_composition_get_file (DioComposition *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  return self->file;
}

void
dio_composition_set_file (DioComposition *self,
                          GFile          *file)
{
  g_return_if_fail (DIO_IS_COMPOSITION (self));

  if (file != NULL && self->file != NULL && g_file_equal (file, self->file))
    return;

  if (g_set_object (&self->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

static gboolean
has_given_values (DioComposition *self)
{
  g_autoptr(GPtrArray) list = dio_composition_list_values (self);

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr(GVariant) given = dio_values_dup_given (g_ptr_array_index (list, i));

      if (g_variant_n_children (given) > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * dio_composition_is_empty:
 * @self: a composition
 *
 * Returns: whether there is nothing in it that somebody could miss
 */
gboolean
dio_composition_is_empty (DioComposition *self)
{
  g_autofree char *prompt = NULL;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), TRUE);

  prompt = dio_prompt_dup_text (self->prompt);

  return g_list_model_get_n_items (G_LIST_MODEL (self->references)) == 0 &&
         *prompt == '\0' && *self->title == '\0' &&
         self->roles == NULL && self->file == NULL && !has_given_values (self);
}

/**
 * dio_composition_clear:
 * @self: a composition
 *
 * Back to no references, no words, no title and no file; model and values stay.
 */
void
dio_composition_clear (DioComposition *self)
{
  g_return_if_fail (DIO_IS_COMPOSITION (self));

  dio_prompt_set_text (self->prompt, "");
  dio_composition_set_roles (self, NULL);
  g_list_store_remove_all (self->references);
  dio_composition_set_title (self, "");
  dio_composition_set_file (self, NULL);
}
