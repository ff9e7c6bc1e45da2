/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's dialect: what is asked, whatever is answered. */

#include "config.h"

#include "dio-json.h"
#include "modelslab/dio-modelslab-model.h"
#include "modelslab/dio-modelslab-reply.h"
#include "modelslab/dio-modelslab-wire.h"
#include "wire-fixture.h"

#include <string.h>

#define KEY "k-0123456789abcdef"

static void
test_model (void)
{
  static const struct { const char *name; double minimum, maximum, step, fallback; } numbers[] = {
    { "width", 1024, 2048, 32, 2048 },
    { "height", 1024, 2048, 32, 2048 },
    { "seed", 0, 4294967295.0, 1, 0 },
    { "samples", 1, 4, 1, 1 },
    { "noise_scale_start", 0, 30, 0.1, 7.5 },
    { "noise_scale_end", 0, 30, 0.1, 7.5 },
    { "noise_clip_std", 0, 10, 0.1, 2.5 },
  };
  static const char *const others[] = { "negative_prompt", "watermark", "temp", "base64", "webhook", "track_id" };
  g_autoptr(DioModelInfo) model = dio_model_info_new ("modelslab", &dio_modelslab_model);

  wire_fixture_assert_limits (&dio_modelslab_model);
  g_assert_cmpuint (dio_modelslab_model.n_parameters, ==, G_N_ELEMENTS (numbers) + G_N_ELEMENTS (others));

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const DioParameter *parameter = dio_model_info_find_parameter (model, numbers[i].name);

      g_assert_cmpfloat (parameter->minimum, ==, numbers[i].minimum);
      g_assert_cmpfloat (parameter->maximum, ==, numbers[i].maximum);
      g_assert_cmpfloat (parameter->step, ==, numbers[i].step);
      g_assert_cmpfloat (parameter->fallback, ==, numbers[i].fallback);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_nonnull (dio_model_info_find_parameter (model, others[i]));

  g_assert_cmpuint (dio_modelslab_model.max_references, ==, 0);
  g_assert_false (dio_model_info_check_prompt (model, "", NULL));
}

static void
assert_request (DioHttpRequest *http,
                const char     *name)
{
  g_autoptr(JsonNode) wanted = wire_fixture_load ("modelslab", name);
  g_autoptr(JsonNode) found = dio_http_request_to_json (http);

  wire_fixture_assert_json (found, wanted);
  wire_fixture_assert_hidden (http, KEY);
}

static void
test_create_text (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_modelslab_model, "", "a watch", "seed=7");
  g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
  g_autoptr(DioHttpRequest) http = NULL;
  g_autoptr(JsonNode) body = NULL;
  g_autoptr(GError) error = NULL;

  http = dio_modelslab_make_create (fixture->request, account, KEY, NULL, 0, &error);
  g_assert_no_error (error);
  assert_request (http, "request-text.json");

  body = wire_fixture_read_body (http);
  g_assert_cmpstr (dio_json_get_string (json_node_get_object (body), "key"), ==, KEY);
}

static void
test_create_references (void)
{
  g_autoptr(WireFixture) fixture =
    wire_fixture_new (&dio_modelslab_model, "watch/subject table/scene painting/style", "@watch on @table",
                      "negative_prompt=hands width=1024 height=1504 samples=4 seed=0 noise_scale_start=0 "
                      "noise_scale_end=30 noise_clip_std=3.1 watermark=yes temp=yes base64=yes "
                      "webhook=https://shop.example/done track_id=order-7");
  g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
  g_autoptr(DioHttpRequest) http = NULL;
  g_autoptr(GError) error = NULL;

  account->endpoint = g_strdup ("https://lab.example:8443/prefix/");
  http = dio_modelslab_make_create (fixture->request, account, KEY, fixture->photos, 3, &error);
  g_assert_null (http);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);

  fixture->photos[0].address = "https://up.example/watch";
  fixture->photos[1].address = "https://up.example/table";
  fixture->photos[2].address = "https://up.example/painting";
  http = dio_modelslab_make_create (fixture->request, account, KEY, fixture->photos, 3, &error);
  g_assert_no_error (error);
  assert_request (http, "request-references.json");
}

static void
test_upload (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_modelslab_model, "watch/subject", "x", "");
  g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
  g_autoptr(DioHttpRequest) http = dio_modelslab_make_upload (account, KEY, &fixture->photos[0]);
  g_autoptr(JsonNode) body = wire_fixture_read_body (http);

  assert_request (http, "request-upload.json");
  g_assert_cmpstr (dio_json_get_string (json_node_get_object (body), "base64_string"), ==,
                   "data:image/jpeg;base64,YSBwaG90bw==");
}

