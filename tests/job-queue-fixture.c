/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue between a provider and a store that do what the test says. The driver
 * keeps to the contract: nothing is created before the store has let it, and
 * what was sent before is asked after and never created. */

#include "config.h"

#include "job-queue-fixture.h"

G_DEFINE_FINAL_TYPE (TestProvider, test_provider, DIO_TYPE_PROVIDER)

static const DioParameter parameters[] = {
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT,
    .minimum = 1, .maximum = 9, .step = 1, .fallback = 1 },
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED | DIO_PARAMETER_OPTIONAL,
    .minimum = 0, .maximum = 99, .step = 1 },
};

static const DioModelSpec spec = {
  .id = "m",
  .title = "M",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

/* The provider */

static DioJob *
get_job (GTask *run)
{
  return g_task_get_task_data (run);
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) run = user_data;
  TestProvider *self = g_task_get_source_object (run);
  GError *error = NULL;

  if (dio_job_store_begin_sending_finish (DIO_JOB_STORE (object), result, &error))
    {
      self->n_creates++;
      dio_job_report (get_job (run), DIO_JOB_SENDING, -1, NULL);
      return;
    }

  g_ptr_array_remove (self->runs, run);
  g_task_return_error (run, error);
}

static void
test_provider_run_async (DioProvider         *provider,
                         DioJob              *job,
                         DioJobStore         *store,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  TestProvider *self = TEST_PROVIDER (provider);
  GTask *run = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (run, FALSE);
  g_task_set_task_data (run, g_object_ref (job), g_object_unref);
  g_ptr_array_add (self->runs, run);
  self->n_runs++;

  g_assert_cmpint (dio_job_get_state (job), !=, DIO_JOB_DRAFT);
  g_assert_false (dio_job_state_is_over (dio_job_get_state (job)));
  if (dio_job_get_state (job) <= DIO_JOB_WAITING)
    dio_job_store_begin_sending_async (store, job, begun_cb, g_object_ref (run));
  else
    self->n_asked++;
}

static gboolean
test_provider_run_finish (DioProvider   *provider,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static guint
test_provider_get_slots (DioProvider *provider,
                         DioRequest  *request)
{
  return dio_request_get_count (request);
}

static void
test_provider_estimate (DioProvider *provider,
                        DioRequest  *request,
                        DioPrice    *price)
{
  if (TEST_PROVIDER (provider)->gives_estimates)
    dio_price_set (price, DIO_PRICE_LISTED, 0.1 * dio_request_get_count (request), "USD");
}

static void
test_provider_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_PROVIDER (object)->runs);

  G_OBJECT_CLASS (test_provider_parent_class)->finalize (object);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_provider_finalize;
  provider_class->id = "test";
  provider_class->display_name = "Test";
  provider_class->max_jobs = TEST_N_PLACES;
  provider_class->models = &spec;
  provider_class->n_models = 1;
  provider_class->get_slots = test_provider_get_slots;
  provider_class->estimate = test_provider_estimate;
  provider_class->run_async = test_provider_run_async;
  provider_class->run_finish = test_provider_run_finish;
}

