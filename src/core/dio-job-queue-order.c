/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person does with jobs in the queue: another order, an end, one more
 * look, one more try. */

#include "config.h"

#include "dio-job-queue-private.h"

static DioJobEntry *
find_entry (DioJobQueue *self,
            DioJob      *job)
{
  DioJobEntry *entry = _dio_job_queue_find_id (self, dio_job_get_id (job));

  return entry != NULL && entry->job == job ? entry : NULL;
}

/* Where those that have not begun stand in the list, the next first. */
static GArray *
find_places (DioJobQueue *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (!_dio_job_entry_has_begun (g_ptr_array_index (self->entries, i)))
        g_array_append_val (places, i);
    }

  return places;
}

static guint
find_place (DioJobQueue *self,
            GArray      *places,
            DioJobEntry *entry)
{
  guint place = 0;

  while (g_ptr_array_index (self->entries, g_array_index (places, guint, place)) != entry)
    place++;

  return place;
}

/* The others keep their order among themselves, and those that have begun keep
 * their places. */
static void
shift (DioJobQueue *self,
       GArray      *places,
       guint        from,
       guint        to)
{
  int step = from < to ? 1 : -1;
  gpointer moved = self->entries->pdata[g_array_index (places, guint, from)];

  for (guint i = from; i != to; i += step)
    self->entries->pdata[g_array_index (places, guint, i)] =
      self->entries->pdata[g_array_index (places, guint, i + step)];

  self->entries->pdata[g_array_index (places, guint, to)] = moved;
}

/**
 * dio_job_queue_move:
 * @self: a queue
 * @job: a job in it that has not begun
 * @position: its place among those that have not; 0 is next
 *
 * A job that has begun in the meantime stays where it is.
 */
void
dio_job_queue_move (DioJobQueue *self,
                    DioJob      *job,
                    guint        position)
{
  g_autoptr(GArray) places = NULL;
  DioJobEntry *entry;
  guint from;
  guint first;
  guint last;

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));
  g_return_if_fail (DIO_IS_JOB (job));

  entry = find_entry (self, job);
  if (entry == NULL || _dio_job_entry_has_begun (entry))
    return;

  places = find_places (self);
  from = find_place (self, places, entry);
  position = MIN (position, places->len - 1);
  if (from == position)
    return;

  shift (self, places, from, position);

  first = g_array_index (places, guint, MIN (from, position));
  last = g_array_index (places, guint, MAX (from, position));
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1 - last,
                              last - first + 1, last - first + 1);
  _dio_job_queue_look (self);
}

/**
 * dio_job_queue_can_move:
 * @self: a queue
 * @job: a job
 *
 * Returns: whether @job is in it and has not begun
 */
gboolean
dio_job_queue_can_move (DioJobQueue *self,
                        DioJob      *job)
{
  DioJobEntry *entry;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), FALSE);
  g_return_val_if_fail (DIO_IS_JOB (job), FALSE);

  entry = find_entry (self, job);

  return entry != NULL && !_dio_job_entry_has_begun (entry);
}

/**
 * dio_job_queue_cancel_all:
 * @self: a queue
 *
 * Cancels every job that is not over.
 */
void
dio_job_queue_cancel_all (DioJobQueue *self)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));

  /* Who hears of an end may change the list. */
  for (guint i = 0; i < self->entries->len; i++)
    {
      DioJobEntry *entry = g_ptr_array_index (self->entries, i);

      if (!dio_job_state_is_over (dio_job_get_state (entry->job)))
        g_ptr_array_add (jobs, g_object_ref (entry->job));
    }

  for (guint i = 0; i < jobs->len; i++)
    dio_job_cancel (g_ptr_array_index (jobs, i));
}

/**
 * dio_job_queue_check_again:
 * @self: a queue
 * @job: a job in it for which dio_job_can_check_again() holds
 *
 * Asks its provider for what it may have made since. Orders nothing, and so
 * needs no free place and does not mind a pause.
 */
