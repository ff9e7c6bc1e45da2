/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of hosted providers where something goes wrong: never a second create,
 * never a picture lost or twice, and an error that says what can be done. */

#include "config.h"

#include "hosted-fixture.h"

#include "dio-error.h"
#include "dio-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char *const providers[] = { "modelslab", "kling", "runware" };

static DioJob *
new_job (HostedFixture *fixture,
         const char    *provider,
         guint          n)
{
  const char *words = g_str_equal (provider, "modelslab") ? "width=1024 height=1024 samples"
                      : g_str_equal (provider, "kling") ? "n" : "size=1024x1024 numberResults";
  g_autofree char *values = g_strdup_printf ("%s=%u", words, n);

  g_ptr_array_set_size (fixture->pictures, 0);
  g_ptr_array_set_size (fixture->store->states, 0);
  fixture->store->n_begun = 0;
  fixture->store->written_state = DIO_JOB_STORED;
  /* Past outputs are those that are done. */
  fixture->queue_seconds = g_str_equal (provider, "modelslab") ? 0 : 120;

  return hosted_fixture_new_job (fixture, provider, NULL, "watch/subject table/scene", values);
}

static void set_rule (HostedFixture *fixture,
                      const char    *rule,
                      ...) G_GNUC_PRINTF (2, 3);

static void
set_rule (HostedFixture *fixture,
          const char    *rule,
          ...)
{
  g_autofree char *text = NULL;
  g_autofree char *script = NULL;
  va_list args;

  va_start (args, rule);
  text = g_strdup_vprintf (rule, args);
  va_end (args);
  script = g_strdup_printf ("{ \"settings\": { \"compose\": false, \"queue-seconds\": %u }, \"rules\": [ %s ] }",
                            fixture->queue_seconds, text);
  hosted_fixture_set_script (fixture, script);
}

/* Runs to its end with all pictures. */
static void
assert_done (HostedFixture *fixture,
             DioJob        *job,
             guint          n)
{
  g_autoptr(GError) error = NULL;

  hosted_fixture_run (fixture, job, &error);
  g_assert_no_error (error);
  hosted_fixture_assert_whole (fixture, n);
}

static void
assert_fails (HostedFixture *fixture,
              DioJob        *job,
              DioError       code)
{
  g_autoptr(GError) error = NULL;

  hosted_fixture_run (fixture, job, &error);
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_null (strstr (error->message, DIO_PROVIDER_SERVER_KEY));
}

/* Without a reply there is no telling; the provider tells when asked. */
static void
test_lost_reply (HostedFixture *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 2);

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\", \"times\": 1 }, \"do\": \"close\", \"accept\": true }",
                providers[i]);
      assert_done (fixture, job, 2);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 1);
      g_assert_cmpuint (fixture->store->n_begun, ==, 1);
      g_assert_true (hosted_fixture_has_step (fixture, "Asking what became of it"));
    }
}

/* It may have got lost on the way there, too: that is the person's to decide. */
static void
test_lost_request (HostedFixture *fixture,
                   gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\", \"times\": 1 }, \"do\": \"close\", \"accept\": false }",
                providers[i]);
      assert_fails (fixture, job, DIO_ERROR_OUTCOME_UNKNOWN);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 0);
      g_assert_cmpuint (fixture->store->n_begun, ==, 1);
      dio_job_set_state (job, DIO_JOB_OUTCOME_UNKNOWN);
      g_assert_true (dio_job_can_check_again (job));
    }
}

