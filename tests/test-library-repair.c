/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that is damaged where it hurts, or of an earlier version, is made
 * anew; what is kept of it is kept to the last byte. */

#include "config.h"

#include "dio-archive-private.h"
#include "dio-repair.h"
#include "library-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PAGE_SIZE 4096
/* The first byte of a page that has rows of a table. */
#define LEAF 0x0d

static gboolean has_own_mounts;
static gboolean has_links = TRUE;

/* In the place of the C library's, for all that is linked into this program. */
int
link (const char *from,
      const char *to)
{
  if (has_links)
    return linkat (AT_FDCWD, from, AT_FDCWD, to, 0);

  errno = EPERM;

  return -1;
}

static void
add_results (LibraryFixture *fixture,
             guint           n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DioJob) job = library_fixture_add_job (fixture, "a table");
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, 100);
      g_autoptr(DioResult) result = library_fixture_add_bytes (fixture, job, 0, bytes);

      g_assert_nonnull (result);
    }
}

static void
repair (LibraryFixture *fixture,
        DioRepair      *report)
{
  g_autoptr(GError) error = NULL;

  dio_repair_library (fixture->folder, report, &error);
  g_assert_no_error (error);
}

/* Makes the page useless that @text is in. */
static void
damage_leaf (const char *path,
             const char *text)
{
  g_autofree char *data = NULL;
  gboolean is_damaged = FALSE;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize start = 0; start < size; start += PAGE_SIZE)
    {
      if (data[start] != LEAF || memmem (data + start, PAGE_SIZE, text, strlen (text)) == NULL)
        continue;

      memset (data + start, 0xff, PAGE_SIZE);
      is_damaged = TRUE;
    }

  g_assert_true (is_damaged);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
}

/* What was written last is what is damaged most often, and then nothing tells how
 * many rows there were. To look for all that there could be would take for ever. */
static void
test_repair_last_page (LibraryFixture *fixture,
                       gconstpointer   data)
{
  static const char *const tables[] = { "results", "jobs" };
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);

  library_fixture_open (fixture);
  add_results (fixture, 100);
  library_fixture_close (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s ORDER BY rowid DESC LIMIT 1", tables[i]);
      g_autofree char *last = library_fixture_query (fixture, sql);
      g_auto(DioRepair) report = { 0 };

      damage_leaf (path, last);
      repair (fixture, &report);
      g_assert_cmpuint (report.n_results, >, 60);
      g_assert_cmpuint (report.n_jobs, >, 60);
    }
}

/* An update begins with a library of before, which may be damaged. */
static void
test_repair_of_yesterday (LibraryFixture *fixture,
                          gconstpointer   data)
{
  const char *const migrations[] = { _dio_archive_migrations[0], _dio_archive_migrations[1], NULL };
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) result = NULL;
  g_auto(DioRepair) report = { 0 };
  DioDatabase *database = dio_database_open (path, migrations, &error);

  g_assert_no_error (error);
  dio_database_run (database, &error,
                    "INSERT INTO jobs (id, provider, model, title, prompt, request, state, created, updated) VALUES "
                    "('a', 'local', 'm', 'Breakfast', 'a table', ?, 'done', 1000, 2000)", "s",
                    "{\"references\":[{\"name\":\"watch\",\"hash\":\"abc\"}]}");
  g_assert_no_error (error);
  dio_database_run (database, &error,
                    "INSERT INTO results (id, job_id, idx, path, width, height, seed, seconds, notes, created, provider,"
                    "  model, prompt) VALUES ('r', 'a', 0, 'r.png', 8, 6, 5, 1.5, '[]', 1500, 'local', 'm', 'a table')", "");
  g_assert_no_error (error);
  dio_database_free (database);

  repair (fixture, &report);
  g_assert_cmpuint (report.n_results, ==, 1);
  library_fixture_open (fixture);
  result = library_fixture_get_result (fixture, 0);
  g_assert_nonnull (dio_result_get_parents (result));
  g_assert_cmpstr (dio_result_get_parents (result)[0], ==, "abc");
  g_assert_cmpuint (library_fixture_count (fixture, ".", "library.db.part"), ==, 0);
}

