/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a composition to a paid job: whose account, which price, what would be
 * sent; and jobs that an earlier run has left. */

#include "config.h"

#include "dio-error.h"
#include "dio-studio.h"
#include "library-fixture.h"

/* A provider that is paid and keeps what it is given. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, DioProvider)

struct _TestProvider
{
  DioProvider parent_instance;
  gboolean    refuses;         /* what its values say together */
  char       *preview_account; /* (owned) (nullable): of the last preview */
  guint       n_runs;
};

G_DEFINE_FINAL_TYPE (TestProvider, test_provider, DIO_TYPE_PROVIDER)

static const DioParameter parameters[] = {
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT,
    .minimum = 1, .maximum = 4, .step = 1, .fallback = 3 },
};

static const DioModelSpec spec = {
  .id = "m",
  .title = "M",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .prompt_required = TRUE,
};

static void
test_provider_estimate (DioProvider *provider,
                        DioRequest  *request,
                        DioPrice    *price)
{
  dio_price_set (price, DIO_PRICE_LISTED, 0.2 * dio_request_get_count (request), "USD");
}

static gboolean
test_provider_check (DioProvider  *provider,
                     DioRequest   *request,
                     GError      **error)
{
  if (!TEST_PROVIDER (provider)->refuses)
    return TRUE;

  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "These do not go together");

  return FALSE;
}

static void
test_provider_run_async (DioProvider         *provider,
                         DioJob              *job,
                         DioJobStore         *store,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (provider, NULL, callback, user_data);

  TEST_PROVIDER (provider)->n_runs++;
  g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_CREDIT, "No credit");
}

