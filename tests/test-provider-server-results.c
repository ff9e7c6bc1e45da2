/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: downloads that go wrong, jobs that end otherwise, and
 * what resellers make of answers. */

#include "config.h"

#include "provider-server-fixture.h"

#include "dio-image-header.h"

#include <string.h>

#define RESELLER "/kling/v1/images/multi-image2image"
#define TASK     "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"

static const char create[] =
  "[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\",\"positivePrompt\":\"abc\","
  "\"width\":1024,\"height\":1024,\"numberResults\":3,\"outputFormat\":\"PNG\",\"deliveryMethod\":\"async\"}]";
static const char poll[] = "[{\"taskType\":\"getResponse\",\"taskUUID\":\"" TASK "\"}]";

/* What is sent or asked, of a task that was not there before. */
static char *
with_id (const char *body,
         const char *id)
{
  g_auto(GStrv) parts = g_strsplit (body, TASK, -1);

  return g_strjoinv (id, parts);
}

static ProviderReply *
ask (ProviderFixture *fixture,
     const char      *body)
{
  return provider_fixture_ask (fixture, "POST", "/v1", BEARER, body);
}

/* A rule for the first create. */
static void
script_create (ProviderFixture *fixture,
               const char      *details)
{
  provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0},\"rules\":[{\"name\":\"it\",\"match\":"
                                    "{\"call\":\"create\",\"times\":1},%s}]}", details);
}

/* A job that is done, and the address of its first picture. */
static char *
make_picture (ProviderFixture *fixture,
              const char      *rules)
{
  g_autoptr(ProviderReply) created = NULL;
  g_autoptr(ProviderReply) done = NULL;

  provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0},\"rules\":[%s]}", rules);
  created = ask (fixture, create);
  g_assert_cmpuint (created->status, ==, 200);
  done = ask (fixture, poll);

  return g_strdup (provider_get_string (done->root, "data.0.imageURL"));
}

static void
test_results_downloads (ProviderFixture *fixture,
                        gconstpointer    data)
{
  static const struct
  {
    const char     *action;
    guint           status;
    gboolean        is_whole;
    gboolean        is_picture;
    DioImageFormat  format;
  } downloads[] = {
    { "\"do\":\"proceed\"", 200, TRUE, TRUE, DIO_IMAGE_FORMAT_PNG },
    { "\"do\":\"status\",\"status\":404", 404, TRUE, FALSE },
    { "\"do\":\"cut-body\"", 200, FALSE, FALSE },
    { "\"do\":\"truncated\"", 200, TRUE, FALSE },
    { "\"do\":\"html\"", 200, TRUE, FALSE },
    { "\"do\":\"empty\"", 200, TRUE, FALSE },
    { "\"do\":\"other-type\"", 200, TRUE, TRUE, DIO_IMAGE_FORMAT_JPEG },
    { "\"do\":\"endless\",\"bytes\":100000", 200, TRUE, FALSE },
    { "\"do\":\"huge\"", 200, TRUE, FALSE },
  };
  g_autofree char *url = make_picture (fixture, "");
  gsize size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    {
      g_autoptr(ProviderReply) reply = NULL;
      g_autoptr(ProviderReply) then = NULL;
      DioImageHeader header;

      provider_fixture_script (fixture, "{\"rules\":[{\"match\":{\"dialect\":\"runware\",\"call\":\"download\","
                                        "\"times\":1},%s}]}", downloads[i].action);
      reply = provider_fixture_ask (fixture, "GET", url, NULL, NULL);
      g_test_message ("%s", downloads[i].action);
      g_assert_cmpuint (reply->status, ==, downloads[i].status);
      g_assert_cmpint (reply->error == NULL, ==, downloads[i].is_whole);
      if (downloads[i].is_whole)
        g_assert_cmpint (dio_image_header_read (reply->bytes, &header, NULL), ==, downloads[i].is_picture);
      if (downloads[i].is_picture)
        g_assert_cmpint (header.format, ==, downloads[i].format);
      if (i == 0)
        size = g_bytes_get_size (reply->bytes);
      if (strstr (downloads[i].action, "truncated") != NULL)
        g_assert_cmpuint (g_bytes_get_size (reply->bytes), ==, size / 2);
      if (strstr (downloads[i].action, "huge") != NULL)
        g_assert_cmpint (memcmp ((char *) g_bytes_get_data (reply->bytes, NULL) + 16, "\0\0\xea\x60\0\0\xea\x60", 8),
                         ==, 0);

      /* And then it is fine. */
      then = provider_fixture_ask (fixture, "GET", url, NULL, NULL);
      g_assert_cmpuint (g_bytes_get_size (then->bytes), ==, size);
    }

  g_assert_cmpint (provider_fixture_count (fixture, "downloads"), ==, 2 * G_N_ELEMENTS (downloads));
}

