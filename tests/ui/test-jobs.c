/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of all jobs shows the queue, and what is done there is done to it. */

#include "config.h"

#include "dio-error.h"
#include "dio-gallery-bar.h"
#include "dio-job-tile.h"
#include "dio-prompt-card.h"
#include "dio-queue-page.h"
#include "dio-queue-row.h"
#include "dio-result-list.h"
#include "dio-window.h"
#include "ui-fixture.h"

typedef struct
{
  DioStudio   *studio;
  DioSettings *settings;
  DioWindow   *window;
  GtkWidget   *page;
} Fixture;

static DioJobQueue *
get_queue (Fixture *fixture)
{
  return dio_studio_get_queue (fixture->studio);
}

static DioQueueRow *
get_row (Fixture *fixture,
         guint    nth)
{
  return DIO_QUEUE_ROW (ui_find (fixture->page, DIO_TYPE_QUEUE_ROW, nth));
}

static DioJob *
get_job (Fixture *fixture,
         guint    nth)
{
  return dio_queue_row_get_job (get_row (fixture, nth));
}

/* Three jobs that wait, since the queue is paused. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  DioComposition *composition;
  DioValues *values;
  g_autoptr(DioReference) reference = ui_make_reference ("shore", DIO_ROLE_SCENE);

  fixture->studio = ui_make_studio ();
  fixture->settings = dio_settings_new (NULL);
  fixture->window = dio_window_new (NULL, fixture->studio, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));

  composition = dio_window_get_composition (fixture->window);
  values = dio_composition_get_values (composition, dio_composition_get_model (composition));
  g_assert_true (dio_values_set_text (values, "width", "256", NULL));
  g_assert_true (dio_values_set_text (values, "height", "256", NULL));
  dio_composition_add_reference (composition, reference, 0);
  ui_settle ();

  dio_job_queue_set_paused (get_queue (fixture), TRUE);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.generate", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-queue", NULL);
  fixture->page = ui_find (GTK_WIDGET (fixture->window), DIO_TYPE_QUEUE_PAGE, 0);
  ui_settle ();
}

static gboolean
is_empty (gpointer data)
{
  Fixture *fixture = data;

  return dio_job_queue_get_n_open (get_queue (fixture)) == 0 && get_row (fixture, 0) == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dio_job_queue_cancel_all (get_queue (fixture));
  ui_wait_for (is_empty, fixture);

  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_null (fixture->window);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);
}

/* In the order they will begin in: the first that was added is the next. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_nonnull (get_row (fixture, 2));
  g_assert_null (get_row (fixture, 3));
  g_assert_cmpint (dio_job_get_created (get_job (fixture, 0)), <=, dio_job_get_created (get_job (fixture, 1)));
  g_assert_cmpint (dio_job_get_created (get_job (fixture, 1)), <=, dio_job_get_created (get_job (fixture, 2)));
}

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  DioJob *first = get_job (fixture, 0);
  DioJob *second = get_job (fixture, 1);
  g_autoptr(DioJob) next = NULL;

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 0)), "row.move-later", NULL);
  ui_settle ();
  g_assert_true (get_job (fixture, 0) == second);
  g_assert_true (get_job (fixture, 1) == first);

  /* The queue holds the newest first. */
  next = g_list_model_get_item (G_LIST_MODEL (get_queue (fixture)), 2);
  g_assert_true (next == second);

  /* The one that was moved has the focus, so that it can be moved on. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == GTK_WIDGET (get_row (fixture, 1)));

  /* There is nothing before the first. */
  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 0)), "row.move-earlier", NULL);
  ui_settle ();
  g_assert_true (get_job (fixture, 0) == second);
}

static gboolean
has_two (gpointer data)
{
  Fixture *fixture = data;

  return dio_job_queue_get_n_open (get_queue (fixture)) == 2 && get_row (fixture, 2) == NULL;
}

