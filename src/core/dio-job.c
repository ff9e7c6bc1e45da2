/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request under way. Widgets show its properties; the queue owns it and the
 * provider reports to it, all in the main thread. */

#include "config.h"

#include "dio-job.h"

struct _DioJob
{
  GObject       parent_instance;

  /* Set once */
  DioRequest   *request;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gint64        created;     /* microseconds since 1970 */
  DioAccount   *account;     /* (owned) (nullable): whose money */
  DioPrice      estimate;    /* before it was sent */
  gboolean      accepts_unknown_price;

  /* Under way */
  DioJobState   state;
  double        progress;    /* 0 to 1, or -1 where it is not known */
  const char   *step;        /* (nullable): static, translatable */
  GError       *error;       /* (owned) (nullable) */
  GListStore   *results;     /* (owned) */
  DioJobRemote  remote;      /* what is known at the provider */
};

G_DEFINE_FINAL_TYPE (DioJob, dio_job, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_STEP,
  N_PROPS
};

enum
{
  DELIVERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Stored in the database: never changed. */
static const GEnumValue state_values[] = {
  { DIO_JOB_DRAFT, "DIO_JOB_DRAFT", "draft" },
  { DIO_JOB_STORED, "DIO_JOB_STORED", "stored" },
  { DIO_JOB_WAITING, "DIO_JOB_WAITING", "waiting" },
  { DIO_JOB_SENDING, "DIO_JOB_SENDING", "sending" },
  { DIO_JOB_ACCEPTED, "DIO_JOB_ACCEPTED", "accepted" },
  { DIO_JOB_MAKING, "DIO_JOB_MAKING", "making" },
  { DIO_JOB_DOWNLOADING, "DIO_JOB_DOWNLOADING", "downloading" },
  { DIO_JOB_DONE, "DIO_JOB_DONE", "done" },
  { DIO_JOB_FAILED, "DIO_JOB_FAILED", "failed" },
  { DIO_JOB_OUTCOME_UNKNOWN, "DIO_JOB_OUTCOME_UNKNOWN", "outcome-unknown" },
  { DIO_JOB_CANCELLED, "DIO_JOB_CANCELLED", "cancelled" },
  { 0, NULL, NULL },
};

GType
dio_job_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("DioJobState", state_values));

  return type;
}

const char *
dio_job_state_get_nick (DioJobState state)
{
  g_return_val_if_fail ((guint) state < DIO_N_JOB_STATES, NULL);

  return state_values[state].value_nick;
}

gboolean
dio_job_state_from_nick (const char  *nick,
                         DioJobState *state)
{
  for (guint i = 0; nick != NULL && i < DIO_N_JOB_STATES; i++)
    {
      if (g_str_equal (nick, state_values[i].value_nick))
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * dio_job_state_is_over:
 * @state: a state
 *
 * Returns: whether nothing more happens by itself in @state
 */
gboolean
dio_job_state_is_over (DioJobState state)
{
  return state >= DIO_JOB_DONE;
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
 * dio_job_get_account:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the account as it was when the job was
 *   made; %NULL where nothing is paid
 */
const DioAccount *
dio_job_get_account (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->account;
}

/**
 * dio_job_set_account:
 * @self: a job that is not in a queue yet, or is being read back
 * @account: (nullable): copied
 */
void
dio_job_set_account (DioJob           *self,
                     const DioAccount *account)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_clear_pointer (&self->account, dio_account_free);
  if (account != NULL)
    self->account = dio_account_copy (account);
}

/**
 * dio_job_get_estimate:
 * @self: a job
 *
 * Returns: (transfer none): what was thought to be its price when it was made
 */
const DioPrice *
dio_job_get_estimate (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->estimate;
}

void
dio_job_set_estimate (DioJob         *self,
                      const DioPrice *estimate)
{
  g_return_if_fail (DIO_IS_JOB (self));

  self->estimate = *estimate;
}

/**
 * dio_job_get_accepts_unknown_price:
 * @self: a job
 *
 * Returns: whether the person, with a spending cap set, was asked and agreed to
 *   send it although nobody knows what it costs
 */
gboolean
dio_job_get_accepts_unknown_price (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  return self->accepts_unknown_price;
}

void
dio_job_set_accepts_unknown_price (DioJob   *self,
                                   gboolean  accepts)
{
  g_return_if_fail (DIO_IS_JOB (self));

  self->accepts_unknown_price = accepts;
}

/**
 * dio_job_get_remote:
 * @self: a job
 *
 * Returns: (transfer none): what is known of it at its provider
 */
const DioJobRemote *
dio_job_get_remote (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->remote;
}

/**
 * dio_job_edit_remote:
 * @self: a job
 *
 * For the provider that drives the job: it changes what is pointed to, then has
 * it written with dio_job_store_update_job_async(). Texts are owned.
 *
 * Returns: (transfer none): what is known of it at its provider
 */
DioJobRemote *
dio_job_edit_remote (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->remote;
}

/**
 * dio_job_can_check_again:
 * @self: a job
 *
 * Returns: whether it ended without all its pictures, although its provider may
 *   have, or may yet make, the rest: asking costs nothing
 */
gboolean
dio_job_can_check_again (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  return (self->state == DIO_JOB_OUTCOME_UNKNOWN || self->state == DIO_JOB_FAILED || self->state == DIO_JOB_CANCELLED)
         && self->remote.sent_at > 0 && self->remote.billed != DIO_BILLED_NO
         && g_list_model_get_n_items (G_LIST_MODEL (self->results)) < dio_request_get_count (self->request);
}

/**
 * dio_job_report:
 * @self: a job
 * @state: how far it is, %DIO_JOB_SENDING to %DIO_JOB_DOWNLOADING
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

  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }

  if (self->step != step)
    {
      self->step = step;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
    }

  dio_job_set_state (self, state);

  g_object_thaw_notify (G_OBJECT (self));
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

void
dio_job_add_result (DioJob    *self,
                    DioResult *result)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_list_store_append (self->results, result);
}
