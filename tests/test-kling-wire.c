/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's dialect: what is asked, whatever is answered. */

#include "config.h"

#include "kling/dio-kling-account.h"
#include "kling/dio-kling-jwt.h"
#include "kling/dio-kling-model.h"
#include "kling/dio-kling-reply.h"
#include "kling/dio-kling-wire.h"
#include "wire-fixture.h"

#include <string.h>

#define TOKEN "sk-0123456789abcdef"

/* The errors of the documents: status of HTTP, code, and what each means to a
 * create and to a question. */
static const struct
{
  guint    status;
  int      code;
  DioError error;
  gboolean retry_create;
  gboolean retry_query;
} errors[] = {
  { 401, 1000, DIO_ERROR_AUTH, FALSE, FALSE },
  { 401, 1001, DIO_ERROR_AUTH, FALSE, FALSE },
  { 401, 1002, DIO_ERROR_AUTH, FALSE, FALSE },
  { 401, 1003, DIO_ERROR_AUTH, FALSE, FALSE },
  { 401, 1004, DIO_ERROR_AUTH, FALSE, FALSE },
  { 429, 1100, DIO_ERROR_PERMISSION, FALSE, FALSE },
  { 429, 1101, DIO_ERROR_CREDIT, FALSE, FALSE },
  { 429, 1102, DIO_ERROR_CREDIT, FALSE, FALSE },
  { 403, 1103, DIO_ERROR_PERMISSION, FALSE, FALSE },
  { 400, 1200, DIO_ERROR_INVALID, FALSE, FALSE },
  { 400, 1201, DIO_ERROR_INVALID, FALSE, FALSE },
  { 404, 1202, DIO_ERROR_NOT_FOUND, FALSE, FALSE },
  { 404, 1203, DIO_ERROR_NOT_FOUND, FALSE, FALSE },
  { 400, 1300, DIO_ERROR_REFUSED, FALSE, FALSE },
  { 400, 1301, DIO_ERROR_REFUSED, FALSE, FALSE },
  { 429, 1302, DIO_ERROR_BUSY, TRUE, TRUE },
  { 429, 1303, DIO_ERROR_BUSY, TRUE, TRUE },
  { 429, 1304, DIO_ERROR_PERMISSION, FALSE, FALSE },
  { 500, 5000, DIO_ERROR_SERVER, FALSE, TRUE },
  { 503, 5001, DIO_ERROR_SERVER, TRUE, TRUE },
  { 504, 5002, DIO_ERROR_SERVER, FALSE, TRUE },
  /* Codes that no document has: the status tells. */
  { 429, 1399, DIO_ERROR_BUSY, TRUE, TRUE },
  { 400, 1999, DIO_ERROR_INVALID, FALSE, FALSE },
};

static void
test_models (void)
{
  static const struct { const char *name; double minimum, maximum, step; } numbers[] = {
    { "n", 1, 9, 1 },
  };
  static const char *const ratios[] = { "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9" };

  for (guint i = 0; i < DIO_KLING_N_MODELS; i++)
    {
      const DioModelSpec *spec = &dio_kling_models[i];
      g_autoptr(DioModelInfo) model = dio_model_info_new ("kling", spec);
      const DioParameter *ratio = dio_model_info_find_parameter (model, "aspect_ratio");

      wire_fixture_assert_limits (spec);
      g_assert_true (dio_kling_find_model (spec->id) == spec);
      g_assert_cmpuint (spec->max_of_role[DIO_ROLE_SUBJECT], ==, 4);
      g_assert_cmpuint (spec->max_of_role[DIO_ROLE_SCENE], ==, 1);
      g_assert_cmpuint (spec->max_of_role[DIO_ROLE_STYLE], ==, 1);
      g_assert_cmpuint (spec->max_prompt, ==, 2500);

      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        {
          const DioParameter *parameter = dio_model_info_find_parameter (model, numbers[j].name);

          g_assert_cmpfloat (parameter->minimum, ==, numbers[j].minimum);
          g_assert_cmpfloat (parameter->maximum, ==, numbers[j].maximum);
          g_assert_cmpfloat (parameter->step, ==, numbers[j].step);
        }

      g_assert_cmpuint (ratio->n_choices, ==, G_N_ELEMENTS (ratios));
      for (guint j = 0; j < G_N_ELEMENTS (ratios); j++)
        g_assert_cmpstr (ratio->choices[j].value, ==, ratios[j]);

      g_assert_null (dio_model_info_find_parameter (model, "seed"));
      g_assert_nonnull (dio_model_info_find_parameter (model, "callback_url"));
      g_assert_nonnull (dio_model_info_find_parameter (model, "external_task_id"));
    }

  g_assert_null (dio_kling_find_model ("kling-v3"));
}

