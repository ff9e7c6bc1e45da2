/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in the gallery: places, for which nothing is read, and results
 * that stay selected wherever they go. */

#include "config.h"

#include "dio-selection.h"

#include "library-fixture.h"

#define N_MANY 3000
#define N_HUGE 100000

typedef struct
{
  DioResultList *list;
  GListStore    *jobs;
  DioSelection  *selection;
  guint          first;     /* of what changed last */
  guint          n_changed;
} Gallery;

static void
selection_changed_cb (GtkSelectionModel *model,
                      guint              position,
                      guint              n,
                      gpointer           user_data)
{
  Gallery *gallery = user_data;

  gallery->first = position;
  gallery->n_changed = n;
}

static void
open_gallery (Gallery        *gallery,
              LibraryFixture *fixture,
              guint           n)
{
  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, n);
  gallery->list = library_test_list (fixture->library);
  gallery->jobs = g_list_store_new (G_TYPE_OBJECT);
  gallery->selection = dio_selection_new (G_LIST_MODEL (gallery->jobs), gallery->list);
  g_signal_connect (gallery->selection, "selection-changed", G_CALLBACK (selection_changed_cb), gallery);
}

static void
close_gallery (Gallery *gallery)
{
  g_assert_finalize_object (gallery->selection);
  g_object_unref (gallery->jobs);
  g_object_unref (gallery->list);
}

static void
wait_for_list (Gallery *gallery)
{
  while (dio_result_list_get_is_loading (gallery->list))
    g_main_context_iteration (NULL, TRUE);
}

static guint64
count (Gallery *gallery)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (gallery->selection));

  return gtk_bitset_get_size (selected);
}

static gboolean
is_selected (Gallery *gallery,
             gint64   number)
{
  guint position;

  return dio_result_list_find (gallery->list, number, &position) &&
         gtk_selection_model_is_selected (GTK_SELECTION_MODEL (gallery->selection),
                                          position + g_list_model_get_n_items (G_LIST_MODEL (gallery->jobs)));
}

static void
set_up_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item)
{
  gtk_list_item_set_child (list_item, gtk_label_new ("A picture"));
}

static guint
count_read (Gallery *gallery)
{
  guint n_read = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (gallery->list)); i++)
    {
      DioResultSlot *slot = dio_result_list_peek (gallery->list, dio_result_list_get_number (gallery->list, i));

      n_read += slot != NULL && dio_result_slot_get_result (slot) != NULL;
    }

  return n_read;
}

static gboolean
ended_cb (gpointer user_data)
{
  gboolean *has_ended = user_data;

  *has_ended = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until whatever was asked for is read: nothing else is to be done. */
static void
wait_for_idle (void)
{
  gboolean has_ended = FALSE;

  g_timeout_add_full (G_PRIORITY_LOW, 500, ended_cb, &has_ended, NULL);
  while (!has_ended)
    g_main_context_iteration (NULL, TRUE);
}

/* What Ctrl+A does. The grid holds some cells more than are seen, and reads for
 * those. */
static void
test_selection_huge (LibraryFixture *fixture,
                     gconstpointer   data)
{
  Gallery gallery = { 0 };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *grid;

  open_gallery (&gallery, fixture, N_HUGE);
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), NULL);
  grid = gtk_grid_view_new (GTK_SELECTION_MODEL (g_object_ref (gallery.selection)), factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_idle ();
  g_assert_cmpuint (count_read (&gallery), <, 1000);

  g_assert_true (gtk_widget_activate_action (grid, "list.select-all", NULL));
  wait_for_idle ();
  g_assert_cmpuint (count (&gallery), ==, N_HUGE);
  g_assert_cmpuint (count_read (&gallery), <, 1000);

  g_assert_true (gtk_widget_activate_action (grid, "list.unselect-all", NULL));
  g_assert_cmpuint (count (&gallery), ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  close_gallery (&gallery);
}

static void
test_selection_all (LibraryFixture *fixture,
                    gconstpointer   data)
{
  Gallery gallery = { 0 };
  GtkSelectionModel *model;
  g_autoptr(GArray) numbers = NULL;
  guint n_held = 0;

  open_gallery (&gallery, fixture, N_MANY);
  model = GTK_SELECTION_MODEL (gallery.selection);
  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (gallery.first, ==, 0);
  g_assert_cmpuint (gallery.n_changed, ==, N_MANY);
  g_assert_cmpuint (count (&gallery), ==, N_MANY);

  numbers = dio_selection_dup_numbers (gallery.selection);
  g_assert_cmpuint (numbers->len, ==, N_MANY);
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);

      g_assert_cmpint (number, ==, dio_result_list_get_number (gallery.list, i));
      n_held += dio_result_list_peek (gallery.list, number) != NULL;
    }
  /* The first page, which comes with the list. */
  g_assert_cmpuint (n_held, <, 100);

  /* A click on one of them. */
  g_assert_true (gtk_selection_model_select_item (model, 7, TRUE));
  g_assert_cmpuint (count (&gallery), ==, 1);
  g_assert_true (gtk_selection_model_unselect_all (model));
  g_assert_cmpuint (gallery.first, ==, 7);
  g_assert_cmpuint (gallery.n_changed, ==, 1);
  g_assert_cmpuint (count (&gallery), ==, 0);

  close_gallery (&gallery);
}