/* Busy is not an end: the job is where it was, with the time to try again. */
static void
test_busy (HostedFixture *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);
      const char *body = g_str_equal (providers[i], "kling") ? "{ \"code\": 1303, \"message\": \"parallel task over resource pack limit\" }"
                         : g_str_equal (providers[i], "modelslab") ? "{ \"status\": \"error\", \"message\": \"Rate limit exceeded\", \"retry_after\": 30 }"
                         : "{ \"errors\": [ { \"code\": \"rateLimitExceeded\", \"message\": \"queue full\" } ] }";

      g_test_message ("%s", providers[i]);
      set_rule (fixture,
                "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\", \"times\": 1 }, \"do\": \"status\", \"status\": 429, "
                "\"headers\": { \"Retry-After\": \"30\" }, \"body\": %s }", providers[i], body);
      assert_fails (fixture, job, DIO_ERROR_BUSY);
      g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_WAITING);
      g_assert_cmpint (fixture->store->written_state, ==, DIO_JOB_WAITING);
      g_assert_cmpint (dio_job_get_remote (job)->sent_at, ==, 0);
      g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_NO);
      if (!g_str_equal (providers[i], "kling"))
        g_assert_cmpint (dio_job_get_remote (job)->retry_at, >, g_get_real_time ());

      assert_done (fixture, job, 1);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 1);
    }
}

/* A key that is refused ends the job, and is charged to nobody. */
static void
test_wrong_key (HostedFixture *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_free (fixture->keys->key);
      fixture->keys->key = g_strdup ("quite-another-key");
      assert_fails (fixture, job, DIO_ERROR_AUTH);
      g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_NO);
    }
}

/* A server that repeats the key, wherever: it is not kept, whole or cut. */
static void
test_told_key (HostedFixture *fixture,
               gconstpointer  data)
{
  static const char *const members[] = {
    "\"status\": \"error\", \"message\"",
    "\"code\": 1201, \"message\"",
    "\"errors\"",
  };
  g_autofree char *long_word = g_strnfill (485, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);
      const char *answer;

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\" }, \"do\": \"status\", \"status\": 400, "
                "\"body\": { %s: \"%s " DIO_PROVIDER_SERVER_KEY "\" } }", providers[i], members[i], long_word);
      assert_fails (fixture, job, DIO_ERROR_INVALID);
      answer = dio_job_get_remote (job)->answer;
      g_assert_true (g_str_has_prefix (answer, long_word));
      g_assert_null (strstr (answer, "provider-s"));
    }
}

/* The code and the field of an error stand in our own message. */
static void
test_told_key_as_code (HostedFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioJob) job = new_job (fixture, "runware", 1);

  set_rule (fixture, "{ \"match\": { \"call\": \"create\" }, \"do\": \"status\", \"status\": 400, \"body\": { \"errors\": [ { "
            "\"code\": \"invalid-" DIO_PROVIDER_SERVER_KEY "\", \"parameter\": \"" DIO_PROVIDER_SERVER_KEY "\" } ] } }");
  assert_fails (fixture, job, DIO_ERROR_INVALID);
}

static void
test_no_key (HostedFixture *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_clear_pointer (&fixture->keys->key, g_free);
      assert_fails (fixture, job, DIO_ERROR_AUTH);
      g_assert_cmpuint (fixture->store->n_begun, ==, 0);
      g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_NO);
      g_assert_cmpint (hosted_fixture_count (fixture, providers[i], "create"), ==, 0);
      g_assert_cmpint (hosted_fixture_count (fixture, providers[i], "upload"), ==, 0);
    }
}

/* The store's word comes before the wire. */
static void
test_no_budget (HostedFixture *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_clear_error (&fixture->store->refusal);
      fixture->store->refusal = g_error_new_literal (DIO_ERROR, DIO_ERROR_BUDGET, "Beyond the cap");
      assert_fails (fixture, job, DIO_ERROR_BUDGET);
      g_assert_cmpint (hosted_fixture_count (fixture, providers[i], "create"), ==, 0);
      g_assert_cmpint (dio_job_get_remote (job)->sent_at, ==, 0);
      g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_NO);
    }
}

static void
test_offline (HostedFixture *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioAccount) account = dio_account_new (providers[i], "default");
      g_autoptr(DioJob) draft = new_job (fixture, providers[i], 1);
      g_autoptr(DioJob) job = dio_job_new_stored (dio_job_get_request (draft), DIO_JOB_STORED, 1);

      /* Nobody listens there. */
      account->endpoint = g_strdup ("http://127.0.0.1:1");
      dio_job_set_account (job, account);
      assert_fails (fixture, job, DIO_ERROR_OFFLINE);
      g_assert_cmpint (dio_job_get_state (job), <=, DIO_JOB_WAITING);
      g_assert_cmpint (dio_job_get_remote (job)->sent_at, ==, 0);
    }
}

