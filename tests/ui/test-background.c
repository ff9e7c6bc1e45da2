/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs go on without a window where the person and the desktop allow it. The
 * desktop's portal is one of the test's own, on a bus of its own. */

#include "config.h"

#include "dio-background.h"
#include "ui-fixture.h"
#include "ui-notifications.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"

static const char interface_xml[] =
  "<node><interface name='org.freedesktop.portal.Background'>"
  "<method name='RequestBackground'>"
  "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/>"
  "</method>"
  "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
  "</interface></node>";

typedef struct
{
  GTestDBus       *dbus;
  GDBusConnection *bus; /* the portal's */
  UiService       *portal;
  UiNotifications *notifications;

  GtkApplication  *application;
  GtkWidget       *window; /* (nullable) */
  DioStudio       *studio;
  DioSettings     *settings;
  DioBackground   *background;

  gboolean         allows;
  char            *reason; /* (owned) (nullable): that the portal was given */
  char            *status; /* (owned) (nullable) */
  guint            n_asked;
} Fixture;

static void
answer (Fixture    *fixture,
        const char *sender,
        const char *token)
{
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *path = g_strdup_printf (PATH "/request/%s/%s", name, token);
  GVariantBuilder results;

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (fixture->allows));
  g_dbus_connection_emit_signal (fixture->bus, sender, path, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", 0, &results), NULL);
}

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GVariant) options = NULL;
  g_autofree char *token = NULL;

  if (g_str_equal (method, "SetStatus"))
    {
      options = g_variant_get_child_value (parameters, 0);
      g_assert_true (g_variant_lookup (options, "message", "s", &fixture->status));
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  options = g_variant_get_child_value (parameters, 1);
  g_free (fixture->reason);
  g_assert_true (g_variant_lookup (options, "reason", "s", &fixture->reason));
  g_assert_true (g_variant_lookup (options, "handle_token", "s", &token));
  fixture->n_asked++;

  /* As fast as can be: the answer before the reply. */
  answer (fixture, sender, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", PATH "/request/it"));
}

static void
open_portal (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (fixture->dbus),
                                                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                         G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                         NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->portal = ui_service_new (fixture->bus, PORTAL, PATH, interface_xml, called_cb, fixture);
  fixture->notifications = ui_notifications_new (fixture->bus);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static guint n_applications;
  g_autofree char *id = g_strdup_printf ("io.github.diorama.Test%u", n_applications++);
  g_autoptr(GError) error = NULL;

  fixture->dbus = g_object_ref ((gpointer) data);
  fixture->allows = TRUE;
  fixture->application = gtk_application_new (id, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, &error));
  g_assert_no_error (error);
  fixture->studio = ui_make_studio ();
  fixture->settings = dio_settings_new (NULL);
  fixture->background = dio_background_new (fixture->application, fixture->studio, fixture->settings);

  fixture->window = gtk_application_window_new (fixture->application);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  /* Before the window: the portal is not to be asked once more. */
  dio_job_queue_cancel_all (dio_studio_get_queue (fixture->studio));
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->background);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);

  /* It may live on: GTK may still be asking the session about it. */
  g_object_unref (fixture->application);
  if (fixture->bus != NULL)
    {
      /* Calls may still be on their way. */
      ui_service_free (fixture->portal);
      ui_notifications_free (fixture->notifications);
      g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
      g_object_unref (fixture->bus);
    }
  g_object_unref (fixture->dbus);
  g_free (fixture->reason);
  g_free (fixture->status);
}

/* One that waits for as long as the test wants, since the queue is paused. */
static void
add_job (Fixture *fixture)
{
  DioJobQueue *queue = dio_studio_get_queue (fixture->studio);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_studio_get_models (fixture->studio), 0);
  g_autoptr(DioReference) reference = ui_make_reference ("teapot", DIO_ROLE_SUBJECT);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autoptr(GError) error = NULL;

  dio_composition_set_model (composition, model);
  dio_composition_add_reference (composition, reference, 0);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "The @teapot");
  request = dio_studio_freeze (fixture->studio, composition, &error);
  g_assert_no_error (error);

  dio_job_queue_set_paused (queue, TRUE);
  job = dio_job_new (request);
  g_assert_true (dio_job_queue_add (queue, job));
  g_assert_cmpuint (dio_job_queue_get_n_open (queue), ==, 1);
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
}