static void
test_prompt_limit (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("kling", &dio_kling_models[0]);
  g_autoptr(GError) error = NULL;
  g_autofree char *longest = g_strnfill (2500, 'a');
  g_autofree char *longer = g_strnfill (2501, 'a');

  g_assert_true (dio_model_info_check_prompt (model, "", NULL));
  g_assert_true (dio_model_info_check_prompt (model, longest, NULL));
  g_assert_false (dio_model_info_check_prompt (model, longer, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
assert_create (WireFixture      *fixture,
               const DioAccount *account,
               const char       *name)
{
  g_autoptr(JsonNode) wanted = wire_fixture_load ("kling", name);
  g_autoptr(JsonNode) found = NULL;
  g_autoptr(DioHttpRequest) http = NULL;
  g_autoptr(GError) error = NULL;

  http = dio_kling_make_create (fixture->request, account, TOKEN, fixture->photos, fixture->n_photos, &error);
  g_assert_no_error (error);
  found = dio_http_request_to_json (http);
  wire_fixture_assert_json (found, wanted);
  wire_fixture_assert_hidden (http, TOKEN);
  g_assert_cmpstr (g_hash_table_lookup (http->headers, "Authorization"), ==, "Bearer " TOKEN);
}

static void
test_create_plain (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_kling_models[0], "watch/subject", "@watch", "");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "shop");

  assert_create (fixture, account, "request-plain.json");
}

static void
test_create_full (void)
{
  g_autoptr(WireFixture) fixture =
    wire_fixture_new (&dio_kling_models[1],
                      "table/scene watch/subject cup/subject painting/style lamp/subject shoe/subject",
                      "@watch and @cup on the @table in the style of @painting, beside @lamp and @shoe",
                      "n=9 aspect_ratio=21:9 callback_url=https://shop.example/done external_task_id=order-7");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "own");

  account->kind = g_strdup ("official");
  fixture->photos[2].address = "https://pictures.example/cup.png";
  assert_create (fixture, account, "request-full.json");
}

/* As it is sent, base64 stands without a prefix. */
static void
test_create_bytes (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_kling_models[0], "watch/subject", "", "");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "shop");
  g_autoptr(DioHttpRequest) http = NULL;
  g_autoptr(JsonNode) body = NULL;
  g_autofree char *text = NULL;

  http = dio_kling_make_create (fixture->request, account, TOKEN, fixture->photos, 1, NULL);
  body = wire_fixture_read_body (http);
  text = json_to_string (body, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"model_name\":\"kling-v2-1\",\"subject_image_list\":[{\"subject_image\":\"YSBwaG90bw==\"}],"
                   "\"n\":1,\"external_task_id\":\"" WIRE_FIXTURE_ID "\"}");
}

static void
assert_no_create (WireFixture      *fixture,
                  const DioAccount *account)
{
  g_autoptr(DioHttpRequest) http = NULL;
  g_autoptr(GError) error = NULL;

  http = dio_kling_make_create (fixture->request, account, TOKEN, fixture->photos, fixture->n_photos, &error);
  g_assert_null (http);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_create_refused (void)
{
  g_autofree char *filling = g_strnfill (2500 - strlen ("@watch"), ' ');
  g_autofree char *prompt = g_strconcat ("@watch", filling, NULL);
  g_autoptr(WireFixture) scene = wire_fixture_new (&dio_kling_models[0], "table/scene", "", "");
  g_autoptr(WireFixture) nothing = wire_fixture_new (&dio_kling_models[0], "", "a watch", "");
  g_autoptr(WireFixture) grown = wire_fixture_new (&dio_kling_models[0], "watch/subject", prompt, "");
  g_autoptr(WireFixture) plain = wire_fixture_new (&dio_kling_models[0], "watch/subject", "", "");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "shop");

  assert_no_create (scene, account);
  assert_no_create (nothing, account);
  assert_no_create (grown, account);

  account->kind = g_strdup ("custom");
  assert_no_create (plain, account);
  g_free (account->kind);
  account->kind = g_strdup ("of another version");
  assert_no_create (plain, account);
}

