/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All jobs of this run of the program, and the one who drives them: a job is
 * written before its provider sees it, and ends only when its pictures are
 * written. As a list it holds the jobs, newest first. */

#include "config.h"

#include "dio-job-queue.h"

#include "dio-error.h"

struct _DioJobQueue
{
  GObject      parent_instance;

  GListModel  *providers; /* (owned) (element-type DioProvider) */
  DioJobStore *store;     /* (owned) */
  GPtrArray   *entries;   /* (owned) (element-type Entry): oldest first */
};

/* One job and where it is with us. It holds the queue, so that a job goes on
 * to its end when nobody else does. */
typedef struct
{
  gatomicrefcount  ref_count;
  DioJobQueue     *queue;     /* (owned) (nullable): while something is under way */
  DioJob          *job;       /* (owned) */
  DioProvider     *provider;  /* (borrowed): in queue->providers */
  gboolean         stored;    /* its row is in the database */
  gboolean         running;   /* its provider drives it */
  gboolean         ended;     /* its provider is done with it */
  guint            n_storing; /* pictures on their way to the disk */
  GError          *error;     /* (owned) (nullable): of the provider, or of storing */
} Entry;

static void list_model_init (GListModelInterface *iface);
static void start_waiting   (DioJobQueue         *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioJobQueue, dio_job_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_N_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static Entry *
entry_ref (Entry *entry)
{
  g_atomic_ref_count_inc (&entry->ref_count);

  return entry;
}

static void
entry_unref (Entry *entry)
{
  if (!g_atomic_ref_count_dec (&entry->ref_count))
    return;

  g_clear_object (&entry->queue);
  g_clear_object (&entry->job);
  g_clear_error (&entry->error);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_unref)

static void
take_error (Entry  *entry,
            GError *error)
{
  if (entry->error == NULL)
    entry->error = error;
  else
    g_error_free (error);
}

static DioJobState
get_final_state (Entry *entry)
{
  if (entry->error == NULL)
    return DIO_JOB_DONE;
  if (g_error_matches (entry->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return DIO_JOB_CANCELLED;
  if (g_error_matches (entry->error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN))
    return DIO_JOB_OUTCOME_UNKNOWN;

  return DIO_JOB_FAILED;
}

static void
end_written_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Entry) entry = user_data;
  g_autoptr(GError) error = NULL;

  /* The pictures are safe; at the next start the job is met as interrupted. */
  if (!dio_job_store_update_job_finish (DIO_JOB_STORE (object), result, &error))
    g_warning ("The end of job %s is not written: %s", dio_job_get_id (entry->job), error->message);
}

static void
end_job (Entry *entry)
{
  g_autoptr(DioJobQueue) self = g_steal_pointer (&entry->queue);
  DioJobState state = get_final_state (entry);

  g_signal_handlers_disconnect_by_data (entry->job, entry);
  g_signal_handlers_disconnect_by_data (dio_job_get_cancellable (entry->job), entry);

  if (state != DIO_JOB_CANCELLED)
    dio_job_set_error (entry->job, entry->error);
  dio_job_set_state (entry->job, state);
  if (entry->stored)
    dio_job_store_update_job_async (self->store, entry->job, end_written_cb, entry_ref (entry));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
  start_waiting (self);
}

static void
end_if_complete (Entry *entry)
{
  if (entry->ended && entry->n_storing == 0)
    end_job (entry);
}

static void
picture_added_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Entry) entry = user_data;
  g_autoptr(DioResult) stored = NULL;
  GError *error = NULL;

  stored = dio_job_store_add_picture_finish (DIO_JOB_STORE (object), result, &error);
  if (stored != NULL)
    dio_job_add_result (entry->job, stored);
  else
    take_error (entry, error);

  entry->n_storing--;
  end_if_complete (entry);
}

static void
picture_delivered_cb (DioJob     *job,
                      DioPicture *picture,
                      Entry      *entry)
{
  entry->n_storing++;
  dio_job_store_add_picture_async (entry->queue->store, job, picture,
                                   picture_added_cb, entry_ref (entry));
}

static void
provider_ended_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Entry) entry = user_data;
  GError *error = NULL;

  if (!dio_provider_run_finish (DIO_PROVIDER (object), result, &error))
    take_error (entry, error);

  entry->ended = TRUE;
  entry->running = FALSE;
  end_if_complete (entry);
}

static void
start_job (Entry *entry)
{
  entry->running = TRUE;
  g_signal_connect (entry->job, "delivered", G_CALLBACK (picture_delivered_cb), entry);
  dio_job_report (entry->job, DIO_JOB_SENDING, -1, NULL);
  dio_provider_run_async (entry->provider, entry->job,
                          entry->queue->store, dio_job_get_cancellable (entry->job),
                          provider_ended_cb, entry_ref (entry));
}

static gboolean
is_waiting (Entry *entry)
{
  return entry->stored && !entry->running && !entry->ended;
}

static guint
count_running (DioJobQueue *self,
               DioProvider *provider)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      n += entry->provider == provider && entry->running;
    }

  return n;
}

static void
start_waiting (DioJobQueue *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (!is_waiting (entry))
        continue;

      if (count_running (self, entry->provider) < dio_provider_get_max_jobs (entry->provider))
        start_job (entry);
      else
        dio_job_set_state (entry->job, DIO_JOB_WAITING);
    }
}

