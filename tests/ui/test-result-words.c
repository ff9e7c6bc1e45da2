/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a result claims no more than is known. */

#include "config.h"

#include "dio-result-words.h"
#include "ui-fixture.h"

static const DioChoice formats[] = { { "JPG", "JPG" }, { "PNG", "PNG" } };

static const DioParameter parameters[] = {
  { .name = "width", .kind = DIO_PARAMETER_INTEGER, .minimum = 1, .maximum = 4096, .fallback = 2048 },
  { .name = "height", .kind = DIO_PARAMETER_INTEGER, .minimum = 1, .maximum = 4096, .fallback = 1536 },
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT, .minimum = 1, .maximum = 9, .fallback = 1 },
  { .name = "format", .kind = DIO_PARAMETER_CHOICE, .flags = DIO_PARAMETER_FILE_TYPE, .fallback_text = "JPG",
    .choices = formats, .n_choices = 2 },
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED | DIO_PARAMETER_OPTIONAL, .maximum = 1e6 },
};

static const DioModelSpec with_seed = {
  .id = "with-seed", .title = "With", .parameters = parameters, .n_parameters = 5,
};

static const DioModelSpec without_seed = {
  .id = "without-seed", .title = "Without", .parameters = parameters, .n_parameters = 4,
};

static DioRequest *
make_request (const DioModelSpec *spec,
              gint64              seed,
              gint64              n)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("somebody", spec);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioValues *values;
  DioRequest *request;
  g_autoptr(GError) error = NULL;

  dio_composition_set_model (composition, model);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "A boat");
  values = dio_composition_get_values (composition, model);
  if (seed >= 0)
    g_assert_true (dio_values_set (values, "seed", g_variant_new_int64 (seed), NULL));
  g_assert_true (dio_values_set (values, "n", g_variant_new_int64 (n), NULL));
  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);

  return request;
}

static DioResult *
make_result (int    width,
             int    height,
             guint  index,
             gint64 seed)
{
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", index, width, height);

  picture->seed = seed;
  picture->seconds = 18.2;

  return dio_result_new ("id", "job", "/nowhere.png", 100 * G_USEC_PER_SEC, "somebody", "with-seed", "", picture);
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_size (void)
{
  g_autoptr(DioRequest) request = make_request (&with_seed, 42, 1);
  g_autoptr(DioResult) as_asked = make_result (2048, 1536, 0, 42);
  g_autoptr(DioResult) smaller = make_result (1024, 1024, 0, 42);

  assert_text (dio_result_dup_size_text (as_asked, request), "2048 × 1536 · as requested");
  assert_text (dio_result_dup_size_text (smaller, request), "1024 × 1024 · requested 2048 × 1536");
  assert_text (dio_result_dup_size_text (smaller, NULL), "1024 × 1024");
}

static void
test_type (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("somebody", &with_seed);
  g_autoptr(DioRequest) request = make_request (&with_seed, 42, 1);
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "jpg", 0, 8, 8);
  g_autoptr(DioResult) other = make_result (8, 8, 0, 42);
  g_autoptr(DioResult) as_asked = NULL;

  as_asked = dio_result_new ("id", "job", "/nowhere.jpg", 0, "somebody", "with-seed", "", picture);
  assert_text (dio_result_dup_type_text (as_asked, request, model), "JPEG · as requested");
  assert_text (dio_result_dup_type_text (other, request, model), "PNG · requested JPEG");
  assert_text (dio_result_dup_type_text (other, NULL, model), "PNG");
  assert_text (dio_result_dup_type_text (other, request, NULL), "PNG");
}

static void
assert_seed (const DioModelSpec *spec,
             gint64              sent,
             guint               index,
             gint64              told,
             const char         *expected)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("somebody", spec);
  g_autoptr(DioRequest) request = make_request (spec, sent, 3);
  g_autoptr(DioResult) result = make_result (8, 8, index, told);

  assert_text (dio_result_dup_seed_text (result, request, model), expected);
}

static void
test_seed (void)
{
  g_autoptr(DioResult) result = make_result (8, 8, 0, 42);

  assert_seed (&with_seed, 42, 0, 42, "42 · sent");
  assert_seed (&with_seed, 42, 0, -1, "42 · sent");
  assert_seed (&with_seed, 42, 0, 77, "77 · 42 was sent, and ignored by the provider");
  assert_seed (&with_seed, 42, 1, 43, "43 · from 42, which was sent");
  assert_seed (&with_seed, 0, 0, 0, "0 · sent");
  assert_seed (&with_seed, 0, 0, 77, "77 · drawn by the provider");
  assert_seed (&with_seed, 0, 0, -1, "Drawn by the provider, which does not tell it");
  assert_seed (&without_seed, -1, 0, -1, "Not supported");
  assert_seed (&without_seed, -1, 0, 77, "77 · drawn by the provider");
  assert_text (dio_result_dup_seed_text (result, NULL, NULL), "42");
}

static void
test_time (void)
{
  g_autoptr(DioRequest) request = make_request (&with_seed, 42, 1);
  g_autoptr(DioJob) job = dio_job_new_stored (request, DIO_JOB_DONE, 79 * G_USEC_PER_SEC);
  g_autoptr(DioResult) result = make_result (8, 8, 0, 42);

  assert_text (dio_result_dup_time_text (result, job), "18 s · 21 s with waiting");
  assert_text (dio_result_dup_time_text (result, NULL), "18 s");
}

/* An estimate is never told as the provider's figure, nor an unknown price as none. */
static void
test_cost (void)
{
  g_autoptr(DioRequest) request = make_request (&with_seed, 42, 2);
  g_autoptr(DioJob) job = dio_job_new_stored (request, DIO_JOB_DONE, 0);
  g_autoptr(DioAccount) account = dio_account_new ("somebody", "default");
  g_autoptr(DioResult) result = make_result (8, 8, 0, 42);
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", 0, 8, 8);
  g_autoptr(DioResult) told = NULL;
  DioPrice estimate = { 0 };

  assert_text (dio_result_dup_cost_text (result, job), NULL);
  dio_job_set_account (job, account);
  assert_text (dio_result_dup_cost_text (result, job), "Unknown");

  dio_price_set (&estimate, DIO_PRICE_LISTED, 0.25, "USD");
  dio_job_set_estimate (job, &estimate);
  assert_text (dio_result_dup_cost_text (result, job), "$0.125 · estimate");

  dio_price_set (&dio_job_edit_remote (job)->cost, DIO_PRICE_TOLD, 0.5, "USD");
  assert_text (dio_result_dup_cost_text (result, job), "$0.50 for all · reported");

  picture->cost = 0.134;
  picture->currency = g_strdup ("USD");
  told = dio_result_new ("id", "job", "/nowhere.png", 0, "somebody", "with-seed", "", picture);
  assert_text (dio_result_dup_cost_text (told, job), "$0.134 · reported");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-words/size", test_size);
  g_test_add_func ("/result-words/type", test_type);
  g_test_add_func ("/result-words/seed", test_seed);
  g_test_add_func ("/result-words/time", test_time);
  g_test_add_func ("/result-words/cost", test_cost);

  return g_test_run ();
}
