/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a long job is told to the desktop, here a service of the test’s own
 * on the session bus, unless a window is looked at or nobody wants to know. */

#include "config.h"

#include "dio-job-notifier.h"
#include "ui-fixture.h"
#include "ui-notifications.h"

typedef struct
{
  GDBusConnection *bus;
  UiNotifications *notifications;

  GtkApplication  *application;
  DioStudio       *studio;
  DioSettings     *settings;
  DioJobNotifier  *notifier;

  char            *shown;   /* (owned) (nullable): the result that was asked for by it */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static guint n_applications;
  g_autofree char *id = g_strdup_printf ("io.github.diorama.Test%u", n_applications++);
  g_autoptr(GError) error = NULL;

  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  fixture->notifications = ui_notifications_new (fixture->bus);

  fixture->application = gtk_application_new (id, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, &error));
  g_assert_no_error (error);
  fixture->studio = ui_make_studio ();
  fixture->settings = dio_settings_new (NULL);
  fixture->notifier = dio_job_notifier_new (fixture->application, fixture->studio, fixture->settings);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ui_settle ();
  g_assert_finalize_object (fixture->notifier);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);

  /* It may live on: GTK may still be asking the session about it. */
  g_object_unref (fixture->application);
  ui_notifications_free (fixture->notifications);
  g_object_unref (fixture->bus);
  g_free (fixture->shown);
}

static gboolean
is_over (gpointer data)
{
  return dio_job_state_is_over (dio_job_get_state (data));
}

/* A job of this computer that was begun so many seconds ago. */
static DioJob *
run_job (Fixture *fixture,
         int      seconds)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_studio_get_models (fixture->studio), 0);
  g_autoptr(DioReference) reference = ui_make_reference ("teapot", DIO_ROLE_SUBJECT);
  g_autoptr(DioRequest) request = NULL;
  DioJob *job;
  g_autoptr(GError) error = NULL;

  dio_composition_set_model (composition, model);
  dio_composition_add_reference (composition, reference, 0);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "The @teapot");
  request = dio_studio_freeze (fixture->studio, composition, &error);
  g_assert_no_error (error);

  job = dio_job_new_stored (request, DIO_JOB_DRAFT, g_get_real_time () - seconds * G_TIME_SPAN_SECOND);
  g_assert_true (dio_job_queue_add (dio_studio_get_queue (fixture->studio), job));
  ui_wait_for (is_over, job);
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_DONE);

  return job;
}

static gboolean
is_told (gpointer data)
{
  return ((Fixture *) data)->notifications->n_told > 0;
}

/* A further one that is told: whatever came before would have been, too. */
static void
assert_told_first (Fixture    *fixture,
                   const char *text)
{
  g_object_unref (run_job (fixture, 60));
  ui_wait_for (is_told, fixture);
  g_assert_cmpstr (fixture->notifications->told, ==, text);
  g_assert_cmpuint (fixture->notifications->n_told, ==, 1);
}

static void
test_long_job (Fixture       *fixture,
               gconstpointer  data)
{
  assert_told_first (fixture, "Pictures Ready: 1 picture from This Computer");
}

static void
test_short_job (Fixture       *fixture,
                gconstpointer  data)
{
  g_object_unref (run_job (fixture, 0));
  assert_told_first (fixture, "Pictures Ready: 1 picture from This Computer");
}

static void
test_not_wanted (Fixture       *fixture,
                 gconstpointer  data)
{
  dio_settings_set_notify_of_jobs (fixture->settings, FALSE);
  g_object_unref (run_job (fixture, 60));
  dio_settings_set_notify_of_jobs (fixture->settings, TRUE);
  assert_told_first (fixture, "Pictures Ready: 1 picture from This Computer");
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

static void
test_looked_at (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (window));
  ui_wait_for (is_active, window);
  g_object_unref (run_job (fixture, 60));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  assert_told_first (fixture, "Pictures Ready: 1 picture from This Computer");
}

static void
show_result_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  Fixture *fixture = user_data;

  fixture->shown = g_variant_dup_string (parameter, NULL);
}

static gboolean
is_shown (gpointer data)
{
  return ((Fixture *) data)->shown != NULL;
}

/* A click on it is for the picture, not for the program. */
static void
test_clicked (Fixture       *fixture,
              gconstpointer  data)
{
  static const GActionEntry entry = { .name = "show-result", .parameter_type = "s", .activate = show_result_cb };
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autoptr(GError) error = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (fixture->application), &entry, 1, fixture);
  job = run_job (fixture, 60);
  ui_wait_for (is_told, fixture);

  /* The reply to what was told goes first. */
  ui_settle ();
  g_dbus_connection_emit_signal (fixture->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", fixture->notifications->n_told, "default"), &error);
  g_assert_no_error (error);
  ui_wait_for (is_shown, fixture);

  result = g_list_model_get_item (dio_job_get_results (job), 0);
  g_assert_cmpstr (fixture->shown, ==, dio_result_get_id (result));
  g_action_map_remove_action (G_ACTION_MAP (fixture->application), "show-result");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  ui_fixture_init ();

  g_test_add ("/job-notifier/long-job", Fixture, NULL, set_up, test_long_job, tear_down);
  g_test_add ("/job-notifier/short-job", Fixture, NULL, set_up, test_short_job, tear_down);
  g_test_add ("/job-notifier/not-wanted", Fixture, NULL, set_up, test_not_wanted, tear_down);
  g_test_add ("/job-notifier/clicked", Fixture, NULL, set_up, test_clicked, tear_down);
  g_test_add ("/job-notifier/looked-at", Fixture, NULL, set_up, test_looked_at, tear_down);

  return g_test_run ();
}
