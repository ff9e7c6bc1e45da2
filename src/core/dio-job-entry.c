/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job's way through the queue: written, driven by its provider, its pictures
 * stored, and over only when that is written too. */

#include "config.h"

#include "dio-job-queue-private.h"

#include "dio-error.h"

static void
entry_clear (gpointer data)
{
  DioJobEntry *self = data;

  g_clear_object (&self->held);
  g_clear_object (&self->job);
  g_clear_error (&self->error);
}

DioJobEntry *
_dio_job_entry_ref (DioJobEntry *self)
{
  return g_rc_box_acquire (self);
}

void
_dio_job_entry_unref (DioJobEntry *self)
{
  g_rc_box_release_full (self, entry_clear);
}

/* What has failed first is what is told. */
void
_dio_job_entry_take_error (DioJobEntry *self,
                           GError      *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

void
_dio_job_entry_set_phase (DioJobEntry *self,
                          DioJobPhase  phase)
{
  int was_open = self->phase != DIO_JOB_PHASE_OVER;
  int is_open = phase != DIO_JOB_PHASE_OVER;

  self->phase = phase;
  if (is_open && phase != DIO_JOB_PHASE_WAITING && self->held == NULL)
    self->held = g_object_ref (self->queue);

  _dio_job_queue_count_open (self->queue, is_open - was_open);

  /* Last, for it may be the queue's end. What only waits is safe in its row. */
  if (!is_open || phase == DIO_JOB_PHASE_WAITING)
    g_clear_object (&self->held);
}

/* Whether nothing can have reached the provider. */
gboolean
_dio_job_entry_is_unsent (DioJobEntry *self)
{
  return dio_job_get_state (self->job) <= DIO_JOB_WAITING;
}

/* Whether its place in the order does not matter any more. */
gboolean
_dio_job_entry_has_begun (DioJobEntry *self)
{
  return !_dio_job_entry_is_unsent (self)
         || (self->phase != DIO_JOB_PHASE_WRITING && self->phase != DIO_JOB_PHASE_WAITING);
}

static gboolean
is_cancelled (DioJobEntry *self)
{
  return g_cancellable_is_cancelled (dio_job_get_cancellable (self->job));
}

static void
end_cancelled (DioJobEntry *self)
{
  _dio_job_entry_take_error (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  _dio_job_entry_end (self);
}

/* From a row that is written to where it may begin. */
void
_dio_job_entry_go_waiting (DioJobEntry *self)
{
  g_autoptr(DioJobQueue) queue = g_object_ref (self->queue);

  if (is_cancelled (self))
    {
      end_cancelled (self);
      return;
    }

  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_WAITING);
  _dio_job_queue_look (queue);
}

/* A job that nobody drives has no driver who would notice. Who hears of its end
 * may take it off the list. */
static void
cancelled_cb (GCancellable *cancellable,
              DioJobEntry  *self)
{
  if (self->phase != DIO_JOB_PHASE_WAITING)
    return;

  _dio_job_entry_ref (self);
  end_cancelled (self);
  _dio_job_entry_unref (self);
}

static void
connect_cancelled (DioJobEntry *self)
{
  g_signal_connect (dio_job_get_cancellable (self->job), "cancelled", G_CALLBACK (cancelled_cb), self);
}

void
_dio_job_entry_disconnect (DioJobEntry *self)
{
  g_signal_handlers_disconnect_by_data (self->job, self);
  g_signal_handlers_disconnect_by_data (dio_job_get_cancellable (self->job), self);
}

/* A job of today's, or of an earlier run; over, until it is told otherwise. */
DioJobEntry *
_dio_job_entry_new (DioJobQueue *queue,
                    DioJob      *job,
                    DioProvider *provider)
{
  DioJobEntry *self = g_rc_box_new0 (DioJobEntry);
  const DioAccount *account = dio_job_get_account (job);
  g_autofree char *lane = g_strdup_printf ("%s\n%s", dio_provider_get_id (provider),
                                           account != NULL ? account->name : "");

  self->queue = queue;
  self->job = g_object_ref (job);
  self->provider = provider;
  self->lane = g_intern_string (lane);
  self->weight = dio_provider_get_slots (provider, dio_job_get_request (job));
  self->phase = DIO_JOB_PHASE_OVER;

  if (!dio_job_state_is_over (dio_job_get_state (job)))
    connect_cancelled (self);

  return self;
}

static void
job_added_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DioJobEntry) self = user_data;
  GError *error = NULL;

  if (!dio_job_store_add_job_finish (DIO_JOB_STORE (object), result, &error))
    {
      _dio_job_entry_take_error (self, error);
      _dio_job_entry_end (self);
      return;
    }

  self->is_stored = TRUE;
  dio_job_set_state (self->job, DIO_JOB_STORED);
  _dio_job_entry_go_waiting (self);
}

/* Writes a new job; it may begin when it is safe. */
void
_dio_job_entry_add (DioJobEntry *self)
{
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_WRITING);
  dio_job_store_add_job_async (self->queue->store, self->job, job_added_cb, _dio_job_entry_ref (self));
}

static void
settle_if_complete (DioJobEntry *self)
{
  if (!self->has_ended || self->n_storing > 0)
    return;

  g_signal_handlers_disconnect_by_data (self->job, self);
  _dio_job_entry_settle (self);
}

