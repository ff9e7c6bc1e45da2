/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of earlier runs and of other processes: what reached its provider is asked
 * after and never ordered again, and one process drives a job. */

#include "config.h"

#include "job-queue-fixture.h"

static GError *
make_error (DioError code)
{
  return g_error_new_literal (DIO_ERROR, code, "No");
}

static DioJob *
find_listed (Fixture *fixture,
             TestRow *row)
{
  GListModel *list = G_LIST_MODEL (fixture->queue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      DioJob *job = test_get_listed (fixture, i);

      if (g_str_equal (dio_job_get_id (job), dio_request_get_id (row->request)))
        return job;
    }

  return NULL;
}

/* Restoring */

static void
test_restore_states (Fixture       *fixture,
                     gconstpointer  data)
{
  TestRow *rows[DIO_N_JOB_STATES];

  for (guint state = DIO_JOB_STORED; state < DIO_N_JOB_STATES; state++)
    rows[state] = test_add_row (fixture, state, 1);

  g_assert_cmpuint (test_restore (fixture), ==, 6);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 6);

  /* Four are at the provider, which has three places: nothing new begins. */
  g_assert_cmpuint (fixture->provider->n_creates, ==, 0);
  g_assert_cmpuint (fixture->provider->n_asked, ==, 4);
  for (guint state = DIO_JOB_SENDING; state <= DIO_JOB_DOWNLOADING; state++)
    {
      DioJob *job = find_listed (fixture, rows[state]);

      g_assert_true (test_is_running (fixture, job));
      test_assert_state (fixture, job, state);
      test_deliver (fixture, job, 0);
      test_end (fixture, job, NULL);
      test_assert_state (fixture, job, DIO_JOB_DONE);
    }

  for (guint state = DIO_JOB_STORED; state <= DIO_JOB_WAITING; state++)
    test_end (fixture, find_listed (fixture, rows[state]), NULL);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 2);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);

  for (guint state = DIO_JOB_STORED; state < DIO_N_JOB_STATES; state++)
    {
      g_assert_cmpuint (rows[state]->n_begun, ==, state <= DIO_JOB_WAITING ? 1 : 0);
      if (dio_job_state_is_over (state))
        g_assert_cmpuint (rows[state]->n_writes, ==, 0);
    }
}

/* Those of earlier are older than those of today, whichever is first. */
static void
test_restore_order (Fixture       *fixture,
                    gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_MAKING, 2);
  TestRow *unsent = test_add_row (fixture, DIO_JOB_STORED, 1);
  DioJob *today;

  dio_job_queue_set_paused (fixture->queue, TRUE);
  today = test_add_job (fixture);
  test_settle ();
  g_assert_cmpuint (test_restore (fixture), ==, 2);
  g_assert_true (test_get_listed (fixture, 0) == today);
  g_assert_true (test_get_listed (fixture, 1) == find_listed (fixture, unsent));

  /* What is under way goes on. */
  g_assert_true (test_is_running (fixture, find_listed (fixture, row)));
  g_assert_false (test_is_running (fixture, find_listed (fixture, unsent)));

  dio_job_queue_set_paused (fixture->queue, FALSE);
  test_settle ();
  g_assert_true (test_is_running (fixture, find_listed (fixture, unsent)));
  g_assert_false (test_is_running (fixture, today));

  /* What is listed is not taken up twice. */
  row->owner = NULL;
  g_assert_cmpuint (test_restore (fixture), ==, 0);
}

/* There are pictures to be fetched before they expire. */
static void
test_restore_begun_first (Fixture       *fixture,
                          gconstpointer  data)
{
  TestRow *unsent = test_add_row (fixture, DIO_JOB_STORED, 1);
  TestRow *begun = test_add_row (fixture, DIO_JOB_DOWNLOADING, 1);

  test_restore (fixture);
  g_assert_cmpuint (fixture->provider->runs->len, ==, 2);
  g_assert_true (g_task_get_task_data (g_ptr_array_index (fixture->provider->runs, 0)) == find_listed (fixture, begun));
  g_assert_true (g_task_get_task_data (g_ptr_array_index (fixture->provider->runs, 1)) == find_listed (fixture, unsent));
}

