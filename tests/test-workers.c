/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every item is worked on exactly once, by teams of any size. */

#include "config.h"

#include "dio-workers.h"

#define N_ITEMS 1009

static void
count_cb (int      first,
          int      last,
          gpointer user_data)
{
  int *counts = user_data;

  for (int i = first; i < last; i++)
    g_atomic_int_inc (&counts[i]);
}

static void
test_workers_every_item_once (void)
{
  for (guint n = 1; n <= 8; n++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (n, NULL);
      int counts[N_ITEMS] = { 0 };

      g_assert_cmpuint (dio_workers_get_n_threads (workers), ==, n);
      for (int run = 1; run <= 50; run++)
        {
          dio_workers_run (workers, N_ITEMS, 7, count_cb, counts);
          for (int i = 0; i < N_ITEMS; i++)
            g_assert_cmpint (counts[i], ==, run);
        }
    }
}

static void
test_workers_nothing_to_do (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (3, NULL);
  int counts[1] = { 0 };

  dio_workers_run (workers, 0, 16, count_cb, counts);
  g_assert_cmpint (counts[0], ==, 0);
}

static void
cancel_cb (int      first,
           int      last,
           gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_workers_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(DioWorkers) workers = dio_workers_new (2, cancellable);
  int counts[N_ITEMS] = { 0 };

  dio_workers_run (workers, 4, 1, cancel_cb, cancellable);
  g_assert_true (dio_workers_is_cancelled (workers));

  dio_workers_run (workers, N_ITEMS, 7, count_cb, counts);
  for (int i = 0; i < N_ITEMS; i++)
    g_assert_cmpint (counts[i], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workers/every-item-once", test_workers_every_item_once);
  g_test_add_func ("/workers/nothing-to-do", test_workers_nothing_to_do);
  g_test_add_func ("/workers/cancel", test_workers_cancel);

  return g_test_run ();
}
