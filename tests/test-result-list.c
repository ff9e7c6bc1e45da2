/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of results: read in pages as somebody looks, true to the library as it
 * changes, and the same objects for the same results. */

#include "config.h"

#include "dio-error.h"
#include "library-fixture.h"

#define N_MANY 3000

static void
changed_cb (GListModel *model,
            guint       position,
            guint       n_removed,
            guint       n_added,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_result_list_pages (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  GListModel *model;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, N_MANY);
  list = library_test_list (fixture->library);
  model = G_LIST_MODEL (list);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, N_MANY);
  g_assert_null (g_list_model_get_item (model, N_MANY));

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr(DioResult) result = library_test_read (list, i);

      g_assert_cmpuint (dio_result_get_index (result), ==, N_MANY - i);
    }
}

/* What is asked for last is read first, and what nobody holds is not read. */
static void
test_result_list_dropped (LibraryFixture *fixture,
                          gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(DioResultSlot) far = NULL;
  g_autoptr(DioResultSlot) last = NULL;
  GWeakRef dropped;
  GListModel *model;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, N_MANY);
  list = library_test_list (fixture->library);
  model = G_LIST_MODEL (list);

  /* The first is being read when the others are asked for. */
  g_object_unref (g_list_model_get_item (model, 500));
  g_weak_ref_init (&dropped, NULL);
  far = g_list_model_get_item (model, 1000);
  for (guint i = 1500; i < 2500; i += 100)
    {
      DioResultSlot *slot = g_list_model_get_item (model, i);

      g_weak_ref_set (&dropped, slot);
      g_object_unref (slot);
    }
  last = g_list_model_get_item (model, 2900);

  while (dio_result_slot_get_result (last) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dio_result_slot_get_result (far));
  while (dio_result_slot_get_result (far) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (g_weak_ref_get (&dropped));
  g_weak_ref_clear (&dropped);

  /* Held, a slot is the same for all. */
  g_object_unref (g_list_model_get_item (model, 2900));
  g_assert_cmpint (dio_result_slot_get_number (last), ==, dio_result_get_number (dio_result_slot_get_result (last)));
}

/* However far it is scrolled, few results stay in memory. */
static void
test_result_list_lets_go (LibraryFixture *fixture,
                          gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GPtrArray) weak = g_ptr_array_new_with_free_func (g_free);
  guint n_alive = 0;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, N_MANY);
  list = library_test_list (fixture->library);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr(DioResult) result = library_test_read (list, i);
      GWeakRef *ref = g_new (GWeakRef, 1);

      g_weak_ref_init (ref, result);
      g_ptr_array_add (weak, ref);
    }

  for (guint i = 0; i < weak->len; i++)
    {
      g_autoptr(DioResult) alive = g_weak_ref_get (g_ptr_array_index (weak, i));

      n_alive += alive != NULL;
      g_weak_ref_clear (g_ptr_array_index (weak, i));
    }
  g_assert_cmpuint (n_alive, <, N_MANY / 2);
}

static void
test_result_list_live (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(GString) changes = g_string_new (NULL);
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(DioResult) listed = NULL;
  g_autoptr(DioResultSlot) slot = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  list = library_test_list (fixture->library);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), changes);
  job = library_fixture_add_job (fixture, "a table");
  for (guint i = 0; i < 5; i++)
    {
      g_ptr_array_add (results, library_fixture_add_bytes (fixture, job, i, bytes));
      library_test_wait_for_list (list);
    }
  listed = library_test_read (list, 4);
  g_assert_true (listed == g_ptr_array_index (results, 0));
  slot = g_list_model_get_item (G_LIST_MODEL (list), 3);

  g_string_truncate (changes, 0);
  g_assert_true (library_test_delete (fixture->library, g_ptr_array_index (results, 2), &error));
  library_test_wait_for_list (list);
  g_assert_true (library_test_delete (fixture->library, g_ptr_array_index (results, 0), &error));
  library_test_wait_for_list (list);
  g_assert_cmpstr (changes->str, ==, "2-1+0 3-1+0 ");
  g_assert_true (g_list_model_get_item (G_LIST_MODEL (list), 2) == slot);
  g_object_unref (slot);

  /* Both come back to where they were. */
  g_string_truncate (changes, 0);
  g_assert_true (library_test_restore (fixture->library, g_ptr_array_index (results, 0), &error));
  library_test_wait_for_list (list);
  g_assert_true (library_test_restore (fixture->library, g_ptr_array_index (results, 2), &error));
  library_test_wait_for_list (list);
  g_assert_cmpstr (changes->str, ==, "3-0+1 2-0+1 ");
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(DioResult) result = library_test_read (list, i);

      g_assert_true (result == g_ptr_array_index (results, 4 - i));
    }
}

