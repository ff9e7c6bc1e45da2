/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a job may begin: places, other times, the network, the person's order. */

#include "config.h"

#include "job-queue-fixture.h"

/* Long enough that nothing happens in a test, and short enough to wait for. */
#define AN_HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define A_MOMENT (G_USEC_PER_SEC / 4)

static GError *
make_error (DioError code)
{
  return g_error_new_literal (DIO_ERROR, code, "No");
}

static void
wait_until_running (Fixture *fixture,
                    DioJob  *job)
{
  while (!test_is_running (fixture, job))
    g_main_context_iteration (NULL, TRUE);
  test_settle ();
}

static void
assert_waits (Fixture    *fixture,
              DioJob     *job,
              const char *step)
{
  g_assert_false (test_is_running (fixture, job));
  test_assert_state (fixture, job, DIO_JOB_WAITING);
  g_assert_cmpstr (dio_job_get_step (job), ==, step);
}

/* Places */

static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  DioJob *first = test_add_job_for (fixture, 2, NULL);
  DioJob *second = test_add_job_for (fixture, 2, NULL);
  DioJob *third = test_add_job_for (fixture, 1, NULL);

  test_settle ();
  g_assert_true (test_is_running (fixture, first));
  assert_waits (fixture, second, "Waiting for a free place");
  g_assert_cmpint (dio_job_get_waits_until (second), ==, 0);

  /* There is room for it, but the one before it comes first. */
  assert_waits (fixture, third, "Waiting for a free place");

  test_end (fixture, first, NULL);
  g_assert_true (test_is_running (fixture, second));
  g_assert_true (test_is_running (fixture, third));
  g_assert_null (dio_job_get_step (second));
}

/* More pictures than there are places. */
static void
test_heavy (Fixture       *fixture,
            gconstpointer  data)
{
  DioJob *light = test_add_job (fixture);
  DioJob *heavy = test_add_job_for (fixture, 9, NULL);
  DioJob *last = test_add_job (fixture);

  test_settle ();
  g_assert_true (test_is_running (fixture, light));
  g_assert_false (test_is_running (fixture, heavy));

  test_end (fixture, light, NULL);
  g_assert_true (test_is_running (fixture, heavy));
  g_assert_false (test_is_running (fixture, last));

  test_end (fixture, heavy, NULL);
  g_assert_true (test_is_running (fixture, last));
}

static void
test_places_of_accounts (Fixture       *fixture,
                         gconstpointer  data)
{
  DioJob *mine = test_add_job_for (fixture, TEST_N_PLACES, "mine");
  DioJob *yours = test_add_job_for (fixture, TEST_N_PLACES, "yours");
  DioJob *mine_too = test_add_job_for (fixture, 1, "mine");

  test_settle ();
  g_assert_true (test_is_running (fixture, mine));
  g_assert_true (test_is_running (fixture, yours));
  g_assert_false (test_is_running (fixture, mine_too));
}

/* Back-off */

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 later = g_get_real_time () + AN_HOUR;
  DioJob *job = test_add_job_for (fixture, 1, "mine");
  DioJob *next;
  DioJob *other;

  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, later);
  assert_waits (fixture, job, "The provider is busy");
  g_assert_cmpint (dio_job_get_waits_until (job), ==, later);
  g_assert_null (dio_job_get_error (job));

  /* A restart must not send it earlier. */
  g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_WAITING);
  g_assert_cmpint (test_get_row (fixture, job)->remote.retry_at, ==, later);

  /* It would be told the same; who uses another account would not. */
  next = test_add_job_for (fixture, 1, "mine");
  other = test_add_job_for (fixture, 1, "yours");
  test_settle ();
  assert_waits (fixture, next, "The provider is busy");
  g_assert_cmpint (dio_job_get_waits_until (next), ==, later);
  g_assert_true (test_is_running (fixture, other));

  dio_job_cancel (job);
  test_settle ();
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
}

static void
test_busy_passes (Fixture       *fixture,
                  gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + A_MOMENT);
  g_assert_false (test_is_running (fixture, job));

  wait_until_running (fixture, job);
  test_assert_state (fixture, job, DIO_JOB_SENDING);
  g_assert_cmpint (dio_job_get_waits_until (job), ==, 0);
  g_assert_cmpint (dio_job_get_remote (job)->retry_at, ==, 0);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_DONE);
}

