/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a picture file beside the picture, and the file without it. */

#pragma once

#include "dio-byte-reader-private.h"
#include "dio-image-header.h"

G_BEGIN_DECLS

/**
 * DioMetadata:
 * @kept: (owned) (nullable): given by the caller to gather the file without what
 *   was found
 * @profile: (owned): the bytes of its colour profile, none where it has none
 * @found: there is something that is neither picture nor colour: where and when
 *   it was taken and with what, names, texts, small pictures of it, or bytes
 *   that no rule accounts for
 * @wrapped: the picture is a frame of a film: the file is not to be stripped
 */
typedef struct
{
  GByteArray *kept;
  GByteArray *profile;
  gboolean    found;
  gboolean    wrapped;
} DioMetadata;

DioMetadata *dio_metadata_read      (GBytes               *bytes,
                                     const DioImageHeader *header);
GBytes      *dio_metadata_strip     (GBytes               *bytes,
                                     const DioImageHeader *header);
void         dio_metadata_free      (DioMetadata          *self);

/* The walkers of each kind of file whose header could be read. */
void         dio_jpeg_metadata_walk (DioByteReader         file,
                                     DioMetadata          *metadata);
void         dio_png_metadata_walk  (DioByteReader         file,
                                     DioMetadata          *metadata);
void         dio_webp_metadata_walk (DioByteReader         file,
                                     DioMetadata          *metadata);

static inline void
dio_metadata_keep (DioMetadata  *self,
                   const guint8 *data,
                   gsize         size)
{
  if (self->kept != NULL)
    g_byte_array_append (self->kept, data, size);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioMetadata, dio_metadata_free)

G_END_DECLS
