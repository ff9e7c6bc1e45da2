/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose --dry-run: every documented field comes out as it was
 * typed, every limit holds, and nothing is needed that sending needs. */

#include "config.h"

#include "cli-pictures.h"
#include "cli-runner.h"

#include <glib/gstdio.h>
#include <string.h>

#define REFUSED 18

static void
set_up (Bench        *bench,
        gconstpointer data)
{
  bench_set_up (bench, data);
  bench_write (bench, "watch.png", picture_subject (320));
  bench_write (bench, "cup.png", picture_subject (324));
  bench_write (bench, "lamp.png", picture_subject (328));
  bench_write (bench, "shoe.png", picture_subject (332));
  bench_write (bench, "table.jpg", picture_scene (640, 480));
  bench_write (bench, "painting.jpg", picture_scene (480, 360));
}

/* Returns: (transfer full): the requests that are printed */
static JsonNode *
dry_run (Bench             *bench,
         const char *const *arguments)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  g_autoptr(Run) run = NULL;

  g_ptr_array_add (all, (char *) "compose");
  g_ptr_array_add (all, (char *) "--dry-run");
  for (const char *const *argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (all, (char *) *argument);
  g_ptr_array_add (all, NULL);

  run = bench_run_argv (bench, NULL, (const char *const *) all->pdata);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");

  return parse_json (run->out);
}

static JsonObject *
get_request (JsonNode *requests,
             guint     position)
{
  return json_array_get_object_element (json_node_get_array (requests), position);
}

static JsonObject *
get_body (JsonNode *requests,
          guint     position)
{
  JsonNode *body = json_object_get_member (get_request (requests, position), "body");

  /* Runware's is a list of tasks. */
  return JSON_NODE_HOLDS_ARRAY (body) ? json_array_get_object_element (json_node_get_array (body), 0)
                                      : json_node_get_object (body);
}

static void
assert_member (JsonObject *object,
               const char *name,
               const char *expected)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autofree char *value = node != NULL ? json_to_string (node, FALSE) : g_strdup ("(missing)");

  if (!g_str_equal (value, expected))
    g_error ("%s is %s, not %s", name, value, expected);
}

static void
assert_members (JsonObject         *object,
                const char *const (*expected)[2])
{
  guint n = 0;

  for (; expected[n][0] != NULL; n++)
    assert_member (object, expected[n][0], expected[n][1]);
  g_assert_cmpuint (json_object_get_size (object), ==, n);
}

static void
assert_address (JsonNode   *requests,
                guint       position,
                const char *method,
                const char *url)
{
  JsonObject *request = get_request (requests, position);
  g_autofree char *members = NULL;

  members = join_members (json_array_get_element (json_node_get_array (requests), position));
  g_assert_cmpstr (members, ==, "method,url,headers,body");
  g_assert_cmpstr (json_object_get_string_member (request, "method"), ==, method);
  g_assert_cmpstr (json_object_get_string_member (request, "url"), ==, url);
}

static void
assert_bearer (JsonNode *requests,
               guint     position)
{
  JsonObject *headers = json_object_get_object_member (get_request (requests, position), "headers");

  g_assert_cmpstr (json_object_get_string_member (headers, "Authorization"), ==, "Bearer <key>");
}

static guint
get_n (JsonNode *requests)
{
  return json_array_get_length (json_node_get_array (requests));
}

/* What stands for the bytes of a photo, whose prepared copy may have another
 * type than its file. */
static void
assert_label (const char *text,
              const char *stem)
{
  g_autofree char *start = g_strconcat ("<", stem, ".", NULL);

  if (!g_str_has_prefix (text, start) || !g_str_has_suffix (text, " bytes>"))
    g_error ("“%s” does not stand for the photo “%s”", text, stem);
}