/* What hit one job need not hit the next. */
static void
test_server_retry (Fixture       *fixture,
                   gconstpointer  data)
{
  gint64 later = g_get_real_time () + AN_HOUR;
  DioJob *job = test_add_job (fixture);
  DioJob *next = test_add_job_for (fixture, TEST_N_PLACES, NULL);

  test_settle ();
  g_assert_false (test_is_running (fixture, next));
  test_end_unsent (fixture, job, DIO_ERROR_SERVER, later);
  assert_waits (fixture, job, "Waiting to try again");
  g_assert_cmpint (dio_job_get_waits_until (job), ==, later);
  g_assert_true (test_is_running (fixture, next));
}

static void
test_server_without_time (Fixture       *fixture,
                          gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_SERVER, 0);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
}

/* What has been accepted is not tried again, whatever the driver says. */
static void
test_busy_accepted (Fixture       *fixture,
                    gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_accept (fixture, job);
  dio_job_edit_remote (job)->retry_at = g_get_real_time () + A_MOMENT;
  test_end (fixture, job, make_error (DIO_ERROR_BUSY));
  test_assert_state (fixture, job, DIO_JOB_FAILED);
}

static void
assert_between (gint64 value,
                gint64 lowest,
                gint64 highest)
{
  g_assert_cmpint (value, >=, lowest);
  g_assert_cmpint (value, <=, highest);
}

/* Where the provider gives no time: 2 s, doubled with each try, not the same
 * for everybody. */
static void
test_own_back_off (Fixture       *fixture,
                   gconstpointer  data)
{
  for (guint n_before = 0; n_before < 9; n_before += 4)
    {
      g_autofree char *account = g_strdup_printf ("%u", n_before);
      DioJob *job = test_add_job_for (fixture, 1, account);
      gint64 delay = MIN (2 << n_before, 300) * G_USEC_PER_SEC;
      gint64 now;

      for (guint i = 0; i < n_before; i++)
        {
          wait_until_running (fixture, job);
          test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + A_MOMENT);
        }

      wait_until_running (fixture, job);
      now = g_get_real_time ();
      test_end_unsent (fixture, job, DIO_ERROR_BUSY, 0);
      assert_between (dio_job_get_waits_until (job), now + 0.8 * delay, g_get_real_time () + 1.2 * delay);
      g_assert_cmpint (test_get_row (fixture, job)->remote.retry_at, ==, dio_job_get_waits_until (job));
    }
}

static void
test_limit_of_tries (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  for (guint i = 0; i < 10; i++)
    {
      wait_until_running (fixture, job);
      test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + A_MOMENT);
    }

  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_BUSY);
  g_assert_cmpuint (fixture->provider->n_creates, ==, 10);
}

/* Its row says that it is being sent; were it tried again unwritten, the store
 * would not let it. */
static void
test_wait_not_stored (Fixture       *fixture,
                      gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  fixture->store->n_full = 6;
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + AN_HOUR);
  while (dio_job_queue_get_n_open (fixture->queue) > 0)
    g_main_context_iteration (NULL, TRUE);

  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);
}

static void
test_wait_stored_late (Fixture       *fixture,
                       gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  fixture->store->n_full = 2;
  test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + A_MOMENT);
  wait_until_running (fixture, job);
  g_assert_cmpuint (test_get_row (fixture, job)->n_begun, ==, 2);
}

/* The network */

static void
change_network (gboolean available)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", available);
  test_settle ();
}

static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  for (guint i = 0; i < 12; i++)
    {
      gint64 delay = MIN (5u << i, 300u) * G_USEC_PER_SEC;
      gint64 now = g_get_real_time ();

      test_settle ();
      g_assert_true (test_is_running (fixture, job));
      test_end_unsent (fixture, job, DIO_ERROR_OFFLINE, 0);
      assert_waits (fixture, job, "Waiting for the network");
      g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_WAITING);
      assert_between (dio_job_get_waits_until (job), now + delay, g_get_real_time () + delay);

      change_network (FALSE);
      g_assert_false (test_is_running (fixture, job));
      change_network (TRUE);
    }

  /* More often than a busy provider is asked. */
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_DONE);
}

