/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a picture came about: its prompt and what became of it, the passes around
 * it, what came beside what was asked for, and the record of what was sent. What
 * the library keeps of the job is shown once it is read. */

#include "config.h"

#include "dio-result-details.h"

#include "dio-detail-rows.h"
#include "dio-job-words.h"
#include "dio-json.h"
#include "dio-lineage-view.h"
#include "dio-result-words.h"
#include "dio-tag-editor.h"
#include "dio-toast.h"
#include "dio-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

struct _DioResultDetails
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioResult           *result;      /* (nullable) */
  DioJob              *job;         /* (nullable): that it is of, as it was kept, once that is read */
  GCancellable        *cancellable; /* of the job being read */
  GPtrArray           *rows;        /* of the groups, borrowed from them */

  /* Template children */
  GtkWidget           *scrolled;
  AdwPreferencesGroup *notes;
  AdwPreferencesGroup *texts;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *values;
  AdwPreferencesGroup *record;
  DioLineageView      *lineage;
  DioTagEditor        *tags;
};

G_DEFINE_FINAL_TYPE (DioResultDetails, dio_result_details, GTK_TYPE_WIDGET)

enum
{
  WALKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
add (DioResultDetails    *self,
     AdwPreferencesGroup *group,
     GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static void
add_fact (DioResultDetails *self,
          const char       *title,
          const char       *text)
{
  if (text != NULL && *text != '\0')
    add (self, self->facts, dio_detail_row_new (title, text));
}

static void
add_words (DioResultDetails    *self,
           const char          *title,
           const char * const  *words)
{
  g_autofree char *text = NULL;

  if (words == NULL || words[0] == NULL)
    return;

  text = dio_join_words (words);
  add (self, self->texts, dio_detail_row_new_text (title, text));
}

static void
clear (DioResultDetails *self)
{
  AdwPreferencesGroup *groups[] = { self->notes, self->facts, self->values, self->record };

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (GTK_WIDGET (groups[i]), FALSE);
}

static void
show_notes (DioResultDetails *self)
{
  GPtrArray *notes = dio_result_get_notes (self->result);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      g_autofree char *text = dio_format_note (g_ptr_array_index (notes, i));

      add (self, self->notes, dio_detail_row_new_note (text));
    }
}

static void
show_texts (DioResultDetails *self)
{
  const char *prompt = dio_result_get_prompt (self->result);
  gboolean has_prompt = prompt != NULL && *prompt != '\0';

  add (self, self->texts, dio_detail_row_new_text (NULL, has_prompt ? prompt : _("No prompt")));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "details.copy-prompt", has_prompt);

  /* Translators: heading of words of the prompt. */
  add_words (self, _("Words used"), dio_result_get_used (self->result));
  /* Translators: heading of words of the prompt. */
  add_words (self, _("Words not used"), dio_result_get_unused (self->result));
}

static char *
format_maker (DioResultDetails *self,
              DioModelInfo     *model)
{
  const char *provider_id = dio_result_get_provider_id (self->result);
  DioProvider *provider = dio_studio_find_provider (self->studio, provider_id);

  if (provider != NULL && model != NULL)
    return dio_format_model (provider, model);
  if (provider != NULL)
    return g_strdup (_(dio_provider_get_display_name (provider)));

  /* Of another version of this program: its ids are better than nothing. */
  return g_strdup (dio_result_get_model_id (self->result));
}

/* The picture here stays; theirs may be wanted for its address. */
static void
show_expiry (DioResultDetails *self)
{
  gint64 expires = dio_result_get_expires (self->result);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (expires <= 0)
    return;

  when = dio_format_time_of (expires);
  if (expires > g_get_real_time ())
    /* Translators: until when the provider keeps its own copy of a picture. */
    text = g_strdup_printf (_("Kept until %s"), when);
  else
    /* Translators: since when the provider has no copy of a picture any more. */
    text = g_strdup_printf (_("Gone since %s"), when);

  add_fact (self, _("Provider’s copy"), text);
}

