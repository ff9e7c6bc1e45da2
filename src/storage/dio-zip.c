/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP files whose entries are stored and not compressed: photos are compressed
 * already, any archive program gets them out again, and a file of a stranger is
 * never larger inside than it is outside. Numbers are little-endian. */

#include "config.h"

#include "dio-zip.h"

#include "dio-crc.h"
#include "dio-error.h"

#include <string.h>

#define LOCAL_SIGNATURE   0x04034b50
#define CENTRAL_SIGNATURE 0x02014b50
#define END_SIGNATURE     0x06054b50
#define LOCAL_SIZE        30
#define CENTRAL_SIZE      46
#define END_SIZE          22

#define VERSION_NEEDED 10
#define VERSION_MADE   (3 << 8 | VERSION_NEEDED)  /* 3: modes are those of Unix */
#define MODE           (0100644u << 16)
#define DAY            (1 << 5 | 1)                /* 1 January 1980: the first there is */
#define FLAGS_HARMLESS (1 << 11)                   /* names are in UTF-8 */

static void
entry_free (DioZipEntry *entry)
{
  g_free (entry->name);
  g_bytes_unref (entry->bytes);
  g_free (entry);
}

/**
 * dio_zip_new:
 *
 * Returns: (transfer full) (element-type DioZipEntry): entries, none so far
 */
GPtrArray *
dio_zip_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

/**
 * dio_zip_add:
 * @self: (element-type DioZipEntry): entries
 * @name: ASCII
 * @bytes: what is in it
 */
void
dio_zip_add (GPtrArray  *self,
             const char *name,
             GBytes     *bytes)
{
  DioZipEntry *entry = g_new0 (DioZipEntry, 1);

  entry->name = g_strdup (name);
  entry->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self, entry);
}

static void
put_u16 (GByteArray *array,
         guint16     value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, sizeof little);
}

static void
put_u32 (GByteArray *array,
         guint32     value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, sizeof little);
}

static void
put_name (GByteArray *array,
          const char *name)
{
  g_byte_array_append (array, (const guint8 *) name, strlen (name));
}

/* What both headers of an entry have in common. */
static void
put_common (GByteArray        *array,
            const DioZipEntry *entry,
            guint32            sum)
{
  gsize size = g_bytes_get_size (entry->bytes);

  put_u16 (array, VERSION_NEEDED);
  put_u16 (array, 0);
  put_u16 (array, 0);
  put_u16 (array, 0);
  put_u16 (array, DAY);
  put_u32 (array, sum);
  put_u32 (array, size);
  put_u32 (array, size);
  put_u16 (array, strlen (entry->name));
  put_u16 (array, 0);
}

static guint32
sum_entry (const DioZipEntry *entry)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (entry->bytes, &size);

  return dio_crc32 (data, size);
}

static void
put_central (GByteArray        *array,
             const DioZipEntry *entry,
             guint32            sum,
             guint32            offset)
{
  put_u32 (array, CENTRAL_SIGNATURE);
  put_u16 (array, VERSION_MADE);
  put_common (array, entry, sum);
  put_u16 (array, 0);
  put_u16 (array, 0);
  put_u16 (array, 0);
  put_u32 (array, MODE);
  put_u32 (array, offset);
  put_name (array, entry->name);
}

static void
put_end (GByteArray *array,
         guint       n_entries,
         guint32     offset)
{
  guint32 size = array->len;

  put_u32 (array, END_SIGNATURE);
  put_u16 (array, 0);
  put_u16 (array, 0);
  put_u16 (array, n_entries);
  put_u16 (array, n_entries);
  put_u32 (array, size);
  put_u32 (array, offset);
  put_u16 (array, 0);
}

/**
 * dio_zip_pack:
 * @self: (element-type DioZipEntry): entries, all together below two gigabytes
 *
 * Returns: (transfer full) (element-type GBytes): what the file consists of, in
 *   this order; the entries' bytes are not copied
 */
