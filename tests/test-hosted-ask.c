/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosted providers beside their jobs: what would be sent, what it would cost,
 * whether the key is right; and the ways that a job may take instead. */

#include "config.h"

#include "hosted-fixture.h"

#include "dio-error.h"
#include "dio-json.h"

#include <string.h>

static void
store_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static DioPreview *
preview (HostedFixture  *fixture,
         DioRequest     *request,
         GError        **error)
{
  DioProvider *provider = hosted_fixture_get_provider (fixture, dio_request_get_provider_id (request));
  g_autoptr(GAsyncResult) result = NULL;

  dio_provider_preview_async (provider, request, NULL, NULL, store_cb, &result);
  wait_for (&result);

  return dio_provider_preview_finish (provider, result, error);
}

static char *
show (DioPreview *self)
{
  g_autoptr(JsonNode) node = dio_preview_to_json (self);

  return json_to_string (node, FALSE);
}

static void
test_preview_uploads (HostedFixture *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioPreview) shown = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  DioPreviewPhoto *photo;

  g_clear_pointer (&fixture->keys->key, g_free);
  request = hosted_fixture_new_request (fixture, "modelslab", NULL, "watch/subject table/scene", "samples=2");
  shown = preview (fixture, request, &error);
  g_assert_no_error (error);
  text = show (shown);

  g_assert_cmpuint (shown->requests->len, ==, 3);
  g_assert_cmpuint (shown->photos->len, ==, 2);
  photo = g_ptr_array_index (shown->photos, 1);
  g_assert_cmpstr (photo->name, ==, "table");
  g_assert_cmpint (photo->width, ==, 420);
  g_assert_cmpint (photo->height, ==, 320);
  g_assert_cmpint (photo->size, >, 0);
  g_assert_nonnull (strstr (text, "\"ref_image\":[\"<url of upload 1>\",\"<url of upload 2>\"]"));
  g_assert_nonnull (strstr (text, "\"base64_string\":\"data:image/jpeg;base64,<watch, "));
  g_assert_nonnull (strstr (text, "\"key\":\"<key>\""));
  g_assert_nonnull (strstr (text, "https://modelslab.com/api/v6/base64_to_url"));
  g_assert_nonnull (strstr (text, "https://modelslab.com/api/v1/enterprise/nano_banana/multi_ref"));
  g_assert_cmpint (shown->price.source, ==, DIO_PRICE_UNKNOWN);

  /* Nobody was asked. */
  g_assert_cmpuint (fixture->keys->n_lookups, ==, 0);
}

static void
test_preview_inline (HostedFixture *fixture,
                     gconstpointer  data)
{
  static const char *const providers[] = { "kling", "runware" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioRequest) request = NULL;
      g_autoptr(DioPreview) shown = NULL;
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;

      request = hosted_fixture_new_request (fixture, providers[i], NULL, "watch/subject", "");
      shown = preview (fixture, request, &error);
      g_assert_no_error (error);
      text = show (shown);
      g_assert_cmpuint (shown->requests->len, ==, 1);
      g_assert_nonnull (strstr (text, "<watch, "));
      g_assert_nonnull (strstr (text, "\"Authorization\":\"Bearer <key>\""));
      g_assert_nonnull (shown->prompt);
      g_assert_cmpint (shown->price.source, ==, i == 0 ? DIO_PRICE_UNKNOWN : DIO_PRICE_LISTED);
    }
}

/* What is shown is what comes. */
static void
test_preview_is_sent (HostedFixture *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioJob) job = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject table/scene", "n=2");
  g_autoptr(DioPreview) shown = NULL;
  g_autoptr(JsonNode) sent = NULL;
  g_autoptr(JsonNode) wanted = NULL;
  g_autoptr(GError) error = NULL;

  shown = preview (fixture, dio_job_get_request (job), &error);
  g_assert_no_error (error);
  g_assert_true (hosted_fixture_run (fixture, job, NULL));

  sent = json_from_string (dio_job_get_remote (job)->sent, NULL);
  wanted = dio_http_request_to_json (g_ptr_array_index (shown->requests, 0));
  g_assert_true (json_node_equal (json_object_get_member (json_node_get_object (sent), "body"),
                                  json_object_get_member (json_node_get_object (wanted), "body")));
}

static void
test_price (HostedFixture *fixture,
            gconstpointer  data)
{
  DioProvider *provider = hosted_fixture_get_provider (fixture, "runware");
  g_autoptr(DioAccount) account = hosted_fixture_new_account (fixture, "runware");
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  DioPrice price;

  request = hosted_fixture_new_request (fixture, "runware", NULL, "watch/subject", "size=1024x1024 numberResults=2");
  dio_provider_ask_price_async (provider, request, account, NULL, store_cb, &result);
  wait_for (&result);
  dio_provider_ask_price_finish (provider, result, &price, &error);
  g_assert_no_error (error);
  g_assert_cmpint (price.source, ==, DIO_PRICE_ASKED);
  g_assert_cmpfloat (price.amount, >, 0);
  g_assert_cmpstr (price.currency, ==, "USD");
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "runware"), ==, 0);
}

