/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks to a file. The encoder asks for them row by row; they are turned and
 * rounded when it does, so that there is never a second set of them. */

#include "config.h"

#include "dio-jpeg-blocks-private.h"

#include "dio-orient-private.h"

#include <string.h>

/* One component, on its way from how it is stored to how it is meant to be seen. */
typedef struct
{
  JBLOCKROW *stored;             /* (borrowed) */
  int        stored_width;       /* in blocks */
  int        stored_height;
  DioTurn    turn;
  int        band_height;        /* upright, in blocks */
  int        share;
  float      factors[DCTSIZE2];  /* by what each number is multiplied */
  int        width;              /* upright, in blocks */
  int        height;
  JBLOCKROW  rows[2];            /* (owned): of one band, upright */
} Plane;

typedef struct
{
  DioJpegBlocks               *blocks;
  int                          orientation;
  int                          quality;
  int                          share;
  gsize                        max_size;
  DioJpegGuard                 guard;
  struct jpeg_compress_struct  encoder;
  struct jpeg_destination_mgr  destination;
  Plane                        planes[3];
  guint8                      *bytes;       /* (owned) (nullable): of @max_size */
} Encoding;

static void
encoding_clear (Encoding *self)
{
  jpeg_destroy_compress (&self->encoder);
  for (guint c = 0; c < G_N_ELEMENTS (self->planes); c++)
    for (guint i = 0; i < G_N_ELEMENTS (self->planes[c].rows); i++)
      g_free (self->planes[c].rows[i]);
  g_free (self->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Encoding, encoding_clear)

static gboolean
is_lying (const Encoding *self)
{
  return dio_orient_get_turn (self->orientation).is_lying;
}

/* The encoder's view of memory */

static int
transpose_index (int i)
{
  return i % DCTSIZE * DCTSIZE + i / DCTSIZE;
}

static void
transpose (const JCOEF *in,
           JCOEF       *out)
{
  for (int y = 0; y < DCTSIZE; y++)
    for (int x = 0; x < DCTSIZE; x++)
      out[x * DCTSIZE + y] = in[y * DCTSIZE + x];
}

/* What is in the middle between two steps goes to the smaller one, which takes fewer
 * bytes and is as near: where both steps are whole numbers, much is in the middle. */
static void
round_block (const JCOEF *in,
             const float *factors,
             JCOEF       *out)
{
  for (int i = 0; i < DCTSIZE2; i++)
    {
      float value = in[i] * factors[i];

      out[i] = (JCOEF) (int) (value + (value < 0 ? -0.4999f : 0.4999f));
    }
}

static const JCOEF *
find_block (const Plane *plane,
            int          x,
            int          y)
{
  int stored_x = plane->turn.is_lying ? y : x;
  int stored_y = plane->turn.is_lying ? x : y;

  if (plane->turn.is_from_right)
    stored_x = plane->stored_width - 1 - stored_x;
  if (plane->turn.is_from_bottom)
    stored_y = plane->stored_height - 1 - stored_y;

  return plane->stored[stored_y][stored_x];
}

static void
fill_row (const Plane *plane,
          int          y,
          JBLOCKROW    row)
{
  JBLOCK upright;

  for (int x = 0; x < plane->width; x++)
    {
      const JCOEF *block = find_block (plane, x, y);

      if (plane->turn.is_lying)
        {
          transpose (block, upright);
          block = upright;
        }
      round_block (block, plane->factors, row[x]);
    }
}

/* A band is as high as the encoder takes at a time: what stands in one of several is
 * taken from the middle of them. */
static JBLOCKARRAY
access_rows_cb (j_common_ptr     encoder,
                jvirt_barray_ptr array,
                JDIMENSION       first,
                JDIMENSION       n,
                boolean          writable)
{
  Plane *plane = (Plane *) array;
  int band = first / plane->band_height * plane->share + plane->share / 2;

  /* Those below the picture are not looked at. */
  for (int i = 0; i < (int) n && band * plane->band_height + i < plane->height; i++)
    fill_row (plane, band * plane->band_height + i, plane->rows[i]);

  return plane->rows;
}

/* The encoder's view of a file */

static void
begin_cb (j_compress_ptr encoder)
{
  Encoding *self = encoder->client_data;

  self->destination.next_output_byte = self->bytes;
  self->destination.free_in_buffer = self->max_size;
}

static boolean
full_cb (j_compress_ptr encoder)
{
  Encoding *self = encoder->client_data;

  dio_jpeg_guard_leave (&self->guard);
}

static void
end_cb (j_compress_ptr encoder)
{
}

/* Encoding */

/* The encoder's steps, as they are for a picture that need not be turned, so that it
 * becomes as large a file. What the photo has rounded away does not come back by finer
 * ones. */
static void
choose_steps (Encoding *self,
              int       slot)
{
  const UINT16 *old = self->blocks->decoder.comp_info[slot].quant_table->quantval;
  UINT16 *steps = self->encoder.quant_tbl_ptrs[slot]->quantval;
  UINT16 stored[DCTSIZE2];

  for (int i = 0; i < DCTSIZE2; i++)
    stored[i] = MAX (steps[i], old[i]);

  for (int i = 0; i < DCTSIZE2; i++)
    steps[i] = stored[is_lying (self) ? transpose_index (i) : i];
}

static void
set_up_encoder (Encoding *self)
{
  const struct jpeg_decompress_struct *decoder = &self->blocks->decoder;
  struct jpeg_compress_struct *encoder = &self->encoder;

  encoder->err = dio_jpeg_guard_watch_errors (&self->guard);
  jpeg_create_compress (encoder);
  encoder->client_data = self;
  encoder->dest = &self->destination;
  encoder->mem->access_virt_barray = access_rows_cb;

  encoder->image_width = is_lying (self) ? decoder->image_height : decoder->image_width;
  encoder->image_height = is_lying (self) ? decoder->image_width : decoder->image_height;
  encoder->input_components = decoder->num_components;
  encoder->in_color_space = decoder->jpeg_color_space;
  jpeg_set_defaults (encoder);
  if (decoder->num_components > 1)
    encoder->comp_info[0].v_samp_factor = decoder->comp_info[0].v_samp_factor;
  jpeg_set_quality (encoder, self->quality, TRUE);
  for (int slot = 0; slot < MIN (encoder->num_components, 2); slot++)
    choose_steps (self, slot);

  if (self->share > 1)
    encoder->image_height = dio_jpeg_blocks_count_bands (self->blocks, self->orientation) / self->share *
                            encoder->comp_info[0].v_samp_factor * DCTSIZE;
}

/* The patterns that are not their own mirror images are those with odd numbers. */
static void
set_factors (Encoding *self,
             int       component)
{
  const UINT16 *old = self->blocks->decoder.comp_info[component].quant_table->quantval;
  const UINT16 *steps = self->encoder.quant_tbl_ptrs[self->encoder.comp_info[component].quant_tbl_no]->quantval;
  Plane *plane = &self->planes[component];

  for (int i = 0; i < DCTSIZE2; i++)
    {
      int stored = is_lying (self) ? transpose_index (i) : i;
      gboolean is_reversed = (plane->turn.is_from_right && stored % DCTSIZE % 2 != 0) !=
                             (plane->turn.is_from_bottom && stored / DCTSIZE % 2 != 0);

      plane->factors[i] = (is_reversed ? -1.0f : 1.0f) * old[stored] / steps[i];
    }
}

static void
set_up_plane (Encoding *self,
              int       component)
{
  const jpeg_component_info *stored = &self->blocks->decoder.comp_info[component];
  Plane *plane = &self->planes[component];

  plane->stored = self->blocks->rows[component];
  plane->stored_width = stored->width_in_blocks;
  plane->stored_height = stored->height_in_blocks;
  plane->turn = dio_orient_get_turn (self->orientation);
  plane->width = plane->turn.is_lying ? plane->stored_height : plane->stored_width;
  plane->height = plane->turn.is_lying ? plane->stored_width : plane->stored_height;
  plane->band_height = self->encoder.comp_info[component].v_samp_factor;
  plane->share = self->share;
  for (int i = 0; i < plane->band_height; i++)
    plane->rows[i] = g_new (JBLOCK, plane->width);
  set_factors (self, component);
}

static void
encode_cb (gpointer user_data)
{
  Encoding *self = user_data;
  jvirt_barray_ptr arrays[G_N_ELEMENTS (self->planes)];

  set_up_encoder (self);
  for (int c = 0; c < self->encoder.num_components; c++)
    {
      set_up_plane (self, c);
      arrays[c] = (jvirt_barray_ptr) &self->planes[c];
    }

  jpeg_write_coefficients (&self->encoder, arrays);
  jpeg_finish_compress (&self->encoder);
}

/**
 * dio_jpeg_blocks_count_bands:
 * @self: blocks
 * @orientation: how they are turned
 *
 * Returns: how many bands of rows dio_jpeg_blocks_encode() takes a share of
 */
int
dio_jpeg_blocks_count_bands (DioJpegBlocks *self,
                             int            orientation)
{
  const struct jpeg_decompress_struct *decoder = &self->decoder;
  gboolean is_lying = dio_orient_get_turn (orientation).is_lying;
  int height = is_lying ? decoder->image_width : decoder->image_height;
  int band = (decoder->num_components > 1 ? decoder->comp_info[0].v_samp_factor : 1) * DCTSIZE;

  return (height + band - 1) / band;
}

/**
 * dio_jpeg_blocks_encode:
 * @self: blocks
 * @orientation: how they are turned: that with which they were read
 * @quality: 0 to 100, as dio_image_encode_jpeg() has it, but never better than that of
 *   the photo: 100 leaves all numbers as they are
 * @share: 1 for the whole picture, or of how many bands one is taken for a sample
 * @max_size: how large the file may become
 *
 * Gives up as soon as the file is too large.
 *
 * Returns: (transfer full) (nullable): the bytes of a file, or %NULL where it is too
 *   large or cannot be made
 */
GBytes *
dio_jpeg_blocks_encode (DioJpegBlocks *self,
                        int            orientation,
                        int            quality,
                        int            share,
                        gsize          max_size)
{
  g_auto(Encoding) encoding = {
    .blocks = self,
    .orientation = orientation,
    .quality = quality,
    .share = share,
    .max_size = max_size,
    .destination = { .init_destination = begin_cb, .empty_output_buffer = full_cb, .term_destination = end_cb },
  };
  gsize size;

  encoding.bytes = g_malloc (max_size);
  if (!dio_jpeg_guard_run (&encoding.guard, encode_cb, &encoding))
    return NULL;

  size = max_size - encoding.destination.free_in_buffer;

  return g_bytes_new_take (g_realloc (g_steal_pointer (&encoding.bytes), size), size);
}
