/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Runware's models take and cost: sizes exist in pairs, what goes together is
 * held, prices follow the list, and only fields that are known are chosen. */

#include "config.h"

#include "wire-fixture.h"

#include "runware/dio-runware-check.h"
#include "runware/dio-runware-model.h"
#include "runware/dio-runware-price.h"
#include "runware/dio-runware-schema.h"

#include "dio-error.h"

#include <math.h>
#include <string.h>

static WireFixture *
new_fixture (const char *model_id,
             guint       n_references,
             const char *values)
{
  g_autoptr(GString) references = g_string_new (NULL);

  for (guint i = 0; i < n_references; i++)
    g_string_append_printf (references, "thing%u/subject ", i);

  return wire_fixture_new (dio_runware_find_model (model_id), references->str, "A picture", values);
}

static gboolean
check_values (const char  *model_id,
              guint        n_references,
              const char  *values,
              GError     **error)
{
  g_autoptr(WireFixture) fixture = new_fixture (model_id, n_references, values);
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema (model_id);

  return dio_runware_check (fixture->request, fields, error);
}

static void
assert_refused (const char *model_id,
                guint       n_references,
                const char *values,
                const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (check_values (model_id, n_references, values, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_taken (const char *model_id,
              guint       n_references,
              const char *values)
{
  g_autoptr(GError) error = NULL;

  check_values (model_id, n_references, values, &error);
  g_assert_no_error (error);
}

static void
assert_side (const DioModelSpec *spec,
             const char         *name,
             int                 minimum,
             int                 maximum)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("runware", spec);
  const DioParameter *parameter = dio_model_info_find_parameter (model, name);

  g_assert_cmpfloat (parameter->minimum, ==, minimum);
  g_assert_cmpfloat (parameter->maximum, ==, maximum);
}

/* Each pair is taken by either name, and stands alone. */
static void
check_pair (const DioModelSpec   *spec,
            const DioRunwareSize *size,
            int                   max_width)
{
  g_autofree char *width = g_strdup_printf ("width=%d", size->width);
  g_autofree char *height = g_strdup_printf ("height=%d", size->height);
  g_autofree char *pair = g_strdup_printf ("%s %s", width, height);
  g_autofree char *word = g_strdup_printf ("size=%dx%d", size->width, size->height);
  g_autofree char *both = g_strdup_printf ("%s %s", word, pair);
  g_autofree char *wider = g_strdup_printf ("width=%d %s", size->width + 1, height);
  g_autofree char *narrower = g_strdup_printf ("width=%d %s", size->width - 1, height);
  g_autoptr(WireFixture) fixture = new_fixture (spec->id, 0, word);

  g_assert_true (dio_runware_get_size (fixture->request) == size);
  assert_taken (spec->id, 0, pair);
  assert_taken (spec->id, 0, word);
  assert_taken (spec->id, 0, both);
  assert_refused (spec->id, 1, width, "together");
  assert_refused (spec->id, 1, height, "together");

  /* At the ends, the parameter's own limit refuses it as it is set. */
  if (size->width < max_width)
    assert_refused (spec->id, 1, wider, "does not make");
  else
    assert_refused (spec->id, 1, narrower, "does not make");
}

static void
test_runware_sizes (void)
{
  static const guint n_expected[DIO_RUNWARE_N_MODELS] = { 56, 30, 10 };

  for (guint i = 0; i < DIO_RUNWARE_N_MODELS; i++)
    {
      const DioModelSpec *spec = &dio_runware_models[i];
      int min_width = G_MAXINT, max_width = 0, min_height = G_MAXINT, max_height = 0;
      guint n_sizes;
      const DioRunwareSize *sizes = dio_runware_get_sizes (spec->id, &n_sizes);

      g_assert_cmpuint (n_sizes, ==, n_expected[i]);
      for (guint k = 0; k < n_sizes; k++)
        {
          min_width = MIN (min_width, sizes[k].width);
          max_width = MAX (max_width, sizes[k].width);
          min_height = MIN (min_height, sizes[k].height);
          max_height = MAX (max_height, sizes[k].height);
        }
      for (guint k = 0; k < n_sizes; k++)
        check_pair (spec, &sizes[k], max_width);

      assert_side (spec, "width", min_width, max_width);
      assert_side (spec, "height", min_height, max_height);
    }
}

static gboolean
is_of_ratio (const DioRunwareSize *size)
{
  double across, down;
  char *end;

  across = g_ascii_strtod (size->ratio, &end);
  down = g_ascii_strtod (end + 1, NULL);

  return fabs (log ((double) size->width / size->height * down / across)) < 0.03;
}

/* What the vendor prints, though it breaks the pattern of its own table. */
static gboolean
is_odd (const DioRunwareSize *size)
{
  return size->width == 792 || size->width == 1548;
}

static void
check_pattern (const char           *model_id,
               const DioRunwareSize *size)
{
  static const double sides[DIO_RUNWARE_N_TIERS] = { 512, 1024, 2048, 4096 };
  double side = sqrt ((double) size->width * size->height);
  const DioRunwareSize *twice = dio_runware_find_size (model_id, 2 * size->width, 2 * size->height);
  const DioRunwareSize *turned = dio_runware_find_size (model_id, size->height, size->width);

  g_assert_true (is_of_ratio (size));
  g_assert_cmpfloat (fabs (log (side / sides[size->tier])), <, 0.08);
  g_assert_cmpint (size->width % 8, ==, 0);
  g_assert_cmpint (size->height % 8, ==, 0);

  if (!g_str_equal (size->ratio, "21:9"))
    g_assert_nonnull (turned);
  if (size->tier < DIO_RUNWARE_TIER_4K && !g_str_equal (model_id, "google:4@1"))
    {
      g_assert_nonnull (twice);
      g_assert_cmpint (twice->tier, ==, size->tier + 1);
      g_assert_cmpstr (twice->ratio, ==, size->ratio);
    }
}

/* A slip of the pen in the table shows as a pair that is out of its pattern. */
static void
test_runware_pattern (void)
{
  for (guint i = 0; i < DIO_RUNWARE_N_MODELS; i++)
    {
      guint n_sizes;
      const DioRunwareSize *sizes = dio_runware_get_sizes (dio_runware_models[i].id, &n_sizes);

      for (guint k = 0; k < n_sizes; k++)
        {
          if (!is_odd (&sizes[k]))
            check_pattern (dio_runware_models[i].id, &sizes[k]);
        }
    }
}

static void
test_runware_size_rules (void)
{
  for (guint i = 0; i < DIO_RUNWARE_N_MODELS; i++)
    {
      const char *id = dio_runware_models[i].id;

      assert_refused (id, 0, "", "Without references");
      assert_taken (id, 1, "");
      assert_taken (id, dio_runware_models[i].max_references, "");
    }

  assert_taken ("google:4@3", 1, "resolution=0.5k");
  assert_taken ("google:4@3", 0, "resolution=4k");
  assert_taken ("google:4@2", 1, "resolution=1k");
  assert_refused ("google:4@3", 1, "resolution=1k size=1024x1024", "only one");
  assert_refused ("google:4@3", 1, "resolution=1k width=1024 height=1024", "only one");
  assert_refused ("google:4@3", 1, "size=1024x1024 width=1200 height=896", "otherwise");

  /* What another model makes. */
  g_assert_null (dio_runware_find_size ("google:4@2", 512, 512));
  g_assert_null (dio_runware_find_size ("google:4@2", 1584, 672));
  g_assert_nonnull (dio_runware_find_size ("google:4@2", 1548, 672));
  g_assert_null (dio_runware_find_size ("google:4@1", 1200, 896));
  g_assert_nonnull (dio_runware_find_size ("google:4@1", 1184, 864));
  g_assert_null (dio_runware_find_size ("google:9@9", 1024, 1024));
}

static void
test_runware_other_rules (void)
{
  assert_taken ("google:4@3", 1, "numberResults=10");
  assert_taken ("google:4@3", 1, "numberResults=25");
  assert_refused ("google:4@3", 1, "numberResults=0", "1 or more");
  assert_taken ("google:4@3", 1, "ttl=3600");
  assert_refused ("google:4@3", 1, "ttl=-1", "1 or more");
  assert_refused ("google:4@3", 1, "ttl=3600 outputType=dataURI", "outputType");
  assert_taken ("google:4@3", 1, "uploadEndpoint=https://store.example/put?a=b");
  assert_refused ("google:4@3", 1, "uploadEndpoint=file:///etc/passwd", "address");
  assert_refused ("google:4@3", 1, "webhookURL=nonsense", "address");
}

static void
test_runware_limits (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("runware", &dio_runware_models[0]);
  g_autoptr(DioValues) values = dio_values_new (model);
  g_autofree char *long_prompt = g_strnfill (50000, 'a');
  static const char *const wrong[][2] = {
    { "outputQuality", "19" }, { "outputQuality", "100" }, { "outputFormat", "GIF" },
    { "outputType", "url" }, { "resolution", "1K" }, { "seed", "4294967296" }, { "seed", "-1" },
    { "size", "1024x1025" }, { "width", "1200.5" }, { "webhookURL", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dio_values_set_text (values, wrong[i][0], wrong[i][1], &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    }

  /* The longest prompt is not certain: it does not block. An empty one does. */
  g_assert_true (dio_model_info_check_prompt (model, long_prompt, NULL));
  g_assert_false (dio_model_info_check_prompt (model, "", NULL));

  for (guint i = 0; i < DIO_RUNWARE_N_MODELS; i++)
    {
      g_assert_true (dio_runware_find_model (dio_runware_models[i].id) == &dio_runware_models[i]);
      g_assert_cmpint (dio_runware_models[i].mention_style, ==, DIO_MENTION_ORDINAL);
    }
  g_assert_null (dio_runware_find_model ("google:9@9"));
}

static void
assert_price (const char *model_id,
              guint       n_references,
              const char *values,
              double      amount,
              gboolean    is_guess)
{
  g_autoptr(WireFixture) fixture = new_fixture (model_id, n_references, values);
  DioRunwareEstimate estimate;

  g_assert_true (dio_runware_estimate (fixture->request, &estimate));
  g_assert_cmpfloat_with_epsilon (estimate.amount, amount, 1e-9);
  g_assert_cmpint (estimate.is_guess, ==, is_guess);
  g_assert_cmpint (strlen (estimate.read), ==, strlen ("2026-11-21"));
}

static void
test_runware_prices (void)
{
  assert_price ("google:4@3", 0, "size=512x512", 0.04657, FALSE);
  assert_price ("google:4@3", 0, "size=1024x1024", 0.06895, FALSE);
  assert_price ("google:4@3", 0, "width=2752 height=1536", 0.10255, FALSE);
  assert_price ("google:4@3", 1, "resolution=4k", 0.15295 + 0.00028, FALSE);
  assert_price ("google:4@3", 14, "", 0.06895 + 14 * 0.00028, TRUE);
  assert_price ("google:4@3", 2, "resolution=1k numberResults=4",
                4 * (0.06895 + 2 * 0.00028), FALSE);
  assert_price ("google:4@3", 2, "resolution=1k numberResults=4 providerSettings.google.webSearch=yes",
                4 * (0.06895 + 2 * 0.00028) + 0.14, FALSE);
  assert_price ("google:4@3", 2, "resolution=1k providerSettings.google.webSearch=no",
                0.06895 + 2 * 0.00028, FALSE);
  assert_price ("google:4@2", 3, "size=2048x2048", 0.138, FALSE);
  assert_price ("google:4@2", 3, "resolution=4k numberResults=2", 2 * 0.244, FALSE);
  assert_price ("google:4@1", 8, "", 0.039, TRUE);
}

static DioHttpReply *
load_reply (guint       status,
            const char *name)
{
  g_autoptr(JsonNode) node = wire_fixture_load ("runware", name);
  g_autofree char *text = json_to_string (node, FALSE);

  return wire_fixture_make_reply (status, text);
}

static void
test_runware_schema (void)
{
  static const char *const known[] = {
    "taskType", "positivePrompt", "inputs", "inputs.referenceImages", "safety.checkContent",
    "width", "height", "resolution", "settings.thinking", "numberResults", "anything",
  };
  static const char *const unknown[] = { "nothing", "seed", "imageURL", "type", "referenceImages", "inputs.referenceImages.type" };
  g_autoptr(DioHttpReply) reply = load_reply (200, "schema.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) fields = dio_runware_read_schema (reply, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (g_hash_table_contains (fields, known[i]));
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (g_hash_table_contains (fields, unknown[i]));
}

static void
test_runware_schema_wrong (void)
{
  static const struct { guint status; const char *body; DioError code; } cases[] = {
    { 200, "", DIO_ERROR_REPLY },
    { 200, "[]", DIO_ERROR_REPLY },
    { 200, "{\"requestSchema\": null}", DIO_ERROR_REPLY },
    { 200, "{\"requestSchema\": {\"properties\": {\"model\": {}, \"taskType\": {}, \"taskUUID\": {}}}}", DIO_ERROR_REPLY },
    { 404, "<html>", DIO_ERROR_NOT_FOUND },
    { 503, "", DIO_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (cases[i].status, cases[i].body);
      g_autoptr(GError) error = NULL;

      g_assert_null (dio_runware_read_schema (reply, &error));
      g_assert_error (error, DIO_ERROR, (int) cases[i].code);
    }
}

/* What nests without end is not followed. */
static void
test_runware_schema_deep (void)
{
  g_autoptr(GString) text =
    g_string_new ("{\"requestSchema\":{\"properties\":{\"taskType\":{},\"taskUUID\":{},\"model\":{},\"positivePrompt\":{},\"deep\":");
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GHashTable) fields = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "{\"items\":");
  g_string_append (text, "{\"properties\":{\"end\":{}}}");
  for (guint i = 0; i < 203; i++)
    g_string_append_c (text, '}');

  reply = wire_fixture_make_reply (200, text->str);
  fields = dio_runware_read_schema (reply, &error);
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (fields, "deep"));
  g_assert_false (g_hash_table_contains (fields, "deep.end"));
}

static void
test_runware_schema_address (void)
{
  g_autoptr(DioHttpRequest) call = dio_runware_make_schema (NULL, "google:4@3");
  g_autoptr(DioHttpRequest) elsewhere = dio_runware_make_schema ("http://127.0.0.1:8080/x", "google:4@3");

  g_assert_cmpstr (call->method, ==, "GET");
  g_assert_cmpstr (call->url, ==, "https://schemas.runware.ai/resolve/google%3A4%403");
  g_assert_cmpstr (elsewhere->url, ==, "http://127.0.0.1:8080/x/resolve/google%3A4%403");
  g_assert_cmpuint (g_hash_table_size (call->headers), ==, 0);
}

/* Nothing that was chosen is left out in silence. */
static void
test_runware_unknown_fields (void)
{
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  g_autoptr(WireFixture) thoughtful = new_fixture ("google:4@3", 1, "settings.thinking=HIGH");
  g_autoptr(WireFixture) many = new_fixture ("google:4@3", 1, "numberResults=3");
  g_autoptr(WireFixture) plain = new_fixture ("google:4@3", 1, "seed=7");
  g_autoptr(GError) error = NULL;

  g_assert_false (dio_runware_check (thoughtful->request, fields, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_hash_table_add (fields, g_strdup ("settings.thinking"));
  g_assert_true (dio_runware_check (thoughtful->request, fields, NULL));

  g_assert_true (dio_runware_check (many->request, fields, NULL));
  g_hash_table_remove (fields, "numberResults");
  g_hash_table_remove (fields, "seed");
  g_assert_false (dio_runware_check (many->request, fields, NULL));
  g_assert_true (dio_runware_check (plain->request, fields, NULL));
}

/* A stored request may be damaged, or of a version with other limits. */
static void
test_runware_stored (void)
{
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema ("google:4@3");
  static const char *const values[] = {
    "{\"size\": 12}", "{\"width\": \"1200\", \"height\": 896}", "{\"outputType\": true}",
    "{\"size\": \"1024x1024x3\"}", "{\"resolution\": \"8k\"}", "{\"numberResults\": 1.5}", "{\"size\": \"99999999999x1\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"id\": \"" WIRE_FIXTURE_ID "\", \"provider\": \"runware\", \"model\": \"google:4@3\","
                         " \"prompt\": \"A picture\", \"values\": %s}", values[i]);
      g_autoptr(JsonNode) node = json_from_string (text, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(DioRequest) request = dio_request_new_from_json (node, NULL, NULL, &error);
      DioRunwareEstimate estimate;

      g_assert_no_error (error);
      g_assert_false (dio_runware_check (request, fields, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
      g_assert_null (dio_runware_get_size (request));
      g_assert_true (dio_runware_estimate (request, &estimate));
      g_assert_true (estimate.is_guess);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/runware/sizes", test_runware_sizes);
  g_test_add_func ("/runware/pattern", test_runware_pattern);
  g_test_add_func ("/runware/size-rules", test_runware_size_rules);
  g_test_add_func ("/runware/other-rules", test_runware_other_rules);
  g_test_add_func ("/runware/limits", test_runware_limits);
  g_test_add_func ("/runware/prices", test_runware_prices);
  g_test_add_func ("/runware/schema", test_runware_schema);
  g_test_add_func ("/runware/schema-wrong", test_runware_schema_wrong);
  g_test_add_func ("/runware/schema-deep", test_runware_schema_deep);
  g_test_add_func ("/runware/schema-address", test_runware_schema_address);
  g_test_add_func ("/runware/unknown-fields", test_runware_unknown_fields);
  g_test_add_func ("/runware/stored", test_runware_stored);

  return g_test_run ();
}