static void
test_restore_retry_time (Fixture       *fixture,
                         gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_WAITING, 1);
  DioJob *job;

  row->remote.retry_at = g_get_real_time () + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_cmpuint (test_restore (fixture), ==, 1);
  job = find_listed (fixture, row);
  g_assert_false (test_is_running (fixture, job));
  g_assert_cmpint (dio_job_get_waits_until (job), ==, row->remote.retry_at);
}

/* The clock was wrong when that was written: nobody waits for a year. */
static void
test_restore_absurd_time (Fixture       *fixture,
                          gconstpointer  data)
{
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  TestRow *row = test_add_row (fixture, DIO_JOB_WAITING, 1);

  row->remote.retry_at = g_get_real_time () + 365 * 24 * hour;
  g_assert_cmpuint (test_restore (fixture), ==, 1);
  g_assert_cmpint (dio_job_get_waits_until (find_listed (fixture, row)), <=, g_get_real_time () + hour);
}

static void
test_restore_pictures (Fixture       *fixture,
                       gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_DOWNLOADING, 2);
  DioJob *job;

  test_row_add_result (row, 0);
  test_restore (fixture);
  job = find_listed (fixture, row);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
  test_deliver (fixture, job, 1);
  test_end (fixture, job, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 2);
}

/* A later version may have a provider that this one has not. */
static void
test_restore_unknown_provider (Fixture       *fixture,
                               gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_STORED, 1);

  g_list_store_remove_all (fixture->providers);
  g_test_expect_message ("dio-core", G_LOG_LEVEL_MESSAGE, "Nobody here can drive job *");
  g_assert_cmpuint (test_restore (fixture), ==, 0);
  g_test_assert_expected_messages ();
  g_assert_cmpint (row->state, ==, DIO_JOB_STORED);
}

static void
not_restored_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GError **error = user_data;
  guint n_restored;

  g_assert_false (dio_job_queue_restore_finish (DIO_JOB_QUEUE (object), result, &n_restored, error));
  g_assert_cmpuint (n_restored, ==, 0);
}

static void
test_restore_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->store->n_full = 1;
  dio_job_queue_restore_async (fixture->queue, not_restored_cb, &error);
  test_settle ();
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
}

/* Taking one */

typedef struct
{
  gboolean cancels;
  DioJob  *job;   /* (owned) (nullable) */
  GError  *error; /* (owned) (nullable) */
} Taken;

static void
taken_clear (Taken *taken)
{
  g_clear_object (&taken->job);
  g_clear_error (&taken->error);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Taken *taken = user_data;

  taken->job = dio_job_queue_take_finish (DIO_JOB_QUEUE (object), result, &taken->error);
  if (taken->cancels)
    dio_job_cancel (taken->job);
}

static void
take (Fixture    *fixture,
      const char *id,
      Taken      *taken)
{
  dio_job_queue_take_async (fixture->queue, id, taken_cb, taken);
  test_settle ();
}

static void
test_take_open (Fixture       *fixture,
                gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_MAKING, 1);
  Taken taken = { 0 };
  Taken again = { 0 };

  take (fixture, dio_request_get_id (row->request), &taken);
  g_assert_no_error (taken.error);
  g_assert_true (taken.job == find_listed (fixture, row));
  g_assert_true (test_is_running (fixture, taken.job));

  take (fixture, dio_request_get_id (row->request), &again);
  g_assert_true (again.job == taken.job);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 1);

  taken_clear (&taken);
  taken_clear (&again);
}

/* Whoever takes a job to cancel it does not want it sent first. */
static void
test_take_and_cancel (Fixture       *fixture,
                      gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_STORED, 1);
  Taken taken = { .cancels = TRUE };

  take (fixture, dio_request_get_id (row->request), &taken);
  test_assert_state (fixture, taken.job, DIO_JOB_CANCELLED);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
  taken_clear (&taken);
}

static void
test_take_over (Fixture       *fixture,
                gconstpointer  data)
{
  for (guint state = DIO_JOB_DONE; state < DIO_N_JOB_STATES; state++)
    {
      TestRow *row = test_add_row (fixture, state, 1);
      Taken taken = { 0 };

      take (fixture, dio_request_get_id (row->request), &taken);
      test_assert_state (fixture, taken.job, state);
      g_assert_true (taken.job == find_listed (fixture, row));
      g_assert_cmpuint (row->n_writes, ==, 0);
      taken_clear (&taken);
    }

  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
}

