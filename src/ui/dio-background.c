/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether jobs go on when the last window is closed: the person has a setting for
 * it, and where there is a portal, that is asked too. A notification says that
 * there is still something going on. Jobs that may not go on are taken up at the
 * next start, as after a crash. */

#include "config.h"

#include "dio-background.h"

#include "dio-background-portal.h"

#include <glib/gi18n.h>

#define NOTIFICATION_ID "background"

struct _DioBackground
{
  GObject parent_instance;

  /* Owned */
  DioStudio      *studio;
  DioSettings    *settings;
  GCancellable   *cancellable;

  /* Borrowed: it owns this */
  GtkApplication *application;

  gboolean        is_alone;   /* jobs go on, and there is no window */
  gboolean        is_refused; /* by the portal, when it was last asked */
  gboolean        is_told;    /* the notification is there */
};

G_DEFINE_FINAL_TYPE (DioBackground, dio_background, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ALLOWED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GDBusConnection *
get_bus (DioBackground *self)
{
  return g_application_get_dbus_connection (G_APPLICATION (self->application));
}

static void
withdraw (DioBackground *self)
{
  if (self->is_told)
    g_application_withdraw_notification (G_APPLICATION (self->application), NOTIFICATION_ID);
  self->is_told = FALSE;
}

static void
tell (DioBackground *self)
{
  guint n = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio));
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *body = NULL;

  /* Translators: of a notification, and of a program in the list of those without windows. */
  body = g_strdup_printf (ngettext ("%u job goes on", "%u jobs go on", n), n);
  if (get_bus (self) != NULL)
    dio_background_portal_set_status (get_bus (self), body);
  if (!dio_settings_get_notify_of_jobs (self->settings))
    return;

  /* Translators: title of a notification, shown when the last window is closed. */
  notification = g_notification_new (_("Pictures Are Still Being Made"));
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_notification_set_default_action (notification, "app.show-queue");
  g_application_send_notification (G_APPLICATION (self->application), NOTIFICATION_ID, notification);
  self->is_told = TRUE;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DioBackground *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_allowed = dio_background_portal_ask_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Without a portal nobody minds. */
  if (error != NULL)
    g_info ("No background portal: %s", error->message);
  self->is_refused = error == NULL && !is_allowed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALLOWED]);

  if (self->is_alone && dio_background_get_allowed (self))
    tell (self);
}

static void
ask (DioBackground *self)
{
  GDBusConnection *bus = get_bus (self);

  self->is_refused = FALSE;
  if (bus == NULL)
    return;

  dio_background_portal_ask_async (bus,
                                   /* Translators: the desktop asks whether the program may run in the background;
                                    * this is why it would. */
                                   _("Pictures that are being made are finished after the window is closed."),
                                   self->cancellable, answered_cb, self);
}

static void
changed_cb (DioBackground *self)
{
  gboolean is_alone = gtk_application_get_windows (self->application) == NULL &&
                      dio_job_queue_get_n_open (dio_studio_get_queue (self->studio)) > 0;

  if (is_alone == self->is_alone)
    return;

  self->is_alone = is_alone;
  if (!is_alone)
    withdraw (self);
  else if (dio_settings_get_work_in_background (self->settings))
    ask (self);
}

static void
setting_changed_cb (DioBackground *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALLOWED]);
}

static void
dio_background_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ALLOWED:
      g_value_set_boolean (value, dio_background_get_allowed (DIO_BACKGROUND (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_background_dispose (GObject *object)
{
  DioBackground *self = DIO_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_background_parent_class)->dispose (object);
}

static void
dio_background_class_init (DioBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_background_get_property;
  object_class->dispose = dio_background_dispose;

  properties[PROP_ALLOWED] =
    g_param_spec_boolean ("allowed", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_background_init (DioBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

DioBackground *
dio_background_new (GtkApplication *application,
                    DioStudio      *studio,
                    DioSettings    *settings)
{
  DioBackground *self = g_object_new (DIO_TYPE_BACKGROUND, NULL);

  self->application = application;
  self->studio = g_object_ref (studio);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (application, "window-added", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_studio_get_queue (studio), "notify::n-open", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::work-in-background", G_CALLBACK (setting_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

/* TRUE while the portal has not answered: nothing is broken off on suspicion. */
gboolean
dio_background_get_allowed (DioBackground *self)
{
  return dio_settings_get_work_in_background (self->settings) && !self->is_refused;
}