/* A job that has not begun has no driver who would notice. */
static void
cancelled_cb (GCancellable *cancellable,
              Entry        *entry)
{
  if (!is_waiting (entry))
    return;

  /* Who hears of the end may take the job off the list. */
  entry_ref (entry);
  entry->ended = TRUE;
  take_error (entry, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  end_job (entry);
  entry_unref (entry);
}

static void
job_added_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Entry) entry = user_data;
  GError *error = NULL;

  if (!dio_job_store_add_job_finish (DIO_JOB_STORE (object), result, &error))
    {
      take_error (entry, error);
      entry->ended = TRUE;
      end_job (entry);
      return;
    }

  entry->stored = TRUE;
  dio_job_set_state (entry->job, DIO_JOB_STORED);

  if (g_cancellable_is_cancelled (dio_job_get_cancellable (entry->job)))
    cancelled_cb (NULL, entry);
  else
    start_waiting (entry->queue);
}

static GType
dio_job_queue_get_item_type (GListModel *list)
{
  return DIO_TYPE_JOB;
}

static guint
dio_job_queue_get_n_items (GListModel *list)
{
  return DIO_JOB_QUEUE (list)->entries->len;
}

static gpointer
dio_job_queue_get_item (GListModel *list,
                        guint       position)
{
  DioJobQueue *self = DIO_JOB_QUEUE (list);
  guint n = self->entries->len;
  Entry *entry;

  if (position >= n)
    return NULL;

  entry = g_ptr_array_index (self->entries, n - 1 - position);

  return g_object_ref (entry->job);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dio_job_queue_get_item_type;
  iface->get_n_items = dio_job_queue_get_n_items;
  iface->get_item = dio_job_queue_get_item;
}

static void
dio_job_queue_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, dio_job_queue_get_n_open (DIO_JOB_QUEUE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_job_queue_finalize (GObject *object)
{
  DioJobQueue *self = DIO_JOB_QUEUE (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->providers);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dio_job_queue_parent_class)->finalize (object);
}

static void
dio_job_queue_class_init (DioJobQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_job_queue_get_property;
  object_class->finalize = dio_job_queue_finalize;

  properties[PROP_N_OPEN] =
    g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_job_queue_init (DioJobQueue *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_unref);
}

/**
 * dio_job_queue_new:
 * @providers: (element-type DioProvider): who can drive jobs
 * @store: where they are written
 *
 * Returns: (transfer full): an empty queue
 */
DioJobQueue *
dio_job_queue_new (GListModel  *providers,
                   DioJobStore *store)
{
  DioJobQueue *self = g_object_new (DIO_TYPE_JOB_QUEUE, NULL);

  self->providers = g_object_ref (providers);
  self->store = g_object_ref (store);

  return self;
}

static DioProvider *
find_provider (DioJobQueue *self,
               const char  *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (self->providers, i);

      if (g_str_equal (dio_provider_get_id (provider), id))
        return provider;
    }

  return NULL;
}

/**
 * dio_job_queue_add:
 * @self: a queue
 * @job: a draft, for one of the queue's providers
 *
 * Writes @job, then has its provider drive it as soon as a slot is free.
 *
 * Returns: whether there is such a provider
 */
gboolean
dio_job_queue_add (DioJobQueue *self,
                   DioJob      *job)
{
  DioProvider *provider;
  Entry *entry;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), FALSE);
  g_return_val_if_fail (DIO_IS_JOB (job), FALSE);

  provider = find_provider (self, dio_request_get_provider_id (dio_job_get_request (job)));
  if (provider == NULL)
    return FALSE;

  entry = g_new0 (Entry, 1);
  g_atomic_ref_count_init (&entry->ref_count);
  entry->queue = g_object_ref (self);
  entry->job = g_object_ref (job);
  entry->provider = provider;

  g_ptr_array_add (self->entries, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);

  g_signal_connect (dio_job_get_cancellable (entry->job), "cancelled",
                    G_CALLBACK (cancelled_cb), entry);
  dio_job_store_add_job_async (self->store, entry->job, job_added_cb, entry_ref (entry));

  return TRUE;
}

/**
 * dio_job_queue_retry:
 * @self: a queue
 * @job: a job that is over
 *
 * Asks for the same once more, as a job of its own; the person has said so.
 *
 * Returns: (transfer none) (nullable): the new job
 */
DioJob *
dio_job_queue_retry (DioJobQueue *self,
                     DioJob      *job)
{
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioJob) again = NULL;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), NULL);
  g_return_val_if_fail (dio_job_state_is_over (dio_job_get_state (job)), NULL);

  request = dio_request_new_again (dio_job_get_request (job));
  again = dio_job_new (request);
  dio_job_set_account (again, dio_job_get_account (job));
  dio_job_set_estimate (again, dio_job_get_estimate (job));

  /* The list keeps it. */
  return dio_job_queue_add (self, again) ? again : NULL;
}

/**
 * dio_job_queue_remove:
 * @self: a queue
 * @job: a job that is over
 *
 * Takes @job off the list; its row and its results stay.
 */
void
dio_job_queue_remove (DioJobQueue *self,
                      DioJob      *job)
{
  g_return_if_fail (DIO_IS_JOB_QUEUE (self));
  g_return_if_fail (dio_job_state_is_over (dio_job_get_state (job)));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->job == job)
        {
          guint position = self->entries->len - 1 - i;

          g_ptr_array_remove_index (self->entries, i);
          g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
          return;
        }
    }
}

/**
 * dio_job_queue_get_n_open:
 * @self: a queue
 *
 * Returns: how many jobs are not over
 */
guint
dio_job_queue_get_n_open (DioJobQueue *self)
{
  guint n = 0;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      n += !dio_job_state_is_over (dio_job_get_state (entry->job));
    }

  return n;
}