static void
test_provider_init (TestProvider *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

/* The store */

static void
row_free (gpointer data)
{
  TestRow *row = data;

  g_clear_object (&row->request);
  g_clear_pointer (&row->account, dio_account_free);
  dio_job_remote_clear (&row->remote);
  g_ptr_array_unref (row->results);
  g_free (row);
}

static TestRow *
row_new (DioRequest *request)
{
  TestRow *row = g_new0 (TestRow, 1);

  row->request = g_object_ref (request);
  row->results = g_ptr_array_new_with_free_func (g_object_unref);

  return row;
}

static void
row_write (TestRow *row,
           DioJob  *job)
{
  row->state = dio_job_get_state (job);
  row->created = dio_job_get_created (job);
  dio_job_remote_clear (&row->remote);
  dio_job_remote_copy (dio_job_get_remote (job), &row->remote);
  row->n_writes++;
}

static DioJob *
row_read (TestRow *row)
{
  DioJob *job = dio_job_new_stored (row->request, row->state, row->created);
  DioJobRemote *remote = dio_job_edit_remote (job);

  dio_job_set_account (job, row->account);
  dio_job_remote_clear (remote);
  dio_job_remote_copy (&row->remote, remote);
  for (guint i = 0; i < row->results->len; i++)
    dio_job_add_result (job, g_ptr_array_index (row->results, i));

  return job;
}

static TestRow *
find_row (TestStore  *self,
          const char *id)
{
  return g_hash_table_lookup (self->rows, id);
}

static void
answer (TestStore *self,
        GTask     *task)
{
  if (self->slow)
    g_queue_push_tail (&self->waiting, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
refuse (GTask      *task,
        DioError    code,
        const char *message)
{
  g_task_return_new_error (task, DIO_ERROR, code, "%s", message);
  g_object_unref (task);
}

static gboolean
is_full (TestStore *self)
{
  if (self->n_full == 0)
    return FALSE;

  self->n_full--;

  return TRUE;
}

static void
test_store_add_job_async (DioJobStore         *store,
                          DioJob              *job,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  TestRow *row;

  if (is_full (self))
    {
      refuse (task, DIO_ERROR_STORAGE, "Full");
      return;
    }

  row = row_new (dio_job_get_request (job));
  row_write (row, job);
  row->state = DIO_JOB_STORED;
  row->owner = self;
  if (dio_job_get_account (job) != NULL)
    row->account = dio_account_copy (dio_job_get_account (job));
  g_assert_true (g_hash_table_insert (self->rows, g_strdup (dio_job_get_id (job)), row));
  answer (self, task);
}

static void
test_store_update_job_async (DioJobStore         *store,
                             DioJob              *job,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  TestRow *row = find_row (self, dio_job_get_id (job));

  if (is_full (self))
    {
      refuse (task, DIO_ERROR_STORAGE, "Full");
      return;
    }

  if (row->owner != self)
    {
      refuse (task, DIO_ERROR_NOT_FOUND, "Another's");
      return;
    }

  row_write (row, job);
  answer (self, task);
}

static void
test_store_begin_sending_async (DioJobStore         *store,
                                DioJob              *job,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  TestRow *row = find_row (self, dio_job_get_id (job));

  if (row->owner != self || row->state > DIO_JOB_WAITING)
    {
      refuse (task, DIO_ERROR_NOT_FOUND, "Another's, or further");
      return;
    }

  row->state = DIO_JOB_SENDING;
  row->n_begun++;
  answer (self, task);
}

static gboolean
test_store_finish (DioJobStore   *store,
                   GAsyncResult  *result,
                   GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_store_take_open_async (DioJobStore         *store,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  if (is_full (self))
    {
      g_ptr_array_unref (jobs);
      refuse (task, DIO_ERROR_STORAGE, "Full");
      return;
    }

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TestRow *row = value;

      if (row->owner != NULL || dio_job_state_is_over (row->state))
        continue;

      row->owner = self;
      g_ptr_array_add (jobs, row_read (row));
    }

  g_task_return_pointer (task, jobs, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static GPtrArray *
test_store_take_open_finish (DioJobStore   *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_store_take_job_async (DioJobStore         *store,
                           const char          *id,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  TestRow *row = find_row (self, id);

  if (row == NULL)
    refuse (task, DIO_ERROR_NOT_FOUND, "No such job");
  else if (row->owner != NULL && row->owner != self)
    refuse (task, DIO_ERROR_BUSY, "Another's");
  else
    {
      row->owner = self;
      g_task_return_pointer (task, row_read (row), g_object_unref);
      g_object_unref (task);
    }
}

static DioJob *
test_store_take_job_finish (DioJobStore   *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static DioResult *
make_result (const char *job_id,
             DioPicture *picture)
{
  g_autofree char *id = g_strdup_printf ("%s-%u", job_id, picture->index);

  return dio_result_new (id, job_id, "/nowhere", 1, "test", "m", "", picture);
}

static void
test_store_add_picture_async (DioJobStore         *store,
                              DioJob              *job,
                              DioPicture          *picture,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (store, NULL, callback, user_data);
  DioResult *stored;

  if (is_full (self))
    {
      refuse (task, DIO_ERROR_STORAGE, "Full");
      return;
    }

  stored = make_result (dio_job_get_id (job), picture);
  g_task_set_task_data (task, stored, g_object_unref);
  g_ptr_array_add (find_row (self, dio_job_get_id (job))->results, g_object_ref (stored));
  answer (self, task);
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
  iface->add_job_async = test_store_add_job_async;
  iface->add_job_finish = test_store_finish;
  iface->update_job_async = test_store_update_job_async;
  iface->update_job_finish = test_store_finish;
  iface->begin_sending_async = test_store_begin_sending_async;
  iface->begin_sending_finish = test_store_finish;
  iface->take_open_async = test_store_take_open_async;
  iface->take_open_finish = test_store_take_open_finish;
  iface->take_job_async = test_store_take_job_async;
  iface->take_job_finish = test_store_take_job_finish;
  iface->add_picture_async = test_store_add_picture_async;
  iface->add_picture_finish = test_store_add_picture_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestStore, test_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, test_store_iface_init))

static void
test_store_finalize (GObject *object)
{
  g_hash_table_unref (TEST_STORE (object)->rows);

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
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
}

/* The fixture */

void
test_set_up (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->providers = g_list_store_new (DIO_TYPE_PROVIDER);
  fixture->provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_list_store_append (fixture->providers, fixture->provider);
  fixture->store = g_object_new (TEST_TYPE_STORE, NULL);
  fixture->queue = dio_job_queue_new (G_LIST_MODEL (fixture->providers), DIO_JOB_STORE (fixture->store));
}

void
test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

void
test_tear_down (Fixture       *fixture,
                gconstpointer  data)
{
  test_settle ();
  /* A run that nobody ends holds its provider and, in the end, the queue. */
  while (fixture->provider->runs->len > 0)
    {
      DioJob *job = get_job (g_ptr_array_index (fixture->provider->runs, 0));

      test_end (fixture, job, g_error_new_literal (DIO_ERROR, DIO_ERROR_REFUSED, "Over"));
    }
  g_assert_finalize_object (fixture->queue);
  g_object_unref (fixture->providers);
  g_assert_finalize_object (fixture->provider);
  g_assert_finalize_object (fixture->store);
}

void
test_release (Fixture *fixture)
{
  GTask *task;

  fixture->store->slow = FALSE;
  while ((task = g_queue_pop_head (&fixture->store->waiting)) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  test_settle ();
}

static DioRequest *
make_request (Fixture *fixture,
              guint    count)
{
  GListModel *models = dio_provider_get_models (DIO_PROVIDER (fixture->provider));
  g_autoptr(DioModelInfo) model = g_list_model_get_item (models, 0);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autofree char *n = g_strdup_printf ("%u", count);
  DioRequest *request;

  g_assert_true (dio_values_set_text (dio_composition_get_values (composition, model), "n", n, NULL));
  g_assert_true (dio_values_set_text (dio_composition_get_values (composition, model), "seed", "7", NULL));
  request = dio_request_new (composition, model, NULL);
  g_assert_nonnull (request);

  return request;
}

DioJob *
test_make_job (Fixture    *fixture,
               guint       count,
               const char *account_name)
{
  g_autoptr(DioRequest) request = make_request (fixture, count);
  DioJob *job = dio_job_new (request);

  if (account_name != NULL)
    {
      g_autoptr(DioAccount) account = dio_account_new ("test", account_name);

      dio_job_set_account (job, account);
    }

  return job;
}

DioJob *
test_add_job_for (Fixture    *fixture,
                  guint       count,
                  const char *account)
{
  g_autoptr(DioJob) job = test_make_job (fixture, count, account);

  g_assert_true (dio_job_queue_add (fixture->queue, job));

  /* The list keeps it. */
  return job;
}

DioJob *
test_add_job (Fixture *fixture)
{
  return test_add_job_for (fixture, 1, NULL);
}

TestRow *
test_get_row (Fixture *fixture,
              DioJob  *job)
{
  return find_row (fixture->store, dio_job_get_id (job));
}

/* A row that an earlier run has left. */
TestRow *
test_add_row (Fixture     *fixture,
              DioJobState  state,
              guint        count)
{
  g_autoptr(DioRequest) request = make_request (fixture, count);
  TestRow *row = row_new (request);

  row->state = state;
  row->created = g_hash_table_size (fixture->store->rows) + 1;
  if (state >= DIO_JOB_SENDING)
    row->remote.sent_at = 1;
  if (state > DIO_JOB_SENDING)
    row->remote.id = g_strdup ("remote");
  g_hash_table_insert (fixture->store->rows, g_strdup (dio_request_get_id (request)), row);

  return row;
}

static DioPicture *
make_picture (guint index)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("png", 3);

  return dio_picture_new (bytes, "png", index, 2, 2);
}

void
test_row_add_result (TestRow *row,
                     guint    index)
{
  g_autoptr(DioPicture) picture = make_picture (index);

  g_ptr_array_add (row->results, make_result (dio_request_get_id (row->request), picture));
}

DioJob *
test_get_listed (Fixture *fixture,
                 guint    position)
{
  g_autoptr(DioJob) job = g_list_model_get_item (G_LIST_MODEL (fixture->queue), position);

  return job;
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  guint *n_restored = user_data;
  g_autoptr(GError) error = NULL;

  dio_job_queue_restore_finish (DIO_JOB_QUEUE (object), result, n_restored, &error);
  g_assert_no_error (error);
}

guint
test_restore (Fixture *fixture)
{
  guint n_restored = G_MAXUINT;

  dio_job_queue_restore_async (fixture->queue, restored_cb, &n_restored);
  test_settle ();
  g_assert_cmpuint (n_restored, !=, G_MAXUINT);

  return n_restored;
}

/* In memory, and where it is relied upon also in its row. */
void
test_assert_state (Fixture     *fixture,
                   DioJob      *job,
                   DioJobState  state)
{
  g_assert_cmpstr (dio_job_state_get_nick (dio_job_get_state (job)), ==, dio_job_state_get_nick (state));
  if (dio_job_state_is_over (state))
    g_assert_cmpstr (dio_job_state_get_nick (test_get_row (fixture, job)->state), ==,
                     dio_job_state_get_nick (state));
}

/* The driver */

static GTask *
find_run (Fixture *fixture,
          DioJob  *job)
{
  for (guint i = 0; i < fixture->provider->runs->len; i++)
    {
      GTask *run = g_ptr_array_index (fixture->provider->runs, i);

      if (get_job (run) == job)
        return run;
    }

  return NULL;
}

gboolean
test_is_running (Fixture *fixture,
                 DioJob  *job)
{
  return find_run (fixture, job) != NULL;
}

/* The provider has named it. */
void
test_accept (Fixture *fixture,
             DioJob  *job)
{
  DioJobRemote *remote = dio_job_edit_remote (job);

  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_SENDING);
  g_free (remote->id);
  remote->id = g_strdup ("remote");
  remote->sent_at = 1;
  dio_job_report (job, DIO_JOB_MAKING, 0.5, "Working");
}

void
test_deliver (Fixture *fixture,
              DioJob  *job,
              guint    index)
{
  g_autoptr(DioPicture) picture = make_picture (index);

  dio_job_deliver (job, picture);
}

void
test_end (Fixture *fixture,
          DioJob  *job,
          GError  *error)
{
  g_autoptr(GTask) run = g_object_ref (find_run (fixture, job));

  g_ptr_array_remove (fixture->provider->runs, run);
  if (error != NULL)
    g_task_return_error (run, error);
  else
    g_task_return_boolean (run, TRUE);
  g_clear_object (&run);
  test_settle ();
}

/* Nothing was accepted, for certain. */
void
test_end_unsent (Fixture  *fixture,
                 DioJob   *job,
                 DioError  code,
                 gint64    retry_at)
{
  dio_job_set_state (job, DIO_JOB_WAITING);
  dio_job_edit_remote (job)->retry_at = retry_at;
  test_end (fixture, job, g_error_new_literal (DIO_ERROR, code, "Not now"));
}