static void
test_take_errors (Fixture       *fixture,
                  gconstpointer  data)
{
  TestRow *row = test_add_row (fixture, DIO_JOB_STORED, 1);
  Taken missing = { 0 };
  Taken anothers = { 0 };

  row->owner = fixture;
  take (fixture, "no such id", &missing);
  g_assert_error (missing.error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  take (fixture, dio_request_get_id (row->request), &anothers);
  g_assert_error (anothers.error, DIO_ERROR, DIO_ERROR_BUSY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
  taken_clear (&missing);
  taken_clear (&anothers);
}

/* Checking again */

static DioJob *
take_over_job (Fixture     *fixture,
               DioJobState  state,
               const char  *remote_id)
{
  TestRow *row = test_add_row (fixture, state, 1);
  Taken taken = { 0 };

  g_free (row->remote.id);
  row->remote.id = g_strdup (remote_id);
  take (fixture, dio_request_get_id (row->request), &taken);
  g_object_unref (taken.job);

  /* The list keeps it. */
  return taken.job;
}

static void
test_check_again (Fixture       *fixture,
                  gconstpointer  data)
{
  const DioJobState states[] = { DIO_JOB_OUTCOME_UNKNOWN, DIO_JOB_FAILED, DIO_JOB_CANCELLED };

  for (guint i = 0; i < G_N_ELEMENTS (states) * 2; i++)
    {
      gboolean is_named = i % 2 == 1;
      DioJobState begun = is_named ? DIO_JOB_MAKING : DIO_JOB_SENDING;
      DioJob *job = take_over_job (fixture, states[i / 2], is_named ? "remote" : NULL);

      g_assert_true (dio_job_can_check_again (job));
      if (states[i / 2] == DIO_JOB_CANCELLED)
        dio_job_cancel (job);

      dio_job_queue_check_again (fixture->queue, job);
      g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 1);
      test_settle ();
      g_assert_true (test_is_running (fixture, job));
      test_assert_state (fixture, job, begun);
      g_assert_cmpint (test_get_row (fixture, job)->state, ==, begun);
      g_assert_null (dio_job_get_error (job));

      test_deliver (fixture, job, 0);
      test_end (fixture, job, NULL);
      test_assert_state (fixture, job, DIO_JOB_DONE);
      g_assert_cmpuint (test_get_row (fixture, job)->n_begun, ==, 0);
    }

  g_assert_cmpuint (fixture->provider->n_asked, ==, 6);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 0);
}

/* It can be cancelled once more, and checked again after that. */
/* There is a place again as soon as something else is stored. */
static void
test_unstored (Fixture       *fixture,
               gconstpointer  data)
{
  DioJob *job = test_add_job_for (fixture, 2, NULL);
  DioJob *other;

  test_settle ();
  test_accept (fixture, job);
  test_deliver (fixture, job, 0);
  fixture->store->n_full = 1;
  test_deliver (fixture, job, 1);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_true (dio_job_is_unstored (job));
  g_assert_cmpuint (fixture->provider->n_asked, ==, 0);

  other = test_add_job (fixture);
  test_settle ();
  test_accept (fixture, other);
  test_deliver (fixture, other, 0);
  test_settle ();
  g_assert_true (test_is_running (fixture, job));
  test_deliver (fixture, job, 1);
  test_end (fixture, job, NULL);
  test_end (fixture, other, NULL);
  test_assert_state (fixture, job, DIO_JOB_DONE);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 2);
}

