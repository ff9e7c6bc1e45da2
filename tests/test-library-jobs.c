/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is known of a job comes back, whoever goes on with it. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static DioAccount *
make_account (const char *provider_id,
              const char *name)
{
  DioAccount *account = dio_account_new (provider_id, name);

  account->kind = g_strdup ("official");
  account->endpoint = g_strdup ("https://example.com/prefix");
  account->upload_url = g_strdup ("https://example.com/“up”");
  account->price = 0.125;
  account->currency = g_strdup ("EUR");
  account->is_told = TRUE;

  return account;
}

static void
assert_account (const DioAccount *account,
                const DioAccount *expected)
{
  g_assert_nonnull (account);
  g_assert_cmpstr (account->provider_id, ==, expected->provider_id);
  g_assert_cmpstr (account->name, ==, expected->name);
  g_assert_cmpstr (account->kind, ==, expected->kind);
  g_assert_cmpstr (account->endpoint, ==, expected->endpoint);
  g_assert_cmpstr (account->upload_url, ==, expected->upload_url);
  g_assert_cmpfloat (account->price, ==, expected->price);
  g_assert_cmpstr (account->currency, ==, expected->currency);
  g_assert_cmpint (account->is_told, ==, expected->is_told);
}

static void
fill_remote (DioJobRemote *remote)
{
  remote->id = g_strdup ("task-7");
  remote->data = g_strdup ("{\"urls\":[]}");
  remote->sent = g_strdup ("[{\"prompt\":\"a\"}]");
  remote->answer = g_strdup ("it said \"no\"");
  remote->retry_at = 5 * DAY;
  remote->expires = 6 * DAY;
  remote->billed = DIO_BILLED_YES;
  dio_price_set (&remote->cost, DIO_PRICE_TOLD, 0.345, "USD");
}

static void
assert_remote (const DioJobRemote *remote)
{
  g_assert_cmpstr (remote->id, ==, "task-7");
  g_assert_cmpstr (remote->data, ==, "{\"urls\":[]}");
  g_assert_cmpstr (remote->sent, ==, "[{\"prompt\":\"a\"}]");
  g_assert_cmpstr (remote->answer, ==, "it said \"no\"");
  g_assert_cmpint (remote->retry_at, ==, 5 * DAY);
  g_assert_cmpint (remote->expires, ==, 6 * DAY);
  g_assert_cmpint (remote->billed, ==, DIO_BILLED_YES);
  g_assert_cmpint (remote->cost.source, ==, DIO_PRICE_TOLD);
  g_assert_cmpfloat (remote->cost.amount, ==, 0.345);
  g_assert_cmpstr (remote->cost.currency, ==, "USD");
}

static void
add_told_picture (LibraryFixture *fixture,
                  DioJob         *job,
                  guint           index)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (index, 1000);
  g_autoptr(DioPicture) picture = dio_picture_new (bytes, "png", index, 8, 6);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GError) error = NULL;

  picture->remote_id = g_strdup_printf ("image-%u", index);
  picture->cost = 0.069;
  picture->currency = g_strdup ("USD");
  picture->expires = 7 * DAY;
  result = library_test_add_picture (fixture->library, job, picture, &error);
  g_assert_no_error (error);
}

static void
assert_told_results (LibraryFixture *fixture,
                     DioJob         *job)
{
  GListModel *results = dio_job_get_results (job);

  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(DioResult) result = g_list_model_get_item (results, i);
      g_autoptr(DioResult) listed = library_fixture_get_result (fixture, 1 - i);
      g_autofree char *id = g_strdup_printf ("image-%u", 1 - i);

      g_assert_true (result == listed);
      g_assert_cmpuint (dio_result_get_index (result), ==, 1 - i);
      g_assert_cmpstr (dio_result_get_remote_id (result), ==, id);
      g_assert_cmpfloat (dio_result_get_cost (result), ==, 0.069);
      g_assert_cmpstr (dio_result_get_currency (result), ==, "USD");
      g_assert_cmpint (dio_result_get_expires (result), ==, 7 * DAY);
    }
}

