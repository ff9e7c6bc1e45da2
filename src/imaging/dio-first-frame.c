/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a film to its first picture, before it is decoded: the others need not be
 * unpacked, and strangers' files are kept away from the loaders' code for films,
 * which is their weakest: webp-pixbuf-loader 0.2 leaks when a frame is damaged. */

#include "config.h"

#include "dio-first-frame-private.h"
#include "dio-image-header-private.h"

#include <string.h>

#define GIF_TRAILER 0x3b

#define CHUNK_ANMF DIO_FOURCC_LE ('A', 'N', 'M', 'F')
#define CHUNK_ICCP DIO_FOURCC_LE ('I', 'C', 'C', 'P')
#define CHUNK_VP8X DIO_FOURCC_LE ('V', 'P', '8', 'X')

#define WEBP_FLAG_PROFILE 0x20
#define WEBP_FLAG_ALPHA   0x10

typedef struct
{
  DioByteReader canvas;
  DioByteReader profile;
  DioByteReader frame;
} Film;

static GBytes *
cut_gif (DioByteReader file)
{
  gsize end = dio_gif_find_first_end (file);
  GByteArray *still = g_byte_array_sized_new (end + 1);
  const guint8 trailer = GIF_TRAILER;

  g_byte_array_append (still, file.data, end);
  g_byte_array_append (still, &trailer, 1);

  return g_byte_array_free_to_bytes (still);
}

static Film
open_film (DioByteReader file)
{
  Film film = { 0 };
  DioByteReader chunks;

  dio_byte_reader_skip (&file, 4);
  chunks = dio_byte_reader_slice (&file, dio_byte_reader_u32 (&file));
  dio_byte_reader_skip (&chunks, 4);

  while (film.frame.data == NULL && !chunks.failed)
    {
      guint32 name = dio_byte_reader_u32 (&chunks);
      guint32 length = dio_byte_reader_u32 (&chunks);
      DioByteReader chunk = dio_byte_reader_slice (&chunks, length);

      dio_byte_reader_skip (&chunks, length % 2);

      if (name == CHUNK_VP8X)
        film.canvas = chunk;
      else if (name == CHUNK_ICCP)
        film.profile = chunk;
      else if (name == CHUNK_ANMF)
        film.frame = chunk;
    }

  return film;
}

/* Reads up to the frame's own chunks. */
static gboolean
covers_canvas (DioByteReader        *frame,
               const DioImageHeader *header)
{
  guint32 x = dio_byte_reader_u24 (frame);
  guint32 y = dio_byte_reader_u24 (frame);
  int width = dio_byte_reader_u24 (frame) + 1;
  int height = dio_byte_reader_u24 (frame) + 1;

  /* How long it is shown, and how the next is drawn over it. */
  dio_byte_reader_skip (frame, 4);

  return !frame->failed && x == 0 && y == 0 && width == header->width && height == header->height;
}

static void
add_u32 (GByteArray *webp,
         guint32     value)
{
  guint32 bytes = GUINT32_TO_LE (value);

  g_byte_array_append (webp, (const guint8 *) &bytes, 4);
}

static void
add_chunk (GByteArray    *webp,
           guint32        name,
           DioByteReader  data)
{
  static const guint8 padding;

  add_u32 (webp, name);
  add_u32 (webp, data.size);
  g_byte_array_append (webp, data.data, data.size);
  g_byte_array_append (webp, &padding, data.size % 2);
}

static GBytes *
join_still (const Film *film)
{
  GByteArray *webp = g_byte_array_new ();
  guint8 canvas[10];
  guint32 size;

  memcpy (canvas, film->canvas.data, sizeof canvas);
  canvas[0] &= film->profile.data != NULL ? WEBP_FLAG_PROFILE | WEBP_FLAG_ALPHA : WEBP_FLAG_ALPHA;

  g_byte_array_append (webp, (const guint8 *) "RIFFsizeWEBP", 12);
  add_chunk (webp, CHUNK_VP8X, dio_byte_reader_init (canvas, sizeof canvas, TRUE));
  if (canvas[0] & WEBP_FLAG_PROFILE)
    add_chunk (webp, CHUNK_ICCP, film->profile);
  g_byte_array_append (webp, film->frame.data + film->frame.position, dio_byte_reader_left (&film->frame));

  size = GUINT32_TO_LE (webp->len - 8);
  memcpy (webp->data + 4, &size, 4);

  return g_byte_array_free_to_bytes (webp);
}

static GBytes *
cut_webp (DioByteReader         file,
          const DioImageHeader *header)
{
  Film film = open_film (file);

  if (film.canvas.size < 10 || film.frame.data == NULL || !covers_canvas (&film.frame, header))
    return NULL;

  return join_still (&film);
}

/**
 * dio_first_frame_extract:
 * @bytes: a file
 * @header: what it says of itself
 *
 * A WebP film whose first frame is smaller than the film is left as it is.
 *
 * Returns: (transfer full): a file with one picture, or @bytes
 */
GBytes *
dio_first_frame_extract (GBytes               *bytes,
                         const DioImageHeader *header)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  DioByteReader file = dio_byte_reader_init (data, size, TRUE);
  GBytes *still = NULL;

  if (header->format == DIO_IMAGE_FORMAT_GIF)
    still = cut_gif (file);
  else if (header->format == DIO_IMAGE_FORMAT_WEBP)
    still = cut_webp (file, header);

  return still != NULL ? still : g_bytes_ref (bytes);
}
