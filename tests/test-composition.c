/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: names stay apart, mentions stay bound, the bench is said, and
 * a request reads back as it was. */

#include "config.h"

#include "dio-error.h"
#include "dio-request.h"

static const DioParameter parameters[] = {
  { .name = "size", .kind = DIO_PARAMETER_INTEGER, .minimum = 8, .maximum = 64, .step = 8, .fallback = 16 },
  { .name = "strength", .kind = DIO_PARAMETER_NUMBER, .minimum = 0, .maximum = 1, .fallback = 0.5 },
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED, .maximum = G_MAXUINT32, .step = 1 },
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT, .minimum = 1, .maximum = 4, .step = 1, .fallback = 1 },
  { .name = "ratio", .kind = DIO_PARAMETER_TEXT, .flags = DIO_PARAMETER_OPTIONAL, .maximum = 5 },
};

static const DioModelSpec spec = {
  .id = "test-model",
  .title = "Test Model",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .max_references = 4,
  .max_of_role = { [DIO_ROLE_SCENE] = 1 },
  .max_prompt = 40,
};

static DioReference *
add (DioComposition *composition,
     const char     *file_name,
     DioRole         role)
{
  g_autoptr(GBytes) bytes = g_bytes_new (file_name, strlen (file_name));
  g_autoptr(DioReference) reference = dio_reference_new (bytes, "image/png", 4, 3, file_name);

  dio_reference_set_role (reference, role);
  dio_composition_add_reference (composition, reference, G_MAXUINT);

  return reference;
}

static void
assert_prompt (DioComposition *composition,
               const char     *text)
{
  g_autofree char *is = dio_prompt_dup_text (dio_composition_get_prompt (composition));

  g_assert_cmpstr (is, ==, text);
}

static void
test_composition_names (void)
{
  static const struct { const char *file; const char *name; } cases[] = {
    { "Teapot.JPG", "teapot" },
    { "teapot.png", "teapot-2" },
    { "My Photo (2).jpeg", "my-photo-2" },
    { "  .jpg", "photo" },
    { "größe_1.png", "größe_1" },
    { ".hidden", "hidden" },
    { "bad\xff" "bytes.png", "bad-bytes" },
    { "日本.png", "日本" },
  };
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(GError) error = NULL;
  DioReference *first;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DioReference *reference = add (composition, cases[i].file, DIO_ROLE_SUBJECT);

      g_assert_cmpstr (dio_reference_get_name (reference), ==, cases[i].name);
      g_assert_true (dio_reference_is_name (cases[i].name));
    }

  first = dio_composition_find_reference (composition, "TEAPOT");
  g_assert_nonnull (first);
  g_assert_false (dio_composition_rename_reference (composition, first, "photo", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dio_composition_rename_reference (composition, first, "two words", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (dio_composition_rename_reference (composition, first, "Teapot", &error));
  g_assert_no_error (error);
}

static void
test_composition_mentions (void)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioPrompt *prompt = dio_composition_get_prompt (composition);
  DioReference *mug = add (composition, "mug.png", DIO_ROLE_SUBJECT);
  DioReference *vase = add (composition, "vase.png", DIO_ROLE_SUBJECT);
  g_autoptr(GArray) mentions = NULL;

  dio_prompt_set_text (prompt, "@mug, @vase-, @nobody and a@mug; mail@ @Mug");
  mentions = dio_prompt_dup_mentions (prompt);
  g_assert_cmpuint (mentions->len, ==, 4);
  g_assert_true (g_array_index (mentions, DioMention, 0).reference == mug);
  g_assert_cmpuint (g_array_index (mentions, DioMention, 0).start, ==, 0);
  g_assert_cmpuint (g_array_index (mentions, DioMention, 0).end, ==, 4);
  g_assert_true (g_array_index (mentions, DioMention, 1).reference == vase);

  dio_composition_move_reference (composition, vase, 0);
  g_assert_true (dio_composition_rename_reference (composition, mug, "cup", NULL));
  assert_prompt (composition, "@cup, @vase-, @nobody and a@cup; mail@ @cup");

  /* Gone from the strip, the mention stays what it was. */
  dio_composition_remove_reference (composition, vase);
  assert_prompt (composition, "@cup, @vase-, @nobody and a@cup; mail@ @cup");
}

static void
count_cb (gpointer  object,
          guint    *count)
{
  (*count)++;
}

static void
count_roles_cb (guint *count)
{
  (*count)++;
}

static void
test_composition_prompt_signal (void)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioPrompt *prompt = dio_composition_get_prompt (composition);
  DioReference *mug = add (composition, "mug.png", DIO_ROLE_SUBJECT);
  guint count = 0;

  g_signal_connect (prompt, "changed", G_CALLBACK (count_cb), &count);
  dio_prompt_set_text (prompt, "@mug and @mug");
  g_assert_cmpuint (count, ==, 1);
  dio_prompt_set_text (prompt, "@mug and @mug");
  g_assert_cmpuint (count, ==, 1);
  dio_composition_rename_reference (composition, mug, "cup", NULL);
  g_assert_cmpuint (count, ==, 2);
  dio_prompt_set_text (prompt, "");
  dio_composition_rename_reference (composition, mug, "bowl", NULL);
  g_assert_cmpuint (count, ==, 3);
}

