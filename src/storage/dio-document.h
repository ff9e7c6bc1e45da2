/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as a file that can be given away: its description and its photos. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define DIO_DOCUMENT_SUFFIX    ".diorama"
#define DIO_DOCUMENT_MIME_TYPE "application/x-diorama+zip"
#define DIO_DOCUMENT_MAX_BYTES (1024u * 1024 * 1024)

/**
 * DioDocument:
 * @root: (owned): what dio_composition_to_json() made, perhaps by another version
 * @photos: (owned) (element-type utf8 GBytes): by their hashes, which are right
 */
typedef struct
{
  JsonNode   *root;
  GHashTable *photos;
} DioDocument;

DioDocument *dio_document_new  (JsonNode           *root);
void         dio_document_free (DioDocument        *self);
gboolean     dio_document_is   (GFile              *file);
DioDocument *dio_document_read (GFile              *file,
                                GCancellable       *cancellable,
                                GError            **error);
gboolean     dio_document_write (DioDocument       *self,
                                 GFile             *file,
                                 GCancellable      *cancellable,
                                 GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDocument, dio_document_free)

G_END_DECLS
