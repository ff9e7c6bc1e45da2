/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: who is let in, ids that are sent twice, slots, and what
 * is not kept. */

#include "config.h"

#include "provider-server-fixture.h"

#define NANO_BANANA "/api/v1/enterprise/nano_banana/"
#define RESELLER    "/kling/v1/images/multi-image2image"
#define OFFICIAL    "/v1/images/multi-image2image"
#define TASK        "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"
#define KEY         "\"key\":\"" DIO_PROVIDER_SERVER_KEY "\""

static void
test_server_keys (ProviderFixture *fixture,
                  gconstpointer    data)
{
  const char *account = "[{\"taskType\":\"accountManagement\",\"taskUUID\":\"" TASK "\",\"operation\":\"getDetails\"}]";
  const char *both = "[{\"taskType\":\"authentication\",\"apiKey\":\"" DIO_PROVIDER_SERVER_KEY "\"}]";
  const struct
  {
    const char *method;
    const char *path;
    const char *authorization;
    const char *body;
    guint       status;
    int         code;
  } cases[] = {
    { "POST", "/api/wallet_balance", NULL, "{" KEY "}", 200, -1 },
    { "POST", "/api/wallet_balance", NULL, "{\"key\":\"other\"}", 401, -1 },
    { "POST", "/api/wallet_balance", BEARER, "{}", 401, -1 },
    { "POST", "/api/wallet_balance", NULL, "[]", 400, -1 },
    { "POST", NANO_BANANA "fetch/1", NULL, "{" KEY "}", 404, -1 },
    { "POST", "/v1", BEARER, account, 200, -1 },
    { "POST", "/v1", "Bearer other", account, 401, -1 },
    { "POST", "/v1", NULL, account, 401, -1 },
    { "POST", "/v1", BEARER, both, 400, -1 },
    { "GET", RESELLER "/none", BEARER, NULL, 404, 1203 },
    { "GET", RESELLER "/none", "Bearer other", NULL, 401, 1000 },
    { "GET", RESELLER "/none", "Basic x", NULL, 401, 1002 },
    { "GET", RESELLER "/none", NULL, NULL, 401, 1001 },
    { "PUT", RESELLER, BEARER, "{}", 404, 1202 },
    { "GET", OFFICIAL "/none", BEARER, NULL, 401, 1002 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, cases[i].method, cases[i].path,
                                                             cases[i].authorization, cases[i].body);

      g_test_message ("%u: %s", i, cases[i].path);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      if (cases[i].code > 0)
        g_assert_cmpint (provider_get_int (reply->root, "code"), ==, cases[i].code);
    }
}

static void
assert_token (ProviderFixture *fixture,
              const char      *secret,
              gint64           not_before,
              gint64           expires,
              int              code)
{
  g_autofree char *token = provider_make_token (DIO_PROVIDER_SERVER_ACCESS_KEY, secret, not_before, expires);
  g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "GET", OFFICIAL "/none", token, NULL);

  g_assert_cmpint (provider_get_int (reply->root, "code"), ==, code);
}

static void
test_server_tokens (ProviderFixture *fixture,
                    gconstpointer    data)
{
  g_autofree char *stranger = provider_make_token ("other", DIO_PROVIDER_SERVER_SECRET_KEY, -5, 1800);
  g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "GET", OFFICIAL "/none", stranger, NULL);

  g_assert_cmpint (provider_get_int (reply->root, "code"), ==, 1000);
  assert_token (fixture, DIO_PROVIDER_SERVER_SECRET_KEY, -5, 1800, 1203);
  assert_token (fixture, "another secret", -5, 1800, 1000);
  assert_token (fixture, DIO_PROVIDER_SERVER_SECRET_KEY, 600, 1800, 1003);
  assert_token (fixture, DIO_PROVIDER_SERVER_SECRET_KEY, -3600, -1, 1004);
}

/* An hour wrong: what is right here is not yet valid there, and the Date tells. */
static void
test_server_clock (ProviderFixture *fixture,
                   gconstpointer    data)
{
  static const int offsets[] = { -3600, 3600 };
  static const int codes[] = { 1003, 1004 };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autoptr(ProviderReply) reply = NULL;
      g_autoptr(GDateTime) date = NULL;
      g_autofree char *token = provider_make_token (DIO_PROVIDER_SERVER_ACCESS_KEY, DIO_PROVIDER_SERVER_SECRET_KEY,
                                                    -5, 1800);
      gint64 ahead;

      provider_fixture_script (fixture, "{\"settings\":{\"clock\":%d}}", offsets[i]);
      reply = provider_fixture_ask (fixture, "GET", OFFICIAL "/none", token, NULL);
      g_assert_cmpint (provider_get_int (reply->root, "code"), ==, codes[i]);

      date = soup_date_time_new_from_http_string (soup_message_headers_get_one (reply->headers, "Date"));
      ahead = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;
      g_assert_cmpint (ABS (ahead - offsets[i]), <, 1800);
      assert_token (fixture, DIO_PROVIDER_SERVER_SECRET_KEY, offsets[i] - 5, offsets[i] + 1800, 1203);
    }
}

