/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of dialects share. */

#include "config.h"

#include "wire-fixture.h"

#include "dio-composition.h"
#include "dio-json.h"

#include <string.h>

/* What a file of photos holds here: nobody looks into it. */
#define PHOTO "a photo"

static const char *const states[] = { "waiting", "making", "done", "failed" };
static const char *const kinds[] = { "url", "base64", "base64-url" };
static const char *const billed[] = { "unknown", "no", "yes" };

static void
add_references (DioComposition *composition,
                const char     *references)
{
  g_auto(GStrv) words = g_strsplit (references, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "/", 2);
      g_autoptr(GBytes) bytes = g_bytes_new (words[i], strlen (words[i]));
      g_autoptr(DioReference) reference = dio_reference_new (bytes, "image/jpeg", 800, 600, pair[0]);
      DioRole role;

      g_assert_true (dio_role_from_nick (pair[1], &role));
      dio_reference_set_role (reference, role);
      dio_composition_add_reference (composition, reference, G_MAXUINT);
    }
}

static void
set_values (DioValues  *values,
            const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "=", 2);
      g_autoptr(GError) error = NULL;

      dio_values_set_text (values, pair[0], pair[1], &error);
      g_assert_no_error (error);
    }
}

/* By way of JSON, as after a restart, so that its id is one that is known. */
static DioRequest *
reload_request (DioRequest *request)
{
  g_autoptr(JsonNode) node = dio_request_to_json (request);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) stored = NULL;
  g_autoptr(GError) error = NULL;
  DioRequest *reloaded;

  json_object_set_string_member (json_node_get_object (node), "id", WIRE_FIXTURE_ID);
  text = json_to_string (node, FALSE);
  stored = json_from_string (text, NULL);
  reloaded = dio_request_new_from_json (stored, NULL, NULL, &error);
  g_assert_no_error (error);

  return reloaded;
}

static GFile *
make_file (void)
{
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  GFile *file = g_file_new_tmp ("diorama-wire-XXXXXX", &stream, &error);

  g_assert_no_error (error);
  g_file_replace_contents (file, PHOTO, strlen (PHOTO), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);

  return file;
}

static void
fill_photo (DioWirePhoto              *photo,
            const DioRequestReference *reference)
{
  photo->reference = reference;
  photo->file = make_file ();
  photo->size = strlen (PHOTO);
  photo->mime_type = "image/jpeg";
  photo->label = reference->name;
}

/* @references is "watch/subject table/scene", @values "n=3 seed=7". */
WireFixture *
wire_fixture_new (const DioModelSpec *spec,
                  const char         *references,
                  const char         *prompt,
                  const char         *values)
{
  WireFixture *self = g_new0 (WireFixture, 1);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", spec);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(GError) error = NULL;

  add_references (composition, references);
  dio_prompt_set_text (dio_composition_get_prompt (composition), prompt);
  set_values (dio_composition_get_values (composition, model), values);
  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);

  self->request = reload_request (request);
  self->n_photos = dio_request_get_n_references (self->request);
  self->photos = g_new0 (DioWirePhoto, self->n_photos);
  for (guint i = 0; i < self->n_photos; i++)
    fill_photo (&self->photos[i], dio_request_get_reference (self->request, i));

  return self;
}

void
wire_fixture_free (WireFixture *self)
{
  for (guint i = 0; i < self->n_photos; i++)
    {
      g_file_delete (self->photos[i].file, NULL, NULL);
      g_object_unref (self->photos[i].file);
    }

  g_free (self->photos);
  g_assert_finalize_object (self->request);
  g_free (self);
}

JsonNode *
wire_fixture_load (const char *folder,
                   const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = json_from_string (text, &error);
  g_assert_no_error (error);

  return node;
}

DioHttpReply *
wire_fixture_make_reply (guint       status,
                         const char *text)
{
  DioHttpReply *reply = g_new0 (DioHttpReply, 1);

  reply->status = status;
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reply->bytes = g_bytes_new (text, strlen (text));

  return reply;
}

/* A body that is a text in the case is sent as it is: a page, or half an answer. */
static char *
dup_body (JsonObject *object)
{
  const char *text = dio_json_get_string (object, "body");

  return text != NULL ? g_strdup (text) : json_to_string (json_object_get_member (object, "body"), FALSE);
}

static DioHttpReply *
make_case_reply (JsonObject *object,
                 const char *text)
{
  DioHttpReply *reply = wire_fixture_make_reply (dio_json_get_integer (object, "status", 200), text);
  JsonObject *headers = dio_json_get_object (object, "headers");
  g_autoptr(GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    g_hash_table_insert (reply->headers, g_strdup (l->data), g_strdup (dio_json_get_string (headers, l->data)));

  return reply;
}

void
wire_fixture_for_each (const char      *folder,
                       const char      *name,
                       WireFixtureFunc  func)
{
  g_autoptr(JsonNode) node = wire_fixture_load (folder, name);
  JsonArray *array = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (array), >, 0);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *text = dup_body (object);
      g_autoptr(DioHttpReply) reply = make_case_reply (object, text);
      WireFixtureCase one = { dio_json_get_string (object, "name"), object, reply };

      g_test_message ("%s, case “%s”", name, one.name);
      func (&one);
    }
}

