/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition frozen for one model. */

#include "config.h"

#include "dio-request-private.h"

G_DEFINE_FINAL_TYPE (DioRequest, dio_request, G_TYPE_OBJECT)

static void
request_reference_free (DioRequestReference *reference)
{
  g_free (reference->name);
  g_free (reference->hash);
  g_free (reference->mime_type);
  g_free (reference->file_name);
  g_free (reference->address);
  g_clear_pointer (&reference->bytes, g_bytes_unref);
  g_free (reference);
}

static void
dio_request_finalize (GObject *object)
{
  DioRequest *self = DIO_REQUEST (object);

  g_free (self->id);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->title);
  g_free (self->prompt);
  g_free (self->roles);
  g_free (self->count_name);
  g_free (self->seed_name);
  g_strfreev (self->private_names);
  g_ptr_array_unref (self->references);
  g_clear_pointer (&self->values, g_variant_unref);

  G_OBJECT_CLASS (dio_request_parent_class)->finalize (object);
}

static void
dio_request_class_init (DioRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_request_finalize;
}

static void
dio_request_init (DioRequest *self)
{
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) request_reference_free);
}

static void
add_reference (DioRequest   *self,
               DioReference *reference)
{
  DioRequestReference *copy = g_new0 (DioRequestReference, 1);

  copy->name = g_strdup (dio_reference_get_name (reference));
  copy->role = dio_reference_get_role (reference);
  copy->hash = g_strdup (dio_reference_get_hash (reference));
  copy->mime_type = g_strdup (dio_reference_get_mime_type (reference));
  copy->file_name = g_strdup (dio_reference_get_file_name (reference));
  copy->width = dio_reference_get_width (reference);
  copy->height = dio_reference_get_height (reference);
  copy->bytes = g_bytes_ref (dio_reference_get_bytes (reference));
  if (dio_reference_get_by_address (reference))
    copy->address = g_strdup (dio_reference_get_address (reference));
  g_ptr_array_add (self->references, copy);
}

static char *
dup_flagged_name (DioModelInfo      *model,
                  DioParameterFlags  flag)
{
  const DioParameter *parameter = dio_model_info_find_flagged (model, flag);

  return parameter != NULL ? g_strdup (parameter->name) : NULL;
}

static GStrv
dup_private_names (DioModelInfo *model)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < spec->n_parameters; i++)
    if (spec->parameters[i].flags & DIO_PARAMETER_PRIVATE)
      g_strv_builder_add (builder, spec->parameters[i].name);

  return g_strv_builder_end (builder);
}

static DioRequest *
freeze (DioComposition *composition,
        DioModelInfo   *model)
{
  DioRequest *self = g_object_new (DIO_TYPE_REQUEST, NULL);
  g_autoptr(GPtrArray) references = NULL;

  self->id = g_uuid_string_random ();
  self->provider_id = g_strdup (dio_model_info_get_provider_id (model));
  self->model_id = g_strdup (dio_model_info_get_id (model));
  self->title = g_strdup (dio_composition_get_title (composition));
  self->prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  self->roles = g_strdup (dio_composition_get_roles (composition));
  self->count_name = dup_flagged_name (model, DIO_PARAMETER_COUNT);
  self->seed_name = dup_flagged_name (model, DIO_PARAMETER_SEED);
  self->private_names = dup_private_names (model);
  self->values = dio_values_freeze (dio_composition_get_values (composition, model));

  references = dio_model_info_select (model, dio_composition_get_references (composition), NULL);
  for (guint i = 0; i < references->len; i++)
    add_reference (self, g_ptr_array_index (references, i));

  return self;
}

/**
 * dio_request_new:
 * @composition: what to freeze
 * @model: the model to freeze it for
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Takes the enabled references that @model can take, in the strip's order, and
 * draws a seed where none was given. References on the bench are left out.
 *
 * Returns: (transfer full): a request with an id of its own
 */