static void
test_server_twice (ProviderFixture *fixture,
                   gconstpointer    data)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *kling = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":1,\"external_task_id\":\"ours\","
                                            "\"subject_image_list\":[{\"subject_image\":\"%s\"}]}", photo);
  const char *runware = "[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\","
                        "\"positivePrompt\":\"abc\",\"width\":1200,\"height\":896}]";

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(ProviderReply) first = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, kling);
      g_autoptr(ProviderReply) second = provider_fixture_ask (fixture, "POST", "/v1", BEARER, runware);

      g_assert_cmpint (provider_get_int (first->root, "code"), ==, i == 0 ? 0 : 1201);
      g_assert_cmpstr (provider_get_string (second->root, "errors.0.code"), ==, i == 0 ? NULL : "duplicateTaskUUID");
    }

  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling.totals.creates"), ==, 2);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling.totals.charges"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.runware.totals.creates"), ==, 2);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.runware.totals.charges"), ==, 1);
}

/* n counts against the slots, which are free again once a task is done. */
static void
test_server_slots (ProviderFixture *fixture,
                   gconstpointer    data)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  const guint n[] = { 5, 4, 1 };
  g_autofree char *id = NULL;
  g_autoptr(ProviderReply) again = NULL;

  provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0}}");
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":%u,\"subject_image_list\":"
                                               "[{\"subject_image\":\"%s\"}]}", n[i], photo);
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, body);

      g_assert_cmpuint (reply->status, ==, i < 2 ? 200 : 429);
      g_assert_cmpint (provider_get_int (reply->root, "code"), ==, i < 2 ? 0 : 1303);
      if (i == 0)
        id = g_strconcat (RESELLER "/", provider_get_string (reply->root, "data.task_id"), NULL);
      if (i == 2)
        {
          g_autoptr(ProviderReply) done = provider_fixture_ask (fixture, "GET", id, BEARER, NULL);

          g_assert_cmpstr (provider_get_string (done->root, "data.task_status"), ==, "succeed");
          again = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, body);
          g_assert_cmpuint (again->status, ==, 200);
        }
    }
}

/* What was uploaded is not kept for ever. */
static void
test_server_expiry (ProviderFixture *fixture,
                    gconstpointer    data)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *upload = g_strdup_printf ("{" KEY ",\"base64_string\":\"data:image/png;base64,%s\"}", photo);
  g_autoptr(ProviderReply) uploaded = NULL;
  g_autoptr(ProviderReply) created = NULL;
  g_autoptr(ProviderReply) gone = NULL;
  g_autofree char *body = NULL;

  provider_fixture_script (fixture, "{\"settings\":{\"upload-seconds\":0}}");
  uploaded = provider_fixture_ask (fixture, "POST", "/api/v6/base64_to_url", NULL, upload);
  body = g_strdup_printf ("{" KEY ",\"prompt\":\"x\",\"ref_image\":[\"%s\"]}",
                          provider_get_string (uploaded->root, "output.0"));
  created = provider_fixture_ask (fixture, "POST", NANO_BANANA "multi_ref", NULL, body);
  gone = provider_fixture_ask (fixture, "GET", provider_get_string (uploaded->root, "output.0"), NULL, NULL);

  g_assert_cmpuint (created->status, ==, 400);
  g_assert_cmpstr (provider_get_string (created->root, "message"), ==, "Unable to fetch image from provided URL");
  g_assert_cmpuint (gone->status, ==, 404);
}

static const char text2img[] = "{" KEY ",\"prompt\":\"x\",\"width\":1024,\"height\":1024}";
static const char inference[] =
  "[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\","
  "\"positivePrompt\":\"abc\",\"width\":1200,\"height\":896,\"deliveryMethod\":\"async\"}]";