static void
test_composition_bench (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(GPtrArray) selected = NULL;
  g_autoptr(GPtrArray) benched = NULL;
  DioReference *scene, *second, *off;

  add (composition, "a.png", DIO_ROLE_SUBJECT);
  scene = add (composition, "b.png", DIO_ROLE_SCENE);
  off = add (composition, "c.png", DIO_ROLE_SUBJECT);
  second = add (composition, "d.png", DIO_ROLE_SCENE);
  add (composition, "e.png", DIO_ROLE_STYLE);
  dio_reference_set_enabled (off, FALSE);

  selected = dio_model_info_select (model, dio_composition_get_references (composition), &benched);
  g_assert_cmpuint (selected->len, ==, 3);
  g_assert_true (g_ptr_array_index (selected, 1) == scene);
  g_assert_cmpuint (benched->len, ==, 1);
  g_assert_true (g_ptr_array_index (benched, 0) == second);

  add (composition, "f.png", DIO_ROLE_SUBJECT);
  add (composition, "g.png", DIO_ROLE_SUBJECT);
  g_clear_pointer (&selected, g_ptr_array_unref);
  g_clear_pointer (&benched, g_ptr_array_unref);
  selected = dio_model_info_select (model, dio_composition_get_references (composition), &benched);
  g_assert_cmpuint (selected->len, ==, 4);
  g_assert_cmpuint (benched->len, ==, 2);
}

static GBytes *
load_cb (const char *hash,
         gpointer    user_data)
{
  DioComposition *composition = user_data;
  DioReference *reference = dio_composition_find_reference (composition, "mug");

  g_assert_cmpstr (hash, ==, dio_reference_get_hash (reference));

  return g_bytes_ref (dio_reference_get_bytes (reference));
}

