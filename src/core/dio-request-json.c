/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request as JSON, for the database, and back. */

#include "config.h"

#include "dio-request-private.h"

#include "dio-error.h"
#include "dio-json.h"

/* Of a request of an older version it is not known. */
static void
add_length (JsonBuilder *builder,
            const char  *name,
            int          length)
{
  if (length <= 0)
    return;

  dio_json_add_integer (builder, name, length);
}

static void
add_strings (JsonBuilder *builder,
             const char  *name,
             GStrv        strings)
{
  if (strings == NULL || *strings == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static GStrv
dup_strings (JsonObject *object,
             const char *name)
{
  JsonArray *array = dio_json_get_array (object, name);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

static void
add_json_reference (JsonBuilder               *builder,
                    const DioRequestReference *reference)
{
  json_builder_begin_object (builder);
  dio_json_add_string (builder, "name", reference->name);
  dio_json_add_string (builder, "role", dio_role_get_nick (reference->role));
  dio_json_add_string (builder, "hash", reference->hash);
  dio_json_add_string (builder, "type", reference->mime_type);
  dio_json_add_string (builder, "file", reference->file_name);
  add_length (builder, "width", reference->width);
  add_length (builder, "height", reference->height);
  dio_json_add_string (builder, "address", reference->address);
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
  dio_json_add_string (builder, "id", self->id);
  dio_json_add_string (builder, "provider", self->provider_id);
  dio_json_add_string (builder, "model", self->model_id);
  dio_json_add_string (builder, "title", self->title);
  dio_json_add_string (builder, "prompt", self->prompt);
  dio_json_add_string (builder, "roles", self->roles);
  dio_json_add_string (builder, "count-name", self->count_name);
  dio_json_add_string (builder, "seed-name", self->seed_name);
  add_strings (builder, "private-names", self->private_names);

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

static int
get_length (JsonObject *object,
            const char *name)
{
  return CLAMP (dio_json_get_integer (object, name, 0), 0, G_MAXUINT16);
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
  reference->width = get_length (object, "width");
  reference->height = get_length (object, "height");
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
  self->roles = g_strdup (dio_json_get_string (object, "roles"));
  self->count_name = g_strdup (dio_json_get_string (object, "count-name"));
  self->seed_name = g_strdup (dio_json_get_string (object, "seed-name"));
  self->private_names = dup_strings (object, "private-names");

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
