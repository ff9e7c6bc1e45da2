/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JPEG as it is stored. */

#pragma once

#include "dio-jpeg-guard-private.h"

G_BEGIN_DECLS

/**
 * DioJpegBlocks:
 * @guard: of @decoder
 * @decoder: its memory holds the blocks
 * @rows: (owned) (nullable): of each component, where its rows of blocks are
 */
typedef struct
{
  DioJpegGuard                  guard;
  struct jpeg_decompress_struct decoder;
  JBLOCKROW                    *rows[3];
} DioJpegBlocks;

DioJpegBlocks *dio_jpeg_blocks_new             (GBytes        *photo,
                                                int            orientation,
                                                GCancellable  *cancellable);
void           dio_jpeg_blocks_free            (DioJpegBlocks *self);
int            dio_jpeg_blocks_count_bands     (DioJpegBlocks *self,
                                                int            orientation);
gboolean       dio_jpeg_blocks_is_thin         (DioJpegBlocks *self);
GBytes        *dio_jpeg_blocks_encode          (DioJpegBlocks *self,
                                                int            orientation,
                                                int            quality,
                                                int            share,
                                                gsize          max_size);
gsize          dio_jpeg_blocks_estimate_memory (GBytes        *photo,
                                                int            orientation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioJpegBlocks, dio_jpeg_blocks_free)

G_END_DECLS