static void
test_modelslab_references (Bench        *bench,
                           gconstpointer data)
{
  static const char *const expected[][2] = {
    { "key", "\"<key>\"" },
    { "prompt", "\"the watch in Image 1 beside the cup in Image 2 on the table in Image 3\"" },
    { "ref_image", "[\"<url of upload 1>\",\"<url of upload 2>\",\"<url of upload 3>\"]" },
    { "negative_prompt", "\"blurry, hands\"" },
    { "width", "1024" },
    { "height", "1536" },
    { "seed", "4294967295" },
    { "samples", "4" },
    { "noise_scale_start", "8.5" },
    { "noise_scale_end", "30.0" },
    { "noise_clip_std", "3.5" },
    { "watermark", "\"yes\"" },
    { "temp", "\"yes\"" },
    { "base64", "\"yes\"" },
    { "webhook", "\"https://shop.example/done\"" },
    { "track_id", "\"order-7\"" },
    { NULL }
  };
  static const char *const photos[] = { "watch", "cup", "table" };
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "modelslab", "--subject", "watch.png", "--subject", "cup.png", "--scene", "table.jpg",
    "--prompt", "@watch beside @cup on @table", "--set", "negative_prompt=blurry, hands",
    "--set", "width=1024", "--set", "height=1536", "--set", "seed=4294967295", "--count", "4",
    "--set", "noise_scale_start=8.5", "--set", "noise_scale_end=30", "--set", "noise_clip_std=3.5",
    "--set", "watermark=yes", "--set", "temp=yes", "--set", "base64=yes",
    "--set", "webhook=https://shop.example/done", "--set", "track_id=order-7", NULL });

  g_assert_cmpuint (get_n (requests), ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *body = get_body (requests, i);

      assert_address (requests, i, "POST", "https://modelslab.com/api/v6/base64_to_url");
      g_assert_cmpuint (json_object_get_size (body), ==, 2);
      assert_member (body, "key", "\"<key>\"");
      assert_label (strchr (json_object_get_string_member (body, "base64_string"), '<'), photos[i]);
      g_assert_true (g_str_has_prefix (json_object_get_string_member (body, "base64_string"), "data:image/"));
    }

  assert_address (requests, 3, "POST", "https://modelslab.com/api/v1/enterprise/nano_banana/multi_ref");
  assert_members (get_body (requests, 3), expected);
}

/* What is said of the roles goes before the prompt. */
static void
test_modelslab_roles (Bench        *bench,
                      gconstpointer data)
{
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "modelslab", "--subject", "watch.png", "--scene", "table.jpg",
    "--prompt", "late light", "--roles", "Image 1 is sold, @table is not.", NULL });

  assert_member (get_body (requests, 2), "prompt",
                 "\"Image 1 is sold, the table in Image 2 is not. late light\"");
}

/* Beside a file; nothing is fetched, not even to look at it. */
static void
test_web_addresses (Bench        *bench,
                    gconstpointer data)
{
  const char *const modelslab[] = {
    "--provider", "modelslab", "--subject", "https://example.com/a.png=watch",
    "--subject", "https://example.com/b.png?size=2&key=x", "--prompt", "@watch on a table", NULL
  };
  const char *const kling[] = {
    "--provider", "kling", "--subject", "watch.png", "--scene", "https://example.com/c.jpg", "--prompt", "p", NULL
  };
  g_autoptr(JsonNode) of_modelslab = dry_run (bench, modelslab);
  g_autoptr(JsonNode) of_kling = dry_run (bench, kling);
  const char *prompt;

  g_assert_cmpuint (get_n (of_modelslab), ==, 1);
  assert_member (get_body (of_modelslab, 0), "ref_image",
                 "[\"https://example.com/a.png\",\"https://example.com/b.png?size=2&key=x\"]");
  prompt = json_object_get_string_member (get_body (of_modelslab, 0), "prompt");
  g_assert_nonnull (strstr (prompt, "the watch in Image 1"));
  assert_member (get_body (of_kling, 0), "scene_image", "\"https://example.com/c.jpg\"");
}

static void
test_bad_web_addresses (Bench        *bench,
                        gconstpointer data)
{
  g_autoptr(Run) plain = bench_run (bench, "compose", "--dry-run", "--provider", "kling", "--prompt", "p",
                                    "--subject", "http://example.com/a.png", NULL);
  g_autoptr(Run) local = bench_run (bench, "compose", "--dry-run", "--provider", "local", "--prompt", "p",
                                    "--subject", "https://example.com/a.png", NULL);

  g_assert_cmpint (plain->status, ==, REFUSED);
  g_assert_nonnull (strstr (plain->err, "Not a secure address"));
  g_assert_cmpint (local->status, ==, REFUSED);
}

