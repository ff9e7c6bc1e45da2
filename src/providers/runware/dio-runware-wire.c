/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: what is said. */

#include "config.h"

#include "runware/dio-runware-wire.h"

#include "runware/dio-runware-check.h"
#include "runware/dio-runware-model.h"

#include "wire/dio-wire-prompt.h"

#define API "https://api.runware.ai/v1"

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
new_boolean (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

/* "safety.checkContent" is a member of an object of that name. */
static void
put (JsonObject *task,
     const char *path,
     JsonNode   *value)
{
  g_auto(GStrv) names = g_strsplit (path, ".", -1);
  JsonObject *object = task;
  guint i;

  for (i = 0; names[i + 1] != NULL; i++)
    {
      if (!json_object_has_member (object, names[i]))
        json_object_set_object_member (object, names[i], json_object_new ());
      object = json_object_get_object_member (object, names[i]);
    }

  json_object_set_member (object, names[i], value);
}

static JsonObject *
new_task (const char *type,
          const char *id)
{
  JsonObject *task = json_object_new ();

  json_object_set_string_member (task, "taskType", type);
  json_object_set_string_member (task, "taskUUID", id);

  return task;
}

/* For tasks that nobody asks for again. */
static JsonObject *
new_passing_task (const char *type)
{
  g_autofree char *id = g_uuid_string_random ();

  return new_task (type, id);
}

/* Takes @task and, where there is one, @body, whose files are in the task. */
static DioHttpRequest *
make_call (const DioAccount *account,
           const char       *key,
           JsonObject       *task,
           DioBody          *body)
{
  g_autofree char *url = dio_wire_join_url (account->endpoint, API, "");
  g_autofree char *authorization = g_strconcat ("Bearer ", key, NULL);
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  DioHttpRequest *call = dio_http_request_new ("POST", url);

  json_node_take_array (root, json_array_new ());
  json_array_add_object_element (json_node_get_array (root), task);

  dio_http_request_set_header (call, "Authorization", authorization);
  dio_http_request_add_secret (call, key);
  call->body = body != NULL ? body : dio_body_new ();
  dio_body_set_json (call->body, root);

  return call;
}

static char *
dup_photo_value (DioBody            *body,
                 const DioWirePhoto *photo)
{
  g_autofree char *prefix = NULL;

  if (photo->address != NULL)
    return g_strdup (photo->address);

  prefix = g_strdup_printf ("data:%s;base64,", photo->mime_type);

  return dio_body_add_file (body, photo->file, photo->size, prefix, photo->label);
}

/**
 * dio_runware_make_upload:
 * @account: an account
 * @key: its key
 * @photo: a photo with a file
 *
 * Returns: (transfer full): a call that stores @photo, for
 *   dio_runware_read_upload()
 */
DioHttpRequest *
dio_runware_make_upload (const DioAccount   *account,
                         const char         *key,
                         const DioWirePhoto *photo)
{
  JsonObject *task = new_passing_task ("mediaStorage");
  DioBody *body = dio_body_new ();
  g_autofree char *media = dup_photo_value (body, photo);

  json_object_set_string_member (task, "operation", "upload");
  json_object_set_string_member (task, "media", media);

  return make_call (account, key, task, body);
}

static void
put_references (JsonObject         *task,
                DioBody            *body,
                const DioWirePhoto *photos,
                guint               n_photos)
{
  JsonArray *references;
  JsonNode *node;

  if (n_photos == 0)
    return;

  references = json_array_sized_new (n_photos);
  for (guint i = 0; i < n_photos; i++)
    {
      g_autofree char *value = dup_photo_value (body, &photos[i]);

      json_array_add_string_element (references, value);
    }

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, references);
  put (task, "inputs.referenceImages", node);
}

static gboolean
is_lossless (DioRequest *request)
{
  g_autofree char *format = dio_wire_dup_value (request, "outputFormat");

  return g_strcmp0 (format, "PNG") == 0;
}

static gboolean
is_sent (DioRequest *request,
         const char *name)
{
  static const char *const sizes[] = { "size", "width", "height", NULL };

  if (g_strv_contains (sizes, name))
    return FALSE;

  return !g_str_equal (name, "outputQuality") || !is_lossless (request);
}

/* A parameter's name is its path in the task. */
static void
put_parameters (JsonObject         *task,
                DioRequest         *request,
                const DioModelSpec *spec,
                GHashTable         *fields)
{
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const char *name = spec->parameters[i].name;
      g_autoptr(GVariant) value = dio_request_lookup (request, name);

      if (value != NULL && is_sent (request, name) && g_hash_table_contains (fields, name))
        put (task, name, json_gvariant_serialize (value));
    }
}

static void
put_size (JsonObject *task,
          DioRequest *request)
{
  const DioRunwareSize *size = dio_runware_get_size (request);

  if (size == NULL)
    return;

  json_object_set_int_member (task, "width", size->width);
  json_object_set_int_member (task, "height", size->height);
}