/* What costs more than there is is not made; what was made is paid for. */
static void
test_server_credit (ProviderFixture *fixture,
                    gconstpointer    data)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *kling = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":1,\"subject_image_list\":"
                                            "[{\"subject_image\":\"%s\"}]}", photo);
  g_autoptr(ProviderReply) paid = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, text2img);
  g_autoptr(ProviderReply) balance = provider_fixture_ask (fixture, "POST", "/api/wallet_balance", NULL, "{" KEY "}");
  g_autoptr(ProviderReply) first = NULL;
  g_autoptr(ProviderReply) second = NULL;
  g_autoptr(ProviderReply) third = NULL;

  g_assert_cmpuint (paid->status, ==, 200);
  g_assert_cmpfloat_with_epsilon (json_node_get_double (provider_get (balance->root, "data.balance")), 9999.98, 1e-6);

  provider_fixture_script (fixture, "{\"settings\":{\"balance\":0}}");
  first = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, text2img);
  second = provider_fixture_ask (fixture, "POST", "/v1", BEARER, inference);
  third = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, kling);
  g_assert_cmpuint (first->status, ==, 402);
  g_assert_cmpuint (second->status, ==, 402);
  g_assert_cmpstr (provider_get_string (second->root, "errors.0.code"), ==, "insufficientCredits");
  g_assert_cmpuint (third->status, ==, 429);
  g_assert_cmpint (provider_get_int (third->root, "code"), ==, 1102);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling.totals.charges"), ==, 0);
}

static void
test_server_busy (ProviderFixture *fixture,
                  gconstpointer    data)
{
  g_autoptr(ProviderReply) made = NULL;
  g_autoptr(ProviderReply) busy = NULL;

  provider_fixture_script (fixture, "{\"settings\":{\"modelslab.queue-limit\":1}}");
  made = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, text2img);
  busy = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, text2img);
  g_assert_cmpuint (made->status, ==, 200);
  g_assert_cmpuint (busy->status, ==, 429);
  g_assert_cmpint (provider_get_int (busy->root, "retry_after"), ==, 30);
}

/* What ModelsLab has been seen to say in other ways. */
static void
test_server_modelslab_shapes (ProviderFixture *fixture,
                              gconstpointer    data)
{
  static const struct
  {
    const char *setting;
    const char *body;
    guint       status;
    const char *path;
  } shapes[] = {
    { "\"modelslab.old-errors\":true", "{" KEY "}", 200, "message" },
    { "\"modelslab.misspelt\":true", "{" KEY "}", 400, "messege" },
    { "\"modelslab.object-messages\":true", "{" KEY "}", 400, "message.error.0" },
    { "\"modelslab.string-ids\":true", text2img, 200, "id" },
    { "\"modelslab.at-once\":true,\"modelslab.output-string\":true", text2img, 200, "output" },
    { "\"modelslab.at-once\":true,\"modelslab.object-links\":true", text2img, 200, "proxy_links.0" },
  };
  g_autoptr(ProviderReply) elsewhere = NULL;
  g_autofree char *cdn = dio_provider_server_dup_cdn_url (fixture->server, "/");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(ProviderReply) reply = NULL;

      g_test_message ("%s", shapes[i].setting);
      provider_fixture_script (fixture, "{\"settings\":{%s}}", shapes[i].setting);
      reply = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, shapes[i].body);
      g_assert_cmpuint (reply->status, ==, shapes[i].status);
      g_assert_nonnull (provider_get_string (reply->root, shapes[i].path));
    }

  provider_fixture_script (fixture, "{\"settings\":{\"modelslab.fetch-elsewhere\":true}}");
  elsewhere = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL, text2img);
  g_assert_true (g_str_has_prefix (provider_get_string (elsewhere->root, "fetch_result"), cdn));
}

/* Two tasks in one request: what is right is done, what is wrong is told. */
static void
test_server_runware_beside (ProviderFixture *fixture,
                            gconstpointer    data)
{
  g_autoptr(ProviderReply) reply =
    provider_fixture_ask (fixture, "POST", "/v1", BEARER,
                          "[{\"taskType\":\"accountManagement\",\"taskUUID\":\"" TASK "\",\"operation\":\"getDetails\"},"
                          "{\"taskType\":\"getResponse\",\"taskUUID\":\"" TASK "\"}]");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (provider_get (reply->root, "data.0.balance"));
  g_assert_cmpstr (provider_get_string (reply->root, "errors.0.code"), ==, "taskFailedOrNotFound");
}

#define ADD(path, func) \
  g_test_add ("/provider-server-accounts/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("keys", test_server_keys);
  ADD ("tokens", test_server_tokens);
  ADD ("clock", test_server_clock);
  ADD ("twice", test_server_twice);
  ADD ("slots", test_server_slots);
  ADD ("expiry", test_server_expiry);
  ADD ("credit", test_server_credit);
  ADD ("busy", test_server_busy);
  ADD ("modelslab-shapes", test_server_modelslab_shapes);
  ADD ("runware-beside", test_server_runware_beside);

  return g_test_run ();
}