/* No number is documented: it is sent, and told. */
static void
test_many_photos (Bench        *bench,
                  gconstpointer data)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(Run) run = NULL;

  g_ptr_array_add (arguments, (char *) "compose");
  g_ptr_array_add (arguments, (char *) "--dry-run");
  g_ptr_array_add (arguments, (char *) "--provider=modelslab");
  g_ptr_array_add (arguments, (char *) "--prompt=p");
  for (guint i = 0; i < 14; i++)
    g_ptr_array_add (arguments, (char *) "--subject=https://example.com/a.png");
  g_ptr_array_add (arguments, NULL);

  run = bench_run_argv (bench, NULL, (const char *const *) arguments->pdata);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_clear_pointer (&run, run_free);

  arguments->pdata[arguments->len - 1] = (char *) "--subject=https://example.com/b.png";
  g_ptr_array_add (arguments, NULL);
  run = bench_run_argv (bench, NULL, (const char *const *) arguments->pdata);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "may refuse 15 photos: more than 14 are not usual"));
}

static void
test_modelslab_text (Bench        *bench,
                     gconstpointer data)
{
  static const char *const expected[][2] = {
    { "key", "\"<key>\"" },
    { "prompt", "\"a watch on a table\"" },
    { "width", "2048" },
    { "height", "2048" },
    { "seed", "0" },
    { "samples", "1" },
    { "noise_scale_start", "7.5" },
    { "noise_scale_end", "7.5" },
    { "noise_clip_std", "2.5" },
    { "watermark", "\"no\"" },
    { "temp", "\"no\"" },
    { "base64", "\"no\"" },
    { "webhook", "null" },
    { "track_id", "null" },
    { NULL }
  };
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "modelslab", "--prompt", "a watch on a table", "--set", "seed=0", NULL });

  g_assert_cmpuint (get_n (requests), ==, 1);
  assert_address (requests, 0, "POST", "https://modelslab.com/api/v1/enterprise/nano_banana/text2img");
  assert_members (get_body (requests, 0), expected);
}

static void
test_kling (Bench        *bench,
            gconstpointer data)
{
  static const char *const names[] = { "watch", "cup", "lamp", "shoe" };
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "kling", "--model", "kling-v2", "--subject", "watch.png", "--subject", "cup.png",
    "--subject", "lamp.png", "--subject", "shoe.png", "--scene", "table.jpg", "--style", "painting.jpg",
    "--prompt", "@watch and @cup on @table", "--count", "9", "--set", "aspect_ratio=21:9",
    "--set", "callback_url=https://shop.example/done", "--set", "external_task_id=order-7", NULL });
  JsonObject *body = get_body (requests, 0);
  JsonArray *subjects = json_object_get_array_member (body, "subject_image_list");

  g_assert_cmpuint (get_n (requests), ==, 1);
  assert_address (requests, 0, "POST", "https://api.chainhub.tech/kling/v1/images/multi-image2image");
  assert_bearer (requests, 0);

  g_assert_cmpuint (json_object_get_size (body), ==, 9);
  assert_member (body, "model_name", "\"kling-v2\"");
  assert_member (body, "prompt", "\"the watch and the cup on the table\"");
  assert_member (body, "n", "9");
  assert_member (body, "aspect_ratio", "\"21:9\"");
  assert_member (body, "callback_url", "\"https://shop.example/done\"");
  assert_member (body, "external_task_id", "\"order-7\"");

  /* In the order of the options. */
  g_assert_cmpuint (json_array_get_length (subjects), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *subject = json_array_get_object_element (subjects, i);

      g_assert_cmpuint (json_object_get_size (subject), ==, 1);
      assert_label (json_object_get_string_member (subject, "subject_image"), names[i]);
    }
  assert_label (json_object_get_string_member (body, "scene_image"), "table");
  assert_label (json_object_get_string_member (body, "style_image"), "painting");
}

/* Empty texts are left out; the id is ours. */
static void
test_kling_plain (Bench        *bench,
                  gconstpointer data)
{
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "kling", "--subject", "watch.png", NULL });
  g_autofree char *members = NULL;
  JsonObject *body = get_body (requests, 0);

  members = join_members (json_object_get_member (get_request (requests, 0), "body"));
  g_assert_null (strstr (members, "callback_url"));
  g_assert_null (strstr (members, "scene_image"));
  g_assert_null (strstr (members, "aspect_ratio"));
  assert_member (body, "model_name", "\"kling-v2-1\"");
  assert_member (body, "n", "1");
  g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (body, "external_task_id")));
}

