/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job is written before its provider sees it, and is over only when its
 * pictures are written. */

#include "config.h"

#include "job-queue-fixture.h"

static void
test_done (Fixture       *fixture,
           gconstpointer  data)
{
  DioJob *job;

  fixture->store->slow = TRUE;
  job = test_add_job (fixture);
  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_DRAFT);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);

  test_release (fixture);
  test_assert_state (fixture, job, DIO_JOB_SENDING);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 1);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 1);

  test_accept (fixture, job);
  g_assert_cmpfloat (dio_job_get_progress (job), ==, 0.5);

  fixture->store->slow = TRUE;
  test_deliver (fixture, job, 0);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_MAKING);

  test_release (fixture);
  test_assert_state (fixture, job, DIO_JOB_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
  g_assert_null (dio_job_get_error (job));
  g_assert_null (dio_job_get_step (job));
}

/* That it is being sent is the driver's to say: one that has begun to prepare
 * photos has sent nothing yet. */
static void
test_begun_unsent (Fixture       *fixture,
                   gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  fixture->store->slow = TRUE;
  while (fixture->provider->n_runs == 0)
    {
      GTask *task = g_queue_pop_head (&fixture->store->waiting);

      if (task != NULL)
        {
          g_task_return_boolean (task, TRUE);
          g_object_unref (task);
        }
      g_main_context_iteration (NULL, FALSE);
    }
  test_assert_state (fixture, job, DIO_JOB_STORED);
  test_release (fixture);
  test_assert_state (fixture, job, DIO_JOB_SENDING);
}

/* Who waits for the last job to be over may end the program. */
static void
test_open_until_written (Fixture       *fixture,
                         gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  fixture->store->slow = TRUE;
  test_end (fixture, job, NULL);
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_DONE);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 1);

  /* Even when it is off the list by then. */
  dio_job_queue_remove (fixture->queue, job);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 1);
  test_release (fixture);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_deliver (fixture, job, 0);
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_SERVER, "No"));
  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_SERVER);

  /* What came is kept. */
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
}

static void
test_unknown (Fixture       *fixture,
              gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  dio_job_edit_remote (job)->data = g_strdup ("{}");
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN, "?"));
  test_assert_state (fixture, job, DIO_JOB_OUTCOME_UNKNOWN);
  g_assert_cmpstr (test_get_row (fixture, job)->remote.data, ==, "{}");
}

/* The same picture twice, such as one that is fetched again. */
static void
test_picture_twice (Fixture       *fixture,
                    gconstpointer  data)
{
  DioJob *job = test_add_job_for (fixture, 2, NULL);

  test_settle ();
  test_deliver (fixture, job, 1);
  test_deliver (fixture, job, 1);
  test_end (fixture, job, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
}

static void
test_not_stored (Fixture       *fixture,
                 gconstpointer  data)
{
  DioJob *job;

  fixture->store->n_full = 1;
  job = test_add_job (fixture);
  test_settle ();
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
}

static void
test_picture_not_stored (Fixture       *fixture,
                         gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_accept (fixture, job);
  fixture->store->n_full = 1;
  test_deliver (fixture, job, 0);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);

  /* It is paid for and still there. */
  g_assert_true (dio_job_can_check_again (job));
}

static void
wait_until_written (Fixture *fixture)
{
  while (dio_job_queue_get_n_open (fixture->queue) > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A job whose end is not written would be sent at the next start. */
static void
test_end_not_stored (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  fixture->store->n_full = 2;
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_BUDGET, "Cap"));
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_FAILED);
  g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_SENDING);

  wait_until_written (fixture);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
}

static void
test_end_never_stored (Fixture       *fixture,
                       gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  fixture->store->n_full = G_MAXUINT;
  g_test_expect_message ("dio-core", G_LOG_LEVEL_WARNING, "The end of job * is not written*");
  test_end (fixture, job, NULL);
  wait_until_written (fixture);
  g_test_assert_expected_messages ();
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_DONE);
}

static void
test_unknown_provider (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioJob) job = test_make_job (fixture, 1, NULL);

  g_list_store_remove_all (fixture->providers);
  g_assert_false (dio_job_queue_add (fixture->queue, job));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
}

