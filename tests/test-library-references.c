/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References are kept once, by their content, and only whole. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"
#include "dio-hash.h"

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

#define add(path, func) \
  g_test_add ("/library-references/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("kept", test_references_kept);
  add ("absent", test_references_absent);

  return g_test_run ();
}