/* What has an option is a parameter all the same. */
static void
test_documented_names (Bench        *bench,
                       gconstpointer data)
{
  g_autoptr(JsonNode) kling = dry_run (bench, (const char *const[]) {
    "--provider", "kling", "--subject", "watch.png", "--set", "model_name=kling-v2",
    "--set", "prompt=@watch = time", NULL });
  g_autoptr(JsonNode) runware = dry_run (bench, (const char *const[]) {
    "--provider", "runware", "--subject", "watch.png", "--set", "model=google:4@2",
    "--set", "positivePrompt=A @watch", NULL });
  g_autoptr(Run) twice = bench_run (bench, "compose", "--provider", "kling", "--model", "kling-v2",
                                    "--set", "model_name=kling-v2-1", "--dry-run", NULL);

  assert_member (get_body (kling, 0), "model_name", "\"kling-v2\"");
  assert_member (get_body (kling, 0), "prompt", "\"the watch = time\"");
  assert_member (get_body (runware, get_n (runware) - 1), "model", "\"google:4@2\"");
  assert_member (get_body (runware, get_n (runware) - 1), "positivePrompt", "\"A watch from the first image\"");
  assert_error (twice, 2, "model_name");
}

/* The guide's own example: a watch onto a table. */
static void
test_runware (Bench        *bench,
              gconstpointer data)
{
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "runware", "--model", "google:4@3", "--subject", "watch.png", "--scene", "table.jpg",
    "--prompt", "Place @watch on @table.", "--set", "width=1200", "--set", "height=896",
    "--set", "outputFormat=PNG", "--set", "seed=4711", "--count", "2", NULL });
  guint last = get_n (requests) - 1;
  JsonObject *body = get_body (requests, last);
  JsonArray *references;

  assert_address (requests, last, "POST", "https://api.runware.ai/v1");
  assert_bearer (requests, last);
  assert_member (body, "taskType", "\"imageInference\"");
  assert_member (body, "model", "\"google:4@3\"");
  assert_member (body, "positivePrompt",
                 "\"Place the watch from the first image on the table from the second image.\"");
  assert_member (body, "width", "1200");
  assert_member (body, "height", "896");
  assert_member (body, "numberResults", "2");
  assert_member (body, "outputFormat", "\"PNG\"");
  assert_member (body, "outputType", "\"URL\"");
  assert_member (body, "deliveryMethod", "\"async\"");
  assert_member (body, "includeCost", "true");
  assert_member (body, "seed", "4711");
  g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (body, "taskUUID")));

  references = json_object_get_array_member (json_object_get_object_member (body, "inputs"), "referenceImages");
  g_assert_cmpuint (json_array_get_length (references), ==, 2);
}

/* The documented path follows whole, for uploads too. */
static void
test_endpoint (Bench        *bench,
               gconstpointer data)
{
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
    "--provider", "modelslab", "--endpoint", "https://gate.example:8443/lab/", "--subject", "watch.png",
    "--prompt", "@watch", NULL });
  g_autoptr(JsonNode) plain = dry_run (bench, (const char *const[]) {
    "--provider", "kling", "--endpoint", "http://127.0.0.1:9", "--subject", "watch.png", NULL });

  assert_address (requests, 0, "POST", "https://gate.example:8443/lab/api/v6/base64_to_url");
  assert_address (requests, 1, "POST", "https://gate.example:8443/lab/api/v1/enterprise/nano_banana/multi_ref");
  assert_address (plain, 0, "POST", "http://127.0.0.1:9/kling/v1/images/multi-image2image");
}

static void
test_bad_endpoints (Bench        *bench,
                    gconstpointer data)
{
  static const char *const bad[] = {
    "http://gate.example", "ftp://127.0.0.1", "gate.example", "", "https://", "https://me:word@gate.example",
    "https://gate.example/?a=b", "https://gate.example/#part", "http://127.0.0.1.gate.example",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(Run) run = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png",
                                      "--endpoint", bad[i], "--dry-run", NULL);

      assert_error (run, 2, "--endpoint");
      g_assert_null (strstr (run->err, "me:word"));
    }
}