/* A network that was there for a while is likely to come back soon. */
static void
test_offline_now_and_then (Fixture       *fixture,
                           gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);
  gint64 now;

  for (guint i = 0; i < 2; i++)
    {
      test_settle ();
      now = g_get_real_time ();
      test_end_unsent (fixture, job, DIO_ERROR_OFFLINE, 0);
      assert_between (dio_job_get_waits_until (job), now + 5 * G_USEC_PER_SEC,
                      g_get_real_time () + 5 * G_USEC_PER_SEC);
      change_network (TRUE);
      test_end_unsent (fixture, job, DIO_ERROR_BUSY, g_get_real_time () + A_MOMENT);
      wait_until_running (fixture, job);
    }
}

static void
test_offline_cancelled (Fixture       *fixture,
                        gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);

  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_OFFLINE, 0);
  dio_job_cancel (job);
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_CANCELLED);
  change_network (TRUE);
  test_assert_state (fixture, job, DIO_JOB_CANCELLED);
  g_assert_cmpuint (fixture->provider->n_runs, ==, 1);
}

static void
test_offline_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  DioJob *job;

  g_assert_true (dio_job_queue_get_waits_for_network (fixture->queue));
  g_object_set (fixture->queue, "waits-for-network", FALSE, NULL);
  job = test_add_job (fixture);
  test_settle ();
  test_end_unsent (fixture, job, DIO_ERROR_OFFLINE, 0);
  test_assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_OFFLINE);
}

/* What is being made is not given up; asking after it costs nothing. It keeps
 * its place, for at the provider it has one. */
static void
test_offline_accepted (Fixture       *fixture,
                       gconstpointer  data)
{
  DioJob *job = test_add_job (fixture);
  DioJob *next;

  test_settle ();
  test_accept (fixture, job);
  test_end (fixture, job, make_error (DIO_ERROR_OFFLINE));
  test_assert_state (fixture, job, DIO_JOB_MAKING);
  g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_MAKING);
  g_assert_cmpstr (dio_job_get_step (job), ==, "Waiting for the network");

  next = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  test_settle ();
  assert_waits (fixture, next, "Waiting for a free place");

  change_network (TRUE);
  g_assert_true (test_is_running (fixture, job));
  g_assert_cmpuint (fixture->provider->n_creates, ==, 1);
  g_assert_cmpuint (fixture->provider->n_asked, ==, 1);
  test_end (fixture, job, NULL);
  test_assert_state (fixture, job, DIO_JOB_DONE);
}

/* Pause */

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  DioJob *running = test_add_job (fixture);
  DioJob *paused;

  test_settle ();
  g_object_set (fixture->queue, "paused", TRUE, NULL);
  g_assert_true (dio_job_queue_get_paused (fixture->queue));
  paused = test_add_job (fixture);
  test_settle ();
  assert_waits (fixture, paused, "Paused");

  g_assert_true (test_is_running (fixture, running));
  test_deliver (fixture, running, 0);
  test_end (fixture, running, NULL);
  test_assert_state (fixture, running, DIO_JOB_DONE);
  assert_waits (fixture, paused, "Paused");

  dio_job_queue_set_paused (fixture->queue, FALSE);
  test_settle ();
  g_assert_true (test_is_running (fixture, paused));
  g_assert_null (dio_job_get_step (paused));
}

/* A queue that nobody wants any more is not kept by what only waits. */
static void
test_pause_and_drop (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DioJob) job = NULL;

  dio_job_queue_set_paused (fixture->queue, TRUE);
  job = g_object_ref (test_add_job (fixture));
  test_settle ();
  g_assert_finalize_object (fixture->queue);
  fixture->queue = dio_job_queue_new (G_LIST_MODEL (fixture->providers), DIO_JOB_STORE (fixture->store));

  /* Nobody listens any more. */
  dio_job_cancel (job);
  g_assert_cmpint (test_get_row (fixture, job)->state, ==, DIO_JOB_STORED);
}