static DioKeyVerdict
test_key_of (HostedFixture    *fixture,
             const DioAccount *account,
             DioPrice         *balance)
{
  DioProvider *provider = hosted_fixture_get_provider (fixture, account->provider_id);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  DioKeyVerdict verdict;

  dio_provider_test_key_async (provider, account, NULL, store_cb, &result);
  wait_for (&result);
  dio_provider_test_key_finish (provider, result, &verdict, balance, &error);
  g_assert_no_error (error);

  return verdict;
}

static void
test_key (HostedFixture *fixture,
          gconstpointer  data)
{
  static const char *const providers[] = { "modelslab", "kling", "runware" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioAccount) account = hosted_fixture_new_account (fixture, providers[i]);
      DioPrice balance;

      g_free (fixture->keys->key);
      fixture->keys->key = g_strdup (DIO_PROVIDER_SERVER_KEY "\n");
      g_assert_cmpint (test_key_of (fixture, account, &balance), ==, DIO_KEY_ACCEPTED);
      g_assert_cmpint (balance.source, ==, g_str_equal (providers[i], "kling") ? DIO_PRICE_UNKNOWN : DIO_PRICE_TOLD);

      g_free (fixture->keys->key);
      fixture->keys->key = g_strdup ("wrong-key");
      g_assert_cmpint (test_key_of (fixture, account, &balance), ==, DIO_KEY_REFUSED);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, providers[i]), ==, 0);
    }
}

static DioJob *
new_official_job (HostedFixture *fixture)
{
  DioJob *job = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject", "n=1");
  DioAccount *account = dio_account_copy (dio_job_get_account (job));

  account->kind = g_strdup ("official");
  dio_job_set_account (job, account);
  dio_account_free (account);
  g_free (fixture->keys->key);
  fixture->keys->key = g_strdup (DIO_PROVIDER_SERVER_ACCESS_KEY ":" DIO_PROVIDER_SERVER_SECRET_KEY);

  return job;
}

/* A clock that is wrong by two hours is found out from the answer, once. */
static void
test_clock (HostedFixture *fixture,
            gconstpointer  data)
{
  static const int clocks[] = { 0, 7200, -7200 };

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr(DioJob) job = new_official_job (fixture);
      g_autofree char *script = g_strdup_printf ("{ \"settings\": { \"compose\": false, \"clock\": %d } }", clocks[i]);
      g_autoptr(GError) error = NULL;
      gint64 n_before = hosted_fixture_count (fixture, "kling-official", "create");

      hosted_fixture_set_script (fixture, script);
      if (clocks[i] != 0)
        g_test_expect_message ("dio-providers", G_LOG_LEVEL_MESSAGE, "The clock of this computer is wrong by *");
      hosted_fixture_run (fixture, job, &error);
      g_assert_no_error (error);
      g_test_assert_expected_messages ();

      g_assert_cmpint (hosted_fixture_count (fixture, "kling-official", "create") - n_before, ==, clocks[i] == 0 ? 1 : 2);
      g_assert_cmpint (hosted_fixture_count_creates (fixture, "kling-official"), ==, i + 1);
      g_assert_null (strstr (dio_job_get_remote (job)->sent, DIO_PROVIDER_SERVER_SECRET_KEY));
      g_ptr_array_set_size (fixture->pictures, 0);
      hosted_fixture_restart (fixture);
    }

  hosted_fixture_assert_clean (fixture);
}

/* Where the server's time does not help either, the error says what it may be. */
static void
test_clock_in_vain (HostedFixture *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioJob) job = new_official_job (fixture);
  g_autoptr(GError) error = NULL;

  hosted_fixture_set_script (fixture,
                             "{ \"rules\": [ { \"match\": { \"call\": \"create\" }, \"do\": \"status\", \"status\": 401, "
                             "\"body\": { \"code\": 1004, \"message\": \"Authorization is expired\" } } ] }");
  g_assert_false (hosted_fixture_run (fixture, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "clock"));
}

/* Pictures inside the answer, or in a text file. */
static void
test_base64 (HostedFixture *fixture,
             gconstpointer  data)
{
  static const char *const forms[] = { "inline", "data-uri", "file" };
  static const char *const types[] = { "base64Data", "dataURI" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *script =
        g_strdup_printf ("{ \"settings\": { \"compose\": false, \"modelslab.base64\": \"%s\" } }", forms[i]);
      g_autoptr(DioJob) job = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", forms[i]);
      hosted_fixture_set_script (fixture, script);
      g_ptr_array_set_size (fixture->pictures, 0);
      job = hosted_fixture_new_job (fixture, "modelslab", NULL, "watch/subject", "samples=2 base64=true width=1024 height=1024");
      hosted_fixture_run (fixture, job, &error);
      g_assert_no_error (error);
      hosted_fixture_assert_whole (fixture, 2);
      /* A database is no place for pictures. */
      g_assert_cmpuint (strlen (dio_job_get_remote (job)->data), <, 2000);
    }

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *values = g_strdup_printf ("numberResults=2 size=1024x1024 outputType=%s", types[i]);
      g_autoptr(DioJob) job = NULL;
      g_autoptr(GError) error = NULL;

      g_ptr_array_set_size (fixture->pictures, 0);
      job = hosted_fixture_new_job (fixture, "runware", NULL, "watch/subject", values);
      hosted_fixture_run (fixture, job, &error);
      g_assert_no_error (error);
      hosted_fixture_assert_whole (fixture, 2);
    }
}