/* A key of two halves is for Kling's own platform; it is shown nowhere. */
static void
test_official (Bench        *bench,
               gconstpointer data)
{
  static const char *const arguments[] = {
    "compose", "--provider", "kling", "--subject", "watch.png", "--key-stdin", "--dry-run", NULL
  };
  g_autoptr(Run) run = bench_run_argv (bench, "access-half\nsecret-half\n", arguments);
  g_autoptr(JsonNode) requests = NULL;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_null (strstr (run->out, "-half"));
  requests = parse_json (run->out);
  assert_address (requests, 0, "POST", "https://api-singapore.klingai.com/v1/images/multi-image2image");
  assert_bearer (requests, 0);
}

/* Nothing that sending needs: no network, no bus, no output, and no library is
 * made. The desktop's settings, which know of proxies, are not asked either: they
 * would be on the bus, and once kept the program waiting for ever. */
static void
test_needs_nothing (Bench        *bench,
                    gconstpointer data)
{
  g_autofree char *data_home = g_build_filename (bench->folder, "home", "XDG_DATA_HOME", "diorama", NULL);
  g_autofree char *settings = g_build_filename (bench->folder, "home", "XDG_CACHE_HOME", "dconf", NULL);
  g_autoptr(GSubprocess) trial = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                                   "unshare", "-rn", "true", NULL);
  static const char *const providers[] = { "modelslab", "kling", "runware" };
  gboolean can_unshare = trial != NULL && g_subprocess_wait_check (trial, NULL, NULL);

  bench->shell = can_unshare ? "unset DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR GSETTINGS_BACKEND; exec unshare -rn \"$@\""
                             : "unset DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR GSETTINGS_BACKEND; exec \"$@\"";
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) {
        "--provider", providers[i], "--subject", "watch.png", "--prompt", "@watch", NULL });

      g_assert_cmpuint (get_n (requests), >, 0);
    }

  g_assert_false (g_file_test (data_home, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (settings, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

static void
test_local (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(JsonNode) requests = dry_run (bench, (const char *const[]) { "--subject", "watch.png", NULL });

  g_assert_cmpuint (get_n (requests), ==, 0);
}

/* With an account of the person's own, what is shown is what it would send. */
static void
test_account (Bench        *bench,
              gconstpointer data)
{
  g_autoptr(Run) add = bench_run (bench, "account", "add", "kling", "studio", "--kind", "official", NULL);
  g_autoptr(JsonNode) requests = NULL;
  g_autoptr(Run) other = NULL;

  g_assert_cmpint (add->status, ==, 0);
  requests = dry_run (bench, (const char *const[]) { "--provider", "kling", "--subject", "watch.png", NULL });
  assert_address (requests, 0, "POST", "https://api-singapore.klingai.com/v1/images/multi-image2image");

  other = bench_run (bench, "compose", "--provider", "kling", "--account", "shop", "--subject", "watch.png",
                     "--dry-run", NULL);
  assert_error (other, 19, "studio");
}

static void
test_wrong (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) subjects =
    bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png", "--subject", "cup.png",
               "--subject", "lamp.png", "--subject", "shoe.png", "--subject", "watch.png=fifth", "--dry-run", NULL);
  g_autoptr(Run) no_subject = bench_run (bench, "compose", "--provider", "kling", "--prompt", "a", "--dry-run", NULL);
  g_autoptr(Run) no_prompt = bench_run (bench, "compose", "--provider", "modelslab", "--dry-run", NULL);
  g_autoptr(Run) empty = bench_run (bench, "compose", "--provider", "modelslab", "--prompt", "", "--dry-run", NULL);
  g_autoptr(Run) input = bench_run (bench, "compose", "--provider", "modelslab", "--prompt", "-", "--key-stdin",
                                    "--dry-run", NULL);
  g_autoptr(Run) account = bench_run (bench, "compose", "--subject", "watch.png", "--account", "a", "--dry-run", NULL);
  g_autoptr(Run) asked = bench_run (bench, "compose", "--provider", "runware", "--prompt", "a", "--dry-run",
                                    "--ask-price", NULL);

  assert_error (subjects, REFUSED, "up to 4");
  assert_error (no_subject, REFUSED, "subject");
  assert_error (no_prompt, 2, "--prompt");
  assert_error (empty, REFUSED, "prompt");
  assert_error (input, 2, "standard input");
  assert_error (account, 2, "--account");
  assert_error (asked, 2, "--ask-price");
}

static void
test_price (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) listed = bench_run (bench, "compose", "--provider", "runware", "--subject", "watch.png",
                                     "--prompt", "@watch", "--set", "size=1024x1024", "--count", "2", "--price", "--json", NULL);
  g_autoptr(Run) unknown = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png", "--price", NULL);
  g_autoptr(Run) add = bench_run (bench, "account", "add", "kling", "shop", "--price", "0.05", "--currency", "eur", NULL);
  g_autoptr(Run) typed = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png",
                                    "--count", "3", "--price", "--json", NULL);
  g_autoptr(Run) beside = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png", "--dry-run",
                                     "--price", NULL);
  g_autoptr(Run) local = bench_run (bench, "compose", "--subject", "watch.png", "--price", NULL);
  g_autoptr(JsonNode) node = parse_json (listed->out);
  g_autoptr(JsonNode) typed_node = parse_json (typed->out);
  g_autoptr(JsonNode) requests = parse_json (beside->out);
  JsonObject *price = json_object_get_object_member (json_node_get_object (node), "price");
  JsonObject *typed_price = json_object_get_object_member (json_node_get_object (typed_node), "price");

  /* Two of 1K and one photo each, as the list has it. */
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (price, "amount"), 2 * 0.06895 + 0.00028, 0.0003);
  g_assert_cmpstr (json_object_get_string_member (price, "currency"), ==, "USD");
  g_assert_cmpstr (json_object_get_string_member (price, "source"), ==, "listed");
  g_assert_cmpuint (strlen (json_object_get_string_member (price, "as_of")), ==, strlen ("2026-01-01"));
  g_assert_cmpstr (unknown->out, ==, "price unknown\n");

  g_assert_cmpint (add->status, ==, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (typed_price, "amount"), 0.15, 1e-9);
  g_assert_cmpstr (json_object_get_string_member (typed_price, "currency"), ==, "EUR");
  g_assert_cmpstr (json_object_get_string_member (typed_price, "source"), ==, "typed");

  g_assert_cmpuint (get_n (requests), ==, 1);
  g_assert_nonnull (strstr (beside->err, "0.05"));
  g_assert_cmpstr (local->out, ==, "free\n");
}

