/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stored request makes the composition again that it was frozen from. */

#include "config.h"

#include "dio-composition-recall.h"
#include "dio-error.h"

#define N_RUNS 300

static const DioChoice choices[] = { { "png", "PNG" }, { "jpeg", "JPEG" } };

static const DioParameter parameters[] = {
  { .name = "size", .kind = DIO_PARAMETER_INTEGER, .minimum = 8, .maximum = 64, .step = 8, .fallback = 16 },
  { .name = "strength", .kind = DIO_PARAMETER_NUMBER, .minimum = 0, .maximum = 1, .fallback = 0.5 },
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED, .maximum = G_MAXUINT32, .step = 1 },
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT, .minimum = 1, .maximum = 4, .step = 1, .fallback = 1 },
  { .name = "ratio", .kind = DIO_PARAMETER_TEXT, .flags = DIO_PARAMETER_OPTIONAL, .maximum = 5 },
  { .name = "negative", .kind = DIO_PARAMETER_TEXT, .maximum = 0 },
  { .name = "mark", .kind = DIO_PARAMETER_SWITCH },
  { .name = "format", .kind = DIO_PARAMETER_CHOICE, .fallback_text = "png", .choices = choices, .n_choices = 2 },
};

static const DioModelSpec spec = {
  .id = "test-model",
  .title = "Test Model",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .max_references = 4,
  .max_of_role = { [DIO_ROLE_SCENE] = 1 },
};

static const char *const values[][4] = {
  { "size", "8", "24", "16" },
  { "strength", "0", "1", "0.123456789012345" },
  { "seed", "0", "4294967295", "7" },
  { "n", "1", "4", "2" },
  { "ratio", "16:9", "1:1", "" },
  { "negative", "blur", "", "größer, “zitiert”" },
  { "mark", "true", "false", "true" },
  { "format", "jpeg", "png", "jpeg" },
};

static void
add_random_reference (DioComposition *composition,
                      GRand          *rand,
                      GHashTable     *kept)
{
  static const char *const names[] = { "mug.jpg", "mug.png", "Die Vase.webp", "日本.png", "a-b.jpg" };
  g_autofree char *content = g_strdup_printf ("photo %u", g_rand_int (rand));
  g_autoptr(GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr(DioReference) reference = NULL;

  reference = dio_reference_new (bytes, "image/png", g_rand_int_range (rand, 1, 4000), g_rand_int_range (rand, 1, 4000),
                                 names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
  dio_reference_set_role (reference, g_rand_int_range (rand, 0, DIO_N_ROLES));
  dio_reference_set_enabled (reference, g_rand_int_range (rand, 0, 4) > 0);
  if (g_rand_boolean (rand))
    {
      dio_reference_set_address (reference, "https://example.com/a.png");
      dio_reference_set_by_address (reference, g_rand_boolean (rand));
    }
  dio_composition_add_reference (composition, reference, g_rand_int_range (rand, 0, 8));
  g_hash_table_insert (kept, g_strdup (dio_reference_get_hash (reference)), g_bytes_ref (bytes));
}

static void
write_random_prompt (DioComposition *composition,
                     GRand          *rand)
{
  GListModel *references = dio_composition_get_references (composition);
  guint n = g_list_model_get_n_items (references);
  g_autoptr(GString) text = g_string_new ("");

  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    {
      static const char *const words[] = { "on the ", "@nobody ", "größer\n", "", "mail@", "-" };

      g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      if (n > 0)
        {
          g_autoptr(DioReference) reference = g_list_model_get_item (references, g_rand_int_range (rand, 0, n));

          g_string_append_printf (text, "@%s", dio_reference_get_name (reference));
        }
    }

  dio_prompt_set_text (dio_composition_get_prompt (composition), text->str);
}

static void
fill_randomly (DioComposition *composition,
               DioModelInfo   *model,
               GRand          *rand,
               GHashTable     *kept)
{
  static const char *const roles[] = { NULL, "", "Image 1 is sold." };
  DioValues *held = dio_composition_get_values (composition, model);

  for (int i = g_rand_int_range (rand, 0, 7); i > 0; i--)
    add_random_reference (composition, rand, kept);
  write_random_prompt (composition, rand);
  dio_composition_set_roles (composition, roles[g_rand_int_range (rand, 0, G_N_ELEMENTS (roles))]);
  dio_composition_set_title (composition, g_rand_boolean (rand) ? "Still Life" : "");

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_rand_boolean (rand))
      g_assert_true (dio_values_set_text (held, values[i][0], values[i][g_rand_int_range (rand, 1, 4)], NULL));
}

static GBytes *
load_cb (const char *hash,
         gpointer    user_data)
{
  GBytes *bytes = g_hash_table_lookup (user_data, hash);

  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static char *
print (DioRequest *request)
{
  g_autoptr(JsonNode) node = dio_request_to_json (request);

  json_object_remove_member (json_node_get_object (node), "id");

  return json_to_string (node, TRUE);
}

static DioRequest *
store (DioRequest *request,
       GHashTable *kept)
{
  g_autoptr(JsonNode) node = dio_request_to_json (request);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr(JsonNode) read = json_from_string (text, NULL);
  g_autoptr(GError) error = NULL;
  DioRequest *stored = dio_request_new_from_json (read, load_cb, kept, &error);

  g_assert_no_error (error);

  return stored;
}

static void
check_mentions (DioComposition *composition)
{
  g_autoptr(GArray) mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (composition));

  for (guint i = 0; i < mentions->len; i++)
    {
      DioReference *reference = g_array_index (mentions, DioMention, i).reference;

      g_assert_true (dio_composition_find_reference (composition, dio_reference_get_name (reference)) == reference);
    }
}

/* Whatever was in the composition before. */
static void
test_recall_random (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(GRand) rand = g_rand_new_with_seed (2026);

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
      g_autoptr(DioComposition) composition = dio_composition_new ();
      g_autoptr(DioComposition) other = dio_composition_new ();
      g_autoptr(DioRequest) request = NULL;
      g_autoptr(DioRequest) stored = NULL;
      g_autoptr(DioRequest) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;
      g_autoptr(GError) error = NULL;

      fill_randomly (composition, model, rand, kept);
      request = dio_request_new (composition, model, NULL);
      stored = store (request, kept);

      fill_randomly (other, model, rand, kept);
      g_assert_true (dio_composition_recall (other, stored, model, &error));
      g_assert_no_error (error);
      g_assert_true (dio_composition_get_model (other) == model);
      again = dio_request_new (other, model, NULL);

      text = print (request);
      text_again = print (again);
      g_assert_cmpstr (text_again, ==, text);
      check_mentions (other);
    }
}

