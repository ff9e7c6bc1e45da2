/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person thinks of results, written down, deleting with undo included: the
 * same from wherever results are shown. The results tell of it once it is written. */

#include "config.h"

#include "dio-result-marks.h"

#include "dio-toast.h"

#include <glib/gi18n.h>

/* What is being done, and to what. */
typedef struct
{
  DioLibrary *library; /* (owned) */
  GPtrArray  *results; /* (owned) (element-type DioResult) */
  GtkWidget  *near;    /* (owned): where to tell of it */
} Change;

static Change *
change_new (DioLibrary *library,
            GPtrArray  *results,
            GtkWidget  *near)
{
  Change *change = g_new0 (Change, 1);

  change->library = g_object_ref (library);
  change->results = g_ptr_array_ref (results);
  change->near = g_object_ref (near);

  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->library);
  g_ptr_array_unref (change->results);
  g_object_unref (change->near);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
tell (Change       *change,
      gboolean      is_done,
      const GError *error)
{
  if (is_done)
    return;

  g_message ("Not written: %s", error->message);
  dio_toast_show (change->near, dio_toast_new_for_error (error));
}

static void
rated_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_rate_finish (DIO_LIBRARY (source), result, &error), error);
}

void
dio_results_rate (DioStudio *studio,
                  GPtrArray *results,
                  guint      rating,
                  GtkWidget *near)
{
  DioLibrary *library = dio_studio_get_library (studio);

  dio_library_rate_async (library, results, rating, rated_cb, change_new (library, results, near));
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_judge_finish (DIO_LIBRARY (source), result, &error), error);
}

void
dio_results_judge (DioStudio  *studio,
                   GPtrArray  *results,
                   DioVerdict  verdict,
                   GtkWidget  *near)
{
  DioLibrary *library = dio_studio_get_library (studio);

  dio_library_judge_async (library, results, verdict, judged_cb, change_new (library, results, near));
}

static void
tagged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_tag_finish (DIO_LIBRARY (source), result, &error), error);
}

/* @add and @remove may be NULL. */
void
dio_results_tag (DioStudio           *studio,
                 GPtrArray           *results,
                 const char * const  *add,
                 const char * const  *remove,
                 GtkWidget           *near)
{
  DioLibrary *library = dio_studio_get_library (studio);

  dio_library_tag_async (library, results, add, remove, tagged_cb, change_new (library, results, near));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_restore_finish (DIO_LIBRARY (source), result, &error), error);
}

static void
undo_clicked_cb (AdwToast *toast,
                 gpointer  user_data)
{
  Change *change = user_data;

  dio_library_restore_async (change->library, change->results, restored_cb,
                             change_new (change->library, change->results, change->near));
}

static void
free_change_cb (gpointer  data,
                GClosure *closure)
{
  change_free (data);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GtkWidget) near = g_object_ref (change->near);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (!dio_library_delete_finish (DIO_LIBRARY (source), result, &error))
    {
      tell (change, FALSE, error);
      return;
    }

  text = g_strdup_printf (ngettext ("%u picture deleted", "%u pictures deleted", change->results->len),
                          change->results->len);
  toast = dio_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb),
                         g_steal_pointer (&change), free_change_cb, 0);
  dio_toast_show (near, toast);
}

/* They go to the trash, where they stay for a while. */
void
dio_results_delete (DioStudio *studio,
                    GPtrArray *results,
                    GtkWidget *near)
{
  DioLibrary *library = dio_studio_get_library (studio);

  dio_library_delete_async (library, results, deleted_cb, change_new (library, results, near));
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_forget_finish (DIO_LIBRARY (source), result, &error), error);
}

/* Of files that are gone; the history of their jobs stays. */
void
dio_results_forget (DioStudio *studio,
                    GPtrArray *results,
                    GtkWidget *near)
{
  DioLibrary *library = dio_studio_get_library (studio);

  dio_library_forget_async (library, results, forgotten_cb, change_new (library, results, near));
}

static void
located_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GError) error = NULL;

  tell (change, dio_library_locate_finish (DIO_LIBRARY (source), result, &error), error);
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                gpointer         user_data)
{
  g_autoptr(Change) change = user_data;
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    dio_library_locate_async (change->library, g_ptr_array_index (change->results, 0), file, located_cb,
                              change_new (change->library, change->results, change->near));

  g_object_unref (dialog);
}

/* Asks where a file is that is not where it was. */
void
dio_result_locate (DioStudio *studio,
                   DioResult *result,
                   GtkWidget *near)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  GtkFileChooserNative *dialog;

  g_ptr_array_add (results, g_object_ref (result));
  dialog = gtk_file_chooser_native_new (_("Locate Picture"), GTK_WINDOW (gtk_widget_get_root (near)),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_chosen_cb),
                    change_new (dio_studio_get_library (studio), results, near));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
