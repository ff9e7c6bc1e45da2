/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program with windows: makes the studio and hands it down, and stays alive
 * without a window for as long as a job is under way. */

#include "config.h"

#include "dio-application-private.h"

#include "dio-document.h"
#include "dio-error-text.h"
#include "dio-keyring.h"
#include "dio-library-problem.h"
#include "dio-paths.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DioApplication, dio_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a window with a new composition"), NULL },
  { "show-gallery", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open at the pictures that were made"), NULL },
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open with the sample composition"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { NULL }
};

DioWindow *
_dio_application_get_window (DioApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DIO_IS_WINDOW (l->data))
      return l->data;

  /* The last one was closed, and may have left a composition. */
  self->has_restored = FALSE;
  return dio_window_new (ADW_APPLICATION (self), self->studio, self->settings);
}

void
_dio_application_load_sample (DioApplication *self)
{
  DioWindow *window = _dio_application_get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  self->wants_sample = !self->is_open;
  if (self->is_open)
    dio_window_load_sample (window);
}

void
_dio_application_show_result (DioApplication *self,
                              const char     *id)
{
  DioWindow *window = _dio_application_get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  g_clear_pointer (&self->wanted_result, g_free);
  if (self->is_open)
    dio_window_show_result (window, id);
  else
    self->wanted_result = g_strdup (id);
}

/* A job outlives the window that began it, where that is welcome. */
static void
busy_changed_cb (DioApplication *self)
{
  gboolean has_jobs = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio)) > 0;
  gboolean is_busy = (has_jobs && dio_background_get_allowed (self->background)) ||
                     dio_result_copier_get_n_pending (self->copier) > 0;

  if (is_busy == self->is_held)
    return;

  self->is_held = is_busy;
  if (is_busy)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
copy_failed_cb (DioApplication *self,
                const GError   *error)
{
  DioErrorText text = dio_error_text (error);
  g_autofree char *told = NULL;

  g_message ("%s", error->message);
  if (gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;

  /* Translators: a toast: a result is in the library but not in the folder that
   * was chosen for copies; %s is a sentence on why. */
  told = g_strdup_printf (_("A result was not copied to the folder. %s"), text.sentence);
  dio_window_tell (_dio_application_get_window (self), told);
}

/* Where there is no window, the next start tells of it. */
static void
damaged_cb (DioApplication *self)
{
  if (gtk_application_get_windows (GTK_APPLICATION (self)) != NULL)
    dio_library_problem_show_damage (GTK_WINDOW (_dio_application_get_window (self)),
                                     dio_library_get_folder (dio_studio_get_library (self->studio)));
}

static void
drafts_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DioApplication) self = user_data;
  g_autoptr(GPtrArray) drafts = dio_studio_find_drafts_finish (result, NULL);

  /* Closed again in the meantime: they are found the next time. */
  if (drafts == NULL || gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;

  while (drafts->len > 0)
    {
      DioWindow *window = _dio_application_get_window (self);

      if (!dio_window_is_free (window))
        {
          window = dio_window_new (ADW_APPLICATION (self), self->studio, self->settings);
          gtk_window_present (GTK_WINDOW (window));
        }
      dio_window_restore_draft (window, g_ptr_array_steal_index (drafts, 0));
    }
}

static void studio_opened_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
open_studio (gpointer user_data)
{
  DioApplication *self = user_data;

  dio_studio_open_async (self->studio, NULL, studio_opened_cb, g_object_ref (self));
}

/* Not where the program only tells of jobs, without a window. */
static void
open_what_waits (DioApplication *self)
{
  if (self->problem != NULL && gtk_application_get_windows (GTK_APPLICATION (self)) != NULL)
    {
      g_autoptr(GError) problem = g_steal_pointer (&self->problem);

      dio_library_problem_show (GTK_WINDOW (_dio_application_get_window (self)),
                                dio_library_get_folder (dio_studio_get_library (self->studio)),
                                problem, open_studio, G_OBJECT (self));
    }

  if (!self->is_open || gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;

  for (guint i = 0; i < self->waiting->len; i++)
    dio_window_open_document (_dio_application_get_window (self), g_ptr_array_index (self->waiting, i));
  g_ptr_array_set_size (self->waiting, 0);

  if (!self->has_restored)
    dio_studio_find_drafts_async (self->studio, NULL, drafts_found_cb, g_object_ref (self));
  self->has_restored = TRUE;
}

static void
studio_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DioApplication) self = user_data;
  g_autoptr(GError) error = NULL;

  self->is_open = dio_studio_open_finish (DIO_STUDIO (source), result, &error);
  dio_search_provider_set_studio (self->search, DIO_STUDIO (source));
  if (self->is_open && self->wants_sample)
    _dio_application_load_sample (self);
  else if (self->is_open && self->wanted_result != NULL)
    {
      g_autofree char *id = g_steal_pointer (&self->wanted_result);

      _dio_application_show_result (self, id);
    }

  self->problem = g_steal_pointer (&error);
  open_what_waits (self);
}