GPtrArray *
dio_zip_pack (GPtrArray *self)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GByteArray *central = g_byte_array_new ();
  guint64 offset = 0;

  g_return_val_if_fail (self->len < G_MAXUINT16, NULL);

  for (guint i = 0; i < self->len; i++)
    {
      const DioZipEntry *entry = g_ptr_array_index (self, i);
      GByteArray *header = g_byte_array_new ();
      guint32 sum = sum_entry (entry);

      put_u32 (header, LOCAL_SIGNATURE);
      put_common (header, entry, sum);
      put_name (header, entry->name);
      put_central (central, entry, sum, offset);

      offset += header->len + g_bytes_get_size (entry->bytes);
      g_ptr_array_add (pieces, g_byte_array_free_to_bytes (header));
      g_ptr_array_add (pieces, g_bytes_ref (entry->bytes));
    }

  put_end (central, self->len, offset);
  g_ptr_array_add (pieces, g_byte_array_free_to_bytes (central));

  return pieces;
}

static guint16
get_u16 (const guint8 *data)
{
  return data[0] | data[1] << 8;
}

static guint32
get_u32 (const guint8 *data)
{
  return get_u16 (data) | (guint32) get_u16 (data + 2) << 16;
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
is_plain (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;

  return *name != '\0';
}

/* Moves @offset behind an entry. */
static gboolean
read_entry (GBytes     *file,
            gsize      *offset,
            GPtrArray  *entries,
            GError    **error)
{
  gsize total;
  const guint8 *data = g_bytes_get_data (file, &total);
  const guint8 *header = data + *offset;
  gsize rest = total - *offset;
  gsize start;
  g_autofree char *name = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (rest < LOCAL_SIZE)
    return fail (error, "The file is cut off");
  if (get_u16 (header + 8) != 0 || (get_u16 (header + 6) & ~FLAGS_HARMLESS) != 0)
    return fail (error, "The file was packed by another program");

  start = LOCAL_SIZE + get_u16 (header + 26) + get_u16 (header + 28);
  if (rest < start || rest - start < get_u32 (header + 22))
    return fail (error, "The file is cut off");

  name = g_strndup ((const char *) header + LOCAL_SIZE, get_u16 (header + 26));
  bytes = g_bytes_new_from_bytes (file, *offset + start, get_u32 (header + 22));
  if (!is_plain (name) || get_u32 (header + 18) != get_u32 (header + 22) ||
      dio_crc32 (header + start, get_u32 (header + 22)) != get_u32 (header + 14))
    return fail (error, "The file is damaged");

  dio_zip_add (entries, name, bytes);
  *offset += start + get_u32 (header + 22);

  return TRUE;
}

/* The list of entries stands at the end: where that is whole, all is. */
static gboolean
check_end (const guint8 *data,
           gsize         total,
           gsize         offset,
           guint         n_entries)
{
  const guint8 *end = data + total - END_SIZE;

  return total - offset >= END_SIZE + n_entries * CENTRAL_SIZE &&
         get_u32 (end) == END_SIGNATURE &&
         get_u16 (end + 8) == n_entries &&
         get_u16 (end + 10) == n_entries &&
         get_u32 (end + 12) == total - offset - END_SIZE &&
         get_u32 (end + 16) == offset;
}

/**
 * dio_zip_unpack:
 * @file: a file of a stranger
 * @max_entries: how many are taken
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Nothing is copied: the entries' bytes are parts of @file.
 *
 * Returns: (transfer full) (element-type DioZipEntry): its entries, whose
 *   checksums are right; %NULL where @file is no ZIP of stored entries
 */
GPtrArray *
dio_zip_unpack (GBytes  *file,
                guint    max_entries,
                GError **error)
{
  g_autoptr(GPtrArray) entries = dio_zip_new ();
  gsize total;
  const guint8 *data = g_bytes_get_data (file, &total);
  gsize offset = 0;

  while (total - offset >= 4 && get_u32 (data + offset) == LOCAL_SIGNATURE)
    {
      if (entries->len == max_entries)
        {
          fail (error, "There are too many entries in the file");
          return NULL;
        }
      if (!read_entry (file, &offset, entries, error))
        return NULL;
    }

  if (entries->len == 0)
    {
      fail (error, "The file is no composition");
      return NULL;
    }

  if (!check_end (data, total, offset, entries->len))
    {
      fail (error, "The file is cut off or damaged");
      return NULL;
    }

  return g_steal_pointer (&entries);
}
