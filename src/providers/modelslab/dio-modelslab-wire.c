/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's dialect: what is asked. */

#include "config.h"

#include "modelslab/dio-modelslab-wire.h"

#include "modelslab/dio-modelslab-model.h"
#include "dio-json.h"
#include "wire/dio-wire-prompt.h"

#include <string.h>

#define BASE         "https://modelslab.com"
#define MULTI_REF    "/api/v1/enterprise/nano_banana/multi_ref"
#define TEXT2IMG     "/api/v1/enterprise/nano_banana/text2img"
#define FETCH        "/api/v1/enterprise/nano_banana/fetch/"
#define UPLOAD       "/api/v6/base64_to_url"
#define PAST_OUTPUTS "/api/v6/assets_generated"
#define BALANCE      "/api/wallet_balance"

/* The most that a page of past outputs can hold. */
#define PER_PAGE 30

static char *
make_url (const DioAccount *account,
          const char       *path)
{
  return dio_wire_join_url (account->endpoint, BASE, path);
}

static gboolean
has_host_of_account (const DioAccount *account,
                     const char       *address)
{
  const GUriFlags flags = G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autofree char *url = make_url (account, "/");
  g_autoptr(GUri) ours = g_uri_parse (url, flags, NULL);
  g_autoptr(GUri) theirs = g_uri_parse (address, flags, NULL);

  if (ours == NULL || theirs == NULL || g_uri_get_host (ours) == NULL || g_uri_get_host (theirs) == NULL)
    return FALSE;

  return g_ascii_strcasecmp (g_uri_get_host (ours), g_uri_get_host (theirs)) == 0 &&
         g_str_equal (g_uri_get_scheme (ours), g_uri_get_scheme (theirs)) &&
         g_uri_get_port (ours) == g_uri_get_port (theirs) &&
         g_uri_get_userinfo (theirs) == NULL;
}

static DioHttpRequest *
make_request (const char  *url,
              const char  *key,
              DioBody     *body,
              JsonBuilder *builder)
{
  DioHttpRequest *http = dio_http_request_new ("POST", url);
  g_autoptr(JsonNode) root = json_builder_get_root (builder);

  dio_body_set_json (body, root);
  http->body = g_object_ref (body);
  dio_http_request_add_secret (http, key);

  return http;
}

/* An object that holds the key and waits for more. */
static JsonBuilder *
begin_object (const char *key)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  dio_json_add_string (builder, "key", key);

  return builder;
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            GVariant    *value)
{
  json_builder_set_member_name (builder, name);

  /* A request that was read back from JSON has whole numbers for some of ours. */
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    json_builder_add_int_value (builder, g_variant_get_int64 (value));
  else
    json_builder_add_double_value (builder, g_variant_get_double (value));
}

/* What is unset is null where the vendor's own example says so, else left out. */
static void
add_text (JsonBuilder        *builder,
          DioRequest         *request,
          const DioParameter *parameter)
{
  g_autofree char *text = dio_wire_dup_value (request, parameter->name);

  if (text != NULL)
    {
      dio_json_add_string (builder, parameter->name, text);
    }
  else if ((parameter->flags & DIO_PARAMETER_OPTIONAL) != 0)
    {
      json_builder_set_member_name (builder, parameter->name);
      json_builder_add_null_value (builder);
    }
}

static void
add_parameter (JsonBuilder        *builder,
               DioRequest         *request,
               const DioParameter *parameter)
{
  g_autoptr(GVariant) value = NULL;

  if (parameter->kind == DIO_PARAMETER_TEXT)
    {
      add_text (builder, request, parameter);
      return;
    }

  value = dio_request_lookup (request, parameter->name);
  if (value == NULL)
    return;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    dio_json_add_string (builder, parameter->name, g_variant_get_boolean (value) ? "yes" : "no");
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) || g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    add_number (builder, parameter->name, value);
}

static void
add_photos (JsonBuilder        *builder,
            const DioWirePhoto *photos,
            guint               n_photos)
{
  json_builder_set_member_name (builder, "ref_image");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_photos; i++)
    json_builder_add_string_value (builder, photos[i].address);
  json_builder_end_array (builder);
}

static gboolean
check_addresses (const DioWirePhoto  *photos,
                 guint                n_photos,
                 GError             **error)
{
  for (guint i = 0; i < n_photos; i++)
    {
      if (photos[i].address == NULL)
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Photo %u has no address", i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * dio_modelslab_make_create:
 * @request: a request for the Nano Banana server
 * @account: whom to ask
 * @key: the account's
 * @photos: (array length=n_photos): the photos of @request, in its order, each
 *   with an address
 * @n_photos: how many
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): a request that is paid for; one without photos is
 *   for a picture by words alone
 */
DioHttpRequest *
dio_modelslab_make_create (DioRequest          *request,
                           const DioAccount    *account,
                           const char          *key,
                           const DioWirePhoto  *photos,
                           guint                n_photos,
                           GError             **error)
{
  const DioModelSpec *model = &dio_modelslab_model;
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(DioBody) body = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);
  g_return_val_if_fail (account != NULL && key != NULL, NULL);

  if (!check_addresses (photos, n_photos, error))
    return NULL;

  prompt = dio_wire_prompt_compile (request, model->mention_style);
  builder = begin_object (key);
  dio_json_add_string (builder, "prompt", prompt);
  if (n_photos > 0)
    add_photos (builder, photos, n_photos);
  for (guint i = 0; i < model->n_parameters; i++)
    add_parameter (builder, request, &model->parameters[i]);
  json_builder_end_object (builder);

  body = dio_body_new ();
  url = make_url (account, n_photos > 0 ? MULTI_REF : TEXT2IMG);

  return make_request (url, key, body, builder);
}