static void
test_check_again_cancelled (Fixture       *fixture,
                            gconstpointer  data)
{
  DioJob *job = take_over_job (fixture, DIO_JOB_CANCELLED, "remote");

  dio_job_cancel (job);
  for (guint i = 0; i < 2; i++)
    {
      dio_job_queue_check_again (fixture->queue, job);
      dio_job_cancel (job);
      test_settle ();
      test_assert_state (fixture, job, DIO_JOB_CANCELLED);
      g_assert_cmpuint (fixture->provider->n_runs, ==, i);

      dio_job_queue_check_again (fixture->queue, job);
      test_settle ();
      test_end (fixture, job, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      test_assert_state (fixture, job, DIO_JOB_CANCELLED);
    }
}

/* While nobody drives it, nobody else would notice. */
static void
test_check_again_offline (Fixture       *fixture,
                          gconstpointer  data)
{
  DioJob *job = take_over_job (fixture, DIO_JOB_FAILED, "remote");

  dio_job_queue_check_again (fixture->queue, job);
  test_settle ();
  test_end (fixture, job, make_error (DIO_ERROR_OFFLINE));
  test_assert_state (fixture, job, DIO_JOB_MAKING);
  dio_job_cancel (job);
  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
}

/* Asking is not beginning: no place is needed, and no pause minded. */
static void
test_check_again_paused (Fixture       *fixture,
                         gconstpointer  data)
{
  DioJob *running = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  DioJob *job = take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, NULL);

  test_settle ();
  dio_job_queue_set_paused (fixture->queue, TRUE);
  dio_job_queue_check_again (fixture->queue, job);
  test_settle ();
  g_assert_true (test_is_running (fixture, running));
  g_assert_true (test_is_running (fixture, job));
  test_end (fixture, job, make_error (DIO_ERROR_OUTCOME_UNKNOWN));
  test_assert_state (fixture, job, DIO_JOB_OUTCOME_UNKNOWN);
}

static void
test_check_again_refused (Fixture       *fixture,
                          gconstpointer  data)
{
  DioJob *done = take_over_job (fixture, DIO_JOB_DONE, "remote");
  DioJob *free = take_over_job (fixture, DIO_JOB_FAILED, "remote");
  g_autoptr(DioJob) stranger = test_make_job (fixture, 1, NULL);

  dio_job_edit_remote (free)->billed = DIO_BILLED_NO;
  dio_job_queue_check_again (fixture->queue, done);
  dio_job_queue_check_again (fixture->queue, free);
  dio_job_queue_check_again (fixture->queue, stranger);
  test_settle ();
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
}

static void
test_check_again_written_first (Fixture       *fixture,
                                gconstpointer  data)
{
  DioJob *job = take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, "remote");

  fixture->store->slow = TRUE;
  dio_job_queue_check_again (fixture->queue, job);
  test_settle ();
  g_assert_false (test_is_running (fixture, job));
  test_release (fixture);
  g_assert_true (test_is_running (fixture, job));
}

static void
test_check_again_not_written (Fixture       *fixture,
                              gconstpointer  data)
{
  DioJob *job = take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, "remote");

  fixture->store->n_full = 6;
  dio_job_queue_check_again (fixture->queue, job);
  while (dio_job_queue_get_n_open (fixture->queue) > 0)
    g_main_context_iteration (NULL, TRUE);

  test_assert_state (fixture, job, DIO_JOB_OUTCOME_UNKNOWN);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_true (dio_job_can_check_again (job));
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
}

static void
n_open_changed_cb (DioJobQueue *queue,
                   GParamSpec  *pspec,
                   guint       *n_closed)
{
  *n_closed += dio_job_queue_get_n_open (queue) == 0;
}

/* Before its end is written: the end must not come in behind. */
static void
test_check_again_at_once (Fixture       *fixture,
                          gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);
  guint n_closed = 0;

  g_signal_connect (fixture->queue, "notify::n-open", G_CALLBACK (n_open_changed_cb), &n_closed);
  test_settle ();
  test_accept (fixture, job);
  fixture->store->slow = TRUE;
  test_end (fixture, job, make_error (DIO_ERROR_OUTCOME_UNKNOWN));
  dio_job_queue_check_again (fixture->queue, job);
  test_release (fixture);
  g_assert_true (test_is_running (fixture, job));
  g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_MAKING);

  /* The program would have ended. */
  g_assert_cmpuint (n_closed, ==, 0);

  test_deliver (fixture, job, 0);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_DONE);
  g_assert_null (dio_job_get_error (job));
  g_assert_cmpuint (n_closed, ==, 1);
}

/* Other processes */

/* One more process over the same rows. */
static void
set_up_other (Fixture *fixture,
              Fixture *other)
{
  test_set_up (other, NULL);
  g_hash_table_unref (other->store->rows);
  other->store->rows = g_hash_table_ref (fixture->store->rows);
}

