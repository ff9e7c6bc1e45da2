/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that come as files are taken over: not copied, not twice, and not
 * before they are safe. */

#include "config.h"

#include "library-fixture.h"

#include "dio-archive.h"
#include "dio-error.h"
#include "dio-picture-name.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define BIG (48 << 20)

/* Puts a whole file where a provider would. */
static DioPicture *
bring (const char *folder,
       guint       index,
       GBytes     *bytes)
{
  g_autofree char *path = g_strdup_printf ("%s/.download-%u", folder, index);
  DioPicture *picture = dio_picture_new (NULL, "png", index, 8, 6);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  picture->file = g_file_new_for_path (path);

  return picture;
}

static const char *
get_path (DioPicture *picture)
{
  return g_file_peek_path (picture->file);
}

static gboolean
is_there (DioPicture *picture)
{
  return g_file_test (get_path (picture), G_FILE_TEST_EXISTS);
}

static DioResult *
add_well (LibraryFixture *fixture,
          DioJob         *job,
          DioPicture     *picture)
{
  g_autoptr(GError) error = NULL;
  DioResult *result = library_test_add_picture (fixture->library, job, picture, &error);

  g_assert_no_error (error);
  g_assert_false (is_there (picture));

  return result;
}

/* Where the library is, and somewhere that is not the same disk. */
static char *
make_other_disk (LibraryFixture *fixture)
{
  g_autofree char *path = g_strdup ("/dev/shm/dio-library-XXXXXX");
  GStatBuf here, there;

  if (g_mkdtemp (path) == NULL)
    return NULL;

  g_assert_cmpint (g_stat (fixture->folder, &here), ==, 0);
  g_assert_cmpint (g_stat (path, &there), ==, 0);
  if (here.st_dev != there.st_dev)
    return g_steal_pointer (&path);

  g_rmdir (path);

  return NULL;
}

static void
test_files_same_disk (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, BIG);
  g_autoptr(DioPicture) picture = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioJob) job = NULL;
  GStatBuf before, after;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  picture = bring (fixture->folder, 0, bytes);
  g_assert_cmpint (g_chmod (get_path (picture), 0644), ==, 0);
  g_assert_cmpint (g_stat (get_path (picture), &before), ==, 0);

  g_test_timer_start ();
  result = add_well (fixture, job, picture);
  g_test_message ("%d MiB taken over in %.3f s", BIG >> 20, g_test_timer_elapsed ());

  /* The same file under another name, and under no third. */
  g_assert_cmpint (g_stat (dio_result_get_path (result), &after), ==, 0);
  g_assert_cmpuint (after.st_ino, ==, before.st_ino);
  g_assert_cmpuint (after.st_nlink, ==, 1);
  g_assert_cmpint (after.st_mode & 0777, ==, 0600);
  library_test_assert_file (result, bytes);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 1);
}

static void
test_files_other_disk (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 3000001);
  g_autofree char *other = make_other_disk (fixture);
  g_autoptr(DioPicture) picture = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioJob) job = NULL;

  if (other == NULL)
    {
      g_test_skip ("there is no second file system");
      return;
    }

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  picture = bring (other, 0, bytes);
  result = add_well (fixture, job, picture);
  library_test_assert_file (result, bytes);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 1);
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

static void
test_files_twice (LibraryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autoptr(GBytes) others = library_test_make_bytes (2, 1000);
  g_autoptr(DioPicture) first = NULL;
  g_autoptr(DioPicture) second = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) again = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  first = bring (fixture->folder, 0, bytes);
  result = add_well (fixture, job, first);
  second = bring (fixture->folder, 0, others);
  again = add_well (fixture, job, second);
  g_assert_true (again == result);
  library_test_assert_file (result, bytes);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 1);
}

/* The program died between the file and its row; the same picture comes again
 * and was there twice. Somebody else's file of that name stays. */
