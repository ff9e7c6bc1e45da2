/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-outs on disk: what was stored comes back, what is damaged does not. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "cut-out-drawing.h"
#include "dio-cut-out-cache.h"

#define HASH "0123456789abcdef"

typedef struct
{
  char           *folder;
  DioCutOutCache *cache;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *parent = g_dir_make_tmp ("diorama-cut-outs-XXXXXX", NULL);

  fixture->folder = g_build_filename (parent, "cut-outs", NULL);
  fixture->cache = dio_cut_out_cache_new (fixture->folder);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  GDir *dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (fixture->folder);
  g_rmdir (parent);

  g_assert_finalize_object (fixture->cache);
  g_free (fixture->folder);
}

static DioCutOut *
make_cut_out (DioPixels *picture)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  DioCutOut *cut_out = dio_cut_out_new (picture, workers, NULL);

  g_assert_nonnull (cut_out);

  return cut_out;
}

static DioCutOut *
make_ring (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_RING, 310, 270);

  return make_cut_out (drawing->picture);
}

static void
assert_same (const DioCutOut *a,
             const DioCutOut *b)
{
  g_assert_nonnull (a);
  g_assert_cmpint (a->flag, ==, b->flag);
  g_assert_cmpint (a->x, ==, b->x);
  g_assert_cmpint (a->y, ==, b->y);
  g_assert_cmpint (a->box_width, ==, b->box_width);
  g_assert_cmpint (a->box_height, ==, b->box_height);
  g_assert_cmpint (a->has_backdrop, ==, b->has_backdrop);
  g_assert_cmpmem (a->backdrop, sizeof a->backdrop, b->backdrop, sizeof b->backdrop);
  g_assert_cmpint (a->rgba->width, ==, b->rgba->width);
  g_assert_cmpint (a->rgba->height, ==, b->rgba->height);
  for (int y = 0; y < a->rgba->height; y++)
    g_assert_cmpmem (dio_pixels_row (a->rgba, y), a->rgba->width * 4,
                     dio_pixels_row (b->rgba, y), b->rgba->width * 4);
}

static char *
find_file (Fixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  name = g_dir_read_name (dir);
  g_assert_nonnull (name);

  return g_build_filename (fixture->folder, name, NULL);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DioCutOut) stored = make_ring ();
  g_autoptr(DioCutOut) before = dio_cut_out_cache_lookup (fixture->cache, HASH);
  g_autoptr(DioCutOut) found = NULL;
  g_autoptr(DioCutOut) other = NULL;

  g_assert_null (before);
  g_assert_true (stored->has_backdrop);

  dio_cut_out_cache_store (fixture->cache, HASH, stored);
  found = dio_cut_out_cache_lookup (fixture->cache, HASH);
  assert_same (found, stored);

  other = dio_cut_out_cache_lookup (fixture->cache, "fedcba9876543210");
  g_assert_null (other);
}

/* Colour under transparent pixels is the picture's own, and stays. */
static void
test_own_alpha (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DioPixels) picture = drawing_plain (61, 47, 4, 90);
  g_autoptr(DioCutOut) stored = NULL;
  g_autoptr(DioCutOut) found = NULL;

  for (int i = 0; i < 61 * 40; i++)
    dio_pixels_row (picture, i / 61)[i % 61 * 4 + 3] = (guint8) (i % 5 * 60);
  stored = make_cut_out (picture);
  g_assert_cmpint (stored->flag, ==, DIO_CUT_OUT_OWN_ALPHA);

  dio_cut_out_cache_store (fixture->cache, HASH, stored);
  found = dio_cut_out_cache_lookup (fixture->cache, HASH);
  assert_same (found, stored);
}

static void
check_ignored (Fixture    *fixture,
               const char *path,
               const char *contents,
               gsize       size)
{
  g_autoptr(DioCutOut) found = NULL;

  g_assert_true (g_file_set_contents (path, contents, size, NULL));
  found = dio_cut_out_cache_lookup (fixture->cache, HASH);
  g_assert_null (found);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DioCutOut) stored = make_ring ();
  g_autoptr(DioCutOut) found = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *longer = NULL;
  gsize size;

  dio_cut_out_cache_store (fixture->cache, HASH, stored);
  path = find_file (fixture);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));

  for (gsize i = 0; i < size; i += i < 128 ? 1 : size / 61)
    {
      contents[i] ^= 0x40;
      check_ignored (fixture, path, contents, size);
      contents[i] ^= 0x40;
    }

  for (gsize n = 0; n < size; n += n < 128 ? 7 : size / 23)
    check_ignored (fixture, path, contents, n);

  longer = g_malloc0 (size + 9);
  memcpy (longer, contents, size);
  check_ignored (fixture, path, longer, size + 9);
  check_ignored (fixture, path, "\211PNG\r\n\032\n", 8);

  /* A damaged file does not stand in the way of a sound one. */
  dio_cut_out_cache_store (fixture->cache, HASH, stored);
  found = dio_cut_out_cache_lookup (fixture->cache, HASH);
  assert_same (found, stored);
}

static void
make_sparse (Fixture    *fixture,
             const char *name,
             goffset     size,
             time_t      used)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  struct utimbuf times = { used, used };

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, size), ==, 0);
  g_assert_cmpint (utime (path, &times), ==, 0);
}

static gboolean
has_file (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* 600 MB of holes: the least recently used goes, and nobody else's file. */
static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DioCutOut) stored = make_ring ();
  g_autoptr(DioCutOut) found = NULL;

  dio_cut_out_cache_store (fixture->cache, HASH, stored);
  make_sparse (fixture, "a-1.cutout", 200 << 20, 3000);
  make_sparse (fixture, "b-1.cutout", 200 << 20, 1000);
  make_sparse (fixture, "c-1.cutout.A1B2C3", 200 << 20, 2000);
  make_sparse (fixture, "notes.txt", 1 << 20, 500);

  dio_cut_out_cache_store (fixture->cache, "ff00", stored);

  g_assert_true (has_file (fixture, "a-1.cutout"));
  g_assert_false (has_file (fixture, "b-1.cutout"));
  g_assert_true (has_file (fixture, "c-1.cutout.A1B2C3"));
  g_assert_true (has_file (fixture, "notes.txt"));

  found = dio_cut_out_cache_lookup (fixture->cache, HASH);
  assert_same (found, stored);
}

/* A folder that cannot be made is nobody's error. */
static void
test_no_folder (void)
{
  g_autoptr(DioCutOutCache) cache = dio_cut_out_cache_new ("/dev/null/cut-outs");
  g_autoptr(DioCutOut) stored = make_ring ();
  g_autoptr(DioCutOut) found = NULL;

  dio_cut_out_cache_store (cache, HASH, stored);
  found = dio_cut_out_cache_lookup (cache, HASH);
  g_assert_null (found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/cut-out-cache/round-trip", test_round_trip);
  ADD ("/cut-out-cache/own-alpha", test_own_alpha);
  ADD ("/cut-out-cache/damaged", test_damaged);
  ADD ("/cut-out-cache/limit", test_limit);
#undef ADD
  g_test_add_func ("/cut-out-cache/no-folder", test_no_folder);

  return g_test_run ();
}
