/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of hosted providers from the first byte to the last, over real sockets,
 * where nothing goes wrong. */

#include "config.h"

#include "hosted-fixture.h"

#include "dio-json.h"

#include <string.h>

/**
 * Case:
 * @provider: its id
 * @dialect: what the server calls it
 * @model: (nullable): the model's id
 * @references: see hosted_fixture_new_request()
 * @values: see there
 * @n: how many pictures it asks for
 */
typedef struct
{
  const char *provider;
  const char *dialect;
  const char *model;
  const char *references;
  const char *values;
  guint       n;
} Case;

static const Case cases[] = {
  { "modelslab", "modelslab", NULL, "watch/subject table/scene", "samples=2 width=1024 height=1024", 2 },
  { "kling", "kling", NULL, "watch/subject table/scene paint/style", "n=3", 3 },
  { "runware", "runware", "google:4@3", "watch/subject table/scene", "numberResults=2 size=1024x1024", 2 },
  { "runware", "runware", "google:4@1", "watch/subject", "numberResults=1 size=1024x1024", 1 },
};

static void
assert_remote (DioJob     *job,
               const Case *row)
{
  const DioJobRemote *remote = dio_job_get_remote (job);

  g_assert_nonnull (remote->id);
  g_assert_cmpint (remote->sent_at, >, 0);
  g_assert_cmpint (remote->billed, ==, DIO_BILLED_YES);
  g_assert_nonnull (strstr (remote->sent, "a watch on a table"));
  g_assert_null (strstr (remote->sent, DIO_PROVIDER_SERVER_KEY));
  g_assert_null (strstr (remote->data, DIO_PROVIDER_SERVER_KEY));
  if (!g_str_equal (row->provider, "modelslab"))
    {
      g_assert_cmpint (remote->cost.source, ==, DIO_PRICE_TOLD);
      g_assert_cmpfloat (remote->cost.amount, >, 0);
    }
}

static void
test_way (HostedFixture *fixture,
          gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *row = &cases[i];
      g_autoptr(DioJob) job = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s %s", row->provider, row->model);
      g_ptr_array_set_size (fixture->pictures, 0);
      g_ptr_array_set_size (fixture->store->states, 0);
      job = hosted_fixture_new_job (fixture, row->provider, row->model, row->references, row->values);
      g_assert_true (hosted_fixture_run (fixture, job, &error));
      g_assert_no_error (error);

      hosted_fixture_assert_whole (fixture, row->n);
      assert_remote (job, row);
      hosted_fixture_assert_clean (fixture);
      g_assert_cmpstr (g_ptr_array_index (fixture->store->states, fixture->store->states->len - 1), ==, "downloading");
    }

  g_assert_cmpint (hosted_fixture_count_creates (fixture, "modelslab"), ==, 1);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "kling"), ==, 1);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "runware"), ==, 2);
  g_assert_cmpint (hosted_fixture_count (fixture, "modelslab", "upload"), ==, 2);
  g_assert_true (hosted_fixture_has_step (fixture, "Preparing photos"));
  g_assert_true (hosted_fixture_has_step (fixture, "Uploading photos"));
  g_assert_true (hosted_fixture_has_step (fixture, "Downloading"));
}

/* An upload is used again while it lives, also by another process. */
static void
test_uploads_are_kept (HostedFixture *fixture,
                       gconstpointer  data)
{
  const Case *row = &cases[0];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(DioJob) job = hosted_fixture_new_job (fixture, row->provider, row->model, row->references, row->values);
      g_autoptr(GError) error = NULL;

      hosted_fixture_run (fixture, job, &error);
      g_assert_no_error (error);
      g_clear_object (&job);
      hosted_fixture_restart (fixture);
    }

  g_assert_cmpint (hosted_fixture_count (fixture, "modelslab", "upload"), ==, 2);
  g_assert_cmpint (hosted_fixture_count_creates (fixture, "modelslab"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, HostedFixture, NULL, hosted_fixture_set_up, func, hosted_fixture_tear_down)
  ADD ("/hosted/way", test_way);
  ADD ("/hosted/uploads-are-kept", test_uploads_are_kept);

  return g_test_run ();
}
