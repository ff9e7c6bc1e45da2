/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells how long the library takes for what a person waits for, in medians: open
 * with the first page, search as one types, every other way of looking, all pages
 * from the first to the last, and what memory that takes. For libraries that
 * make-library made. */

#include "config.h"

#include "library-fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define N_RUNS 9
#define SCREEN 48
/* Slots that a grid holds, with those that are just out of sight. */
#define N_HELD 250

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof *values, compare);

  return values[n / 2];
}

static double
read_memory (void)
{
  g_autofree char *text = NULL;
  long pages;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%*s %ld", &pages) != 1)
    return 0;

  return pages * 4096 / 1048576.0;
}

static void
read_screen (DioResultList *list,
             guint          position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = position; i < MIN (position + SCREEN, n); i++)
    g_object_unref (library_test_read (list, i));
}

static double
time_open (const char *folder)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr(DioLibrary) library = dio_library_new (folder);
      g_autoptr(DioResultList) list = dio_result_list_new (library);
      g_autoptr(GError) error = NULL;

      library_test_open (library, &error);
      g_assert_no_error (error);
      library_test_wait_for_list (list);
      read_screen (list, 0);
      times[i] = (g_get_monotonic_time () - start) / 1000.0;
    }

  return median (times, N_RUNS);
}

/* Returns: the time until the first screen of what @query finds is there */
static double
time_query (DioResultList        *list,
            const DioResultQuery *query)
{
  g_autoptr(DioResultQuery) all = dio_result_query_new ();
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start;

      dio_result_list_set_query (list, all);
      library_test_wait_for_list (list);
      start = g_get_monotonic_time ();
      dio_result_list_set_query (list, query);
      library_test_wait_for_list (list);
      read_screen (list, 0);
      times[i] = (g_get_monotonic_time () - start) / 1000.0;
    }

  return median (times, N_RUNS);
}

static void
time_typing (DioResultList *list,
             const char    *text)
{
  double worst = 0;

  for (guint length = 1; length <= strlen (text); length++)
    {
      g_autoptr(DioResultQuery) query = dio_result_query_new ();
      double time;

      query->text = g_strndup (text, length);
      time = time_query (list, query);
      g_print ("  “%s”: %.1f ms, %u found\n", query->text, time, g_list_model_get_n_items (G_LIST_MODEL (list)));
      worst = MAX (worst, time);
    }

  g_print ("search as one types, worst median: %.1f ms\n", worst);
}

static void
time_one (DioResultList  *list,
          const char     *name,
          DioResultQuery *query)
{
  double time = time_query (list, query);

  g_print ("  %s: %.1f ms, %u found\n", name, time, g_list_model_get_n_items (G_LIST_MODEL (list)));
  dio_result_query_free (query);
}

static void
time_filters (DioResultList *list)
{
  DioResultQuery *query;

  query = dio_result_query_new ();
  query->sort = DIO_RESULT_SORT_OLDEST;
  time_one (list, "oldest first", query);
  query = dio_result_query_new ();
  query->sort = DIO_RESULT_SORT_RATING;
  time_one (list, "by rating", query);
  query = dio_result_query_new ();
  query->sort = DIO_RESULT_SORT_NAME;
  time_one (list, "by name", query);
  query = dio_result_query_new ();
  query->provider_id = g_strdup ("kling");
  time_one (list, "one provider", query);
  query = dio_result_query_new ();
  query->has_verdict = TRUE;
  query->verdict = DIO_VERDICT_PICK;
  time_one (list, "picks", query);
  query = dio_result_query_new ();
  query->min_rating = 4;
  time_one (list, "four stars", query);
  query = dio_result_query_new ();
  query->tag = g_strdup ("client");
  time_one (list, "a tag", query);
  query = dio_result_query_new ();
  query->text = g_strdup ("watch");
  query->provider_id = g_strdup ("kling");
  query->min_rating = 3;
  query->sort = DIO_RESULT_SORT_RATING;
  time_one (list, "text, provider, stars, by rating", query);
}

/* As a grid does: what leaves the screen is let go of. */
static void
scroll (DioResultList *list)
{
  g_autoptr(GQueue) held = g_queue_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  gint64 start = g_get_monotonic_time ();
  double before = read_memory ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (list), i);

      while (dio_result_slot_get_result (slot) == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_queue_push_tail (held, g_steal_pointer (&slot));
      if (held->length > N_HELD)
        g_object_unref (g_queue_pop_head (held));
    }

  g_print ("all pages: %.0f ms, memory grows by %.1f MB\n", (g_get_monotonic_time () - start) / 1000.0,
           read_memory () - before);
  g_queue_clear_full (held, g_object_unref);
}

static void
measure (const char *folder)
{
  g_autoptr(DioLibrary) library = NULL;
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GError) error = NULL;
  double before;

  g_print ("%s\nopen and first page: %.1f ms\n", folder, time_open (folder));

  before = read_memory ();
  library = dio_library_new (folder);
  library_test_open (library, &error);
  g_assert_no_error (error);
  list = library_test_list (library);
  g_print ("%u results; open, memory grows by %.1f MB\n", g_list_model_get_n_items (G_LIST_MODEL (list)),
           read_memory () - before);
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return;

  scroll (list);
  time_typing (list, "watch on table");
  time_filters (list);
}

int
main (int   argc,
      char *argv[])
{
  if (argc < 2)
    {
      g_printerr ("Usage: bench-library FOLDER…\n");
      return 2;
    }

  for (int i = 1; i < argc; i++)
    measure (argv[i]);

  return 0;
}
