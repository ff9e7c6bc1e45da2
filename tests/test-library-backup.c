/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library is backed up and brought back whole, or nothing has happened. */

#include "config.h"

#include "dio-backup.h"
#include "dio-error.h"
#include "library-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <unistd.h>

static gboolean has_own_mounts;

typedef struct
{
  LibraryFixture  library;
  char           *other;   /* (owned): a folder for what a library is copied to */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  library_fixture_set_up (&fixture->library, NULL);
  fixture->other = g_dir_make_tmp ("dio-backup-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  library_fixture_tear_down (&fixture->library, NULL);
  library_test_remove_tree (fixture->other);
  g_free (fixture->other);
}

static void
add_result (Fixture *fixture,
            guint    number)
{
  g_autoptr(DioJob) job = library_fixture_add_job (&fixture->library, "a table");
  g_autoptr(GBytes) bytes = library_test_make_bytes (number, 100);
  g_autoptr(DioResult) result = library_fixture_add_bytes (&fixture->library, job, 0, bytes);

  g_assert_nonnull (result);
}

static void
copy (const char *from_folder,
      const char *to_folder,
      const char *name)
{
  g_autofree char *from = g_build_filename (from_folder, name, NULL);
  g_autofree char *to = g_build_filename (to_folder, name, NULL);
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);
  g_autoptr(GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
write_database (const char *folder,
                const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

static gboolean
restore (Fixture  *fixture,
         GError  **error)
{
  g_autofree char *aside = NULL;

  return dio_backup_restore (fixture->other, fixture->library.folder, TRUE, NULL, &aside, error);
}

/* A person copies the folder while the program runs: what was written last is in
 * the log beside the database. */
static void
test_backup_with_log (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  copy (fixture->library.folder, fixture->other, "library.db");
  copy (fixture->library.folder, fixture->other, "library.db-wal");
  library_fixture_close (&fixture->library);

  g_assert_true (restore (fixture, &error));
  g_assert_no_error (error);
  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 1);
}

static void
test_backup_of_others (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char *const databases[] = {
    "",
    "CREATE TABLE photos (id INTEGER PRIMARY KEY);",
    "CREATE TABLE photos (id INTEGER PRIMARY KEY); PRAGMA user_version = 2;",
  };
  g_autofree char *path = g_build_filename (fixture->other, "library.db", NULL);

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  library_fixture_close (&fixture->library);

  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_unlink (path);
      write_database (fixture->other, databases[i]);
      g_assert_false (restore (fixture, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
    }

  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 1);
}

static void
test_backup_of_tomorrow (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  library_fixture_close (&fixture->library);
  copy (fixture->library.folder, fixture->other, "library.db");
  write_database (fixture->other, "PRAGMA user_version = 1000;");

  g_assert_false (restore (fixture, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NEWER);
  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 1);
}

static void
test_backup_unreadable (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *target = g_build_filename (fixture->other, "backup", NULL);
  g_autofree char *pictures = g_build_filename (fixture->library.folder, "pictures", NULL);
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  library_fixture_close (&fixture->library);
  g_assert_true (g_file_set_contents (pictures, "no folder", -1, NULL));

  g_assert_false (dio_backup_make (fixture->library.folder, target, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_true (g_rmdir (fixture->other) == 0 && g_mkdir (fixture->other, 0700) == 0);
}

/* Through a link in a back-up of somebody else, emptying the trash would remove
 * what has nothing to do with the library. */
static void
test_backup_links (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (fixture->other, "backup", NULL);
  g_autofree char *trash = g_build_filename (fixture->other, "backup", "pictures", ".trash", NULL);
  g_autofree char *picture = g_build_filename (fixture->other, "backup", "pictures", "link.png", NULL);
  g_autofree char *restored = g_build_filename (fixture->library.folder, "pictures", ".trash", NULL);
  g_autofree char *linked = g_build_filename (fixture->library.folder, "pictures", "link.png", NULL);
  g_autofree char *photo = g_build_filename (fixture->other, "photo.png", NULL);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  g_assert_true (dio_backup_make (fixture->library.folder, backup, NULL, &error));
  g_assert_no_error (error);
  library_fixture_close (&fixture->library);
  g_assert_cmpint (symlink (fixture->other, trash), ==, 0);
  g_assert_true (g_file_set_contents (photo, "a photo", -1, NULL));
  g_assert_cmpint (symlink (photo, picture), ==, 0);

  g_assert_true (dio_backup_restore (backup, fixture->library.folder, TRUE, NULL, &aside, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (restored, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (linked, G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (linked, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint (library_fixture_count (&fixture->library, "pictures", "2"), ==, 1);
}

/* A folder that is another disk cannot be put aside. What was put aside before it
 * has to come back. */
static void
test_backup_immovable (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (fixture->other, "backup", NULL);
  g_autofree char *pictures = g_build_filename (fixture->library.folder, "pictures", NULL);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  g_assert_true (dio_backup_make (fixture->library.folder, backup, NULL, &error));
  g_assert_no_error (error);
  add_result (fixture, 2);
  library_fixture_close (&fixture->library);

  if (!has_own_mounts || mount (pictures, pictures, NULL, MS_BIND, NULL) != 0)
    {
      g_test_skip ("nothing can be mounted here");
      return;
    }

  g_assert_false (dio_backup_restore (backup, fixture->library.folder, TRUE, NULL, &aside, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_null (aside);
  g_assert_cmpint (umount (pictures), ==, 0);
  g_assert_cmpuint (library_fixture_count (&fixture->library, ".", "before restore"), ==, 0);
  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 2);
}

static void
move (const char *from_folder,
      const char *to_folder,
      const char *name)
{
  g_autofree char *from = g_build_filename (from_folder, name, NULL);
  g_autofree char *to = g_build_filename (to_folder, name, NULL);

  g_assert_cmpint (g_rename (from, to), ==, 0);
}

/* Makes a back-up with one result, and has the library have another besides. */
static char *
make_backup (Fixture *fixture)
{
  g_autofree char *backup = g_build_filename (fixture->other, "backup", NULL);
  g_autoptr(GError) error = NULL;

  library_fixture_open (&fixture->library);
  add_result (fixture, 1);
  g_assert_true (dio_backup_make (fixture->library.folder, backup, NULL, &error));
  g_assert_no_error (error);
  add_result (fixture, 2);
  library_fixture_close (&fixture->library);

  return g_steal_pointer (&backup);
}

/* Killed while it was copied, it is as if it had never begun; nobody touches what
 * somebody is still writing to. */
static void
test_backup_killed_early (Fixture       *fixture,
                          gconstpointer  data)
{
  const char *folder = fixture->library.folder;
  g_autofree char *backup = make_backup (fixture);
  g_autofree char *dead = g_build_filename (folder, "restore.part-12345678", NULL);
  g_autofree char *alive = g_build_filename (folder, "restore.part-abcdef12", NULL);
  g_autofree char *left = g_build_filename (fixture->other, "again.part-12345678", NULL);
  g_autofree char *again = g_build_filename (fixture->other, "again", NULL);
  g_autoptr(GError) error = NULL;
  int fd;

  g_assert_cmpint (g_mkdir (dead, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (alive, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (left, 0700), ==, 0);
  copy (backup, dead, "library.db");
  copy (backup, left, "library.db");
  fd = g_open (alive, O_RDONLY | O_DIRECTORY, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);

  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 2);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_EXISTS));
  close (fd);

  g_assert_true (dio_backup_make (folder, again, NULL, &error));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

/* Killed on the way into its place, wherever that was, it is there at the next
 * start, with its pictures, and what was there is put aside. */
static void
test_backup_killed_late (Fixture       *fixture,
                         gconstpointer  data)
{
  const char *folder = fixture->library.folder;
  guint n_steps = GPOINTER_TO_UINT (data);
  g_autofree char *backup = make_backup (fixture);
  g_autofree char *whole = g_build_filename (folder, "restore.whole-12345678", NULL);
  g_autofree char *aside = g_build_filename (folder, "before restore 2026-11-21 140322", NULL);
  const struct { const char *from, *to, *name; } steps[] = {
    { folder, aside, "library.db" }, { folder, aside, "pictures" },
    { whole, folder, "library.db" }, { whole, folder, "pictures" },
  };
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);

  g_assert_cmpint (g_rename (backup, whole), ==, 0);
  g_assert_cmpint (g_mkdir (aside, 0700), ==, 0);
  for (guint i = 0; i < n_steps; i++)
    move (steps[i].from, steps[i].to, steps[i].name);

  library_fixture_open (&fixture->library);
  g_assert_cmpuint (library_fixture_get_n_results (&fixture->library), ==, 1);
  result = library_fixture_get_result (&fixture->library, 0);
  library_test_assert_file (result, bytes);
  g_assert_false (g_file_test (whole, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (library_fixture_count (&fixture->library, ".", "before restore"), >=, 1);
}

#define add(path, func) g_test_add ("/library-backup/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* Of all threads, so before there is another one. */
  has_own_mounts = unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;

  g_test_init (&argc, &argv, NULL);

  add ("with-log", test_backup_with_log);
  add ("of-others", test_backup_of_others);
  add ("of-tomorrow", test_backup_of_tomorrow);
  add ("unreadable", test_backup_unreadable);
  add ("links", test_backup_links);
  add ("immovable", test_backup_immovable);
  add ("killed-early", test_backup_killed_early);
  for (guint i = 0; i <= 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/library-backup/killed-late/%u", i);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_backup_killed_late, tear_down);
    }

  return g_test_run ();
}
