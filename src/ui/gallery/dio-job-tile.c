/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the gallery: how far it is, as its provider reports it, or why it
 * ended, with what can be done about that. */

#include "config.h"

#include "dio-job-tile.h"

#include "dio-error-text.h"
#include "dio-words.h"

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
  GtkLabel       *step;
  GtkWidget      *cancel_button;
  GtkLabel       *problem;
  GtkLabel       *sentence;
};

G_DEFINE_FINAL_TYPE (DioJobTile, dio_job_tile, GTK_TYPE_WIDGET)

static char *
format_title (DioJobTile *self)
{
  guint count = dio_request_get_count (dio_job_get_request (self->job));
  guint done = g_list_model_get_n_items (dio_job_get_results (self->job));
  double seconds = (g_get_real_time () - dio_job_get_created (self->job)) / (double) G_USEC_PER_SEC;
  int whole = MAX (0, (int) seconds);

  if (count > 1)
    /* Translators: a job: who works on it, which of how many pictures, for how
     * many seconds: “This Computer · 2 of 4 · 38 s”. */
    return g_strdup_printf (_("%1$s · %2$u of %3$u · %4$d s"), self->provider, MIN (done + 1, count), count, whole);

  /* Translators: a job: who works on it, for how many seconds: “This Computer · 38 s”. */
  return g_strdup_printf (_("%1$s · %2$d s"), self->provider, whole);
}

static const char *
get_step_text (DioJob *job)
{
  const char *step = dio_job_get_step (job);

  if (step != NULL && *step != '\0')
    return _(step);
  if (dio_job_get_state (job) == DIO_JOB_WAITING)
    /* Translators: a job that has not begun. */
    return _("Waiting");

  return "";
}

static void
show_progress (DioJobTile *self)
{
  double progress = dio_job_get_progress (self->job);

  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->bar, progress);
  else
    gtk_progress_bar_pulse (self->bar);
}

static void
show_running (DioJobTile *self)
{
  g_autofree char *title = format_title (self);

  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->step, get_step_text (self->job));
  show_progress (self);
}

static void
show_failed (DioJobTile *self)
{
  DioErrorText text = dio_error_text (dio_job_get_error (self->job));

  gtk_stack_set_visible_child_name (self->stack, "failed");
  gtk_label_set_label (self->problem, text.title);
  gtk_label_set_label (self->sentence, text.sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sentence), text.sentence);
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
  dio_job_cancel (self->job);
}

static void
dismiss_clicked_cb (DioJobTile *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "gallery.dismiss-job", "s", dio_job_get_id (self->job));
}

static void
retry_clicked_cb (DioJobTile *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "gallery.retry-job", "s", dio_job_get_id (self->job));
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
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
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
