/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JPEG as it is stored: of each block of 8 x 8 samples, how much there is in it of
 * each of 64 patterns. A smaller file of the same picture needs nothing else: these
 * numbers are rounded more coarsely, and turned by where they stand and by their
 * signs. That takes a third of the time of decoding and encoding. */

#include "config.h"

#include "dio-jpeg-blocks-private.h"

#include "dio-mapped-bytes.h"
#include "dio-orient-private.h"

typedef struct
{
  DioJpegBlocks *blocks;
  GBytes        *photo;
  int            orientation;
  GCancellable  *cancellable;
  gsize          memory; /* 0 where the file cannot be kept in blocks */
} Reading;

/* What cameras and telephones write. Three components of full size take up twice
 * the memory of their pixels. */
static gboolean
is_usual (const struct jpeg_decompress_struct *decoder)
{
  const jpeg_component_info *component = decoder->comp_info;

  if (decoder->jpeg_color_space == JCS_GRAYSCALE)
    return decoder->num_components == 1;

  return decoder->jpeg_color_space == JCS_YCbCr && decoder->num_components == 3 &&
         component[1].quant_tbl_no == component[2].quant_tbl_no &&
         component[0].h_samp_factor == 2 && component[0].v_samp_factor <= 2 &&
         component[1].h_samp_factor == 1 && component[1].v_samp_factor == 1 &&
         component[2].h_samp_factor == 1 && component[2].v_samp_factor == 1;
}

/* A block that is filled in part stands at the right or at the bottom, and cannot
 * stand elsewhere; and what is thinner across cannot become thinner along. */
static gboolean
can_turn (const struct jpeg_decompress_struct *decoder,
          int                                  orientation)
{
  DioTurn turn = dio_orient_get_turn (orientation);

  return (!turn.is_lying || decoder->max_h_samp_factor == decoder->max_v_samp_factor) &&
         (!turn.is_from_right || decoder->image_width % (decoder->max_h_samp_factor * DCTSIZE) == 0) &&
         (!turn.is_from_bottom || decoder->image_height % (decoder->max_v_samp_factor * DCTSIZE) == 0);
}

static gsize
count_bytes (const struct jpeg_decompress_struct *decoder)
{
  gsize n_samples = (gsize) decoder->image_width * decoder->image_height;

  if (decoder->num_components > 1)
    n_samples += 2 * n_samples / (decoder->max_h_samp_factor * decoder->max_v_samp_factor);

  return n_samples * sizeof (JCOEF);
}

static void
read_header (Reading *reading)
{
  DioJpegBlocks *self = reading->blocks;
  gsize size;
  gconstpointer data = g_bytes_get_data (reading->photo, &size);

  self->decoder.err = dio_jpeg_guard_watch_errors (&self->guard);
  jpeg_create_decompress (&self->decoder);
  self->decoder.progress = dio_jpeg_guard_watch_cancel (&self->guard, reading->cancellable);
  jpeg_mem_src (&self->decoder, data, size);
  jpeg_read_header (&self->decoder, TRUE);

  if (is_usual (&self->decoder) && can_turn (&self->decoder, reading->orientation))
    reading->memory = count_bytes (&self->decoder);
}

/* They stay where they are: all of them are in memory. */
static void
find_rows (DioJpegBlocks    *self,
           jvirt_barray_ptr *arrays)
{
  j_common_ptr decoder = (j_common_ptr) &self->decoder;

  for (int c = 0; c < self->decoder.num_components; c++)
    {
      JDIMENSION n_rows = self->decoder.comp_info[c].height_in_blocks;

      self->rows[c] = g_new (JBLOCKROW, n_rows);
      for (JDIMENSION y = 0; y < n_rows; y++)
        self->rows[c][y] = self->decoder.mem->access_virt_barray (decoder, arrays[c], y, 1, FALSE)[0];
    }
}

static void
read_header_cb (gpointer user_data)
{
  read_header (user_data);
}

static void
read_cb (gpointer user_data)
{
  Reading *reading = user_data;

  read_header (reading);
  if (reading->memory > 0)
    find_rows (reading->blocks, jpeg_read_coefficients (&reading->blocks->decoder));
}

/**
 * dio_jpeg_blocks_new:
 * @photo: a JPEG, whole
 * @orientation: how it is to be turned: EXIF orientation, 1 to 8
 * @cancellable: (nullable): ends the reading
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): its blocks; %NULL where it has to be decoded
 */
DioJpegBlocks *
dio_jpeg_blocks_new (GBytes       *photo,
                     int           orientation,
                     GCancellable *cancellable)
{
  g_autoptr(DioJpegBlocks) self = g_new0 (DioJpegBlocks, 1);
  Reading reading = { .blocks = self, .photo = photo, .orientation = orientation, .cancellable = cancellable };
  gboolean success;

  success = dio_jpeg_guard_run (&self->guard, read_cb, &reading) && reading.memory > 0;
  dio_mapped_bytes_let_go (photo);

  return success ? g_steal_pointer (&self) : NULL;
}

void
dio_jpeg_blocks_free (DioJpegBlocks *self)
{
  if (self == NULL)
    return;

  for (guint c = 0; c < G_N_ELEMENTS (self->rows); c++)
    g_free (self->rows[c]);
  jpeg_destroy_decompress (&self->decoder);
  g_free (self);
}

/**
 * dio_jpeg_blocks_is_thin:
 * @self: blocks
 *
 * Returns: whether its colours have half the rows and columns, as in what is encoded
 *   from pixels
 */
gboolean
dio_jpeg_blocks_is_thin (DioJpegBlocks *self)
{
  return self->decoder.num_components == 1 || self->decoder.max_v_samp_factor == 2;
}

/**
 * dio_jpeg_blocks_estimate_memory:
 * @photo: a JPEG, whole
 * @orientation: how it is to be turned
 *
 * Returns: how many bytes its blocks take up, about; 0 where it has to be decoded
 */
gsize
dio_jpeg_blocks_estimate_memory (GBytes *photo,
                                 int     orientation)
{
  g_autoptr(DioJpegBlocks) self = g_new0 (DioJpegBlocks, 1);
  Reading reading = { .blocks = self, .photo = photo, .orientation = orientation };

  return dio_jpeg_guard_run (&self->guard, read_header_cb, &reading) ? reading.memory : 0;
}