void
dio_job_queue_check_again (DioJobQueue *self,
                           DioJob      *job)
{
  DioJobEntry *entry;

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));
  g_return_if_fail (DIO_IS_JOB (job));

  entry = find_entry (self, job);
  if (entry != NULL && dio_job_can_check_again (job))
    _dio_job_entry_check_again (entry);
}

/* Beyond all pictures that have come, whichever they were. */
static guint
count_made (DioJob *job)
{
  GListModel *results = dio_job_get_results (job);
  guint n_made = 0;

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(DioResult) result = g_list_model_get_item (results, i);

      n_made = MAX (n_made, dio_result_get_index (result) + 1);
    }

  return n_made;
}

static DioModelInfo *
find_model (DioProvider *provider,
            const char  *id)
{
  GListModel *models = dio_provider_get_models (provider);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (models, i);

      if (g_str_equal (dio_model_info_get_id (model), id))
        return g_steal_pointer (&model);
    }

  return NULL;
}

static DioRequest *
new_rest (DioProvider *provider,
          DioJob      *job)
{
  DioRequest *request = dio_job_get_request (job);
  g_autoptr(DioModelInfo) model = find_model (provider, dio_request_get_model_id (request));
  guint n_wanted = dio_request_get_count (request);
  guint n_come = g_list_model_get_n_items (dio_job_get_results (job));

  if (model == NULL || n_come == 0 || n_come >= n_wanted)
    return dio_request_new_again (request);

  return dio_request_new_rest (request, model, n_wanted - n_come, count_made (job));
}

/* What the provider was asked for the whole is worth more than what is known
 * here of the rest. */
static void
estimate_rest (DioProvider *provider,
               DioRequest  *rest,
               DioJob      *job,
               DioPrice    *price)
{
  const DioPrice *whole = dio_job_get_estimate (job);
  double part = dio_request_get_count (rest) / (double) dio_request_get_count (dio_job_get_request (job));

  dio_provider_estimate (provider, rest, dio_job_get_account (job), price);
  if (whole->source <= price->source)
    return;

  *price = *whole;
  price->amount *= part;
}

/**
 * dio_job_queue_new_retry:
 * @self: a queue
 * @job: a job that is over
 *
 * Makes a job for the pictures of @job that did not come, or for all where none
 * did, with an estimate of its own: it will be paid for. That an unknown price
 * was agreed to is not carried over.
 *
 * Returns: (transfer full) (nullable): a draft; %NULL where there is no such
 *   provider any more
 */
DioJob *
dio_job_queue_new_retry (DioJobQueue *self,
                         DioJob      *job)
{
  g_autoptr(DioRequest) rest = NULL;
  DioProvider *provider;
  DioPrice price;
  DioJob *again;

  g_return_val_if_fail (DIO_IS_JOB_QUEUE (self), NULL);
  g_return_val_if_fail (dio_job_state_is_over (dio_job_get_state (job)), NULL);

  provider = _dio_job_queue_find_provider (self, job);
  if (provider == NULL)
    return NULL;

  rest = new_rest (provider, job);
  estimate_rest (provider, rest, job, &price);
  again = dio_job_new (rest);
  dio_job_set_account (again, dio_job_get_account (job));
  dio_job_set_estimate (again, &price);

  return again;
}

/**
 * dio_job_queue_retry:
 * @self: a queue
 * @job: a job that is over
 *
 * Adds what dio_job_queue_new_retry() makes; the person has said so.
 *
 * Returns: (transfer none) (nullable): the new job
 */
DioJob *
dio_job_queue_retry (DioJobQueue *self,
                     DioJob      *job)
{
  g_autoptr(DioJob) again = dio_job_queue_new_retry (self, job);

  /* The list keeps it. */
  return again != NULL && dio_job_queue_add (self, again) ? again : NULL;
}