static void
test_cancel_one (Fixture       *fixture,
                 gconstpointer  data)
{
  DioJob *last = get_job (fixture, 2);

  gtk_widget_activate_action (fixture->page, "job.cancel", "s", dio_job_get_id (get_job (fixture, 1)));
  ui_wait_for (has_two, fixture);
  ui_settle ();
  g_assert_true (get_job (fixture, 1) == last);
}

static gboolean
has_three_results (gpointer data)
{
  return g_list_model_get_n_items (data) == 3;
}

/* The button of the page pauses the queue, and lets it go on. */
static void
test_go_on (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *button = ui_find (fixture->page, GTK_TYPE_TOGGLE_BUTTON, 0);
  g_autoptr(DioResultList) results = dio_result_list_new (dio_studio_get_library (fixture->studio));

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_false (dio_job_queue_get_paused (get_queue (fixture)));
  ui_wait_for (has_three_results, results);
  ui_wait_for (is_empty, fixture);
}

static gboolean
shows_text (GtkWidget  *root,
            const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) == 0)
      return TRUE;

  return FALSE;
}

/* A tile of a job that failed says what is wrong, and what it cost. */
static void
test_billed (Fixture       *fixture,
             gconstpointer  data)
{
  DioJobTile *tile = g_object_ref_sink (g_object_new (DIO_TYPE_JOB_TILE, NULL));
  DioJob *job = dio_job_new (dio_job_get_request (get_job (fixture, 0)));
  g_autoptr(DioAccount) account = dio_account_new ("runware", "default");
  g_autoptr(GError) error = g_error_new_literal (DIO_ERROR, DIO_ERROR_AUTH, "No");

  dio_job_set_account (job, account);
  dio_job_set_error (job, error);
  dio_job_set_state (job, DIO_JOB_FAILED);
  dio_job_tile_set_job (tile, job, "Runware");
  g_assert_true (shows_text (GTK_WIDGET (tile), "Key Not Accepted"));
  g_assert_true (shows_text (GTK_WIDGET (tile), "Nothing was sent, and nothing was billed."));

  dio_job_edit_remote (job)->sent_at = 1;
  dio_job_edit_remote (job)->billed = DIO_BILLED_NO;
  dio_job_tile_set_job (tile, job, "Runware");
  g_assert_true (shows_text (GTK_WIDGET (tile), "Nothing was billed."));

  dio_job_tile_set_job (tile, NULL, NULL);
  g_assert_finalize_object (tile);
  g_assert_finalize_object (job);
}

/* Also where the share of it stays the same. */
static void
test_bytes (Fixture       *fixture,
            gconstpointer  data)
{
  DioJobTile *tile = g_object_ref_sink (g_object_new (DIO_TYPE_JOB_TILE, NULL));
  DioJob *job = dio_job_new (dio_job_get_request (get_job (fixture, 0)));

  dio_job_tile_set_job (tile, job, "Runware");
  dio_job_report (job, DIO_JOB_SENDING, -1, "Sending");
  dio_job_report_bytes (job, 12400000, 80000000);
  g_assert_true (shows_text (GTK_WIDGET (tile), "Sending · 12.4\302\240MB of 80.0\302\240MB"));
  dio_job_report_bytes (job, 13400000, 0);
  g_assert_true (shows_text (GTK_WIDGET (tile), "Sending · 13.4\302\240MB"));
  dio_job_report (job, DIO_JOB_SENDING, -1, "Sending");
  g_assert_true (shows_text (GTK_WIDGET (tile), "Sending"));

  dio_job_tile_set_job (tile, NULL, NULL);
  g_assert_finalize_object (tile);
  g_assert_finalize_object (job);
}

static void
test_cancel_all (Fixture       *fixture,
                 gconstpointer  data)
{
  gtk_widget_activate_action (fixture->page, "queue.cancel-all", NULL);
  ui_wait_for (is_empty, fixture);
}