static void
dio_application_startup (GApplication *application)
{
  DioApplication *self = DIO_APPLICATION (application);
  g_autofree char *data_folder = dio_paths_dup_data_folder ();
  g_autofree char *cache_folder = dio_paths_dup_cache_folder ();
  g_autoptr(DioKeyring) keyring = dio_keyring_new ();

  /* The library is read while GTK wakes up, so that the first frame has pictures. */
  self->studio = dio_studio_new (data_folder, cache_folder, DIO_KEY_STORE (keyring), NULL);
  dio_library_set_reads_ahead (dio_studio_get_library (self->studio), TRUE);
  open_studio (self);

  G_APPLICATION_CLASS (dio_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  _dio_application_add_actions (self);

  self->settings = dio_settings_new (BUILD_DATADIR);
  self->copier = dio_result_copier_new (dio_studio_get_library (self->studio), self->settings);
  self->notifier = dio_job_notifier_new (GTK_APPLICATION (self), self->studio, self->settings);
  self->background = dio_background_new (GTK_APPLICATION (self), self->studio, self->settings);
  g_signal_connect_object (self->background, "notify::allowed",
                           G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_studio_get_queue (self->studio), "notify::n-open",
                           G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copier, "notify::n-pending",
                           G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copier, "failed",
                           G_CALLBACK (copy_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_studio_get_library (self->studio), "damaged",
                           G_CALLBACK (damaged_cb), self, G_CONNECT_SWAPPED);
}

static void
dio_application_activate (GApplication *application)
{
  DioApplication *self = DIO_APPLICATION (application);

  if (self->wants_sample)
    _dio_application_load_sample (self);
  else
    gtk_window_present (GTK_WINDOW (_dio_application_get_window (self)));

  open_what_waits (self);
}

static void
dio_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  DioApplication *self = DIO_APPLICATION (application);
  DioWindow *window = _dio_application_get_window (self);
  g_autoptr(GPtrArray) photos = g_ptr_array_new ();

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    {
      if (dio_document_is (files[i]))
        g_ptr_array_add (self->waiting, g_object_ref (files[i]));
      else
        g_ptr_array_add (photos, files[i]);
    }

  dio_window_import_files (window, (GFile **) photos->pdata, photos->len);
  open_what_waits (self);
}

/* What was asked for is an action of the running program, be it this one or
 * another; this one goes on to be activated. */
static int
dio_application_handle_local_options (GApplication *application,
                                      GVariantDict *given)
{
  static const char * const asked[] = { "new-window", "show-gallery", "sample" };

  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("%s %s\n", _("Diorama"), PACKAGE_VERSION);
      return 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (g_variant_dict_contains (given, asked[i]) && g_application_register (application, NULL, NULL))
      {
        g_action_group_activate_action (G_ACTION_GROUP (application), asked[i], NULL);
        return g_application_get_is_remote (application) ? 0 : -1;
      }

  return -1;
}

static void
dio_application_shutdown (GApplication *application)
{
  DioApplication *self = DIO_APPLICATION (application);

  G_APPLICATION_CLASS (dio_application_parent_class)->shutdown (application);

  dio_search_provider_set_studio (self->search, NULL);
  g_clear_weak_pointer (&self->preferences);
  g_clear_pointer (&self->wanted_result, g_free);
  g_clear_object (&self->background);
  g_clear_object (&self->notifier);
  g_clear_object (&self->copier);
  g_clear_object (&self->studio);
  g_clear_object (&self->settings);
}

static gboolean
dio_application_dbus_register (GApplication     *application,
                               GDBusConnection  *bus,
                               const char       *path,
                               GError          **error)
{
  return G_APPLICATION_CLASS (dio_application_parent_class)->dbus_register (application, bus, path, error) &&
         dio_search_provider_export (DIO_APPLICATION (application)->search, bus, path, error);
}

static void
dio_application_dbus_unregister (GApplication    *application,
                                 GDBusConnection *bus,
                                 const char      *path)
{
  dio_search_provider_unexport (DIO_APPLICATION (application)->search);

  G_APPLICATION_CLASS (dio_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
dio_application_finalize (GObject *object)
{
  DioApplication *self = DIO_APPLICATION (object);

  g_clear_object (&self->search);
  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (dio_application_parent_class)->finalize (object);
}

static void
dio_application_class_init (DioApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dio_application_finalize;
  application_class->startup = dio_application_startup;
  application_class->activate = dio_application_activate;
  application_class->open = dio_application_open;
  application_class->handle_local_options = dio_application_handle_local_options;
  application_class->shutdown = dio_application_shutdown;
  application_class->dbus_register = dio_application_dbus_register;
  application_class->dbus_unregister = dio_application_dbus_unregister;
}

static void
dio_application_init (DioApplication *self)
{
  self->search = dio_search_provider_new (G_APPLICATION (self));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

DioApplication *
dio_application_new (void)
{
  return g_object_new (DIO_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       /* The same for development builds, whose id is another. */
                       "resource-base-path", "/io/github/diorama/Diorama",
                       NULL);
}
