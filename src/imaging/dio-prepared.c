/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo made to fit a hosted provider's limits. What fits already is left as
 * it is, or loses what it tells beside the picture; only what does not fit is
 * decoded, so that nothing is lost for nothing. */

#include "config.h"

#include "dio-prepared.h"

#include "dio-colour-profile-private.h"
#include "dio-image-stored-private.h"
#include "dio-jpeg-blocks-private.h"
#include "dio-metadata-private.h"
#include "dio-orient-private.h"
#include "dio-prepare-private.h"
#include "dio-resample.h"

G_DEFINE_BOXED_TYPE (DioPrepared, dio_prepared, dio_prepared_ref, dio_prepared_unref)

/* By the number of the bit. */
static const char *const nicks[DIO_N_PREPARED_CHANGES] = {
  "metadata-removed",
  "turned",
  "first-frame",
  "converted-colour",
  "flattened",
  "scaled-down",
  "scaled-up",
  "reencoded",
};

typedef struct
{
  GBytes               *photo;
  const DioPhotoLimits *limits;
  DioWorkers           *workers;
  GCancellable         *cancellable;
  DioImageHeader        header;
  gboolean              has_metadata;
  gboolean              is_plain;     /* sRGB, one picture: its data may stay */
} Work;

static void
inspect (Work *self)
{
  const DioImageHeader *header = &self->header;
  g_autoptr(DioMetadata) metadata = dio_metadata_read (self->photo, header);
  const GByteArray *profile = metadata->profile;
  gboolean is_srgb = profile->len == 0 ||
                     dio_colour_profile_judge (profile->data, profile->len) != DIO_COLOUR_PROFILE_OTHER;

  /* An animated PNG holds its still picture as one that is not animated does.
   * Many readers make white of 16 bits, so those are reduced here. */
  self->has_metadata = metadata->found;
  self->is_plain = is_srgb && header->bits <= 8 && !header->cmyk && !metadata->wrapped;
}

/* The decoders of these turn and crop by what is written in them: how large the
 * picture is, is seen when it is there. */
static gboolean
is_size_known (const DioImageHeader *header)
{
  return header->format != DIO_IMAGE_FORMAT_HEIF && header->format != DIO_IMAGE_FORMAT_AVIF &&
         header->format != DIO_IMAGE_FORMAT_JXL;
}

static void
find_full_size (const Work      *self,
                const DioPixels *pixels,
                int             *width,
                int             *height)
{
  const DioImageHeader *header = &self->header;
  gboolean is_turned = header->orientation >= 5;

  *width = is_size_known (header) ? (is_turned ? header->height : header->width) : pixels->width;
  *height = is_size_known (header) ? (is_turned ? header->width : header->height) : pixels->height;
}

/* TRUE with @copy filled where the photo's own data can be sent. */
static gboolean
copy_as_it_is (const Work *self,
               DioCopy    *copy)
{
  const DioImageHeader *header = &self->header;
  int width, height;

  if (!self->is_plain || header->orientation != 1 || !dio_limits_accept_format (self->limits, header->format) ||
      !dio_limits_fit_sides (self->limits, header->width, header->height, &width, &height, NULL) ||
      width != header->width || height != header->height)
    return FALSE;

  copy->format = header->format;
  copy->width = width;
  copy->height = height;
  if (self->has_metadata)
    {
      copy->changes = header->animated ? DIO_PREPARED_FIRST_FRAME : 0;
      copy->changes |= DIO_PREPARED_METADATA_REMOVED;
      copy->bytes = dio_metadata_strip (self->photo, header);
    }
  else
    copy->bytes = g_bytes_ref (self->photo);

  if (g_bytes_get_size (copy->bytes) <= dio_limits_get_max_size (self->limits))
    return TRUE;

  g_clear_pointer (&copy->bytes, g_bytes_unref);

  return FALSE;
}