DioRequest *
dio_request_new (DioComposition  *composition,
                 DioModelInfo    *model,
                 GError         **error)
{
  g_autoptr(DioRequest) self = NULL;

  g_return_val_if_fail (DIO_IS_COMPOSITION (composition), NULL);
  g_return_val_if_fail (DIO_IS_MODEL_INFO (model), NULL);

  self = freeze (composition, model);
  if (!dio_model_info_check_prompt (model, self->prompt, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * dio_request_new_to_estimate:
 * @composition: what to freeze
 * @model: the model to freeze it for
 *
 * The price is to be seen before the prompt is written.
 *
 * Returns: (transfer full): a request that is not to be sent, for its prompt may
 *   be missing
 */
DioRequest *
dio_request_new_to_estimate (DioComposition *composition,
                             DioModelInfo   *model)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION (composition), NULL);
  g_return_val_if_fail (DIO_IS_MODEL_INFO (model), NULL);

  return freeze (composition, model);
}

/**
 * dio_request_new_again:
 * @other: a request
 *
 * A request is stored once under its id, so what is tried again needs a new one.
 *
 * Returns: (transfer full): the same request, seed included, with an id of its own
 */
DioRequest *
dio_request_new_again (DioRequest *other)
{
  DioRequest *self;

  g_return_val_if_fail (DIO_IS_REQUEST (other), NULL);

  self = g_object_new (DIO_TYPE_REQUEST, NULL);
  self->id = g_uuid_string_random ();
  self->provider_id = g_strdup (other->provider_id);
  self->model_id = g_strdup (other->model_id);
  self->title = g_strdup (other->title);
  self->prompt = g_strdup (other->prompt);
  self->roles = g_strdup (other->roles);
  self->count_name = g_strdup (other->count_name);
  self->seed_name = g_strdup (other->seed_name);
  self->private_names = g_strdupv (other->private_names);
  self->values = g_variant_ref (other->values);

  /* Nobody changes them. */
  g_ptr_array_unref (self->references);
  self->references = g_ptr_array_ref (other->references);

  return self;
}

static gint64
move_seed (DioModelInfo *model,
           gint64        seed,
           guint         distance)
{
  const DioParameter *parameter = dio_model_info_find_flagged (model, DIO_PARAMETER_SEED);
  gint64 room = parameter != NULL ? (gint64) parameter->maximum - seed : 0;

  if (parameter == NULL || room < 0)
    return seed;

  return distance <= room ? seed + distance : (gint64) parameter->minimum + (distance - room - 1);
}

static void
set_integer (DioRequest *self,
             const char *name,
             gint64      value)
{
  g_autoptr(GVariant) values = g_steal_pointer (&self->values);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  GVariant *kept;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_loop (&iter, "{&sv}", &other, &kept))
    g_variant_builder_add (&builder, "{sv}", other,
                           g_str_equal (other, name) ? g_variant_new_int64 (value) : kept);

  self->values = g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * dio_request_new_rest:
 * @other: a request
 * @model: its model
 * @count: how many of its pictures did not come
 * @n_made: behind which of its pictures to go on
 *
 * Neighbouring seeds are neighbouring pictures, so the seed moves on: the same
 * one would make those again that are there.
 *
 * Returns: (transfer full): a request for the rest, with an id of its own
 */
DioRequest *
dio_request_new_rest (DioRequest   *other,
                      DioModelInfo *model,
                      guint         count,
                      guint         n_made)
{
  DioRequest *self;

  g_return_val_if_fail (DIO_IS_REQUEST (other), NULL);
  g_return_val_if_fail (DIO_IS_MODEL_INFO (model), NULL);

  self = dio_request_new_again (other);
  if (self->count_name != NULL)
    set_integer (self, self->count_name, count);
  if (dio_request_get_seed (self) >= 0)
    set_integer (self, self->seed_name, move_seed (model, dio_request_get_seed (self), n_made));

  return self;
}

const char *
dio_request_get_id (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->id;
}

const char *
dio_request_get_provider_id (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->provider_id;
}

const char *
dio_request_get_model_id (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->model_id;
}

/**
 * dio_request_get_title:
 * @self: a request
 *
 * Returns: the composition's title; empty where it has none
 */
const char *
dio_request_get_title (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->title != NULL ? self->title : "";
}

const char *
dio_request_get_prompt (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->prompt;
}

/**
 * dio_request_get_roles:
 * @self: a request
 *
 * Returns: (nullable): what the person says of which image is which, may be
 *   empty; %NULL where that is left to the roles
 */
const char *
dio_request_get_roles (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return self->roles;
}

guint
dio_request_get_n_references (DioRequest *self)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), 0);

  return self->references->len;
}

/**
 * dio_request_get_reference:
 * @self: a request
 * @position: from 0; badge N is position N - 1
 *
 * Returns: (transfer none): the reference there
 */
const DioRequestReference *
dio_request_get_reference (DioRequest *self,
                           guint       position)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);
  g_return_val_if_fail (position < self->references->len, NULL);

  return g_ptr_array_index (self->references, position);
}

/**
 * dio_request_lookup:
 * @self: a request
 * @name: a parameter's name
 *
 * Returns: (transfer full) (nullable): its value, or %NULL for one that is not
 *   sent
 */
GVariant *
dio_request_lookup (DioRequest *self,
                    const char *name)
{
  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  return g_variant_lookup_value (self->values, name, NULL);
}

gint64
dio_request_get_integer (DioRequest *self,
                         const char *name,
                         gint64      fallback)
{
  gint64 value = fallback;

  g_return_val_if_fail (DIO_IS_REQUEST (self), fallback);

  if (name != NULL)
    g_variant_lookup (self->values, name, "x", &value);

  return value;
}

/**
 * dio_request_get_count:
 * @self: a request
 *
 * Returns: how many pictures were asked for, at least 1
 */
guint
dio_request_get_count (DioRequest *self)
{
  return CLAMP (dio_request_get_integer (self, self->count_name, 1), 1, G_MAXUINT16);
}

/**
 * dio_request_get_seed:
 * @self: a request
 *
 * Returns: the seed that is sent, or -1 for a model that takes none
 */
gint64
dio_request_get_seed (DioRequest *self)
{
  return dio_request_get_integer (self, self->seed_name, -1);
}