static void
show_ids (DioResultDetails *self)
{
  const char *of_job = self->job != NULL ? dio_job_get_remote (self->job)->id : NULL;

  /* Translators: the name of a job at its provider, to ask them about it. */
  add_fact (self, _("Job there"), of_job);
  /* Translators: the name of a picture at its provider, to ask them about it. */
  add_fact (self, _("Picture there"), dio_result_get_remote_id (self->result));
}

static char *
format_date (gint64 microseconds)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%c") : NULL;
}

static void
show_facts (DioResultDetails *self)
{
  DioRequest *request = self->job != NULL ? dio_job_get_request (self->job) : NULL;
  DioModelInfo *model = dio_studio_find_model (self->studio, dio_result_get_model_id (self->result));
  g_autofree char *maker = format_maker (self, model);
  g_autofree char *size = dio_result_dup_size_text (self->result, request);
  g_autofree char *type = dio_result_dup_type_text (self->result, request, model);
  g_autofree char *seed = dio_result_dup_seed_text (self->result, request, model);
  g_autofree char *time = dio_result_dup_time_text (self->result, self->job);
  g_autofree char *cost = dio_result_dup_cost_text (self->result, self->job);
  g_autofree char *created = format_date (dio_result_get_created (self->result));
  g_autofree char *name = g_path_get_basename (dio_result_get_path (self->result));

  /* Translators: which provider and model made a picture. */
  add_fact (self, _("Made by"), maker);
  add_fact (self, _("Size"), size);
  add_fact (self, _("File type"), type);
  add_fact (self, _("Seed"), seed);
  add_fact (self, _("Time"), time);
  add_fact (self, _("Cost"), cost);
  add_fact (self, _("Date"), created);
  show_expiry (self);
  show_ids (self);
  add_fact (self, _("File"), name);
}

/* Those that stand under “Picture” already, beside what came of them. */
static gboolean
is_shown_as_fact (const DioParameter *parameter)
{
  return (parameter->flags & (DIO_PARAMETER_SEED | DIO_PARAMETER_FILE_TYPE)) != 0 ||
         g_str_equal (parameter->name, "width") ||
         g_str_equal (parameter->name, "height");
}

static void
show_values (DioResultDetails *self)
{
  DioRequest *request = dio_job_get_request (self->job);
  DioModelInfo *model = dio_studio_find_model (self->studio, dio_request_get_model_id (request));
  const DioModelSpec *spec = model != NULL ? dio_model_info_get_spec (model) : NULL;

  for (guint i = 0; spec != NULL && i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];
      g_autoptr(GVariant) value = dio_request_lookup (request, parameter->name);
      g_autofree char *text = NULL;

      if (value == NULL || is_shown_as_fact (parameter))
        continue;

      text = dio_parameter_format (parameter, value);
      if (*text != '\0')
        add (self, self->values, dio_detail_row_new (_(dio_parameter_get_title (parameter)), text));
    }
}

/* As it can be read, where it is JSON. */
static char *
make_readable (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(JsonNode) node = dio_json_parse (bytes, NULL);

  return node != NULL ? json_to_string (node, TRUE) : g_strdup (text);
}

static void
show_record (DioResultDetails *self)
{
  const DioJobRemote *remote = dio_job_get_remote (self->job);

  if (remote->sent != NULL)
    {
      g_autofree char *text = make_readable (remote->sent);

      add (self, self->record, dio_detail_row_new_expander (_("What Was Sent"), text, "details.copy-sent"));
    }

  if (remote->answer != NULL)
    {
      g_autofree char *text = make_readable (remote->answer);

      add (self, self->record, dio_detail_row_new_expander (_("What Was Answered"), text, "details.copy-answer"));
    }
}

