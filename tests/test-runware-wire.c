/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: what is sent, to the letter, and what every answer
 * means, whatever is wrong with it. */

#include "config.h"

#include "wire-fixture.h"

#include "runware/dio-runware-model.h"
#include "runware/dio-runware-schema.h"
#include "runware/dio-runware-wire.h"

#include <string.h>

#define KEY "key-that-nobody-may-see"

typedef DioWireReply *(*ReadFunc) (const DioHttpReply *reply,
                                   DioRequest         *request);
typedef void (*FuzzFunc) (DioHttpReply *reply,
                          DioRequest   *request);

static WireFixture *
new_guide_fixture (void)
{
  return wire_fixture_new (dio_runware_find_model ("google:4@3"), "watch/subject table/subject",
                           "Place @watch on @table, lit from the left.",
                           "size=1200x896 numberResults=2 seed=4711");
}

static char *
load_text (const char *name)
{
  g_autoptr(JsonNode) node = wire_fixture_load ("runware", name);

  return json_to_string (node, FALSE);
}

static DioHttpReply *
load_reply (guint       status,
            const char *name)
{
  g_autofree char *text = load_text (name);

  return wire_fixture_make_reply (status, text);
}

static JsonObject *
get_task (JsonNode *root)
{
  g_assert_cmpuint (json_array_get_length (json_node_get_array (root)), ==, 1);

  return json_array_get_object_element (json_node_get_array (root), 0);
}

/* Neither what is shown nor what is copied has the key; what is sent has it. */
static void
assert_call (DioHttpRequest *call)
{
  wire_fixture_assert_hidden (call, KEY);
  g_assert_cmpstr (call->method, ==, "POST");
  g_assert_cmpstr (call->url, ==, "https://api.runware.ai/v1");
  g_assert_cmpstr (g_hash_table_lookup (call->headers, "Authorization"), ==, "Bearer " KEY);
}

static void
test_runware_create (void)
{
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  g_autofree char *wanted = load_text ("create.json");
  g_autoptr(DioHttpRequest) call = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *sent = NULL;

  fixture->photos[0].address = "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301";
  fixture->photos[1].address = "https://photos.example/table.jpg";
  call = dio_runware_make_create (fixture->request, account, KEY, fields, fixture->photos, 2);
  root = wire_fixture_read_body (call);
  sent = json_to_string (root, FALSE);

  assert_call (call);
  g_assert_cmpstr (sent, ==, wanted);
  g_assert_null (g_hash_table_lookup (call->headers, "X-Runware-Dry-Run"));
}

static void
test_runware_create_with_files (void)
{
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  g_autoptr(DioHttpRequest) call = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(JsonNode) shown = NULL;
  g_autofree char *text = NULL;
  JsonArray *references;

  fixture->photos[0].label = "watch.jpg, 7 bytes";
  fixture->photos[1].mime_type = "image/png";
  call = dio_runware_make_create (fixture->request, account, KEY, fields, fixture->photos, 2);
  root = wire_fixture_read_body (call);
  references = json_object_get_array_member (json_object_get_object_member (get_task (root), "inputs"), "referenceImages");
  g_assert_cmpuint (json_array_get_length (references), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (references, 0), ==, "data:image/jpeg;base64,YSBwaG90bw==");
  g_assert_cmpstr (json_array_get_string_element (references, 1), ==, "data:image/png;base64,YSBwaG90bw==");

  assert_call (call);
  shown = dio_http_request_to_json (call);
  text = json_to_string (shown, FALSE);
  g_assert_nonnull (strstr (text, "watch.jpg, 7 bytes"));
  g_assert_null (strstr (text, "YSBwaG90bw=="));
}

static JsonNode *
make_task (const char *model_id,
           GHashTable *fields,
           const char *values)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (dio_runware_find_model (model_id), "", "A picture", values);
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(DioHttpRequest) call = dio_runware_make_create (fixture->request, account, KEY, fields, NULL, 0);

  return wire_fixture_read_body (call);
}

static void
test_runware_create_fields (void)
{
  static const char values[] =
    "width=1024 height=1024 outputFormat=JPG outputQuality=80 safety.checkContent=yes ttl=600 "
    "providerSettings.google.webSearch=yes settings.thinking=HIGH uploadEndpoint=https://store.example/";
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  g_autoptr(JsonNode) root = make_task ("google:4@3", fields, values);
  JsonObject *task = get_task (root);
  JsonObject *google = json_object_get_object_member (json_object_get_object_member (task, "providerSettings"), "google");

  g_assert_cmpint (json_object_get_int_member (task, "width"), ==, 1024);
  g_assert_cmpint (json_object_get_int_member (task, "outputQuality"), ==, 80);
  g_assert_cmpint (json_object_get_int_member (task, "ttl"), ==, 600);
  g_assert_true (json_object_get_boolean_member (google, "webSearch"));
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (task, "safety"), "checkContent"));
  g_assert_cmpstr (json_object_get_string_member (task, "uploadEndpoint"), ==, "https://store.example/");
  g_assert_false (json_object_has_member (task, "settings"));
  g_assert_false (json_object_has_member (task, "size"));
  g_assert_false (json_object_has_member (task, "resolution"));
  g_assert_false (json_object_has_member (task, "inputs"));
}