/* What came is kept, and the rest is told to be missing. */
static void
test_partial (HostedFixture *fixture,
              gconstpointer  data)
{
  g_autoptr(DioJob) job = new_job (fixture, "runware", 3);

  set_rule (fixture, "{ \"match\": { \"dialect\": \"runware\", \"call\": \"create\" }, \"do\": \"partial\", \"count\": 1 }");
  assert_fails (fixture, job, DIO_ERROR_SERVER);
  g_assert_cmpuint (fixture->pictures->len, ==, 2);
  g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_YES);
}

/* Returns: (transfer full): where a picture lies that was made before */
static char *
make_address (HostedFixture *fixture)
{
  g_autoptr(DioJob) job = new_job (fixture, "runware", 1);
  g_autoptr(JsonNode) node = NULL;
  JsonArray *pictures;

  set_rule (fixture, " ");
  assert_done (fixture, job, 1);
  node = json_from_string (fixture->store->written.data, NULL);
  pictures = json_object_get_array_member (json_node_get_object (node), "pictures");

  return g_strdup (json_object_get_string_member (json_array_get_object_element (pictures, 0), "address"));
}

/* The last picture may be here before it is written that there will be no more:
 * a job ends once. */
static void
test_ends_while_written (HostedFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *address = make_address (fixture);
  g_autoptr(DioJob) job = new_job (fixture, "runware", 2);

  fixture->store->delay = 300;
  set_rule (fixture,
            "{ \"match\": { \"call\": \"download\" }, \"do\": \"proceed\", \"delay\": 100 }, "
            "{ \"match\": { \"call\": \"poll\", \"times\": 1 }, \"do\": \"status\", \"status\": 200, \"body\": "
            "{ \"data\": [ { \"status\": \"success\", \"imageURL\": \"%s\" }, { \"status\": \"processing\" } ] } }, "
            "{ \"match\": { \"call\": \"poll\" }, \"do\": \"status\", \"status\": 200, \"body\": "
            "{ \"data\": [ { \"status\": \"success\", \"imageURL\": \"%s\" }, "
            "{ \"status\": \"error\", \"error\": { \"code\": \"inferenceError\" } } ] } }", address, address);
  assert_fails (fixture, job, DIO_ERROR_SERVER);
  g_assert_cmpuint (fixture->pictures->len, ==, 1);
}

/* What a later answer says of the rest does not take back what was paid. */
static void
test_stays_billed (HostedFixture *fixture,
                   gconstpointer  data)
{
  g_autofree char *address = make_address (fixture);
  g_autoptr(DioJob) job = new_job (fixture, "runware", 2);

  set_rule (fixture,
            "{ \"match\": { \"call\": \"poll\", \"times\": 1 }, \"do\": \"status\", \"status\": 200, \"body\": "
            "{ \"data\": [ { \"status\": \"success\", \"imageURL\": \"%s\" }, { \"status\": \"processing\" } ] } }, "
            "{ \"match\": { \"call\": \"poll\" }, \"do\": \"status\", \"status\": 200, \"body\": "
            "{ \"errors\": [ { \"code\": \"insufficientCredits\" } ] } }", address);
  assert_fails (fixture, job, DIO_ERROR_CREDIT);
  g_assert_cmpuint (fixture->pictures->len, ==, 1);
  g_assert_cmpint (dio_job_get_remote (job)->billed, ==, DIO_BILLED_YES);
}

static void
test_duplicate (HostedFixture *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 2);

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\" }, \"do\": \"duplicate\" }", providers[i]);
      assert_done (fixture, job, 2);
    }
}

