/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that were accepted and then meet a server that does not prove who it is:
 * they are kept, say why, are never paid again, and go on when asked to. */

#include "config.h"

#include "hosted-fixture.h"

#include "dio-error.h"
#include "dio-json.h"

static const char *const providers[] = { "modelslab", "kling", "runware" };

static DioProviderServer *
new_stranger (void)
{
  const DioProviderServerOptions options = { .tls = TRUE };
  g_autoptr(GError) error = NULL;
  DioProviderServer *server = dio_provider_server_new (&options, &error);

  g_assert_no_error (error);

  return server;
}

static DioJob *
new_job (HostedFixture *fixture,
         const char    *provider)
{
  const char *values = g_str_equal (provider, "modelslab") ? "width=1024 height=1024 samples=1"
                       : g_str_equal (provider, "kling") ? "n=1" : "size=1024x1024 numberResults=1";

  g_ptr_array_set_size (fixture->pictures, 0);
  fixture->store->written_state = DIO_JOB_STORED;

  return hosted_fixture_new_job (fixture, provider, NULL, "watch/subject table/scene", values);
}

static void
set_script (HostedFixture *fixture,
            const char    *rules)
{
  g_autofree char *script =
    g_strdup_printf ("{ \"settings\": { \"compose\": false, \"queue-polls\": 2, \"queue-seconds\": 120, "
                     "\"modelslab.eta\": -1 }, \"rules\": [ %s ] }", rules);

  hosted_fixture_set_script (fixture, script);
}

static void
assert_untrusted (HostedFixture *fixture,
                  DioJob        *job)
{
  g_autoptr(GError) error = NULL;

  hosted_fixture_run (fixture, job, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNTRUSTED);
  g_assert_cmpuint (fixture->pictures->len, ==, 0);
  g_assert_cmpint (dio_job_get_remote (job)->billed, !=, DIO_BILLED_NO);

  dio_job_set_state (job, DIO_JOB_FAILED);
  g_assert_true (dio_job_can_check_again (job));
}

static void
assert_done (HostedFixture *fixture,
             DioJob        *job)
{
  g_autoptr(GError) error = NULL;

  hosted_fixture_run (fixture, job, &error);
  g_assert_no_error (error);
  hosted_fixture_assert_whole (fixture, 1);
}

static void
move_to (DioJob     *job,
         const char *endpoint)
{
  g_autoptr(DioAccount) account = dio_account_copy (dio_job_get_account (job));

  g_free (account->endpoint);
  account->endpoint = g_strdup (endpoint);
  dio_job_set_account (job, account);
}

/* As behind a hotel's gate: who answers is not who was asked before. */
static void
test_poll (HostedFixture *fixture,
           gconstpointer  data)
{
  g_autoptr(DioProviderServer) stranger = new_stranger ();
  g_autofree char *elsewhere = dio_provider_server_dup_url (stranger, "");

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i]);
      g_autoptr(DioJob) met = NULL;
      g_autoptr(DioJob) again = NULL;

      g_test_message ("%s", providers[i]);
      set_script (fixture, "{ \"match\": { \"call\": \"poll\" }, \"do\": \"hold\" }");
      hosted_fixture_run_till_held (fixture, job);
      dio_provider_server_release (fixture->server, NULL);
      set_script (fixture, "");

      met = hosted_fixture_read_back (fixture, job);
      move_to (met, elsewhere);
      assert_untrusted (fixture, met);
      g_assert_nonnull (dio_job_get_remote (met)->id);

      again = hosted_fixture_read_back (fixture, met);
      move_to (again, fixture->endpoint);
      assert_done (fixture, again);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 1);
    }
}

/* Where a result lies is another host than who was asked, and the way there is the
 * same for all. */
static void
test_fetch (HostedFixture *fixture,
            gconstpointer  data)
{
  g_autoptr(DioProviderServer) stranger = new_stranger ();
  g_autofree char *elsewhere = dio_provider_server_dup_cdn_url (stranger, "/somewhere.png");
  g_autofree char *rule = g_strdup_printf ("{ \"match\": { \"call\": \"download\" }, \"do\": \"redirect\", "
                                           "\"location\": \"%s\" }", elsewhere);
  g_autoptr(DioJob) job = new_job (fixture, "kling");
  g_autoptr(DioJob) again = NULL;

  set_script (fixture, rule);
  assert_untrusted (fixture, job);

  set_script (fixture, "");
  again = hosted_fixture_read_back (fixture, job);
  assert_done (fixture, again);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "kling"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/hosted-trust/poll", HostedFixture, NULL, hosted_fixture_set_up, test_poll, hosted_fixture_tear_down);
  g_test_add ("/hosted-trust/fetch", HostedFixture, NULL, hosted_fixture_set_up, test_fetch, hosted_fixture_tear_down);

  return g_test_run ();
}
