/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's dialect: what is asked. */

#include "config.h"

#include "kling/dio-kling-wire.h"

#include "kling/dio-kling-account.h"
#include "kling/dio-kling-model.h"
#include "dio-json.h"
#include "wire/dio-wire-prompt.h"

/* Ids of tasks are numbers or long tokens; no task is called this. */
#define NO_TASK "diorama-connection-test"

static DioHttpRequest *
make_request (const char        *method,
              const DioAccount  *account,
              const char        *token,
              const char        *task_id,
              GError           **error)
{
  g_autofree char *url = dio_kling_make_url (account, task_id, error);
  g_autofree char *bearer = NULL;
  DioHttpRequest *http;

  if (url == NULL)
    return NULL;

  bearer = g_strconcat ("Bearer ", token, NULL);
  http = dio_http_request_new (method, url);
  dio_http_request_add_secret (http, token);
  dio_http_request_set_header (http, "Authorization", bearer);

  return http;
}

static gboolean
check_roles (const DioModelSpec  *model,
             const guint         *n_of_role,
             GError             **error)
{
  for (guint role = 0; role < DIO_N_ROLES; role++)
    {
      if (n_of_role[role] > model->max_of_role[role])
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%u photos are a %s, %u can be",
                       n_of_role[role], dio_role_get_nick (role), model->max_of_role[role]);
          return FALSE;
        }
    }

  if (n_of_role[DIO_ROLE_SUBJECT] == 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "No photo is a subject, one must be");
      return FALSE;
    }

  return TRUE;
}

/* Names may become longer words, so that the prompt's length is that of now. */
static char *
compile_prompt (DioRequest          *request,
                const DioModelSpec  *model,
                GError             **error)
{
  g_autofree char *prompt = dio_wire_prompt_compile (request, model->mention_style);
  glong length = g_utf8_strlen (prompt, -1);

  if (model->max_prompt > 0 && length > model->max_prompt)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The prompt is sent with %ld characters, %u can be",
                   length, model->max_prompt);
      return NULL;
    }

  return g_steal_pointer (&prompt);
}

/* Returns: (transfer full): the prompt; NULL where @request cannot be sent with
 *   so many photos of each role */
static char *
compile_checked (DioRequest   *request,
                 const guint  *n_of_role,
                 GError      **error)
{
  const DioModelSpec *model = dio_kling_find_model (dio_request_get_model_id (request));

  if (model == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Kling has no model “%s”",
                   dio_request_get_model_id (request));
      return NULL;
    }

  return check_roles (model, n_of_role, error) ? compile_prompt (request, model, error) : NULL;
}

static void
add_photo (JsonBuilder        *builder,
           DioBody            *body,
           const char         *name,
           const DioWirePhoto *photo)
{
  g_autofree char *bytes = NULL;

  if (photo->address == NULL)
    bytes = dio_body_add_file (body, photo->file, photo->size, NULL, photo->label);

  dio_json_add_filled_string (builder, name, photo->address != NULL ? photo->address : bytes);
}

