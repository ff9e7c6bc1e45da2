/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the dialects of hosted providers have in common. */

#include "config.h"

#include "wire/dio-wire.h"

#include "dio-json.h"

#include <libsoup/soup.h>
#include <math.h>
#include <string.h>

/* Seconds. Who wants more does not mean to be asked again. */
#define MAX_RETRY_AFTER 3600

static void
picture_free (DioWirePicture *picture)
{
  g_free (picture->data);
  g_free (picture->id);
  g_free (picture);
}

/**
 * dio_wire_reply_new:
 * @state: how far the job is
 *
 * Returns: (transfer full): a reply that tells nothing else
 */
DioWireReply *
dio_wire_reply_new (DioWireState state)
{
  DioWireReply *self = g_new0 (DioWireReply, 1);

  self->state = state;
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self->progress = -1;
  self->wait = -1;

  return self;
}

void
dio_wire_reply_free (DioWireReply *self)
{
  g_free (self->remote_id);
  g_ptr_array_unref (self->pictures);
  g_clear_error (&self->error);
  g_free (self->raw);
  g_free (self->currency);
  g_free (self);
}

/**
 * dio_wire_reply_add:
 * @self: a reply
 * @kind: what @data is
 * @data: a picture, or where it is
 *
 * Returns: (transfer none): the picture, which comes after those that were
 *   added before; its id, seed and cost are for the caller to fill in
 */
DioWirePicture *
dio_wire_reply_add (DioWireReply       *self,
                    DioWirePictureKind  kind,
                    const char         *data)
{
  DioWirePicture *picture = g_new0 (DioWirePicture, 1);

  picture->kind = kind;
  picture->data = g_strdup (data);
  picture->index = self->pictures->len;
  picture->seed = -1;
  picture->cost = -1;
  g_ptr_array_add (self->pictures, picture);

  return picture;
}

/**
 * dio_wire_reply_fail:
 * @self: a reply
 * @code: what a person can do about it
 * @message: for the log, in our own words: a provider's may repeat the prompt
 *   or the key, and belong into the raw text
 */
void
dio_wire_reply_fail (DioWireReply *self,
                     DioError      code,
                     const char   *message)
{
  self->state = DIO_WIRE_FAILED;
  g_clear_error (&self->error);
  self->error = g_error_new_literal (DIO_ERROR, code, message);
}

/**
 * dio_wire_classify_status:
 * @status: of HTTP, not one of success
 *
 * Returns: what it means where the body does not tell more
 */
DioError
dio_wire_classify_status (guint status)
{
  switch (status)
    {
    case 401:
      return DIO_ERROR_AUTH;

    case 402:
      return DIO_ERROR_CREDIT;

    case 403:
      return DIO_ERROR_PERMISSION;

    case 404:
      return DIO_ERROR_NOT_FOUND;

    case 408:
      return DIO_ERROR_TIMEOUT;

    case 429:
      return DIO_ERROR_BUSY;

    default:
      if (status >= 500 && status < 600)
        return DIO_ERROR_SERVER;
      return status >= 400 && status < 500 ? DIO_ERROR_INVALID : DIO_ERROR_REPLY;
    }
}

/**
 * dio_wire_describe_refusal:
 * @words: (nullable): why something was refused, in the provider's own words
 *
 * Returns: what of it was, as far as is known
 */
const char *
dio_wire_describe_refusal (const char *words)
{
  /* An "output image" is no reference: the first that fits counts. */
  static const struct
  {
    const char *word;
    const char *what;
  } signs[] = {
    { "prompt", "the prompt is refused" },
    { "generated", "the provider's own picture is refused" },
    { "output", "the provider's own picture is refused" },
    { "result", "the provider's own picture is refused" },
    { "reference", "a reference is refused" },
    { "image", "a reference is refused" },
  };
  g_autofree char *lower = words != NULL ? g_utf8_strdown (words, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (signs); i++)
    {
      if (strstr (lower, signs[i].word) != NULL)
        return signs[i].what;
    }

  return "the prompt, a reference or the picture is refused";
}

/**
 * dio_wire_may_have_arrived:
 * @status: of HTTP, in answer to a create, without words of the provider's own
 *
 * Returns: whether the provider may be at work all the same: somebody between
 *   lost patience or the answer, or the server broke off in the middle
 */
gboolean
dio_wire_may_have_arrived (guint status)
{
  if (status == 408)
    return TRUE;

  /* "Unavailable" is the one failure that says nothing was begun. */
  return status >= 500 && status != 503;
}

static double
read_date (const char *text)
{
  g_autoptr(GDateTime) date = soup_date_time_new_from_http_string (text);

  return date != NULL ? MAX (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0) : -1;
}

/**
 * dio_wire_get_retry_after:
 * @reply: an answer
 * @root: (nullable): its body, where some tell it
 *
 * Returns: how many seconds it asks to wait before the next request; below 0
 *   where it does not
 */
double
dio_wire_get_retry_after (const DioHttpReply *reply,
                          JsonObject         *root)
{
  const char *header = reply->headers != NULL ? g_hash_table_lookup (reply->headers, "retry-after") : NULL;
  double after = dio_wire_get_number (root, "retry_after", -1);

  if (after < 0 && header != NULL)
    after = g_ascii_isdigit (*header) ? g_ascii_strtod (header, NULL) : read_date (header);

  return after < 0 || isnan (after) ? -1 : MIN (after, MAX_RETRY_AFTER);
}