/* Values that go together only in pairs: the other one. */
static char *
find_partner (JsonArray  *parameters,
              const char *name,
              const char *value)
{
  const char *other = g_str_equal (name, "width") ? "height" : g_str_equal (name, "height") ? "width" : NULL;
  JsonArray *choices = NULL;

  for (guint i = 0; other != NULL && i < json_array_get_length (parameters); i++)
    {
      JsonObject *parameter = json_array_get_object_element (parameters, i);

      if (g_str_equal (json_object_get_string_member (parameter, "name"), "size"))
        choices = json_object_get_array_member (parameter, "choices");
    }

  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    {
      g_auto(GStrv) sides = g_strsplit (json_array_get_string_element (choices, i), "x", 2);
      gboolean is_width = g_str_equal (name, "width");

      if (g_str_equal (sides[is_width ? 0 : 1], value))
        return g_strconcat (other, "=", sides[is_width ? 1 : 0], NULL);
    }

  return NULL;
}

typedef struct
{
  Bench      *bench;
  const char *model;
  JsonArray  *parameters;
  const char *name;
  guint       n_runs;
} Walk;

static void
try_value (Walk       *walk,
           const char *value,
           gboolean    is_inside)
{
  g_autofree char *setting = g_strdup_printf ("%s=%s", walk->name, value);
  g_autofree char *partner = find_partner (walk->parameters, walk->name, value);
  g_autoptr(Run) run = bench_run (walk->bench, "compose", "--model", walk->model, "--subject", "watch.png",
                                  "--prompt", "@watch", "--dry-run", "--set", setting,
                                  partner != NULL ? "--set" : NULL, partner, NULL);

  walk->n_runs++;
  /* Known from other people's code alone; the schema that comes with the
   * program does not list it. */
  if (g_str_equal (walk->name, "settings.thinking"))
    is_inside = FALSE;
  if (is_inside && run->status != 0)
    g_error ("%s: “%s” is inside, and is refused: %s", walk->model, setting, run->err);
  if (!is_inside && run->status != REFUSED)
    g_error ("%s: “%s” is outside, and the status is %d", walk->model, setting, run->status);
  if (!is_inside && strstr (run->err, walk->name) == NULL)
    g_error ("%s: “%s” is refused with: %s", walk->model, setting, run->err);
}