static void
assert_starts (DioResultList *list,
               guint          position,
               gboolean       day,
               gboolean       job)
{
  g_autoptr(DioResult) result = library_test_read (list, position);
  g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_true (dio_result_slot_get_result (slot) == result);
  g_assert_cmpint (dio_result_slot_get_starts_day (slot), ==, day);
  g_assert_cmpint (dio_result_slot_get_starts_job (slot), ==, job);
}

static void
test_result_list_starts (LibraryFixture *fixture,
                         gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autoptr(DioResultList) list = NULL;
  g_autofree char *none = NULL;
  g_autofree char *none_either = NULL;

  library_fixture_open (fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(DioJob) job = library_fixture_add_job (fixture, "a table");

      g_object_unref (library_fixture_add_bytes (fixture, job, 0, bytes));
      g_object_unref (library_fixture_add_bytes (fixture, job, 1, bytes));
    }
  none = library_fixture_query (fixture, "UPDATE results SET created = 1795867200000000");
  none_either = library_fixture_query (fixture, "UPDATE results SET created = 1795867200000000 - 2 * 86400000000 WHERE seq <= 2");

  library_fixture_open (fixture);
  list = library_test_list (fixture->library);
  assert_starts (list, 0, TRUE, TRUE);
  assert_starts (list, 1, FALSE, FALSE);
  assert_starts (list, 2, FALSE, TRUE);
  assert_starts (list, 3, FALSE, FALSE);
  assert_starts (list, 4, TRUE, TRUE);
  assert_starts (list, 5, FALSE, FALSE);

  query->sort = DIO_RESULT_SORT_OLDEST;
  dio_result_list_set_query (list, query);
  library_test_wait_for_list (list);
  assert_starts (list, 0, TRUE, TRUE);
  assert_starts (list, 1, FALSE, FALSE);
  assert_starts (list, 2, TRUE, TRUE);

  query->sort = DIO_RESULT_SORT_RATING;
  dio_result_list_set_query (list, query);
  library_test_wait_for_list (list);
  assert_starts (list, 0, FALSE, FALSE);
}

/* Whoever hears of every step knows the list. */
static void
mirror_cb (GListModel *model,
           guint       position,
           guint       n_removed,
           guint       n_added,
           gpointer    user_data)
{
  GArray *mirror = user_data;

  if (n_removed > 0)
    g_array_remove_range (mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(DioResultSlot) slot = g_list_model_get_item (model, position + i);
      gint64 number = dio_result_slot_get_number (slot);

      g_array_insert_val (mirror, position + i, number);
    }
}

static void
test_result_list_steps (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GArray) mirror = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(DioResultList) list = NULL;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, 400);
  list = dio_result_list_new (fixture->library);
  g_signal_connect (list, "items-changed", G_CALLBACK (mirror_cb), mirror);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(DioResultQuery) query = dio_result_query_new ();
      guint n;

      query->sort = g_test_rand_int_range (0, 4);
      query->min_rating = g_test_rand_int_range (0, 6);
      if (g_test_rand_bit ())
        query->text = g_strdup_printf ("number %d", g_test_rand_int_range (1, 5));
      dio_result_list_set_query (list, query);
      library_test_wait_for_list (list);

      n = g_list_model_get_n_items (G_LIST_MODEL (list));
      g_assert_cmpuint (mirror->len, ==, n);
      for (guint j = 0; j < n; j++)
        {
          g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (list), j);

          g_assert_cmpint (g_array_index (mirror, gint64, j), ==, dio_result_slot_get_number (slot));
        }
    }
}