static void
test_refused (HostedFixture *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\" }, \"do\": \"refuse\", \"what\": \"prompt\" }",
                providers[i]);
      assert_fails (fixture, job, DIO_ERROR_REFUSED);
      g_assert_nonnull (dio_job_get_remote (job)->answer);
    }
}

/* Polls may fail as they like; only the provider's word ends a job. */
static void
test_poll_trouble (HostedFixture *fixture,
                   gconstpointer  data)
{
  static const char *const troubles[] = {
    "\"do\": \"close\"",
    "\"do\": \"cut-body\"",
    "\"do\": \"empty\"",
    "\"do\": \"html\"",
    "\"do\": \"truncated\"",
    "\"do\": \"status\", \"status\": 500",
    "\"do\": \"status\", \"status\": 502",
    "\"do\": \"status\", \"status\": 503",
    "\"do\": \"status\", \"status\": 504",
    "\"do\": \"status\", \"status\": 408",
    "\"do\": \"status\", \"status\": 429",
  };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (troubles); k++)
        {
          g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

          g_test_message ("%s %s", providers[i], troubles[k]);
          set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"poll\", \"times\": 2 }, %s }", providers[i], troubles[k]);
          assert_done (fixture, job, 1);
        }
    }
}

/* "At once" is no reason to ask without a pause. */
static void
test_poll_at_once (HostedFixture *fixture,
                   gconstpointer  data)
{
  static const DioHostedTimes times = { .poll_max = 0.2, .trouble_max = 0.2, .patience = 2 };
  static const char *const answers[] = {
    "\"status\": 429, \"body\": { \"errors\": [ { \"code\": \"rateLimitExceeded\" } ] }",
    "\"status\": 200, \"body\": { \"data\": [ { \"status\": \"processing\" } ] }",
  };
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (hosted_fixture_get_provider (fixture, "runware"));

  klass->times = &times;
  klass->poll_first = 0.2;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, "runware", 1);
      gint64 n_before = hosted_fixture_count (fixture, "runware", "poll");

      set_rule (fixture, "{ \"match\": { \"call\": \"poll\" }, \"do\": \"status\", \"headers\": { \"Retry-After\": \"0\" }, %s }",
                answers[i]);
      assert_fails (fixture, job, DIO_ERROR_OUTCOME_UNKNOWN);
      g_assert_cmpint (hosted_fixture_count (fixture, "runware", "poll") - n_before, <=, 15);
    }
}

/* A job that was just named may not be known everywhere yet. */
static void
test_not_known_yet (HostedFixture *fixture,
                    gconstpointer  data)
{
  static const char *const bodies[] = {
    "{ \"status\": \"error\", \"message\": \"Request id not found\" }",
    "{ \"code\": 1203, \"message\": \"Task not found\" }",
    "{ \"errors\": [ { \"code\": \"taskFailedOrNotFound\", \"message\": \"no\" } ] }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);
      g_autoptr(DioJob) lost = NULL;

      g_test_message ("%s", providers[i]);
      fixture->queue_seconds = 120;
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"poll\", \"times\": 2 }, \"do\": \"status\", \"status\": 404, "
                "\"body\": %s }", providers[i], bodies[i]);
      assert_done (fixture, job, 1);

      lost = new_job (fixture, providers[i], 1);
      fixture->queue_seconds = 120;
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"poll\" }, \"do\": \"status\", \"status\": 404, "
                "\"body\": %s }, { \"match\": { \"dialect\": \"%s\", \"call\": \"lookup\" }, \"do\": \"status\", \"status\": 404, "
                "\"body\": %s }", providers[i], bodies[i], providers[i], bodies[i]);
      assert_fails (fixture, lost, i == 0 ? DIO_ERROR_NOT_FOUND : DIO_ERROR_OUTCOME_UNKNOWN);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 2);
    }
}

