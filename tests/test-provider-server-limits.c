/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: each limit of the documents, one step inside and one
 * outside. */

#include "config.h"

#include "provider-server-fixture.h"

#include <string.h>

#define NANO_BANANA "/api/v1/enterprise/nano_banana/"
#define RESELLER    "/kling/v1/images/multi-image2image"
#define TASK        "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"
#define KEY         "\"key\":\"" DIO_PROVIDER_SERVER_KEY "\""

/* Jobs are done as soon as they are made, so that none waits for another. */
#define AT_ONCE "{\"settings\":{\"queue-seconds\":0}}"

/**
 * Case:
 * @member: of the request, such as "inputs.referenceImages"
 * @value: JSON, or %NULL for a request without it; "%P" is a photo, and
 *   "%N" stands for so many letters
 * @fine: taken
 */
typedef struct
{
  const char *member;
  const char *value;
  gboolean    fine;
} Case;

static const Case modelslab_cases[] = {
  { "prompt", NULL, FALSE }, { "prompt", "\"\"", FALSE }, { "prompt", "3", FALSE }, { "prompt", "\"a\"", TRUE },
  { "width", "1024", TRUE }, { "width", "992", FALSE }, { "width", "2048", TRUE }, { "width", "2080", FALSE },
  { "width", "1056", TRUE }, { "width", "1040", FALSE }, { "width", "\"1024\"", FALSE }, { "height", "1023", FALSE },
  { "seed", "0", TRUE }, { "seed", "-1", FALSE }, { "seed", "4294967295", TRUE }, { "seed", "4294967296", FALSE },
  { "seed", "1.5", FALSE },
  { "samples", "1", TRUE }, { "samples", "0", FALSE }, { "samples", "4", TRUE }, { "samples", "5", FALSE },
  { "noise_scale_start", "0", TRUE }, { "noise_scale_start", "-0.1", FALSE }, { "noise_scale_start", "30", TRUE },
  { "noise_scale_end", "30.1", FALSE }, { "noise_clip_std", "10", TRUE }, { "noise_clip_std", "10.5", FALSE },
  { "watermark", "\"yes\"", TRUE }, { "watermark", "true", FALSE }, { "watermark", "\"maybe\"", FALSE },
  { "temp", "\"no\"", TRUE }, { "temp", "false", FALSE }, { "base64", "1", FALSE },
  { "webhook", "null", TRUE }, { "webhook", "\"https://example.org/x\"", TRUE }, { "webhook", "\"x\"", FALSE },
  { "track_id", "null", TRUE }, { "track_id", "\"t\"", TRUE }, { "track_id", "7", FALSE },
  { "negative_prompt", "\"x\"", TRUE }, { "negative_prompt", "[]", FALSE },
  { "ref_image", NULL, FALSE }, { "ref_image", "[]", FALSE }, { "ref_image", "[\"x\"]", FALSE },
  { "ref_image", "[\"https://example.org/a.png\",\"https://example.org/b.png\"]", TRUE },
  { "ref_image", "\"https://example.org/a.png\"", FALSE }, { "aspect", "1", FALSE },
};

static const Case kling_cases[] = {
  { "model_name", NULL, FALSE }, { "model_name", "\"kling-v2-1\"", TRUE }, { "model_name", "\"kling-v3\"", FALSE },
  { "prompt", NULL, TRUE }, { "prompt", "\"%2500\"", TRUE }, { "prompt", "\"%2501\"", FALSE },
  { "n", NULL, FALSE }, { "n", "1", TRUE }, { "n", "0", FALSE }, { "n", "9", TRUE }, { "n", "10", FALSE },
  { "n", "\"1\"", FALSE },
  { "aspect_ratio", "\"21:9\"", TRUE }, { "aspect_ratio", "\"5:4\"", FALSE },
  { "subject_image_list", NULL, FALSE }, { "subject_image_list", "[]", FALSE },
  { "subject_image_list", "[{\"subject_image\":\"%P\"},{\"subject_image\":\"%P\"},{\"subject_image\":\"%P\"},"
                          "{\"subject_image\":\"%P\"}]", TRUE },
  { "subject_image_list", "[{\"subject_image\":\"%P\"},{\"subject_image\":\"%P\"},{\"subject_image\":\"%P\"},"
                          "{\"subject_image\":\"%P\"},{\"subject_image\":\"%P\"}]", FALSE },
  { "subject_image_list", "[\"%P\"]", FALSE }, { "subject_image_list", "[{\"image\":\"%P\"}]", FALSE },
  { "subject_image_list", "[{\"subject_image\":\"https://example.org/a.png\"}]", TRUE },
  { "scene_image", "\"%P\"", TRUE }, { "scene_image", "\"\"", TRUE }, { "scene_image", "\"data:image/png;base64,%P\"", FALSE },
  { "scene_image", "\"not base64!\"", FALSE }, { "scene_image", "\"AAAA\"", FALSE }, { "scence_image", "\"%P\"", FALSE },
  { "style_image", "\"%P\"", TRUE }, { "style_image", "[]", FALSE },
  { "callback_url", "\"\"", TRUE }, { "callback_url", "\"https://example.org/\"", TRUE }, { "callback_url", "\"x\"", FALSE },
  { "watermark_info", "{\"enabled\":true}", TRUE }, { "watermark_info", "{\"enabled\":\"yes\"}", FALSE },
  { "external_task_id", "\"\"", TRUE }, { "external_task_id", "5", FALSE },
  { "resolution", "\"2k\"", FALSE }, { "image_fidelity", "0.5", FALSE },
};

