/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request as data: it can be sent, and shown to a person without its keys. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"
#include "dio-json.h"

#define REDACTED "<key>"

G_DEFINE_BOXED_TYPE (DioHttpRequest, dio_http_request, dio_http_request_ref, dio_http_request_unref)

static void
request_clear (gpointer data)
{
  DioHttpRequest *self = data;

  g_free (self->method);
  g_free (self->url);
  g_hash_table_unref (self->headers);
  g_ptr_array_unref (self->secrets);
  g_clear_object (&self->body);
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize length_a = strlen (*(const char *const *) a);
  gsize length_b = strlen (*(const char *const *) b);

  return length_a < length_b ? 1 : length_a > length_b ? -1 : 0;
}

static char *
redact_string (const char *string,
               gpointer    user_data)
{
  return dio_http_request_redact (user_data, string);
}

static GList *
sort_names (DioHttpRequest *self)
{
  return g_list_sort (g_hash_table_get_keys (self->headers), (GCompareFunc) g_ascii_strcasecmp);
}

/* What is shown of the headers, in the order of their names; that of the body
 * is not among those of a request. */
static JsonObject *
show_headers (DioHttpRequest *self)
{
  g_autoptr(GList) names = sort_names (self);
  JsonObject *shown = json_object_new ();

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *value = dio_http_request_redact (self, g_hash_table_lookup (self->headers, l->data));

      json_object_set_string_member (shown, l->data, value);
    }
  if (self->body != NULL)
    json_object_set_string_member (shown, "Content-Type", "application/json");

  return shown;
}

static JsonNode *
show_body (DioHttpRequest *self)
{
  g_autoptr(JsonNode) root = NULL;

  if (self->body == NULL)
    return json_node_new (JSON_NODE_NULL);

  root = dio_body_dup_readable (self->body);

  return dio_json_map_strings (root, redact_string, self);
}

static void
append_argument (GString    *line,
                 const char *option,
                 const char *argument)
{
  g_autofree char *quoted = g_shell_quote (argument);

  g_string_append_printf (line, " %s %s", option, quoted);
}

/**
 * dio_http_request_new:
 * @method: such as "POST"
 * @url: whole
 *
 * Returns: (transfer full): a request without a body, whose fields are set freely
 *   until it is sent
 */
DioHttpRequest *
dio_http_request_new (const char *method,
                      const char *url)
{
  DioHttpRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  self = g_atomic_rc_box_new0 (DioHttpRequest);
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->secrets = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * dio_http_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
DioHttpRequest *
dio_http_request_ref (DioHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * dio_http_request_unref:
 * @self: (transfer full): a request
 */
void
dio_http_request_unref (DioHttpRequest *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, request_clear);
}

/**
 * dio_http_request_set_header:
 * @self: a request
 * @name: of the header
 * @value: may come from a person: what no header can hold is found on sending
 */
void
dio_http_request_set_header (DioHttpRequest *self,
                             const char     *name,
                             const char     *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (value != NULL);

  g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/**
 * dio_http_request_add_secret:
 * @self: a request
 * @secret: a key in a header, the body or the address, as it is before escaping
 *
 * Has @secret shown as "<key>" wherever the request is shown.
 */
void
dio_http_request_add_secret (DioHttpRequest *self,
                             const char     *secret)
{
  char *escaped;

  g_return_if_fail (self != NULL);
  g_return_if_fail (secret != NULL);

  if (*secret == '\0')
    return;

  escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_ptr_array_add (self->secrets, g_strdup (secret));
  g_ptr_array_add (self->secrets, escaped);
  /* The longest first: one may hold another. */
  g_ptr_array_sort (self->secrets, compare_lengths);
}

/**
 * dio_http_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): {"method", "url", "headers", "body"} with no key and
 *   with labels in the place of bytes
 */
JsonNode *
dio_http_request_to_json (DioHttpRequest *self)
{
  g_autofree char *url = NULL;
  JsonNode *root;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  url = dio_http_request_redact (self, self->url);
  object = json_object_new ();
  json_object_set_string_member (object, "method", self->method);
  json_object_set_string_member (object, "url", url);
  json_object_set_object_member (object, "headers", show_headers (self));
  json_object_set_member (object, "body", show_body (self));

  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, object);

  return root;
}

/**
 * dio_http_request_to_curl:
 * @self: a request
 *
 * Returns: (transfer full): a line for a shell that would send the request, with
 *   no key and with labels in the place of bytes
 */
char *
dio_http_request_to_curl (DioHttpRequest *self)
{
  g_autoptr(GString) line = NULL;
  g_autofree char *url = NULL;
  g_autoptr(JsonObject) headers = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_val_if_fail (self != NULL, NULL);

  line = g_string_new ("curl");
  url = dio_http_request_redact (self, self->url);
  append_argument (line, "--request", self->method);
  append_argument (line, "--url", url);

  headers = show_headers (self);
  json_object_iter_init_ordered (&iter, headers);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *header = g_strdup_printf ("%s: %s", name, json_node_get_string (value));

      append_argument (line, "--header", header);
    }

  if (self->body != NULL)
    {
      g_autoptr(JsonNode) shown = show_body (self);
      g_autofree char *data = json_to_string (shown, FALSE);

      append_argument (line, "--data", data);
    }

  return g_strdup (line->str);
}

/* @text with every secret of the request hidden. */
char *
dio_http_request_redact (DioHttpRequest *self,
                         const char     *text)
{
  g_autoptr(GString) redacted = g_string_new (text);

  for (guint i = 0; i < self->secrets->len; i++)
    g_string_replace (redacted, g_ptr_array_index (self->secrets, i), REDACTED, 0);

  return g_strdup (redacted->str);
}

/* A key that was pasted with its line end would be a mistake of ours to libsoup. */
gboolean
dio_http_request_check (DioHttpRequest *self,
                        GError        **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      for (const char *c = value; *c != '\0'; c++)
        {
          if ((guchar) *c >= ' ' && *c != 0x7f)
            continue;

          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                       "The value of the header %s holds a control character", (char *) name);
          return FALSE;
        }
    }

  return TRUE;
}
