/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that are compared, and how one of them wins. */

#include "config.h"

#include "dio-compare-set.h"
#include "dio-knock-out.h"

static DioCompareEntry *
make_result (const char *id)
{
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", 0, 40, 30);
  g_autoptr(DioResult) result = dio_result_new (id, "job", "/nowhere.png", 0, "local", "model", "", picture);

  return dio_compare_entry_new_for_result (result);
}

static DioCompareEntry *
make_reference (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(DioReference) reference = dio_reference_new (bytes, "image/png", 20, 10, "a.png");

  return dio_compare_entry_new_for_reference (reference);
}

static char
get_letter (DioCompareSet *set,
            guint          position)
{
  g_autoptr(DioCompareEntry) entry = g_list_model_get_item (G_LIST_MODEL (set), position);

  return dio_compare_entry_get_letter (entry);
}

static void
test_set (void)
{
  DioCompareSet *set = dio_compare_set_new ();
  g_autoptr(DioCompareEntry) one = make_result ("one");
  g_autoptr(DioCompareEntry) same = make_result ("one");
  g_autoptr(DioCompareEntry) two = make_result ("two");
  g_autoptr(DioCompareEntry) photo = make_reference ("photo");
  g_auto(GStrv) keys = NULL;

  g_assert_true (dio_compare_set_add (set, one));
  g_assert_false (dio_compare_set_add (set, same));
  g_assert_true (dio_compare_set_add (set, photo));
  g_assert_true (dio_compare_set_add (set, two));
  g_assert_cmpint (get_letter (set, 0), ==, 'A');
  g_assert_cmpint (get_letter (set, 1), ==, 0);
  g_assert_cmpint (get_letter (set, 2), ==, 'B');

  dio_compare_set_move (set, 2, 0);
  g_assert_cmpint (dio_compare_entry_get_letter (two), ==, 'A');
  keys = dio_compare_set_dup_keys (set);
  g_assert_cmpstr (keys[0], ==, "result:two");
  g_assert_cmpstr (keys[1], ==, "result:one");
  g_assert_true (g_str_has_prefix (keys[2], "reference:"));
  dio_compare_set_remove (set, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==, 2);

  g_assert_finalize_object (set);
}

static void
test_full (void)
{
  DioCompareSet *set = dio_compare_set_new ();
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      g_ptr_array_add (entries, make_result (id));
    }

  dio_compare_set_replace (set, entries);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==, DIO_COMPARE_MAX);
  g_assert_cmpint (get_letter (set, 8), ==, 'I');
  g_assert_false (dio_compare_set_add (set, g_ptr_array_index (entries, 11)));

  g_assert_finalize_object (set);
}

static void
test_keys (void)
{
  gboolean is_reference;
  const char *id;

  g_assert_true (dio_compare_key_parse ("result:a:b", &is_reference, &id));
  g_assert_false (is_reference);
  g_assert_cmpstr (id, ==, "a:b");
  g_assert_true (dio_compare_key_parse ("reference:0f", &is_reference, &id));
  g_assert_true (is_reference);
  g_assert_false (dio_compare_key_parse ("reference:", &is_reference, &id));
  g_assert_false (dio_compare_key_parse ("", &is_reference, &id));
  g_assert_false (dio_compare_key_parse ("something", &is_reference, &id));
}

static void
test_knock_out (void)
{
  g_autoptr(DioKnockOut) rounds = dio_knock_out_new (4);
  guint holder, challenger, winner;

  g_assert_false (dio_knock_out_can_undo (rounds));
  g_assert_true (dio_knock_out_get_pair (rounds, &holder, &challenger));
  g_assert_cmpuint (holder, ==, 0);
  g_assert_cmpuint (challenger, ==, 1);

  dio_knock_out_decide (rounds, FALSE);
  g_assert_true (dio_knock_out_is_out (rounds, 0));
  g_assert_false (dio_knock_out_is_out (rounds, 1));
  g_assert_false (dio_knock_out_is_out (rounds, 3));
  dio_knock_out_decide (rounds, TRUE);
  g_assert_true (dio_knock_out_get_pair (rounds, &holder, &challenger));
  g_assert_cmpuint (holder, ==, 1);
  g_assert_cmpuint (challenger, ==, 3);
  g_assert_false (dio_knock_out_get_winner (rounds, &winner));

  dio_knock_out_decide (rounds, FALSE);
  g_assert_false (dio_knock_out_get_pair (rounds, &holder, &challenger));
  g_assert_true (dio_knock_out_get_winner (rounds, &winner));
  g_assert_cmpuint (winner, ==, 3);

  dio_knock_out_undo (rounds);
  dio_knock_out_decide (rounds, TRUE);
  g_assert_true (dio_knock_out_get_winner (rounds, &winner));
  g_assert_cmpuint (winner, ==, 1);
}

/* However it goes, all but the winner are out, after one round less than there
 * are things, and undoing all of it leads back to the beginning. */
static void
test_knock_out_random (void)
{
  for (guint n = 2; n <= DIO_COMPARE_MAX; n++)
    {
      g_autoptr(DioKnockOut) rounds = dio_knock_out_new (n);
      guint holder, challenger, winner;

      while (dio_knock_out_get_pair (rounds, &holder, &challenger))
        {
          g_assert_false (dio_knock_out_is_out (rounds, holder));
          g_assert_false (dio_knock_out_is_out (rounds, challenger));
          dio_knock_out_decide (rounds, g_test_rand_bit ());
        }

      g_assert_cmpuint (dio_knock_out_get_round (rounds), ==, n - 1);
      g_assert_true (dio_knock_out_get_winner (rounds, &winner));
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (dio_knock_out_is_out (rounds, i), ==, i != winner);

      while (dio_knock_out_can_undo (rounds))
        dio_knock_out_undo (rounds);
      g_assert_true (dio_knock_out_get_pair (rounds, &holder, &challenger));
      g_assert_cmpuint (challenger, ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compare-set/set", test_set);
  g_test_add_func ("/compare-set/full", test_full);
  g_test_add_func ("/compare-set/keys", test_keys);
  g_test_add_func ("/compare-set/knock-out", test_knock_out);
  g_test_add_func ("/compare-set/knock-out/random", test_knock_out_random);

  return g_test_run ();
}