static void
test_composition_request (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioValues *values = dio_composition_get_values (composition, model);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioRequest) again = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) node_again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr(GVariant) ratio = NULL;
  g_autoptr(GError) error = NULL;

  add (composition, "mug.png", DIO_ROLE_SUBJECT);
  dio_reference_set_address (dio_composition_find_reference (composition, "mug"), "https://example.com/mug.png");
  dio_reference_set_by_address (dio_composition_find_reference (composition, "mug"), TRUE);
  dio_composition_set_title (composition, "Mug");
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@mug on the left");
  g_assert_true (dio_values_set_text (values, "size", "64", &error));
  g_assert_true (dio_values_set_text (values, "n", "3", &error));

  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dio_request_get_integer (request, "size", 0), ==, 64);
  g_assert_cmpuint (dio_request_get_count (request), ==, 3);
  g_assert_cmpint (dio_request_get_seed (request), >, 0);
  ratio = dio_request_lookup (request, "ratio");
  g_assert_null (ratio);

  /* Frozen: what happens to the composition later does not reach it. */
  dio_composition_rename_reference (composition, dio_composition_find_reference (composition, "mug"), "cup", NULL);
  dio_composition_rename_reference (composition, dio_composition_find_reference (composition, "cup"), "mug", NULL);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "else");
  g_assert_cmpstr (dio_request_get_prompt (request), ==, "@mug on the left");

  node = dio_request_to_json (request);
  again = dio_request_new_from_json (node, load_cb, composition, &error);
  g_assert_no_error (error);
  node_again = dio_request_to_json (again);
  text = json_to_string (node, FALSE);
  text_again = json_to_string (node_again, FALSE);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpint (dio_request_get_seed (again), ==, dio_request_get_seed (request));
  g_assert_nonnull (dio_request_get_reference (again, 0)->bytes);
  g_assert_cmpstr (dio_request_get_reference (again, 0)->address, ==, "https://example.com/mug.png");

  g_assert_finalize_object (g_steal_pointer (&request));
  g_assert_finalize_object (g_steal_pointer (&again));
}

static void
test_composition_request_damaged (void)
{
  static const char *const texts[] = {
    "[]", "{}", "\"x\"", "{\"id\":1}",
    "{\"id\":\"a\",\"provider\":\"b\",\"model\":\"c\",\"prompt\":\"d\"}",
    "{\"id\":\"a\",\"provider\":\"b\",\"model\":\"c\",\"prompt\":\"d\",\"values\":[]}",
    "{\"id\":\"a\",\"provider\":\"b\",\"model\":\"c\",\"prompt\":\"d\",\"values\":{},\"references\":[1]}",
    "{\"id\":\"a\",\"provider\":\"b\",\"model\":\"c\",\"prompt\":\"d\",\"values\":{},\"references\":[{\"role\":\"x\",\"hash\":\"y\",\"name\":\"z\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (texts[i], NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (dio_request_new_from_json (node, NULL, NULL, &error));
      g_assert_nonnull (error);
    }
}

/* Trying again was refused by the library, which knew the id already. */
static void
test_composition_request_again (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) request = NULL;
  DioRequest *again;

  add (composition, "mug.png", DIO_ROLE_SUBJECT);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@mug on the left");
  request = dio_request_new (composition, model, NULL);
  again = dio_request_new_again (request);

  g_assert_cmpstr (dio_request_get_id (again), !=, dio_request_get_id (request));
  g_assert_cmpstr (dio_request_get_prompt (again), ==, "@mug on the left");
  g_assert_cmpint (dio_request_get_seed (again), ==, dio_request_get_seed (request));
  g_assert_cmpuint (dio_request_get_n_references (again), ==, 1);
  g_assert_cmpstr (dio_request_get_reference (again, 0)->name, ==, "mug");

  g_assert_finalize_object (g_steal_pointer (&request));
  g_assert_cmpstr (dio_request_get_reference (again, 0)->name, ==, "mug");
  g_assert_finalize_object (again);
}

/* Kept with the composition, frozen, stored, and taken along to the next try. */
static void
test_composition_roles (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) silent = dio_request_new (composition, model, NULL);
  g_autoptr(JsonNode) silent_node = dio_request_to_json (silent);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioRequest) stored = NULL;
  g_autoptr(DioRequest) again = NULL;
  g_autoptr(JsonNode) node = NULL;
  guint count = 0;

  /* A request of an older version has no such member. */
  g_assert_null (dio_request_get_roles (silent));
  g_assert_false (json_object_has_member (json_node_get_object (silent_node), "roles"));
  stored = dio_request_new_from_json (silent_node, NULL, NULL, NULL);
  g_assert_null (dio_request_get_roles (stored));
  g_clear_object (&stored);

  g_signal_connect_swapped (composition, "notify::roles", G_CALLBACK (count_roles_cb), &count);
  dio_composition_set_roles (composition, "Image 1 is sold.");
  dio_composition_set_roles (composition, "Image 1 is sold.");
  g_assert_cmpuint (count, ==, 1);

  request = dio_request_new (composition, model, NULL);
  dio_composition_clear (composition);
  g_assert_null (dio_composition_get_roles (composition));
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpstr (dio_request_get_roles (request), ==, "Image 1 is sold.");

  node = dio_request_to_json (request);
  stored = dio_request_new_from_json (node, NULL, NULL, NULL);
  g_assert_cmpstr (dio_request_get_roles (stored), ==, "Image 1 is sold.");
  again = dio_request_new_again (stored);
  g_assert_cmpstr (dio_request_get_roles (again), ==, "Image 1 is sold.");
}