static void
put_delivery (JsonObject *task,
              GHashTable *fields,
              const char *method)
{
  if (g_hash_table_contains (fields, "deliveryMethod"))
    put (task, "deliveryMethod", new_string (method));
  if (g_hash_table_contains (fields, "includeCost"))
    put (task, "includeCost", new_boolean (TRUE));
}

static DioHttpRequest *
make_inference (DioRequest         *request,
                const char         *task_id,
                const char         *delivery_method,
                const DioAccount   *account,
                const char         *key,
                GHashTable         *fields,
                const DioWirePhoto *photos,
                guint               n_photos)
{
  const DioModelSpec *spec = dio_runware_find_model (dio_request_get_model_id (request));
  g_autofree char *prompt = NULL;
  JsonObject *task;
  DioBody *body;

  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (n_photos == dio_request_get_n_references (request), NULL);

  prompt = dio_wire_prompt_compile (request, spec->mention_style);
  task = new_task ("imageInference", task_id);
  body = dio_body_new ();

  /* What the vendor's own page names, whatever a schema says. */
  json_object_set_string_member (task, "model", spec->id);
  json_object_set_string_member (task, "positivePrompt", prompt);
  put_size (task, request);
  put_references (task, body, photos, n_photos);

  put_parameters (task, request, spec, fields);
  put_delivery (task, fields, delivery_method);

  return make_call (account, key, task, body);
}

/**
 * dio_runware_make_create:
 * @request: a request that dio_runware_check() found right
 * @account: an account
 * @key: its key
 * @fields: (element-type utf8): what its model knows; others are left out, since
 *   the server refuses a task with one that it does not know
 * @photos: (array length=n_photos): the references of @request, in their order
 * @n_photos: how many there are
 *
 * The task's id is that of @request, which must be stored by now.
 *
 * Returns: (transfer full): a paid call, for dio_runware_read_create()
 */
DioHttpRequest *
dio_runware_make_create (DioRequest         *request,
                         const DioAccount   *account,
                         const char         *key,
                         GHashTable         *fields,
                         const DioWirePhoto *photos,
                         guint               n_photos)
{
  return make_inference (request, dio_request_get_id (request), "async", account, key, fields,
                         photos, n_photos);
}

/**
 * dio_runware_make_dry_run:
 * @request: a request that dio_runware_check() found right
 * @account: an account
 * @key: its key
 * @fields: (element-type utf8): what its model knows
 * @photos: (array length=n_photos): the references of @request, in their order
 * @n_photos: how many there are
 *
 * Returns: (transfer full): a call that checks and prices the create, and is not
 *   paid, for dio_runware_read_cost()
 */
DioHttpRequest *
dio_runware_make_dry_run (DioRequest         *request,
                          const DioAccount   *account,
                          const char         *key,
                          GHashTable         *fields,
                          const DioWirePhoto *photos,
                          guint               n_photos)
{
  /* An id of its own: the create's must be new to the server when it is sent.
   * Nothing is made, so there is nothing to ask for later. */
  g_autofree char *id = g_uuid_string_random ();
  DioHttpRequest *call = make_inference (request, id, "sync", account, key, fields, photos, n_photos);

  if (call != NULL)
    dio_http_request_set_header (call, "X-Runware-Dry-Run", "1");

  return call;
}

/**
 * dio_runware_make_get_response:
 * @account: an account
 * @key: its key
 * @task_id: the id of a request that was sent, or may have been
 *
 * Returns: (transfer full): a free question, for dio_runware_read_get_response()
 */
DioHttpRequest *
dio_runware_make_get_response (const DioAccount *account,
                               const char       *key,
                               const char       *task_id)
{
  return make_call (account, key, new_task ("getResponse", task_id), NULL);
}

/**
 * dio_runware_make_task_details:
 * @account: an account
 * @key: its key
 * @task_id: the id of a request that getResponse does not know any more
 *
 * Returns: (transfer full): a free question, for dio_runware_read_task_details()
 */
DioHttpRequest *
dio_runware_make_task_details (const DioAccount *account,
                               const char       *key,
                               const char       *task_id)
{
  return make_call (account, key, new_task ("getTaskDetails", task_id), NULL);
}

/**
 * dio_runware_make_account_details:
 * @account: an account
 * @key: its key
 *
 * The answer names people and keys: it must not be logged, kept or shown, only
 * read by dio_runware_read_balance() or dio_runware_read_key().
 *
 * Returns: (transfer full): a free question
 */
DioHttpRequest *
dio_runware_make_account_details (const DioAccount *account,
                                  const char       *key)
{
  JsonObject *task = new_passing_task ("accountManagement");

  json_object_set_string_member (task, "operation", "getDetails");

  return make_call (account, key, task, NULL);
}
