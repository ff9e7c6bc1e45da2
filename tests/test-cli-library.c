/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli library: a library of one run is backed up, lost, and there again. */

#include "config.h"

#include "cli-pictures.h"
#include "cli-runner.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Where the program keeps its library. */
static char *
find_library (Bench *bench)
{
  return g_build_filename (bench->folder, "home", "XDG_DATA_HOME", "diorama", "library.db", NULL);
}

static void
compose (Bench *bench)
{
  g_autoptr(Run) run = NULL;

  bench_write (bench, "shore.png", picture_scene (64, 48));
  run = bench_run (bench, "compose", "--scene", "shore.png", "--prompt", "A quiet harbour", "--set", "width=256",
                   "--set", "height=256", "--output", "output", "--quiet", NULL);
  g_assert_cmpint (run->status, ==, 0);
}

static void
assert_finds (Bench *bench,
              guint  n)
{
  g_autoptr(Run) run = bench_run (bench, "library", "search", "quiet harb", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, n);
}

static void
test_back_up_and_restore (Bench         *bench,
                          gconstpointer  data)
{
  g_autofree char *library = find_library (bench);
  g_autoptr(Run) backup = NULL;
  g_autoptr(Run) again = NULL;
  g_autoptr(Run) refused = NULL;
  g_autoptr(Run) restored = NULL;

  compose (bench);
  assert_finds (bench, 1);
  backup = bench_run (bench, "library", "backup", "backup", NULL);
  g_assert_cmpint (backup->status, ==, 0);
  again = bench_run (bench, "library", "backup", "backup", NULL);
  assert_error (again, 18, "backup");

  refused = bench_run (bench, "library", "restore", "backup", NULL);
  assert_error (refused, 18, "--force");
  g_assert_cmpint (g_unlink (library), ==, 0);
  assert_finds (bench, 0);
  restored = bench_run (bench, "library", "restore", "backup", "--force", NULL);
  g_assert_cmpint (restored->status, ==, 0);
  g_assert_nonnull (strstr (restored->out, "before restore"));
  assert_finds (bench, 1);
}

static void
test_check_and_repair (Bench         *bench,
                       gconstpointer  data)
{
  g_autofree char *library = find_library (bench);
  g_autofree char *folder = g_path_get_dirname (library);
  g_autofree char *pictures = g_build_filename (folder, "pictures", NULL);
  g_autofree char *stray = g_build_filename (pictures, "holiday.png", NULL);
  g_autoptr(Run) none = bench_run (bench, "library", "check", NULL);
  g_autoptr(Run) whole = NULL;
  g_autoptr(Run) told = NULL;
  g_autoptr(Run) damaged = NULL;
  g_autoptr(Run) repaired = NULL;
  g_auto(GStrv) names = NULL;
  g_autofree char *picture = NULL;

  assert_error (none, 19, NULL);
  compose (bench);
  whole = bench_run (bench, "library", "check", NULL);
  g_assert_cmpstr (whole->out, ==, "The database is whole.\n1 result\n");

  names = bench_list (pictures);
  picture = g_build_filename (pictures, names[0], NULL);
  g_assert_cmpint (g_rename (picture, stray), ==, 0);
  told = bench_run (bench, "library", "check", NULL);
  g_assert_cmpint (told->status, ==, 0);
  g_assert_nonnull (strstr (told->out, "Missing: "));
  g_assert_nonnull (strstr (told->out, "Not of the library: "));

  g_assert_true (g_file_set_contents (library, "This was a library once.", -1, NULL));
  damaged = bench_run (bench, "library", "check", NULL);
  assert_error (damaged, 23, "library repair");
  repaired = bench_run (bench, "library", "repair", NULL);
  g_assert_cmpint (repaired->status, ==, 0);
  g_assert_nonnull (strstr (repaired->out, "library.db.damaged-"));
  assert_finds (bench, 1);
}

/* The database is lost, or only what it has of a picture: either way the picture
 * is a result again. */
static void
test_adopt (Bench         *bench,
            gconstpointer  data)
{
  g_autofree char *library = find_library (bench);
  g_autoptr(Run) from_job = NULL;
  g_autoptr(Run) from_file = NULL;
  sqlite3 *database = NULL;

  compose (bench);
  g_assert_cmpint (sqlite3_open (library, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "DELETE FROM results", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  assert_finds (bench, 0);
  from_job = bench_run (bench, "library", "repair", NULL);
  g_assert_nonnull (strstr (from_job->out, "1 more was found by its picture."));
  assert_finds (bench, 1);

  g_assert_true (g_file_set_contents (library, "This was a library once.", -1, NULL));
  from_file = bench_run (bench, "library", "repair", NULL);
  g_assert_nonnull (strstr (from_file->out, "1 more was found by its picture."));
  assert_finds (bench, 1);
}

static void
change_library (Bench      *bench,
                const char *sql)
{
  g_autofree char *library = find_library (bench);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (library, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

/* What is in the index alone is not waited for. */
static void
test_search_ghost (Bench         *bench,
                   gconstpointer  data)
{
  compose (bench);
  change_library (bench, "INSERT INTO results_text (rowid, prompt, title, names, provider, model, tags) "
                         "VALUES (999, 'quiet harbour', '', '', '', '', '')");
  assert_finds (bench, 1);
}

/* More days than there have been are not days to come. */
static void
test_empty_trash (Bench         *bench,
                  gconstpointer  data)
{
  static const char *const many[] = { "40000", "150000000", "2147483647" };
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) wrong = bench_run (bench, "library", "empty-trash", "--days", "-1", NULL);

  assert_error (wrong, 2, "--days");
  compose (bench);
  change_library (bench, "UPDATE results SET deleted = 1000");
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      g_autoptr(Run) none = bench_run (bench, "library", "empty-trash", "--days", many[i], NULL);

      g_assert_cmpstr (none->out, ==, "0 results are gone for good.\n");
    }

  run = bench_run (bench, "library", "empty-trash", "--days", "0", NULL);
  g_assert_cmpstr (run->out, ==, "1 result is gone for good.\n");
}

static void
test_wrong (Bench         *bench,
            gconstpointer  data)
{
  g_autoptr(Run) nothing = bench_run (bench, "library", NULL);
  g_autoptr(Run) verb = bench_run (bench, "library", "burn", NULL);
  g_autoptr(Run) missing = bench_run (bench, "library", "backup", NULL);
  g_autoptr(Run) many = bench_run (bench, "library", "search", "a", "b", NULL);
  g_autoptr(Run) no_backup = bench_run (bench, "library", "restore", ".", NULL);

  assert_error (nothing, 2, "backup");
  assert_error (verb, 2, "burn");
  assert_error (missing, 2, "FOLDER");
  assert_error (many, 2, "search");
  assert_error (no_backup, 19, "no back-up");
}

#define add(path, func) g_test_add ("/cli-library/" path, Bench, NULL, bench_set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("back-up-and-restore", test_back_up_and_restore);
  add ("check-and-repair", test_check_and_repair);
  add ("adopt", test_adopt);
  add ("search-ghost", test_search_ghost);
  add ("empty-trash", test_empty_trash);
  add ("wrong", test_wrong);

  return g_test_run ();
}
