/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request under way. Widgets show its properties; the queue owns it and the
 * provider reports to it, all in the main thread. */

#include "config.h"

#include "dio-job-private.h"

G_DEFINE_FINAL_TYPE (DioJob, dio_job, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_STEP,
  PROP_WAITS_UNTIL,
  N_PROPS
};

enum
{
  DELIVERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_progress (DioJob *self,
              double  progress)
{
  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* They are seen by who watches the progress. */
static void
set_bytes (DioJob *self,
           gint64  done,
           gint64  total)
{
  if (self->bytes_done == done && self->bytes_total == total)
    return;

  self->bytes_done = done;
  self->bytes_total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
set_step (DioJob     *self,
          const char *step)
{
  if (self->step == step)
    return;

  self->step = step;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
}

static void
dio_job_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  DioJob *self = DIO_JOB (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    case PROP_STEP:
      g_value_set_string (value, self->step);
      break;

    case PROP_WAITS_UNTIL:
      g_value_set_int64 (value, self->waits_until);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_job_finalize (GObject *object)
{
  DioJob *self = DIO_JOB (object);

  g_clear_object (&self->request);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, dio_account_free);
  dio_job_remote_clear (&self->remote);
  g_clear_error (&self->error);
  g_clear_object (&self->results);

  G_OBJECT_CLASS (dio_job_parent_class)->finalize (object);
}

static void
dio_job_class_init (DioJobClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_job_get_property;
  object_class->finalize = dio_job_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DIO_TYPE_JOB_STATE, DIO_JOB_DRAFT, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_STEP] = g_param_spec_string ("step", NULL, NULL, NULL, flags);
  properties[PROP_WAITS_UNTIL] = g_param_spec_int64 ("waits-until", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DioJob::delivered:
   * @self: the job
   * @picture: a #DioPicture that its provider has handed over
   *
   * For the queue, which stores it.
   */
  signals[DELIVERED] =
    g_signal_new ("delivered", DIO_TYPE_JOB, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_PICTURE);
}

static void
dio_job_init (DioJob *self)
{
  self->cancellable = g_cancellable_new ();
  self->results = g_list_store_new (DIO_TYPE_RESULT);
  self->created = g_get_real_time ();
  self->progress = -1;
}

/**
 * dio_job_new:
 * @request: what to make
 *
 * Returns: (transfer full): a draft, for a queue to own
 */
DioJob *
dio_job_new (DioRequest *request)
{
  DioJob *self = g_object_new (DIO_TYPE_JOB, NULL);

  self->request = g_object_ref (request);

  return self;
}

/**
 * dio_job_new_stored:
 * @request: what to make
 * @state: as it was written last
 * @created: when it was made, in microseconds since 1970
 *
 * Returns: (transfer full): a job that was read back
 */
DioJob *
dio_job_new_stored (DioRequest  *request,
                    DioJobState  state,
                    gint64       created)
{
  DioJob *self = dio_job_new (request);

  self->state = state;
  self->created = created;

  return self;
}

/**
 * dio_job_get_id:
 * @self: a job
 *
 * Returns: our own id, which is its request's
 */
const char *
dio_job_get_id (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return dio_request_get_id (self->request);
}

DioRequest *
dio_job_get_request (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->request;
}

DioJobState
dio_job_get_state (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), DIO_JOB_FAILED);

  return self->state;
}

/**
 * dio_job_get_progress:
 * @self: a job
 *
 * Returns: how much is done, 0 to 1, or -1 where the provider does not say
 */
double
dio_job_get_progress (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), -1);

  return self->progress;
}

/**
 * dio_job_get_step:
 * @self: a job
 *
 * Returns: (nullable): what is being done, for the interface to translate
 */
const char *
dio_job_get_step (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->step;
}

/**
 * dio_job_get_waits_until:
 * @self: a job
 *
 * Returns: when it is tried again, in microseconds since 1970, or 0 where that
 *   hangs on something else
 */
gint64
dio_job_get_waits_until (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), 0);

  return self->waits_until;
}

/**
 * dio_job_get_error:
 * @self: a job
 *
 * Returns: (nullable): why it failed; %NULL while it has not
 */
const GError *
dio_job_get_error (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->error;
}

/**
 * dio_job_get_results:
 * @self: a job
 *
 * Returns: (transfer none) (element-type DioResult): what is in the library by
 *   now, in the order of coming
 */
GListModel *
dio_job_get_results (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return G_LIST_MODEL (self->results);
}

