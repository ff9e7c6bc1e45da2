/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content has the name that SHA-256 gives it, whoever computes it. */

#include "config.h"

#include "dio-hash.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
test_known (void)
{
  static const struct { const char *text, *hash; } known[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (known[i].text, strlen (known[i].text));
      g_autofree char *hash = dio_hash_bytes (bytes);

      g_assert_cmpstr (hash, ==, known[i].hash);
    }
}

/* Around the borders of its blocks. */
static void
test_lengths (void)
{
  g_autofree guint8 *data = g_malloc (100000);

  for (int i = 0; i < 100000; i++)
    data[i] = i * 7;

  for (int length = 50; length < 100000; length = length < 140 ? length + 1 : length * 2)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (data, length);
      g_autofree char *hash = dio_hash_bytes (bytes);
      g_autofree char *wanted = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);

      g_assert_cmpstr (hash, ==, wanted);
    }
}

static void
test_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "diorama-hash", NULL);
  g_autofree char *data = g_strnfill (1000000, 'a');
  g_autofree char *hash = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, data, -1, &error));
  hash = dio_hash_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (dio_hash_file (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hash/known", test_known);
  g_test_add_func ("/hash/lengths", test_lengths);
  g_test_add_func ("/hash/file", test_file);

  return g_test_run ();
}