static gboolean
has_status (gpointer data)
{
  return ((Fixture *) data)->status != NULL;
}

static gboolean
is_told (gpointer data)
{
  return ((Fixture *) data)->notifications->told != NULL;
}

static gboolean
is_withdrawn (gpointer data)
{
  return ((Fixture *) data)->notifications->n_closed > 0;
}

/* What the portal has sent is there. */
static void
settle_bus (Fixture *fixture)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (fixture->application));
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_dbus_connection_flush_sync (fixture->bus, NULL, &error));
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus.Peer", "Ping",
                                       NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  ui_settle ();
}

static gboolean
is_refused (gpointer data)
{
  return !dio_background_get_allowed (((Fixture *) data)->background);
}

static void
test_allowed (Fixture       *fixture,
              gconstpointer  data)
{
  open_portal (fixture);
  add_job (fixture);
  ui_settle ();
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  close_window (fixture);
  ui_wait_for (has_status, fixture);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (fixture->reason, ==, "Pictures that are being made are finished after the window is closed.");
  g_assert_cmpstr (fixture->status, ==, "1 job goes on");
  g_assert_true (dio_background_get_allowed (fixture->background));
  ui_wait_for (is_told, fixture);
  g_assert_cmpstr (fixture->notifications->told, ==, "Pictures Are Still Being Made: 1 job goes on");

  /* Somebody looks again; the reply to what was told goes first. */
  settle_bus (fixture);
  fixture->window = gtk_application_window_new (fixture->application);
  ui_wait_for (is_withdrawn, fixture);
}

/* And asked again at the next time: it may have been allowed in between. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  open_portal (fixture);
  fixture->allows = FALSE;
  add_job (fixture);
  close_window (fixture);
  ui_wait_for (is_refused, fixture);
  g_assert_null (fixture->status);

  fixture->window = gtk_application_window_new (fixture->application);
  fixture->allows = TRUE;
  close_window (fixture);
  ui_wait_for (has_status, fixture);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_assert_true (dio_background_get_allowed (fixture->background));
}

static void
test_no_portal (Fixture       *fixture,
                gconstpointer  data)
{
  dio_settings_set_notify_of_jobs (fixture->settings, FALSE);
  add_job (fixture);
  close_window (fixture);
  ui_settle ();
  g_assert_true (dio_background_get_allowed (fixture->background));
}

static void
test_nothing_to_do (Fixture       *fixture,
                    gconstpointer  data)
{
  open_portal (fixture);
  close_window (fixture);
  ui_settle ();
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

static void
test_not_wanted (Fixture       *fixture,
                 gconstpointer  data)
{
  open_portal (fixture);
  dio_settings_set_work_in_background (fixture->settings, FALSE);
  g_assert_false (dio_background_get_allowed (fixture->background));
  add_job (fixture);
  close_window (fixture);
  ui_settle ();
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  GTestDBus *dbus;
  int status;

  g_test_init (&argc, &argv, NULL);

  /* One where nothing is, and nothing is started. GLib takes the screen away too. */
  dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (dbus);
  g_setenv ("DISPLAY", display, TRUE);
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  ui_fixture_init ();

  g_test_add ("/background/allowed", Fixture, dbus, set_up, test_allowed, tear_down);
  g_test_add ("/background/refused", Fixture, dbus, set_up, test_refused, tear_down);
  g_test_add ("/background/no-portal", Fixture, dbus, set_up, test_no_portal, tear_down);
  g_test_add ("/background/nothing-to-do", Fixture, dbus, set_up, test_nothing_to_do, tear_down);
  g_test_add ("/background/not-wanted", Fixture, dbus, set_up, test_not_wanted, tear_down);

  status = g_test_run ();

  /* Not freed: it would wait for connections that GTK keeps. */
  g_test_dbus_stop (dbus);
  return status;
}
