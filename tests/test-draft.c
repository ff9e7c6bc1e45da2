/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being edited is kept, is found when nobody has it, and is nobody
 * else's as long as somebody has. */

#include "config.h"

#include "dio-composition-json.h"
#include "dio-draft-keeper.h"
#include "dio-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("diorama-draft-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static guint
count_free (Fixture *fixture)
{
  g_autoptr(GPtrArray) drafts = dio_draft_find (fixture->folder);

  return drafts->len;
}

static void
write_text (DioDraft   *draft,
            const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;

  g_assert_true (dio_draft_write (draft, bytes, &error));
  g_assert_no_error (error);
}

static void
test_draft_claims (Fixture       *fixture,
                   gconstpointer  data)
{
  DioDraft *draft = dio_draft_new (fixture->folder, NULL);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_assert_nonnull (draft);
  write_text (draft, "one");
  write_text (draft, "two");
  g_assert_cmpuint (count_free (fixture), ==, 0);
  dio_draft_free (draft);

  found = dio_draft_find (fixture->folder);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (count_free (fixture), ==, 0);
  bytes = dio_draft_read (g_ptr_array_index (found, 0), NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "two", 3);

  dio_draft_remove (g_ptr_array_index (found, 0));
  g_ptr_array_set_size (found, 0);
  g_assert_cmpuint (count_free (fixture), ==, 0);
}

/* The lock dies with whoever has it, however that ends. */
static void
test_draft_killed (Fixture       *fixture,
                   gconstpointer  data)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      DioDraft *draft = dio_draft_new (fixture->folder, NULL);

      write_text (draft, "kept");
      raise (SIGKILL);
    }

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (count_free (fixture), ==, 1);
}

typedef struct
{
  const char *folder;
  int         is_over; /* atomic */
} Search;

static gpointer
search_thread (gpointer data)
{
  Search *search = data;

  while (!g_atomic_int_get (&search->is_over))
    {
      g_autoptr(GPtrArray) drafts = dio_draft_find (search->folder);

      g_assert_nonnull (drafts);
    }

  return NULL;
}

/* Somebody who looks for drafts clears up just as one is begun. */
static void
test_draft_searched (Fixture       *fixture,
                     gconstpointer  data)
{
  Search search = { fixture->folder, 0 };
  GThread *thread = g_thread_new ("search", search_thread, &search);

  for (guint i = 0; i < 600; i++)
    {
      DioDraft *draft = dio_draft_new (fixture->folder, NULL);

      g_assert_nonnull (draft);
      dio_draft_free (draft);
    }
  for (guint i = 0; i < 20; i++)
    {
      DioDraft *draft = dio_draft_new (fixture->folder, NULL);

      g_assert_nonnull (draft);
      write_text (draft, "kept");
      dio_draft_free (draft);
    }

  g_atomic_int_set (&search.is_over, 1);
  g_thread_join (thread);
  g_assert_cmpuint (count_free (fixture), ==, 20);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static char *
read_prompt (Fixture *fixture)
{
  g_autoptr(GPtrArray) found = dio_draft_find (fixture->folder);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (found->len == 0)
    return NULL;

  g_assert_cmpuint (found->len, ==, 1);
  bytes = dio_draft_read (g_ptr_array_index (found, 0), NULL);
  root = dio_json_parse (bytes, NULL);
  g_assert_true (dio_composition_check_json (root, NULL));

  return g_strdup (dio_json_get_string (json_node_get_object (root), "prompt"));
}

/* A window that is closed right after the last letter loses none. */
static void
test_draft_keeper (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioPrompt *prompt = dio_composition_get_prompt (composition);
  g_autoptr(DioCompositionHistory) history = dio_composition_history_new (composition);
  DioDraftKeeper *keeper = dio_draft_keeper_new (fixture->folder, composition, history);
  g_autofree char *kept = NULL;
  g_autofree char *none = NULL;

  /* Nothing was done yet. */
  settle ();
  g_assert_finalize_object (keeper);
  g_assert_cmpuint (count_free (fixture), ==, 0);

  keeper = dio_draft_keeper_new (fixture->folder, composition, history);
  dio_prompt_set_text (prompt, "one");
  settle ();
  dio_prompt_set_text (prompt, "one two");
  settle ();
  g_assert_finalize_object (keeper);
  kept = read_prompt (fixture);
  g_assert_cmpstr (kept, ==, "one two");

  /* What is as it was saved, or loaded, is left to where it came from. */
  keeper = dio_draft_keeper_new (fixture->folder, composition, history);
  {
    g_autoptr(GPtrArray) found = dio_draft_find (fixture->folder);

    dio_draft_keeper_adopt (keeper, g_ptr_array_steal_index (found, 0));
  }
  dio_composition_history_mark_saved (history, dio_composition_state_new (composition));
  settle ();
  g_assert_finalize_object (keeper);
  none = read_prompt (fixture);
  g_assert_null (none);

  /* Emptied, it is nothing to come back. */
  keeper = dio_draft_keeper_new (fixture->folder, composition, history);
  dio_prompt_set_text (prompt, "one two three");
  settle ();
  dio_composition_clear (composition);
  settle ();
  g_assert_finalize_object (keeper);
  none = read_prompt (fixture);
  g_assert_null (none);
  settle ();
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/draft/claims", test_draft_claims);
  ADD ("/draft/killed", test_draft_killed);
  ADD ("/draft/searched", test_draft_searched);
  ADD ("/draft/keeper", test_draft_keeper);

  return g_test_run ();
}