static gboolean
test_provider_run_finish (DioProvider   *provider,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_provider_preview_async (DioProvider         *provider,
                             DioRequest          *request,
                             const DioAccount    *account,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  TestProvider *self = TEST_PROVIDER (provider);
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  DioPreview *preview = dio_preview_new ();

  g_free (self->preview_account);
  self->preview_account = g_strdup (account->name);
  preview->prompt = g_strdup (dio_request_get_prompt (request));
  g_task_return_pointer (task, preview, (GDestroyNotify) dio_preview_free);
}

static DioPreview *
test_provider_preview_finish (DioProvider   *provider,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_provider_finalize (GObject *object)
{
  g_free (TEST_PROVIDER (object)->preview_account);

  G_OBJECT_CLASS (test_provider_parent_class)->finalize (object);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_provider_finalize;
  provider_class->id = "test";
  provider_class->display_name = "Test";
  provider_class->models = &spec;
  provider_class->n_models = 1;
  provider_class->estimate = test_provider_estimate;
  provider_class->check = test_provider_check;
  provider_class->run_async = test_provider_run_async;
  provider_class->run_finish = test_provider_run_finish;
  provider_class->preview_async = test_provider_preview_async;
  provider_class->preview_finish = test_provider_preview_finish;
}

static void
test_provider_init (TestProvider *self)
{
}

typedef struct
{
  char           *folder;
  DioStudio      *studio;
  TestProvider   *provider;
  DioComposition *composition;
} Fixture;

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
open_studio (Fixture *fixture,
             gboolean restores_jobs)
{
  g_autofree char *data = g_build_filename (fixture->folder, "data", NULL);
  g_autofree char *cache = g_build_filename (fixture->folder, "cache", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fixture->studio = dio_studio_new (data, cache, NULL, NULL);
  fixture->provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_list_store_append (G_LIST_STORE (dio_studio_get_providers (fixture->studio)), fixture->provider);
  dio_job_queue_set_paused (dio_studio_get_queue (fixture->studio), TRUE);

  g_assert_true (dio_studio_get_restores_jobs (fixture->studio));
  dio_studio_set_restores_jobs (fixture->studio, restores_jobs);
  dio_studio_open_async (fixture->studio, NULL, store_result_cb, &result);
  dio_studio_open_finish (fixture->studio, wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
close_studio (Fixture *fixture)
{
  settle ();
  g_assert_finalize_object (fixture->studio);
  g_assert_finalize_object (fixture->provider);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(DioModelInfo) model = NULL;

  fixture->folder = g_dir_make_tmp ("diorama-studio-XXXXXX", NULL);
  open_studio (fixture, TRUE);

  model = g_list_model_get_item (dio_provider_get_models (DIO_PROVIDER (fixture->provider)), 0);
  fixture->composition = dio_composition_new ();
  dio_composition_set_model (fixture->composition, model);
  dio_prompt_set_text (dio_composition_get_prompt (fixture->composition), "A watch");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_studio (fixture);
  g_assert_finalize_object (fixture->composition);
  library_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
save_account (Fixture    *fixture,
              const char *name,
              double      price)
{
  g_autoptr(DioAccount) account = dio_account_new ("test", name);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  account->price = price;
  account->currency = g_strdup ("EUR");
  dio_library_save_account_async (dio_studio_get_library (fixture->studio), account, store_result_cb, &result);
  dio_library_save_account_finish (dio_studio_get_library (fixture->studio), wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
assert_account (Fixture    *fixture,
                const char *provider_id,
                const char *name,
                const char *expected)
{
  g_autoptr(DioAccount) account = dio_studio_dup_account (fixture->studio, provider_id, name);

  g_assert_cmpstr (account != NULL ? account->name : NULL, ==, expected);
}

static void
test_accounts (Fixture       *fixture,
               gconstpointer  data)
{
  assert_account (fixture, "test", NULL, "default");
  assert_account (fixture, "test", "mine", NULL);
  assert_account (fixture, "local", NULL, NULL);
  assert_account (fixture, "no such provider", NULL, NULL);

  save_account (fixture, "mine", -1);
  save_account (fixture, "yours", -1);
  g_assert_cmpuint (dio_account_list_get_n (dio_studio_get_accounts (fixture->studio)), ==, 2);
  assert_account (fixture, "test", NULL, "mine");
  assert_account (fixture, "test", "yours", "yours");
  assert_account (fixture, "test", "default", NULL);
}

static void
assert_estimate (Fixture          *fixture,
                 const DioAccount *account,
                 DioPriceSource    source,
                 double            amount)
{
  DioPrice price = { .source = DIO_PRICE_TOLD };

  dio_studio_estimate (fixture->studio, fixture->composition, account, &price);
  g_assert_cmpint (price.source, ==, source);
  g_assert_cmpfloat_with_epsilon (price.amount, amount, 1e-9);
}

/* Money is shown before it is spent, and before the prompt is written. */
static void
test_estimate (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DioAccount) typed = dio_account_new ("test", "typed");

  typed->price = 0.5;
  typed->currency = g_strdup ("EUR");
  dio_prompt_set_text (dio_composition_get_prompt (fixture->composition), "");
  fixture->provider->refuses = TRUE;

  assert_estimate (fixture, NULL, DIO_PRICE_LISTED, 0.6);
  assert_estimate (fixture, typed, DIO_PRICE_TYPED, 1.5);
  save_account (fixture, "mine", 0.1);
  assert_estimate (fixture, NULL, DIO_PRICE_TYPED, 0.3);

  dio_composition_set_model (fixture->composition, dio_studio_find_model (fixture->studio, "local"));
  assert_estimate (fixture, NULL, DIO_PRICE_FREE, 0);
  dio_composition_set_model (fixture->composition, NULL);
  assert_estimate (fixture, NULL, DIO_PRICE_UNKNOWN, 0);
}

static void
assert_invalid (Fixture *fixture)
{
  g_autoptr(GError) freezing = NULL;
  g_autoptr(GError) generating = NULL;

  g_assert_null (dio_studio_freeze (fixture->studio, fixture->composition, &freezing));
  g_assert_error (freezing, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_null (dio_studio_generate (fixture->studio, fixture->composition, NULL, FALSE, &generating));
  g_assert_error (generating, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dio_studio_get_queue (fixture->studio))), ==, 0);
}

static void
test_invalid (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DioRequest) request = dio_studio_freeze (fixture->studio, fixture->composition, NULL);

  g_assert_nonnull (request);
  fixture->provider->refuses = TRUE;
  assert_invalid (fixture);

  fixture->provider->refuses = FALSE;
  dio_prompt_set_text (dio_composition_get_prompt (fixture->composition), "");
  assert_invalid (fixture);
}

static void
test_generate (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DioAccount) mine = dio_account_new ("test", "mine");
  DioJob *job = dio_studio_generate (fixture->studio, fixture->composition, NULL, FALSE, NULL);

  g_assert_cmpstr (dio_job_get_account (job)->name, ==, "default");
  g_assert_cmpint (dio_job_get_estimate (job)->source, ==, DIO_PRICE_LISTED);
  g_assert_cmpfloat_with_epsilon (dio_job_get_estimate (job)->amount, 0.6, 1e-9);
  g_assert_false (dio_job_get_accepts_unknown_price (job));

  mine->endpoint = g_strdup ("https://example.org");
  mine->price = 1;
  job = dio_studio_generate (fixture->studio, fixture->composition, mine, TRUE, NULL);
  g_assert_cmpstr (dio_job_get_account (job)->name, ==, "mine");
  g_assert_cmpstr (dio_job_get_account (job)->endpoint, ==, "https://example.org");
  g_assert_cmpint (dio_job_get_estimate (job)->source, ==, DIO_PRICE_TYPED);
  g_assert_true (dio_job_get_accepts_unknown_price (job));

  dio_job_queue_set_paused (dio_studio_get_queue (fixture->studio), FALSE);
  while (dio_job_queue_get_n_open (dio_studio_get_queue (fixture->studio)) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 2);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_CREDIT);
}

/* Nobody is asked to pay for what is made here. */
static void
test_generate_local (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *job;

  dio_composition_set_model (fixture->composition, dio_studio_find_model (fixture->studio, "local"));
  job = dio_studio_generate (fixture->studio, fixture->composition, NULL, FALSE, NULL);
  g_assert_null (dio_job_get_account (job));
  g_assert_cmpint (dio_job_get_estimate (job)->source, ==, DIO_PRICE_FREE);

  dio_job_cancel (job);
  while (dio_job_queue_get_n_open (dio_studio_get_queue (fixture->studio)) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static DioPreview *
preview (Fixture           *fixture,
         const DioAccount  *account,
         GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_preview_async (fixture->studio, fixture->composition, account, NULL, store_result_cb, &result);

  return dio_studio_preview_finish (fixture->studio, wait_for (&result), error);
}

static void
test_preview (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DioAccount) mine = dio_account_new ("test", "mine");
  g_autoptr(DioPreview) first = preview (fixture, NULL, NULL);
  g_autoptr(DioPreview) second = NULL;
  g_autoptr(GError) invalid = NULL;
  g_autoptr(GError) local = NULL;

  g_assert_cmpstr (first->prompt, ==, "A watch");
  g_assert_cmpstr (fixture->provider->preview_account, ==, "default");
  second = preview (fixture, mine, NULL);
  g_assert_nonnull (second);
  g_assert_cmpstr (fixture->provider->preview_account, ==, "mine");

  fixture->provider->refuses = TRUE;
  g_assert_null (preview (fixture, mine, &invalid));
  g_assert_error (invalid, DIO_ERROR, DIO_ERROR_INVALID);

  dio_composition_set_model (fixture->composition, dio_studio_find_model (fixture->studio, "local"));
  g_assert_null (preview (fixture, NULL, &local));
  g_assert_error (local, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
}

/* Left unsent by one run, taken up by the next that stays. */
static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DioAccount) mine = dio_account_new ("test", "mine");
  g_autoptr(DioJob) job = NULL;
  g_autofree char *id = NULL;
  GListModel *queue;

  job = g_object_ref (dio_studio_generate (fixture->studio, fixture->composition, mine, TRUE, NULL));
  id = g_strdup (dio_job_get_id (job));
  while (dio_job_get_state (job) != DIO_JOB_WAITING)
    g_main_context_iteration (NULL, TRUE);
  close_studio (fixture);
  g_clear_object (&job);

  open_studio (fixture, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dio_studio_get_queue (fixture->studio))), ==, 0);
  close_studio (fixture);

  open_studio (fixture, TRUE);
  queue = G_LIST_MODEL (dio_studio_get_queue (fixture->studio));
  g_assert_cmpuint (g_list_model_get_n_items (queue), ==, 1);
  job = g_list_model_get_item (queue, 0);
  g_assert_cmpstr (dio_job_get_id (job), ==, id);
  g_assert_cmpstr (dio_job_get_account (job)->name, ==, "mine");
  g_assert_cmpint (dio_job_get_estimate (job)->source, ==, DIO_PRICE_LISTED);
  g_assert_true (dio_job_get_accepts_unknown_price (job));

  dio_job_queue_set_paused (DIO_JOB_QUEUE (queue), FALSE);
  while (!dio_job_state_is_over (dio_job_get_state (job)))
    g_main_context_iteration (NULL, TRUE);
  while (dio_job_queue_get_n_open (DIO_JOB_QUEUE (queue)) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 1);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/studio-jobs/accounts", test_accounts);
  ADD ("/studio-jobs/estimate", test_estimate);
  ADD ("/studio-jobs/invalid", test_invalid);
  ADD ("/studio-jobs/generate", test_generate);
  ADD ("/studio-jobs/generate-local", test_generate_local);
  ADD ("/studio-jobs/preview", test_preview);
  ADD ("/studio-jobs/restore", test_restore);

  return g_test_run ();
}
