/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request as it may travel with a picture: all that makes the same request
 * again, and nothing that is the person's own affair. Titles and file names often
 * hold a person's name, addresses a secret; photos are told by their hashes. */

#include "config.h"

#include "dio-request-private.h"

#include "dio-error.h"
#include "dio-json.h"

#include <string.h>

/* Requests of ours have some kilobytes; pictures may come from anybody. */
#define MAX_RECIPE_SIZE (1024 * 1024)

static void
remove_member (JsonObject *object,
               const char *name)
{
  if (json_object_has_member (object, name))
    json_object_remove_member (object, name);
}

static void
remove_private_values (DioRequest *self,
                       JsonObject *object)
{
  JsonObject *values = json_object_get_object_member (object, "values");

  for (guint i = 0; self->private_names != NULL && self->private_names[i] != NULL; i++)
    remove_member (values, self->private_names[i]);
}

static void
remove_names_of_files (JsonObject *object)
{
  JsonArray *references = json_object_get_array_member (object, "references");

  for (guint i = 0; i < json_array_get_length (references); i++)
    {
      JsonObject *reference = json_array_get_object_element (references, i);

      remove_member (reference, "file");
      remove_member (reference, "address");
    }
}

/**
 * dio_request_dup_open_values:
 * @self: a request
 *
 * Returns: (transfer full): a{sv}: those of its values that anybody may know
 */
GVariant *
dio_request_dup_open_values (DioRequest *self)
{
  const char *const *private_names;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  private_names = (const char *const *) self->private_names;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, self->values);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    if (private_names == NULL || !g_strv_contains (private_names, name))
      g_variant_builder_add (&builder, "{sv}", name, value);

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * dio_request_dup_recipe:
 * @self: a request
 *
 * Returns: (transfer full): a line of JSON
 */
char *
dio_request_dup_recipe (DioRequest *self)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (DIO_IS_REQUEST (self), NULL);

  node = dio_request_to_json (self);
  object = json_node_get_object (node);
  remove_member (object, "id");
  remove_member (object, "title");
  remove_names_of_files (object);
  remove_private_values (self, object);

  return json_to_string (node, FALSE);
}

/* A photo without a name of its own is called as the prompt calls it. */
static void
name_files (DioRequest *self)
{
  for (guint i = 0; i < self->references->len; i++)
    {
      DioRequestReference *reference = g_ptr_array_index (self->references, i);
      const char *type = reference->mime_type != NULL ? strchr (reference->mime_type, '/') : NULL;
      gsize length = type != NULL ? strcspn (type + 1, "+;/") : 0;

      g_free (reference->file_name);
      if (length == 0)
        reference->file_name = g_strdup (reference->name);
      else if (g_str_equal (type, "/jpeg"))
        reference->file_name = g_strconcat (reference->name, ".jpg", NULL);
      else
        reference->file_name = g_strdup_printf ("%s.%.*s", reference->name, (int) length, type + 1);

      /* A stranger's address is not asked for a picture that is here. */
      g_clear_pointer (&reference->address, g_free);
    }
}

/**
 * dio_request_new_from_recipe:
 * @recipe: what dio_request_dup_recipe() made, or what somebody says that it did
 * @load: (scope call) (nullable): finds photos by their hashes
 * @user_data: data for @load
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): the same request, with an id of its own; its photos
 *   have the names that the prompt has for them
 */
DioRequest *
dio_request_new_from_recipe (const char          *recipe,
                             DioRequestLoadFunc   load,
                             gpointer             user_data,
                             GError             **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(DioRequest) self = NULL;
  g_autofree char *id = g_uuid_string_random ();

  g_return_val_if_fail (recipe != NULL, NULL);

  if (strlen (recipe) > MAX_RECIPE_SIZE)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The request is too long");
      return NULL;
    }

  bytes = g_bytes_new_static (recipe, strlen (recipe));
  node = dio_json_parse (bytes, error);
  if (node == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_string_member (json_node_get_object (node), "id", id);

  self = dio_request_new_from_json (node, load, user_data, error);
  if (self == NULL)
    return NULL;

  name_files (self);

  return g_steal_pointer (&self);
}
