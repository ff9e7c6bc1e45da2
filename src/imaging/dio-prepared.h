/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo made to fit a hosted provider's limits, as a file. */

#pragma once

#include "dio-photo-limits.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/**
 * DioPreparedChanges:
 * @DIO_PREPARED_METADATA_REMOVED: what the file told beside the picture
 * @DIO_PREPARED_TURNED: upright, as it is meant to be seen
 * @DIO_PREPARED_FIRST_FRAME: an animation; the copy is its first frame
 * @DIO_PREPARED_CONVERTED_COLOUR: other colours became sRGB
 * @DIO_PREPARED_FLATTENED: what was transparent became white
 * @DIO_PREPARED_SCALED_DOWN: fewer pixels
 * @DIO_PREPARED_SCALED_UP: more pixels
 * @DIO_PREPARED_REENCODED: written anew, with the losses of that
 *
 * What is different in the copy.
 */
typedef enum
{
  DIO_PREPARED_METADATA_REMOVED = 1 << 0,
  DIO_PREPARED_TURNED           = 1 << 1,
  DIO_PREPARED_FIRST_FRAME      = 1 << 2,
  DIO_PREPARED_CONVERTED_COLOUR = 1 << 3,
  DIO_PREPARED_FLATTENED        = 1 << 4,
  DIO_PREPARED_SCALED_DOWN      = 1 << 5,
  DIO_PREPARED_SCALED_UP        = 1 << 6,
  DIO_PREPARED_REENCODED        = 1 << 7,
} DioPreparedChanges;

#define DIO_N_PREPARED_CHANGES 8

/**
 * DioPrepared:
 * @file: (owned): the copy, in the cache
 * @size: its bytes
 * @hash: (owned): the first half of their hash
 * @mime_type: what it is
 * @width: in pixels
 * @height: in pixels
 * @changes: how it differs from the photo; 0 where it is the same byte by byte
 */
typedef struct
{
  GFile              *file;
  goffset             size;
  char               *hash;
  const char         *mime_type;
  int                 width;
  int                 height;
  DioPreparedChanges  changes;
} DioPrepared;

#define DIO_TYPE_PREPARED (dio_prepared_get_type ())
GType        dio_prepared_get_type        (void);

DioPrepared *dio_prepare                  (GBytes                *photo,
                                           const char            *hash,
                                           const DioPhotoLimits  *limits,
                                           const char            *cache_folder,
                                           DioWorkers            *workers,
                                           GCancellable          *cancellable,
                                           GError               **error);
gsize        dio_prepare_estimate_memory  (GBytes                *photo,
                                           const DioPhotoLimits  *limits);
DioPrepared *dio_prepared_ref             (DioPrepared           *self);
void         dio_prepared_unref           (DioPrepared           *self);
const char  *dio_prepared_change_get_nick (guint                  index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPrepared, dio_prepared_unref)

G_END_DECLS
