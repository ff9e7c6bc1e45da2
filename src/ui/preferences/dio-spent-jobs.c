/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last jobs cost and who says so, and the way of all of it into a file
 * that a spreadsheet reads. */

#include "config.h"

#include "dio-spent-jobs.h"

#include "dio-account-words.h"
#include "dio-words.h"
#include "dio-error.h"
#include "dio-toast.h"

#include <glib/gi18n.h>
#include <string.h>

/* The rest is in the file. */
#define MAX_SHOWN 20

struct _DioSpentJobs
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  DioStudio            *studio;
  GPtrArray            *spent;   /* of DioSpendRow: of all jobs, newest first, or NULL */
  GPtrArray            *rows;    /* borrowed from the group */
  GtkFileChooserNative *chooser; /* on show, or NULL */

  /* Template children */
  GtkWidget            *export_button;
  GtkWidget            *empty_row;
};

G_DEFINE_FINAL_TYPE (DioSpentJobs, dio_spent_jobs, ADW_TYPE_PREFERENCES_GROUP)

static char *
format_cost (const DioSpendRow *spent)
{
  if (g_strcmp0 (spent->billed, dio_billed_get_nick (DIO_BILLED_NO)) == 0)
    /* Translators: of a job that cost nothing. */
    return g_strdup (_("Not billed"));
  if (spent->n_unknown > 0 || *spent->currency == '\0')
    return g_strdup (_("Unknown"));

  return dio_price_format_amount (spent->told + spent->estimated, spent->currency);
}

static const char *
get_source_words (const DioSpendRow *spent)
{
  DioPriceSource source;

  if (spent->source == NULL || spent->n_unknown > 0 || !dio_price_source_from_nick (spent->source, &source))
    return NULL;
  if (g_strcmp0 (spent->billed, dio_billed_get_nick (DIO_BILLED_NO)) == 0)
    return NULL;

  return dio_price_source_words (source);
}

/* When, by which account, and who says what it cost. */
static char *
format_details (const DioSpendRow *spent)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (spent->time / G_USEC_PER_SEC);
  /* Translators: a date and a time of day, as g_date_time_format() takes it: “21 Nov, 14:03”. */
  g_autofree char *when = time != NULL ? g_date_time_format (time, _("%-d %b, %H:%M")) : g_strdup ("");
  g_autoptr(GString) text = g_string_new (when);
  const char *words = get_source_words (spent);

  if (spent->account != NULL && *spent->account != '\0')
    g_string_append_printf (text, " · %s", dio_account_name_to_text (spent->account));
  if (words != NULL)
    g_string_append_printf (text, " · %s", words);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (DioSpentJobs      *self,
         const DioSpendRow *spent)
{
  DioModelInfo *model = dio_studio_find_model (self->studio, spent->model_id != NULL ? spent->model_id : "");
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *cost = format_cost (spent);
  g_autofree char *details = format_details (spent);
  GtkWidget *label = gtk_label_new (cost);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 model != NULL ? _(dio_model_info_get_title (model)) : spent->model_id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show (DioSpentJobs *self)
{
  while (self->rows->len > 0)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_steal_index (self->rows, self->rows->len - 1));

  for (guint i = 0; i < MIN (self->spent->len, MAX_SHOWN); i++)
    add_row (self, g_ptr_array_index (self->spent, i));

  gtk_widget_set_visible (self->empty_row, self->spent->len == 0);
  gtk_widget_set_sensitive (self->export_button, self->spent->len > 0);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DioSpentJobs) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) spent = dio_library_load_spend_finish (DIO_LIBRARY (source), result, &error);

  if (self->studio == NULL)
    return;

  if (spent == NULL)
    {
      g_message ("%s", error->message);
      dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
      return;
    }

  g_clear_pointer (&self->spent, g_ptr_array_unref);
  self->spent = g_steal_pointer (&spent);
  show (self);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DioSpentJobs) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) wrapped = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  if (self->studio == NULL)
    return;

  if (error == NULL)
    {
      dio_toast_show (GTK_WIDGET (self), dio_toast_new (_("Table saved")));
      return;
    }

  wrapped = dio_error_from_io (error, "The table could not be saved");
  g_message ("%s", wrapped->message);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (wrapped));
}

static void
export_to (DioSpentJobs *self,
           GFile        *file)
{
  char *csv = dio_spend_to_csv (self->spent);
  g_autoptr(GBytes) bytes = g_bytes_new_take (csv, strlen (csv));

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       exported_cb, g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                gpointer         user_data)
{
  DioSpentJobs *self = user_data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    export_to (self, file);

  gtk_native_dialog_destroy (dialog);
  g_clear_object (&self->chooser);
}

static void
export_clicked_cb (DioSpentJobs *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Export Spending"),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Export"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Translators: the name offered for a file. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("diorama spending.csv"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* libadwaita 1.2 never gives back a reference to each group that the search of a
 * preferences window has met: what the group holds would be held for ever. */
static void
dio_spent_jobs_unroot (GtkWidget *widget)
{
  DioSpentJobs *self = DIO_SPENT_JOBS (widget);

  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);

  GTK_WIDGET_CLASS (dio_spent_jobs_parent_class)->unroot (widget);
}

static void
dio_spent_jobs_dispose (GObject *object)
{
  DioSpentJobs *self = DIO_SPENT_JOBS (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_SPENT_JOBS);

  G_OBJECT_CLASS (dio_spent_jobs_parent_class)->dispose (object);
}

static void
dio_spent_jobs_finalize (GObject *object)
{
  DioSpentJobs *self = DIO_SPENT_JOBS (object);

  g_clear_pointer (&self->spent, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (dio_spent_jobs_parent_class)->finalize (object);
}

static void
dio_spent_jobs_class_init (DioSpentJobsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_spent_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_spent_jobs_finalize;
  widget_class->unroot = dio_spent_jobs_unroot;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-spent-jobs.ui");
  gtk_widget_class_bind_template_child (widget_class, DioSpentJobs, export_button);
  gtk_widget_class_bind_template_child (widget_class, DioSpentJobs, empty_row);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
}

static void
dio_spent_jobs_init (DioSpentJobs *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_spent_jobs_load (DioSpentJobs *self,
                     DioStudio    *studio)
{
  g_set_object (&self->studio, studio);
  dio_library_load_spend_async (dio_studio_get_library (studio), DIO_SPEND_OF_JOBS,
                                loaded_cb, g_object_ref (self));
}
