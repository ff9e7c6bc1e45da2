/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cap of a day really blocks, and what was spent is told as it is known. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#include <math.h>

/* What is asked for each way: may this still be sent today? */
static void
assert_fits (LibraryFixture *fixture,
             DioPriceSource  source,
             double          amount,
             const char     *currency)
{
  g_autoptr(DioJob) job = library_fixture_add_hosted (fixture, source, amount, currency);
  g_autoptr(GError) error = NULL;

  g_assert_true (library_test_check_cap (fixture->library, dio_job_get_estimate (job), &error));
  g_assert_no_error (error);
  library_fixture_send (fixture, job);
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_SENDING);
  g_assert_cmpint (dio_job_get_remote (job)->sent_at, >, 0);
}

static char *
query_job (LibraryFixture *fixture,
           DioJob         *job,
           const char     *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM jobs WHERE id = '%s'", column, dio_job_get_id (job));

  return library_fixture_query (fixture, sql);
}

static void G_GNUC_PRINTF (2, 3)
run_sql (LibraryFixture *fixture,
         const char     *format,
         ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_free (library_fixture_query (fixture, sql));
}

static void
assert_blocked (LibraryFixture *fixture,
                DioPriceSource  source,
                double          amount,
                const char     *currency)
{
  g_autoptr(DioJob) job = library_fixture_add_hosted (fixture, source, amount, currency);
  g_autofree char *state = NULL;
  g_autofree char *sent_at = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (library_test_check_cap (fixture->library, dio_job_get_estimate (job), &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUDGET);
  g_clear_error (&error);
  g_assert_false (library_test_begin_sending (fixture->library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUDGET);
  g_test_message ("%s", error->message);

  g_assert_cmpint (dio_job_get_remote (job)->sent_at, ==, 0);
  state = query_job (fixture, job, "state");
  g_assert_cmpstr (state, ==, "stored");
  sent_at = query_job (fixture, job, "sent_at");
  g_assert_cmpstr (sent_at, ==, "0");
}

static void
test_cap_borders (LibraryFixture *fixture,
                  gconstpointer   data)
{
  double amount = 0;

  library_fixture_open (fixture);
  g_assert_false (dio_library_has_cap (fixture->library));
  assert_fits (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  library_fixture_set_cap (fixture, "USD", 0.3);
  g_assert_true (dio_library_has_cap (fixture->library));
  g_assert_true (dio_library_get_cap (fixture->library, "USD", &amount));
  g_assert_cmpfloat (amount, ==, 0.3);

  /* Three tenths are a little more than 0.3 to a computer. */
  assert_fits (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.11, "USD");
  assert_fits (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.0001, "USD");
  assert_blocked (fixture, DIO_PRICE_TYPED, 0.1, "USD");
  assert_blocked (fixture, DIO_PRICE_ASKED, 0.1, "USD");
  assert_fits (fixture, DIO_PRICE_FREE, 0, "");

  library_fixture_set_cap (fixture, "USD", 0);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  library_fixture_set_cap (fixture, "USD", -1);
  g_assert_false (dio_library_has_cap (fixture->library));
  assert_fits (fixture, DIO_PRICE_LISTED, 100, "USD");
}

static void
test_cap_currencies (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr(GHashTable) caps = NULL;
  double amount;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);
  assert_fits (fixture, DIO_PRICE_LISTED, 0.9, "USD");
  assert_fits (fixture, DIO_PRICE_LISTED, 50, "EUR");
  assert_fits (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.1, "USD");

  library_fixture_set_cap (fixture, "EUR", 51);
  assert_blocked (fixture, DIO_PRICE_LISTED, 2, "EUR");
  assert_fits (fixture, DIO_PRICE_LISTED, 1, "EUR");

  /* They last. */
  library_fixture_open (fixture);
  caps = dio_library_dup_caps (fixture->library);
  g_assert_cmpuint (g_hash_table_size (caps), ==, 2);
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (caps, "EUR"), ==, 51);
  g_assert_true (dio_library_get_cap (fixture->library, "USD", &amount));
  g_assert_cmpfloat (amount, ==, 1);
  g_assert_false (dio_library_get_cap (fixture->library, "GBP", &amount));
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.1, "USD");
}