static gboolean replace_in (JsonNode   *node,
                            guint      *countdown,
                            const char *replacement);

static gboolean
replace_in_object (JsonObject *object,
                   guint      *countdown,
                   const char *replacement)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if ((*countdown)-- == 0)
        {
          if (replacement != NULL)
            json_object_set_member (object, l->data, json_from_string (replacement, NULL));
          else
            json_object_remove_member (object, l->data);
          return TRUE;
        }

      if (replace_in (json_object_get_member (object, l->data), countdown, replacement))
        return TRUE;
    }

  return FALSE;
}

static gboolean
replace_in_array (JsonArray  *array,
                  guint      *countdown,
                  const char *replacement)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if ((*countdown)-- == 0)
        {
          /* There is no setter for an element: the rest keeps its order. */
          json_array_remove_element (array, i);
          if (replacement != NULL)
            json_array_add_element (array, json_from_string (replacement, NULL));
          return TRUE;
        }

      if (replace_in (json_array_get_element (array, i), countdown, replacement))
        return TRUE;
    }

  return FALSE;
}

static gboolean
replace_in (JsonNode   *node,
            guint      *countdown,
            const char *replacement)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return replace_in_object (json_node_get_object (node), countdown, replacement);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return replace_in_array (json_node_get_array (node), countdown, replacement);

  return FALSE;
}

/* Has @func read @text with its member number @position replaced. */
static gboolean
fuzz_member (JsonObject      *object,
             const char      *text,
             guint            position,
             WireFixtureFuzz  func)
{
  static const char *const replacements[] = {
    NULL, "null", "true", "0", "-1", "7", "1.5", "1e300", "9223372036854775807", "99999999999999999999999",
    "\"\"", "\"x\"", "\"-3\"", "\"https://\"", "\"\\u0000\"", "[]", "[[]]", "[null,1,\"\",{}]", "{}",
    "{\"0\":[]}", "{\"url\":7,\"message\":[],\"code\":\"1303\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_autoptr(JsonNode) root = json_from_string (text, NULL);
      g_autofree char *changed = NULL;
      g_autoptr(DioHttpReply) reply = NULL;
      guint countdown = position;

      if (!replace_in (root, &countdown, replacements[i]))
        return FALSE;

      changed = json_to_string (root, FALSE);
      reply = make_case_reply (object, changed);
      func (reply);
      reply->status = 200;
      func (reply);
    }

  return TRUE;
}

/* Every case of a file with each of its members of each type, and cut short. */
void
wire_fixture_fuzz (const char      *folder,
                   const char      *name,
                   WireFixtureFuzz  func)
{
  g_autoptr(JsonNode) node = wire_fixture_load (folder, name);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *text = dup_body (object);
      g_autoptr(JsonNode) root = json_from_string (text, NULL);

      for (guint position = 0; root != NULL && fuzz_member (object, text, position, func); position++)
        ;

      for (gsize length = 0; length < strlen (text); length++)
        {
          g_autofree char *cut = g_strndup (text, length);
          g_autoptr(DioHttpReply) reply = make_case_reply (object, cut);

          func (reply);
        }
    }
}

void
wire_fixture_assert_json (JsonNode *found,
                          JsonNode *wanted)
{
  g_autofree char *found_text = json_to_string (found, TRUE);
  g_autofree char *wanted_text = json_to_string (wanted, TRUE);

  if (!json_node_equal (found, wanted))
    g_test_message ("found %s\nwanted %s", found_text, wanted_text);
  g_assert_true (json_node_equal (found, wanted));
}

static void
describe_picture (JsonArray      *pictures,
                  DioWirePicture *picture)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, kinds[picture->kind], picture->data);
  json_object_set_int_member (object, "index", picture->index);
  if (picture->id != NULL)
    json_object_set_string_member (object, "id", picture->id);
  if (picture->seed >= 0)
    json_object_set_int_member (object, "seed", picture->seed);
  if (picture->cost >= 0)
    json_object_set_double_member (object, "cost", picture->cost);
  json_array_add_object_element (pictures, object);
}

static void
describe_failure (JsonObject   *object,
                  DioWireReply *reply)
{
  if (reply->error == NULL)
    return;

  json_object_set_string_member (object, "error", dio_error_get_nick (reply->error->code));
  if (reply->raw != NULL)
    json_object_set_string_member (object, "raw", reply->raw);
}

/* All that a reply tells; what it does not tell is left out. */
static JsonNode *
describe_reply (DioWireReply *reply)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *pictures = json_array_new ();

  json_object_set_string_member (object, "state", states[reply->state]);
  json_object_set_string_member (object, "billed", billed[reply->billed]);
  if (reply->remote_id != NULL)
    json_object_set_string_member (object, "id", reply->remote_id);
  if (reply->progress >= 0)
    json_object_set_double_member (object, "progress", reply->progress);
  if (reply->wait >= 0)
    json_object_set_double_member (object, "wait", reply->wait);
  if (reply->retryable)
    json_object_set_boolean_member (object, "retryable", TRUE);
  if (reply->currency != NULL)
    json_object_set_string_member (object, "currency", reply->currency);
  describe_failure (object, reply);

  for (guint i = 0; i < reply->pictures->len; i++)
    describe_picture (pictures, g_ptr_array_index (reply->pictures, i));
  if (reply->pictures->len > 0)
    json_object_set_array_member (object, "pictures", pictures);
  else
    json_array_unref (pictures);

  json_node_take_object (node, object);

  return node;
}