static void
test_files_stray (LibraryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autoptr(GBytes) others = library_test_make_bytes (2, 1000);
  g_autoptr(DioPicture) picture = NULL;
  g_autoptr(DioPicture) different = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) adopted = NULL;
  g_autoptr(DioResult) beside = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  picture = bring (fixture->folder, 0, bytes);
  result = add_well (fixture, job, picture);
  g_free (library_fixture_query (fixture, "DELETE FROM results"));
  g_clear_pointer (&picture, dio_picture_unref);

  library_fixture_close (fixture);
  library_fixture_open (fixture);
  picture = bring (fixture->folder, 0, bytes);
  adopted = add_well (fixture, job, picture);
  g_assert_cmpstr (dio_result_get_path (adopted), ==, dio_result_get_path (result));
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 1);

  g_free (library_fixture_query (fixture, "DELETE FROM results"));
  different = bring (fixture->folder, 0, others);
  beside = add_well (fixture, job, different);
  library_test_assert_file (beside, others);
  library_test_assert_file (result, bytes);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 2);
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* It was paid for: whoever brought it still has it. */
static void
assert_kept (LibraryFixture *fixture,
             DioJob         *job,
             DioPicture     *picture)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (library_test_add_picture (fixture->library, job, picture, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_true (is_there (picture));
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);
}

static void
test_files_no_space (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 3 << 20);
  g_autofree char *other = make_other_disk (fixture);
  g_autoptr(DioPicture) picture = NULL;
  g_autoptr(DioPicture) far = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) second = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  picture = bring (fixture->folder, 0, bytes);
  far = other != NULL ? bring (other, 1, bytes) : NULL;

  /* Enough for a link, not for another page of the log. */
  limit_files (8000);
  assert_kept (fixture, job, picture);
  if (far != NULL)
    assert_kept (fixture, job, far);
  limit_files (RLIM_INFINITY);

  result = add_well (fixture, job, picture);
  library_test_assert_file (result, bytes);
  if (far == NULL)
    return;

  second = add_well (fixture, job, far);
  library_test_assert_file (second, bytes);
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

/* Not a picture's file: gone, a folder, a link to somewhere else. */
static void
test_files_no_file (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioPicture) gone = NULL;
  g_autoptr(DioPicture) folder = dio_picture_new (NULL, "png", 1, 8, 6);
  g_autoptr(DioPicture) symlink = dio_picture_new (NULL, "png", 2, 8, 6);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  DioPicture *pictures[3];
  g_autoptr(DioJob) job = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  gone = bring (fixture->folder, 0, bytes);
  g_assert_cmpint (g_unlink (get_path (gone)), ==, 0);
  folder->file = g_file_new_for_path (fixture->folder);
  symlink->file = g_file_new_for_path (link);
  g_file_make_symbolic_link (symlink->file, "library.db", NULL, &error);
  g_assert_no_error (error);

  pictures[0] = gone;
  pictures[1] = folder;
  pictures[2] = symlink;
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_assert_null (library_test_add_picture (fixture->library, job, pictures[i], &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
      g_test_message ("%s", error->message);
      g_clear_error (&error);
    }
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);
}

/* Puts a mark in front; a picture that comes second stays as it is. */
static GPtrArray *
inscribe_cb (GBytes           *file,
             DioRequest       *request,
             const DioPicture *picture,
             gint64            created,
             gpointer          user_data)
{
  GPtrArray *pieces;

  g_assert_cmpstr (dio_request_get_prompt (request), ==, "a table");
  g_assert_cmpint (created, >, 0);
  if (picture->index == 1)
    return NULL;

  pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (pieces, g_bytes_new_static (user_data, strlen (user_data)));
  g_ptr_array_add (pieces, g_bytes_ref (file));

  return pieces;
}