/* Of what the vendor's page does not name, nothing that the schema does not list. */
static void
test_runware_create_unknown_fields (void)
{
  static const char *const contract[] = { "taskType", "taskUUID", "model", "positivePrompt", "width", "height" };
  g_autoptr(GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(JsonNode) root = make_task ("google:4@2", none, "size=1024x1024 safety.checkContent=no");
  JsonObject *task = get_task (root);

  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    g_assert_true (json_object_has_member (task, contract[i]));
  g_assert_cmpuint (json_object_get_size (task), ==, G_N_ELEMENTS (contract));
}

static void
test_runware_dry_run (void)
{
  g_autoptr(WireFixture) fixture =
    wire_fixture_new (dio_runware_find_model ("google:4@3"), "", "A picture", "resolution=2k");
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  g_autoptr(DioHttpRequest) call = dio_runware_make_dry_run (fixture->request, account, KEY, fields, NULL, 0);
  g_autoptr(JsonNode) root = wire_fixture_read_body (call);
  JsonObject *task = get_task (root);

  assert_call (call);
  g_assert_cmpstr (g_hash_table_lookup (call->headers, "X-Runware-Dry-Run"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (task, "resolution"), ==, "2k");
  g_assert_true (json_object_get_boolean_member (task, "includeCost"));
  g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (task, "taskUUID")));
  g_assert_cmpstr (json_object_get_string_member (task, "taskUUID"), !=, WIRE_FIXTURE_ID);
}

static void
assert_task_call (DioHttpRequest *call,
                  const char     *json)
{
  g_autoptr(JsonNode) root = wire_fixture_read_body (call);
  g_autofree char *sent = json_to_string (root, FALSE);

  assert_call (call);
  g_assert_cmpstr (sent, ==, json);
}

static void
test_runware_questions (void)
{
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(DioHttpRequest) response = dio_runware_make_get_response (account, KEY, WIRE_FIXTURE_ID);
  g_autoptr(DioHttpRequest) details = dio_runware_make_task_details (account, KEY, WIRE_FIXTURE_ID);
  g_autoptr(DioHttpRequest) balance = dio_runware_make_account_details (account, KEY);
  g_autoptr(DioHttpRequest) elsewhere = NULL;
  g_autoptr(JsonNode) root = wire_fixture_read_body (balance);

  assert_task_call (response, "[{\"taskType\":\"getResponse\",\"taskUUID\":\"" WIRE_FIXTURE_ID "\"}]");
  assert_task_call (details, "[{\"taskType\":\"getTaskDetails\",\"taskUUID\":\"" WIRE_FIXTURE_ID "\"}]");
  assert_call (balance);
  g_assert_cmpstr (json_object_get_string_member (get_task (root), "taskType"), ==, "accountManagement");
  g_assert_cmpstr (json_object_get_string_member (get_task (root), "operation"), ==, "getDetails");

  account->endpoint = g_strdup ("http://127.0.0.1:8080/");
  elsewhere = dio_runware_make_get_response (account, KEY, WIRE_FIXTURE_ID);
  g_assert_cmpstr (elsewhere->url, ==, "http://127.0.0.1:8080/v1");
}

static void
test_runware_upload (void)
{
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  g_autoptr(DioAccount) account = dio_account_new ("runware", "Mine");
  g_autoptr(DioHttpRequest) call = dio_runware_make_upload (account, KEY, &fixture->photos[0]);
  g_autoptr(JsonNode) root = wire_fixture_read_body (call);
  JsonObject *task = get_task (root);

  assert_call (call);
  g_assert_cmpstr (json_object_get_string_member (task, "taskType"), ==, "mediaStorage");
  g_assert_cmpstr (json_object_get_string_member (task, "operation"), ==, "upload");
  g_assert_cmpstr (json_object_get_string_member (task, "media"), ==, "data:image/jpeg;base64,YSBwaG90bw==");
}

static void
assert_upload (guint       status,
               const char *body,
               const char *media,
               DioError    code)
{
  g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (status, body);
  g_autoptr(GError) error = NULL;
  g_autofree char *read = dio_runware_read_upload (reply, &error);

  g_assert_cmpstr (read, ==, media);
  if (media != NULL)
    g_assert_no_error (error);
  else
    g_assert_error (error, DIO_ERROR, (int) code);
}