static void
end_all (Fixture *fixture)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)); i++)
    {
      DioJob *job = test_get_listed (fixture, i);

      if (test_is_running (fixture, job))
        test_end (fixture, job, NULL);
    }
}

static void
test_two_processes (Fixture       *fixture,
                    gconstpointer  data)
{
  Fixture other;
  GHashTableIter iter;
  gpointer value;

  set_up_other (fixture, &other);
  for (guint i = 0; i < 50; i++)
    test_add_row (fixture, i % 2 == 0 ? DIO_JOB_STORED : DIO_JOB_SENDING, 1);

  g_assert_cmpuint (test_restore (fixture) + test_restore (&other), ==, 50);
  while (dio_job_queue_get_n_open (fixture->queue) + dio_job_queue_get_n_open (other.queue) > 0)
    {
      end_all (fixture);
      end_all (&other);
    }

  g_assert_cmpuint (fixture->provider->n_creates + other.provider->n_creates, ==, 25);
  g_hash_table_iter_init (&iter, fixture->store->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TestRow *row = value;

      g_assert_cmpint (row->state, ==, DIO_JOB_DONE);
      g_assert_cmpuint (row->n_begun, <=, 1);
    }
  test_tear_down (&other, NULL);
}

/* A job that waits here; its row is what the test makes of it. */
static DioJob *
add_paused_job (Fixture *fixture)
{
  DioJob *job;

  dio_job_queue_set_paused (fixture->queue, TRUE);
  job = test_add_job (fixture);
  test_settle ();

  return g_object_ref (job);
}

static void
go_on (Fixture *fixture)
{
  dio_job_queue_set_paused (fixture->queue, FALSE);
  test_settle ();
}

static void
test_anothers (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DioJob) job = add_paused_job (fixture);
  TestRow *row = test_get_row (fixture, job);

  row->owner = fixture;
  row->state = DIO_JOB_MAKING;
  go_on (fixture);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 0);

  /* Nothing is written; who waits for this one need not wait for ever. */
  g_assert_cmpint (row->state, ==, DIO_JOB_MAKING);
  g_assert_cmpuint (row->n_writes, ==, 1);
  g_assert_true (dio_job_state_is_over (dio_job_get_state (job)));
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

/* Another process has sent it and died. */
static void
test_anothers_left (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioJob) job = add_paused_job (fixture);
  TestRow *row = test_get_row (fixture, job);
  DioJob *found;

  row->owner = NULL;
  row->state = DIO_JOB_MAKING;
  row->remote.id = g_strdup ("theirs");
  go_on (fixture);

  found = find_listed (fixture, row);
  g_assert_true (found != job);
  g_assert_true (test_is_running (fixture, found));
  g_assert_cmpstr (dio_job_get_remote (found)->id, ==, "theirs");
  g_assert_cmpuint (fixture->provider->n_creates, ==, 0);
  test_end (fixture, found, NULL);
  test_assert_state (fixture, found, DIO_JOB_DONE);
}

/* Another process has it done. */
static void
test_anothers_done (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioJob) job = add_paused_job (fixture);
  TestRow *row = test_get_row (fixture, job);

  row->owner = NULL;
  row->state = DIO_JOB_DONE;
  test_row_add_result (row, 0);
  go_on (fixture);

  g_assert_true (test_get_listed (fixture, 0) == find_listed (fixture, row));
  test_assert_state (fixture, find_listed (fixture, row), DIO_JOB_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (find_listed (fixture, row))), ==, 1);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 0);
}

/* What was not found is a photo, and the job is ours. */
static void
test_not_found (Fixture       *fixture,
                gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);
  GTask *run;

  test_settle ();
  test_get_row (fixture, job)->state = DIO_JOB_STORED;
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + G_USEC_PER_SEC / 4);
  fixture->store->slow = TRUE;
  while (!test_is_running (fixture, job))
    g_main_context_iteration (NULL, TRUE);

  /* Before the store has let it. */
  run = g_queue_pop_head (&fixture->store->waiting);
  test_get_row (fixture, job)->state = DIO_JOB_STORED;
  fixture->store->slow = FALSE;
  g_task_return_new_error (run, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The photo is gone");
  g_object_unref (run);
  test_settle ();

  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_true (test_get_listed (fixture, 0) == job);
}