static void
try_number (Walk     *walk,
            double    number,
            gboolean  is_inside)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  try_value (walk, g_ascii_formatd (text, sizeof text, "%.10g", number), is_inside);
}

static void
walk_number (Walk       *walk,
             JsonObject *parameter)
{
  double minimum = json_node_get_double (json_object_get_member (parameter, "minimum"));
  double maximum = json_node_get_double (json_object_get_member (parameter, "maximum"));
  double step = json_node_get_double (json_object_get_member (parameter, "step"));
  gboolean is_soft = json_object_get_boolean_member (parameter, "soft");
  gboolean is_whole = g_str_equal (json_object_get_string_member (parameter, "kind"), "integer");

  try_number (walk, minimum, TRUE);
  try_number (walk, maximum, TRUE);
  try_number (walk, minimum - step, is_soft && minimum - step > 0);
  try_number (walk, maximum + step, is_soft);
  if (is_whole)
    try_number (walk, minimum + 0.5, FALSE);
  if (is_whole && step > 1)
    try_number (walk, minimum + 1, FALSE);
  try_value (walk, "much", FALSE);
  try_value (walk, "nan", FALSE);
}

static void
walk_choice (Walk       *walk,
             JsonObject *parameter)
{
  JsonArray *choices = json_object_get_array_member (parameter, "choices");
  guint n = json_array_get_length (choices);

  try_value (walk, json_array_get_string_element (choices, 0), TRUE);
  try_value (walk, json_array_get_string_element (choices, n - 1), TRUE);
  try_value (walk, "5:1", FALSE);
}

static void
walk_text (Walk       *walk,
           JsonObject *parameter)
{
  gint64 minimum = json_object_get_int_member (parameter, "minimum");
  gint64 maximum = json_object_get_int_member (parameter, "maximum");
  g_autofree char *longest = g_strnfill (MAX (maximum, 9), 'x');
  g_autofree char *too_long = g_strnfill (maximum + 1, 'x');
  g_autofree char *too_short = g_strnfill (MAX (minimum, 1) - 1, 'x');

  memcpy (longest, "https://", 8);
  memcpy (too_long, "https://", MIN (8, maximum));
  try_value (walk, longest, TRUE);
  if (maximum > 0)
    try_value (walk, too_long, FALSE);
  if (minimum > 1)
    try_value (walk, too_short, FALSE);
}

static void
walk_parameter (Walk       *walk,
                JsonObject *parameter)
{
  const char *kind = json_object_get_string_member (parameter, "kind");

  walk->name = json_object_get_string_member (parameter, "name");
  if (g_str_equal (kind, "integer") || g_str_equal (kind, "number"))
    {
      walk_number (walk, parameter);
    }
  else if (g_str_equal (kind, "choice"))
    {
      walk_choice (walk, parameter);
    }
  else if (g_str_equal (kind, "text"))
    {
      walk_text (walk, parameter);
    }
  else
    {
      try_value (walk, "yes", TRUE);
      try_value (walk, "no", TRUE);
      try_value (walk, "perhaps", FALSE);
    }
}

/* Every limit of every parameter of a provider's models, from the table that
 * the program prints: one step inside and one outside. */
static void
test_limits (Bench        *bench,
             gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "models", "--json", NULL);
  g_autoptr(JsonNode) models = parse_json (run->out);
  guint n_runs = 0;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (models)); i++)
    {
      JsonObject *model = json_array_get_object_element (json_node_get_array (models), i);
      const char *id = json_object_get_string_member (model, "id");
      g_autoptr(Run) table = NULL;
      g_autoptr(JsonNode) parameters = NULL;
      Walk walk = { bench, id };

      if (!g_str_equal (json_object_get_string_member (model, "provider"), data))
        continue;

      table = bench_run (bench, "parameters", id, "--json", NULL);
      parameters = parse_json (table->out);
      walk.parameters = json_node_get_array (parameters);
      for (guint j = 0; j < json_array_get_length (walk.parameters); j++)
        walk_parameter (&walk, json_array_get_object_element (walk.parameters, j));
      n_runs += walk.n_runs;
    }

  g_test_message ("%u values", n_runs);
  g_assert_cmpuint (n_runs, >, 15);
}

