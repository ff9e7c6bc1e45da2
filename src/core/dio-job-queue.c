/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All jobs of this run of the program, and the one who drives them: a job is
 * written before its provider sees it, and ends only when its pictures are
 * written. As a list it holds the jobs, newest first; those that have not begun
 * stand in the order in which they will, the next one lowest. */

#include "config.h"

#include "dio-job-queue-private.h"

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioJobQueue, dio_job_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_N_OPEN,
  PROP_PAUSED,
  PROP_WAITS_FOR_NETWORK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static DioJobEntry *
get_entry (DioJobQueue *self,
           guint        index)
{
  return g_ptr_array_index (self->entries, index);
}

static gboolean
find_index (DioJobQueue *self,
            DioJob      *job,
            guint       *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (get_entry (self, i)->job == job)
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
remove_index (DioJobQueue *self,
              guint        index)
{
  guint position = self->entries->len - 1 - index;

  g_ptr_array_remove_index (self->entries, index);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

DioJobEntry *
_dio_job_queue_find_id (DioJobQueue *self,
                        const char  *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_str_equal (dio_job_get_id (get_entry (self, i)->job), id))
        return get_entry (self, i);
    }

  return NULL;
}

DioProvider *
_dio_job_queue_find_provider (DioJobQueue *self,
                              DioJob      *job)
{
  const char *id = dio_request_get_provider_id (dio_job_get_request (job));

  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (self->providers, i);

      if (g_str_equal (dio_provider_get_id (provider), id))
        return provider;
    }

  return NULL;
}

/* Behind those that were made before it; returns (transfer none). */
DioJobEntry *
_dio_job_queue_list (DioJobQueue *self,
                     DioJob      *job,
                     DioProvider *provider)
{
  DioJobEntry *entry = _dio_job_entry_new (self, job, provider);
  guint index = self->entries->len;

  while (index > 0 && dio_job_get_created (get_entry (self, index - 1)->job) > dio_job_get_created (job))
    index--;

  g_ptr_array_insert (self->entries, index, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1 - index, 0, 1);

  return entry;
}

void
_dio_job_queue_drop (DioJobQueue *self,
                     DioJobEntry *entry)
{
  guint index;

  if (g_ptr_array_find (self->entries, entry, &index))
    remove_index (self, index);
}

void
_dio_job_queue_count_open (DioJobQueue *self,
                           int          change)
{
  if (change == 0)
    return;

  self->n_open += change;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
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

  return position < n ? g_object_ref (get_entry (self, n - 1 - position)->job) : NULL;
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
  DioJobQueue *self = DIO_JOB_QUEUE (object);

  switch (id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, self->n_open);
      break;

    case PROP_PAUSED:
      g_value_set_boolean (value, self->is_paused);
      break;

    case PROP_WAITS_FOR_NETWORK:
      g_value_set_boolean (value, self->waits_for_network);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_job_queue_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DioJobQueue *self = DIO_JOB_QUEUE (object);

  switch (id)
    {
    case PROP_PAUSED:
      dio_job_queue_set_paused (self, g_value_get_boolean (value));
      break;

    case PROP_WAITS_FOR_NETWORK:
      dio_job_queue_set_waits_for_network (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_job_queue_finalize (GObject *object)
{
  DioJobQueue *self = DIO_JOB_QUEUE (object);

  _dio_job_queue_stop_looking (self);

  /* Others may keep the jobs. */
  for (guint i = 0; i < self->entries->len; i++)
    _dio_job_entry_disconnect (get_entry (self, i));

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->busy_until, g_hash_table_unref);
  g_clear_object (&self->providers);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dio_job_queue_parent_class)->finalize (object);
}

static void
dio_job_queue_class_init (DioJobQueueClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_job_queue_get_property;
  object_class->set_property = dio_job_queue_set_property;
  object_class->finalize = dio_job_queue_finalize;

  properties[PROP_N_OPEN] =
    g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_WAITS_FOR_NETWORK] = g_param_spec_boolean ("waits-for-network", NULL, NULL, TRUE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_job_queue_init (DioJobQueue *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) _dio_job_entry_unref);
  self->busy_until = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->waits_for_network = TRUE;
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

/**
 * dio_job_queue_add:
 * @self: a queue
 * @job: a draft, for one of the queue's providers
 *
 * Writes @job, then has its provider drive it as soon as there is a place.
 *
 * Returns: whether there is such a provider
 */
gboolean
dio_job_queue_add (DioJobQueue *self,
                   DioJob      *job)
{
  DioProvider *provider;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), FALSE);
  g_return_val_if_fail (DIO_IS_JOB (job), FALSE);

  provider = _dio_job_queue_find_provider (self, job);
  if (provider == NULL)
    return FALSE;

  _dio_job_entry_add (_dio_job_queue_list (self, job, provider));

  return TRUE;
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
  guint index;

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));
  g_return_if_fail (dio_job_state_is_over (dio_job_get_state (job)));

  if (find_index (self, job, &index))
    remove_index (self, index);
}

/**
 * dio_job_queue_get_n_open:
 * @self: a queue
 *
 * Returns: how many jobs are not over, or not written as such yet
 */
guint
dio_job_queue_get_n_open (DioJobQueue *self)
{
  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), 0);

  return self->n_open;
}

gboolean
dio_job_queue_get_paused (DioJobQueue *self)
{
  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), FALSE);

  return self->is_paused;
}

/**
 * dio_job_queue_set_paused:
 * @self: a queue
 * @paused: whether nothing new is begun; what is under way goes on
 */
void
dio_job_queue_set_paused (DioJobQueue *self,
                          gboolean     paused)
{
  g_return_if_fail (DIO_IS_JOB_QUEUE (self));

  if (self->is_paused == paused)
    return;

  self->is_paused = paused;
  _dio_job_queue_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

gboolean
dio_job_queue_get_waits_for_network (DioJobQueue *self)
{
  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), FALSE);

  return self->waits_for_network;
}

/**
 * dio_job_queue_set_waits_for_network:
 * @self: a queue
 * @waits: whether a job whose server cannot be reached waits until it can;
 *   otherwise it fails
 */
void
dio_job_queue_set_waits_for_network (DioJobQueue *self,
                                     gboolean     waits)
{
  g_return_if_fail (DIO_IS_JOB_QUEUE (self));

  if (self->waits_for_network == waits)
    return;

  self->waits_for_network = waits;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITS_FOR_NETWORK]);
}