void
wire_fixture_assert_reply (DioWireReply *reply,
                           JsonObject   *wanted)
{
  g_autoptr(JsonNode) found = describe_reply (reply);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), wanted);

  wire_fixture_assert_sound (reply);
  wire_fixture_assert_json (found, node);
}

/* What holds of every reply, whatever was answered. */
void
wire_fixture_assert_sound (DioWireReply *reply)
{
  g_assert_nonnull (reply);
  g_assert_cmpint (reply->state == DIO_WIRE_FAILED, ==, reply->error != NULL);
  g_assert_true (reply->error == NULL || reply->error->domain == DIO_ERROR);
  g_assert_true (reply->error == NULL || !(reply->retryable && reply->error->code == DIO_ERROR_OUTCOME_UNKNOWN));
  g_assert_true (reply->state != DIO_WIRE_DONE || reply->pictures->len > 0);
  g_assert_true (reply->remote_id == NULL || *reply->remote_id != '\0');
  g_assert_cmpfloat (reply->progress, <=, 1);
  g_assert_cmpfloat (reply->wait, <=, 3600);

  for (guint i = 0; i < reply->pictures->len; i++)
    {
      DioWirePicture *picture = g_ptr_array_index (reply->pictures, i);

      g_assert_nonnull (picture->data);
      /* No case has as many, and one without an address keeps its place. */
      g_assert_cmpuint (picture->index, <, 16);
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint (((DioWirePicture *) g_ptr_array_index (reply->pictures, j))->index, !=, picture->index);
    }
}

static gboolean
takes (const DioParameter *parameter,
       double              number)
{
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GError) error = NULL;
  gboolean taken;

  value = g_variant_ref_sink (parameter->kind == DIO_PARAMETER_INTEGER ? g_variant_new_int64 ((gint64) number)
                                                                       : g_variant_new_double (number));
  taken = dio_parameter_check (parameter, value, &error);
  if (!taken)
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);

  return taken;
}

static gboolean
takes_text (const DioParameter *parameter,
            const char         *text)
{
  g_autoptr(GVariant) value = g_variant_ref_sink (g_variant_new_string (text));

  return dio_parameter_check (parameter, value, NULL);
}

static void
assert_number (const DioParameter *parameter)
{
  g_assert_cmpfloat (parameter->step, >, 0);
  g_assert_true (takes (parameter, parameter->minimum));
  g_assert_true (takes (parameter, parameter->minimum + parameter->step));
  g_assert_true (takes (parameter, parameter->maximum - parameter->step));
  g_assert_true (takes (parameter, parameter->maximum));
  g_assert_false (takes (parameter, parameter->minimum - parameter->step));
  g_assert_cmpint (takes (parameter, parameter->maximum + parameter->step), ==,
                   (parameter->flags & DIO_PARAMETER_SOFT) != 0);
  if (parameter->kind == DIO_PARAMETER_NUMBER || parameter->step > 1)
    g_assert_false (takes (parameter, parameter->minimum + parameter->step / 2));
}

/* One step inside each limit is taken, one step outside is not. */
void
wire_fixture_assert_limits (const DioModelSpec *spec)
{
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];
      g_autoptr(GVariant) fallback = dio_parameter_dup_default (parameter);

      g_test_message ("%s of %s", parameter->name, spec->id);
      g_assert_true (fallback == NULL || dio_parameter_check (parameter, fallback, NULL));

      if (parameter->kind == DIO_PARAMETER_INTEGER || parameter->kind == DIO_PARAMETER_NUMBER)
        assert_number (parameter);
      for (guint choice = 0; choice < parameter->n_choices; choice++)
        g_assert_true (takes_text (parameter, parameter->choices[choice].value));
      if (parameter->kind == DIO_PARAMETER_CHOICE)
        g_assert_false (takes_text (parameter, "no such choice"));
    }
}

void
wire_fixture_assert_hidden (DioHttpRequest *request,
                            const char     *secret)
{
  g_autoptr(JsonNode) node = dio_http_request_to_json (request);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *curl = dio_http_request_to_curl (request);

  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (curl, secret));
}

/* The body as it goes over the wire. */
JsonNode *
wire_fixture_read_body (DioHttpRequest *request)
{
  g_autoptr(GInputStream) stream = dio_body_open (request->body);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  g_output_stream_splice (memory, stream,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, &error);
  g_assert_no_error (error);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_assert_cmpint (g_bytes_get_size (bytes), ==, dio_body_get_length (request->body));
  node = dio_json_parse (bytes, &error);
  g_assert_no_error (error);

  return node;
}