/* Another run of the program knows what this one knew. */
static void
test_jobs_come_back (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (9, 5000);
  g_autoptr(DioJob) job = library_test_make_job ("somewhere", "T", "a @watch", photo);
  g_autoptr(DioAccount) account = make_account ("somewhere", "Anna");
  DioPrice estimate = { DIO_PRICE_LISTED, 0.276, "USD", TRUE, "2026-11-01", "https://example.com/prices" };
  g_autoptr(GError) why = g_error_new_literal (DIO_ERROR, DIO_ERROR_BUSY, "later");
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GPtrArray) none = NULL;
  const DioRequestReference *reference;
  g_autoptr(GError) error = NULL;
  gint64 sent_at;
  DioJob *again;

  library_fixture_open (fixture);
  dio_job_set_account (job, account);
  dio_job_set_estimate (job, &estimate);
  dio_job_set_accepts_unknown_price (job, TRUE);
  g_assert_true (library_test_add_job (fixture->library, job, &error));
  library_fixture_send (fixture, job);
  sent_at = dio_job_get_remote (job)->sent_at;
  fill_remote (dio_job_edit_remote (job));
  dio_job_set_state (job, DIO_JOB_DOWNLOADING);
  dio_job_set_error (job, why);
  library_fixture_update (fixture, job);
  add_told_picture (fixture, job, 1);
  add_told_picture (fixture, job, 0);

  /* It is ours already. */
  none = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  library_fixture_open (fixture);
  taken = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 1);
  again = g_ptr_array_index (taken, 0);

  g_assert_cmpstr (dio_job_get_id (again), ==, dio_job_get_id (job));
  g_assert_cmpint (dio_job_get_state (again), ==, DIO_JOB_DOWNLOADING);
  g_assert_cmpint (dio_job_get_created (again), ==, dio_job_get_created (job));
  g_assert_true (g_error_matches (dio_job_get_error (again), DIO_ERROR, DIO_ERROR_BUSY));
  g_assert_cmpstr (dio_job_get_error (again)->message, ==, "later");
  assert_account (dio_job_get_account (again), account);
  g_assert_cmpint (dio_job_get_estimate (again)->source, ==, DIO_PRICE_LISTED);
  g_assert_cmpfloat (dio_job_get_estimate (again)->amount, ==, 0.276);
  g_assert_cmpstr (dio_job_get_estimate (again)->currency, ==, "USD");
  g_assert_true (dio_job_get_estimate (again)->is_guess);
  g_assert_cmpstr (dio_job_get_estimate (again)->as_of, ==, "2026-11-01");
  g_assert_cmpstr (dio_job_get_estimate (again)->where, ==, "https://example.com/prices");
  g_assert_true (dio_job_get_accepts_unknown_price (again));
  g_assert_cmpint (dio_job_get_remote (again)->sent_at, ==, sent_at);
  assert_remote (dio_job_get_remote (again));
  assert_told_results (fixture, again);

  g_assert_cmpuint (dio_request_get_count (dio_job_get_request (again)), ==, 4);
  reference = dio_request_get_reference (dio_job_get_request (again), 0);
  g_assert_cmpstr (reference->name, ==, "watch");
  g_assert_true (g_bytes_equal (reference->bytes, photo));
}

