/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as JSON. Photos are told by their hashes; where their bytes are
 * is for others to know. A member that is not known is not kept: the version is
 * raised where something would be lost by that. */

#include "config.h"

#include "dio-composition-json.h"

#include "dio-composition-private.h"
#include "dio-error.h"
#include "dio-json.h"

#define VERSION 1

static void
add_reference (JsonBuilder  *builder,
               DioReference *reference)
{
  json_builder_begin_object (builder);
  dio_json_add_filled_string (builder, "name", dio_reference_get_name (reference));
  dio_json_add_filled_string (builder, "role", dio_role_get_nick (dio_reference_get_role (reference)));
  if (!dio_reference_get_enabled (reference))
    dio_json_add_boolean (builder, "enabled", FALSE);
  dio_json_add_filled_string (builder, "address", dio_reference_get_address (reference));
  if (dio_reference_get_by_address (reference))
    dio_json_add_boolean (builder, "by-address", TRUE);
  dio_json_add_filled_string (builder, "hash", dio_reference_get_hash (reference));
  dio_json_add_filled_string (builder, "type", dio_reference_get_mime_type (reference));
  dio_json_add_filled_string (builder, "file", dio_reference_get_file_name (reference));
  dio_json_add_integer (builder, "width", dio_reference_get_width (reference));
  dio_json_add_integer (builder, "height", dio_reference_get_height (reference));
  json_builder_end_object (builder);
}

static void
add_references (JsonBuilder *builder,
                GListModel  *references)
{
  json_builder_set_member_name (builder, "references");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      add_reference (builder, reference);
    }
  json_builder_end_array (builder);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  DioValues *first = *(DioValues **) a;
  DioValues *second = *(DioValues **) b;

  return g_strcmp0 (dio_model_info_get_id (dio_values_get_model (first)),
                    dio_model_info_get_id (dio_values_get_model (second)));
}

/* Of the models that are not chosen, so that going back to one finds them. */
static void
add_other_values (JsonBuilder    *builder,
                  DioComposition *self)
{
  g_autoptr(GPtrArray) list = dio_composition_list_values (self);

  g_ptr_array_sort (list, compare_values);
  json_builder_set_member_name (builder, "other-values");
  json_builder_begin_object (builder);
  for (guint i = 0; i < list->len; i++)
    {
      DioValues *values = g_ptr_array_index (list, i);
      DioModelInfo *model = dio_values_get_model (values);
      g_autoptr(GVariant) given = dio_values_dup_given (values);

      if (model == dio_composition_get_model (self) || g_variant_n_children (given) == 0)
        continue;

      json_builder_set_member_name (builder, dio_model_info_get_id (model));
      json_builder_add_value (builder, dio_values_to_json (values));
    }
  json_builder_end_object (builder);
}

/**
 * dio_composition_to_json:
 * @self: a composition
 *
 * Returns: (transfer full): everything but the photos' bytes, and where it is saved
 */
JsonNode *
dio_composition_to_json (DioComposition *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *prompt = NULL;
  DioModelInfo *model;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  model = dio_composition_get_model (self);
  prompt = dio_prompt_dup_text (dio_composition_get_prompt (self));

  json_builder_begin_object (builder);
  dio_json_add_integer (builder, "version", VERSION);
  dio_json_add_filled_string (builder, "title", dio_composition_get_title (self));
  dio_json_add_filled_string (builder, "prompt", prompt);
  if (dio_composition_get_roles (self) != NULL)
    {
      /* Empty words on the roles are not the same as none. */
      dio_json_add_string (builder, "roles", dio_composition_get_roles (self));
    }
  add_references (builder, dio_composition_get_references (self));
  if (model != NULL)
    {
      dio_json_add_filled_string (builder, "model", dio_model_info_get_id (model));
      json_builder_set_member_name (builder, "values");
      json_builder_add_value (builder, dio_values_to_json (dio_composition_get_values (self, model)));
    }
  add_other_values (builder, self);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * dio_composition_check_json:
 * @root: what a file holds
 * @error: return location for %DIO_ERROR_INVALID or %DIO_ERROR_NEWER
 *
 * Returns: whether it describes a composition, of a version that is understood
 */
gboolean
dio_composition_check_json (JsonNode  *root,
                            GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (dio_json_get_integer (object, "version", VERSION) > VERSION)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_NEWER,
                           "The composition was saved by a newer version of this program");
      return FALSE;
    }

  if (dio_json_get_array (object, "references") == NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The description of the composition has no references");
      return FALSE;
    }

  return TRUE;
}