static void
test_selection_order (LibraryFixture *fixture,
                      gconstpointer   data)
{
  static const DioResultSort sorts[] = { DIO_RESULT_SORT_NAME, DIO_RESULT_SORT_OLDEST, DIO_RESULT_SORT_NEWEST };
  Gallery gallery = { 0 };
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  gint64 chosen[3];

  open_gallery (&gallery, fixture, N_MANY);
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    {
      chosen[i] = dio_result_list_get_number (gallery.list, 10 + i * 1400);
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (gallery.selection), 10 + i * 1400, FALSE);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      query->sort = sorts[i];
      dio_result_list_set_query (gallery.list, query);
      wait_for_list (&gallery);
      g_assert_cmpuint (count (&gallery), ==, G_N_ELEMENTS (chosen));
      for (guint j = 0; j < G_N_ELEMENTS (chosen); j++)
        g_assert_true (is_selected (&gallery, chosen[j]));
    }

  close_gallery (&gallery);
}

/* Whoever does not see a picture does not mean it. */
static void
test_selection_hidden (LibraryFixture *fixture,
                       gconstpointer   data)
{
  Gallery gallery = { 0 };
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autoptr(DioResultQuery) all = dio_result_query_new ();
  guint64 n_rated;

  open_gallery (&gallery, fixture, N_MANY);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (gallery.selection));
  query->min_rating = 5;
  dio_result_list_set_query (gallery.list, query);
  wait_for_list (&gallery);
  n_rated = g_list_model_get_n_items (G_LIST_MODEL (gallery.list));
  g_assert_cmpuint (n_rated, <, N_MANY);
  g_assert_cmpuint (count (&gallery), ==, n_rated);

  dio_result_list_set_query (gallery.list, all);
  wait_for_list (&gallery);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gallery.list)), ==, N_MANY);
  g_assert_cmpuint (count (&gallery), ==, n_rated);

  close_gallery (&gallery);
}

static void
test_selection_jobs (LibraryFixture *fixture,
                     gconstpointer   data)
{
  Gallery gallery = { 0 };
  g_autoptr(GObject) job = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr(GArray) numbers = NULL;
  gint64 chosen;

  open_gallery (&gallery, fixture, 100);
  chosen = dio_result_list_get_number (gallery.list, 50);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (gallery.selection), 50, TRUE);
  g_list_store_append (gallery.jobs, job);
  g_assert_true (is_selected (&gallery, chosen));
  g_assert_cmpuint (count (&gallery), ==, 1);

  /* A job is no picture. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (gallery.selection), 0, FALSE);
  numbers = dio_selection_dup_numbers (gallery.selection);
  g_assert_cmpuint (numbers->len, ==, 1);
  g_assert_cmpint (g_array_index (numbers, gint64, 0), ==, chosen);

  g_list_store_remove (gallery.jobs, 0);
  g_assert_cmpuint (count (&gallery), ==, 1);
  g_assert_true (is_selected (&gallery, chosen));

  close_gallery (&gallery);
}

#define add(path, func) \
  g_test_add ("/selection/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  add ("all", test_selection_all);
  add ("huge", test_selection_huge);
  add ("order", test_selection_order);
  add ("hidden", test_selection_hidden);
  add ("jobs", test_selection_jobs);

  return g_test_run ();
}
