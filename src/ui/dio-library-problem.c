/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library that does not open, met with what can be done about it: why it is so
 * is found out first, then a dialog offers what helps against that. Once something
 * was done, it is tried again. Damage that is found in one that is open is told;
 * while it is in use, nothing can be done about it. */

#include "config.h"

#include "dio-library-problem.h"

#include "dio-error-text.h"
#include "dio-library-rescue.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GtkWindow           *parent;     /* (owned) */
  char                *folder;     /* (owned) */
  DioLibraryRetryFunc  retry;
  GObject             *retry_data; /* (owned) */
} Problem;

static void show_fault (Problem         *problem,
                        DioLibraryFault  fault,
                        const char      *why);

static void
problem_free (Problem *problem)
{
  g_object_unref (problem->parent);
  g_free (problem->folder);
  g_object_unref (problem->retry_data);
  g_free (problem);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Problem, problem_free)

static const char *
get_heading (DioLibraryFault fault)
{
  switch (fault)
    {
    case DIO_LIBRARY_FAULT_NEWER:
      return _("The Library Is from a Newer Version");
    case DIO_LIBRARY_FAULT_DAMAGED:
      return _("The Library Is Damaged");
    case DIO_LIBRARY_FAULT_READ_ONLY:
      return _("The Library Cannot Be Written");
    case DIO_LIBRARY_FAULT_NO_ROOM:
      return _("The Disk Is Full");
    case DIO_LIBRARY_FAULT_OTHER:
    default:
      return _("The Library Cannot Be Opened");
    }
}

static char *
dup_body (DioLibraryFault  fault,
          const char      *folder)
{
  switch (fault)
    {
    case DIO_LIBRARY_FAULT_NEWER:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("A newer Diorama has written to “%s”. This one does not touch it. "
                                "Update Diorama to use it."), folder);
    case DIO_LIBRARY_FAULT_DAMAGED:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("Not all of the list of pictures in “%s” can be read. The pictures themselves are "
                                "files of their own. Repairing saves all that can be read, and keeps the damaged list "
                                "beside it."), folder);
    case DIO_LIBRARY_FAULT_READ_ONLY:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("Nothing may be written to “%s”. Change its permissions, and try again."), folder);
    case DIO_LIBRARY_FAULT_NO_ROOM:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("There is no room for the library in “%s”. Free some space, and try again."), folder);
    case DIO_LIBRARY_FAULT_OTHER:
    default:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("“%s” cannot be read or written. Nothing in it was changed."), folder);
    }
}

static void
try_again (Problem *problem)
{
  problem->retry (problem->retry_data);
}

/* It is as damaged as before, and the dialog says why nothing came of it. */
static void
fail (Problem      *problem,
      const GError *error)
{
  g_message ("%s", error->message);
  show_fault (problem, DIO_LIBRARY_FAULT_DAMAGED, dio_error_text (error).sentence);
}

static void
repaired_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Problem) problem = user_data;
  g_autoptr(GError) error = NULL;
  guint n_results;

  if (dio_library_repair_finish (result, &n_results, &error))
    try_again (problem);
  else
    fail (g_steal_pointer (&problem), error);
}

static void
brought_back_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Problem) problem = user_data;
  g_autoptr(GError) error = NULL;

  if (dio_library_bring_back_finish (result, &error))
    try_again (problem);
  else
    fail (g_steal_pointer (&problem), error);
}

static void
backup_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         user_data)
{
  g_autoptr(Problem) problem = user_data;
  g_autoptr(GFile) backup = NULL;
  const char *folder;

  if (response == GTK_RESPONSE_ACCEPT)
    backup = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);

  if (backup == NULL)
    {
      show_fault (g_steal_pointer (&problem), DIO_LIBRARY_FAULT_DAMAGED, NULL);
      return;
    }

  folder = problem->folder;
  dio_library_bring_back_async (folder, backup, brought_back_cb, g_steal_pointer (&problem));
}

