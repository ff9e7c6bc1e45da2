/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a photo to a copy within limits, before it is a file. */

#pragma once

#include "dio-image-header.h"
#include "dio-pixels.h"
#include "dio-prepared.h"

G_BEGIN_DECLS

/**
 * DioCopy:
 * @bytes: (owned): a file
 * @format: JPEG, PNG or WebP
 * @width: in pixels
 * @height: in pixels
 * @changes: how it differs from the photo
 */
typedef struct
{
  GBytes             *bytes;
  DioImageFormat      format;
  int                 width;
  int                 height;
  DioPreparedChanges  changes;
} DioCopy;

gsize        dio_limits_get_max_size     (const DioPhotoLimits  *limits);
gboolean     dio_limits_accept_format    (const DioPhotoLimits  *limits,
                                          DioImageFormat         format);
gboolean     dio_limits_fit_sides        (const DioPhotoLimits  *limits,
                                          int                    width,
                                          int                    height,
                                          int                   *fit_width,
                                          int                   *fit_height,
                                          GError               **error);

gboolean     dio_copy_encode             (DioCopy               *self,
                                          DioPixels             *pixels,
                                          gboolean               prefer_png,
                                          const DioPhotoLimits  *limits,
                                          double                *scale,
                                          DioWorkers            *workers,
                                          GCancellable          *cancellable,
                                          GError               **error);
void         dio_copy_clear              (DioCopy               *self);

char        *dio_prepared_cache_make_key (const char            *hash,
                                          const DioPhotoLimits  *limits);
DioPrepared *dio_prepared_cache_lookup   (const char            *folder,
                                          const char            *key);
DioPrepared *dio_prepared_cache_store    (const char            *folder,
                                          const char            *key,
                                          const DioCopy         *copy,
                                          GError               **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioCopy, dio_copy_clear)

G_END_DECLS
