/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a job when its provider is done with it: it is over, it waits
 * to be tried again, or it turns out to be another's. */

#include "config.h"

#include "dio-job-queue-private.h"

#include "dio-error.h"

#define MAX_TRIES 10

/* In seconds; doubled each time. */
#define FIRST_OFFLINE_DELAY 5
#define FIRST_BUSY_DELAY 2
#define LONGEST_DELAY 300

static gint64
get_delay (guint first,
           guint n_before)
{
  guint seconds = first;

  while (n_before-- > 0 && seconds < LONGEST_DELAY)
    seconds *= 2;

  return (gint64) MIN (seconds, LONGEST_DELAY) * G_USEC_PER_SEC;
}

/* Nothing that was accepted is given up for want of a network: asking after it
 * costs nothing. All else is tried again only where nothing was accepted. */
static DioJobWait
find_wait (DioJobEntry *self)
{
  const DioJobRemote *remote = dio_job_get_remote (self->job);

  if (self->error == NULL || self->error->domain != DIO_ERROR)
    return DIO_JOB_WAIT_NONE;

  if (g_error_matches (self->error, DIO_ERROR, DIO_ERROR_OFFLINE))
    return self->queue->waits_for_network ? DIO_JOB_WAIT_NETWORK : DIO_JOB_WAIT_NONE;

  if (!_dio_job_entry_is_unsent (self) || self->n_tries + 1 >= MAX_TRIES)
    return DIO_JOB_WAIT_NONE;

  if (g_error_matches (self->error, DIO_ERROR, DIO_ERROR_BUSY))
    return DIO_JOB_WAIT_BUSY;

  return remote->retry_at > g_get_real_time () ? DIO_JOB_WAIT_AGAIN : DIO_JOB_WAIT_NONE;
}

static void
wait_for_network (DioJobEntry *self)
{
  self->wait_until = g_get_real_time () + get_delay (FIRST_OFFLINE_DELAY, self->n_offline);
  self->n_offline++;
  _dio_job_queue_watch_network (self->queue);
}

/* The provider's own time comes first. Where it gives none, many who were sent
 * away together should not come back together. */
static void
wait_for_provider (DioJobEntry *self)
{
  DioJobRemote *remote = dio_job_edit_remote (self->job);
  gint64 now = g_get_real_time ();

  if (remote->retry_at <= now)
    remote->retry_at = now + (gint64) (get_delay (FIRST_BUSY_DELAY, self->n_tries) * g_random_double_range (0.8, 1.2));

  self->wait_until = remote->retry_at;
  self->n_tries++;
  if (self->wait == DIO_JOB_WAIT_BUSY)
    _dio_job_queue_hold_lane (self->queue, self->lane, self->wait_until);
}

static void
wait_written (DioJobEntry  *self,
              const GError *error)
{
  if (error == NULL)
    {
      _dio_job_entry_go_waiting (self);
    }
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    {
      _dio_job_entry_ask_whose (self);
    }
  else
    {
      _dio_job_entry_take_error (self, g_error_copy (error));
      _dio_job_entry_end (self);
    }
}

static void
wait_to_try_again (DioJobEntry *self)
{
  if (self->wait == DIO_JOB_WAIT_NETWORK)
    wait_for_network (self);
  else
    wait_for_provider (self);

  g_clear_error (&self->error);
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_WRITING);
  if (_dio_job_entry_is_unsent (self))
    dio_job_set_state (self->job, DIO_JOB_WAITING);
  _dio_job_entry_write (self, wait_written);
}

/* It is in nobody's list here any more, and nothing of it is written: its row
 * is for whoever drives it. Who follows the job itself is told that it is over. */
static void
leave_list (DioJobEntry *self)
{
  g_autoptr(DioJobQueue) queue = g_object_ref (self->queue);
  g_autoptr(GError) error = g_error_new (DIO_ERROR, DIO_ERROR_NOT_FOUND,
                                         "Another process drives job %s", dio_job_get_id (self->job));

  g_debug ("%s", error->message);
  _dio_job_entry_disconnect (self);
  _dio_job_queue_drop (queue, self);

  g_object_freeze_notify (G_OBJECT (self->job));
  dio_job_set_wait (self->job, NULL, 0);
  dio_job_set_error (self->job, error);
  dio_job_set_state (self->job, DIO_JOB_FAILED);
  g_object_thaw_notify (G_OBJECT (self->job));

  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_OVER);
  _dio_job_queue_look (queue);
}

/* It is ours and as we knew it: what was not found was something else. */
static void
go_on_unsent (DioJobEntry *self)
{
  if (self->error != NULL)
    _dio_job_entry_end (self);
  else
    _dio_job_entry_go_waiting (self);
}

/* The row has what others have made of it. */
static void
follow_row (DioJobQueue *queue,
            DioJob      *found,
            gboolean     is_checked)
{
  if (_dio_job_queue_adopt (queue, found) && is_checked)
    dio_job_queue_check_again (queue, found);
}

static void
owner_told_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DioJobEntry) self = user_data;
  g_autoptr(DioJobQueue) queue = g_object_ref (self->queue);
  gboolean is_checked = !_dio_job_entry_is_unsent (self);
  g_autoptr(DioJob) found = NULL;
  g_autoptr(GError) error = NULL;

  found = dio_job_store_take_job_finish (DIO_JOB_STORE (object), result, &error);
  if (found != NULL && !is_checked && dio_job_get_state (found) <= DIO_JOB_WAITING)
    {
      go_on_unsent (self);
      return;
    }

  leave_list (self);
  if (found != NULL)
    follow_row (queue, found, is_checked);
}

/* "Not found" before anything was sent is either what it says, of a photo or a
 * model, or the store's way of saying that the row is another process's, or
 * further than we think. To write that the job has failed would in the second
 * case spoil the record of a job that is being paid for, so the store is asked
 * whose it is. Only where it is ours and unsent has it failed. Where it is
 * another's, it leaves our list: one process drives a job. Where the other has
 * died or is done with it, it is ours as it is in the row. And where the store
 * does not answer, the row tells the next start what is true. */
void
_dio_job_entry_ask_whose (DioJobEntry *self)
{
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_ASKING);
  dio_job_store_take_job_async (self->queue->store, dio_job_get_id (self->job),
                                owner_told_cb, _dio_job_entry_ref (self));
}

/* Called when the provider is done and the pictures that came are stored. */
void
_dio_job_entry_settle (DioJobEntry *self)
{
  self->wait = find_wait (self);
  if (self->wait != DIO_JOB_WAIT_NETWORK)
    self->n_offline = 0;

  if (self->wait != DIO_JOB_WAIT_NONE)
    wait_to_try_again (self);
  else if (!self->was_sent && _dio_job_entry_is_unsent (self)
           && g_error_matches (self->error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    _dio_job_entry_ask_whose (self);
  else
    _dio_job_entry_end (self);
}