/**
 * dio_job_get_created:
 * @self: a job
 *
 * Returns: when it was made, in microseconds since 1970
 */
gint64
dio_job_get_created (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), 0);

  return self->created;
}

/**
 * dio_job_cancel:
 * @self: a job
 *
 * Asks its driver to stop; the state changes when it has.
 */
void
dio_job_cancel (DioJob *self)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_cancellable_cancel (self->cancellable);
}

GCancellable *
dio_job_get_cancellable (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->cancellable;
}

/**
 * dio_job_report:
 * @self: a job
 * @state: how far it is, %DIO_JOB_STORED to %DIO_JOB_DOWNLOADING
 * @progress: 0 to 1, or -1 for not known
 * @step: (nullable): a static, translatable text
 *
 * Called by the provider that drives the job.
 */
void
dio_job_report (DioJob      *self,
                DioJobState  state,
                double       progress,
                const char  *step)
{
  g_return_if_fail (DIO_IS_JOB (self));
  g_return_if_fail (!dio_job_state_is_over (state));

  g_object_freeze_notify (G_OBJECT (self));
  set_progress (self, progress);
  set_bytes (self, 0, 0);
  set_step (self, step);
  dio_job_set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dio_job_report_bytes:
 * @self: a job
 * @done: how many bytes of what it sends or fetches are through
 * @total: how many there are; 0 where nobody knows
 *
 * Called by the provider that drives the job; holds until its next
 * dio_job_report().
 */
void
dio_job_report_bytes (DioJob *self,
                      gint64  done,
                      gint64  total)
{
  g_return_if_fail (DIO_IS_JOB (self));
  g_return_if_fail (done >= 0 && total >= 0);

  set_bytes (self, done, total);
}

/**
 * dio_job_get_bytes:
 * @self: a job
 * @done: (out): how many bytes are through
 * @total: (out): how many there are; 0 where nobody knows
 *
 * Returns: whether anything is being sent or fetched of which that is known
 */
gboolean
dio_job_get_bytes (DioJob *self,
                   gint64 *done,
                   gint64 *total)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  *done = self->bytes_done;
  *total = self->bytes_total;

  return self->bytes_done > 0;
}

/**
 * dio_job_deliver:
 * @self: a job
 * @picture: one of its pictures, whole
 *
 * Called by the provider that drives the job, once for each picture.
 */
void
dio_job_deliver (DioJob     *self,
                 DioPicture *picture)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_signal_emit (self, signals[DELIVERED], 0, picture);
}

void
dio_job_set_state (DioJob      *self,
                   DioJobState  state)
{
  g_return_if_fail (DIO_IS_JOB (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * dio_job_set_wait:
 * @self: a job
 * @step: (nullable): a static, translatable text on why it waits
 * @until: when it is tried again, in microseconds since 1970, or 0
 *
 * For the queue: nothing is being done, or with neither, no longer waited for.
 */
void
dio_job_set_wait (DioJob     *self,
                  const char *step,
                  gint64      until)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_progress (self, -1);
  set_bytes (self, 0, 0);
  set_step (self, step);
  if (self->waits_until != until)
    {
      self->waits_until = until;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITS_UNTIL]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dio_job_set_error:
 * @self: a job
 * @error: (nullable): why it failed
 *
 * For the queue, before it sets the state that says so.
 */
void
dio_job_set_error (DioJob       *self,
                   const GError *error)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

/**
 * dio_job_revive:
 * @self: a job that is over
 *
 * For the queue, which asks for it again: no error any more, not cancelled, and
 * in the state from which its provider goes on without ordering anything.
 */
void
dio_job_revive (DioJob *self)
{
  g_return_if_fail (DIO_IS_JOB (self));
  g_return_if_fail (dio_job_can_check_again (self));

  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  dio_job_set_error (self, NULL);
  dio_job_set_state (self, self->remote.id != NULL ? DIO_JOB_MAKING : DIO_JOB_SENDING);
}

/**
 * dio_job_add_result:
 * @self: a job
 * @result: one of its pictures, in the library; one that it has is left out
 */
void
dio_job_add_result (DioJob    *self,
                    DioResult *result)
{
  g_return_if_fail (DIO_IS_JOB (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->results)); i++)
    {
      g_autoptr(DioResult) other = g_list_model_get_item (G_LIST_MODEL (self->results), i);

      if (g_str_equal (dio_result_get_id (other), dio_result_get_id (result)))
        return;
    }

  g_list_store_append (self->results, result);
}
