/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a job ended without its pictures: what went wrong, what can be done,
 * whether it was billed, the provider's own words for who wants them, and the
 * buttons that solve it. */

#include "config.h"

#include "dio-job-problem.h"

#include "dio-error-text.h"
#include "dio-error.h"
#include "dio-job-actions.h"
#include "dio-money-words.h"

#include <glib/gi18n.h>

struct _DioJobProblem
{
  GtkWidget parent_instance;

  /* Owned */
  DioJob      *job;

  /* Template children */
  GtkWidget   *box;
  GtkWidget   *icon;
  GtkLabel    *title;
  GtkLabel    *sentence;
  GtkLabel    *billed;
  GtkExpander *raw_expander;
  GtkLabel    *raw;
  GtkWidget   *preferences_button;
  GtkWidget   *check_button;
  GtkWidget   *retry_button;
};

G_DEFINE_FINAL_TYPE (DioJobProblem, dio_job_problem, GTK_TYPE_WIDGET)

static DioErrorText
get_text (DioJob *job)
{
  const GError *error = dio_job_get_error (job);
  DioErrorText text = dio_error_text (error);

  if (dio_job_get_state (job) == DIO_JOB_CANCELLED)
    {
      text.title = _("Cancelled");
      text.sentence = _("The provider had it already. What it has made can still be fetched.");
    }
  else if (dio_job_get_state (job) == DIO_JOB_OUTCOME_UNKNOWN && error == NULL)
    {
      g_autoptr(GError) unknown = g_error_new_literal (DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN, "");

      text = dio_error_text (unknown);
    }

  return text;
}

/* Pictures that came before it ended are kept, and their number matters. */
static char *
format_sentence (DioJobProblem *self,
                 DioStudio     *studio,
                 const char    *sentence)
{
  guint count = dio_request_get_count (dio_job_get_request (self->job));
  guint n = g_list_model_get_n_items (dio_job_get_results (self->job));

  if (g_error_matches (dio_job_get_error (self->job), DIO_ERROR, DIO_ERROR_BUDGET))
    return dio_format_budget (dio_studio_get_library (studio), dio_job_get_estimate (self->job));
  if (n == 0)
    return g_strdup (sentence);

  /* Translators: %1$s is a sentence on what went wrong. */
  return g_strdup_printf (ngettext ("%1$s %2$u of %3$u picture came and is kept.",
                                    "%1$s %2$u of %3$u pictures came and are kept.", count),
                          sentence, n, count);
}

/* Secrets were hidden before it was kept. */
static char *
format_raw (DioJob *job)
{
  const GError *error = dio_job_get_error (job);
  const char *answer = dio_job_get_remote (job)->answer;

  if (error != NULL && answer != NULL)
    return g_strdup_printf ("%s\n\n%s", error->message, answer);
  if (error != NULL)
    return g_strdup (error->message);

  return g_strdup (answer);
}

static void
show_optional (GtkLabel   *label,
               GtkWidget  *widget,
               const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (widget, text != NULL && *text != '\0');
}

static void
show_buttons (DioJobProblem *self,
              DioRemedy      remedy)
{
  gboolean can_check = dio_job_can_check_again (self->job);

  gtk_widget_set_visible (self->preferences_button, remedy == DIO_REMEDY_PREFERENCES);
  gtk_widget_set_visible (self->check_button, can_check);

  /* Asked again, what may be paid already would be paid once more. */
  gtk_widget_set_tooltip_text (self->retry_button,
                               can_check ? _("Makes and pays it once more, whatever became of the first") : NULL);
}

static void
activate (DioJobProblem *self,
          const char    *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", dio_job_get_id (self->job));
}

static void
preferences_clicked_cb (DioJobProblem *self)
{
  dio_job_open_preferences (self->job, GTK_WIDGET (self));
}

static void
check_clicked_cb (DioJobProblem *self)
{
  activate (self, "job.check-again");
}

static void
retry_clicked_cb (DioJobProblem *self)
{
  activate (self, "job.retry");
}

static void
dismiss_clicked_cb (DioJobProblem *self)
{
  activate (self, "job.dismiss");
}

static void
dio_job_problem_dispose (GObject *object)
{
  DioJobProblem *self = DIO_JOB_PROBLEM (object);

  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_JOB_PROBLEM);

  G_OBJECT_CLASS (dio_job_problem_parent_class)->dispose (object);
}

static void
dio_job_problem_class_init (DioJobProblemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_job_problem_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/queue/dio-job-problem.ui");
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, box);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, icon);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, title);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, sentence);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, billed);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, raw_expander);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, raw);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, preferences_button);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, check_button);
  gtk_widget_class_bind_template_child (widget_class, DioJobProblem, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, preferences_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
}

static void
dio_job_problem_init (DioJobProblem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A job that is over. */
void
dio_job_problem_set_job (DioJobProblem *self,
                         DioStudio     *studio,
                         DioJob        *job)
{
  DioErrorText text = get_text (job);
  g_autofree char *sentence = NULL;
  g_autofree char *billed = dio_job_dup_billed_text (job);
  g_autofree char *raw = format_raw (job);

  g_set_object (&self->job, job);
  sentence = format_sentence (self, studio, text.sentence);
  gtk_label_set_label (self->title, text.title);
  gtk_label_set_label (self->sentence, sentence);
  show_optional (self->billed, GTK_WIDGET (self->billed), billed);
  show_optional (self->raw, GTK_WIDGET (self->raw_expander), raw);
  show_buttons (self, text.remedy);
}