/* An upload address of the person's own gets the key at the account's host alone. */
static void
test_upload_elsewhere (void)
{
  static const struct { const char *url; gboolean key; } addresses[] = {
    { "https://modelslab.com/api/v6/image_editing/base64_to_url", TRUE },
    { "https://MODELSLAB.com:443/api", TRUE },
    { "https://modelslab.com.evil.example/api", FALSE },
    { "https://modelslab.com@evil.example/api", FALSE },
    { "https://modelslab.com:8443/api", FALSE },
    { "http://modelslab.com/api", FALSE },
    { "https://own.example/upload", FALSE },
    { "no address", FALSE },
  };
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_modelslab_model, "watch/subject", "x", "");

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
      g_autoptr(DioHttpRequest) http = NULL;
      g_autoptr(JsonNode) body = NULL;

      account->upload_url = g_strdup (addresses[i].url);
      http = dio_modelslab_make_upload (account, KEY, &fixture->photos[0]);
      body = wire_fixture_read_body (http);
      g_assert_cmpstr (http->url, ==, addresses[i].url);
      g_assert_cmpint (json_object_has_member (json_node_get_object (body), "key"), ==, addresses[i].key);
    }
}

static void
test_fetch_url (void)
{
#define FETCH "/api/v1/enterprise/nano_banana/fetch/"
  static const struct { const char *endpoint; const char *remote_id; const char *url; } fetches[] = {
    { NULL, "134686749", "https://modelslab.com" FETCH "134686749" },
    { NULL, "a/b?c", "https://modelslab.com" FETCH "a%2Fb%3Fc" },
    { "https://lab.example/x", "9", "https://lab.example/x" FETCH "9" },
    /* An address is asked at the account's host alone; elsewhere it gives the id. */
    { NULL, "https://modelslab.com/api/v6/realtime/fetch/9", "https://modelslab.com/api/v6/realtime/fetch/9" },
    { NULL, "https://evil.example/api/v6/realtime/fetch/9", "https://modelslab.com" FETCH "9" },
    { NULL, "https://modelslab.com@evil.example/fetch/9", "https://modelslab.com" FETCH "9" },
    { NULL, "https://modelslab.com.evil.example/fetch/9?key=1#x", "https://modelslab.com" FETCH "9" },
    { NULL, "https://user@modelslab.com/fetch/9", "https://modelslab.com" FETCH "9" },
    { NULL, "http://modelslab.com/fetch/9", "https://modelslab.com" FETCH "9" },
    { "https://lab.example", "https://modelslab.com/fetch/9", "https://lab.example" FETCH "9" },
    { "https://lab.example", "https://lab.example/fetch/9", "https://lab.example/fetch/9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fetches); i++)
    {
      g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
      g_autoptr(DioHttpRequest) http = NULL;

      account->endpoint = g_strdup (fetches[i].endpoint);
      http = dio_modelslab_make_fetch (account, KEY, fetches[i].remote_id);
      g_assert_cmpstr (http->url, ==, fetches[i].url);
      g_assert_cmpstr (http->method, ==, "POST");
      wire_fixture_assert_hidden (http, KEY);
    }
#undef FETCH
}

static void
test_questions (void)
{
  g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");
  g_autoptr(DioHttpRequest) fetch = dio_modelslab_make_fetch (account, KEY, "134686749");
  g_autoptr(DioHttpRequest) past = dio_modelslab_make_past_outputs (account, KEY, 2);
  g_autoptr(DioHttpRequest) balance = dio_modelslab_make_balance (account, KEY);

  assert_request (fetch, "request-fetch.json");
  assert_request (past, "request-past-outputs.json");
  assert_request (balance, "request-balance.json");
}

static void
read_create_case (WireFixtureCase *one)
{
  g_autoptr(DioWireReply) reply = dio_modelslab_read_create (one->reply);

  wire_fixture_assert_reply (reply, json_object_get_object_member (one->object, "is"));
  g_assert_true (reply->raw == NULL || reply->error == NULL || strstr (reply->error->message, reply->raw) == NULL);
}

static void
read_fetch_case (WireFixtureCase *one)
{
  g_autoptr(DioWireReply) reply = dio_modelslab_read_fetch (one->reply);

  wire_fixture_assert_reply (reply, json_object_get_object_member (one->object, "is"));
}

static void
test_replies (void)
{
  wire_fixture_for_each ("modelslab", "shapes.json", read_create_case);
  wire_fixture_for_each ("modelslab", "shapes.json", read_fetch_case);
  wire_fixture_for_each ("modelslab", "create.json", read_create_case);
  wire_fixture_for_each ("modelslab", "fetch.json", read_fetch_case);
}

static void
assert_class (GError     *error,
              JsonObject *is)
{
  const char *wanted = dio_json_get_string (is, "error");

  if (wanted == NULL)
    g_assert_no_error (error);
  else
    g_assert_cmpstr (dio_error_get_nick (error->code), ==, wanted);
}

static void
read_upload_case (WireFixtureCase *one)
{
  JsonObject *is = json_object_get_object_member (one->object, "is");
  g_autoptr(GError) error = NULL;
  g_autofree char *address = dio_modelslab_read_upload (one->reply, &error);

  assert_class (error, is);
  g_assert_cmpstr (address, ==, dio_json_get_string (is, "address"));
}

/* A job as its id and its addresses. */
static JsonNode *
describe_jobs (GPtrArray *jobs)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < jobs->len; i++)
    {
      DioWireReply *job = g_ptr_array_index (jobs, i);

      g_assert_cmpint (job->state == DIO_WIRE_DONE, ==, job->pictures->len > 0);
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, job->remote_id);
      for (guint j = 0; j < job->pictures->len; j++)
        json_builder_add_string_value (builder, ((DioWirePicture *) g_ptr_array_index (job->pictures, j))->data);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);

  return json_builder_get_root (builder);
}