static gboolean
has_cap (gpointer data)
{
  Fixture *fixture = data;

  return dio_library_has_cap (dio_studio_get_library (fixture->studio));
}

static gboolean
is_over (gpointer data)
{
  return dio_job_state_is_over (dio_job_get_state (data));
}

/* Returns: (transfer full): a job of unknown price that was cancelled */
static DioJob *
make_unpriced (Fixture *fixture)
{
  DioComposition *composition = dio_window_get_composition (fixture->window);
  g_autoptr(DioReference) reference = g_list_model_get_item (dio_composition_get_references (composition), 0);
  g_autoptr(DioAccount) account = dio_account_new ("kling", "default");
  g_autoptr(GError) error = NULL;
  DioJob *job;

  dio_reference_set_role (reference, DIO_ROLE_SUBJECT);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "A shore");
  dio_composition_set_model (composition, dio_studio_find_model (fixture->studio, "kling-v2-1"));
  job = dio_studio_generate (fixture->studio, composition, account, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (dio_price_is_known (dio_job_get_estimate (job)));

  g_object_ref (job);
  dio_job_cancel (job);
  ui_wait_for (is_over, job);

  return job;
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

/* With a cap, an unknown price is asked about each time, and never taken for nothing. */
static void
test_retry_asks (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioJob) again = NULL;

  dio_library_set_cap_async (dio_studio_get_library (fixture->studio), "USD", 5, NULL, NULL);
  ui_wait_for (has_cap, fixture);
  job = make_unpriced (fixture);

  gtk_widget_activate_action (fixture->page, "job.retry", "s", dio_job_get_id (job));
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (find_dialog (), "cancel");
  ui_settle ();
  g_assert_cmpuint (dio_job_queue_get_n_open (get_queue (fixture)), ==, 3);

  gtk_widget_activate_action (fixture->page, "job.retry", "s", dio_job_get_id (job));
  adw_message_dialog_response (find_dialog (), "send");
  ui_settle ();
  g_assert_cmpuint (dio_job_queue_get_n_open (get_queue (fixture)), ==, 4);

  again = g_list_model_get_item (G_LIST_MODEL (get_queue (fixture)), 0);
  g_assert_true (again != job);
  g_assert_true (dio_job_get_accepts_unknown_price (again));
}

static gboolean
is_recalled (gpointer data)
{
  g_autofree char *prompt = dio_prompt_dup_text (dio_composition_get_prompt (data));

  return *prompt == '\0';
}

/* It takes a moment to read a request: who is at work elsewhere by then, such as in
 * the gallery, was sent back to the prompt, and Ctrl+A was about its text. */
static void
test_recall_leaves_focus (Fixture       *fixture,
                          gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  DioComposition *composition = dio_window_get_composition (fixture->window);
  GtkWidget *bar = ui_find (GTK_WIDGET (window), DIO_TYPE_GALLERY_BAR, 0);

  gtk_widget_activate_action (fixture->page, "queue.close", NULL);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "Something else");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.recall", "s", dio_job_get_id (get_job (fixture, 0)));
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (window), DIO_TYPE_PROMPT_CARD));

  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_TAB_FORWARD));
  ui_wait_for (is_recalled, composition);
  ui_settle ();
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (window), DIO_TYPE_GALLERY_BAR));
}

static void
add_test (const char *path,
          void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  add_test ("/jobs/order", test_order);
  add_test ("/jobs/move", test_move);
  add_test ("/jobs/cancel-one", test_cancel_one);
  add_test ("/jobs/go-on", test_go_on);
  add_test ("/jobs/bytes", test_bytes);
  add_test ("/jobs/billed", test_billed);
  add_test ("/jobs/retry-asks", test_retry_asks);
  add_test ("/jobs/cancel-all", test_cancel_all);
  add_test ("/jobs/recall-leaves-focus", test_recall_leaves_focus);

  return g_test_run ();
}
