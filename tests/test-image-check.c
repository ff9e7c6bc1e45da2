/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole pictures pass; what is cut, changed or absurdly large does not. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-check.h"
#include "prepared-photos.h"

#include <string.h>

static gboolean
check (GBytes          *bytes,
       DioImageHeader  *header)
{
  g_autoptr(GError) error = NULL;
  gboolean is_whole = dio_image_check_whole (bytes, header, &error);

  if (is_whole)
    g_assert_no_error (error);
  else
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);

  return is_whole;
}

static void
test_whole (void)
{
  g_autoptr(GBytes) png = photos_make_png (130, 70);
  g_autoptr(GBytes) jpeg = photos_make_jpeg (130, 70);
  g_autoptr(GBytes) webp = photos_make_webp (FALSE);
  DioImageHeader header;

  g_assert_true (check (png, &header));
  g_assert_cmpint (header.format, ==, DIO_IMAGE_FORMAT_PNG);
  g_assert_cmpint (header.width, ==, 130);
  g_assert_true (check (jpeg, &header));
  g_assert_cmpint (header.format, ==, DIO_IMAGE_FORMAT_JPEG);
  g_assert_cmpint (header.height, ==, 70);
  g_assert_true (check (webp, &header));
  g_assert_cmpint (header.format, ==, DIO_IMAGE_FORMAT_WEBP);
}

/* At every length but the whole one. */
static void
assert_cut (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  DioImageHeader header;

  for (gsize length = 0; length < size; length += length < 200 || length + 200 > size ? 1 : 97)
    {
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);

      g_assert_false (check (cut, &header));
    }
}

static void
test_cut (void)
{
  g_autoptr(GBytes) png = photos_make_png (64, 48);
  g_autoptr(GBytes) jpeg = photos_make_jpeg (64, 48);
  g_autoptr(GBytes) webp = photos_make_webp (FALSE);

  assert_cut (png);
  assert_cut (jpeg);
  assert_cut (webp);
}

/* One bit anywhere in a PNG is seen. */
static void
test_changed (void)
{
  g_autoptr(GBytes) png = photos_make_png (64, 48);
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  DioImageHeader header;

  for (gsize at = 0; at < size; at += 7)
    {
      guint8 *copy = g_memdup2 (data, size);
      g_autoptr(GBytes) changed = NULL;

      copy[at] ^= 0x10;
      changed = g_bytes_new_take (copy, size);
      g_assert_false (check (changed, &header));
    }
}

/* What follows the end is nobody's business. */
static void
test_trailing (void)
{
  g_autoptr(GBytes) png = photos_make_png (64, 48);
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  g_autoptr(GByteArray) longer = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  DioImageHeader header;

  g_byte_array_append (longer, data, size);
  g_byte_array_append (longer, (const guint8 *) "garbage", 7);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_true (check (bytes, &header));
}

static void
test_huge (void)
{
  static const guint8 start[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
    0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0, 0, 0, 0,
  };
  g_autoptr(GBytes) bytes = g_bytes_new_static (start, sizeof start);
  g_autoptr(GBytes) small = photos_make_png (64, 48);
  DioImageHeader header;

  g_assert_false (check (bytes, &header));
  g_assert_true (dio_image_header_is_too_large (&header));
  g_assert_true (check (small, &header));
  g_assert_false (dio_image_header_is_too_large (&header));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-check/whole", test_whole);
  g_test_add_func ("/image-check/cut", test_cut);
  g_test_add_func ("/image-check/changed", test_changed);
  g_test_add_func ("/image-check/trailing", test_trailing);
  g_test_add_func ("/image-check/huge", test_huge);

  return g_test_run ();
}