static void
add (DioComposition *composition,
     const char     *name)
{
  g_autoptr(GBytes) bytes = g_bytes_new (name, strlen (name));
  g_autoptr(DioReference) reference = dio_reference_new (bytes, "image/png", 4, 3, name);

  dio_composition_add_reference (composition, reference, G_MAXUINT);
}

/* The rest is there, and it is said which ones are not. */
static void
test_recall_gone (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioRequest) stored = NULL;
  g_autoptr(GArray) mentions = NULL;
  g_autofree char *prompt = NULL;
  g_autoptr(GError) error = NULL;
  DioReference *mug;

  add (composition, "mug");
  add (composition, "vase");
  add (composition, "dish");
  mug = dio_composition_find_reference (composition, "mug");
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@mug beside @vase");
  g_hash_table_insert (kept, g_strdup (dio_reference_get_hash (mug)), g_bytes_ref (dio_reference_get_bytes (mug)));
  request = dio_request_new (composition, model, NULL);
  stored = store (request, kept);

  dio_composition_clear (composition);
  g_assert_false (dio_composition_recall (composition, stored, model, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "vase, dish"));
  g_clear_error (&error);

  g_assert_cmpuint (g_list_model_get_n_items (dio_composition_get_references (composition)), ==, 1);
  prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  g_assert_cmpstr (prompt, ==, "@mug beside @vase");
  mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (composition));
  g_assert_cmpuint (mentions->len, ==, 1);

  /* What the strip holds is not gone. */
  add (composition, "vase");
  add (composition, "dish");
  g_assert_true (dio_composition_recall (composition, stored, model, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (dio_composition_get_references (composition)), ==, 3);
}

/* Of another version, with a value that the model no longer takes, and no size. */
static void
test_recall_strange (void)
{
  static const char text[] =
    "{\"id\":\"a\",\"provider\":\"test\",\"model\":\"test-model\",\"prompt\":\"@mug\",\"seed-name\":\"seed\","
    "\"values\":{\"size\":9,\"strength\":1,\"seed\":5.0,\"n\":1e300,\"other\":true},"
    "\"references\":[{\"name\":\"two words\",\"role\":\"scene\",\"hash\":\"h\"}]}";
  g_autoptr(DioModelInfo) model = dio_model_info_new ("test", &spec);
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autoptr(DioRequest) stored = NULL;
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GVariant) strength = NULL;
  g_autoptr(GError) error = NULL;
  DioValues *held;

  g_hash_table_insert (kept, g_strdup ("h"), g_bytes_new_static ("photo", 5));
  stored = dio_request_new_from_json (node, load_cb, kept, &error);
  g_assert_no_error (error);

  g_assert_false (dio_composition_recall (composition, stored, model, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  held = dio_composition_get_values (composition, model);
  g_assert_false (dio_values_is_set (held, "size"));
  g_assert_false (dio_values_is_set (held, "n"));
  g_assert_cmpint (dio_values_get_integer (held, "seed"), ==, 5);
  strength = dio_values_get (held, "strength");
  g_assert_cmpfloat (g_variant_get_double (strength), ==, 1);

  reference = g_list_model_get_item (dio_composition_get_references (composition), 0);
  g_assert_true (dio_reference_is_name (dio_reference_get_name (reference)));
  g_assert_cmpint (dio_reference_get_height (reference), >, 0);

  /* The model is gone too. */
  g_clear_error (&error);
  g_assert_true (dio_composition_recall (composition, stored, NULL, &error));
  g_assert_true (dio_composition_get_model (composition) == model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/composition-recall/random", test_recall_random);
  g_test_add_func ("/composition-recall/gone", test_recall_gone);
  g_test_add_func ("/composition-recall/strange", test_recall_strange);

  return g_test_run ();
}