static void
test_files_inscribed (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr(GBytes) marked = g_bytes_new_static ("mark picture", 12);
  g_autoptr(DioPicture) file = NULL;
  g_autoptr(DioPicture) unmarked = NULL;
  g_autoptr(DioResult) first = NULL;
  g_autoptr(DioResult) second = NULL;
  g_autoptr(DioResult) third = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  dio_library_set_inscribe (fixture->library, inscribe_cb, g_strdup ("mark "), g_free);
  job = library_fixture_add_job (fixture, "a table");
  file = bring (fixture->folder, 0, bytes);
  unmarked = bring (fixture->folder, 1, bytes);

  first = add_well (fixture, job, file);
  library_test_assert_file (first, marked);
  second = add_well (fixture, job, unmarked);
  library_test_assert_file (second, bytes);
  third = library_fixture_add_bytes (fixture, job, 2, bytes);
  library_test_assert_file (third, marked);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 3);
}

/* Pictures of one run come back as a run, in whatever order they are met. The first
 * was lost where another was met before it. */
static void
test_files_adopted (LibraryFixture *fixture,
                    gconstpointer   data)
{
  static const guint order[] = { 2, 0, 1 };
  DioStray stray = { .width = 8, .height = 6, .seed = -1, .created = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC,
                     .prompt = "a table", .provider = "local", .model = "local" };
  g_autoptr(DioArchive) archive = dio_archive_new (fixture->folder);
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autoptr(GArray) numbers = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;
  guint found = 0;

  g_assert_true (dio_archive_open (archive, &error));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *name = dio_picture_name_make (stray.created, stray.prompt, order[i], "png", 0);
      gboolean is_new;

      g_assert_true (dio_archive_adopt (archive, name, &stray, &is_new, &error));
      g_assert_true (is_new);
    }

  numbers = dio_archive_list_numbers (archive, query, &error);
  results = dio_archive_load_numbered (archive, (const gint64 *) (gpointer) numbers->data, numbers->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < results->len; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);

      g_assert_cmpstr (dio_result_get_job_id (result), ==, dio_result_get_job_id (g_ptr_array_index (results, 0)));
      found |= 1u << dio_result_get_index (result);
    }
  g_assert_cmpuint (found, ==, 7);
}

/* A picture is known by its name wherever it was made: the clock that its name was
 * taken from may have been another than ours. */
static void
test_files_adopted_elsewhere (LibraryFixture *fixture,
                              gconstpointer   data)
{
  static const struct
  {
    int      hours;
    int      minutes;
    gboolean is_known;
  } places[] = { { 0, 0, TRUE }, { 13, 45, TRUE }, { -11, 0, TRUE }, { 5, 30, TRUE }, { 0, 7, FALSE }, { 40, 0, FALSE } };
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioArchive) archive = dio_archive_new (fixture->folder);
  g_autofree char *stamp = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  stamp = library_fixture_query (fixture, "SELECT created / 1000000 FROM jobs");
  g_assert_true (dio_archive_open (archive, &error));

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const DioStray stray = { .width = 8, .height = 6, .seed = -1 };
      g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc (g_ascii_strtoll (stamp, NULL, 10));
      g_autoptr(GDateTime) there = g_date_time_add_full (made, 0, 0, 0, places[i].hours, places[i].minutes, 0);
      g_autofree char *time = g_date_time_format (there, "%Y-%m-%d %H%M%S");
      g_autofree char *name = g_strdup_printf ("%s a table %u.png", time, i + 1);
      gboolean is_new;

      g_assert_true (dio_archive_adopt (archive, name, &stray, &is_new, &error));
      g_assert_no_error (error);
      g_assert_cmpint (is_new, ==, places[i].is_known);
    }
}

#define add(path, func) \
  g_test_add ("/library-files/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  signal (SIGXFSZ, SIG_IGN);
  g_test_init (&argc, &argv, NULL);

  add ("same-disk", test_files_same_disk);
  add ("other-disk", test_files_other_disk);
  add ("twice", test_files_twice);
  add ("stray", test_files_stray);
  add ("no-space", test_files_no_space);
  add ("no-file", test_files_no_file);
  add ("inscribed", test_files_inscribed);
  add ("adopted", test_files_adopted);
  add ("adopted-elsewhere", test_files_adopted_elsewhere);

  return g_test_run ();
}
