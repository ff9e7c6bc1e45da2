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

typedef gboolean (*DioQualityFunc) (int      quality,
                                    gpointer user_data);

/* How well a JPEG is encoded: what is better than all that is tried, and that of a
 * picture that is made smaller. */
#define DIO_QUALITY_BEST    100
#define DIO_QUALITY_SMALLER 75

/* How far the true size of a file may be from what a sample of the picture tells. */
#define DIO_QUALITY_DOUBT 1.02

gsize        dio_limits_get_max_size     (const DioPhotoLimits  *limits);
gboolean     dio_limits_accept_format    (const DioPhotoLimits  *limits,
                                          DioImageFormat         format);
gboolean     dio_limits_fit_sides        (const DioPhotoLimits  *limits,
                                          int                    width,
                                          int                    height,
                                          int                   *fit_width,
                                          int                   *fit_height,
                                          GError               **error);

int          dio_quality_find            (DioQualityFunc         fits,
                                          gpointer               user_data);
int          dio_quality_get_next        (int                    quality);
double       dio_quality_choose_scale    (double                 scale,
                                          double                 expected,
                                          gsize                  max_size);

gboolean     dio_copy_encode_blocks      (DioCopy               *self,
                                          GBytes                *photo,
                                          int                    orientation,
                                          const DioPhotoLimits  *limits,
                                          double                *scale,
                                          GCancellable          *cancellable);
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