static DioPreparedChanges
collect_changes (const Work     *self,
                 DioDecodeNotes  notes)
{
  DioPreparedChanges changes = 0;

  if (self->has_metadata)
    changes |= DIO_PREPARED_METADATA_REMOVED;
  if (self->header.orientation != 1)
    changes |= DIO_PREPARED_TURNED;
  if (notes & DIO_DECODE_FIRST_FRAME)
    changes |= DIO_PREPARED_FIRST_FRAME;
  if (notes & (DIO_DECODE_PROFILE_APPLIED | DIO_DECODE_CMYK))
    changes |= DIO_PREPARED_CONVERTED_COLOUR;

  return changes;
}

/* Takes @pixels, as they are stored, and makes them smaller before they are turned:
 * that takes less memory, and less time. */
static DioPixels *
scale_and_turn (const Work *self,
                DioPixels  *pixels,
                int         orientation,
                int         width,
                int         height)
{
  gboolean lies = orientation >= 5;
  int stored_width = lies ? height : width;
  int stored_height = lies ? width : height;

  if (stored_width != pixels->width || stored_height != pixels->height)
    pixels = dio_pixels_resample_last (pixels, stored_width, stored_height, self->workers);

  return dio_orient_take (pixels, orientation);
}

/* The picture in the size that fits, and all that was done to it on the way. */
static DioPixels *
decode_to_fit (const Work          *self,
               DioPreparedChanges  *changes,
               GError             **error)
{
  g_autoptr(DioPixels) pixels = NULL;
  g_autoptr(DioPixels) scaled = NULL;
  int full_width, full_height, width, height;
  int min_side = 0;
  int orientation;
  DioDecodeNotes notes;

  /* A photo that fits in no size is refused before it is decoded, and one that
   * is made much smaller comes out of its decoder smaller. */
  if (is_size_known (&self->header))
    {
      find_full_size (self, NULL, &full_width, &full_height);
      if (!dio_limits_fit_sides (self->limits, full_width, full_height, &width, &height, error))
        return NULL;
      min_side = MAX (width, height);
    }

  pixels = dio_image_decode_stored (self->photo, min_side, &orientation, &notes, self->cancellable, error);
  if (pixels == NULL)
    return NULL;

  find_full_size (self, pixels, &full_width, &full_height);
  if (!dio_limits_fit_sides (self->limits, full_width, full_height, &width, &height, error))
    return NULL;

  *changes = collect_changes (self, notes);
  if (MAX (width, height) != MAX (full_width, full_height))
    *changes |= MAX (width, height) > MAX (full_width, full_height) ? DIO_PREPARED_SCALED_UP : DIO_PREPARED_SCALED_DOWN;
  scaled = scale_and_turn (self, g_steal_pointer (&pixels), orientation, width, height);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;

  return g_steal_pointer (&scaled);
}

/* Whether a JPEG can be sent that has the photo's own pixels. */
static gboolean
keeps_pixels (const DioImageHeader *header,
              const DioPhotoLimits *limits)
{
  int width, height;

  return header->format == DIO_IMAGE_FORMAT_JPEG && !header->animated &&
         dio_limits_accept_format (limits, DIO_IMAGE_FORMAT_JPEG) &&
         dio_limits_fit_sides (limits, header->width, header->height, &width, &height, NULL) &&
         width == header->width && height == header->height;
}

static gboolean
copy_blocks (const Work *self,
             DioCopy    *copy,
             double     *scale)
{
  if (!self->is_plain || !keeps_pixels (&self->header, self->limits) ||
      !dio_copy_encode_blocks (copy, self->photo, self->header.orientation, self->limits, scale, self->cancellable))
    return FALSE;

  find_full_size (self, NULL, &copy->width, &copy->height);
  copy->changes |= collect_changes (self, 0);

  return TRUE;
}

static gboolean
copy_anew (const Work  *self,
           DioCopy     *copy,
           GError     **error)
{
  DioImageFormat format = self->header.format;
  gboolean is_drawing = format == DIO_IMAGE_FORMAT_PNG || format == DIO_IMAGE_FORMAT_GIF ||
                        format == DIO_IMAGE_FORMAT_SVG;
  g_autoptr(GError) local_error = NULL;
  double scale = 1;
  gboolean is_done = copy_blocks (self, copy, &scale);

  /* Made small from the whole picture each time, so that only one loss adds up;
   * it is rarely done twice, and to keep the picture for that takes memory. */
  while (!is_done && local_error == NULL)
    {
      DioPixels *pixels = decode_to_fit (self, &copy->changes, &local_error);

      is_done = pixels != NULL &&
                dio_copy_encode (copy, pixels, is_drawing, self->limits, &scale,
                                 self->workers, self->cancellable, &local_error);
    }
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return is_done;
}

