/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job is written before its provider sees it, and is over only when its
 * pictures are written. */

#include "config.h"

#include "dio-error.h"
#include "dio-job-queue.h"

/* A provider that does what the test says, when it says so. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, DioProvider)

struct _TestProvider
{
  DioProvider parent_instance;
  GPtrArray  *tasks; /* (owned): of the jobs that it drives */
  GPtrArray  *jobs;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (TestProvider, test_provider, DIO_TYPE_PROVIDER)

static const DioModelSpec spec = { .id = "m", .title = "M" };

static void
test_provider_run_async (DioProvider         *provider,
                         DioJob              *job,
                         DioJobStore         *store,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  TestProvider *self = TEST_PROVIDER (provider);

  g_ptr_array_add (self->tasks, g_task_new (self, cancellable, callback, user_data));
  g_ptr_array_add (self->jobs, g_object_ref (job));
}

static gboolean
test_provider_run_finish (DioProvider   *provider,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_provider_finalize (GObject *object)
{
  TestProvider *self = TEST_PROVIDER (object);

  g_ptr_array_unref (self->tasks);
  g_ptr_array_unref (self->jobs);

  G_OBJECT_CLASS (test_provider_parent_class)->finalize (object);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_provider_finalize;
  provider_class->id = "test";
  provider_class->display_name = "Test";
  provider_class->max_jobs = 2;
  provider_class->models = &spec;
  provider_class->n_models = 1;
  provider_class->run_async = test_provider_run_async;
  provider_class->run_finish = test_provider_run_finish;
}

static void
test_provider_init (TestProvider *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

/* A store in memory that can be full and can be slow. */
#define TEST_TYPE_STORE (test_store_get_type ())
G_DECLARE_FINAL_TYPE (TestStore, test_store, TEST, STORE, GObject)

struct _TestStore
{
  GObject     parent_instance;
  gboolean    full;
  gboolean    slow;
  GQueue      waiting;  /* (owned): tasks held back while slow */
  GHashTable *states;   /* (owned): state nick by job id, as written */
};

static void
test_store_return (TestStore           *self,
                   DioJob              *job,
                   DioPicture          *picture,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  if (picture != NULL)
    g_task_set_task_data (task,
                          dio_result_new ("r", dio_job_get_id (job), "/nowhere", 1, "test", "m", "", picture),
                          g_object_unref);
  if (self->slow)
    g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  else if (self->full)
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_STORAGE, "Full");
  else
    g_task_return_boolean (task, TRUE);
}

static void
test_store_write_job_async (DioJobStore         *store,
                            DioJob              *job,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);

  g_hash_table_insert (self->states, g_strdup (dio_job_get_id (job)),
                       (gpointer) dio_job_state_get_nick (dio_job_get_state (job)));
  test_store_return (self, job, NULL, callback, user_data);
}

static gboolean
test_store_write_job_finish (DioJobStore   *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_store_add_picture_async (DioJobStore         *store,
                              DioJob              *job,
                              DioPicture          *picture,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  test_store_return (TEST_STORE (store), job, picture, callback, user_data);
}

static DioResult *
test_store_add_picture_finish (DioJobStore   *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_object_ref (g_task_get_task_data (G_TASK (result)));
}

static void
test_store_iface_init (DioJobStoreInterface *iface)
{
  iface->add_job_async = test_store_write_job_async;
  iface->add_job_finish = test_store_write_job_finish;
  iface->update_job_async = test_store_write_job_async;
  iface->update_job_finish = test_store_write_job_finish;
  iface->add_picture_async = test_store_add_picture_async;
  iface->add_picture_finish = test_store_add_picture_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestStore, test_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, test_store_iface_init))

static void
test_store_finalize (GObject *object)
{
  g_hash_table_unref (TEST_STORE (object)->states);

  G_OBJECT_CLASS (test_store_parent_class)->finalize (object);
}

static void
test_store_class_init (TestStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_store_finalize;
}

static void
test_store_init (TestStore *self)
{
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

typedef struct
{
  GListStore   *providers;
  TestProvider *provider;
  TestStore    *store;
  DioJobQueue  *queue;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->providers = g_list_store_new (DIO_TYPE_PROVIDER);
  fixture->provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_list_store_append (fixture->providers, fixture->provider);
  fixture->store = g_object_new (TEST_TYPE_STORE, NULL);
  fixture->queue = dio_job_queue_new (G_LIST_MODEL (fixture->providers), DIO_JOB_STORE (fixture->store));
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  settle ();
  /* A task holds its provider. */
  g_ptr_array_set_size (fixture->provider->tasks, 0);
  g_ptr_array_set_size (fixture->provider->jobs, 0);
  g_assert_finalize_object (fixture->queue);
  g_object_unref (fixture->providers);
  g_assert_finalize_object (fixture->provider);
  g_assert_finalize_object (fixture->store);
}

static DioJob *
add_job (Fixture *fixture)
{
  GListModel *models = dio_provider_get_models (DIO_PROVIDER (fixture->provider));
  g_autoptr(DioModelInfo) model = g_list_model_get_item (models, 0);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) request = dio_request_new (composition, model, NULL);
  g_autoptr(DioJob) job = dio_job_new (request);

  g_assert_true (dio_job_queue_add (fixture->queue, job));

  return job;
}

static void
deliver (Fixture *fixture,
         guint    which)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("png", 3);
  g_autoptr(DioPicture) picture = dio_picture_new (bytes, "png", 0, 2, 2);

  dio_job_deliver (g_ptr_array_index (fixture->provider->jobs, which), picture);
}