static void
test_results_jobs (ProviderFixture *fixture,
                   gconstpointer    data)
{
  static const struct
  {
    const char *details;
    const char *states[7];
    const char *kling;
    guint       n_images;
  } jobs[] = {
    { "\"do\":\"partial\",\"count\":2", { "error", "error", "success" }, "succeed", 1 },
    { "\"do\":\"duplicate\"", { "success", "success", "success", "success", "success", "success" }, "succeed", 6 },
    { "\"do\":\"fail\"", { "error", "error", "error" }, "failed", 0 },
    { "\"do\":\"refuse\",\"what\":\"output\"", { "error", "error", "error" }, "failed", 0 },
    { "\"do\":\"queue\",\"polls\":1", { "success", "processing", "processing" }, "processing", 0 },
  };
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *kling = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":3,\"subject_image_list\":"
                                            "[{\"subject_image\":\"%s\"}]}", photo);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *body = with_id (create, id);
      g_autofree char *question = with_id (poll, id);
      g_autofree char *query = NULL;
      g_autoptr(ProviderReply) created = NULL;
      g_autoptr(ProviderReply) told = NULL;
      g_autoptr(ProviderReply) kling_created = NULL;
      g_autoptr(ProviderReply) kling_told = NULL;
      JsonNode *images;

      g_test_message ("%s", jobs[i].details);
      script_create (fixture, jobs[i].details);
      created = ask (fixture, body);
      told = ask (fixture, question);
      for (guint j = 0; j < 7; j++)
        {
          g_autofree char *path = g_strdup_printf ("data.%u.status", j);

          g_assert_cmpstr (provider_get_string (told->root, path), ==, jobs[i].states[j]);
        }

      script_create (fixture, jobs[i].details);
      kling_created = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, kling);
      query = g_strconcat (RESELLER "/", provider_get_string (kling_created->root, "data.task_id"), NULL);
      kling_told = provider_fixture_ask (fixture, "GET", query, BEARER, NULL);
      images = provider_get (kling_told->root, "data.task_result.images");
      g_assert_cmpstr (provider_get_string (kling_told->root, "data.task_status"), ==, jobs[i].kling);
      g_assert_cmpuint (images != NULL ? json_array_get_length (json_node_get_array (images)) : 0, ==,
                        jobs[i].n_images);
    }
}

/* What resellers make of Kling's answers. */
static void
test_results_resellers (ProviderFixture *fixture,
                        gconstpointer    data)
{
  static const struct
  {
    const char *setting;
    const char *path;
    const char *id;
    const char *state;
    const char *word;
  } shapes[] = {
    { "\"kling.image-ids\":true", RESELLER, "data.task_id", "data.task_result.images.0.id", "" },
    { "\"kling.create-shape\":\"unwrapped\"", RESELLER, "id", "data.task_status", "succeed" },
    { "\"kling.query-shape\":\"success-word\"", RESELLER, "data.task_id", "data.status", "succeeded" },
    { "\"kling.query-shape\":\"unwrapped\"", RESELLER, "data.task_id", "status", "completed" },
    { "\"kling.archive\":true", RESELLER, "data.task_id", "data.platform_id", "platform-1" },
    { "\"kling.path\":\"generations\"", "/kling/v1/images/generations", "data.task_id", "data.task_status", "succeed" },
    { "\"kling.prefix\":\"/v1/kling\"", "/v1/kling/v1/images/multi-image2image", "data.task_id", "data.task_status",
      "succeed" },
    { "\"kling.token-ids\":true", RESELLER, "data.task_id", "data.task_status", "succeed" },
    { "\"base\":\"/relay\"", "/relay" RESELLER, "data.task_id", "data.task_status", "succeed" },
  };
  g_autofree char *photo = provider_make_base64 (400, 300, "png");
  g_autofree char *body = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":1,\"subject_image_list\":"
                                           "[{\"subject_image\":\"%s\"}]}", photo);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(ProviderReply) created = NULL;
      g_autoptr(ProviderReply) told = NULL;
      g_autofree char *id = NULL;
      g_autofree char *query = NULL;

      g_test_message ("%s", shapes[i].setting);
      provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0,%s}}", shapes[i].setting);
      created = provider_fixture_ask (fixture, "POST", shapes[i].path, BEARER, body);
      id = g_uri_escape_string (provider_get_string (created->root, shapes[i].id), NULL, FALSE);
      query = g_strconcat (shapes[i].path, "/", id, NULL);
      told = provider_fixture_ask (fixture, "GET", query, BEARER, NULL);
      g_assert_cmpstr (provider_get_string (told->root, shapes[i].state), ==, shapes[i].word);
    }

  provider_fixture_script (fixture, "{\"settings\":{\"kling.openai-errors\":true,\"kling.min-subjects\":2,"
                                    "\"kling.scence\":true}}");
  {
    g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, body);

    g_assert_cmpuint (reply->status, ==, 400);
    g_assert_cmpint (provider_get_int (reply->root, "error.code"), ==, 1201);
    g_assert_cmpstr (provider_get_string (reply->root, "error.param"), ==, "subject_image_list");
  }
}

#define ADD(path, func) \
  g_test_add ("/provider-server-results/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("downloads", test_results_downloads);
  ADD ("jobs", test_results_jobs);
  ADD ("resellers", test_results_resellers);

  return g_test_run ();
}
