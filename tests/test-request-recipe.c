/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a request may travel with a picture, and that it is the same again. */

#include "config.h"

#include "dio-request.h"

#include <string.h>

static const DioParameter parameters[] = {
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED, .maximum = 99, .step = 1 },
  { .name = "style", .kind = DIO_PARAMETER_TEXT, .flags = DIO_PARAMETER_OPTIONAL },
  { .name = "webhook", .kind = DIO_PARAMETER_TEXT, .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE },
};

static const DioModelSpec spec = {
  .id = "model",
  .title = "Model",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static GBytes *
load_cb (const char *hash,
         gpointer    user_data)
{
  return g_bytes_ref (user_data);
}

static DioRequest *
make_request (GBytes *photo)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("provider", &spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioReference) reference = dio_reference_new (photo, "image/jpeg", 40, 30, "Erika Mustermann.jpeg");
  DioValues *values;
  DioRequest *request;

  dio_composition_set_model (composition, model);
  dio_composition_set_title (composition, "Hochzeit Mustermann");
  dio_composition_add_reference (composition, reference, G_MAXUINT);
  g_assert_true (dio_composition_rename_reference (composition, reference, "watch", NULL));
  dio_reference_set_address (reference, "https://example.org/photo?token=hush");
  dio_reference_set_by_address (reference, TRUE);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@watch on a table");
  values = dio_composition_get_values (composition, model);
  g_assert_true (dio_values_set (values, "style", g_variant_new_string ("bold"), NULL));
  g_assert_true (dio_values_set (values, "webhook", g_variant_new_string ("https://example.org/?key=hush"), NULL));
  request = dio_request_new (composition, model, NULL);
  g_assert_nonnull (request);

  return request;
}

static void
test_private (void)
{
  static const char *const secrets[] = { "Mustermann", "hush", "example.org", "Erika" };
  g_autoptr(GBytes) photo = g_bytes_new_static ("photo", 5);
  g_autoptr(DioRequest) request = make_request (photo);
  g_autofree char *recipe = dio_request_dup_recipe (request);
  g_autoptr(JsonNode) whole = dio_request_to_json (request);
  g_autofree char *text = json_to_string (whole, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_assert_null (strstr (recipe, secrets[i]));
      g_assert_nonnull (strstr (text, secrets[i]));
    }
  g_assert_null (strstr (recipe, dio_request_get_id (request)));
}

/* Also of a request that was in the database since. */
static void
test_stored (void)
{
  g_autoptr(GBytes) photo = g_bytes_new_static ("photo", 5);
  g_autoptr(DioRequest) request = make_request (photo);
  g_autoptr(JsonNode) node = dio_request_to_json (request);
  g_autoptr(DioRequest) stored = dio_request_new_from_json (node, load_cb, photo, NULL);
  g_autofree char *first = dio_request_dup_recipe (request);
  g_autofree char *second = NULL;

  g_assert_nonnull (stored);
  second = dio_request_dup_recipe (stored);
  g_assert_cmpstr (first, ==, second);
}

static void
test_again (void)
{
  g_autoptr(GBytes) photo = g_bytes_new_static ("photo", 5);
  g_autoptr(DioRequest) request = make_request (photo);
  g_autofree char *recipe = dio_request_dup_recipe (request);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioRequest) again = dio_request_new_from_recipe (recipe, load_cb, photo, &error);
  g_autofree char *second = NULL;
  const DioRequestReference *reference;

  g_assert_no_error (error);
  second = dio_request_dup_recipe (again);
  g_assert_cmpstr (second, ==, recipe);
  g_assert_cmpstr (dio_request_get_id (again), !=, dio_request_get_id (request));
  g_assert_cmpint (dio_request_get_seed (again), ==, dio_request_get_seed (request));

  reference = dio_request_get_reference (again, 0);
  g_assert_cmpstr (reference->file_name, ==, "watch.jpg");
  g_assert_true (reference->bytes == photo);
  g_assert_null (reference->address);
}

static void
test_no_recipe (void)
{
  static const char *const recipes[] = {
    "", "[]", "{}", "null", "{\"provider\":1}", "{\"provider\":\"p\",\"model\":\"m\",\"prompt\":\"x\"}",
    "{\"provider\":\"p\",\"model\":\"m\",\"prompt\":\"x\",\"references\":[1],\"values\":{}}",
    "{\"provider\":\"p\",\"model\":\"m\",\"prompt\":\"x\",\"values\":[]}",
  };
  g_autofree char *deep = g_strnfill (500000, '[');
  g_autofree char *long_text = g_strnfill (2000000, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    g_assert_null (dio_request_new_from_recipe (recipes[i], NULL, NULL, NULL));
  g_assert_null (dio_request_new_from_recipe (deep, NULL, NULL, NULL));
  g_assert_null (dio_request_new_from_recipe (long_text, NULL, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/request-recipe/private", test_private);
  g_test_add_func ("/request-recipe/stored", test_stored);
  g_test_add_func ("/request-recipe/again", test_again);
  g_test_add_func ("/request-recipe/none", test_no_recipe);

  return g_test_run ();
}