static void
test_result_list_find (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GAsyncResult) missed = NULL;
  g_autoptr(GError) error = NULL;
  guint position;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, 500);
  list = library_test_list (fixture->library);

  dio_result_list_find_async (list, "r100", library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (dio_result_list_find_finish (list, finished, &position, &error));
  g_assert_cmpuint (position, ==, 400);

  dio_result_list_find_async (list, "absent", library_test_finished_cb, &missed);
  library_test_wait_for (&missed);
  g_assert_false (dio_result_list_find_finish (list, missed, &position, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

/* A list that is there before the library is open need not ask for its first page;
 * one that comes later does, and finds the same objects. */
static void
test_result_list_ahead (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(DioResultList) early = NULL;
  g_autoptr(DioResultList) late = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *none = NULL;
  GListModel *model;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, 500);
  library_fixture_close (fixture);

  fixture->library = dio_library_new (fixture->folder);
  dio_library_set_reads_ahead (fixture->library, TRUE);
  early = dio_result_list_new (fixture->library);
  model = G_LIST_MODEL (early);
  g_assert_true (library_test_open (fixture->library, &error));
  g_assert_no_error (error);
  while (dio_result_list_get_is_loading (early))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 500);

  for (guint i = 0; i < 96; i++)
    {
      g_autoptr(DioResultSlot) slot = g_list_model_get_item (model, i);

      g_assert_nonnull (dio_result_slot_get_result (slot));
      g_assert_cmpuint (dio_result_get_index (dio_result_slot_get_result (slot)), ==, 500 - i);
      g_assert_true (dio_result_slot_get_starts_day (slot) || i > 0);
    }

  none = library_fixture_query (fixture, "DELETE FROM results WHERE id = 'r500'");
  late = library_test_list (fixture->library);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (late)), ==, 499);
  for (guint i = 0; i < 96; i++)
    {
      g_autoptr(DioResult) result = library_test_read (late, i);
      g_autoptr(DioResult) same = library_test_read (early, i + 1);

      g_assert_true (result == same);
    }
}

/* Slots may live longer than their list, and the list than the window. */
static void
test_result_list_given_up (LibraryFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(DioResultSlot) read = NULL;
  g_autoptr(DioResultSlot) waiting = NULL;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, 500);
  list = library_test_list (fixture->library);
  read = g_list_model_get_item (G_LIST_MODEL (list), 0);
  waiting = g_list_model_get_item (G_LIST_MODEL (list), 400);
  g_clear_object (&list);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (dio_result_slot_get_result (read));
}

static void
progress_cb (guint    n_done,
             gpointer user_data)
{
  guint *n = user_data;

  g_assert_cmpuint (n_done, >, *n);
  *n = n_done;
}

/* In the order that they are asked for in, and none of what is not there. */
static void
test_result_list_many (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GAsyncResult) stopped = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;
  gint64 absent = 1 << 20;
  guint n = 0;

  library_fixture_open (fixture);
  library_fixture_add_rows (fixture, N_MANY);
  list = library_test_list (fixture->library);
  g_array_append_val (numbers, absent);
  for (guint i = N_MANY; i > 0; i--)
    {
      gint64 number = dio_result_list_get_number (list, i - 1);

      g_array_append_val (numbers, number);
    }

  dio_library_load_many_async (fixture->library, numbers, progress_cb, &n, NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  results = dio_library_load_many_finish (fixture->library, finished, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, N_MANY + 1);
  g_assert_cmpuint (results->len, ==, N_MANY);
  for (guint i = 0; i < results->len; i++)
    g_assert_cmpuint (dio_result_get_index (g_ptr_array_index (results, i)), ==, i + 1);

  dio_library_load_many_async (fixture->library, numbers, NULL, NULL, cancellable, library_test_finished_cb, &stopped);
  g_cancellable_cancel (cancellable);
  library_test_wait_for (&stopped);
  g_assert_null (dio_library_load_many_finish (fixture->library, stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define add(path, func) \
  g_test_add ("/result-list/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

static void
count_cb (DioResultList *list,
          GParamSpec    *pspec,
          guint         *n)
{
  *n += 1;
}

/* An index that is damaged knows of results that there are not. */
static void
test_result_list_ghost (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(DioResultSlot) slot = NULL;
  guint n = 0;

  library_fixture_open (fixture);
  g_free (library_fixture_query (fixture, "INSERT INTO results_text (rowid, prompt, title, names, provider, model, tags) "
                                          "VALUES (999, 'ghost', '', '', '', '', '')"));
  list = library_test_list (fixture->library);
  query->text = g_strdup ("ghost");
  dio_result_list_set_query (list, query);
  library_test_wait_for_list (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);

  g_signal_connect (list, "notify::is-loading", G_CALLBACK (count_cb), &n);
  slot = g_list_model_get_item (G_LIST_MODEL (list), 0);
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  g_assert_null (dio_result_slot_get_result (slot));
  /* Once, to see whether it has gone meanwhile. */
  g_assert_cmpuint (n, <=, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("pages", test_result_list_pages);
  add ("dropped", test_result_list_dropped);
  add ("lets-go", test_result_list_lets_go);
  add ("live", test_result_list_live);
  add ("starts", test_result_list_starts);
  add ("steps", test_result_list_steps);
  add ("find", test_result_list_find);
  add ("ahead", test_result_list_ahead);
  add ("many", test_result_list_many);
  add ("given-up", test_result_list_given_up);
  add ("ghost", test_result_list_ghost);

  return g_test_run ();
}