/* Addresses that do not answer at once, or not whole. */
static void
test_download_trouble (HostedFixture *fixture,
                       gconstpointer  data)
{
  static const char *const troubles[] = {
    "\"do\": \"status\", \"status\": 404",
    "\"do\": \"status\", \"status\": 403",
    "\"do\": \"status\", \"status\": 500",
    "\"do\": \"html\"",
    "\"do\": \"empty\"",
    "\"do\": \"close\"",
    "\"do\": \"cut-body\"",
    "\"do\": \"truncated\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, "runware", 2);

      g_test_message ("%s", troubles[i]);
      set_rule (fixture, "{ \"match\": { \"call\": \"download\", \"times\": 3 }, %s }", troubles[i]);
      assert_done (fixture, job, 2);
    }
}

static void
test_download_lost (HostedFixture *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioJob) job = new_job (fixture, "kling", 1);
  g_autoptr(DioJob) again = NULL;

  set_rule (fixture, "{ \"match\": { \"call\": \"download\" }, \"do\": \"status\", \"status\": 404 }");
  assert_fails (fixture, job, DIO_ERROR_EXPIRED);
  dio_job_set_state (job, DIO_JOB_FAILED);
  g_assert_true (dio_job_can_check_again (job));

  /* Checked again, it is there. */
  set_rule (fixture, " ");
  again = hosted_fixture_read_back (fixture, job);
  assert_done (fixture, again, 1);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "kling"), ==, 1);
}

/* Nobody has taken the files over, and no row tells of them; nor is there a key. */
static void
assert_kept (HostedFixture *fixture,
             DioJob        *job)
{
  g_autoptr(DioJob) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  set_rule (fixture, " ");
  assert_done (fixture, job, 2);
  before = dio_provider_server_dup_ledger (fixture->server);

  again = hosted_fixture_read_back (fixture, job);
  hosted_fixture_restart (fixture);
  g_clear_pointer (&fixture->keys->key, g_free);
  g_ptr_array_set_size (fixture->pictures, 0);
  assert_done (fixture, again, 2);
  after = dio_provider_server_dup_ledger (fixture->server);
  g_assert_cmpstr (before, ==, after);
  fixture->keys->key = g_strdup (DIO_PROVIDER_SERVER_KEY);
}

/* What came and could not be stored, as on a full disk, is not asked for again. */
static void
test_not_stored (HostedFixture *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 2);

      g_test_message ("%s", providers[i]);
      assert_kept (fixture, job);
    }
}

/* Nor is what came inside an answer. */
static void
test_inline_not_stored (HostedFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr(DioJob) job = hosted_fixture_new_job (fixture, "modelslab", NULL, "watch/subject",
                                                  "width=1024 height=1024 samples=2 base64=yes");

  assert_kept (fixture, job);
}

/* Half a file, as a crash leaves it, is no picture. */
static void
test_inline_half_stored (HostedFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr(DioJob) job = hosted_fixture_new_job (fixture, "modelslab", NULL, "watch/subject",
                                                  "width=1024 height=1024 samples=2 base64=yes");
  g_autoptr(DioJob) again = NULL;
  g_autoptr(GError) error = NULL;
  DioPicture *picture;

  set_rule (fixture, " ");
  assert_done (fixture, job, 2);
  picture = g_ptr_array_index (fixture->pictures, 1);
  g_assert_cmpint (truncate (g_file_peek_path (picture->file), 1000), ==, 0);

  again = hosted_fixture_read_back (fixture, job);
  hosted_fixture_restart (fixture);
  g_ptr_array_set_size (fixture->pictures, 0);
  hosted_fixture_run (fixture, again, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  g_assert_cmpuint (fixture->pictures->len, ==, 1);
  dio_job_set_state (again, DIO_JOB_FAILED);
  dio_job_revive (again);
  g_assert_true (hosted_fixture_run (fixture, again, NULL));
  g_assert_cmpuint (fixture->pictures->len, ==, 2);
}

static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_download_huge (HostedFixture *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioJob) job = new_job (fixture, "runware", 1);
  g_autofree char *folder = g_build_filename (fixture->folder, "cache", "downloads", NULL);

  set_rule (fixture, "{ \"match\": { \"call\": \"download\" }, \"do\": \"huge\" }");
  assert_fails (fixture, job, DIO_ERROR_REPLY);
  g_assert_cmpuint (count_files (folder), ==, 0);
  /* What is too large would not become smaller. */
  g_assert_cmpint (hosted_fixture_count (fixture, "runware", "download"), <=, 1);
}