static void
test_runware_read_upload (void)
{
  g_autofree char *upload = load_text ("upload.json");
  g_autofree char *older = load_text ("upload-older.json");
  g_autofree char *invalid = load_text ("invalid.json");
  g_autofree char *no_key = load_text ("before-the-task.json");

  assert_upload (200, upload, "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301", 0);
  assert_upload (200, older, "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f302", 0);
  assert_upload (200, "{\"data\":[{\"mediaUUID\":\"not an id\",\"mediaURL\":\"https://im.example/a.png\"}]}", "https://im.example/a.png", 0);
  assert_upload (200, "{\"data\":[{\"mediaUUID\":7,\"mediaURL\":\"javascript:alert(1)\"}]}", NULL, DIO_ERROR_REPLY);
  assert_upload (200, "{\"data\":[]}", NULL, DIO_ERROR_REPLY);
  assert_upload (200, "", NULL, DIO_ERROR_REPLY);
  assert_upload (413, "<html>", NULL, DIO_ERROR_INVALID);
  assert_upload (400, invalid, NULL, DIO_ERROR_INVALID);
  assert_upload (401, no_key, NULL, DIO_ERROR_AUTH);
}

static DioWireReply *
read_fixture (ReadFunc    read,
              guint       status,
              const char *name)
{
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  g_autoptr(DioHttpReply) reply = load_reply (status, name);
  DioWireReply *wire = read (reply, fixture->request);

  g_assert_cmpstr (wire->remote_id, ==, WIRE_FIXTURE_ID);

  return wire;
}

static DioWireReply *
read_text (ReadFunc    read,
           guint       status,
           const char *text)
{
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (status, text);

  return read (reply, fixture->request);
}

static void
assert_picture (DioWireReply       *reply,
                guint               position,
                DioWirePictureKind  kind,
                const char         *data,
                guint               index,
                gint64              seed)
{
  DioWirePicture *picture = g_ptr_array_index (reply->pictures, position);

  g_assert_cmpint (picture->kind, ==, kind);
  g_assert_cmpstr (picture->data, ==, data);
  g_assert_cmpuint (picture->index, ==, index);
  g_assert_cmpint (picture->seed, ==, seed);
  g_assert_nonnull (picture->id);
}

static void
test_runware_read_create (void)
{
  g_autoptr(DioWireReply) acknowledged = read_fixture (dio_runware_read_create, 200, "acknowledged.json");
  g_autoptr(DioWireReply) at_once = read_fixture (dio_runware_read_create, 200, "at-once.json");
  g_autoptr(DioWireReply) twice = read_fixture (dio_runware_read_create, 400, "duplicate.json");
  DioWirePicture *first;

  g_assert_cmpint (acknowledged->state, ==, DIO_WIRE_WAITING);
  g_assert_no_error (acknowledged->error);
  g_assert_cmpuint (acknowledged->pictures->len, ==, 0);
  g_assert_cmpfloat (acknowledged->progress, <, 0);

  g_assert_cmpint (at_once->state, ==, DIO_WIRE_DONE);
  g_assert_cmpint (at_once->billed, ==, DIO_BILLED_YES);
  g_assert_cmpstr (at_once->currency, ==, "USD");
  assert_picture (at_once, 0, DIO_WIRE_PICTURE_URL, "https://im.example/1.png", 0, 4711);
  assert_picture (at_once, 1, DIO_WIRE_PICTURE_BASE64, "iVBORw0KGgo=", 1, 4712);
  first = g_ptr_array_index (at_once->pictures, 0);
  g_assert_cmpfloat_with_epsilon (first->cost, 0.10311, 1e-9);

  /* The server has it already: it is asked for, not sent anew. */
  g_assert_cmpint (twice->state, ==, DIO_WIRE_WAITING);
  g_assert_false (twice->retryable);
}

static void
test_runware_read_progress (void)
{
  g_autoptr(DioWireReply) processing = read_fixture (dio_runware_read_get_response, 200, "processing.json");
  g_autoptr(DioWireReply) partial = read_fixture (dio_runware_read_get_response, 200, "partial.json");

  g_assert_cmpint (processing->state, ==, DIO_WIRE_MAKING);
  g_assert_cmpfloat_with_epsilon (processing->progress, 0.25, 1e-9);
  g_assert_no_error (processing->error);

  g_assert_cmpint (partial->state, ==, DIO_WIRE_MAKING);
  g_assert_cmpuint (partial->pictures->len, ==, 1);
  assert_picture (partial, 0, DIO_WIRE_PICTURE_URL, "https://im.example/2.png", 1, 4712);
  g_assert_cmpfloat_with_epsilon (partial->progress, 0.5, 1e-9);
}

static void
test_runware_read_done (void)
{
  g_autoptr(DioWireReply) done = read_fixture (dio_runware_read_get_response, 200, "done.json");
  DioWirePicture *second;

  g_assert_cmpint (done->state, ==, DIO_WIRE_DONE);
  g_assert_cmpuint (done->pictures->len, ==, 2);
  g_assert_cmpuint (done->n_failed, ==, 0);
  assert_picture (done, 0, DIO_WIRE_PICTURE_URL, "https://im.example/1.png", 0, 4711);
  assert_picture (done, 1, DIO_WIRE_PICTURE_BASE64, "data:image/png;base64,iVBORw0KGgo=", 1, -1);
  second = g_ptr_array_index (done->pictures, 1);
  g_assert_cmpfloat_with_epsilon (second->cost, 0.10311, 1e-9);
}