static void
test_cap_told (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr(DioJob) dearer = NULL;
  g_autoptr(DioJob) units = NULL;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);
  dearer = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 0.1, "USD");
  library_fixture_send (fixture, dearer);
  dio_price_set (&dio_job_edit_remote (dearer)->cost, DIO_PRICE_TOLD, 0.6, "USD");
  library_fixture_update (fixture, dearer);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.5, "USD");

  /* A figure in units of the provider's own says nothing about the cap. */
  units = library_fixture_add_hosted (fixture, DIO_PRICE_TYPED, 0.3, "USD");
  library_fixture_send (fixture, units);
  dio_price_set (&dio_job_edit_remote (units)->cost, DIO_PRICE_TOLD, 8, "units");
  library_fixture_update (fixture, units);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.2, "USD");
  assert_fits (fixture, DIO_PRICE_LISTED, 0.1, "USD");
}

/* Of four pictures one has come, and its price: the others will be paid as well. */
static void
test_cap_partly_told (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 0.8, "USD");
  library_fixture_send (fixture, job);
  dio_price_set (&dio_job_edit_remote (job)->cost, DIO_PRICE_TOLD, 0.2, "USD");
  dio_job_set_state (job, DIO_JOB_MAKING);
  library_fixture_update (fixture, job);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.3, "USD");

  dio_job_set_state (job, DIO_JOB_CANCELLED);
  library_fixture_update (fixture, job);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.3, "USD");

  /* When all have come, the provider's figure is the whole. */
  dio_job_set_state (job, DIO_JOB_DONE);
  library_fixture_update (fixture, job);
  assert_fits (fixture, DIO_PRICE_LISTED, 0.3, "USD");
}

static void
test_cap_unknown (LibraryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr(DioJob) agreed = NULL;
  g_autoptr(DioJob) absurd = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  assert_fits (fixture, DIO_PRICE_UNKNOWN, 0, NULL);
  library_fixture_set_cap (fixture, "EUR", 1000);
  assert_blocked (fixture, DIO_PRICE_UNKNOWN, 0, NULL);

  agreed = library_fixture_add_hosted (fixture, DIO_PRICE_UNKNOWN, 0, NULL);
  dio_job_set_accepts_unknown_price (agreed, TRUE);
  library_fixture_send (fixture, agreed);

  /* No amount of money: not a gift either. */
  assert_blocked (fixture, DIO_PRICE_ASKED, -5, "EUR");
  assert_blocked (fixture, DIO_PRICE_ASKED, NAN, "EUR");

  /* Who agrees to an unknown price has not agreed to one beyond the cap. */
  absurd = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1001, "EUR");
  dio_job_set_accepts_unknown_price (absurd, TRUE);
  g_assert_false (library_test_begin_sending (fixture->library, absurd, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUDGET);
}

/* What was certainly not charged, or not even accepted, leaves its room. */
static void
test_cap_unbilled (LibraryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr(DioJob) refused = NULL;
  g_autoptr(DioJob) lost = NULL;
  g_autoptr(DioJob) busy = NULL;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);

  refused = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, refused);
  assert_blocked (fixture, DIO_PRICE_LISTED, 1, "USD");
  dio_job_edit_remote (refused)->billed = DIO_BILLED_NO;
  dio_job_set_state (refused, DIO_JOB_FAILED);
  library_fixture_update (fixture, refused);

  busy = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, busy);
  dio_job_set_state (busy, DIO_JOB_WAITING);
  library_fixture_update (fixture, busy);

  lost = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 0.5, "USD");
  library_fixture_send (fixture, lost);
  dio_job_set_state (lost, DIO_JOB_OUTCOME_UNKNOWN);
  library_fixture_update (fixture, lost);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.6, "USD");

  library_fixture_set_cap (fixture, "USD", 1.5);
  library_fixture_send (fixture, busy);
  assert_blocked (fixture, DIO_PRICE_LISTED, 0.1, "USD");
}