/* What cannot be read any more ends, and holds up nothing else. */
static void
test_jobs_damaged (LibraryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (9, 5000);
  g_autoptr(DioJob) whole = library_test_make_job ("somewhere", NULL, "a @watch", photo);
  g_autofree char *references = g_build_filename (fixture->folder, "references", NULL);
  g_autoptr(DioJob) broken = NULL;
  g_autoptr(GPtrArray) taken = NULL;
  g_autofree char *state = NULL;
  g_autoptr(GError) error = NULL;
  DioJob *again;

  library_fixture_open (fixture);
  g_assert_true (library_test_add_job (fixture->library, whole, &error));
  broken = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  g_free (library_fixture_query (fixture, "UPDATE jobs SET request = '' WHERE account IS NOT NULL"));
  library_test_remove_tree (references);

  library_fixture_open (fixture);
  taken = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 1);
  again = g_ptr_array_index (taken, 0);
  g_assert_cmpstr (dio_job_get_id (again), ==, dio_job_get_id (whole));
  g_assert_null (dio_request_get_reference (dio_job_get_request (again), 0)->bytes);

  state = library_fixture_query (fixture, "SELECT state || ' ' || error_class FROM jobs WHERE request = ''");
  g_assert_cmpstr (state, ==, "failed invalid");
  g_assert_null (library_test_take_job (fixture->library, dio_job_get_id (broken), &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_jobs_remote_ids (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(DioJob) first = NULL;
  g_autoptr(DioJob) second = NULL;
  g_auto(GStrv) ids = NULL;
  g_auto(GStrv) none = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  first = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  second = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  dio_job_edit_remote (second)->id = g_strdup ("task-2");
  library_fixture_update (fixture, second);

  ids = library_test_list_remote_ids (fixture->library, "somewhere", &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (ids, ((const char *const[]) { "task-2", NULL }));
  none = library_test_list_remote_ids (fixture->library, "elsewhere", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* What was paid and had no place is taken up at the next start, as what is open;
 * what failed in another way, or cost nothing, is over. */
static void
test_jobs_unstored (LibraryFixture *fixture,
                    gconstpointer   data)
{
  static const struct
  {
    DioError  code;
    DioBilled billed;
  } ends[] = {
    { DIO_ERROR_STORAGE, DIO_BILLED_YES },
    { DIO_ERROR_STORAGE, DIO_BILLED_NO },
    { DIO_ERROR_SERVER, DIO_BILLED_YES },
  };
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  library_fixture_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr(DioJob) job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
      g_autoptr(GError) end = g_error_new_literal (DIO_ERROR, ends[i].code, "No");

      library_fixture_send (fixture, job);
      dio_job_edit_remote (job)->billed = ends[i].billed;
      dio_job_set_error (job, end);
      dio_job_set_state (job, DIO_JOB_FAILED);
      library_fixture_update (fixture, job);
      if (i == 0)
        id = g_strdup (dio_job_get_id (job));
    }

  library_fixture_close (fixture);
  library_fixture_open (fixture);
  taken = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_cmpstr (dio_job_get_id (g_ptr_array_index (taken, 0)), ==, id);
  g_assert_true (dio_job_is_unstored (g_ptr_array_index (taken, 0)));
}

static gboolean
claim (LibraryFixture *fixture,
       DioJob         *job,
       const char     *remote_id)
{
  DioJobStore *store = DIO_JOB_STORE (fixture->library);
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;

  dio_job_store_claim_async (store, job, remote_id, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  if (dio_job_store_claim_finish (store, finished, &error))
    return TRUE;

  g_assert_error (error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN);

  return FALSE;
}

/* Of jobs that were sent and not answered, none has what may be another's: also
 * when the other is over, and until it has a name or was surely not taken. */
static void
test_jobs_claim (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr(DioJob) first = NULL;
  g_autoptr(DioJob) second = NULL;
  g_autoptr(DioJob) third = NULL;
  g_autofree char *name = NULL;

  library_fixture_open (fixture);
  first = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  second = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  third = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, first);
  library_fixture_send (fixture, second);

  dio_job_set_state (second, DIO_JOB_OUTCOME_UNKNOWN);
  library_fixture_update (fixture, second);
  g_assert_false (claim (fixture, first, "task-1"));
  g_assert_false (claim (fixture, second, "task-1"));

  dio_job_edit_remote (second)->id = g_strdup ("task-2");
  library_fixture_update (fixture, second);
  g_assert_false (claim (fixture, first, "task-2"));
  g_assert_true (claim (fixture, first, "task-1"));
  name = library_fixture_query (fixture, "SELECT group_concat (remote_id) FROM jobs");
  g_assert_cmpstr (name, ==, "task-1,task-2");

  library_fixture_send (fixture, third);
  g_assert_false (claim (fixture, third, "task-1"));
  g_assert_true (claim (fixture, third, "task-3"));
}

/* Refused for sure, or sent long before, it is no rival. */
static void
test_jobs_claim_alone (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(DioJob) refused = NULL;
  g_autoptr(DioJob) old = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  refused = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  old = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, refused);
  library_fixture_send (fixture, old);
  library_fixture_send (fixture, job);
  g_assert_false (claim (fixture, job, "task-1"));

  dio_job_set_state (refused, DIO_JOB_FAILED);
  dio_job_edit_remote (refused)->billed = DIO_BILLED_NO;
  library_fixture_update (fixture, refused);
  g_assert_false (claim (fixture, job, "task-1"));

  dio_job_set_state (old, DIO_JOB_OUTCOME_UNKNOWN);
  dio_job_edit_remote (old)->sent_at -= G_TIME_SPAN_DAY;
  library_fixture_update (fixture, old);
  g_assert_true (claim (fixture, job, "task-1"));
}

static void
count_cb (DioAccountList *list,
          guint          *n_changes)
{
  (*n_changes)++;
}

static void
test_jobs_accounts (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(DioAccount) anna = make_account ("kling", "Anna");
  g_autoptr(DioAccount) plain = dio_account_new ("kling", "default");
  g_autoptr(DioAccount) other = dio_account_new ("runware", "default");
  g_autoptr(GError) error = NULL;
  DioAccountList *list;
  guint n_changes = 0;

  library_fixture_open (fixture);
  list = dio_library_get_accounts (fixture->library);
  g_signal_connect (list, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (library_test_save_account (fixture->library, plain, &error));
  g_assert_true (library_test_save_account (fixture->library, other, &error));
  g_assert_true (library_test_save_account (fixture->library, anna, &error));
  plain->endpoint = g_strdup ("http://127.0.0.1:1234");
  g_assert_true (library_test_save_account (fixture->library, plain, &error));
  g_assert_true (library_test_remove_account (fixture->library, "runware", "default", &error));
  g_assert_true (library_test_remove_account (fixture->library, "runware", "default", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 5);
  g_assert_cmpuint (dio_account_list_get_n (list), ==, 2);

  library_fixture_open (fixture);
  list = dio_library_get_accounts (fixture->library);
  g_assert_cmpuint (dio_account_list_get_n (list), ==, 2);
  assert_account (dio_account_list_get (list, 0), plain);
  assert_account (dio_account_list_get (list, 1), anna);
  assert_account (dio_account_list_find (list, "kling", NULL), plain);
}

static void
test_jobs_history (LibraryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr(GPtrArray) page = NULL;
  g_autoptr(GPtrArray) rest = NULL;
  g_autoptr(DioJob) first = NULL;
  g_autoptr(DioJob) last = NULL;
  const DioJobSummary *summary;

  library_fixture_open (fixture);
  first = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  for (guint i = 0; i < 3; i++)
    g_object_unref (library_fixture_add_job (fixture, "a table"));
  last = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, last);
  fill_remote (dio_job_edit_remote (last));
  dio_job_set_state (last, DIO_JOB_MAKING);
  library_fixture_update (fixture, last);
  add_told_picture (fixture, last, 3);

  page = library_test_load_jobs (fixture->library, 0, 3);
  g_assert_cmpuint (page->len, ==, 3);
  summary = g_ptr_array_index (page, 0);
  g_assert_cmpstr (summary->id, ==, dio_job_get_id (last));
  g_assert_cmpstr (summary->provider_id, ==, "somewhere");
  g_assert_cmpstr (summary->model_id, ==, "test-model");
  g_assert_cmpstr (summary->prompt, ==, "a table");
  g_assert_cmpstr (summary->account, ==, "default");
  g_assert_cmpint (summary->state, ==, DIO_JOB_MAKING);
  g_assert_cmpint (summary->created, ==, dio_job_get_created (last));
  g_assert_cmpuint (summary->n_pictures, ==, 1);
  g_assert_cmpuint (summary->n_wanted, ==, 4);
  g_assert_true (summary->is_driven);
  assert_remote (&summary->remote);

  library_fixture_open (fixture);
  rest = library_test_load_jobs (fixture->library, 3, 100);
  g_assert_cmpuint (rest->len, ==, 2);
  summary = g_ptr_array_index (rest, 1);
  g_assert_cmpstr (summary->id, ==, dio_job_get_id (first));
  g_assert_false (summary->is_driven);
}

/* To be looked at: nobody drives it for that. */
static void
test_jobs_one (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioJob) read = NULL;
  g_autoptr(DioJob) none = NULL;
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 0.5, "USD");
  fill_remote (dio_job_edit_remote (job));
  library_fixture_update (fixture, job);

  dio_library_load_job_async (fixture->library, dio_job_get_id (job), library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  read = dio_library_load_job_finish (fixture->library, finished, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_job_get_id (read), ==, dio_job_get_id (job));
  g_assert_cmpint (dio_job_get_created (read), ==, dio_job_get_created (job));
  g_assert_cmpfloat (dio_job_get_estimate (read)->amount, ==, 0.5);
  assert_remote (dio_job_get_remote (read));

  g_clear_object (&finished);
  dio_library_load_job_async (fixture->library, "nobody", library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  none = dio_library_load_job_finish (fixture->library, finished, &error);
  g_assert_null (none);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

#define add(path, func) \
  g_test_add ("/library-jobs/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("come-back", test_jobs_come_back);
  add ("damaged", test_jobs_damaged);
  add ("remote-ids", test_jobs_remote_ids);
  add ("unstored", test_jobs_unstored);
  add ("claim", test_jobs_claim);
  add ("claim-alone", test_jobs_claim_alone);
  add ("accounts", test_jobs_accounts);
  add ("history", test_jobs_history);
  add ("one", test_jobs_one);

  return g_test_run ();
}