static void
read_past_case (WireFixtureCase *one)
{
  JsonObject *is = json_object_get_object_member (one->object, "is");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jobs = dio_modelslab_read_past_outputs (one->reply, &error);
  g_autoptr(JsonNode) found = NULL;

  assert_class (error, is);
  if (jobs == NULL)
    return;

  found = describe_jobs (jobs);
  wire_fixture_assert_json (found, json_object_get_member (is, "jobs"));
}

static void
read_balance_case (WireFixtureCase *one)
{
  JsonObject *is = json_object_get_object_member (one->object, "is");
  g_autoptr(GError) error = NULL;
  g_autofree char *currency = NULL;
  double balance = 0;
  gboolean tells = dio_modelslab_read_balance (one->reply, &balance, &currency, &error);

  assert_class (error, is);
  g_assert_cmpint (tells, ==, error == NULL);
  g_assert_cmpfloat (balance, ==, dio_json_get_number (is, "balance", 0));
  g_assert_cmpstr (currency, ==, dio_json_get_string (is, "currency"));
}

static void
test_other_replies (void)
{
  wire_fixture_for_each ("modelslab", "upload.json", read_upload_case);
  wire_fixture_for_each ("modelslab", "past-outputs.json", read_past_case);
  wire_fixture_for_each ("modelslab", "balance.json", read_balance_case);
}

static void
fuzz (DioHttpReply *http)
{
  g_autoptr(DioWireReply) create = dio_modelslab_read_create (http);
  g_autoptr(DioWireReply) fetch = dio_modelslab_read_fetch (http);
  g_autoptr(GError) error = NULL;
  g_autofree char *address = dio_modelslab_read_upload (http, &error);
  g_autoptr(GPtrArray) jobs = NULL;
  g_autofree char *currency = NULL;
  double balance;

  wire_fixture_assert_sound (create);
  wire_fixture_assert_sound (fetch);
  g_assert_true ((address == NULL) == (error != NULL));
  g_clear_error (&error);
  jobs = dio_modelslab_read_past_outputs (http, &error);
  g_assert_true ((jobs == NULL) == (error != NULL));
  g_clear_error (&error);
  g_assert_true (dio_modelslab_read_balance (http, &balance, &currency, &error) == (error == NULL));
}

static void
test_fuzz (void)
{
  wire_fixture_fuzz ("modelslab", "shapes.json", fuzz);
  wire_fixture_fuzz ("modelslab", "create.json", fuzz);
  wire_fixture_fuzz ("modelslab", "fetch.json", fuzz);
  wire_fixture_fuzz ("modelslab", "upload.json", fuzz);
  wire_fixture_fuzz ("modelslab", "past-outputs.json", fuzz);
  wire_fixture_fuzz ("modelslab", "balance.json", fuzz);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/modelslab-wire/model", test_model);
  g_test_add_func ("/modelslab-wire/create/text", test_create_text);
  g_test_add_func ("/modelslab-wire/create/references", test_create_references);
  g_test_add_func ("/modelslab-wire/upload", test_upload);
  g_test_add_func ("/modelslab-wire/upload-elsewhere", test_upload_elsewhere);
  g_test_add_func ("/modelslab-wire/fetch-url", test_fetch_url);
  g_test_add_func ("/modelslab-wire/questions", test_questions);
  g_test_add_func ("/modelslab-wire/replies", test_replies);
  g_test_add_func ("/modelslab-wire/other-replies", test_other_replies);
  g_test_add_func ("/modelslab-wire/fuzz", test_fuzz);

  return g_test_run ();
}
