/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door through which picture bytes become pixels. gdk-pixbuf decodes;
 * what may reach it, and whether what it hands back is whole, is judged here.
 * May be called from any thread. */

#include "config.h"

#include "dio-image-decode.h"
#include "dio-image-stored-private.h"

#include "dio-colour-profile-private.h"
#include "dio-error.h"
#include "dio-first-frame-private.h"
#include "dio-mapped-bytes.h"
#include "dio-orient-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Bytes between two looks at the cancellable. */
#define CHUNK (64 * 1024)

typedef struct
{
  /* Given. */
  const DioImageHeader *header;
  int                   min_side;

  /* Under way. */
  int      shrink;     /* the loader was asked for one part in this many */
  int      n_rows;     /* rows that have arrived */
  gboolean is_turned;  /* the loader has applied the orientation */
  gboolean is_another; /* the size is not what the header says */
} Load;

static gboolean
is_turned_by_decoder (const DioImageHeader *header)
{
  return header->format == DIO_IMAGE_FORMAT_HEIF || header->format == DIO_IMAGE_FORMAT_AVIF ||
         header->format == DIO_IMAGE_FORMAT_JXL;
}

static int
divide_up (int size,
           int by)
{
  return (size + by - 1) / by;
}

/* libjpeg decodes a half, a quarter or an eighth in a fraction of the time. */
static int
choose_shrink (const DioImageHeader *header,
               int                   min_side)
{
  int shrink = 8;

  if (min_side <= 0 || header->format != DIO_IMAGE_FORMAT_JPEG)
    return 1;

  while (shrink > 1 && divide_up (MAX (header->width, header->height), shrink) < min_side)
    shrink /= 2;

  return shrink;
}

/* The decoders of these crop and turn by what is written in them. */
static gboolean
is_size_credible (const Load *load,
                  int         width,
                  int         height)
{
  const DioImageHeader *header = load->header;

  if (is_turned_by_decoder (header))
    return MAX (width, height) <= MAX (header->width, header->height) &&
           MIN (width, height) <= MIN (header->width, header->height);

  return load->is_turned ? width == header->height && height == header->width
                         : width == header->width && height == header->height;
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Load            *load)
{
  const DioImageHeader *header = load->header;

  if (header->format == DIO_IMAGE_FORMAT_SVG)
    {
      gdk_pixbuf_loader_set_size (loader, header->width, header->height);
      return;
    }

  /* No loader of gdk-pixbuf 2.42 does this; those after it may. */
  load->is_turned = header->orientation >= 5 && width != height &&
                    width == header->height && height == header->width;

  if (!is_size_credible (load, width, height))
    {
      load->is_another = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  load->shrink = choose_shrink (header, load->min_side);
  if (load->shrink > 1)
    gdk_pixbuf_loader_set_size (loader, divide_up (width, load->shrink), divide_up (height, load->shrink));
}

static void
area_updated_cb (GdkPixbufLoader *loader,
                 int              x,
                 int              y,
                 int              width,
                 int              height,
                 Load            *load)
{
  load->n_rows = MAX (load->n_rows, y + height);
}

static void
set_damaged_error (const DioImageHeader *header,
                   GError              **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The %s file is cut short or damaged",
               dio_image_format_get_name (header->format));
}

/* The loader's own message is in the person's language: not for us. */
static void
set_loader_error (const DioImageHeader *header,
                  const GError         *loader_error,
                  GError              **error)
{
  g_debug ("%s: %s", dio_image_format_get_name (header->format),
           loader_error != NULL ? loader_error->message : "no reason given");

  if (g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is not enough memory for a picture of %d x %d pixels",
                 header->width, header->height);
  else if (g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "This system cannot read this kind of %s picture",
                 dio_image_format_get_name (header->format));
  else
    set_damaged_error (header, error);
}

static GdkPixbufLoader *
open_loader (const DioImageHeader *header,
             GError              **error)
{
  g_autoptr(GError) local_error = NULL;
  GdkPixbufLoader *loader;

  loader = gdk_pixbuf_loader_new_with_mime_type (dio_image_format_get_mime_type (header->format), &local_error);
  if (loader == NULL)
    {
      g_debug ("%s", local_error->message);
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "This system has no reader for %s pictures",
                   dio_image_format_get_name (header->format));
    }

  return loader;
}

