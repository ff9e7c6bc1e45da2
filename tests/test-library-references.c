/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References are kept once, by their content, and only whole. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"
#include "dio-hash.h"

#define N_KEEPERS 4

static void
test_references_kept (LibraryFixture *fixture,
                         gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (7, 70000);
  g_autofree char *hash = dio_hash_bytes (bytes);
  g_autofree char *path = g_build_filename (fixture->folder, "references", hash, NULL);
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GBytes) twice = NULL;
  g_autoptr(GBytes) loaded = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  kept = dio_library_keep_reference (fixture->library, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, bytes));
  g_assert_true (g_bytes_get_data (kept, NULL) != g_bytes_get_data (bytes, NULL));
  twice = dio_library_keep_reference (fixture->library, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (library_fixture_count (fixture, "references", ""), ==, 1);

  library_fixture_open (fixture);
  loaded = dio_library_load_reference (fixture->library, hash, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, bytes));

  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  g_assert_null (dio_library_load_reference (fixture->library, hash, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Met with in the next run, and mended by the photo itself. */
  library_fixture_open (fixture);
  g_assert_null (dio_library_load_reference (fixture->library, hash, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_pointer (&kept, g_bytes_unref);
  kept = dio_library_keep_reference (fixture->library, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, bytes));
}

static void
test_references_absent (LibraryFixture *fixture,
                                gconstpointer   data)
{
  static const char *const hashes[] = {
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "../../../../../../../../../../../../../../../../../../etc/passwd",
    "../library.db",
    "",
  };

  library_fixture_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dio_library_load_reference (fixture->library, hashes[i], &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
    }
}

typedef struct
{
  DioLibrary *library; /* (owned) */
  GBytes     *bytes;   /* (borrowed) */
  int        *n_ready; /* (borrowed): of the others */
} Keeper;

static gpointer
keep_thread (gpointer data)
{
  Keeper *keeper = data;
  g_autofree char *hash = dio_hash_bytes (keeper->bytes);
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GBytes) loaded = NULL;
  g_autoptr(GError) error = NULL;

  g_atomic_int_add (keeper->n_ready, 1);
  while (g_atomic_int_get (keeper->n_ready) % N_KEEPERS != 0)
    g_thread_yield ();

  kept = dio_library_keep_reference (keeper->library, keeper->bytes, &error);
  g_assert_no_error (error);
  loaded = dio_library_load_reference (keeper->library, hash, &error);
  g_assert_no_error (error);

  return NULL;
}

/* Several programs began with the same photo at the same moment, and one took
 * away what another had just kept. */
static void
test_references_kept_at_once (LibraryFixture *fixture,
                              gconstpointer   data)
{
  Keeper keepers[N_KEEPERS];
  int n_ready = 0;

  for (guint i = 0; i < N_KEEPERS; i++)
    {
      g_autoptr(GError) error = NULL;

      keepers[i].library = dio_library_new (fixture->folder);
      keepers[i].n_ready = &n_ready;
      library_test_open (keepers[i].library, &error);
      g_assert_no_error (error);
    }

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (round, 5000);
      GThread *threads[N_KEEPERS];

      for (guint i = 0; i < N_KEEPERS; i++)
        {
          keepers[i].bytes = bytes;
          threads[i] = g_thread_new ("keeper", keep_thread, &keepers[i]);
        }
      for (guint i = 0; i < N_KEEPERS; i++)
        g_thread_join (threads[i]);
    }

  g_assert_cmpuint (library_fixture_count (fixture, "references", ""), ==, 60);
  for (guint i = 0; i < N_KEEPERS; i++)
    g_object_unref (keepers[i].library);
}

#define add(path, func) \
  g_test_add ("/library-references/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("kept", test_references_kept);
  add ("absent", test_references_absent);
  add ("kept-at-once", test_references_kept_at_once);

  return g_test_run ();
}