static const Case runware_cases[] = {
  { "taskUUID", NULL, FALSE }, { "taskUUID", "\"x\"", FALSE },
  { "taskUUID", "\"5b8f7c1e-2d94-1f0a-8a6b-90c3d1e2f301\"", FALSE },
  { "model", NULL, FALSE }, { "model", "\"google:4@1\"", FALSE }, { "model", "\"google:9@9\"", FALSE },
  { "model", "\"google:4@2\"", TRUE },
  { "positivePrompt", NULL, FALSE }, { "positivePrompt", "\"ab\"", FALSE }, { "positivePrompt", "\"abc\"", TRUE },
  { "positivePrompt", "\"%45000\"", TRUE }, { "positivePrompt", "\"%45001\"", FALSE },
  { "width", NULL, FALSE }, { "width", "1201", FALSE }, { "width", "\"1200\"", FALSE }, { "height", "897", FALSE },
  { "resolution", "\"2k\"", FALSE },
  { "numberResults", "1", TRUE }, { "numberResults", "0", FALSE }, { "numberResults", "21", FALSE },
  { "outputType", "\"dataURI\"", TRUE }, { "outputType", "\"file\"", FALSE },
  { "outputFormat", "\"WEBP\"", TRUE }, { "outputFormat", "\"webp\"", FALSE },
  { "outputQuality", "20", TRUE }, { "outputQuality", "19", FALSE }, { "outputQuality", "99", TRUE },
  { "outputQuality", "100", FALSE },
  { "deliveryMethod", "\"sync\"", TRUE }, { "deliveryMethod", "\"later\"", FALSE },
  { "includeCost", "true", TRUE }, { "includeCost", "1", FALSE }, { "ttl", "60", TRUE }, { "ttl", "0", FALSE },
  { "seed", "0", TRUE }, { "seed", "-1", FALSE }, { "negativePrompt", "\"x\"", FALSE },
  { "safety", "{\"checkContent\":true}", TRUE }, { "safety", "{\"mode\":1}", FALSE },
  { "providerSettings", "{\"google\":{\"webSearch\":true}}", TRUE },
  { "providerSettings", "{\"google\":{\"websearch\":true}}", FALSE },
  { "webhookURL", "\"https://example.org/\"", TRUE }, { "webhookURL", "\"x\"", FALSE },
  { "inputs", "{\"referenceImages\":[\"%P\",\"https://example.org/a.png\"]}", TRUE },
  { "inputs", "{\"referenceImages\":[\"data:image/png;base64,%P\"]}", TRUE },
  { "inputs", "{\"referenceImages\":[\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\","
              "\"%P\",\"%P\",\"%P\"]}", TRUE },
  { "inputs", "{\"referenceImages\":[\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\",\"%P\","
              "\"%P\",\"%P\",\"%P\",\"%P\"]}", FALSE },
  { "inputs", "{\"referenceImages\":[{\"image\":\"%P\"}]}", FALSE }, { "inputs", "{\"images\":[]}", FALSE },
  { "inputs", "{\"referenceImages\":[\"5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f399\"]}", FALSE },
};