static gboolean
feed_loader (GdkPixbufLoader      *loader,
             GBytes               *bytes,
             const DioImageHeader *header,
             GCancellable         *cancellable,
             GError              **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr(GError) local_error = NULL;
  gboolean success = TRUE;

  for (gsize at = 0; success && at < size; at += CHUNK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          gdk_pixbuf_loader_close (loader, NULL);
          return FALSE;
        }

      success = gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, size - at), &local_error);
    }

  /* Always, or the loader complains when it is freed. */
  if (!gdk_pixbuf_loader_close (loader, success ? &local_error : NULL) || !success)
    {
      set_loader_error (header, local_error, error);
      return FALSE;
    }

  return TRUE;
}

/* libjpeg and libpng draw what they have; the rest would be grey. */
static gboolean
is_whole (const Load      *load,
          const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  gboolean is_full_size = is_size_credible (load, width, height);
  gboolean tells_rows = load->header->format == DIO_IMAGE_FORMAT_JPEG ||
                        load->header->format == DIO_IMAGE_FORMAT_PNG;

  if (!is_full_size &&
      (width != divide_up (load->header->width, load->shrink) ||
       height != divide_up (load->header->height, load->shrink)))
    return FALSE;

  return !tells_rows || load->n_rows >= height;
}

static GdkPixbuf *
run_loader (GBytes       *bytes,
            Load         *load,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(GdkPixbufLoader) loader = open_loader (load->header, error);
  g_autoptr(GBytes) frame = dio_first_frame_extract (bytes, load->header);
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), load);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), load);
  if (!feed_loader (loader, frame, load->header, cancellable, error))
    return NULL;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL || load->is_another || !is_whole (load, pixbuf))
    {
      set_damaged_error (load->header, error);
      return NULL;
    }

  return g_object_ref (pixbuf);
}

static gboolean
has_transparency (const GdkPixbuf *pixbuf)
{
  const guint8 *row = gdk_pixbuf_read_pixels (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return FALSE;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++, row += gdk_pixbuf_get_rowstride (pixbuf))
    {
      guint8 all = 255;

      for (int x = 0; x < width; x++)
        all &= row[x * 4 + 3];
      if (all != 255)
        return TRUE;
    }

  return FALSE;
}

/* libtiff turns some orientations by itself, wrongly for others; its loader
 * tells what is left to do. For all other formats our reading counts. */
static int
get_orientation (const Load *load,
                 GdkPixbuf  *pixbuf)
{
  const char *left_over;

  if (load->is_turned)
    return 1;
  if (load->header->format != DIO_IMAGE_FORMAT_TIFF)
    return load->header->orientation;

  left_over = gdk_pixbuf_get_option (pixbuf, "orientation");

  return left_over != NULL && left_over[0] >= '1' && left_over[0] <= '8' ? left_over[0] - '0' : 1;
}

static DioPixels *
copy_upright (const Load *load,
              GdkPixbuf  *pixbuf)
{
  gboolean keep_alpha = !load->header->cmyk && has_transparency (pixbuf);

  return dio_orient_copy (gdk_pixbuf_read_pixels (pixbuf),
                          gdk_pixbuf_get_width (pixbuf),
                          gdk_pixbuf_get_height (pixbuf),
                          gdk_pixbuf_get_rowstride (pixbuf),
                          gdk_pixbuf_get_n_channels (pixbuf),
                          keep_alpha ? 4 : 3,
                          get_orientation (load, pixbuf));
}

/* Photos need no copy. */
static DioPixels *
take_stored (const Load *load,
             GdkPixbuf  *pixbuf,
             int        *orientation)
{
  int channels = gdk_pixbuf_get_n_channels (pixbuf);

  *orientation = 1;
  if (channels != 3 || (load->header->format != DIO_IMAGE_FORMAT_JPEG && get_orientation (load, pixbuf) != 1))
    return copy_upright (load, pixbuf);

  *orientation = get_orientation (load, pixbuf);

  return dio_pixels_new_for (gdk_pixbuf_get_pixels (pixbuf),
                             gdk_pixbuf_get_width (pixbuf),
                             gdk_pixbuf_get_height (pixbuf),
                             channels,
                             gdk_pixbuf_get_rowstride (pixbuf),
                             g_object_unref,
                             g_object_ref (pixbuf));
}