static void
test_runware_read_mixed (void)
{
  g_autoptr(DioWireReply) mixed = read_fixture (dio_runware_read_get_response, 200, "mixed.json");
  g_autoptr(DioWireReply) beside = read_fixture (dio_runware_read_get_response, 200, "beside.json");
  g_autoptr(DioWireReply) failed = read_fixture (dio_runware_read_get_response, 200, "all-failed.json");

  g_assert_cmpint (mixed->state, ==, DIO_WIRE_DONE);
  g_assert_cmpuint (mixed->n_failed, ==, 1);
  g_assert_cmpint (mixed->billed, ==, DIO_BILLED_YES);
  g_assert_error (mixed->error, DIO_ERROR, DIO_ERROR_REFUSED);
  assert_picture (mixed, 0, DIO_WIRE_PICTURE_URL, "https://im.example/2.png", 1, 4712);

  g_assert_cmpint (beside->state, ==, DIO_WIRE_DONE);
  g_assert_cmpuint (beside->n_failed, ==, 1);
  g_assert_error (beside->error, DIO_ERROR, DIO_ERROR_SERVER);
  assert_picture (beside, 0, DIO_WIRE_PICTURE_URL, "https://im.example/1.png", 0, -1);

  /* One error, nothing being made: the other picture will not come either. */
  g_assert_cmpint (failed->state, ==, DIO_WIRE_FAILED);
  g_assert_cmpuint (failed->n_failed, ==, 2);
  g_assert_error (failed->error, DIO_ERROR, DIO_ERROR_REFUSED);
  g_assert_nonnull (strstr (failed->error->message, "a reference is refused"));
  g_assert_cmpstr (failed->raw, ==, "A reference was refused.");
}

