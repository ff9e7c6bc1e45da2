/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All jobs of this run of the program: those under way, those that wait, in the
 * order they will begin in, and those that ended without their pictures. */

#include "config.h"

#include "dio-queue-page.h"

#include "dio-job-actions.h"
#include "dio-job-retry.h"
#include "dio-queue-row.h"
#include "dio-queue-watch.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef enum
{
  UNDER_WAY,
  WAITING,
  ENDED,
  N_SECTIONS
} Section;

struct _DioQueuePage
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio       *studio;
  DioQueueWatch   *watch;
  GListStore      *jobs[N_SECTIONS];

  guint            focus_id;   /* idle source that puts the focus back */
  Section          focus_section;
  guint            focus_next; /* position that it goes to */

  /* Template children */
  GtkWidget       *box;
  AdwWindowTitle  *title;
  GtkWidget       *back_button;
  GtkToggleButton *pause_button;
  GtkStack        *stack;
  GtkWidget       *under_way_section;
  GtkListBox      *under_way_list;
  GtkWidget       *waiting_section;
  GtkListBox      *waiting_list;
  GtkWidget       *ended_section;
  GtkListBox      *ended_list;
};

G_DEFINE_FINAL_TYPE (DioQueuePage, dio_queue_page, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkListBox *
get_list (DioQueuePage *self,
          Section       section)
{
  GtkListBox *lists[N_SECTIONS] = { self->under_way_list, self->waiting_list, self->ended_list };

  return lists[section];
}

/* What is done is in the gallery; what was cancelled in time is of no interest. */
static gboolean
find_section (DioQueuePage *self,
              DioJob       *job,
              Section      *section)
{
  DioJobState state = dio_job_get_state (job);

  if (state == DIO_JOB_DONE || (state == DIO_JOB_CANCELLED && !dio_job_can_check_again (job)))
    return FALSE;

  if (dio_job_state_is_over (state))
    *section = ENDED;
  else
    *section = dio_job_queue_can_move (dio_studio_get_queue (self->studio), job) ? WAITING : UNDER_WAY;

  return TRUE;
}

/* Rows that stay are not made anew: they may have the focus. */
static void
fill (GListStore *store,
      GPtrArray  *jobs)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint start = 0;
  guint end = 0;

  for (; start < MIN (n_old, jobs->len); start++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (G_LIST_MODEL (store), start);

      if (job != g_ptr_array_index (jobs, start))
        break;
    }

  for (; end < MIN (n_old, jobs->len) - start; end++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (G_LIST_MODEL (store), n_old - 1 - end);

      if (job != g_ptr_array_index (jobs, jobs->len - 1 - end))
        break;
    }

  if (start < n_old || start < jobs->len)
    g_list_store_splice (store, start, n_old - start - end,
                         jobs->pdata != NULL ? jobs->pdata + start : NULL, jobs->len - start - end);
}

static void
update_places (DioQueuePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->jobs[WAITING]));

  for (guint i = 0; i < n; i++)
    dio_queue_row_set_place (DIO_QUEUE_ROW (gtk_list_box_get_row_at_index (self->waiting_list, i)),
                             n > 1, i == 0, i + 1 == n);
}

static void
update_title (DioQueuePage *self)
{
  guint n_open = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio));
  guint n_waiting = g_list_model_get_n_items (G_LIST_MODEL (self->jobs[WAITING]));
  g_autofree char *under_way = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *both = NULL;

  /* Translators: first half of “2 under way · 3 waiting”. */
  under_way = g_strdup_printf (ngettext ("%u under way", "%u under way", n_open - n_waiting), n_open - n_waiting);
  /* Translators: second half of “2 under way · 3 waiting”. */
  waiting = g_strdup_printf (ngettext ("%u waiting", "%u waiting", n_waiting), n_waiting);
  /* Translators: numbers of jobs: “2 under way · 3 waiting”. */
  both = g_strdup_printf (_("%1$s · %2$s"), under_way, waiting);
  adw_window_title_set_subtitle (self->title, n_open > 0 ? both : "");
}

static void
update_actions (DioQueuePage *self)
{
  DioJobQueue *queue = dio_studio_get_queue (self->studio);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.cancel-all", dio_job_queue_get_n_open (queue) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.retry-all",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->jobs[ENDED])) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.dismiss-all",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->jobs[ENDED])) > 0);
}

static void
show_sections (DioQueuePage *self)
{
  GtkWidget *sections[N_SECTIONS] = { self->under_way_section, self->waiting_section, self->ended_section };
  gboolean is_empty = TRUE;

  for (guint i = 0; i < N_SECTIONS; i++)
    {
      gboolean has_jobs = g_list_model_get_n_items (G_LIST_MODEL (self->jobs[i])) > 0;

      gtk_widget_set_visible (sections[i], has_jobs);
      is_empty = is_empty && !has_jobs;
    }

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "jobs");
}