static gint64
get_midnight (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

static void
test_cap_midnight (LibraryFixture *fixture,
                   gconstpointer   data)
{
  const char *const zones[] = { "UTC", "DAY-14", "DAY+11", "DAY-5:45" };
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);
  job = library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 1, "USD");
  library_fixture_send (fixture, job);

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      gint64 midnight;

      g_setenv ("TZ", zones[i], TRUE);
      midnight = get_midnight ();
      g_test_message ("%s: midnight was %" G_GINT64_FORMAT " s after UTC's", zones[i],
                      (midnight / G_USEC_PER_SEC) % (24 * 3600));

      run_sql (fixture, "UPDATE jobs SET sent_at = %" G_GINT64_FORMAT " WHERE sent_at > 0", midnight);
      assert_blocked (fixture, DIO_PRICE_LISTED, 0.1, "USD");
      run_sql (fixture, "UPDATE jobs SET sent_at = sent_at - 1 WHERE sent_at > 0");
      assert_fits (fixture, DIO_PRICE_LISTED, 1, "USD");
      run_sql (fixture, "UPDATE jobs SET sent_at = 0 WHERE id <> '%s'", dio_job_get_id (job));
    }

  g_unsetenv ("TZ");
}

/* A job that was sent at a time, and told a price of its own where @told is not
 * negative. */
static DioJob *
add_sent (LibraryFixture *fixture,
          const char     *iso_time,
          DioPriceSource  source,
          double          amount,
          const char     *currency,
          double          told,
          const char     *told_currency)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (iso_time, zone);
  DioJob *job = library_fixture_add_hosted (fixture, source, amount, currency);

  library_fixture_send (fixture, job);
  dio_job_set_state (job, DIO_JOB_DONE);
  dio_job_edit_remote (job)->sent_at = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  if (told >= 0)
    dio_price_set (&dio_job_edit_remote (job)->cost, DIO_PRICE_TOLD, told, told_currency);
  library_fixture_update (fixture, job);

  return job;
}

