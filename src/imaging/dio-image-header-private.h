/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers of each kind of file. All are given the file from its start and
 * a header of zeros with orientation 1 and 8 bits. They return FALSE when the
 * file is cut short or breaks its own rules; sizes are judged by their caller. */

#pragma once

#include "dio-byte-reader-private.h"
#include "dio-image-header.h"

G_BEGIN_DECLS

gboolean dio_gif_header_read       (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_heif_header_read      (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_jpeg_header_read      (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_jxl_header_read       (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_png_header_read       (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_svg_header_read       (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_tiff_header_read      (DioByteReader   file,
                                    DioImageHeader *header);
gboolean dio_webp_header_read      (DioByteReader   file,
                                    DioImageHeader *header);

gboolean dio_box_next              (DioByteReader  *boxes,
                                    guint32        *name,
                                    DioByteReader  *body);
int      dio_jpeg_find_marker      (DioByteReader  *file);
gboolean dio_jpeg_has_segment      (int             marker);
gboolean dio_svg_is_plain          (DioByteReader   file);
gboolean dio_svg_sniff             (DioByteReader   file);
int      dio_tiff_read_orientation (DioByteReader   tiff);
gboolean dio_tiff_has_metadata     (DioByteReader   tiff);
gsize    dio_gif_find_first_end    (DioByteReader   file);

/* Sizes beyond what an int holds are refused like any too large size. */
static inline int
dio_image_header_clamp_side (guint32 side)
{
  return (int) MIN (side, (guint32) G_MAXINT);
}

G_END_DECLS