static JsonNode *
make_value (const char *value,
            const char *photo)
{
  g_auto(GStrv) parts = g_strsplit (value, "%P", -1);
  g_autofree char *text = g_strjoinv (photo, parts);
  const char *percent = strchr (text, '%');
  g_autofree char *letters = NULL;

  if (percent == NULL)
    return json_from_string (text, NULL);

  letters = g_strnfill (atoi (percent + 1), 'x');

  return json_node_init_string (json_node_alloc (), letters);
}

static char *
make_body (const char *base,
           const Case *it,
           const char *photo)
{
  g_autoptr(JsonNode) root = make_value (base, photo);
  JsonNode *node = JSON_NODE_HOLDS_ARRAY (root) ? provider_get (root, "0") : root;

  if (it != NULL && it->value != NULL)
    json_object_set_member (json_node_get_object (node), it->member, make_value (it->value, photo));
  else if (it != NULL)
    json_object_remove_member (json_node_get_object (node), it->member);

  /* Each has an id of its own, unless that is what is tried. */
  if (JSON_NODE_HOLDS_ARRAY (root) && it != NULL && !g_str_equal (it->member, "taskUUID"))
    {
      g_autofree char *id = g_uuid_string_random ();

      json_object_set_string_member (json_node_get_object (node), "taskUUID", id);
    }

  return json_to_string (root, FALSE);
}

static void
walk (ProviderFixture *fixture,
      const char      *path,
      const char      *authorization,
      const char      *base,
      const Case      *cases,
      guint            n)
{
  g_autofree char *photo = provider_make_base64 (400, 300, "png");

  provider_fixture_script (fixture, AT_ONCE);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body = make_body (base, &cases[i], photo);
      gint64 n_invalid = provider_fixture_count (fixture, "invalid");
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", path, authorization, body);

      g_test_message ("%s: %.60s", cases[i].member, cases[i].value != NULL ? cases[i].value : "none");
      if (reply->status == 200)
        g_assert_true (cases[i].fine);
      else
        g_assert_false (cases[i].fine);
      g_assert_cmpint (provider_fixture_count (fixture, "invalid") - n_invalid, ==, cases[i].fine ? 0 : 1);
    }
}

static void
test_server_modelslab_limits (ProviderFixture *fixture,
                              gconstpointer    data)
{
  walk (fixture, NANO_BANANA "multi_ref", NULL,
        "{" KEY ",\"prompt\":\"x\",\"ref_image\":[\"https://example.org/a.png\"]}",
        modelslab_cases, G_N_ELEMENTS (modelslab_cases));
}

static void
test_server_kling_limits (ProviderFixture *fixture,
                          gconstpointer    data)
{
  walk (fixture, RESELLER, BEARER,
        "{\"model_name\":\"kling-v2\",\"n\":1,\"subject_image_list\":[{\"subject_image\":\"%P\"}]}",
        kling_cases, G_N_ELEMENTS (kling_cases));
}

static void
test_server_runware_limits (ProviderFixture *fixture,
                            gconstpointer    data)
{
  walk (fixture, "/v1", BEARER,
        "[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\","
        "\"positivePrompt\":\"a watch\",\"width\":1200,\"height\":896}]",
        runware_cases, G_N_ELEMENTS (runware_cases));
}

static const struct
{
  int         width;
  int         height;
  const char *type;
  guint       kling;
  guint       runware;
} photos[] = {
  { 300, 300, "png", 200, 200 },
  { 299, 400, "png", 400, 400 },
  { 750, 300, "jpg", 200, 200 },
  { 753, 300, "jpg", 400, 200 },
  { 300, 751, "jpg", 400, 200 },
  { 2048, 900, "jpg", 200, 200 },
  { 2049, 900, "jpg", 200, 400 },
};

static void
test_server_photos (ProviderFixture *fixture,
                    gconstpointer    data)
{
  provider_fixture_script (fixture, AT_ONCE);
  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autofree char *photo = provider_make_base64 (photos[i].width, photos[i].height, photos[i].type);
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *kling = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":1,\"subject_image_list\":"
                                                "[{\"subject_image\":\"%s\"}]}", photo);
      g_autofree char *runware =
        g_strdup_printf ("[{\"taskType\":\"imageInference\",\"taskUUID\":\"%s\",\"model\":\"google:4@3\","
                         "\"positivePrompt\":\"abc\",\"inputs\":{\"referenceImages\":[\"%s\"]}}]", id, photo);
      g_autoptr(ProviderReply) first = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, kling);
      g_autoptr(ProviderReply) second = provider_fixture_ask (fixture, "POST", "/v1", BEARER, runware);

      g_test_message ("%d x %d", photos[i].width, photos[i].height);
      g_assert_cmpuint (first->status, ==, photos[i].kling);
      g_assert_cmpuint (second->status, ==, photos[i].runware);
    }
}