static void
test_runware_read_details (void)
{
  g_autoptr(DioWireReply) details = read_fixture (dio_runware_read_task_details, 200, "details.json");
  g_autoptr(DioWireReply) failed = read_fixture (dio_runware_read_task_details, 200, "details-failed.json");
  g_autoptr(DioWireReply) unknown = read_fixture (dio_runware_read_task_details, 404, "not-found.json");
  g_autoptr(DioWireReply) odd = read_text (dio_runware_read_task_details, 200, "{\"data\":[{\"response\":\"gone\"}]}");

  g_assert_cmpint (details->state, ==, DIO_WIRE_DONE);
  g_assert_cmpuint (details->n_failed, ==, 1);
  assert_picture (details, 0, DIO_WIRE_PICTURE_URL, "https://im.example/1.png", 0, 4711);

  g_assert_cmpint (failed->state, ==, DIO_WIRE_FAILED);
  g_assert_cmpuint (failed->n_failed, ==, 2);
  g_assert_error (failed->error, DIO_ERROR, DIO_ERROR_REFUSED);
  g_assert_nonnull (strstr (failed->error->message, "the prompt is refused"));

  g_assert_error (unknown->error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_cmpuint (unknown->n_failed, ==, 0);

  g_assert_error (odd->error, DIO_ERROR, DIO_ERROR_REPLY);
  g_assert_true (odd->retryable);
}

/* A create that was refused, by the server's own words. */
static void
test_runware_create_errors (void)
{
  static const struct
  {
    const char    *code;
    DioError       error;
    gboolean       retryable;
    DioBilled  billed;
  } cases[] = {
    { "invalidPositivePrompt", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "missingModel", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "unsupportedDimensions", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "conflictReferenceImages", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "unknownParameter", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "incompatibleParameters", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "maxNumberResultsExceeded", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "valueOutOfRange", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "arrayTooLong", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "validationFailed", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
    { "invalidApiKey", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
    { "INVALIDAPIKEY", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
    { "unauthorized", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
    { "tokenExpired", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
    { "authenticationFailed", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
    { "forbidden", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
    { "accountSuspended", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
    { "insufficientPermissions", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
    { "insufficientCredits", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
    { "quotaExceeded", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
    { "negativeBalance", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
    { "paymentRequired", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
    { "rateLimitExceeded", DIO_ERROR_BUSY, TRUE, DIO_BILLED_NO },
    { "providerRateLimitExceeded", DIO_ERROR_BUSY, TRUE, DIO_BILLED_NO },
    { "contentPolicyViolation", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "providerContentPolicyViolation", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "nsfwContentDetected", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "promptBlocked", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "imageBlocked", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "moderationFailed", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
    { "providerError", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "providerAuthenticationError", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "inferenceError", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "processingFailed", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "downloadFailed", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "noAvailableServer", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
    { "serviceUnavailable", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
    { "modelUnavailable", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
    { "internalServerError", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "unknownError", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
    { "timeoutProvider", DIO_ERROR_OUTCOME_UNKNOWN, FALSE, DIO_BILLED_UNKNOWN },
    { "queueTimeout", DIO_ERROR_OUTCOME_UNKNOWN, FALSE, DIO_BILLED_UNKNOWN },
    { "modelNotFound", DIO_ERROR_NOT_FOUND, FALSE, DIO_BILLED_NO },
    { "unknownModel", DIO_ERROR_NOT_FOUND, FALSE, DIO_BILLED_NO },
    { "mediaExpired", DIO_ERROR_EXPIRED, FALSE, DIO_BILLED_NO },
    { "aWordThatNobodyKnows", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"errors\":[{\"code\":\"%s\",\"message\":\"A sentence.\"}]}", cases[i].code);
      g_autoptr(DioWireReply) reply = read_text (dio_runware_read_create, 200, text);

      if (reply->error == NULL || reply->error->code != (int) cases[i].error ||
          reply->retryable != cases[i].retryable || reply->billed != cases[i].billed)
        g_error ("%s: %s, %d, %d", cases[i].code, reply->error != NULL ? reply->error->message : "no error",
                 reply->retryable, reply->billed);
      g_assert_cmpint (reply->state, ==, DIO_WIRE_FAILED);
    }
}

/* The status counts where the body says nothing, and not before. */
static void
test_runware_create_statuses (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    DioError    error;
    gboolean    retryable;
  } cases[] = {
    { 200, "", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 200, "<html>", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 200, "{\"data\":[", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 200, "{\"data\":[]}", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 200, "{}", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 200, "[]", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 408, "", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 500, "", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 504, "<html>", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 504, "{\"error\":\"Gateway Timeout\"}", DIO_ERROR_OUTCOME_UNKNOWN, FALSE },
    { 503, "", DIO_ERROR_SERVER, TRUE },
    { 429, "", DIO_ERROR_BUSY, TRUE },
    { 429, "{\"errors\":[{\"code\":\"somethingNew\"}]}", DIO_ERROR_BUSY, TRUE },
    { 429, "{\"errors\":[{\"code\":\"insufficientCredits\"}]}", DIO_ERROR_CREDIT, FALSE },
    { 401, "", DIO_ERROR_AUTH, FALSE },
    { 402, "{\"error\":\"No money\"}", DIO_ERROR_CREDIT, FALSE },
    { 403, "", DIO_ERROR_PERMISSION, FALSE },
    { 400, "{\"error\":{}}", DIO_ERROR_INVALID, FALSE },
    { 413, "too large", DIO_ERROR_INVALID, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioWireReply) reply = read_text (dio_runware_read_create, cases[i].status, cases[i].body);

      g_assert_cmpint (reply->state, ==, DIO_WIRE_FAILED);
      if (!g_error_matches (reply->error, DIO_ERROR, cases[i].error) || reply->retryable != cases[i].retryable)
        g_error ("%u “%s”: %s, %d", cases[i].status, cases[i].body, reply->error->message, reply->retryable);
    }
}

static void
test_runware_error_shapes (void)
{
  g_autoptr(DioWireReply) invalid = read_fixture (dio_runware_read_create, 400, "invalid.json");
  g_autoptr(DioWireReply) early = read_fixture (dio_runware_read_create, 401, "before-the-task.json");
  g_autoptr(DioWireReply) other =
    read_text (dio_runware_read_create, 200,
               "{\"errors\":[{\"code\":\"promptBlocked\",\"taskUUID\":\"77777777-7777-4777-8777-777777777777\"}]}");

  g_assert_error (invalid->error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpstr (invalid->error->message, ==, "incompatibleParameters (width, resolution)");
  g_assert_cmpstr (invalid->raw, ==, "These do not go together.");

  /* The sentence repeats the key. */
  g_assert_error (early->error, DIO_ERROR, DIO_ERROR_AUTH);
  g_assert_null (strstr (early->error->message, KEY));
  g_assert_null (early->raw);

  /* Somebody else's task: nothing is said of ours. */
  g_assert_error (other->error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN);
}

/* A question that failed says nothing of the task; the same words inside an item
 * do. */
static void
test_runware_question_errors (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    DioError    error;
    gboolean    retryable;
    guint       n_failed;
  } cases[] = {
    { 200, "", DIO_ERROR_REPLY, TRUE, 0 },
    { 200, "{\"data\":[]}", DIO_ERROR_REPLY, TRUE, 0 },
    { 502, "<html>", DIO_ERROR_SERVER, TRUE, 0 },
    { 503, "", DIO_ERROR_SERVER, TRUE, 0 },
    { 408, "", DIO_ERROR_TIMEOUT, TRUE, 0 },
    { 429, "", DIO_ERROR_BUSY, TRUE, 0 },
    { 404, "<html>", DIO_ERROR_REPLY, TRUE, 0 },
    { 404, "{\"error\":\"Not Found\"}", DIO_ERROR_REPLY, TRUE, 0 },
    { 401, "{\"errors\":[{\"code\":\"invalidApiKey\"}]}", DIO_ERROR_AUTH, FALSE, 0 },
    { 429, "{\"errors\":[{\"code\":\"rateLimitExceeded\"}]}", DIO_ERROR_BUSY, TRUE, 0 },
    { 500, "{\"errors\":[{\"code\":\"internalServerError\"}]}", DIO_ERROR_SERVER, TRUE, 0 },
    { 200, "{\"errors\":[{\"code\":\"internalServerError\",\"taskType\":\"getResponse\"}]}", DIO_ERROR_SERVER, TRUE, 0 },
    { 400, "{\"errors\":[{\"code\":\"invalidTaskUUID\",\"taskType\":\"getResponse\"}]}", DIO_ERROR_INVALID, FALSE, 0 },
    { 200, "{\"errors\":[{\"code\":\"taskFailedOrNotFound\"}]}", DIO_ERROR_NOT_FOUND, FALSE, 0 },
    { 404, "{\"errors\":[{\"code\":\"taskNotFound\"}]}", DIO_ERROR_NOT_FOUND, FALSE, 0 },
    { 200, "{\"errors\":[{\"code\":\"internalServerError\",\"taskType\":\"imageInference\"}]}", DIO_ERROR_SERVER, FALSE, 2 },
    { 200, "{\"errors\":[{\"code\":\"imageNotFound\"}]}", DIO_ERROR_NOT_FOUND, FALSE, 2 },
    { 400, "{\"errors\":[{\"code\":\"promptBlocked\"}]}", DIO_ERROR_REFUSED, FALSE, 2 },
    { 500, "{\"errors\":[{\"code\":\"timeoutProvider\",\"status\":\"error\"}]}", DIO_ERROR_SERVER, FALSE, 2 },
    { 200, "{\"data\":[{\"status\":\"success\"},{\"status\":\"success\"}]}", DIO_ERROR_REPLY, FALSE, 2 },
    { 200, "{\"data\":{\"status\":\"error\",\"code\":\"inferenceError\"}}", DIO_ERROR_SERVER, FALSE, 2 },
    { 200, "{\"data\":[{\"status\":\"error\",\"error\":\"It broke.\"}]}", DIO_ERROR_SERVER, FALSE, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioWireReply) reply = read_text (dio_runware_read_get_response, cases[i].status, cases[i].body);

      g_assert_cmpint (reply->state, ==, DIO_WIRE_FAILED);
      if (!g_error_matches (reply->error, DIO_ERROR, cases[i].error) ||
          reply->retryable != cases[i].retryable || reply->n_failed != cases[i].n_failed)
        g_error ("%u “%s”: %s, %d, %u", cases[i].status, cases[i].body, reply->error->message,
                 reply->retryable, reply->n_failed);
    }
}

/* What is gone had been made, perhaps: nobody says that it was free. */
static void
test_runware_gone (void)
{
  static const char *const codes[] = { "resultExpired", "imageNotFound" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"errors\":[{\"code\":\"%s\"}]}", codes[i]);
      g_autoptr(DioWireReply) reply = read_text (dio_runware_read_get_response, 200, body);

      g_assert_cmpint (reply->state, ==, DIO_WIRE_FAILED);
      g_assert_cmpint (reply->billed, ==, DIO_BILLED_UNKNOWN);
    }
}

/* What is paid is waited for: not every picture of a task need be listed yet. */
static void
test_runware_unlisted (void)
{
  g_autoptr(DioWireReply) one =
    read_text (dio_runware_read_get_response, 200,
               "{\"data\":[{\"status\":\"success\",\"imageURL\":\"https://im.example/1.png\"}]}");
  g_autoptr(DioWireReply) failing =
    read_text (dio_runware_read_get_response, 200,
               "{\"data\":[{\"status\":\"processing\"},{\"status\":\"error\",\"error\":{\"code\":\"promptBlocked\"}}]}");

  g_assert_cmpint (one->state, ==, DIO_WIRE_MAKING);
  g_assert_cmpuint (one->pictures->len, ==, 1);
  g_assert_cmpint (failing->state, ==, DIO_WIRE_MAKING);
  g_assert_cmpuint (failing->n_failed, ==, 1);
  g_assert_error (failing->error, DIO_ERROR, DIO_ERROR_REFUSED);
}

static void
test_runware_wait (void)
{
  static const struct { const char *text; double seconds; } cases[] = {
    { "7", 7 }, { "0", 0 }, { "-3", -1 }, { "99999", 3600 }, { "Fri, 31 Dec 1999 23:59:59 GMT", 0 },
    { "soon", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WireFixture) fixture = new_guide_fixture ();
      g_autoptr(DioHttpReply) reply = load_reply (429, "busy.json");
      g_autoptr(DioWireReply) wire = NULL;

      g_hash_table_insert (reply->headers, g_strdup ("retry-after"), g_strdup (cases[i].text));
      wire = dio_runware_read_create (reply, fixture->request);
      g_assert_error (wire->error, DIO_ERROR, DIO_ERROR_BUSY);
      g_assert_true (wire->retryable);
      g_assert_cmpfloat (wire->wait, ==, cases[i].seconds);
    }
}

static void
test_runware_cost (void)
{
  g_autoptr(DioHttpReply) reply = load_reply (200, "dry-run.json");
  g_autoptr(DioHttpReply) refused = load_reply (400, "invalid.json");
  g_autoptr(DioHttpReply) silent = load_reply (200, "acknowledged.json");
  g_autoptr(GError) error = NULL;
  double cost = 0;

  g_assert_true (dio_runware_read_cost (reply, &cost, &error));
  g_assert_cmpfloat_with_epsilon (cost, 0.20622, 1e-9);

  g_assert_false (dio_runware_read_cost (refused, &cost, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dio_runware_read_cost (silent, &cost, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
}

static void
test_runware_balance (void)
{
  g_autoptr(DioHttpReply) reply = load_reply (200, "account.json");
  g_autoptr(DioHttpReply) plain = load_reply (200, "account-plain.json");
  g_autoptr(DioHttpReply) refused = load_reply (401, "before-the-task.json");
  g_autoptr(DioHttpReply) silent = wire_fixture_make_reply (200, "{\"data\":[{\"balance\":\"much\"}]}");
  g_autoptr(GError) error = NULL;
  DioRunwareBalance balance;

  g_assert_true (dio_runware_read_balance (reply, &balance, &error));
  g_assert_cmpfloat (balance.amount, ==, 12.5);
  g_assert_cmpfloat (balance.free_amount, ==, 2);
  g_assert_cmpstr (balance.currency, ==, "EUR");
  g_assert_true (dio_runware_read_balance (plain, &balance, &error));
  g_assert_cmpfloat (balance.amount, ==, 2450.75);
  g_assert_cmpstr (balance.currency, ==, "USD");

  g_assert_false (dio_runware_read_balance (silent, &balance, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  g_clear_error (&error);
  g_assert_false (dio_runware_read_balance (refused, &balance, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);

  g_assert_cmpint (dio_runware_read_key (reply), ==, DIO_KEY_ACCEPTED);
  g_assert_cmpint (dio_runware_read_key (refused), ==, DIO_KEY_REFUSED);
  g_assert_cmpint (dio_runware_read_key (silent), ==, DIO_KEY_UNKNOWN);
}

/* What a reply must keep to, whatever it was read from. */
static void
assert_sound (DioWireReply *reply)
{
  if (reply->state == DIO_WIRE_FAILED)
    {
      g_assert_nonnull (reply->error);
      g_assert_true (reply->error->domain == DIO_ERROR);
      g_assert_cmpuint (reply->pictures->len, ==, 0);
    }
  if (reply->state == DIO_WIRE_DONE)
    g_assert_cmpuint (reply->pictures->len, >, 0);
  g_assert_cmpfloat (reply->progress, <=, 1);

  for (guint i = 0; i < reply->pictures->len; i++)
    {
      DioWirePicture *picture = g_ptr_array_index (reply->pictures, i);

      g_assert_cmpint (strlen (picture->data), >, 0);
      g_assert_cmpint (picture->seed, >=, -1);
    }
}

static void
read_with (ReadFunc      read,
           DioHttpReply *reply,
           DioRequest   *request)
{
  g_autoptr(DioWireReply) wire = read (reply, request);

  assert_sound (wire);
}

static void
read_task (DioHttpReply *reply,
           DioRequest   *request)
{
  read_with (dio_runware_read_create, reply, request);
  read_with (dio_runware_read_get_response, reply, request);
}

static void
read_details (DioHttpReply *reply,
              DioRequest   *request)
{
  read_with (dio_runware_read_task_details, reply, request);
}

static void
read_upload (DioHttpReply *reply,
             DioRequest   *request)
{
  g_autofree char *media = dio_runware_read_upload (reply, NULL);

  g_assert_true (media == NULL || *media != '\0');
}

static void
read_schema (DioHttpReply *reply,
             DioRequest   *request)
{
  g_autoptr(GHashTable) fields = dio_runware_read_schema (reply, NULL);

  g_assert_true (fields == NULL || g_hash_table_contains (fields, "model"));
}

static void
read_cost (DioHttpReply *reply,
           DioRequest   *request)
{
  double cost = 0;

  g_assert_true (!dio_runware_read_cost (reply, &cost, NULL) || cost >= 0);
}

static void
read_account (DioHttpReply *reply,
              DioRequest   *request)
{
  DioRunwareBalance balance = { 0 };

  g_assert_cmpint (dio_runware_read_balance (reply, &balance, NULL), ==,
                   dio_runware_read_key (reply) == DIO_KEY_ACCEPTED);
}

/* By how a file's name begins; all others are about a task. */
static const struct
{
  const char *prefix;
  FuzzFunc    func;
} readers[] = {
  { "account", read_account },
  { "details", read_details },
  { "dry-run", read_cost },
  { "not-found", read_details },
  { "schema", read_schema },
  { "upload", read_upload },
};

static FuzzFunc
find_reader (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (g_str_has_prefix (name, readers[i].prefix))
        return readers[i].func;
    }

  return read_task;
}

/**
 * Fuzz:
 * @root: the whole reply, changed in one place
 * @func: who reads it
 * @request: what was asked
 * @n_read: how often
 */
typedef struct
{
  JsonNode   *root;
  FuzzFunc    func;
  DioRequest *request;
  guint       n_read;
} Fuzz;

static void fuzz (Fuzz     *self,
                  JsonNode *node);

static void
fuzz_read (Fuzz       *self,
           const char *text,
           guint       status)
{
  g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (status, text);

  self->func (reply, self->request);
  self->n_read++;
}

static void
fuzz_member (Fuzz       *self,
             JsonObject *object,
             const char *name)
{
  static const char *const others[] = {
    "null", "true", "-7", "1e300", "\"\"", "\"a text\"", "[]", "[null, [], \"a\"]",
    "{\"code\": 1, \"message\": [], \"status\": {}}",
  };
  g_autoptr(JsonNode) original = json_node_copy (json_object_get_member (object, name));

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = NULL;

      json_object_set_member (object, name, json_from_string (others[i], NULL));
      text = json_to_string (self->root, FALSE);
      fuzz_read (self, text, self->n_read % 2 == 0 ? 200 : 400);
    }

  json_object_set_member (object, name, g_steal_pointer (&original));
  fuzz (self, json_object_get_member (object, name));
}

static void
fuzz_object (Fuzz       *self,
             JsonObject *object)
{
  g_autoptr(GList) members = json_object_get_members (object);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  /* The names are the object's own, and go where a member is set anew. */
  for (GList *l = members; l != NULL; l = l->next)
    g_ptr_array_add (names, g_strdup (l->data));
  for (guint i = 0; i < names->len; i++)
    fuzz_member (self, object, g_ptr_array_index (names, i));
}

static void
fuzz (Fuzz     *self,
      JsonNode *node)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    fuzz_object (self, json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    fuzz (self, json_array_get_element (array, i));
}

/* Each member of each reply in turn is of each type. */
static void
test_runware_fuzz (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "runware", NULL);
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr(WireFixture) fixture = new_guide_fixture ();
  const char *name;
  guint n_read = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr(JsonNode) root = wire_fixture_load ("runware", name);
      Fuzz self = { root, find_reader (name), fixture->request, 0 };

      /* That one is what we say. */
      if (g_str_equal (name, "create.json"))
        continue;
      fuzz (&self, root);
      n_read += self.n_read;
    }

  g_test_message ("%u replies", n_read);
  g_assert_cmpuint (n_read, >, 1000);
}

/* Cut off at any byte. */
static void
test_runware_cut (void)
{
  static const char *const names[] = { "mixed.json", "details-failed.json", "account-plain.json", "upload-older.json" };
  g_autoptr(WireFixture) fixture = new_guide_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = load_text (names[i]);
      Fuzz self = { NULL, find_reader (names[i]), fixture->request, 0 };

      for (gsize length = strlen (text); length > 0; length--)
        {
          text[length - 1] = '\0';
          fuzz_read (&self, text, length % 2 == 0 ? 200 : 503);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/runware/create", test_runware_create);
  g_test_add_func ("/runware/create-with-files", test_runware_create_with_files);
  g_test_add_func ("/runware/create-fields", test_runware_create_fields);
  g_test_add_func ("/runware/create-unknown-fields", test_runware_create_unknown_fields);
  g_test_add_func ("/runware/dry-run", test_runware_dry_run);
  g_test_add_func ("/runware/questions", test_runware_questions);
  g_test_add_func ("/runware/upload", test_runware_upload);
  g_test_add_func ("/runware/read-upload", test_runware_read_upload);
  g_test_add_func ("/runware/read-create", test_runware_read_create);
  g_test_add_func ("/runware/read-progress", test_runware_read_progress);
  g_test_add_func ("/runware/read-done", test_runware_read_done);
  g_test_add_func ("/runware/read-mixed", test_runware_read_mixed);
  g_test_add_func ("/runware/read-details", test_runware_read_details);
  g_test_add_func ("/runware/create-errors", test_runware_create_errors);
  g_test_add_func ("/runware/create-statuses", test_runware_create_statuses);
  g_test_add_func ("/runware/error-shapes", test_runware_error_shapes);
  g_test_add_func ("/runware/question-errors", test_runware_question_errors);
  g_test_add_func ("/runware/gone", test_runware_gone);
  g_test_add_func ("/runware/unlisted", test_runware_unlisted);
  g_test_add_func ("/runware/wait", test_runware_wait);
  g_test_add_func ("/runware/cost", test_runware_cost);
  g_test_add_func ("/runware/balance", test_runware_balance);
  g_test_add_func ("/runware/fuzz", test_runware_fuzz);
  g_test_add_func ("/runware/cut", test_runware_cut);

  return g_test_run ();
}