static gboolean
cancel_later_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Before the create nothing was charged; after it nobody knows, and it can be
 * asked for again. */
static void
test_cancel (HostedFixture *fixture,
             gconstpointer  data)
{
  DioProvider *provider = hosted_fixture_get_provider (fixture, "kling");
  g_autoptr(DioJob) early = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject", "");
  g_autoptr(DioJob) late = hosted_fixture_new_job (fixture, "kling", NULL, "watch/subject", "");
  g_autoptr(GCancellable) first = g_cancellable_new ();
  g_autoptr(GCancellable) second = g_cancellable_new ();
  g_autoptr(GAsyncResult) early_result = NULL;
  g_autoptr(GAsyncResult) late_result = NULL;
  g_autoptr(GError) error = NULL;

  hosted_fixture_set_script (fixture, "{ \"settings\": { \"compose\": false, \"queue-polls\": 100000 } }");
  dio_provider_run_async (provider, early, DIO_JOB_STORE (fixture->store), first, store_cb, &early_result);
  g_cancellable_cancel (first);
  wait_for (&early_result);
  g_assert_false (dio_provider_run_finish (provider, early_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (hosted_fixture_count (fixture, "kling", "create"), ==, 0);
  g_assert_cmpint (dio_job_get_remote (early)->sent_at, ==, 0);
  g_clear_error (&error);

  dio_provider_run_async (provider, late, DIO_JOB_STORE (fixture->store), second, store_cb, &late_result);
  g_timeout_add (300, cancel_later_cb, second);
  wait_for (&late_result);
  g_assert_false (dio_provider_run_finish (provider, late_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "kling"), ==, 1);
  g_assert_cmpint (dio_job_get_remote (late)->billed, !=, DIO_BILLED_NO);
  dio_job_set_state (late, DIO_JOB_CANCELLED);
  g_assert_true (dio_job_can_check_again (late));
}

/* Large photos go ahead of the request, small ones within it. */
static void
test_runware_uploads (HostedFixture *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioJob) small = hosted_fixture_new_job (fixture, "runware", NULL, "watch/subject", "size=1024x1024");
  g_autoptr(DioJob) large = hosted_fixture_new_job (fixture, "runware", NULL, "a/subject b/subject big/scene", "size=1024x1024");
  g_autoptr(GError) error = NULL;

  hosted_fixture_run (fixture, small, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hosted_fixture_count (fixture, "runware", "upload"), ==, 0);

  g_ptr_array_set_size (fixture->pictures, 0);
  hosted_fixture_run (fixture, large, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hosted_fixture_count (fixture, "runware", "upload"), ==, 3);
  hosted_fixture_assert_clean (fixture);
}

/* A photo from the web may go by its address. */
static void
test_address (HostedFixture *fixture,
              gconstpointer  data)
{
  static const char *const providers[] = { "modelslab", "kling", "runware" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(DioRequest) request = NULL;
      g_autoptr(DioPreview) shown = NULL;
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;
      DioPreviewPhoto *photo;

      request = hosted_fixture_new_request (fixture, providers[i], NULL, "watch/subject web/scene", "");
      shown = preview (fixture, request, &error);
      g_assert_no_error (error);
      text = show (shown);
      photo = g_ptr_array_index (shown->photos, 1);
      g_assert_cmpstr (photo->address, ==, "https://example.org/web.jpg");
      g_assert_null (photo->file);
      g_assert_nonnull (strstr (text, "https://example.org/web.jpg"));
      g_assert_null (strstr (text, "upload 2"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/hosted-ask/" path, HostedFixture, NULL, hosted_fixture_set_up, func, hosted_fixture_tear_down)
  ADD ("preview-uploads", test_preview_uploads);
  ADD ("preview-inline", test_preview_inline);
  ADD ("preview-is-sent", test_preview_is_sent);
  ADD ("price", test_price);
  ADD ("key", test_key);
  ADD ("clock", test_clock);
  ADD ("clock-in-vain", test_clock_in_vain);
  ADD ("base64", test_base64);
  ADD ("cancel", test_cancel);
  ADD ("runware-uploads", test_runware_uploads);
  ADD ("address", test_address);

  return g_test_run ();
}