static void
test_composition_prompt_limit (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autofree char *text = g_strnfill (41, 'x');
  g_autoptr(GError) error = NULL;

  dio_prompt_set_text (dio_composition_get_prompt (composition), text);
  g_assert_null (dio_request_new (composition, model, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  assert_prompt (composition, text);
}

static void
test_composition_values_json (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioValues) values = dio_values_new (model);
  g_autoptr(DioValues) again = dio_values_new (model);
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) strange = json_from_string ("{\"size\":9,\"strength\":\"much\",\"seed\":null,\"other\":1,\"n\":[2]}", NULL);

  g_assert_true (dio_values_set_text (values, "size", "24", NULL));
  g_assert_true (dio_values_set_text (values, "strength", "0.25", NULL));
  g_assert_true (dio_values_set_text (values, "seed", "0", NULL));
  node = dio_values_to_json (values);
  dio_values_load_json (again, json_node_get_object (node));
  g_assert_cmpint (dio_values_get_integer (again, "size"), ==, 24);
  g_assert_true (dio_values_is_set (again, "seed"));
  g_assert_false (dio_values_is_set (again, "n"));

  dio_values_load_json (values, json_node_get_object (strange));
  g_assert_cmpint (dio_values_get_integer (values, "size"), ==, 24);
}

/* A text was taken for the seed 0, which gives one picture for ever. */
static void
test_composition_values_of_other_types (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(DioValues) values = dio_values_new (model);
  g_autoptr(JsonNode) strange = json_from_string ("{\"seed\":\"7\",\"strength\":\"0.5\",\"n\":true}", NULL);
  g_autoptr(JsonNode) whole = json_from_string ("{\"strength\":1,\"seed\":7.0}", NULL);

  dio_values_load_json (values, json_node_get_object (strange));
  g_assert_false (dio_values_is_set (values, "seed"));
  g_assert_false (dio_values_is_set (values, "strength"));
  g_assert_false (dio_values_is_set (values, "n"));

  dio_values_load_json (values, json_node_get_object (whole));
  g_assert_true (dio_values_is_set (values, "strength"));
  g_assert_cmpint (dio_values_get_integer (values, "seed"), ==, 7);
}

static void
test_composition_finalizes (void)
{
  DioComposition *composition = dio_composition_new ();
  DioReference *reference = g_object_ref (add (composition, "mug.png", DIO_ROLE_SUBJECT));

  dio_prompt_set_text (dio_composition_get_prompt (composition), "@mug");
  g_assert_finalize_object (composition);
  g_assert_finalize_object (reference);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/composition/names", test_composition_names);
  g_test_add_func ("/composition/mentions", test_composition_mentions);
  g_test_add_func ("/composition/prompt-signal", test_composition_prompt_signal);
  g_test_add_func ("/composition/bench", test_composition_bench);
  g_test_add_func ("/composition/request", test_composition_request);
  g_test_add_func ("/composition/request-again", test_composition_request_again);
  g_test_add_func ("/composition/request-damaged", test_composition_request_damaged);
  g_test_add_func ("/composition/roles", test_composition_roles);
  g_test_add_func ("/composition/prompt-limit", test_composition_prompt_limit);
  g_test_add_func ("/composition/values-json", test_composition_values_json);
  g_test_add_func ("/composition/values-of-other-types", test_composition_values_of_other_types);
  g_test_add_func ("/composition/finalizes", test_composition_finalizes);

  return g_test_run ();
}
