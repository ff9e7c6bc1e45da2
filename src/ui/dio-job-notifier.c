/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells of the end of a job where no window is looked at, if the job was long
 * enough to have been left alone. */

#include "config.h"

#include "dio-job-notifier.h"

#include "dio-error-text.h"

#include <glib/gi18n.h>

#define LONG (5 * G_TIME_SPAN_SECOND)

struct _DioJobNotifier
{
  GObject parent_instance;

  /* Owned */
  DioStudio      *studio;
  DioSettings    *settings;

  /* Borrowed: it owns the notifier */
  GtkApplication *application;
};

G_DEFINE_FINAL_TYPE (DioJobNotifier, dio_job_notifier, G_TYPE_OBJECT)

/* Dialogs and the preferences count as well. */
static gboolean
is_looked_at (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;

  return FALSE;
}

static const char *
get_title (DioJobState state)
{
  switch (state)
    {
    case DIO_JOB_DONE:
      /* Translators: title of a notification. */
      return _("Pictures Ready");
    case DIO_JOB_FAILED:
    case DIO_JOB_OUTCOME_UNKNOWN:
      /* Translators: title of a notification. */
      return _("No Pictures Came");
    case DIO_JOB_DRAFT:
    case DIO_JOB_STORED:
    case DIO_JOB_WAITING:
    case DIO_JOB_SENDING:
    case DIO_JOB_ACCEPTED:
    case DIO_JOB_MAKING:
    case DIO_JOB_DOWNLOADING:
    case DIO_JOB_CANCELLED:
    default:
      return NULL;
    }
}

static char *
format_body (DioJobNotifier *self,
             DioJob         *job)
{
  guint n = g_list_model_get_n_items (dio_job_get_results (job));
  const char *model_id = dio_request_get_model_id (dio_job_get_request (job));
  DioModelInfo *model = dio_studio_find_model (self->studio, model_id);
  const char *maker = model != NULL ? _(dio_model_info_get_title (model)) : model_id;

  if (n == 0 && dio_job_get_error (job) != NULL)
    /* Translators: of a notification: who was to make pictures, and what went wrong. */
    return g_strdup_printf (_("%1$s: %2$s"), maker, dio_error_text (dio_job_get_error (job)).sentence);

  /* Translators: of a notification; %2$s made the pictures. */
  return g_strdup_printf (ngettext ("%1$u picture from %2$s", "%1$u pictures from %2$s", n), n, maker);
}

/* What was made is shown, and where nothing was, why. */
static void
set_action (GNotification *notification,
            DioJob        *job)
{
  g_autoptr(DioResult) result = g_list_model_get_item (dio_job_get_results (job), 0);

  if (result != NULL)
    g_notification_set_default_action_and_target (notification, "app.show-result", "s", dio_result_get_id (result));
  else
    g_notification_set_default_action (notification, "app.show-queue");
}

static void
state_changed_cb (DioJobNotifier *self,
                  GParamSpec     *pspec,
                  DioJob         *job)
{
  DioJobState state = dio_job_get_state (job);
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *body = NULL;
  const char *title;

  if (!dio_job_state_is_over (state))
    return;

  g_signal_handlers_disconnect_by_func (job, state_changed_cb, self);
  title = get_title (state);
  if (title == NULL || !dio_settings_get_notify_of_jobs (self->settings) ||
      g_get_real_time () - dio_job_get_created (job) < LONG || is_looked_at ())
    return;

  body = format_body (self, job);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  set_action (notification, job);
  g_application_send_notification (G_APPLICATION (self->application), dio_job_get_id (job), notification);
}

static void
jobs_changed_cb (DioJobNotifier *self,
                 guint           position,
                 guint           n_removed,
                 guint           n_added,
                 GListModel     *jobs)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (jobs, i);

      /* One that was moved is met again. */
      g_signal_handlers_disconnect_by_func (job, state_changed_cb, self);
      if (!dio_job_state_is_over (dio_job_get_state (job)))
        g_signal_connect_object (job, "notify::state", G_CALLBACK (state_changed_cb),
                                 self, G_CONNECT_SWAPPED);
    }
}

static void
dio_job_notifier_finalize (GObject *object)
{
  DioJobNotifier *self = DIO_JOB_NOTIFIER (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_job_notifier_parent_class)->finalize (object);
}

static void
dio_job_notifier_class_init (DioJobNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_job_notifier_finalize;
}

static void
dio_job_notifier_init (DioJobNotifier *self)
{
}

DioJobNotifier *
dio_job_notifier_new (GtkApplication *application,
                      DioStudio      *studio,
                      DioSettings    *settings)
{
  DioJobNotifier *self = g_object_new (DIO_TYPE_JOB_NOTIFIER, NULL);
  GListModel *jobs = G_LIST_MODEL (dio_studio_get_queue (studio));

  self->application = application;
  self->studio = g_object_ref (studio);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs), jobs);
  return self;
}