/**
 * dio_composition_check_model:
 * @self: a composition to be filled
 * @root: what describes it
 * @find_model: (scope call): knows the models
 * @user_data: data for @find_model
 * @error: return location for %DIO_ERROR_NOT_FOUND
 *
 * Another model may only take the place of an unknown one where somebody has
 * chosen it.
 *
 * Returns: whether @self would have a model
 */
gboolean
dio_composition_check_model (DioComposition    *self,
                             JsonNode          *root,
                             DioFindModelFunc   find_model,
                             gpointer           user_data,
                             GError           **error)
{
  const char *id = dio_json_get_string (json_node_get_object (root), "model");

  if (id == NULL || dio_composition_get_model (self) != NULL || find_model (id, user_data) != NULL)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no model “%s”", id);

  return FALSE;
}

/**
 * dio_reference_load_json:
 * @self: a reference in no composition
 * @entry: what describes it, perhaps nothing
 *
 * Takes name, role, and whether and how it is sent.
 */
void
dio_reference_load_json (DioReference *self,
                         JsonNode     *entry)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (entry) ? json_node_get_object (entry) : NULL;
  const char *name = dio_json_get_string (object, "name");
  const char *address = dio_json_get_string (object, "address");
  DioRole role;

  if (name != NULL && dio_reference_is_name (name))
    dio_reference_set_name (self, name);
  if (dio_role_from_nick (dio_json_get_string (object, "role"), &role))
    dio_reference_set_role (self, role);
  dio_reference_set_enabled (self, dio_json_get_boolean (object, "enabled", TRUE));
  if (address != NULL)
    dio_reference_set_address (self, address);
  dio_reference_set_by_address (self, dio_json_get_boolean (object, "by-address", FALSE));
}

static void
load_values (DioComposition *self,
             DioModelInfo   *model,
             JsonObject     *object)
{
  DioValues *values = dio_composition_get_values (self, model);

  dio_values_set_given (values, NULL);
  if (object != NULL)
    dio_values_load_json (values, object);
}

static void
load_other_values (DioComposition   *self,
                   JsonObject       *others,
                   DioFindModelFunc  find_model,
                   gpointer          user_data)
{
  g_autoptr(GList) ids = others != NULL ? json_object_get_members (others) : NULL;

  for (GList *l = ids; l != NULL; l = l->next)
    {
      DioModelInfo *model = find_model (l->data, user_data);

      if (model != NULL && model != dio_composition_get_model (self))
        load_values (self, model, dio_json_get_object (others, l->data));
    }
}

/* An escape may stand for half a character. */
static char *
dup_text (JsonObject *object,
          const char *member)
{
  const char *text = dio_json_get_string (object, member);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/**
 * dio_composition_fill:
 * @self: a composition
 * @root: what dio_composition_check_json() found good
 * @references: (element-type DioReference): its photos, in no composition
 * @find_model: (scope call): knows the models
 * @user_data: data for @find_model
 *
 * Makes @self what is described. Where the model is not known, the one of @self
 * stays, with its values.
 */
void
dio_composition_fill (DioComposition   *self,
                      JsonNode         *root,
                      GPtrArray        *references,
                      DioFindModelFunc  find_model,
                      gpointer          user_data)
{
  JsonObject *object = json_node_get_object (root);
  g_autofree char *title = dup_text (object, "title");
  g_autofree char *prompt = dup_text (object, "prompt");
  g_autofree char *roles = dup_text (object, "roles");
  const char *model_id = dio_json_get_string (object, "model");
  DioModelInfo *model = model_id != NULL ? find_model (model_id, user_data) : NULL;

  dio_composition_clear (self);
  for (guint i = 0; i < references->len; i++)
    dio_composition_add_reference (self, g_ptr_array_index (references, i), G_MAXUINT);

  /* After the references, which the mentions are bound to. */
  dio_composition_set_title (self, title);
  dio_prompt_set_text (dio_composition_get_prompt (self), prompt != NULL ? prompt : "");
  dio_composition_set_roles (self, roles);
  if (model != NULL)
    {
      dio_composition_set_model (self, model);
      load_values (self, model, dio_json_get_object (object, "values"));
    }
  load_other_values (self, dio_json_get_object (object, "other-values"), find_model, user_data);
}