/* Order */

typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} Change;

static void
changed_cb (GListModel *list,
            guint       position,
            guint       n_removed,
            guint       n_added,
            Change     *change)
{
  *change = (Change) { position, n_removed, n_added };
}

static void
assert_order (Fixture *fixture,
              DioJob  *jobs[],
              guint    n_jobs)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, n_jobs);
  for (guint i = 0; i < n_jobs; i++)
    g_assert_true (test_get_listed (fixture, i) == jobs[i]);
}

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  DioJob *a = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  DioJob *b = test_add_job (fixture);
  DioJob *other = test_add_job_for (fixture, TEST_N_PLACES, "other");
  DioJob *c = test_add_job (fixture);
  DioJob *d = test_add_job_for (fixture, TEST_N_PLACES, NULL);
  Change change = { 0 };

  test_settle ();
  assert_order (fixture, (DioJob *[]) { d, c, other, b, a }, 5);
  g_signal_connect (fixture->queue, "items-changed", G_CALLBACK (changed_cb), &change);

  g_assert_false (dio_job_queue_can_move (fixture->queue, a));
  g_assert_true (dio_job_queue_can_move (fixture->queue, b));

  /* What has begun keeps its place. */
  dio_job_queue_move (fixture->queue, d, 0);
  assert_order (fixture, (DioJob *[]) { c, b, other, d, a }, 5);
  g_assert_cmpuint (change.position, ==, 0);
  g_assert_cmpuint (change.n_removed, ==, 4);
  g_assert_cmpuint (change.n_added, ==, 4);

  dio_job_queue_move (fixture->queue, b, 99);
  assert_order (fixture, (DioJob *[]) { b, c, other, d, a }, 5);
  g_assert_cmpuint (change.position, ==, 0);
  g_assert_cmpuint (change.n_removed, ==, 2);

  change = (Change) { 0 };
  dio_job_queue_move (fixture->queue, b, 2);
  dio_job_queue_move (fixture->queue, a, 2);
  g_assert_cmpuint (change.n_added, ==, 0);

  test_end (fixture, a, NULL);
  g_assert_true (test_is_running (fixture, d));
  g_assert_false (test_is_running (fixture, c));
  test_end (fixture, d, NULL);
  g_assert_true (test_is_running (fixture, c));
  g_assert_true (test_is_running (fixture, b));
  g_assert_true (test_is_running (fixture, other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_ADD ("/job-queue-waits/places", test_places);
  TEST_ADD ("/job-queue-waits/heavy", test_heavy);
  TEST_ADD ("/job-queue-waits/places-of-accounts", test_places_of_accounts);
  TEST_ADD ("/job-queue-waits/busy", test_busy);
  TEST_ADD ("/job-queue-waits/busy-passes", test_busy_passes);
  TEST_ADD ("/job-queue-waits/server-retry", test_server_retry);
  TEST_ADD ("/job-queue-waits/server-without-time", test_server_without_time);
  TEST_ADD ("/job-queue-waits/busy-accepted", test_busy_accepted);
  TEST_ADD ("/job-queue-waits/own-back-off", test_own_back_off);
  TEST_ADD ("/job-queue-waits/limit-of-tries", test_limit_of_tries);
  TEST_ADD ("/job-queue-waits/wait-not-stored", test_wait_not_stored);
  TEST_ADD ("/job-queue-waits/wait-stored-late", test_wait_stored_late);
  TEST_ADD ("/job-queue-waits/offline", test_offline);
  TEST_ADD ("/job-queue-waits/offline-now-and-then", test_offline_now_and_then);
  TEST_ADD ("/job-queue-waits/offline-cancelled", test_offline_cancelled);
  TEST_ADD ("/job-queue-waits/offline-fails", test_offline_fails);
  TEST_ADD ("/job-queue-waits/offline-accepted", test_offline_accepted);
  TEST_ADD ("/job-queue-waits/pause", test_pause);
  TEST_ADD ("/job-queue-waits/pause-and-drop", test_pause_and_drop);
  TEST_ADD ("/job-queue-waits/move", test_move);

  return g_test_run ();
}