/* Cancelling, in every state */

static GError *
make_cancelled (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static void
test_cancel_running (Fixture       *fixture,
                     gconstpointer  data)
{
  const DioJobState states[] = { DIO_JOB_SENDING, DIO_JOB_ACCEPTED, DIO_JOB_MAKING, DIO_JOB_DOWNLOADING };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      DioJob *job = test_add_job (fixture);

      test_settle ();
      dio_job_report (job, states[i], -1, NULL);
      dio_job_cancel (job);
      test_settle ();

      /* Its driver may have to tell the provider. */
      test_assert_state (fixture, job, states[i]);
      test_end (fixture, job, make_cancelled ());
      test_assert_state (fixture, job, DIO_JOB_CANCELLED);
      g_assert_null (dio_job_get_error (job));
    }
}

/* True only while that is under way of which they were told. */
static void
test_bytes (Fixture       *fixture,
            gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);
  gint64 done;
  gint64 total;

  test_settle ();
  g_assert_false (dio_job_get_bytes (job, &done, &total));
  dio_job_report (job, DIO_JOB_SENDING, 0.5, NULL);
  dio_job_report_bytes (job, 40, 80);
  g_assert_true (dio_job_get_bytes (job, &done, &total));
  g_assert_cmpint (done, ==, 40);
  g_assert_cmpint (total, ==, 80);
  dio_job_report (job, DIO_JOB_MAKING, -1, NULL);
  g_assert_false (dio_job_get_bytes (job, &done, &total));

  dio_job_cancel (job);
  test_end (fixture, job, make_cancelled ());
}

static void
test_cancel_draft (Fixture       *fixture,
                   gconstpointer  data)
{
  DioJob *job;

  fixture->store->slow = TRUE;
  job = test_add_job (fixture);
  dio_job_cancel (job);
  test_release (fixture);
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 0);
}

static void
test_cancel_waiting (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *first = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_WAITING);
  dio_job_cancel (job);
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_CANCELLED);
  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
  g_assert_true (test_is_running (fixture, first));
  g_assert_cmpuint (fixture->provider->n_runs, ==, 1);
}

/* The provider was too busy just as the person had enough. */
static void
test_cancel_busy (Fixture       *fixture,
                  gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  dio_job_cancel (job);
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, 0);
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
}

static void
test_cancel_over (Fixture       *fixture,
                  gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_end (fixture, job, NULL);
  dio_job_cancel (job);
  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_DONE);
}

/* The end of one makes no room for another that is to end as well. */
static void
test_cancel_all (Fixture       *fixture,
                 gconstpointer  data)
{
  DioJob *running = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  DioJob *waiting[] = { test_add_job (fixture), test_add_job (fixture) };
  DioJob *done = test_add_job_for (fixture, 1, "other");

  test_settle ();
  test_end (fixture, done, NULL);
  dio_job_queue_cancel_all (fixture->queue);
  test_end (fixture, running, make_cancelled ());

  test_assert_state (fixture, running, DIO_JOB_CANCELLED);
  test_assert_state (fixture, waiting[0], DIO_JOB_CANCELLED);
  test_assert_state (fixture, waiting[1], DIO_JOB_CANCELLED);
  test_assert_state (fixture, done, DIO_JOB_DONE);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 2);
}

/* One more try */

static void
test_retry_whole (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(DioJob) job = test_make_job (fixture, 3, "mine");
  const DioPrice asked = { .source = DIO_PRICE_ASKED, .amount = 0.6, .currency = "EUR" };
  DioJob *again;

  dio_job_set_estimate (job, &asked);
  dio_job_set_accepts_unknown_price (job, TRUE);
  dio_job_queue_add (fixture->queue, job);
  test_settle ();
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_SERVER, "No"));

  fixture->provider->gives_estimates = TRUE;
  again = dio_job_queue_retry (fixture->queue, job);
  test_settle ();
  g_assert_cmpstr (dio_job_get_id (again), !=, dio_job_get_id (job));
  g_assert_cmpstr (dio_job_get_account (again)->name, ==, "mine");
  g_assert_cmpuint (dio_request_get_count (dio_job_get_request (again)), ==, 3);
  g_assert_cmpint (dio_request_get_seed (dio_job_get_request (again)), ==, 7);
  g_assert_cmpint (dio_job_get_estimate (again)->source, ==, DIO_PRICE_ASKED);
  g_assert_cmpfloat_with_epsilon (dio_job_get_estimate (again)->amount, 0.6, 1e-9);

  /* With a cap set, an unknown price asks each time. */
  g_assert_false (dio_job_get_accepts_unknown_price (again));
  g_assert_true (test_is_running (fixture, again));
  test_assert_state (fixture, job, DIO_JOB_FAILED);
}