static void
add_subjects (JsonBuilder        *builder,
              DioBody            *body,
              const DioWirePhoto *photos,
              guint               n_photos)
{
  json_builder_set_member_name (builder, "subject_image_list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_photos; i++)
    {
      if (photos[i].reference->role != DIO_ROLE_SUBJECT)
        continue;

      json_builder_begin_object (builder);
      add_photo (builder, body, "subject_image", &photos[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_photo_of_role (JsonBuilder        *builder,
                   DioBody            *body,
                   const char         *name,
                   DioRole             role,
                   const DioWirePhoto *photos,
                   guint               n_photos)
{
  for (guint i = 0; i < n_photos; i++)
    {
      if (photos[i].reference->role == role)
        add_photo (builder, body, name, &photos[i]);
    }
}

static char *
dup_external_id (DioRequest *request)
{
  char *typed = dio_wire_dup_value (request, "external_task_id");

  return typed != NULL ? typed : g_strdup (dio_request_get_id (request));
}

static DioBody *
make_body (DioRequest         *request,
           const char         *prompt,
           const DioWirePhoto *photos,
           guint               n_photos)
{
  DioBody *body = dio_body_new ();
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *ratio = dio_wire_dup_value (request, "aspect_ratio");
  g_autofree char *callback = dio_wire_dup_value (request, "callback_url");
  g_autofree char *external_id = dup_external_id (request);

  json_builder_begin_object (builder);
  dio_json_add_filled_string (builder, "model_name", dio_request_get_model_id (request));
  dio_json_add_filled_string (builder, "prompt", prompt);
  add_subjects (builder, body, photos, n_photos);
  add_photo_of_role (builder, body, "scene_image", DIO_ROLE_SCENE, photos, n_photos);
  add_photo_of_role (builder, body, "style_image", DIO_ROLE_STYLE, photos, n_photos);
  dio_json_add_integer (builder, "n", dio_request_get_integer (request, "n", 1));
  dio_json_add_filled_string (builder, "aspect_ratio", ratio);
  dio_json_add_filled_string (builder, "callback_url", callback);
  dio_json_add_filled_string (builder, "external_task_id", external_id);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  dio_body_set_json (body, root);

  return body;
}

/**
 * dio_kling_check:
 * @request: a request
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: whether it can be sent: what dio_kling_make_create() looks at too
 */
gboolean
dio_kling_check (DioRequest  *request,
                 GError     **error)
{
  g_autofree char *prompt = NULL;
  guint n_of_role[DIO_N_ROLES] = { 0 };

  g_return_val_if_fail (DIO_IS_REQUEST (request), FALSE);

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    n_of_role[dio_request_get_reference (request, i)->role]++;

  prompt = compile_checked (request, n_of_role, error);

  return prompt != NULL;
}

/**
 * dio_kling_make_create:
 * @request: a request for one of Kling's models
 * @account: whom to ask
 * @token: made by dio_kling_make_token()
 * @photos: (array length=n_photos): the photos of @request, in its order
 * @n_photos: how many
 * @error: return location for %DIO_ERROR_INVALID
 *
 * The task gets the request's own id, so that it can be found again when no
 * answer comes; unless the person typed another.
 *
 * Returns: (transfer full): a request that is paid for
 */
DioHttpRequest *
dio_kling_make_create (DioRequest          *request,
                       const DioAccount    *account,
                       const char          *token,
                       const DioWirePhoto  *photos,
                       guint                n_photos,
                       GError             **error)
{
  g_autofree char *prompt = NULL;
  guint n_of_role[DIO_N_ROLES] = { 0 };
  DioHttpRequest *http;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);
  g_return_val_if_fail (account != NULL && token != NULL, NULL);

  for (guint i = 0; i < n_photos; i++)
    n_of_role[photos[i].reference->role]++;

  prompt = compile_checked (request, n_of_role, error);
  if (prompt == NULL)
    return NULL;

  http = make_request ("POST", account, token, NULL, error);
  if (http != NULL)
    http->body = make_body (request, prompt, photos, n_photos);

  return http;
}

/**
 * dio_kling_make_query:
 * @account: whom to ask
 * @token: made by dio_kling_make_token()
 * @remote_id: the task
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): a request that may be repeated at will
 */
DioHttpRequest *
dio_kling_make_query (const DioAccount  *account,
                      const char        *token,
                      const char        *remote_id,
                      GError           **error)
{
  g_return_val_if_fail (account != NULL && token != NULL && remote_id != NULL, NULL);

  return make_request ("GET", account, token, remote_id, error);
}

/**
 * dio_kling_make_query_by_external_id:
 * @request: a request whose create was sent and not answered
 * @account: whom to ask
 * @token: made by dio_kling_make_token()
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Kling's own platform finds tasks by the id that was sent with them. Of a
 * reseller "not found" is no proof that there is no such task.
 *
 * Returns: (transfer full): a request that may be repeated at will
 */
DioHttpRequest *
dio_kling_make_query_by_external_id (DioRequest        *request,
                                     const DioAccount  *account,
                                     const char        *token,
                                     GError           **error)
{
  g_autofree char *external_id = NULL;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);
  g_return_val_if_fail (account != NULL && token != NULL, NULL);

  external_id = dup_external_id (request);

  return make_request ("GET", account, token, external_id, error);
}

/**
 * dio_kling_make_test:
 * @account: whom to ask
 * @token: made by dio_kling_make_token()
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): a request that costs nothing: it asks for a task
 *   that is not there
 */
DioHttpRequest *
dio_kling_make_test (const DioAccount  *account,
                     const char        *token,
                     GError           **error)
{
  g_return_val_if_fail (account != NULL && token != NULL, NULL);

  return make_request ("GET", account, token, NO_TASK, error);
}