static void
choose_backup (Problem *problem)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Choose a Back-up"), problem->parent,
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Restore"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (backup_chosen_cb), problem);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
quit_idle_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) parent = user_data;

  gtk_widget_activate_action (parent, "app.quit", NULL);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response)
{
  g_autoptr(Problem) problem = g_object_steal_data (G_OBJECT (dialog), "problem");

  if (g_str_equal (response, "repair"))
    {
      const char *folder = problem->folder;

      dio_library_repair_async (folder, repaired_cb, g_steal_pointer (&problem));
    }
  else if (g_str_equal (response, "restore"))
    choose_backup (g_steal_pointer (&problem));
  else if (g_str_equal (response, "retry"))
    try_again (problem);
  else
    /* Once the dialog is done with: it goes with its parent. */
    g_idle_add_once (quit_idle_cb, g_object_ref (problem->parent));
}

static void
add_suggested (AdwMessageDialog *dialog,
               const char       *response,
               const char       *label)
{
  adw_message_dialog_add_response (dialog, response, label);
  adw_message_dialog_set_response_appearance (dialog, response, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, response);
}

/* Takes @problem. @why: (nullable): what came of what was tried before */
static void
show_fault (Problem         *problem,
            DioLibraryFault  fault,
            const char      *why)
{
  GtkWidget *dialog = adw_message_dialog_new (problem->parent, get_heading (fault), NULL);
  g_autofree char *shown = g_filename_display_name (problem->folder);
  g_autofree char *body = dup_body (fault, shown);
  g_autofree char *told = why != NULL ? g_strdup_printf ("%s\n\n%s", why, body) : NULL;

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), told != NULL ? told : body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "quit", _("_Quit"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "quit");
  if (fault == DIO_LIBRARY_FAULT_DAMAGED)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "restore", _("Restore a _Back-up…"));
      add_suggested (ADW_MESSAGE_DIALOG (dialog), "repair", _("_Repair"));
    }
  else if (fault != DIO_LIBRARY_FAULT_NEWER)
    {
      add_suggested (ADW_MESSAGE_DIALOG (dialog), "retry", _("_Try Again"));
    }

  g_object_set_data_full (G_OBJECT (dialog), "problem", problem, (GDestroyNotify) problem_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
examined_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  show_fault (user_data, dio_library_examine_finish (result), NULL);
}

/* @error: why the library in @folder could not be opened; @retry is called with
 * @retry_data when it may be tried again */
void
dio_library_problem_show (GtkWindow           *parent,
                          const char          *folder,
                          const GError        *error,
                          DioLibraryRetryFunc  retry,
                          GObject             *retry_data)
{
  Problem *problem = g_new0 (Problem, 1);

  g_message ("%s", error->message);
  problem->parent = g_object_ref (parent);
  problem->folder = g_strdup (folder);
  problem->retry = retry;
  problem->retry_data = g_object_ref (retry_data);
  dio_library_examine_async (folder, error, examined_cb, problem);
}

static void
damage_response_cb (GtkWidget  *dialog,
                    const char *response,
                    GtkWidget  *parent)
{
  /* Once the dialog is done with: it goes with its parent. */
  if (g_str_equal (response, "quit"))
    g_idle_add_once (quit_idle_cb, g_object_ref (parent));
}

/* Of a library that is open; the next start finds it as it is. */
void
dio_library_problem_show_damage (GtkWindow  *parent,
                                 const char *folder)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, get_heading (DIO_LIBRARY_FAULT_DAMAGED), NULL);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *body = NULL;

  /* Translators: %s is a folder. */
  body = g_strdup_printf (_("Not all of the list of pictures in “%s” can be read. The pictures themselves are "
                            "files of their own. Quit, and start Diorama again to repair the list."), shown);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "later", _("_Later"),
                                    "quit", _("_Quit"),
                                    NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (damage_response_cb), parent, 0);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}