static DioWireReply *
new_unread_create (guint       status,
                   const char *message)
{
  DioWireReply *self = dio_wire_reply_new (DIO_WIRE_FAILED);

  if ((status >= 200 && status < 300) || dio_wire_may_have_arrived (status))
    {
      dio_wire_reply_fail (self, DIO_ERROR_OUTCOME_UNKNOWN, message);
      return self;
    }

  dio_wire_reply_fail (self, dio_wire_classify_status (status), message);
  self->retryable = status == 429 || status == 503;
  self->billed = DIO_BILLED_NO;

  return self;
}

/* What a gateway says of a question is no word about the job. With another key,
 * or credit, it may be let through; all else passes, or it does not. */
static DioWireReply *
new_unread_answer (guint       status,
                   const char *message)
{
  DioWireReply *self = dio_wire_reply_new (DIO_WIRE_FAILED);
  DioError code = dio_wire_classify_status (status);

  self->retryable = code != DIO_ERROR_AUTH && code != DIO_ERROR_PERMISSION && code != DIO_ERROR_CREDIT;
  if (code == DIO_ERROR_NOT_FOUND || code == DIO_ERROR_INVALID)
    code = DIO_ERROR_REPLY;
  dio_wire_reply_fail (self, code, message);

  return self;
}

/**
 * dio_wire_reply_new_unread:
 * @reply: an answer without words of the provider's own
 * @is_create: it is one to a create, rather than to a question after a job
 * @message: for the log
 *
 * Returns: (transfer full): what its status means; for a create
 *   %DIO_ERROR_OUTCOME_UNKNOWN where the job may have been made all the same
 */
DioWireReply *
dio_wire_reply_new_unread (const DioHttpReply *reply,
                           gboolean            is_create,
                           const char         *message)
{
  DioWireReply *self = is_create ? new_unread_create (reply->status, message)
                                 : new_unread_answer (reply->status, message);

  self->wait = dio_wire_get_retry_after (reply, NULL);

  return self;
}

/**
 * dio_wire_parse:
 * @reply: an answer
 * @error: return location for what the status means where the body is no JSON;
 *   %DIO_ERROR_REPLY where the status is one of success
 *
 * Returns: (transfer full): the root of the body, an object or an array,
 *   whatever the status is
 */
JsonNode *
dio_wire_parse (const DioHttpReply  *reply,
                GError             **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) parse_error = NULL;

  root = dio_json_parse (reply->bytes, &parse_error);
  if (root != NULL && (JSON_NODE_HOLDS_OBJECT (root) || JSON_NODE_HOLDS_ARRAY (root)))
    return g_steal_pointer (&root);

  g_set_error (error, DIO_ERROR, dio_wire_classify_status (reply->status),
               "HTTP %u without the JSON of the provider", reply->status);

  return NULL;
}

static const char *
find_path (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  return path != NULL ? path : url + strlen (url);
}

static void
append_path (GString    *url,
             const char *path)
{
  while (url->len > 0 && url->str[url->len - 1] == '/')
    g_string_truncate (url, url->len - 1);

  if (*path != '\0' && *path != '/')
    g_string_append_c (url, '/');
  g_string_append (url, path);
}

/**
 * dio_wire_join_url:
 * @endpoint: (nullable): scheme://host[:port][/prefix] of the account
 * @documented: the address that the documents give, perhaps with a path
 * @path: what follows it
 *
 * Returns: (transfer full): the documented address; with an endpoint, that in
 *   place of scheme and host, and the documented path whole behind it
 */
char *
dio_wire_join_url (const char *endpoint,
                   const char *documented,
                   const char *path)
{
  g_autoptr(GString) url = NULL;

  if (endpoint == NULL || *endpoint == '\0')
    {
      url = g_string_new (documented);
    }
  else
    {
      url = g_string_new (endpoint);
      append_path (url, find_path (documented));
    }
  append_path (url, path);

  return g_string_free (g_steal_pointer (&url), FALSE);
}

/**
 * dio_wire_dup_text:
 * @object: (nullable): an object
 * @member: a member that may hold a text or a whole number, such as an id
 *
 * Returns: (transfer full) (nullable): it as text, or %NULL where it is empty,
 *   absent or something else
 */
char *
dio_wire_dup_text (JsonObject *object,
                   const char *member)
{
  const char *text = dio_json_get_string (object, member);
  JsonNode *node;

  if (text != NULL)
    return *text != '\0' ? g_strdup (text) : NULL;

  node = object != NULL ? json_object_get_member (object, member) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

/**
 * dio_wire_get_number:
 * @object: (nullable): an object
 * @member: a member that may hold a number, or a text that is one
 * @fallback: returned where it holds neither
 *
 * Returns: the number, which is finite
 */
double
dio_wire_get_number (JsonObject *object,
                     const char *member,
                     double      fallback)
{
  const char *text = dio_json_get_string (object, member);
  char *end = NULL;
  double number;

  if (text == NULL)
    {
      number = dio_json_get_number (object, member, fallback);
      return isfinite (number) ? number : fallback;
    }

  number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && isfinite (number) ? number : fallback;
}

/**
 * dio_wire_dup_value:
 * @request: a request
 * @name: a parameter that holds a text or a choice
 *
 * Returns: (transfer full) (nullable): its value, or %NULL where it is unset or
 *   empty, and not to be sent
 */
char *
dio_wire_dup_value (DioRequest *request,
                    const char *name)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, name);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ||
      *g_variant_get_string (value, NULL) == '\0')
    return NULL;

  return g_variant_dup_string (value, NULL);
}
