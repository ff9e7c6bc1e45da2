/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever was done to a composition can be undone, and done again. */

#include "config.h"

#include "dio-composition-history.h"
#include "dio-composition-recall.h"

#define N_RUNS 60
#define N_EDITS 60

static const DioParameter parameters[] = {
  { .name = "size", .kind = DIO_PARAMETER_INTEGER, .minimum = 8, .maximum = 64, .step = 8, .fallback = 16 },
  { .name = "seed", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SEED, .maximum = G_MAXUINT32, .step = 1 },
  { .name = "negative", .kind = DIO_PARAMETER_TEXT, .maximum = 0 },
};

static const DioModelSpec specs[] = {
  { .id = "one", .title = "One", .parameters = parameters, .n_parameters = 3 },
  { .id = "two", .title = "Two", .parameters = parameters, .n_parameters = 2 },
};

typedef struct
{
  DioComposition        *composition;
  DioCompositionHistory *history;
  DioModelInfo          *models[2];
  DioRequest            *request;
  GRand                 *rand;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->rand = g_rand_new_with_seed (7);
  fixture->models[0] = dio_model_info_new ("test", &specs[0]);
  fixture->models[1] = dio_model_info_new ("test", &specs[1]);
  fixture->composition = dio_composition_new ();
  dio_composition_set_model (fixture->composition, fixture->models[0]);
  fixture->history = dio_composition_history_new (fixture->composition);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->composition);
  g_assert_finalize_object (fixture->models[0]);
  g_assert_finalize_object (fixture->models[1]);
  g_clear_object (&fixture->request);
  g_rand_free (fixture->rand);
}

static void
print_values (DioComposition *composition,
              DioModelInfo   *model,
              GString        *text)
{
  g_autoptr(GVariant) given = dio_values_dup_given (dio_composition_get_values (composition, model));
  g_autofree char *printed = g_variant_print (given, FALSE);

  g_string_append_printf (text, "%s: %s\n", dio_model_info_get_id (model), printed);
}

static void
print_bindings (DioComposition *composition,
                GString        *text)
{
  g_autoptr(GArray) mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (composition));

  for (guint i = 0; i < mentions->len; i++)
    {
      DioMention *mention = &g_array_index (mentions, DioMention, i);

      g_string_append_printf (text, "%" G_GSIZE_FORMAT " %s\n", mention->start, dio_reference_get_hash (mention->reference));
    }
}

/* All that a person could see of it, and which photos mentions are bound to. */
static char *
print (Fixture  *fixture,
       gboolean  with_bindings)
{
  DioComposition *composition = fixture->composition;
  DioPrompt *prompt = dio_composition_get_prompt (composition);
  GListModel *references = dio_composition_get_references (composition);
  g_autofree char *words = dio_prompt_dup_text (prompt);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      g_string_append_printf (text, "%s %s %d %d %d\n", dio_reference_get_hash (reference),
                              dio_reference_get_name (reference), dio_reference_get_role (reference),
                              dio_reference_get_enabled (reference), dio_reference_get_by_address (reference));
    }

  g_string_append_printf (text, "“%s” “%s” “%s” %s\n", dio_composition_get_title (composition), words,
                          dio_composition_get_roles (composition),
                          dio_model_info_get_id (dio_composition_get_model (composition)));
  print_values (composition, fixture->models[0], text);
  print_values (composition, fixture->models[1], text);
  if (with_bindings)
    print_bindings (composition, text);

  return g_string_free (text, FALSE);
}

static void
assert_is (Fixture    *fixture,
           const char *expected)
{
  g_autofree char *now = print (fixture, TRUE);

  g_assert_cmpstr (now, ==, expected);
}