/* A file that is a picture at its start, and as large as wanted. */
static char *
make_large (gsize size)
{
  g_autoptr(GBytes) photo = provider_make_photo (400, 300, "jpg");
  g_autofree guint8 *file = g_malloc0 (size);

  memcpy (file, g_bytes_get_data (photo, NULL), g_bytes_get_size (photo));

  return g_base64_encode (file, size);
}

static void
test_server_bytes (ProviderFixture *fixture,
                   gconstpointer    data)
{
  const gsize five = 5 * 1024 * 1024;

  provider_fixture_script (fixture, AT_ONCE);
  for (guint over = 0; over < 2; over++)
    {
      g_autofree char *small = make_large (five + over);
      g_autofree char *large = make_large (2 * five + over);
      g_autofree char *upload = g_strdup_printf ("{" KEY ",\"base64_string\":\"data:image/jpeg;base64,%s\"}", small);
      g_autofree char *kling = g_strdup_printf ("{\"model_name\":\"kling-v2\",\"n\":1,\"subject_image_list\":"
                                                "[{\"subject_image\":\"%s\"}]}", large);
      g_autoptr(ProviderReply) first = provider_fixture_ask (fixture, "POST", "/api/v6/base64_to_url", NULL, upload);
      g_autoptr(ProviderReply) second = provider_fixture_ask (fixture, "POST", RESELLER, BEARER, kling);

      g_assert_cmpuint (first->status, ==, over ? 400 : 200);
      g_assert_cmpuint (second->status, ==, over ? 400 : 200);
    }
}

/* Every pair of the table, at its price; google:4@1 and 4@2 have fewer. */
static void
test_server_runware_sizes (ProviderFixture *fixture,
                           gconstpointer    data)
{
  static const struct
  {
    const char *model;
    int         width;
    int         height;
    double      price;
  } sizes[] = {
    { "google:4@3", 512, 512, 0.04657 }, { "google:4@3", 792, 168, 0.04657 }, { "google:4@3", 192, 1536, 0.04657 },
    { "google:4@3", 1200, 896, 0.06895 }, { "google:4@3", 3072, 384, 0.06895 }, { "google:4@3", 2752, 1536, 0.10255 },
    { "google:4@3", 12288, 1536, 0.15295 }, { "google:4@3", 896, 896, 0 }, { "google:4@3", 1584, 672, 0.06895 },
    { "google:4@2", 512, 512, 0 }, { "google:4@2", 1548, 672, 0.138 }, { "google:4@2", 2048, 512, 0 },
    { "google:4@2", 4096, 4096, 0.244 }, { "google:4@1", 1024, 1024, 0.039 }, { "google:4@1", 1248, 832, 0.039 },
    { "google:4@1", 2048, 2048, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"%s\","
                         "\"positivePrompt\":\"abc\",\"width\":%d,\"height\":%d}]",
                         sizes[i].model, sizes[i].width, sizes[i].height);
      g_autoptr(ProviderReply) reply = NULL;

      reply = provider_fixture_ask (fixture, "DRY POST", "/v1", BEARER, body);
      g_test_message ("%s %d x %d", sizes[i].model, sizes[i].width, sizes[i].height);
      g_assert_cmpuint (reply->status, ==, sizes[i].price > 0 ? 200 : 400);
      if (sizes[i].price > 0)
        g_assert_cmpfloat_with_epsilon (json_node_get_double (provider_get (reply->root, "data.0.cost")),
                                        sizes[i].price, 1e-9);
    }

  /* A price is no create, and the id is still free. */
  g_assert_cmpint (provider_fixture_count (fixture, "dialects.runware.totals.creates"), ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/provider-server-limits/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("modelslab", test_server_modelslab_limits);
  ADD ("kling", test_server_kling_limits);
  ADD ("runware", test_server_runware_limits);
  ADD ("photos", test_server_photos);
  ADD ("bytes", test_server_bytes);
  ADD ("runware-sizes", test_server_runware_sizes);

  return g_test_run ();
}