static void
test_retry_rest (Fixture       *fixture,
                 gconstpointer  data)
{
  DioJob *job = test_add_job_for (fixture, 3, NULL);
  DioJob *again;

  test_settle ();
  test_deliver (fixture, job, 0);
  test_deliver (fixture, job, 1);
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_SERVER, "No"));

  fixture->provider->gives_estimates = TRUE;
  again = dio_job_queue_retry (fixture->queue, job);
  g_assert_cmpuint (dio_request_get_count (dio_job_get_request (again)), ==, 1);
  g_assert_cmpfloat_with_epsilon (dio_job_get_estimate (again)->amount, 0.1, 1e-9);
  g_assert_cmpint (dio_job_get_estimate (again)->source, ==, DIO_PRICE_LISTED);

  /* The seeds of the two that came would make them again. */
  g_assert_cmpint (dio_request_get_seed (dio_job_get_request (again)), ==, 9);
}

/* The provider was asked for the whole; of the rest nothing is known. */
static void
test_retry_part_of_price (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DioJob) job = test_make_job (fixture, 4, NULL);
  g_autoptr(DioJob) again = NULL;
  const DioPrice asked = { .source = DIO_PRICE_ASKED, .amount = 0.8, .currency = "EUR" };

  dio_job_set_estimate (job, &asked);
  dio_job_queue_add (fixture->queue, job);
  test_settle ();
  test_deliver (fixture, job, 2);
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_SERVER, "No"));

  again = dio_job_queue_new_retry (fixture->queue, job);
  g_assert_cmpint (dio_job_get_state (again), ==, DIO_JOB_DRAFT);
  g_assert_cmpuint (dio_request_get_count (dio_job_get_request (again)), ==, 3);
  g_assert_cmpfloat_with_epsilon (dio_job_get_estimate (again)->amount, 0.6, 1e-9);
  g_assert_cmpint (dio_request_get_seed (dio_job_get_request (again)), ==, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_ADD ("/job-queue/done", test_done);
  TEST_ADD ("/job-queue/begun-unsent", test_begun_unsent);
  TEST_ADD ("/job-queue/open-until-written", test_open_until_written);
  TEST_ADD ("/job-queue/failed", test_failed);
  TEST_ADD ("/job-queue/unknown", test_unknown);
  TEST_ADD ("/job-queue/picture-twice", test_picture_twice);
  TEST_ADD ("/job-queue/not-stored", test_not_stored);
  TEST_ADD ("/job-queue/picture-not-stored", test_picture_not_stored);
  TEST_ADD ("/job-queue/end-not-stored", test_end_not_stored);
  TEST_ADD ("/job-queue/end-never-stored", test_end_never_stored);
  TEST_ADD ("/job-queue/unknown-provider", test_unknown_provider);
  TEST_ADD ("/job-queue/cancel/running", test_cancel_running);
  TEST_ADD ("/job-queue/bytes", test_bytes);
  TEST_ADD ("/job-queue/cancel/draft", test_cancel_draft);
  TEST_ADD ("/job-queue/cancel/waiting", test_cancel_waiting);
  TEST_ADD ("/job-queue/cancel/busy", test_cancel_busy);
  TEST_ADD ("/job-queue/cancel/over", test_cancel_over);
  TEST_ADD ("/job-queue/cancel/all", test_cancel_all);
  TEST_ADD ("/job-queue/retry/whole", test_retry_whole);
  TEST_ADD ("/job-queue/retry/rest", test_retry_rest);
  TEST_ADD ("/job-queue/retry/part-of-price", test_retry_part_of_price);

  return g_test_run ();
}