static DioReference *
add (Fixture    *fixture,
     const char *name)
{
  static guint counter;
  g_autofree char *content = g_strdup_printf ("photo %u", counter++);
  g_autoptr(GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr(DioReference) reference = dio_reference_new (bytes, "image/png", 4, 3, name);

  dio_reference_set_address (reference, "https://example.com/a.png");
  dio_composition_add_reference (fixture->composition, reference, g_rand_int_range (fixture->rand, 0, 6));

  return reference;
}

/* Returns: (transfer none) (nullable): any photo of the strip */
static DioReference *
pick (Fixture *fixture)
{
  GListModel *references = dio_composition_get_references (fixture->composition);
  guint n = g_list_model_get_n_items (references);
  g_autoptr(DioReference) reference = NULL;

  if (n > 0)
    reference = g_list_model_get_item (references, g_rand_int_range (fixture->rand, 0, n));

  return reference;
}

static void
edit_reference (Fixture *fixture)
{
  DioReference *reference = pick (fixture);
  g_autofree char *name = g_strdup_printf ("name-%d", g_rand_int_range (fixture->rand, 0, 9));

  if (reference == NULL)
    return;

  switch (g_rand_int_range (fixture->rand, 0, 6))
    {
    case 0:
      dio_composition_remove_reference (fixture->composition, reference);
      break;
    case 1:
      dio_composition_move_reference (fixture->composition, reference, g_rand_int_range (fixture->rand, 0, 6));
      break;
    case 2:
      dio_composition_rename_reference (fixture->composition, reference, name, NULL);
      break;
    case 3:
      dio_reference_set_role (reference, g_rand_int_range (fixture->rand, 0, DIO_N_ROLES));
      break;
    case 4:
      dio_reference_set_enabled (reference, g_rand_boolean (fixture->rand));
      break;
    default:
      dio_reference_set_by_address (reference, g_rand_boolean (fixture->rand));
      break;
    }
}

static void
edit_prompt (Fixture *fixture)
{
  static const char *const words[] = { " on the ", "größer ", "\n", "@nobody", "" };
  DioPrompt *prompt = dio_composition_get_prompt (fixture->composition);
  g_autofree char *before = dio_prompt_dup_text (prompt);
  DioReference *reference = pick (fixture);
  g_autofree char *after =
    g_strconcat (words[g_rand_int_range (fixture->rand, 0, G_N_ELEMENTS (words))],
                 g_rand_boolean (fixture->rand) ? before : "", " @",
                 reference != NULL ? dio_reference_get_name (reference) : "", NULL);

  dio_prompt_set_text (prompt, after);
}

static void
edit_values (Fixture *fixture)
{
  DioModelInfo *model = dio_composition_get_model (fixture->composition);
  DioValues *values = dio_composition_get_values (fixture->composition, model);
  g_autofree char *seed = g_strdup_printf ("%u", g_rand_int (fixture->rand));

  switch (g_rand_int_range (fixture->rand, 0, 4))
    {
    case 0:
      dio_values_set (values, "size", g_variant_new_int64 (8 * g_rand_int_range (fixture->rand, 1, 8)), NULL);
      break;
    case 1:
      dio_values_set_text (values, "seed", seed, NULL);
      break;
    case 2:
      dio_values_set_text (values, "negative", seed, NULL);
      break;
    default:
      dio_values_unset (values, "seed");
      break;
    }
}

static void
edit (Fixture *fixture)
{
  switch (g_rand_int_range (fixture->rand, 0, 12))
    {
    case 0:
    case 1:
      add (fixture, "mug.jpg");
      break;
    case 2:
      dio_composition_set_title (fixture->composition, g_rand_boolean (fixture->rand) ? "Still Life" : "");
      break;
    case 3:
      dio_composition_set_roles (fixture->composition, g_rand_boolean (fixture->rand) ? "Image 1 is sold." : NULL);
      break;
    case 4:
      dio_composition_set_model (fixture->composition, fixture->models[g_rand_int_range (fixture->rand, 0, 2)]);
      break;
    case 5:
      if (g_rand_int_range (fixture->rand, 0, 5) == 0)
        dio_composition_clear (fixture->composition);
      break;
    case 6:
      if (fixture->request != NULL && g_rand_boolean (fixture->rand))
        {
          dio_composition_recall (fixture->composition, fixture->request, fixture->models[0], NULL);
        }
      else
        {
          g_clear_object (&fixture->request);
          fixture->request = dio_request_new_to_estimate (fixture->composition, fixture->models[0]);
        }
      break;
    case 7:
    case 8:
      edit_prompt (fixture);
      break;
    case 9:
      edit_values (fixture);
      break;
    default:
      edit_reference (fixture);
      break;
    }

  dio_composition_history_end_step (fixture->history);
}

/* Where only bindings are others, nobody has seen a step. */
static void
edit_and_note (Fixture   *fixture,
               GPtrArray *states)
{
  g_autofree char *before = print (fixture, FALSE);
  g_autofree char *after = NULL;

  edit (fixture);
  after = print (fixture, FALSE);
  if (g_str_equal (before, after))
    g_ptr_array_remove_index (states, states->len - 1);
  g_ptr_array_add (states, print (fixture, TRUE));
}

static void
test_history_random (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint run = 0; run < N_RUNS; run++)
    {
      g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
      guint at;

      dio_composition_history_clear (fixture->history);
      g_ptr_array_add (states, print (fixture, TRUE));
      for (guint i = 0; i < N_EDITS; i++)
        edit_and_note (fixture, states);

      /* To the start, to the end, and about. */
      for (at = states->len - 1; at > 0; at--)
        {
          g_assert_true (dio_composition_history_undo (fixture->history));
          assert_is (fixture, g_ptr_array_index (states, at - 1));
        }
      g_assert_false (dio_composition_history_undo (fixture->history));
      for (; at < states->len - 1; at++)
        {
          g_assert_true (dio_composition_history_redo (fixture->history));
          assert_is (fixture, g_ptr_array_index (states, at + 1));
        }
      g_assert_false (dio_composition_history_redo (fixture->history));
      for (guint i = 0; i < N_EDITS; i++)
        {
          if (g_rand_boolean (fixture->rand))
            at -= dio_composition_history_undo (fixture->history);
          else
            at += dio_composition_history_redo (fixture->history);
          assert_is (fixture, g_ptr_array_index (states, at));
        }
    }
}

