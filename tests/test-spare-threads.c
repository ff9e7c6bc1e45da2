/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is pushed is done, and gets out of the way of others. */

#include "config.h"

#include "dio-spare-threads.h"

#include <sys/resource.h>

#define N_ITEMS 500

static void
count_cb (gpointer data,
          gpointer user_data)
{
  int *n_done = user_data;

  g_atomic_int_add (n_done, GPOINTER_TO_INT (data));
}

static void
test_spare_threads_all_is_done (void)
{
  int n_done = 0;

  for (guint n = 1; n <= 4; n++)
    {
      DioSpareThreads *threads = dio_spare_threads_new (n, count_cb, &n_done);

      for (guint i = 0; i < N_ITEMS; i++)
        dio_spare_threads_push (threads, GINT_TO_POINTER (1));
      dio_spare_threads_free (threads);
      g_assert_cmpint (n_done, ==, n * N_ITEMS);
    }
}

static void
look_cb (gpointer data,
         gpointer user_data)
{
  int *niceness = data;

  *niceness = getpriority (PRIO_PROCESS, 0);
}

static void
test_spare_threads_priority (void)
{
  DioSpareThreads *threads = dio_spare_threads_new (1, look_cb, NULL);
  int before = getpriority (PRIO_PROCESS, 0);
  int niceness = before;

  dio_spare_threads_push (threads, &niceness);
  dio_spare_threads_free (threads);
  if (before < 10)
    g_assert_cmpint (niceness, >, before);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spare-threads/all-is-done", test_spare_threads_all_is_done);
  g_test_add_func ("/spare-threads/priority", test_spare_threads_priority);

  return g_test_run ();
}