/**
 * dio_prepare_estimate_memory:
 * @photo: a file, whole
 * @limits: what the copy has to fit
 *
 * Returns: how many bytes of memory dio_prepare() needs for pixels at most, about
 */
gsize
dio_prepare_estimate_memory (GBytes               *photo,
                             const DioPhotoLimits *limits)
{
  DioImageHeader header;
  gsize size = 0;
  int width, height;

  if (!dio_image_header_read (photo, &header, NULL) ||
      !dio_limits_fit_sides (limits, header.width, header.height, &width, &height, NULL))
    return 0;

  if (keeps_pixels (&header, limits))
    size = dio_jpeg_blocks_estimate_memory (photo, header.orientation);
  if (size > 0)
    return size;

  return dio_image_estimate_memory (&header, is_size_known (&header) ? MAX (width, height) : 0);
}

/**
 * dio_prepare:
 * @photo: a file, whole
 * @hash: of @photo
 * @limits: what the copy has to fit
 * @cache_folder: where copies are kept
 * @workers: who resizes it
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. A copy is upright, sRGB, one picture, and tells
 * nothing beside it. It is as like the photo as the limits allow: the same
 * bytes, the same picture data without the rest, a JPEG or PNG of the same size,
 * or a smaller one; never cropped. A copy that was made before is used again.
 *
 * Returns: (transfer full): the copy; %NULL with %DIO_ERROR_INVALID when the
 *   photo cannot be made to fit
 */
DioPrepared *
dio_prepare (GBytes                *photo,
             const char            *hash,
             const DioPhotoLimits  *limits,
             const char            *cache_folder,
             DioWorkers            *workers,
             GCancellable          *cancellable,
             GError               **error)
{
  Work work = { .photo = photo, .limits = limits, .workers = workers, .cancellable = cancellable };
  g_auto(DioCopy) copy = { 0 };
  g_autofree char *key = NULL;
  DioPrepared *kept;

  g_return_val_if_fail (photo != NULL && hash != NULL && cache_folder != NULL && workers != NULL, NULL);
  g_return_val_if_fail (limits != NULL && (limits->formats & (DIO_PHOTO_JPEG | DIO_PHOTO_PNG)) != 0, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  key = dio_prepared_cache_make_key (hash, limits);
  kept = dio_prepared_cache_lookup (cache_folder, key);
  if (kept != NULL)
    return kept;

  if (!dio_image_header_read (photo, &work.header, error))
    return NULL;

  inspect (&work);
  if (!copy_as_it_is (&work, &copy) && !copy_anew (&work, &copy, error))
    return NULL;

  return dio_prepared_cache_store (cache_folder, key, &copy, error);
}

/**
 * dio_prepared_ref:
 * @self: a copy
 *
 * From any thread.
 *
 * Returns: (transfer full): @self
 */
DioPrepared *
dio_prepared_ref (DioPrepared *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dio_prepared_clear (DioPrepared *self)
{
  g_object_unref (self->file);
  g_free (self->hash);
}

/**
 * dio_prepared_unref:
 * @self: (transfer full): a copy
 *
 * From any thread. The file stays in the cache.
 */
void
dio_prepared_unref (DioPrepared *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) dio_prepared_clear);
}

/**
 * dio_prepared_change_get_nick:
 * @index: of a bit of #DioPreparedChanges, below %DIO_N_PREPARED_CHANGES
 *
 * Returns: its name in the output of programs; the words are the interface's
 */
const char *
dio_prepared_change_get_nick (guint index)
{
  g_return_val_if_fail (index < DIO_N_PREPARED_CHANGES, NULL);

  return nicks[index];
}
