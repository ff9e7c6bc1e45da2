/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JPEG whose file has to become smaller, or upright, but not its picture: that is
 * done without decoding it. */

#include "config.h"

#include "dio-prepare-private.h"

#include "dio-jpeg-blocks-private.h"

/* Of how many bands of rows one is in a sample, and how many have to be. */
#define SHARE 16
#define MIN_SAMPLE 4

typedef struct
{
  DioJpegBlocks *blocks;
  int            orientation;
  gsize          max_size;
  gsize          sample_size; /* what a sample may come to */
  double         n_samples;   /* how many would make the picture */
} Attempt;

static GBytes *
encode_sample (const Attempt *self,
               int            quality,
               gsize          max_size)
{
  return dio_jpeg_blocks_encode (self->blocks, self->orientation, quality, SHARE, max_size);
}

static gboolean
fits_cb (int      quality,
         gpointer user_data)
{
  const Attempt *self = user_data;
  g_autoptr(GBytes) sample = encode_sample (self, quality, self->sample_size);

  return sample != NULL;
}

/* Returns: with which quality to begin; 0 where none will fit */
static int
choose_quality (Attempt *self)
{
  int n_bands = dio_jpeg_blocks_count_bands (self->blocks, self->orientation);

  if (n_bands < SHARE * MIN_SAMPLE)
    return dio_quality_get_next (DIO_QUALITY_BEST);

  self->n_samples = (double) n_bands / (n_bands / SHARE);
  self->sample_size = (gsize) (self->max_size / self->n_samples * DIO_QUALITY_DOUBT);

  return dio_quality_find (fits_cb, self);
}

/* Where no quality fits, a sample tells how much smaller the picture has to be. */
static double
choose_scale (const Attempt *self)
{
  g_autoptr(GBytes) sample = NULL;

  if (self->n_samples == 0)
    return 1;

  sample = encode_sample (self, DIO_QUALITY_SMALLER, self->max_size);

  return dio_quality_choose_scale (1, self->n_samples * (sample != NULL ? g_bytes_get_size (sample) : self->max_size),
                                   self->max_size);
}

/* With fewer samples of colour, which a picture has that is encoded from pixels, a
 * better quality fits. */
static int
get_last_quality (const Attempt *self)
{
  return dio_jpeg_blocks_is_thin (self->blocks) ? 1 : DIO_QUALITY_SMALLER;
}

static gboolean
encode (DioCopy       *self,
        const Attempt *attempt,
        int            quality)
{
  self->bytes = dio_jpeg_blocks_encode (attempt->blocks, attempt->orientation, quality, 1, attempt->max_size);
  if (self->bytes != NULL && quality != DIO_QUALITY_BEST)
    self->changes |= DIO_PREPARED_REENCODED;

  return self->bytes != NULL;
}

/**
 * dio_copy_encode_blocks:
 * @self: gets the file, and what was done for it; has the sides already
 * @photo: a JPEG whose picture and colours may stay as they are
 * @orientation: how it is to be turned: EXIF orientation, 1 to 8
 * @limits: what a provider takes
 * @scale: (inout): 1, and where the picture has to be smaller, how much
 * @cancellable: (nullable): ends the work
 *
 * Returns: whether there is a file; where there is none, the photo has to be decoded
 */
gboolean
dio_copy_encode_blocks (DioCopy              *self,
                        GBytes               *photo,
                        int                   orientation,
                        const DioPhotoLimits *limits,
                        double               *scale,
                        GCancellable         *cancellable)
{
  g_autoptr(DioJpegBlocks) blocks = dio_jpeg_blocks_new (photo, orientation, cancellable);
  Attempt attempt = { blocks, orientation, dio_limits_get_max_size (limits) };
  int quality;

  if (blocks == NULL)
    return FALSE;

  self->format = DIO_IMAGE_FORMAT_JPEG;
  if (g_bytes_get_size (photo) <= attempt.max_size && encode (self, &attempt, DIO_QUALITY_BEST))
    return TRUE;

  quality = choose_quality (&attempt);
  for (; quality >= get_last_quality (&attempt); quality = dio_quality_get_next (quality))
    if (encode (self, &attempt, quality))
      return TRUE;

  if (dio_jpeg_blocks_is_thin (blocks))
    *scale = choose_scale (&attempt);

  return FALSE;
}