/* The profile of a CMYK picture speaks of inks, which are gone by now. */
static DioDecodeNotes
apply_profile (const Load   *load,
               GdkPixbuf    *pixbuf,
               DioPixels    *pixels,
               GCancellable *cancellable)
{
  const char *encoded = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  g_autofree guchar *profile = NULL;
  gsize size;

  if (encoded == NULL || load->header->cmyk)
    return 0;

  profile = g_base64_decode (encoded, &size);
  switch (dio_colour_profile_apply (profile, size, pixels, cancellable))
    {
    case DIO_COLOUR_PROFILE_UNUSABLE:
      return DIO_DECODE_PROFILE_IGNORED;
    case DIO_COLOUR_PROFILE_OTHER:
      return DIO_DECODE_PROFILE_APPLIED;
    case DIO_COLOUR_PROFILE_SRGB:
    default:
      return 0;
    }
}

static DioDecodeNotes
collect_notes (const DioImageHeader *header)
{
  DioDecodeNotes notes = 0;

  if (header->animated)
    notes |= DIO_DECODE_FIRST_FRAME;
  if (header->cmyk)
    notes |= DIO_DECODE_CMYK;
  if (header->bits > 8)
    notes |= DIO_DECODE_REDUCED_DEPTH;

  return notes;
}

/**
 * dio_image_estimate_memory:
 * @header: of a file
 * @min_side: see dio_image_decode()
 *
 * Returns: how many bytes its pixels take up while it is decoded and turned, about
 */
gsize
dio_image_estimate_memory (const DioImageHeader *header,
                           int                   min_side)
{
  int shrink = choose_shrink (header, min_side);
  gsize n_pixels = (gsize) divide_up (header->width, shrink) * divide_up (header->height, shrink);

  /* What has to be turned, or may lose its alpha, is copied; what becomes smaller
   * is turned when it is. */
  if (header->format == DIO_IMAGE_FORMAT_JPEG)
    return n_pixels * (header->orientation == 1 || shrink > 1 ? 3 : 6);

  return n_pixels * 8;
}

/**
 * dio_image_decode:
 * @bytes: a file, whole
 * @min_side: how long the longer side must at least be, or 0 for the full size
 * @notes: (out) (optional): what became of it
 * @cancellable: (nullable): ends the decoding
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. With @min_side the picture may come smaller than
 * it is stored, where that is faster; it never comes shorter than @min_side
 * unless it is stored so. What is not whole is an error.
 *
 * Returns: (transfer full): the picture, upright, sRGB; its fourth channel is
 *   there only if something is transparent
 */
DioPixels *
dio_image_decode (GBytes         *bytes,
                  int             min_side,
                  DioDecodeNotes *notes,
                  GCancellable   *cancellable,
                  GError        **error)
{
  int orientation;
  DioPixels *pixels = dio_image_decode_stored (bytes, min_side, &orientation, notes, cancellable, error);

  return pixels != NULL ? dio_orient_take (pixels, orientation) : NULL;
}

/**
 * dio_image_decode_stored:
 * @bytes: a file, whole
 * @min_side: see dio_image_decode()
 * @orientation: (out): how it has still to be turned: EXIF orientation, 1 to 8; of
 *   others than JPEG always 1
 * @notes: (out) (optional): what became of it
 * @cancellable: (nullable): ends the decoding
 * @error: return location for an error, or %NULL
 *
 * As dio_image_decode(), for whoever makes it smaller before it is turned.
 *
 * Returns: (transfer full): the picture as it is stored
 */
DioPixels *
dio_image_decode_stored (GBytes         *bytes,
                         int             min_side,
                         int            *orientation,
                         DioDecodeNotes *notes,
                         GCancellable   *cancellable,
                         GError        **error)
{
  DioImageHeader header;
  Load load = { .header = &header, .min_side = min_side, .shrink = 1 };
  DioDecodeNotes collected;
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(DioPixels) pixels = NULL;

  /* The loader of SVG, of librsvg 2.54, loses memory when it is given nothing. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !dio_image_header_read (bytes, &header, error))
    return NULL;

  pixbuf = run_loader (bytes, &load, cancellable, error);
  dio_mapped_bytes_let_go (bytes);
  if (pixbuf == NULL)
    return NULL;

  collected = collect_notes (&header);
  pixels = take_stored (&load, pixbuf, orientation);
  collected |= apply_profile (&load, pixbuf, pixels, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (notes != NULL)
    *notes = collected;

  return g_steal_pointer (&pixels);
}