static void
test_download_other_type (HostedFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr(DioJob) job = new_job (fixture, "runware", 1);
  DioPicture *picture;

  set_rule (fixture, "{ \"match\": { \"call\": \"download\" }, \"do\": \"other-type\" }");
  assert_done (fixture, job, 1);
  picture = g_ptr_array_index (fixture->pictures, 0);
  g_assert_cmpstr (picture->extension, ==, "jpg");
}

/* The key goes to no other host. */
static void
test_redirect (HostedFixture *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\" }, \"do\": \"redirect\", \"location\": \"cdn\" }",
                providers[i]);
      g_assert_false (hosted_fixture_run (fixture, job, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
      hosted_fixture_assert_clean (fixture);
    }
}

static void
test_long_reply (HostedFixture *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 1);

      g_test_message ("%s", providers[i]);
      set_rule (fixture, "{ \"match\": { \"dialect\": \"%s\", \"call\": \"create\" }, \"do\": \"endless\", \"accept\": true }", providers[i]);
      assert_done (fixture, job, 1);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, i == 0 ? 1 : 1);
    }
}

/* Whatever was written last, another process goes on from there. */
static void
test_restart (HostedFixture *fixture,
              gconstpointer  data)
{
  static const char *const states[] = { "accepted", "making", "downloading" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      gint64 n_before = hosted_fixture_count_creates (fixture, providers[i]);

      for (guint k = 0; k < G_N_ELEMENTS (states); k++)
        {
          g_autoptr(DioJob) job = new_job (fixture, providers[i], 2);
          g_autoptr(DioJob) again = NULL;

          /* ModelsLab knows no waiting. */
          if (g_str_equal (providers[i], "modelslab") && g_str_equal (states[k], "accepted"))
            continue;

          g_test_message ("%s %s", providers[i], states[k]);
          fixture->queue_seconds = 120;
          set_rule (fixture, " ");
          hosted_fixture_run_until (fixture, job, states[k]);
          again = hosted_fixture_read_back (fixture, job);
          g_ptr_array_set_size (fixture->pictures, 0);
          hosted_fixture_restart (fixture);
          assert_done (fixture, again, 2);
          n_before++;
        }

      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, n_before);
    }
}

/* While the create is under way, its row says no more than that. */
static void
test_restart_sending (HostedFixture *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 2);
      g_autoptr(DioJob) again = NULL;

      g_test_message ("%s", providers[i]);
      set_rule (fixture,
                "{ \"name\": \"held\", \"match\": { \"dialect\": \"%s\", \"call\": \"create\", \"times\": 1 }, "
                "\"do\": \"hold\", \"accept\": true }", providers[i]);
      hosted_fixture_run_till_held (fixture, job);
      g_assert_cmpint (fixture->store->written_state, ==, DIO_JOB_SENDING);
      g_assert_null (fixture->store->written.id);
      dio_provider_server_release (fixture->server, NULL);

      again = hosted_fixture_read_back (fixture, job);
      hosted_fixture_restart (fixture);
      assert_done (fixture, again, 2);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 1);
    }
}

/* Two pictures of four were stored when the process died. */
static void
test_restart_half (HostedFixture *fixture,
                   gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioJob) job = new_job (fixture, providers[i], 4);
      g_autoptr(DioJob) again = NULL;
      GListModel *results;

      g_test_message ("%s", providers[i]);
      set_rule (fixture, " ");
      assert_done (fixture, job, 4);
      again = hosted_fixture_read_back (fixture, job);
      results = dio_job_get_results (job);
      for (guint k = 0; k < 2; k++)
        {
          g_autoptr(DioResult) result = g_list_model_get_item (results, 2 * k);

          dio_job_add_result (again, result);
        }

      g_ptr_array_set_size (fixture->pictures, 0);
      hosted_fixture_restart (fixture);
      g_assert_true (hosted_fixture_run (fixture, again, NULL));
      g_assert_cmpuint (fixture->pictures->len, ==, 2);
      g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (again)), ==, 4);
    }
}