/* The longest prompt, and one character more. */
static void
test_prompt_limit (Bench        *bench,
                   gconstpointer data)
{
  g_autofree char *longest = g_strnfill (2500, 'x');
  g_autofree char *too_long = g_strnfill (2501, 'x');
  g_autoptr(Run) inside = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png", "--prompt",
                                     longest, "--dry-run", NULL);
  g_autoptr(Run) outside = bench_run (bench, "compose", "--provider", "kling", "--subject", "watch.png", "--prompt",
                                      too_long, "--dry-run", NULL);

  g_assert_cmpint (inside->status, ==, 0);
  assert_error (outside, REFUSED, "2500");
}

static void
add_photos (GPtrArray  *arguments,
            const char *option,
            guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (arguments, g_strdup (option));
      g_ptr_array_add (arguments, g_strdup_printf ("watch.png=photo%s%u", option + 2, i));
    }
}

/* How many photos of each role, and of all. */
static void
test_photo_limits (Bench        *bench,
                   gconstpointer data)
{
  static const struct
  {
    const char *provider;
    guint       n_of_role[3];
    int         status;
  } rows[] = {
    { "kling", { 4, 1, 1 }, 0 },
    { "kling", { 5, 0, 0 }, REFUSED },
    { "kling", { 1, 2, 0 }, REFUSED },
    { "kling", { 1, 0, 2 }, REFUSED },
    { "kling", { 0, 1, 1 }, REFUSED },
    { "runware", { 12, 1, 1 }, 0 },
    { "runware", { 13, 1, 1 }, REFUSED },
    { "modelslab", { 14, 2, 2 }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const char *const start[] = { "compose", "--dry-run", "--prompt", "a", "--provider" };
      static const char *const options[] = { "--subject", "--scene", "--style" };
      g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(Run) run = NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (start); j++)
        g_ptr_array_add (arguments, g_strdup (start[j]));
      g_ptr_array_add (arguments, g_strdup (rows[i].provider));
      for (gsize j = 0; j < G_N_ELEMENTS (options); j++)
        add_photos (arguments, options[j], rows[i].n_of_role[j]);
      g_ptr_array_add (arguments, NULL);

      run = bench_run_argv (bench, NULL, (const char *const *) arguments->pdata);
      if (run->status != rows[i].status)
        g_error ("Row %" G_GSIZE_FORMAT ": %d: %s", i, run->status, run->err);
    }
}

#define ADD(path, func) g_test_add (path, Bench, NULL, set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/cli-dry-run/modelslab/references", test_modelslab_references);
  ADD ("/cli-dry-run/modelslab/roles", test_modelslab_roles);
  ADD ("/cli-dry-run/modelslab/text", test_modelslab_text);
  ADD ("/cli-dry-run/web-addresses", test_web_addresses);
  ADD ("/cli-dry-run/bad-web-addresses", test_bad_web_addresses);
  ADD ("/cli-dry-run/many-photos", test_many_photos);
  ADD ("/cli-dry-run/kling/all", test_kling);
  ADD ("/cli-dry-run/kling/plain", test_kling_plain);
  ADD ("/cli-dry-run/documented-names", test_documented_names);
  ADD ("/cli-dry-run/kling/official", test_official);
  ADD ("/cli-dry-run/runware", test_runware);
  ADD ("/cli-dry-run/local", test_local);
  ADD ("/cli-dry-run/endpoint", test_endpoint);
  ADD ("/cli-dry-run/bad-endpoints", test_bad_endpoints);
  ADD ("/cli-dry-run/needs-nothing", test_needs_nothing);
  ADD ("/cli-dry-run/account", test_account);
  ADD ("/cli-dry-run/wrong", test_wrong);
  ADD ("/cli-dry-run/price", test_price);
  ADD ("/cli-dry-run/prompt-limit", test_prompt_limit);
  ADD ("/cli-dry-run/photo-limits", test_photo_limits);
  g_test_add ("/cli-dry-run/limits/modelslab", Bench, "modelslab", set_up, test_limits, bench_tear_down);
  g_test_add ("/cli-dry-run/limits/kling", Bench, "kling", set_up, test_limits, bench_tear_down);
  g_test_add ("/cli-dry-run/limits/runware", Bench, "runware", set_up, test_limits, bench_tear_down);

  return g_test_run ();
}