/* The queue holds the newest first, and of those that wait the next last. */
static void
queue_changed_cb (DioQueuePage *self)
{
  GListModel *queue = G_LIST_MODEL (dio_studio_get_queue (self->studio));
  GPtrArray *jobs[N_SECTIONS];

  for (guint i = 0; i < N_SECTIONS; i++)
    jobs[i] = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (queue, i);
      Section section;

      if (find_section (self, job, &section))
        g_ptr_array_insert (jobs[section], section == WAITING ? 0 : -1, g_steal_pointer (&job));
    }

  for (guint i = 0; i < N_SECTIONS; i++)
    {
      fill (self->jobs[i], jobs[i]);
      g_ptr_array_unref (jobs[i]);
    }

  update_places (self);
  update_title (self);
  update_actions (self);
  show_sections (self);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  DioQueuePage *self = user_data;

  return dio_queue_row_new (self->studio, item);
}

/* The button that was pressed goes with its row: the focus is to stay near. */
static void
focus_idle_cb (gpointer user_data)
{
  DioQueuePage *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->jobs[self->focus_section]));
  GtkListBoxRow *row = NULL;

  self->focus_id = 0;
  if (n > 0)
    row = gtk_list_box_get_row_at_index (get_list (self, self->focus_section), MIN (self->focus_next, n - 1));

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->back_button);
}

static void
keep_focus (DioQueuePage *self,
            Section       section,
            guint         position)
{
  self->focus_section = section;
  self->focus_next = position;
  if (self->focus_id == 0)
    self->focus_id = g_idle_add_once (focus_idle_cb, self);
}

static gboolean
find_place (DioQueuePage *self,
            DioJob       *job,
            Section      *section,
            guint        *position)
{
  for (*section = 0; *section < N_SECTIONS; (*section)++)
    if (g_list_store_find (self->jobs[*section], job, position))
      return TRUE;

  return FALSE;
}

static void
job_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DioQueuePage *self = DIO_QUEUE_PAGE (widget);
  g_autoptr(DioJob) job = dio_job_find (self->studio, g_variant_get_string (parameter, NULL));
  Section section;
  guint position;

  if (job == NULL)
    return;

  if (find_place (self, job, &section, &position))
    keep_focus (self, section, position);
  dio_job_act (self->studio, job, name, widget);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioQueuePage *self = DIO_QUEUE_PAGE (widget);
  g_autoptr(DioJob) job = NULL;
  const char *id;
  guint position;
  int by;

  g_variant_get (parameter, "(&si)", &id, &by);
  job = dio_job_find (self->studio, id);
  if (job == NULL || !g_list_store_find (self->jobs[WAITING], job, &position) || (int) position + by < 0)
    return;

  keep_focus (self, WAITING, position + by);
  dio_job_queue_move (dio_studio_get_queue (self->studio), job, position + by);
}

static void
cancel_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  dio_job_queue_cancel_all (dio_studio_get_queue (DIO_QUEUE_PAGE (widget)->studio));
}

/* A copy, since the list changes with each of them. What may have been made and
 * paid already is left to the person, one by one. */
static void
ended_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioQueuePage *self = DIO_QUEUE_PAGE (widget);
  gboolean is_retry = g_str_equal (name, "queue.retry-all");
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs[ENDED])); i++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs[ENDED]), i);

      if (!is_retry || !dio_job_can_check_again (job))
        g_ptr_array_add (jobs, g_steal_pointer (&job));
    }

  if (is_retry)
    dio_job_retry (self->studio, jobs, widget);
  for (guint i = 0; !is_retry && i < jobs->len; i++)
    dio_job_act (self->studio, g_ptr_array_index (jobs, i), "job.dismiss", widget);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static gboolean
dio_queue_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIO_QUEUE_PAGE (widget)->back_button);
}

static void
dio_queue_page_dispose (GObject *object)
{
  DioQueuePage *self = DIO_QUEUE_PAGE (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_QUEUE_PAGE);
  for (guint i = 0; i < N_SECTIONS; i++)
    g_clear_object (&self->jobs[i]);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_queue_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, box);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, title);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, back_button);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, under_way_section);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, under_way_list);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, waiting_section);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, waiting_list);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, ended_section);
  gtk_widget_class_bind_template_child (widget_class, DioQueuePage, ended_list);
}

static void
dio_queue_page_class_init (DioQueuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_queue_page_dispose;
  widget_class->grab_focus = dio_queue_page_grab_focus;

  /* The composition is to be shown again. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/queue/dio-queue-page.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "job.cancel", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.check-again", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.dismiss", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.retry", "s", job_action);
  gtk_widget_class_install_action (widget_class, "queue.move", "(si)", move_action);
  gtk_widget_class_install_action (widget_class, "queue.cancel-all", NULL, cancel_all_action);
  gtk_widget_class_install_action (widget_class, "queue.retry-all", NULL, ended_action);
  gtk_widget_class_install_action (widget_class, "queue.dismiss-all", NULL, ended_action);
  gtk_widget_class_install_action (widget_class, "queue.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "queue.close", NULL);
}

static void
dio_queue_page_init (DioQueuePage *self)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    self->jobs[i] = g_list_store_new (DIO_TYPE_JOB);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_queue_page_set_studio (DioQueuePage *self,
                           DioStudio    *studio)
{
  DioJobQueue *queue = dio_studio_get_queue (studio);

  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  for (guint i = 0; i < N_SECTIONS; i++)
    gtk_list_box_bind_model (get_list (self, i), G_LIST_MODEL (self->jobs[i]), make_row, self, NULL);

  g_object_bind_property (queue, "paused", self->pause_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  self->watch = dio_queue_watch_new (queue);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::n-open", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  queue_changed_cb (self);
}
