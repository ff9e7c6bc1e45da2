/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads numbers from strangers' bytes. A read beyond the end gives 0 and is
 * remembered in @failed, so that a parser checks once, when it is through. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioByteReader:
 * @data: the bytes, borrowed
 * @size: how many
 * @position: where the next read begins, at most @size
 * @little_endian: the order of the bytes in a number
 * @failed: a read went beyond the end
 */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         position;
  gboolean      little_endian;
  gboolean      failed;
} DioByteReader;

/* A four letter name as it is read from a file of the reader's byte order. */
#define DIO_FOURCC_BE(a, b, c, d) (((guint32) (a) << 24) | ((guint32) (b) << 16) | ((guint32) (c) << 8) | (guint32) (d))
#define DIO_FOURCC_LE(a, b, c, d) DIO_FOURCC_BE (d, c, b, a)

static inline DioByteReader
dio_byte_reader_init (const guint8 *data,
                      gsize         size,
                      gboolean      little_endian)
{
  return (DioByteReader) { data, size, 0, little_endian, FALSE };
}

static inline gsize
dio_byte_reader_left (const DioByteReader *self)
{
  return self->size - self->position;
}

/* The next @n bytes, or NULL. */
static inline const guint8 *
dio_byte_reader_take (DioByteReader *self,
                      guint64        n)
{
  const guint8 *start;

  if (self->failed || n > dio_byte_reader_left (self))
    {
      self->failed = TRUE;
      return NULL;
    }

  start = self->data + self->position;
  self->position += n;

  return start;
}

static inline void
dio_byte_reader_skip (DioByteReader *self,
                      guint64        n)
{
  dio_byte_reader_take (self, n);
}

static inline void
dio_byte_reader_seek (DioByteReader *self,
                      guint64        position)
{
  if (position > self->size)
    self->failed = TRUE;
  else
    self->position = position;
}

/* A reader of the next @n bytes; it has failed where there are not as many. */
static inline DioByteReader
dio_byte_reader_slice (DioByteReader *self,
                       guint64        n)
{
  const guint8 *start = dio_byte_reader_take (self, n);

  return (DioByteReader) { start, start != NULL ? n : 0, 0, self->little_endian, start == NULL };
}

static inline guint64
dio_byte_reader_number (DioByteReader *self,
                        int            n_bytes)
{
  const guint8 *bytes = dio_byte_reader_take (self, n_bytes);
  guint64 value = 0;

  for (int i = 0; bytes != NULL && i < n_bytes; i++)
    value = value << 8 | bytes[self->little_endian ? n_bytes - 1 - i : i];

  return value;
}

static inline guint8
dio_byte_reader_u8 (DioByteReader *self)
{
  return dio_byte_reader_number (self, 1);
}

static inline guint16
dio_byte_reader_u16 (DioByteReader *self)
{
  return dio_byte_reader_number (self, 2);
}

static inline guint32
dio_byte_reader_u24 (DioByteReader *self)
{
  return dio_byte_reader_number (self, 3);
}

static inline guint32
dio_byte_reader_u32 (DioByteReader *self)
{
  return dio_byte_reader_number (self, 4);
}

static inline guint64
dio_byte_reader_u64 (DioByteReader *self)
{
  return dio_byte_reader_number (self, 8);
}

G_END_DECLS
