/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the gallery: how far it is, as its provider reports it, or why it
 * ended, with what can be done about that. */

#include "config.h"

#include "dio-job-tile.h"

#include "dio-error-text.h"
#include "dio-job-actions.h"
#include "dio-job-words.h"
#include "dio-money-words.h"

#include <glib/gi18n.h>

struct _DioJobTile
{
  GtkWidget parent_instance;

  /* Owned */
  DioJob         *job;
  GSignalGroup   *signals;  /* of the job */
  char           *provider;

  guint           tick_id;  /* timeout source while seconds are counted */

  /* Template children */
  GtkStack       *stack;
  GtkLabel       *title;
  GtkProgressBar *bar;
  GtkSpinner     *spinner;
  GtkLabel       *step;
  GtkLabel       *price;
  GtkWidget      *cancel_button;
  GtkLabel       *problem;
  GtkLabel       *sentence;
  GtkLabel       *billed;
  GtkButton      *remedy_button;
};

G_DEFINE_FINAL_TYPE (DioJobTile, dio_job_tile, GTK_TYPE_WIDGET)

/* What nobody knows is a spinner, and not a bar. */
static void
show_progress (DioJobTile *self)
{
  gboolean is_waiting = dio_job_get_state (self->job) <= DIO_JOB_WAITING;
  double progress = dio_job_get_progress (self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), progress >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), progress < 0 && !is_waiting);
  gtk_spinner_set_spinning (self->spinner, progress < 0 && !is_waiting);
  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->bar, progress);
}

static void
show_running (DioJobTile *self)
{
  g_autofree char *title = dio_job_dup_time (self->job, self->provider);
  g_autofree char *status = dio_job_dup_status (self->job);
  g_autofree char *price = dio_job_dup_price_text (self->job);

  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->step, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->step), status);
  gtk_label_set_label (self->price, price != NULL ? price : "");
  gtk_widget_set_visible (GTK_WIDGET (self->price), price != NULL);
  show_progress (self);
}

static const char *
get_remedy_label (DioJobTile *self,
                  DioRemedy   remedy)
{
  if (dio_job_can_check_again (self->job))
    /* Translators: a button: asks the provider what became of a job. */
    return _("Check Again");
  if (remedy == DIO_REMEDY_PREFERENCES)
    /* Translators: a button that opens the preferences. */
    return _("Preferences…");

  /* Translators: a button: has the same made once more. */
  return _("Retry");
}

static void
show_failed (DioJobTile *self)
{
  DioErrorText text = dio_error_text (dio_job_get_error (self->job));
  g_autofree char *billed = dio_job_dup_billed_text (self->job);

  gtk_stack_set_visible_child_name (self->stack, "failed");
  gtk_label_set_label (self->problem, text.title);
  gtk_label_set_label (self->billed, billed != NULL ? billed : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->billed), billed);
  gtk_widget_set_visible (GTK_WIDGET (self->billed), billed != NULL);
  gtk_label_set_label (self->sentence, text.sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sentence), text.sentence);
  gtk_button_set_label (self->remedy_button, get_remedy_label (self, text.remedy));
}

static gboolean
tick_cb (gpointer user_data)
{
  DioJobTile *self = user_data;

  show_running (self);
  return G_SOURCE_CONTINUE;
}

static void
job_changed_cb (DioJobTile *self)
{
  gboolean is_over = dio_job_state_is_over (dio_job_get_state (self->job));

  if (is_over)
    show_failed (self);
  else
    show_running (self);

  if (is_over)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  else if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
cancel_clicked_cb (DioJobTile *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "job.cancel", "s", dio_job_get_id (self->job));
}

static void
dismiss_clicked_cb (DioJobTile *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "job.dismiss", "s", dio_job_get_id (self->job));
}

static void
remedy_clicked_cb (DioJobTile *self)
{
  const char *id = dio_job_get_id (self->job);
  DioRemedy remedy = dio_error_text (dio_job_get_error (self->job)).remedy;

  if (dio_job_can_check_again (self->job))
    gtk_widget_activate_action (GTK_WIDGET (self), "job.check-again", "s", id);
  else if (remedy == DIO_REMEDY_PREFERENCES)
    dio_job_open_preferences (self->job, GTK_WIDGET (self));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "job.retry", "s", id);
}

static void
dio_job_tile_dispose (GObject *object)
{
  DioJobTile *self = DIO_JOB_TILE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_JOB_TILE);

  G_OBJECT_CLASS (dio_job_tile_parent_class)->dispose (object);
}

static void
dio_job_tile_finalize (GObject *object)
{
  DioJobTile *self = DIO_JOB_TILE (object);

  g_free (self->provider);

  G_OBJECT_CLASS (dio_job_tile_parent_class)->finalize (object);
}

static void
dio_job_tile_class_init (DioJobTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_job_tile_dispose;
  object_class->finalize = dio_job_tile_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-job-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, stack);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, title);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, bar);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, step);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, problem);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, sentence);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, billed);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, spinner);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, price);
  gtk_widget_class_bind_template_child (widget_class, DioJobTile, remedy_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remedy_clicked_cb);
}

static void
dio_job_tile_init (DioJobTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (DIO_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
}

/* NULL when the tile is put away. */
void
dio_job_tile_set_job (DioJobTile *self,
                      DioJob     *job,
                      const char *provider)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_set_object (&self->job, job);
  g_signal_group_set_target (self->signals, job);
  g_free (self->provider);
  self->provider = g_strdup (provider);

  if (job != NULL)
    job_changed_cb (self);
}
