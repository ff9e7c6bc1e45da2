/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider server, and a plain client of it that knows no dialect. */

#include "config.h"

#include "provider-server-fixture.h"

#include "dio-image-encode.h"
#include "dio-json.h"

#include <string.h>

void
provider_fixture_set_up (ProviderFixture *self,
                         gconstpointer    data)
{
  g_autoptr(GError) error = NULL;

  self->server = dio_provider_server_new (NULL, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
}

void
provider_fixture_tear_down (ProviderFixture *self,
                            gconstpointer    data)
{
  soup_session_abort (self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->session));
  g_assert_finalize_object (g_steal_pointer (&self->server));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
provider_fixture_script (ProviderFixture *self,
                         const char      *format,
                         ...)
{
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);

  dio_provider_server_set_script (self->server, json, &error);
  g_assert_no_error (error);
}

void
provider_reply_free (ProviderReply *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static gboolean
accept_cb (SoupMessage          *message,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flags,
           gpointer              user_data)
{
  return g_tls_certificate_is_same (certificate, user_data);
}

static SoupMessage *
make_message (ProviderFixture *self,
              const char      *method,
              const char      *path,
              const char      *authorization,
              const char      *body)
{
  g_autofree char *url = *path == '/' ? dio_provider_server_dup_url (self->server, path) : g_strdup (path);
  GTlsCertificate *certificate = dio_provider_server_get_certificate (self->server);
  gboolean is_dry = g_str_has_prefix (method, "DRY ");
  SoupMessage *message = soup_message_new (is_dry ? method + strlen ("DRY ") : method, url);

  if (is_dry)
    soup_message_headers_replace (soup_message_get_request_headers (message), "X-Runware-Dry-Run", "1");
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (certificate != NULL)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_cb), certificate);
  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return message;
}

/**
 * provider_fixture_ask:
 * @self: a fixture
 * @method: of HTTP; "DRY POST" has Runware's header for a dry run
 * @path: on the server, or a whole address
 * @authorization: (nullable): what the header says
 * @body: (nullable): what is sent
 *
 * Returns: (transfer full): the answer
 */
ProviderReply *
provider_fixture_ask (ProviderFixture *self,
                      const char      *method,
                      const char      *path,
                      const char      *authorization,
                      const char      *body)
{
  g_autoptr(SoupMessage) message = make_message (self, method, path, authorization, body);
  g_autoptr(GAsyncResult) result = NULL;
  ProviderReply *reply = g_new0 (ProviderReply, 1);

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  reply->bytes = soup_session_send_and_read_finish (self->session, result, &reply->error);
  reply->status = soup_message_get_status (message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (reply->bytes != NULL)
    reply->root = dio_json_parse (reply->bytes, NULL);

  return reply;
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * provider_fixture_wait:
 * @self: a fixture
 * @n_held: requests that are to be held
 *
 * Returns: whether they are, in the end
 */
gboolean
provider_fixture_wait (ProviderFixture *self,
                       guint            n_held)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (60, timeout_cb, &late);

  while (!late && dio_provider_server_get_n_held (self->server) != n_held)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);

  return !late;
}

static JsonNode *
step_into (JsonNode   *node,
           const char *name)
{
  guint64 index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (JSON_NODE_HOLDS_ARRAY (node) && g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT, &index, NULL) &&
      index < json_array_get_length (json_node_get_array (node)))
    return json_array_get_element (json_node_get_array (node), index);

  return NULL;
}

/**
 * provider_get:
 * @root: (nullable): JSON
 * @path: such as "data.0.status"
 *
 * Returns: (transfer none) (nullable): what is there
 */
JsonNode *
provider_get (JsonNode   *root,
              const char *path)
{
  g_auto(GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; node != NULL && names[i] != NULL; i++)
    node = step_into (node, names[i]);

  return node;
}

const char *
provider_get_string (JsonNode   *root,
                     const char *path)
{
  JsonNode *node = provider_get (root, path);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
provider_get_int (JsonNode   *root,
                  const char *path)
{
  JsonNode *node = provider_get (root, path);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;
}

/* A number of the ledger, or the length of an array of it. */
gint64
provider_fixture_count (ProviderFixture *self,
                        const char      *path)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  JsonNode *node = provider_get (ledger, path);

  if (node == NULL)
    return 0;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node));

  return json_node_get_int (node);
}

/**
 * provider_make_photo:
 * @width: of it
 * @height: of it
 * @type: "png" or "jpg"
 *
 * Returns: (transfer full): a file of a thing before something plain
 */
GBytes *
provider_make_photo (int         width,
                     int         height,
                     const char *type)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (width, height, 3);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  for (int y = 0; y < height; y++)
    {
      guint8 *row = dio_pixels_row (pixels, y);

      for (int x = 0; x < width; x++)
        {
          gboolean inside = ABS (2 * x - width) < width / 2 && ABS (2 * y - height) < height / 2;

          row[3 * x] = inside ? 200 : 240;
          row[3 * x + 1] = inside ? 60 : 240;
          row[3 * x + 2] = inside ? 40 : 235;
        }
    }

  bytes = g_str_equal (type, "jpg") ? dio_image_encode_jpeg (pixels, 90, &error)
                                    : dio_image_encode_png (pixels, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

char *
provider_make_base64 (int         width,
                      int         height,
                      const char *type)
{
  g_autoptr(GBytes) bytes = provider_make_photo (width, height, type);

  return g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
encode_part (gconstpointer data,
             gsize         size)
{
  char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

/**
 * provider_make_token:
 * @issuer: the access key
 * @secret: the secret key
 * @not_before: seconds from now
 * @expires: seconds from now
 *
 * Returns: (transfer full): an Authorization header
 */
char *
provider_make_token (const char *issuer,
                     const char *secret,
                     gint64      not_before,
                     gint64      expires)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *payload = g_strdup_printf ("{\"iss\":\"%s\",\"exp\":%" G_GINT64_FORMAT ",\"nbf\":%" G_GINT64_FORMAT "}",
                                              issuer, now + expires, now + not_before);
  g_autofree char *first = encode_part ("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", 27);
  g_autofree char *second = encode_part (payload, strlen (payload));
  g_autofree char *both = g_strdup_printf ("%s.%s", first, second);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_autofree char *third = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) both, -1);
  g_hmac_get_digest (hmac, digest, &size);
  third = encode_part (digest, size);

  return g_strdup_printf ("Bearer %s.%s", both, third);
}
