/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: each dialect where all goes well, who is let in, and
 * what is counted. */

#include "config.h"

#include "provider-server-fixture.h"

#include <string.h>

#define NANO_BANANA "/api/v1/enterprise/nano_banana/"
#define RESELLER    "/kling/v1/images/multi-image2image"
#define OFFICIAL    "/v1/images/multi-image2image"
#define TASK        "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"
#define KEY         "\"key\":\"" DIO_PROVIDER_SERVER_KEY "\""

static void
assert_picture (ProviderFixture *fixture,
                const char      *url,
                const char      *start)
{
  g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "GET", url, NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (reply->bytes, NULL), strlen (start), start, strlen (start));
}

static char *
upload_to_modelslab (ProviderFixture *fixture)
{
  g_autofree char *base64 = provider_make_base64 (400, 300, "jpg");
  g_autofree char *body = g_strdup_printf ("{" KEY ",\"base64_string\":\"data:image/jpeg;base64,%s\"}", base64);
  g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", "/api/v6/base64_to_url", NULL, body);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (provider_get_string (reply->root, "status"), ==, "success");

  return g_strdup (provider_get_string (reply->root, "output.0"));
}

static void
test_server_modelslab (ProviderFixture *fixture,
                       gconstpointer    data)
{
  g_autofree char *photo = upload_to_modelslab (fixture);
  g_autofree char *body =
    g_strdup_printf ("{" KEY ",\"prompt\":\"a watch\",\"ref_image\":[\"%s\"],\"width\":1024,\"height\":1056,"
                     "\"samples\":2,\"track_id\":\"ours\"}", photo);
  g_autoptr(ProviderReply) created = provider_fixture_ask (fixture, "POST", NANO_BANANA "multi_ref", NULL, body);
  g_autofree char *fetch = g_strdup_printf (NANO_BANANA "fetch/%" G_GINT64_FORMAT, provider_get_int (created->root, "id"));
  const char *promised = provider_get_string (created->root, "future_links.0");
  g_autoptr(ProviderReply) early = provider_fixture_ask (fixture, "GET", promised, NULL, NULL);

  assert_picture (fixture, photo, "\xff\xd8");
  g_assert_cmpstr (provider_get_string (created->root, "status"), ==, "processing");
  g_assert_cmpuint (early->status, ==, 404);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", fetch, NULL, "{" KEY "}");

      g_assert_cmpstr (provider_get_string (reply->root, "status"), ==, "processing");
      g_assert_cmpstr (provider_get_string (reply->root, "output"), ==, "");
    }

  {
    g_autoptr(ProviderReply) done = provider_fixture_ask (fixture, "POST", fetch, NULL, "{" KEY "}");
    g_autoptr(ProviderReply) past = provider_fixture_ask (fixture, "POST", "/api/v6/assets_generated", NULL,
                                                          "{" KEY ",\"type\":\"image\"}");

    g_assert_cmpstr (provider_get_string (done->root, "status"), ==, "success");
    g_assert_cmpstr (provider_get_string (done->root, "output.0"), ==, promised);
    g_assert_nonnull (provider_get_string (done->root, "output.1"));
    g_assert_null (provider_get (done->root, "output.2"));
    g_assert_cmpint (provider_get_int (past->root, "data.0.id"), ==, provider_get_int (created->root, "id"));
  }

  assert_picture (fixture, promised, "\x89PNG");
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.modelslab.totals.charges"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.modelslab.totals.pictures"), ==, 2);
  g_assert_cmpint (provider_fixture_count (fixture, "invalid"), ==, 0);
  g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), ==, 0);
}

static void
test_server_modelslab_base64 (ProviderFixture *fixture,
                              gconstpointer    data)
{
  static const char *const shapes[] = { "inline", "data-uri", "file" };
  static const char *const starts[] = { "iVBOR", "data:image/png;base64,iVBOR", "http://127.0.0.1:" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(ProviderReply) reply = NULL;

      provider_fixture_script (fixture, "{\"settings\":{\"modelslab.at-once\":true,\"modelslab.base64\":\"%s\"}}",
                               shapes[i]);
      reply = provider_fixture_ask (fixture, "POST", NANO_BANANA "text2img", NULL,
                                    "{" KEY ",\"prompt\":\"x\",\"width\":1024,\"height\":1024,\"base64\":\"yes\"}");
      g_assert_cmpstr (provider_get_string (reply->root, "status"), ==, "success");
      g_assert_true (g_str_has_prefix (provider_get_string (reply->root, "output.0"), starts[i]));
      if (i == 2)
        assert_picture (fixture, provider_get_string (reply->root, "output.0"), "iVBOR");
    }
}

static char *
make_kling_body (const char *own_id,
                 guint       n)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "jpg");

  return g_strdup_printf ("{\"model_name\":\"kling-v2\",\"prompt\":\"a watch\",\"n\":%u,\"aspect_ratio\":\"1:1\","
                          "\"subject_image_list\":[{\"subject_image\":\"%s\"}],\"scene_image\":\"%s\","
                          "\"external_task_id\":\"%s\"}", n, photo, photo, own_id);
}