static void
end (Fixture *fixture,
     guint    which,
     GError  *error)
{
  GTask *task = g_ptr_array_index (fixture->provider->tasks, which);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  settle ();
}

static void
release_store (Fixture *fixture)
{
  GTask *task;

  fixture->store->slow = FALSE;
  while ((task = g_queue_pop_head (&fixture->store->waiting)) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  settle ();
}

static void
assert_state (Fixture     *fixture,
              DioJob      *job,
              DioJobState  state)
{
  g_assert_cmpstr (dio_job_state_get_nick (dio_job_get_state (job)), ==, dio_job_state_get_nick (state));
  if (dio_job_state_is_over (state))
    g_assert_cmpstr (g_hash_table_lookup (fixture->store->states, dio_job_get_id (job)), ==,
                     dio_job_state_get_nick (state));
}

static void
test_job_queue_done (Fixture       *fixture,
                     gconstpointer  data)
{
  DioJob *job;

  fixture->store->slow = TRUE;
  job = add_job (fixture);
  settle ();
  assert_state (fixture, job, DIO_JOB_DRAFT);
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 0);

  release_store (fixture);
  assert_state (fixture, job, DIO_JOB_SENDING);
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 1);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 1);

  dio_job_report (job, DIO_JOB_MAKING, 0.5, "Working");
  g_assert_cmpfloat (dio_job_get_progress (job), ==, 0.5);

  fixture->store->slow = TRUE;
  deliver (fixture, 0);
  end (fixture, 0, NULL);
  assert_state (fixture, job, DIO_JOB_MAKING);

  release_store (fixture);
  assert_state (fixture, job, DIO_JOB_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);
  g_assert_null (dio_job_get_error (job));
}

static void
test_job_queue_slots (Fixture       *fixture,
                      gconstpointer  data)
{
  DioJob *jobs[4];

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    jobs[i] = add_job (fixture);
  settle ();
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 2);
  assert_state (fixture, jobs[2], DIO_JOB_WAITING);

  dio_job_cancel (jobs[2]);
  settle ();
  assert_state (fixture, jobs[2], DIO_JOB_CANCELLED);

  end (fixture, 0, NULL);
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 3);
  g_assert_true (g_ptr_array_index (fixture->provider->jobs, 2) == jobs[3]);

  end (fixture, 1, NULL);
  end (fixture, 2, NULL);
  g_assert_cmpuint (dio_job_queue_get_n_open (fixture->queue), ==, 0);

  dio_job_queue_remove (fixture->queue, jobs[1]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 3);
}

static void
test_job_queue_failed (Fixture       *fixture,
                       gconstpointer  data)
{
  DioJob *job = add_job (fixture);

  settle ();
  deliver (fixture, 0);
  end (fixture, 0, g_error_new_literal (DIO_ERROR, DIO_ERROR_SERVER, "No"));
  assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_SERVER);

  /* What came is kept. */
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (job)), ==, 1);
}

static void
test_job_queue_unknown (Fixture       *fixture,
                        gconstpointer  data)
{
  DioJob *job = add_job (fixture);

  settle ();
  end (fixture, 0, g_error_new_literal (DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN, "?"));
  assert_state (fixture, job, DIO_JOB_OUTCOME_UNKNOWN);
}

static void
test_job_queue_cancelled (Fixture       *fixture,
                          gconstpointer  data)
{
  DioJob *job = add_job (fixture);

  settle ();
  dio_job_cancel (job);
  settle ();
  assert_state (fixture, job, DIO_JOB_SENDING);
  end (fixture, 0, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  assert_state (fixture, job, DIO_JOB_CANCELLED);
  g_assert_null (dio_job_get_error (job));
}

static void
test_job_queue_cancelled_early (Fixture       *fixture,
                                gconstpointer  data)
{
  DioJob *job;

  fixture->store->slow = TRUE;
  job = add_job (fixture);
  dio_job_cancel (job);
  release_store (fixture);
  assert_state (fixture, job, DIO_JOB_CANCELLED);
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 0);
}

static void
test_job_queue_not_stored (Fixture       *fixture,
                           gconstpointer  data)
{
  DioJob *job;

  fixture->store->full = TRUE;
  job = add_job (fixture);
  settle ();
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpuint (fixture->provider->tasks->len, ==, 0);
}

static void
test_job_queue_picture_not_stored (Fixture       *fixture,
                                   gconstpointer  data)
{
  DioJob *job = add_job (fixture);

  settle ();
  fixture->store->full = TRUE;
  deliver (fixture, 0);
  settle ();
  fixture->store->full = FALSE;
  end (fixture, 0, NULL);
  assert_state (fixture, job, DIO_JOB_FAILED);
  g_assert_error (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_STORAGE);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/job-queue/done", test_job_queue_done);
  ADD ("/job-queue/slots", test_job_queue_slots);
  ADD ("/job-queue/failed", test_job_queue_failed);
  ADD ("/job-queue/unknown", test_job_queue_unknown);
  ADD ("/job-queue/cancelled", test_job_queue_cancelled);
  ADD ("/job-queue/cancelled-early", test_job_queue_cancelled_early);
  ADD ("/job-queue/not-stored", test_job_queue_not_stored);
  ADD ("/job-queue/picture-not-stored", test_job_queue_picture_not_stored);

  return g_test_run ();
}
