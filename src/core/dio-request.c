/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition frozen for one model. */

#include "config.h"

#include "dio-request.h"

#include "dio-error.h"
#include "dio-json.h"

struct _DioRequest
{
  GObject    parent_instance;

  /* Set once */
  char      *id;          /* (owned): ours, a UUID */
  char      *provider_id; /* (owned) */
  char      *model_id;    /* (owned) */
  char      *title;       /* (owned): the composition's, may be empty */
  char      *prompt;      /* (owned) */
  char      *count_name;  /* (owned) (nullable): which value is the count */
  char      *seed_name;   /* (owned) (nullable): which value is the seed */
  GPtrArray *references;  /* (owned) (element-type DioRequestReference) */
  GVariant  *values;      /* (owned): a{sv} */
};

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
  g_free (self->count_name);
  g_free (self->seed_name);
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
  g_autoptr(GPtrArray) references = NULL;
  g_autofree char *prompt = NULL;

  g_return_val_if_fail (DIO_IS_COMPOSITION (composition), NULL);
  g_return_val_if_fail (DIO_IS_MODEL_INFO (model), NULL);

  prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  if (!dio_model_info_check_prompt (model, prompt, error))
    return NULL;

  self = g_object_new (DIO_TYPE_REQUEST, NULL);
  self->id = g_uuid_string_random ();
  self->provider_id = g_strdup (dio_model_info_get_provider_id (model));
  self->model_id = g_strdup (dio_model_info_get_id (model));
  self->title = g_strdup (dio_composition_get_title (composition));
  self->prompt = g_steal_pointer (&prompt);
  self->count_name = dup_flagged_name (model, DIO_PARAMETER_COUNT);
  self->seed_name = dup_flagged_name (model, DIO_PARAMETER_SEED);
  self->values = dio_values_freeze (dio_composition_get_values (composition, model));

  references = dio_model_info_select (model, dio_composition_get_references (composition), NULL);
  for (guint i = 0; i < references->len; i++)
    add_reference (self, g_ptr_array_index (references, i));

  return g_steal_pointer (&self);
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
  self->count_name = g_strdup (other->count_name);
  self->seed_name = g_strdup (other->seed_name);
  self->values = g_variant_ref (other->values);

  /* Nobody changes them. */
  g_ptr_array_unref (self->references);
  self->references = g_ptr_array_ref (other->references);

  return self;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_json_reference (JsonBuilder               *builder,
                    const DioRequestReference *reference)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", reference->name);
  add_string (builder, "role", dio_role_get_nick (reference->role));
  add_string (builder, "hash", reference->hash);
  add_string (builder, "type", reference->mime_type);
  add_string (builder, "file", reference->file_name);
  if (reference->address != NULL)
    add_string (builder, "address", reference->address);
  json_builder_end_object (builder);
}

/**
 * dio_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): everything but the photos' bytes, which are told by
 *   their hashes
 */
JsonNode *
dio_request_to_json (DioRequest *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  json_builder_begin_object (builder);
  add_string (builder, "id", self->id);
  add_string (builder, "provider", self->provider_id);
  add_string (builder, "model", self->model_id);
  add_string (builder, "title", self->title);
  add_string (builder, "prompt", self->prompt);
  add_string (builder, "count-name", self->count_name);
  add_string (builder, "seed-name", self->seed_name);

  json_builder_set_member_name (builder, "references");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->references->len; i++)
    add_json_reference (builder, g_ptr_array_index (self->references, i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "values");
  json_builder_add_value (builder, json_gvariant_serialize (self->values));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static DioRequestReference *
load_reference (JsonNode           *node,
                DioRequestLoadFunc  load,
                gpointer            user_data)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *hash = dio_json_get_string (object, "hash");
  const char *name = dio_json_get_string (object, "name");
  DioRequestReference *reference;
  DioRole role;

  if (hash == NULL || name == NULL ||
      !dio_role_from_nick (dio_json_get_string (object, "role"), &role))
    return NULL;

  reference = g_new0 (DioRequestReference, 1);
  reference->name = g_strdup (name);
  reference->role = role;
  reference->hash = g_strdup (hash);
  reference->mime_type = g_strdup (dio_json_get_string (object, "type"));
  reference->file_name = g_strdup (dio_json_get_string (object, "file"));
  reference->address = g_strdup (dio_json_get_string (object, "address"));
  reference->bytes = load != NULL ? load (hash, user_data) : NULL;

  return reference;
}

static gboolean
load_references (DioRequest          *self,
                 JsonObject          *object,
                 DioRequestLoadFunc   load,
                 gpointer             user_data,
                 GError             **error)
{
  JsonArray *array = dio_json_get_array (object, "references");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      DioRequestReference *reference =
        load_reference (json_array_get_element (array, i), load, user_data);

      if (reference == NULL)
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Reference %u is damaged", i + 1);
          return FALSE;
        }

      g_ptr_array_add (self->references, reference);
    }

  return TRUE;
}

/* JSON tells numbers from texts, but not whole numbers of our own from others:
 * json-glib gives integers back as "x" and the rest as "d", which is ours too. */
static gboolean
load_values (DioRequest  *self,
             JsonObject  *object,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, "values");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The request has no values");
      return FALSE;
    }

  self->values = json_gvariant_deserialize (node, "a{sv}", error);
  if (self->values == NULL)
    return FALSE;

  g_variant_ref_sink (self->values);

  return TRUE;
}

/**
 * dio_request_new_from_json:
 * @node: what dio_request_to_json() made, perhaps by another version
 * @load: (scope call) (nullable): finds photos by their hashes
 * @user_data: data for @load
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): the request of then, with its id of then
 */
DioRequest *
dio_request_new_from_json (JsonNode            *node,
                           DioRequestLoadFunc   load,
                           gpointer             user_data,
                           GError             **error)
{
  g_autoptr(DioRequest) self = g_object_new (DIO_TYPE_REQUEST, NULL);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  self->id = g_strdup (dio_json_get_string (object, "id"));
  self->provider_id = g_strdup (dio_json_get_string (object, "provider"));
  self->model_id = g_strdup (dio_json_get_string (object, "model"));
  self->title = g_strdup (dio_json_get_string (object, "title"));
  self->prompt = g_strdup (dio_json_get_string (object, "prompt"));
  self->count_name = g_strdup (dio_json_get_string (object, "count-name"));
  self->seed_name = g_strdup (dio_json_get_string (object, "seed-name"));

  if (self->id == NULL || self->provider_id == NULL || self->model_id == NULL || self->prompt == NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The request is incomplete");
      return NULL;
    }

  if (!load_references (self, object, load, user_data, error) ||
      !load_values (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
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