static void
picture_added_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DioJobEntry) self = user_data;
  g_autoptr(DioJobQueue) queue = g_object_ref (self->queue);
  g_autoptr(DioResult) stored = NULL;
  GError *error = NULL;

  stored = dio_job_store_add_picture_finish (DIO_JOB_STORE (object), result, &error);
  if (stored != NULL)
    dio_job_add_result (self->job, stored);
  else
    _dio_job_entry_take_error (self, error);

  self->n_storing--;
  settle_if_complete (self);
  if (stored != NULL)
    _dio_job_queue_store_after_all (queue);
}

static void
picture_delivered_cb (DioJob      *job,
                      DioPicture  *picture,
                      DioJobEntry *self)
{
  self->n_storing++;
  dio_job_store_add_picture_async (self->queue->store, job, picture,
                                   picture_added_cb, _dio_job_entry_ref (self));
}

static void
provider_ended_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DioJobEntry) self = user_data;
  GError *error = NULL;

  if (!dio_provider_run_finish (DIO_PROVIDER (object), result, &error))
    _dio_job_entry_take_error (self, error);

  self->has_ended = TRUE;
  settle_if_complete (self);
}

static void
state_changed_cb (DioJobEntry *self)
{
  if (!_dio_job_entry_is_unsent (self))
    self->was_sent = TRUE;
}

/* Has the provider drive it from where it is. That it is being sent is for the
 * driver to say, when the store has let it. */
void
_dio_job_entry_start (DioJobEntry *self)
{
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_RUNNING);
  self->was_sent = FALSE;
  self->has_ended = FALSE;
  self->wait = DIO_JOB_WAIT_NONE;
  self->wait_until = 0;
  g_signal_connect (self->job, "delivered", G_CALLBACK (picture_delivered_cb), self);
  g_signal_connect_swapped (self->job, "notify::state", G_CALLBACK (state_changed_cb), self);

  g_object_freeze_notify (G_OBJECT (self->job));
  dio_job_set_wait (self->job, NULL, 0);
  if (_dio_job_entry_is_unsent (self))
    {
      dio_job_edit_remote (self->job)->retry_at = 0;
      dio_job_set_state (self->job, DIO_JOB_STORED);
    }
  g_object_thaw_notify (G_OBJECT (self->job));

  dio_provider_run_async (self->provider, self->job, self->queue->store,
                          dio_job_get_cancellable (self->job),
                          provider_ended_cb, _dio_job_entry_ref (self));
}

static DioJobState
get_final_state (DioJobEntry *self)
{
  if (self->error == NULL)
    return DIO_JOB_DONE;
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return DIO_JOB_CANCELLED;
  if (g_error_matches (self->error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN))
    return DIO_JOB_OUTCOME_UNKNOWN;

  return DIO_JOB_FAILED;
}

static void
end_written (DioJobEntry  *self,
             const GError *error)
{
  /* The pictures are safe; at the next start the job is met as interrupted. */
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    g_debug ("The end of job %s is another's to write", dio_job_get_id (self->job));
  else if (error != NULL)
    g_warning ("The end of job %s is not written: %s", dio_job_get_id (self->job), error->message);

  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_OVER);
}

/* Who hears of the end may ask for it again at once: that has to be written
 * behind the end, so the end is on its way before it is told. */
void
_dio_job_entry_end (DioJobEntry *self)
{
  g_autoptr(DioJobQueue) queue = g_object_ref (self->queue);
  DioJobState state = get_final_state (self);

  _dio_job_entry_disconnect (self);
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_ENDING);

  g_object_freeze_notify (G_OBJECT (self->job));
  dio_job_set_wait (self->job, NULL, 0);
  dio_job_set_error (self->job, state != DIO_JOB_CANCELLED ? self->error : NULL);
  dio_job_set_state (self->job, state);
  if (self->is_stored)
    _dio_job_entry_write (self, end_written);
  else
    _dio_job_entry_set_phase (self, DIO_JOB_PHASE_OVER);
  g_object_thaw_notify (G_OBJECT (self->job));

  _dio_job_queue_look (queue);
}

/* The row still has the end of before, and that is what it goes back to. */
static void
give_up_checking (DioJobEntry  *self,
                  const GError *error)
{
  _dio_job_entry_disconnect (self);

  g_object_freeze_notify (G_OBJECT (self->job));
  dio_job_set_error (self->job, error);
  dio_job_set_state (self->job, self->former);
  g_object_thaw_notify (G_OBJECT (self->job));

  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_OVER);
}

static void
check_written (DioJobEntry  *self,
               const GError *error)
{
  if (error == NULL)
    _dio_job_entry_go_waiting (self);
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    _dio_job_entry_ask_whose (self);
  else
    give_up_checking (self, error);
}

/* Has the provider asked for what it may have made. */
void
_dio_job_entry_check_again (DioJobEntry *self)
{
  self->former = dio_job_get_state (self->job);
  g_clear_error (&self->error);
  _dio_job_entry_set_phase (self, DIO_JOB_PHASE_WRITING);

  g_object_freeze_notify (G_OBJECT (self->job));
  dio_job_revive (self->job);
  connect_cancelled (self);
  _dio_job_entry_write (self, check_written);
  g_object_thaw_notify (G_OBJECT (self->job));
}