/* Where several may be it, nobody guesses. */
static void
test_ambiguous (HostedFixture *fixture,
                gconstpointer  data)
{
  g_autoptr(DioJob) lost = new_job (fixture, "modelslab", 1);
  g_autoptr(DioJob) again = NULL;
  g_autoptr(DioJob) other = NULL;

  set_rule (fixture, "{ \"match\": { \"call\": \"create\", \"times\": 1 }, \"do\": \"hold\", \"accept\": true }");
  hosted_fixture_run_till_held (fixture, lost);
  again = hosted_fixture_read_back (fixture, lost);
  dio_provider_server_release (fixture->server, NULL);

  /* Made with the same account by somebody else: not among ours. */
  other = new_job (fixture, "modelslab", 1);
  assert_done (fixture, other, 1);

  g_ptr_array_set_size (fixture->pictures, 0);
  assert_fails (fixture, again, DIO_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpuint (fixture->pictures->len, ==, 0);
}

/* A name that was typed twice is that of the first: its pictures are not those of
 * the second, which got lost. */
static void
test_typed_twice (HostedFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(DioJob) first = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject", "n=1 external_task_id=mine");
  g_autoptr(DioJob) second = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject", "n=1 external_task_id=mine");

  assert_done (fixture, first, 1);
  g_strfreev (fixture->store->remote_ids);
  fixture->store->remote_ids = g_strsplit (dio_job_get_remote (first)->id, " ", 1);

  g_ptr_array_set_size (fixture->pictures, 0);
  fixture->store->written_state = DIO_JOB_STORED;
  set_rule (fixture, "{ \"match\": { \"call\": \"create\" }, \"do\": \"close\", \"accept\": false }");
  assert_fails (fixture, second, DIO_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpuint (fixture->pictures->len, ==, 0);
}

/* As the next process finds it: sent, without an answer. */
static DioJob *
lose_job (HostedFixture *fixture,
          gboolean       is_made)
{
  g_autoptr(DioJob) job = new_job (fixture, "modelslab", 1);

  set_rule (fixture, "{ \"match\": { \"call\": \"create\", \"times\": 1 }, \"do\": \"hold\", \"accept\": %s }",
            is_made ? "true" : "false");
  hosted_fixture_run_till_held (fixture, job);
  dio_provider_server_release (fixture->server, NULL);

  return hosted_fixture_read_back (fixture, job);
}

/* A picture that came inside the answer died with the process, and the job had no
 * name: it is still among what the account had made. */
static void
test_lost_inline (HostedFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(DioJob) job = lose_job (fixture, TRUE);
  DioJobRemote *remote = dio_job_edit_remote (job);
  g_autoptr(GString) told = g_string_new (remote->data);

  g_assert_cmpuint (g_string_replace (told, "\"pictures\":[]", "\"pictures\":[{\"kind\":\"base64\",\"index\":0}]", 0), ==, 1);
  g_free (remote->data);
  remote->data = g_strdup (told->str);
  dio_job_set_state (job, DIO_JOB_DOWNLOADING);
  assert_done (fixture, job, 1);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  guint *n_ended = user_data;

  dio_provider_run_finish (DIO_PROVIDER (object), result, NULL);
  (*n_ended)++;
}

static void
count_delivered_cb (DioJob     *job,
                    DioPicture *picture,
                    guint      *n_delivered)
{
  (*n_delivered)++;
  g_file_delete (picture->file, NULL, NULL);
}

/* Two were being sent when the process died, and one was made: it is not that of
 * both. */
static void
test_two_lost (HostedFixture *fixture,
               gconstpointer  data)
{
  g_autoptr(DioJob) not_made = lose_job (fixture, FALSE);
  g_autoptr(DioJob) made = lose_job (fixture, TRUE);
  DioJob *jobs[] = { not_made, made };
  guint n_delivered = 0;
  guint n_ended = 0;

  hosted_fixture_restart (fixture);
  fixture->store->has_rivals = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_signal_connect (jobs[i], "delivered", G_CALLBACK (count_delivered_cb), &n_delivered);
      dio_provider_run_async (hosted_fixture_get_provider (fixture, "modelslab"), jobs[i],
                              DIO_JOB_STORE (fixture->store), NULL, counted_cb, &n_ended);
    }

  while (n_ended < G_N_ELEMENTS (jobs))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_delivered, ==, 0);
}