/* Rows in short: "period currency told/estimated jobs-unknown". */
static void
assert_spend (LibraryFixture *fixture,
              DioSpendPeriod  period,
              const char     *expected)
{
  g_autoptr(GPtrArray) rows = library_test_load_spend (fixture->library, period);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const DioSpendRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%s[%s %s %.10g/%.10g %u-%u]", i > 0 ? " " : "",
                              period == DIO_SPEND_OF_JOBS ? row->source : row->period, row->currency,
                              row->told, row->estimated, row->n_jobs, row->n_unknown);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_spend_rows (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr(DioJob) unbilled = NULL;

  g_setenv ("TZ", "DAY-14", TRUE);
  library_fixture_open (fixture);
  assert_spend (fixture, DIO_SPEND_IN_ALL, "");
  g_object_unref (library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 7, "USD"));
  assert_spend (fixture, DIO_SPEND_IN_ALL, "");

  g_object_unref (add_sent (fixture, "2026-10-31T23:59:59", DIO_PRICE_LISTED, 0.5, "USD", -1, NULL));
  g_object_unref (add_sent (fixture, "2026-11-01T00:00:00", DIO_PRICE_LISTED, 0.1, "USD", 0.2, "USD"));
  g_object_unref (add_sent (fixture, "2026-11-01T08:00:00", DIO_PRICE_TYPED, 0.1, "EUR", -1, NULL));
  g_object_unref (add_sent (fixture, "2026-11-01T09:00:00", DIO_PRICE_TYPED, 0.2, "EUR", 8, "units"));
  g_object_unref (add_sent (fixture, "2026-11-02T10:00:00", DIO_PRICE_UNKNOWN, 0, NULL, -1, NULL));
  g_object_unref (add_sent (fixture, "2026-11-02T11:00:00", DIO_PRICE_LISTED, 0.1, "USD", 0.1, "USD"));
  unbilled = add_sent (fixture, "2026-11-02T12:00:00", DIO_PRICE_LISTED, 9, "USD", -1, NULL);
  dio_job_edit_remote (unbilled)->billed = DIO_BILLED_NO;
  library_fixture_update (fixture, unbilled);

  assert_spend (fixture, DIO_SPEND_OF_JOBS,
                "[listed USD 0/0 1-0] [told USD 0.1/0 1-0] [unknown  0/0 1-1] [told units 8/0 1-0] "
                "[typed EUR 0/0.2 1-0] [typed EUR 0/0.1 1-0] [told USD 0.2/0 1-0] [listed USD 0/0.5 1-0]");
  assert_spend (fixture, DIO_SPEND_OF_DAYS,
                "[2026-11-02 USD 0.1/0 1-0] [2026-11-02  0/0 1-1] [2026-11-01 units 8/0 1-0] "
                "[2026-11-01 EUR 0/0.3 2-0] [2026-11-01 USD 0.2/0 1-0] [2026-10-31 USD 0/0.5 1-0]");
  assert_spend (fixture, DIO_SPEND_OF_MONTHS,
                "[2026-11 USD 0.3/0 2-0] [2026-11  0/0 1-1] [2026-11 units 8/0 1-0] "
                "[2026-11 EUR 0/0.3 2-0] [2026-10 USD 0/0.5 1-0]");
  assert_spend (fixture, DIO_SPEND_IN_ALL,
                "[ USD 0.3/0.5 3-0] [  0/0 1-1] [ units 8/0 1-0] [ EUR 0/0.3 2-0]");

  /* Elsewhere, the first of November had not begun yet. */
  g_setenv ("TZ", "UTC", TRUE);
  assert_spend (fixture, DIO_SPEND_OF_MONTHS,
                "[2026-11 USD 0.1/0 1-0] [2026-11  0/0 1-1] [2026-10 units 8/0 1-0] "
                "[2026-10 EUR 0/0.3 2-0] [2026-10 USD 0.2/0.5 2-0]");
  g_unsetenv ("TZ");
}

static void
test_spend_csv (LibraryFixture *fixture,
                gconstpointer   data)
{
  DioSpendRow job = { (char *) "job-1", 1795269802000000, (char *) "kling", (char *) "kling-v2",
                      (char *) "Anna, \"work\"\nsecond", (char *) "USD", 0.1 + 0.2, 0, 1, 0,
                      (char *) "told", (char *) "yes" };
  DioSpendRow unknown = { (char *) "2026-11-21", 1795269802000000, NULL, NULL, NULL, (char *) "",
                          0, 0, 2, 2, NULL, NULL };
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *empty = NULL;
  g_autofree char *csv = NULL;

  g_setenv ("TZ", "DAY-1", TRUE);
  empty = dio_spend_to_csv (rows);
  g_assert_cmpstr (empty, ==, "period,time,provider,model,account,currency,told,estimated,jobs,unknown,source,billed\r\n");

  g_ptr_array_add (rows, &job);
  g_ptr_array_add (rows, &unknown);
  csv = dio_spend_to_csv (rows);
  g_assert_cmpstr (csv, ==,
                   "period,time,provider,model,account,currency,told,estimated,jobs,unknown,source,billed\r\n"
                   "job-1,2026-11-21T15:03:22+01,kling,kling-v2,\"Anna, \"\"work\"\"\nsecond\",USD,0.3,0,1,0,told,yes\r\n"
                   "2026-11-21,2026-11-21T15:03:22+01,,,,,,,2,2,,\r\n");
  g_unsetenv ("TZ");
}

#define add(path, func) \
  g_test_add ("/spend/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("cap-borders", test_cap_borders);
  add ("cap-currencies", test_cap_currencies);
  add ("cap-told", test_cap_told);
  add ("cap-partly-told", test_cap_partly_told);
  add ("cap-unknown", test_cap_unknown);
  add ("cap-unbilled", test_cap_unbilled);
  add ("cap-midnight", test_cap_midnight);
  add ("rows", test_spend_rows);
  add ("csv", test_spend_csv);

  return g_test_run ();
}