/* The provider did not find its model, after the store had let it be sent. */
static void
test_not_found_sent (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_NOT_FOUND, 0);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_cmpuint (fixture->provider->n_asked, ==, 0);
}

/* Checked again elsewhere in the meantime: here it shows what came of it. */
static void
test_check_again_anothers (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(DioJob) job = g_object_ref (take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, "remote"));
  DioJob *unknown = take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, "remote");
  DioJob *driven = take_over_job (fixture, DIO_JOB_OUTCOME_UNKNOWN, "remote");
  TestRow *row = test_get_row (fixture, job);
  TestRow *unknown_row = test_get_row (fixture, unknown);

  row->owner = NULL;
  row->state = DIO_JOB_DONE;
  test_row_add_result (row, 0);
  dio_job_queue_check_again (fixture->queue, job);
  test_settle ();
  test_assert_state (fixture, find_listed (fixture, row), DIO_JOB_DONE);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);

  /* What was listed before is not what is listed now. */
  g_assert_true (dio_job_can_check_again (job));
  dio_job_queue_check_again (fixture->queue, job);
  test_settle ();
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);

  /* Where nothing has, it is asked as was wanted. */
  unknown_row->owner = NULL;
  dio_job_queue_check_again (fixture->queue, unknown);
  test_settle ();
  g_assert_cmpuint (fixture->provider->n_asked, ==, 1);
  test_end (fixture, find_listed (fixture, unknown_row), NULL);

  test_get_row (fixture, driven)->owner = fixture;
  dio_job_queue_check_again (fixture->queue, driven);
  test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_ADD ("/job-queue-past/restore/states", test_restore_states);
  TEST_ADD ("/job-queue-past/restore/order", test_restore_order);
  TEST_ADD ("/job-queue-past/restore/begun-first", test_restore_begun_first);
  TEST_ADD ("/job-queue-past/restore/retry-time", test_restore_retry_time);
  TEST_ADD ("/job-queue-past/restore/absurd-time", test_restore_absurd_time);
  TEST_ADD ("/job-queue-past/restore/pictures", test_restore_pictures);
  TEST_ADD ("/job-queue-past/restore/unknown-provider", test_restore_unknown_provider);
  TEST_ADD ("/job-queue-past/restore/fails", test_restore_fails);
  TEST_ADD ("/job-queue-past/take/open", test_take_open);
  TEST_ADD ("/job-queue-past/take/and-cancel", test_take_and_cancel);
  TEST_ADD ("/job-queue-past/take/over", test_take_over);
  TEST_ADD ("/job-queue-past/take/errors", test_take_errors);
  TEST_ADD ("/job-queue-past/check-again/states", test_check_again);
  TEST_ADD ("/job-queue-past/check-again/unstored", test_unstored);
  TEST_ADD ("/job-queue-past/check-again/cancelled", test_check_again_cancelled);
  TEST_ADD ("/job-queue-past/check-again/offline", test_check_again_offline);
  TEST_ADD ("/job-queue-past/check-again/paused", test_check_again_paused);
  TEST_ADD ("/job-queue-past/check-again/refused", test_check_again_refused);
  TEST_ADD ("/job-queue-past/check-again/written-first", test_check_again_written_first);
  TEST_ADD ("/job-queue-past/check-again/not-written", test_check_again_not_written);
  TEST_ADD ("/job-queue-past/check-again/at-once", test_check_again_at_once);
  TEST_ADD ("/job-queue-past/check-again/anothers", test_check_again_anothers);
  TEST_ADD ("/job-queue-past/two-processes", test_two_processes);
  TEST_ADD ("/job-queue-past/anothers", test_anothers);
  TEST_ADD ("/job-queue-past/anothers-left", test_anothers_left);
  TEST_ADD ("/job-queue-past/anothers-done", test_anothers_done);
  TEST_ADD ("/job-queue-past/not-found", test_not_found);
  TEST_ADD ("/job-queue-past/not-found-sent", test_not_found_sent);

  return g_test_run ();
}