static void
type (Fixture    *fixture,
      const char *text)
{
  DioPrompt *prompt = dio_composition_get_prompt (fixture->composition);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *before = dio_prompt_dup_text (prompt);
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p);
      g_autofree char *after = g_strconcat (before, letter, NULL);

      dio_prompt_set_text (prompt, after);
      dio_composition_history_commit (fixture->history);
    }
}

static void
assert_prompt (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *text = dio_prompt_dup_text (dio_composition_get_prompt (fixture->composition));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_history_words (Fixture       *fixture,
                    gconstpointer  data)
{
  add (fixture, "mug.jpg");
  dio_composition_history_commit (fixture->history);
  type (fixture, "a größer @mug there");

  g_assert_true (dio_composition_history_undo (fixture->history));
  assert_prompt (fixture, "a größer @mug ");
  g_assert_true (dio_composition_history_undo (fixture->history));
  assert_prompt (fixture, "a größer ");
  g_assert_true (dio_composition_history_undo (fixture->history));
  assert_prompt (fixture, "a ");

  /* Another beginning is the end of what could be redone. */
  type (fixture, "b");
  g_assert_false (dio_composition_history_get_can_redo (fixture->history));
  g_assert_true (dio_composition_history_undo (fixture->history));
  assert_prompt (fixture, "a ");
  g_assert_true (dio_composition_history_undo (fixture->history));
  assert_prompt (fixture, "");
}

/* A slider on its way is one step, and none when it comes back. */
static void
test_history_slider (Fixture       *fixture,
                     gconstpointer  data)
{
  DioValues *values = dio_composition_get_values (fixture->composition, fixture->models[0]);

  for (int size = 24; size <= 64; size += 8)
    {
      dio_values_set (values, "size", g_variant_new_int64 (size), NULL);
      dio_composition_history_commit (fixture->history);
    }
  dio_values_set_text (values, "seed", "5", NULL);
  dio_composition_history_commit (fixture->history);

  g_assert_true (dio_composition_history_undo (fixture->history));
  g_assert_false (dio_values_is_set (values, "seed"));
  g_assert_cmpint (dio_values_get_integer (values, "size"), ==, 64);
  g_assert_true (dio_composition_history_undo (fixture->history));
  g_assert_cmpint (dio_values_get_integer (values, "size"), ==, 16);
  g_assert_false (dio_composition_history_get_can_undo (fixture->history));

  dio_values_set (values, "size", g_variant_new_int64 (32), NULL);
  dio_composition_history_commit (fixture->history);
  dio_values_unset (values, "size");
  dio_composition_history_commit (fixture->history);
  g_assert_false (dio_composition_history_get_can_undo (fixture->history));
}

/* By itself, when the main loop has nothing else to do: all that was done is one step. */
static void
test_history_idle (Fixture       *fixture,
                   gconstpointer  data)
{
  add (fixture, "mug.jpg");
  dio_prompt_set_text (dio_composition_get_prompt (fixture->composition), "@mug");
  dio_composition_set_title (fixture->composition, "Mug");
  g_assert_false (dio_composition_history_get_can_undo (fixture->history));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (dio_composition_history_get_can_undo (fixture->history));

  g_assert_true (dio_composition_history_undo (fixture->history));
  g_assert_false (dio_composition_history_get_can_undo (fixture->history));
  assert_prompt (fixture, "");

  /* What was undone, and then looked at again, can still be redone. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (dio_composition_history_redo (fixture->history));
  assert_prompt (fixture, "@mug");
  g_assert_cmpstr (dio_composition_get_title (fixture->composition), ==, "Mug");
}

/* Saving is no step, and undoing what came before it does not forget the file. */
static void
test_history_file (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GFile) file = g_file_new_for_path ("/tmp/a.diorama");

  type (fixture, "one");
  g_assert_true (dio_composition_history_get_is_modified (fixture->history));
  dio_composition_set_file (fixture->composition, file);
  dio_composition_set_title (fixture->composition, "a");
  dio_composition_history_mark_saved (fixture->history, dio_composition_state_new (fixture->composition));
  g_assert_false (dio_composition_history_get_is_modified (fixture->history));

  type (fixture, "two");
  g_assert_true (dio_composition_history_get_is_modified (fixture->history));
  dio_composition_history_undo (fixture->history);
  g_assert_false (dio_composition_history_get_is_modified (fixture->history));
  dio_composition_history_undo (fixture->history);
  assert_prompt (fixture, "");
  g_assert_true (g_file_equal (dio_composition_get_file (fixture->composition), file));
  g_assert_cmpstr (dio_composition_get_title (fixture->composition), ==, "a");

  /* A new one has none, until that is undone. */
  dio_composition_history_redo (fixture->history);
  dio_composition_clear (fixture->composition);
  dio_composition_history_commit (fixture->history);
  g_assert_null (dio_composition_get_file (fixture->composition));
  dio_composition_history_undo (fixture->history);
  g_assert_true (g_file_equal (dio_composition_get_file (fixture->composition), file));
  g_assert_false (dio_composition_history_get_is_modified (fixture->history));
}

/* Hours of work do not pile up. */
static void
test_history_bounded (Fixture       *fixture,
                      gconstpointer  data)
{
  guint n = 0;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      dio_composition_set_title (fixture->composition, title);
      dio_composition_history_end_step (fixture->history);
    }

  while (dio_composition_history_undo (fixture->history))
    n++;
  g_assert_cmpuint (n, ==, 200);
  g_assert_cmpstr (dio_composition_get_title (fixture->composition), ==, "299");
}

static void
add_test (const char *path,
          void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/composition-history/random", test_history_random);
  add_test ("/composition-history/words", test_history_words);
  add_test ("/composition-history/slider", test_history_slider);
  add_test ("/composition-history/idle", test_history_idle);
  add_test ("/composition-history/file", test_history_file);
  add_test ("/composition-history/bounded", test_history_bounded);

  return g_test_run ();
}