/* As much as it takes to leave @room on the disk of @folder. */
static void
fill_disk (const char *folder,
           guint64     room)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  g_autofree char *zeros = NULL;
  struct statvfs info;
  guint64 left;

  g_unlink (path);
  g_assert_cmpint (statvfs (folder, &info), ==, 0);
  left = (guint64) info.f_bavail * info.f_bsize;
  g_assert_cmpuint (left, >=, room);
  zeros = g_malloc0 (left - room);
  g_assert_true (g_file_set_contents (path, zeros, left - room, NULL));
}

/* Wherever it ends on a full disk, the rows are in the old file or in the new. */
static void
test_repair_no_space (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *filler = g_build_filename (fixture->folder, "filler", NULL);
  gboolean is_repaired = FALSE;

  if (!has_own_mounts || mount ("none", fixture->folder, "tmpfs", 0, "size=16m") != 0)
    {
      g_test_skip ("nothing can be mounted here");
      return;
    }

  library_fixture_open (fixture);
  add_results (fixture, 50);
  library_fixture_close (fixture);

  for (guint64 room = 64 << 10; room < (2 << 20); room += 48 << 10)
    {
      g_auto(DioRepair) report = { 0 };
      g_autofree char *n_results = NULL;

      fill_disk (fixture->folder, room);
      is_repaired = dio_repair_library (fixture->folder, &report, NULL);
      g_assert_cmpuint (library_fixture_count (fixture, ".", "library.db.part"), ==, 0);
      n_results = library_fixture_query (fixture, "SELECT count (*) FROM results");
      g_assert_cmpstr (n_results, ==, "50");
      if (report.aside != NULL)
        g_unlink (report.aside);
    }

  g_assert_true (is_repaired);
  g_unlink (filler);
  library_fixture_close (fixture);
  g_assert_cmpint (umount2 (fixture->folder, MNT_DETACH), ==, 0);
}

static void
assert_same (const char *folder,
             const char *name,
             const char *other)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GBytes) bytes = library_test_read_file (path);
  g_autoptr(GBytes) others = library_test_read_file (other);

  g_assert_true (g_bytes_equal (bytes, others));
}

/* Another tool may get more out of them. */
static void
test_repair_keeps_log (LibraryFixture *fixture,
                       gconstpointer   data)
{
  static const char *const names[] = { "library.db", "library.db-wal" };
  LibraryFixture other = { 0 };
  g_auto(DioRepair) report = { 0 };
  g_autofree char *log = NULL;

  library_fixture_set_up (&other, NULL);
  library_fixture_open (fixture);
  add_results (fixture, 3);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (fixture->folder, names[i], NULL);
      g_autofree char *to = g_build_filename (other.folder, names[i], NULL);
      g_autoptr(GBytes) bytes = library_test_read_file (from);

      g_assert_true (g_file_set_contents (to, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
    }

  repair (&other, &report);
  g_assert_cmpuint (report.n_results, ==, 3);
  log = g_strconcat (report.aside, "-wal", NULL);
  assert_same (fixture->folder, "library.db", report.aside);
  assert_same (fixture->folder, "library.db-wal", log);
  library_fixture_tear_down (&other, NULL);
}

#define add(path, func) \
  g_test_add ("/library-repair/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

/* FAT gives no file a second name. */
static void
test_repair_without_links (LibraryFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_auto(DioRepair) report = { 0 };
  g_autoptr(GBytes) damaged = NULL;
  g_autoptr(GBytes) kept = NULL;

  library_fixture_open (fixture);
  add_results (fixture, 3);
  library_fixture_close (fixture);
  g_assert_cmpint (truncate (path, 3 * PAGE_SIZE), ==, 0);
  damaged = library_test_read_file (path);

  has_links = FALSE;
  repair (fixture, &report);
  has_links = TRUE;
  kept = library_test_read_file (report.aside);
  g_assert_true (g_bytes_equal (damaged, kept));
  library_fixture_open (fixture);
}

int
main (int   argc,
      char *argv[])
{
  /* Of all threads, so before there is another one. */
  has_own_mounts = unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;

  g_test_init (&argc, &argv, NULL);

  add ("last-page", test_repair_last_page);
  add ("of-yesterday", test_repair_of_yesterday);
  add ("keeps-log", test_repair_keeps_log);
  add ("no-space", test_repair_no_space);
  add ("without-links", test_repair_without_links);

  return g_test_run ();
}
