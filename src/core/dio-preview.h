/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will be sent, for the person to read before it is paid. */

#pragma once

#include "dio-http.h"
#include "dio-price.h"

G_BEGIN_DECLS

/**
 * DioPreviewPhoto:
 * @name: as in the prompt
 * @file: (nullable): as it is sent; %NULL where its address is
 * @mime_type: of @file
 * @size: bytes of @file
 * @width: in pixels
 * @height: in pixels
 * @changes: how @file differs from the photo, as DioPreparedChanges
 * @address: (nullable): sent instead of the bytes
 */
typedef struct
{
  char    *name;
  GFile   *file;
  char    *mime_type;
  goffset  size;
  int      width;
  int      height;
  guint    changes;
  char    *address;
} DioPreviewPhoto;

/**
 * DioPreview:
 * @prompt: as the model reads it
 * @photos: (element-type DioPreviewPhoto): in the order that is sent
 * @requests: (element-type DioHttpRequest): uploads first; a later one holds
 *   "<url of upload N>" for what an upload will answer
 * @price: of all of them
 */
typedef struct
{
  char      *prompt;
  GPtrArray *photos;
  GPtrArray *requests;
  DioPrice   price;
} DioPreview;

DioPreview      *dio_preview_new       (void);
void             dio_preview_free      (DioPreview *self);
DioPreviewPhoto *dio_preview_add_photo (DioPreview *self,
                                        const char *name);
JsonNode        *dio_preview_to_json   (DioPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreview, dio_preview_free)

G_END_DECLS