static void
walk_kling (ProviderFixture *fixture,
            const char      *path,
            const char      *authorization)
{
  g_autofree char *body = make_kling_body ("ours", 2);
  g_autoptr(ProviderReply) created = provider_fixture_ask (fixture, "POST", path, authorization, body);
  g_autofree char *by_id = g_strconcat (path, "/", provider_get_string (created->root, "data.task_id"), NULL);
  g_autofree char *by_own = g_strconcat (path, "/ours", NULL);
  const char *states[] = { "processing", "processing", "succeed" };

  g_assert_cmpint (provider_get_int (created->root, "code"), ==, 0);
  g_assert_cmpstr (provider_get_string (created->root, "data.task_status"), ==, "submitted");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "GET", i == 1 ? by_own : by_id, authorization,
                                                             NULL);

      g_assert_cmpstr (provider_get_string (reply->root, "data.task_status"), ==, states[i]);
      g_assert_cmpstr (provider_get_string (reply->root, "data.task_info.external_task_id"), ==, "ours");
      if (i == 2)
        {
          assert_picture (fixture, provider_get_string (reply->root, "data.task_result.images.1.url"), "\x89PNG");
          g_assert_cmpstr (provider_get_string (reply->root, "data.final_unit_deduction"), ==, "16");
        }
    }
}

static void
test_server_kling (ProviderFixture *fixture,
                   gconstpointer    data)
{
  g_autofree char *token = provider_make_token (DIO_PROVIDER_SERVER_ACCESS_KEY, DIO_PROVIDER_SERVER_SECRET_KEY,
                                                -5, 1800);

  walk_kling (fixture, RESELLER, BEARER);
  walk_kling (fixture, OFFICIAL, token);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling.totals.charges"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling-official.totals.charges"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.kling.calls.lookup"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), ==, 0);
}

static void
test_server_runware (ProviderFixture *fixture,
                     gconstpointer    data)
{
  static const char *const states[][2] = {
    { "processing", "processing" }, { "success", "processing" }, { "success", "success" }
  };
  g_autofree char *photo = provider_make_base64 (400, 300, "jpg");
  g_autofree char *body =
    g_strdup_printf ("[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\","
                     "\"positivePrompt\":\"a watch\",\"width\":1200,\"height\":896,\"numberResults\":2,"
                     "\"deliveryMethod\":\"async\",\"includeCost\":true,\"inputs\":{\"referenceImages\":[\"%s\"]}}]",
                     photo);
  g_autoptr(ProviderReply) created = provider_fixture_ask (fixture, "POST", "/v1", BEARER, body);
  const char *poll = "[{\"taskType\":\"getResponse\",\"taskUUID\":\"" TASK "\"}]";
  const char *details = "[{\"taskType\":\"getTaskDetails\",\"taskUUID\":\"" TASK "\"}]";

  g_assert_cmpstr (provider_get_string (created->root, "data.0.taskUUID"), ==, TASK);
  g_assert_null (provider_get (created->root, "data.1"));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", "/v1", BEARER, poll);

      g_assert_cmpstr (provider_get_string (reply->root, "data.0.status"), ==, states[i][0]);
      g_assert_cmpstr (provider_get_string (reply->root, "data.1.status"), ==, states[i][1]);
      if (i == 2)
        {
          assert_picture (fixture, provider_get_string (reply->root, "data.1.imageURL"), "\xff\xd8");
          g_assert_cmpfloat_with_epsilon (json_node_get_double (provider_get (reply->root, "data.0.cost")),
                                          0.06895 + 0.00028, 1e-9);
        }
    }

  {
    g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", "/v1", BEARER, details);

    g_assert_cmpint (provider_get_int (reply->root, "data.0.request.0.numberResults"), ==, 2);
    g_assert_nonnull (provider_get_string (reply->root, "data.0.response.data.1.imageURL"));
  }
}

/* Uploads, the account, prices and the schema cost nothing. */
static void
test_server_runware_others (ProviderFixture *fixture,
                            gconstpointer    data)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *body = g_strdup_printf ("[{\"taskType\":\"mediaStorage\",\"taskUUID\":\"" TASK "\","
                                           "\"operation\":\"upload\",\"media\":\"data:image/png;base64,%s\"}]", photo);
  g_autoptr(ProviderReply) uploaded = provider_fixture_ask (fixture, "POST", "/v1", BEARER, body);
  g_autoptr(ProviderReply) account =
    provider_fixture_ask (fixture, "POST", "/v1", NULL,
                          "[{\"taskType\":\"authentication\",\"apiKey\":\"" DIO_PROVIDER_SERVER_KEY "\"},"
                          "{\"taskType\":\"accountManagement\",\"taskUUID\":\"" TASK "\",\"operation\":\"getDetails\"}]");
  g_autoptr(ProviderReply) schema = provider_fixture_ask (fixture, "GET", "/resolve/google%3A4%403", NULL, NULL);
  g_autofree char *by_uuid =
    g_strdup_printf ("[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\","
                     "\"positivePrompt\":\"a watch\",\"inputs\":{\"referenceImages\":[\"%s\"]}}]",
                     provider_get_string (uploaded->root, "data.0.mediaUUID"));
  g_autoptr(ProviderReply) at_once = provider_fixture_ask (fixture, "POST", "/v1", BEARER, by_uuid);

  assert_picture (fixture, provider_get_string (uploaded->root, "data.0.mediaURL"), "\x89PNG");
  g_assert_cmpstr (provider_get_string (account->root, "data.0.balance.currency"), ==, "USD");
  g_assert_nonnull (provider_get (schema->root, "requestSchema.properties.positivePrompt"));
  assert_picture (fixture, provider_get_string (at_once->root, "data.0.imageURL"), "\xff\xd8");
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.runware.totals.charges"), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/provider-server/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("modelslab", test_server_modelslab);
  ADD ("modelslab-base64", test_server_modelslab_base64);
  ADD ("kling", test_server_kling);
  ADD ("runware", test_server_runware);
  ADD ("runware-others", test_server_runware_others);

  return g_test_run ();
}