/* The bench keeps the fifth subject back; a caller that does not is told. */
/* What is wrong is said before a photo is prepared. */
static void
test_check (void)
{
  g_autoptr(WireFixture) right = wire_fixture_new (&dio_kling_models[0], "watch/subject table/scene", "a @watch", "");
  g_autoptr(WireFixture) without = wire_fixture_new (&dio_kling_models[0], "table/scene", "a table", "");
  g_autoptr(GError) error = NULL;

  g_assert_true (dio_kling_check (right->request, &error));
  g_assert_no_error (error);
  g_assert_false (dio_kling_check (without->request, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_create_too_many (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_kling_models[0], "a1/subject b1/subject", "", "");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "shop");
  DioWirePhoto photos[5];
  g_autoptr(DioHttpRequest) four = NULL;
  g_autoptr(DioHttpRequest) five = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    photos[i] = fixture->photos[0];

  four = dio_kling_make_create (fixture->request, account, TOKEN, photos, 4, &error);
  g_assert_no_error (error);
  g_assert_nonnull (four);
  five = dio_kling_make_create (fixture->request, account, TOKEN, photos, 5, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_null (five);
}

static void
assert_question (DioHttpRequest *http,
                 const char     *url)
{
  g_assert_cmpstr (http->method, ==, "GET");
  g_assert_cmpstr (http->url, ==, url);
  g_assert_null (http->body);
  wire_fixture_assert_hidden (http, TOKEN);
}

static void
test_questions (void)
{
  g_autoptr(WireFixture) fixture = wire_fixture_new (&dio_kling_models[0], "watch/subject", "", "");
  g_autoptr(WireFixture) typed = wire_fixture_new (&dio_kling_models[0], "watch/subject", "", "external_task_id=a/b");
  g_autoptr(DioAccount) account = dio_account_new ("kling", "shop");
  g_autoptr(DioHttpRequest) query = NULL;
  g_autoptr(DioHttpRequest) ours = NULL;
  g_autoptr(DioHttpRequest) theirs = NULL;
  g_autoptr(DioHttpRequest) test = NULL;

  account->kind = g_strdup ("custom");
  account->endpoint = g_strdup ("https://gate.example/v1/");
  query = dio_kling_make_query (account, TOKEN, "CjM/a+b==", NULL);
  ours = dio_kling_make_query_by_external_id (fixture->request, account, TOKEN, NULL);
  theirs = dio_kling_make_query_by_external_id (typed->request, account, TOKEN, NULL);
  test = dio_kling_make_test (account, TOKEN, NULL);

#define URL "https://gate.example/v1/kling/v1/images/multi-image2image/"
  assert_question (query, URL "CjM%2Fa%2Bb%3D%3D");
  assert_question (ours, URL WIRE_FIXTURE_ID);
  assert_question (theirs, URL "a%2Fb");
  assert_question (test, URL "diorama-connection-test");
#undef URL
}

/* Computed with openssl dgst -sha256 -hmac. */
static void
test_jwt (void)
{
  g_autoptr(DioAccount) account = dio_account_new ("kling", "own");
  g_autofree char *token = NULL;
  g_autofree char *of_account = NULL;
  g_autofree char *of_other = NULL;
  g_autofree char *of_reseller = NULL;
  g_autofree char *with_dash = dio_kling_jwt_sign ("AK-5", "SK", 1700000000);

  token = dio_kling_jwt_sign ("AK-0123456789", "SK-abcdefghij", 1700000000);
  g_assert_cmpstr (token, ==,
                   "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                   "eyJpc3MiOiJBSy0wMTIzNDU2Nzg5IiwiZXhwIjoxNzAwMDAxODAwLCJuYmYiOjE2OTk5OTk5OTV9."
                   "US17gRj68l0CnDfSI7uv5AItde7cfaeJvDb13F_Kvfc");
  g_assert_true (g_str_has_suffix (with_dash, ".i_iD2IdqfgZILjio6hbhMajDDqNYGdpj-4S-4gW21FY"));

  account->kind = g_strdup ("official");
  of_account = dio_kling_make_token (account, " AK-0123456789:SK-abcdefghij\n", 1700000000);
  g_assert_cmpstr (of_account, ==, token);
  of_other = dio_kling_make_token (account, "one-piece", 1700000000);
  g_assert_cmpstr (of_other, ==, "one-piece");

  g_free (account->kind);
  account->kind = NULL;
  of_reseller = dio_kling_make_token (account, "a:b\n", 1700000000);
  g_assert_cmpstr (of_reseller, ==, "a:b");
}

static void
test_clock (void)
{
  static const struct { const char *date; gboolean tells; gint64 offset; } dates[] = {
    { "Tue, 14 Nov 2023 22:13:20 GMT", TRUE, 0 },
    { "Tue, 14 Nov 2023 22:23:20 GMT", TRUE, 600 },
    { "Tue, 14 Nov 2023 21:13:20 GMT", TRUE, -3600 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", TRUE, -1700000000 },
    { "Tue, 31 Feb 2023 22:13:20 GMT", FALSE, 0 },
    { "Tue, 14 ovD 2023 22:13:20 GMT", FALSE, 0 },
    { "Tue, 14 Nov 2023 22:13:99 GMT", FALSE, 0 },
    { "Tue, 14 N 2023 22:13:20 GMT", FALSE, 0 },
    { "2023-11-14T22:13:20Z", FALSE, 0 },
    { "", FALSE, 0 },
    { NULL, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (401, "{\"code\":1004}");
      gint64 offset = 0;

      if (dates[i].date != NULL)
        g_hash_table_insert (reply->headers, g_strdup ("date"), g_strdup (dates[i].date));
      g_assert_cmpint (dio_kling_jwt_read_clock (reply, 1700000000, &offset), ==, dates[i].tells);
      g_assert_cmpint (offset, ==, dates[i].offset);
    }
}

static void
read_create_case (WireFixtureCase *one)
{
  g_autoptr(DioWireReply) reply = dio_kling_read_create (one->reply);

  wire_fixture_assert_reply (reply, json_object_get_object_member (one->object, "is"));
}

static void
read_query_case (WireFixtureCase *one)
{
  g_autoptr(DioWireReply) reply = dio_kling_read_query (one->reply);

  wire_fixture_assert_reply (reply, json_object_get_object_member (one->object, "is"));
}

static void
test_replies (void)
{
  wire_fixture_for_each ("kling", "create.json", read_create_case);
  wire_fixture_for_each ("kling", "gateway-errors.json", read_create_case);
  wire_fixture_for_each ("kling", "query.json", read_query_case);
}

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"code\":%d,\"message\":\"in their words\",\"request_id\":\"r\",\"data\":null}", errors[i].code);
      g_autoptr(DioHttpReply) http = wire_fixture_make_reply (errors[i].status, text);
      g_autoptr(DioWireReply) create = dio_kling_read_create (http);
      g_autoptr(DioWireReply) query = dio_kling_read_query (http);

      g_test_message ("code %d", errors[i].code);
      wire_fixture_assert_sound (create);
      wire_fixture_assert_sound (query);
      g_assert_error (query->error, DIO_ERROR, (int) errors[i].error);
      if (errors[i].code == 5002)
        g_assert_error (create->error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN);
      else
        g_assert_error (create->error, DIO_ERROR, (int) errors[i].error);
      g_assert_cmpint (create->retryable, ==, errors[i].retry_create);
      g_assert_cmpint (query->retryable, ==, errors[i].retry_query);
      g_assert_cmpstr (create->raw, ==, "in their words");
      g_assert_cmpint (dio_kling_tells_clock (http), ==, errors[i].code == 1003 || errors[i].code == 1004);
      g_assert_cmpint (strstr (query->error->message, "clock") != NULL, ==, dio_kling_tells_clock (http));
      g_assert_null (strstr (query->error->message, "in their words"));
    }
}

/* Nothing is deducted yet while it is made; in the end, nothing is what is paid. */
static void
test_units (void)
{
  static const struct { const char *task; DioBilled billed; } tasks[] = {
    { "\"task_status\":\"submitted\"", DIO_BILLED_UNKNOWN },
    { "\"task_status\":\"processing\"", DIO_BILLED_UNKNOWN },
    { "\"task_status\":\"failed\"", DIO_BILLED_NO },
    { "\"task_status\":\"succeed\",\"task_result\":{\"images\":[{\"index\":0,\"url\":\"https://x/1\"}]}", DIO_BILLED_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"code\":0,\"data\":{\"task_id\":\"1\",\"final_unit_deduction\":\"0\",%s}}", tasks[i].task);
      g_autoptr(DioHttpReply) http = wire_fixture_make_reply (200, text);
      g_autoptr(DioWireReply) query = dio_kling_read_query (http);

      g_test_message ("%s", tasks[i].task);
      g_assert_cmpint (query->billed, ==, tasks[i].billed);
    }
}

static void
test_key (void)
{
  static const struct { guint status; const char *text; DioKeyVerdict key; } replies[] = {
    { 401, "{\"code\":1000,\"message\":\"x\"}", DIO_KEY_REFUSED },
    { 401, "{\"code\":1002}", DIO_KEY_REFUSED },
    { 401, "{\"code\":1004}", DIO_KEY_REFUSED },
    { 200, "{\"code\":1001}", DIO_KEY_REFUSED },
    { 401, "<html></html>", DIO_KEY_REFUSED },
    { 401, "{\"error\":{\"message\":\"x\",\"code\":\"invalid_api_key\"}}", DIO_KEY_REFUSED },
    { 404, "{\"code\":1203}", DIO_KEY_ACCEPTED },
    { 404, "{\"code\":1202}", DIO_KEY_ACCEPTED },
    { 400, "{\"code\":1201,\"message\":\"task id\"}", DIO_KEY_ACCEPTED },
    { 404, "{\"error\":{\"message\":\"no task\"}}", DIO_KEY_ACCEPTED },
    { 404, "<html></html>", DIO_KEY_UNKNOWN },
    { 200, "{\"code\":0,\"data\":null}", DIO_KEY_UNKNOWN },
    { 500, "{\"code\":5000}", DIO_KEY_UNKNOWN },
    { 429, "{\"code\":1302}", DIO_KEY_UNKNOWN },
    { 200, "", DIO_KEY_UNKNOWN },
    { 302, "", DIO_KEY_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (replies[i].status, replies[i].text);

      g_test_message ("%u %s", replies[i].status, replies[i].text);
      g_assert_cmpint (dio_kling_read_test (reply), ==, replies[i].key);
    }
}

static void
fuzz (DioHttpReply *http)
{
  g_autoptr(DioWireReply) create = dio_kling_read_create (http);
  g_autoptr(DioWireReply) query = dio_kling_read_query (http);

  wire_fixture_assert_sound (create);
  wire_fixture_assert_sound (query);
  g_assert_cmpint (dio_kling_read_test (http), <=, DIO_KEY_REFUSED);
  dio_kling_tells_clock (http);
}

static void
test_fuzz (void)
{
  wire_fixture_fuzz ("kling", "create.json", fuzz);
  wire_fixture_fuzz ("kling", "gateway-errors.json", fuzz);
  wire_fixture_fuzz ("kling", "query.json", fuzz);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kling-wire/models", test_models);
  g_test_add_func ("/kling-wire/prompt-limit", test_prompt_limit);
  g_test_add_func ("/kling-wire/create/plain", test_create_plain);
  g_test_add_func ("/kling-wire/create/full", test_create_full);
  g_test_add_func ("/kling-wire/create/bytes", test_create_bytes);
  g_test_add_func ("/kling-wire/create/refused", test_create_refused);
  g_test_add_func ("/kling-wire/create/too-many", test_create_too_many);
  g_test_add_func ("/kling-wire/check", test_check);
  g_test_add_func ("/kling-wire/questions", test_questions);
  g_test_add_func ("/kling-wire/jwt", test_jwt);
  g_test_add_func ("/kling-wire/clock", test_clock);
  g_test_add_func ("/kling-wire/replies", test_replies);
  g_test_add_func ("/kling-wire/errors", test_errors);
  g_test_add_func ("/kling-wire/units", test_units);
  g_test_add_func ("/kling-wire/key", test_key);
  g_test_add_func ("/kling-wire/fuzz", test_fuzz);

  return g_test_run ();
}