/**
 * dio_modelslab_make_upload:
 * @account: whom to ask; an upload address of the person's own gets the key only
 *   where its host is that of the account
 * @key: the account's
 * @photo: a photo with a file
 *
 * Returns: (transfer full): a request that gives the photo an address, under
 *   which anybody can see it for a day; it may be repeated at will
 */
DioHttpRequest *
dio_modelslab_make_upload (const DioAccount   *account,
                           const char         *key,
                           const DioWirePhoto *photo)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(DioBody) body = NULL;
  g_autofree char *url = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *bytes = NULL;

  g_return_val_if_fail (account != NULL && key != NULL, NULL);
  g_return_val_if_fail (photo != NULL && photo->file != NULL, NULL);

  url = account->upload_url != NULL && *account->upload_url != '\0' ? g_strdup (account->upload_url)
                                                                    : make_url (account, UPLOAD);
  body = dio_body_new ();
  prefix = g_strdup_printf ("data:%s;base64,", photo->mime_type);
  bytes = dio_body_add_file (body, photo->file, photo->size, prefix, photo->label);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  if (has_host_of_account (account, url))
    dio_json_add_string (builder, "key", key);
  dio_json_add_string (builder, "base64_string", bytes);
  json_builder_end_object (builder);

  return make_request (url, key, body, builder);
}

/* An address of another host is not asked: its last part is the id. */
static char *
make_fetch_url (const DioAccount *account,
                const char       *remote_id)
{
  g_autofree char *id = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  if (strstr (remote_id, "://") != NULL && has_host_of_account (account, remote_id))
    return g_strdup (remote_id);

  if (strstr (remote_id, "://") != NULL)
    {
      g_autofree char *cut = g_strndup (remote_id, strcspn (remote_id, "?#"));

      id = g_path_get_basename (cut);
    }
  else
    {
      id = g_strdup (remote_id);
    }

  escaped = g_uri_escape_string (id, NULL, FALSE);
  path = g_strconcat (FETCH, escaped, NULL);

  return make_url (account, path);
}

/**
 * dio_modelslab_make_fetch:
 * @account: whom to ask
 * @key: the account's
 * @remote_id: the job's id, or the address that was told in its place; the key
 *   is sent to the host of the account alone
 *
 * Returns: (transfer full): a request that may be repeated at will
 */
DioHttpRequest *
dio_modelslab_make_fetch (const DioAccount *account,
                          const char       *key,
                          const char       *remote_id)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(DioBody) body = dio_body_new ();
  g_autofree char *url = NULL;

  g_return_val_if_fail (account != NULL && key != NULL && remote_id != NULL, NULL);

  builder = begin_object (key);
  json_builder_end_object (builder);
  url = make_fetch_url (account, remote_id);

  return make_request (url, key, body, builder);
}

/**
 * dio_modelslab_make_past_outputs:
 * @account: whom to ask
 * @key: the account's
 * @page: from 1
 *
 * Returns: (transfer full): a request for what the account had made, to find a
 *   job whose create was not answered
 */
DioHttpRequest *
dio_modelslab_make_past_outputs (const DioAccount *account,
                                 const char       *key,
                                 guint             page)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(DioBody) body = dio_body_new ();
  g_autofree char *url = NULL;

  g_return_val_if_fail (account != NULL && key != NULL, NULL);

  builder = begin_object (key);
  dio_json_add_string (builder, "type", "image");
  dio_json_add_integer (builder, "per_page", PER_PAGE);
  dio_json_add_integer (builder, "page", page);
  json_builder_end_object (builder);
  url = make_url (account, PAST_OUTPUTS);

  return make_request (url, key, body, builder);
}

/**
 * dio_modelslab_make_balance:
 * @account: whom to ask
 * @key: the account's
 *
 * Returns: (transfer full): a request that costs nothing and tests the key too
 */
DioHttpRequest *
dio_modelslab_make_balance (const DioAccount *account,
                            const char       *key)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(DioBody) body = dio_body_new ();
  g_autofree char *url = NULL;

  g_return_val_if_fail (account != NULL && key != NULL, NULL);

  builder = begin_object (key);
  json_builder_end_object (builder);
  url = make_url (account, BALANCE);

  return make_request (url, key, body, builder);
}
