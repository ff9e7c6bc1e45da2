/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job of the page of all jobs: what it is and costs, how far it is or what
 * it waits for, or why it ended. One that waits can be moved. */

#include "config.h"

#include "dio-queue-row.h"

#include "dio-job-problem.h"
#include "dio-job-words.h"
#include "dio-money-words.h"
#include "dio-words.h"

#include <glib/gi18n.h>

struct _DioQueueRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  DioStudio      *studio;
  DioJob         *job;
  char           *maker;

  guint           tick_id; /* timeout source while seconds are counted */

  /* Template children */
  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkLabel       *price;
  GtkWidget      *move_box;
  GtkWidget      *cancel_button;
  GtkWidget      *progress_box;
  GtkProgressBar *bar;
  GtkSpinner     *spinner;
  GtkLabel       *status;
  DioJobProblem  *problem;
};

G_DEFINE_FINAL_TYPE (DioQueueRow, dio_queue_row, GTK_TYPE_LIST_BOX_ROW)

static char *
format_subtitle (DioQueueRow *self)
{
  const DioAccount *account = dio_job_get_account (self->job);
  const char *title = dio_request_get_title (dio_job_get_request (self->job));

  if (title == NULL || *title == '\0')
    title = dio_request_get_prompt (dio_job_get_request (self->job));
  if (account == NULL)
    return g_strdup (title);

  /* Translators: a job: the account that pays, and what it is of: “Account: work · Watch on the Table”. */
  return g_strdup_printf (_("Account: %1$s · %2$s"), dio_account_name_to_text (account->name), title);
}

static void
show_texts (DioQueueRow *self)
{
  gboolean is_over = dio_job_state_is_over (dio_job_get_state (self->job));
  g_autofree char *title = is_over ? g_strdup (self->maker) : dio_job_dup_time (self->job, self->maker);
  g_autofree char *subtitle = format_subtitle (self);
  gboolean is_free = is_over && dio_job_get_remote (self->job)->billed == DIO_BILLED_NO;
  g_autofree char *price = is_free ? NULL : dio_job_dup_price_text (self->job);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_label_set_label (self->price, price != NULL ? price : "");
}

/* What nobody knows is a spinner, and not a bar. */
static void
show_progress (DioQueueRow *self)
{
  gboolean is_waiting = dio_job_get_state (self->job) <= DIO_JOB_WAITING;
  double progress = dio_job_get_progress (self->job);
  g_autofree char *status = dio_job_dup_status (self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), progress >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), progress < 0 && !is_waiting);
  gtk_spinner_set_spinning (self->spinner, progress < 0 && !is_waiting);
  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->bar, progress);
  gtk_label_set_label (self->status, status);
}

static void
show_job (DioQueueRow *self)
{
  gboolean is_over = dio_job_state_is_over (dio_job_get_state (self->job));

  show_texts (self);
  gtk_widget_set_visible (self->progress_box, !is_over);
  gtk_widget_set_visible (self->cancel_button, !is_over);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), is_over);
  if (is_over)
    dio_job_problem_set_job (self->problem, self->studio, self->job);
  else
    show_progress (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  show_job (user_data);
  return G_SOURCE_CONTINUE;
}

static void
job_changed_cb (DioQueueRow *self)
{
  gboolean is_over = dio_job_state_is_over (dio_job_get_state (self->job));

  show_job (self);
  if (is_over)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  else if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
cancel_clicked_cb (DioQueueRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "job.cancel", "s", dio_job_get_id (self->job));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioQueueRow *self = DIO_QUEUE_ROW (widget);
  int by = g_str_equal (name, "row.move-earlier") ? -1 : 1;

  gtk_widget_activate_action (widget, "queue.move", "(si)", dio_job_get_id (self->job), by);
}

static void
dio_queue_row_dispose (GObject *object)
{
  DioQueueRow *self = DIO_QUEUE_ROW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_QUEUE_ROW);

  G_OBJECT_CLASS (dio_queue_row_parent_class)->dispose (object);
}

static void
dio_queue_row_finalize (GObject *object)
{
  DioQueueRow *self = DIO_QUEUE_ROW (object);

  g_free (self->maker);

  G_OBJECT_CLASS (dio_queue_row_parent_class)->finalize (object);
}

static void
dio_queue_row_class_init (DioQueueRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_queue_row_dispose;
  object_class->finalize = dio_queue_row_finalize;

  g_type_ensure (DIO_TYPE_JOB_PROBLEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/queue/dio-queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, title);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, price);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, move_box);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, bar);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, status);
  gtk_widget_class_bind_template_child (widget_class, DioQueueRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);

  gtk_widget_class_install_action (widget_class, "row.move-earlier", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.move-later", NULL, move_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.move-earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.move-later", NULL);
}

static void
dio_queue_row_init (DioQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Whether cancelling saves the money is to be known before. */
static void
set_up_cancel (DioQueueRow *self)
{
  DioProvider *provider = dio_studio_find_provider (self->studio,
                                                    dio_request_get_provider_id (dio_job_get_request (self->job)));
  const DioProviderFacts *facts = provider != NULL ? dio_provider_get_facts (provider) : NULL;
  const char *bills = facts != NULL && facts->cancel_bills != NULL ? _(facts->cancel_bills) : NULL;

  gtk_widget_set_tooltip_text (self->cancel_button, bills);
  if (bills != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, bills,
                                    -1);
}

GtkWidget *
dio_queue_row_new (DioStudio *studio,
                   DioJob    *job)
{
  DioQueueRow *self = g_object_new (DIO_TYPE_QUEUE_ROW, NULL);

  self->studio = g_object_ref (studio);
  self->job = g_object_ref (job);
  self->maker = dio_job_dup_maker (studio, job);
  set_up_cancel (self);
  dio_queue_row_set_place (self, FALSE, TRUE, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->maker, -1);

  g_signal_connect_object (job, "notify", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  job_changed_cb (self);

  return GTK_WIDGET (self);
}

DioJob *
dio_queue_row_get_job (DioQueueRow *self)
{
  return self->job;
}

void
dio_queue_row_set_place (DioQueueRow *self,
                         gboolean     can_move,
                         gboolean     is_first,
                         gboolean     is_last)
{
  gtk_widget_set_visible (self->move_box, can_move);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.move-earlier", can_move && !is_first);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.move-later", can_move && !is_last);
}
