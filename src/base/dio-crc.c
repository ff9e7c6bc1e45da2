/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checksum of PNG and ZIP, which are both written without a library. */

#include "config.h"

#include "dio-crc.h"

#include <string.h>

/* Eight bytes at a time: pictures are tens of megabytes. */
static const guint32 (*
get_tables (void))[256]
{
  static guint32 tables[8][256];
  static gsize is_made;

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (guint bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? 0xedb88320 : 0);
          tables[0][i] = value;
        }

      for (guint i = 0; i < 256; i++)
        for (guint k = 1; k < 8; k++)
          tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xff];

      g_once_init_leave (&is_made, 1);
    }

  return (const guint32 (*)[256]) tables;
}

static guint32
read_four (const guint8 *data)
{
  guint32 value;

  memcpy (&value, data, sizeof value);

  return GUINT32_FROM_LE (value);
}

/**
 * dio_crc32:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Returns: their CRC-32 with the polynomial of ISO 3309
 */
guint32
dio_crc32 (const guint8 *data,
           gsize         size)
{
  const guint32 (*tables)[256] = get_tables ();
  guint32 sum = 0xffffffff;

  for (; size >= 8; data += 8, size -= 8)
    {
      guint32 low = read_four (data) ^ sum;
      guint32 high = read_four (data + 4);

      sum = tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^ tables[5][low >> 16 & 0xff] ^ tables[4][low >> 24] ^
            tables[3][high & 0xff] ^ tables[2][high >> 8 & 0xff] ^ tables[1][high >> 16 & 0xff] ^ tables[0][high >> 24];
    }

  for (; size > 0; data++, size--)
    sum = sum >> 8 ^ tables[0][(sum ^ *data) & 0xff];

  return ~sum;
}