static void
show (DioResultDetails *self)
{
  clear (self);
  show_notes (self);
  show_texts (self);
  show_facts (self);
  if (self->job == NULL)
    return;

  show_values (self);
  show_record (self);
  dio_lineage_view_set_request (self->lineage, dio_job_get_request (self->job));
}

/* The result’s own row tells enough where this cannot be read. */
static void
job_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DioResultDetails *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = dio_library_load_job_finish (DIO_LIBRARY (source), result, &error);

  if (job == NULL)
    g_message ("The job cannot be read: %s", error->message);
  if (job == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;

  g_set_object (&self->job, job);
  show (self);
}

/* A library cannot be told to stop reading: its answer is let fall. */
static void
load_job (DioResultDetails *self)
{
  GTask *task;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, load_job);
  dio_library_load_job_async (dio_studio_get_library (self->studio), dio_result_get_job_id (self->result),
                              job_loaded_cb, task);
}

static void
cancel_load (DioResultDetails *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
walked_cb (DioResultDetails *self,
           DioResult        *result)
{
  g_signal_emit (self, signals[WALKED], 0, result);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioResultDetails *self = DIO_RESULT_DETAILS (widget);
  const DioJobRemote *remote = self->job != NULL ? dio_job_get_remote (self->job) : NULL;
  const char *text = NULL;

  if (g_str_equal (name, "details.copy-prompt") && self->result != NULL)
    text = dio_result_get_prompt (self->result);
  else if (g_str_equal (name, "details.copy-sent") && remote != NULL)
    text = remote->sent;
  else if (remote != NULL)
    text = remote->answer;

  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  dio_toast_show (widget, dio_toast_new (_("Copied")));
}

static void
dio_result_details_dispose (GObject *object)
{
  DioResultDetails *self = DIO_RESULT_DETAILS (object);

  cancel_load (self);
  g_clear_object (&self->job);
  g_clear_object (&self->result);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_RESULT_DETAILS);

  G_OBJECT_CLASS (dio_result_details_parent_class)->dispose (object);
}

static void
dio_result_details_finalize (GObject *object)
{
  DioResultDetails *self = DIO_RESULT_DETAILS (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (dio_result_details_parent_class)->finalize (object);
}

static void
dio_result_details_class_init (DioResultDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_result_details_dispose;
  object_class->finalize = dio_result_details_finalize;

  /* A result near this one is to be looked at. */
  signals[WALKED] = g_signal_new ("walked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_RESULT);

  g_type_ensure (DIO_TYPE_LINEAGE_VIEW);
  g_type_ensure (DIO_TYPE_TAG_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-result-details.ui");
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, notes);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, texts);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, values);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, record);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, lineage);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, tags);
  gtk_widget_class_bind_template_callback (widget_class, walked_cb);

  gtk_widget_class_install_action (widget_class, "details.copy-prompt", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "details.copy-sent", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "details.copy-answer", NULL, copy_action);
}

static void
dio_result_details_init (DioResultDetails *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_result_details_set_studio (DioResultDetails *self,
                               DioStudio        *studio)
{
  g_set_object (&self->studio, studio);
  dio_lineage_view_set_studio (self->lineage, studio);
  dio_tag_editor_set_studio (self->tags, studio);
}

void
dio_result_details_set_result (DioResultDetails *self,
                               DioResult        *result)
{
  cancel_load (self);
  g_clear_object (&self->job);
  g_set_object (&self->result, result);

  load_job (self);
  dio_lineage_view_set_result (self->lineage, result);
  dio_tag_editor_set_result (self->tags, result);
  show (self);
}

/* Borrowed; the first source (-1) or the first result made from this one (1), or
 * NULL. */
DioResult *
dio_result_details_find_near (DioResultDetails *self,
                              int               step)
{
  return dio_lineage_view_find_near (self->lineage, step);
}

void
dio_result_details_focus_tags (DioResultDetails *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tags));
}