/* What was there before, by whomever, is not the lost one, done or not. */
static void
test_made_before (HostedFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(DioJob) other = new_job (fixture, "modelslab", 1);
  g_autoptr(DioJob) lost = NULL;

  set_rule (fixture, " ");
  assert_done (fixture, other, 1);

  lost = new_job (fixture, "modelslab", 1);
  fixture->queue_seconds = 120;
  set_rule (fixture, "{ \"match\": { \"call\": \"create\", \"times\": 1 }, \"do\": \"close\", \"accept\": true }");
  assert_fails (fixture, lost, DIO_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpuint (fixture->pictures->len, ==, 0);
}

/* What was ours before is not the lost one. */
static void
test_past_outputs (HostedFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr(DioJob) first = new_job (fixture, "modelslab", 1);
  g_autoptr(DioJob) second = NULL;

  set_rule (fixture, " ");
  assert_done (fixture, first, 1);
  g_strfreev (fixture->store->remote_ids);
  fixture->store->remote_ids = g_new0 (char *, 2);
  fixture->store->remote_ids[0] = g_strdup (dio_job_get_remote (first)->id);

  second = new_job (fixture, "modelslab", 1);
  set_rule (fixture, "{ \"match\": { \"call\": \"create\", \"times\": 1 }, \"do\": \"close\", \"accept\": true }");
  assert_done (fixture, second, 1);
  g_assert_cmpstr (dio_job_get_remote (second)->id, !=, dio_job_get_remote (first)->id);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/hosted-faults/" path, HostedFixture, NULL, hosted_fixture_set_up, func, hosted_fixture_tear_down)
  ADD ("lost-reply", test_lost_reply);
  ADD ("lost-request", test_lost_request);
  ADD ("busy", test_busy);
  ADD ("wrong-key", test_wrong_key);
  ADD ("told-key", test_told_key);
  ADD ("told-key-as-code", test_told_key_as_code);
  ADD ("no-key", test_no_key);
  ADD ("no-budget", test_no_budget);
  ADD ("offline", test_offline);
  ADD ("partial", test_partial);
  ADD ("ends-while-written", test_ends_while_written);
  ADD ("stays-billed", test_stays_billed);
  ADD ("duplicate", test_duplicate);
  ADD ("refused", test_refused);
  ADD ("poll-trouble", test_poll_trouble);
  ADD ("poll-at-once", test_poll_at_once);
  ADD ("not-known-yet", test_not_known_yet);
  ADD ("download-trouble", test_download_trouble);
  ADD ("download-lost", test_download_lost);
  ADD ("not-stored", test_not_stored);
  ADD ("inline-not-stored", test_inline_not_stored);
  ADD ("inline-half-stored", test_inline_half_stored);
  ADD ("download-huge", test_download_huge);
  ADD ("download-other-type", test_download_other_type);
  ADD ("redirect", test_redirect);
  ADD ("long-reply", test_long_reply);
  ADD ("restart", test_restart);
  ADD ("restart-sending", test_restart_sending);
  ADD ("restart-half", test_restart_half);
  ADD ("ambiguous", test_ambiguous);
  ADD ("typed-twice", test_typed_twice);
  ADD ("lost-inline", test_lost_inline);
  ADD ("two-lost", test_two_lost);
  ADD ("made-before", test_made_before);
  ADD ("past-outputs", test_past_outputs);

  return g_test_run ();
}
