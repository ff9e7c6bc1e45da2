/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may change a job, and when: within one process, where the order is known. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static void
test_drivers_take_one (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GError) why = g_error_new_literal (DIO_ERROR, DIO_ERROR_TIMEOUT, "gave up");
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioJob) local = NULL;
  g_autoptr(DioJob) again = NULL;
  g_autoptr(DioJob) ended = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  local = library_fixture_add_job (fixture, "a table");
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, job);
  dio_job_set_error (job, why);
  dio_job_set_state (job, DIO_JOB_OUTCOME_UNKNOWN);
  library_fixture_update (fixture, job);

  library_fixture_open (fixture);
  none = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (library_test_take_job (fixture->library, "nobody", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Before it is taken, it is not ours to change. */
  g_assert_false (library_test_update_job (fixture->library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  again = library_test_take_job (fixture->library, dio_job_get_id (job), &error);
  g_assert_no_error (error);
  g_assert_cmpint (dio_job_get_state (again), ==, DIO_JOB_OUTCOME_UNKNOWN);
  g_assert_true (dio_job_can_check_again (again));
  library_fixture_update (fixture, job);

  /* What this computer was making is lost. */
  ended = library_test_take_job (fixture->library, dio_job_get_id (local), &error);
  g_assert_no_error (error);
  g_assert_cmpint (dio_job_get_state (ended), ==, DIO_JOB_CANCELLED);
}

/* Two windows of one process have two libraries. */
static void
test_drivers_one_driver (LibraryFixture *fixture,
                      gconstpointer   data)
{
  DioLibrary *other = dio_library_new (fixture->folder);
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioJob) taken = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  g_assert_true (library_test_open (other, &error));
  none = library_test_take_open (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (library_test_take_job (other, dio_job_get_id (job), &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (library_test_begin_sending (other, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (library_test_update_job (other, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Once, and no more. */
  library_fixture_send (fixture, job);
  g_assert_false (library_test_begin_sending (fixture->library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* When it is over, nobody drives it. */
  dio_job_set_state (job, DIO_JOB_FAILED);
  library_fixture_update (fixture, job);
  taken = library_test_take_job (other, dio_job_get_id (job), &error);
  g_assert_no_error (error);
  g_assert_false (library_test_update_job (fixture->library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_finalize_object (other);
}

static void
updated_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *is_written = user_data;
  g_autoptr(GError) error = NULL;

  *is_written = dio_job_store_update_job_finish (DIO_JOB_STORE (object), result, &error);
  g_assert_no_error (error);
}

/* A job that is written while its sending is decided on went back to "stored",
 * and a restart would have sent it again. */
static void
test_drivers_written_while_sent (LibraryFixture *fixture,
                              gconstpointer   data)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autofree char *state = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_written = FALSE;

  library_fixture_open (fixture);
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  dio_job_store_begin_sending_async (DIO_JOB_STORE (fixture->library), job, library_test_finished_cb, &finished);
  dio_job_edit_remote (job)->data = g_strdup ("{}");
  dio_job_store_update_job_async (DIO_JOB_STORE (fixture->library), job, updated_cb, &is_written);
  while (!is_written)
    g_main_context_iteration (NULL, TRUE);
  library_test_wait_for (&finished);
  g_assert_true (dio_job_store_begin_sending_finish (DIO_JOB_STORE (fixture->library), finished, &error));
  g_assert_no_error (error);

  state = library_fixture_query (fixture, "SELECT state || ' ' || (sent_at > 0) || ' ' || remote_data FROM jobs");
  g_assert_cmpstr (state, ==, "sending 1 {}");
}

/* Somebody else who asked after a dead process at the same moment was taken for
 * it, and its jobs stayed where they were. */
static void
test_drivers_asked_at_once (LibraryFixture *fixture,
                            gconstpointer   data)
{
  const char *dead = "01234567-89ab-4def-8123-456789abcdef";
  g_autofree char *path = g_build_filename (fixture->folder, "owners", dead, NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE jobs SET owner = '%s'", dead);
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GError) error = NULL;
  int fd;

  library_fixture_open (fixture);
  g_object_unref (library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD"));
  g_free (library_fixture_query (fixture, sql));
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (flock (fd, LOCK_SH | LOCK_NB), ==, 0);

  taken = library_test_take_open (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 1);
  close (fd);
}

#define add(path, func) \
  g_test_add ("/library-drivers/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("take-one", test_drivers_take_one);
  add ("one-driver", test_drivers_one_driver);
  add ("written-while-sent", test_drivers_written_while_sent);
  add ("asked-at-once", test_drivers_asked_at_once);

  return g_test_run ();
}
