/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture's file tells of how it was made. */

#pragma once

#include "dio-role.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioMetadataWriter:
 * @DIO_METADATA_DIORAMA: this program, or another version of it
 * @DIO_METADATA_AUTOMATIC1111: the web interface of that name, or one that writes
 *   as it does
 * @DIO_METADATA_COMFYUI: ComfyUI
 * @DIO_METADATA_INVOKEAI: InvokeAI
 *
 * Who has written it.
 */
typedef enum
{
  DIO_METADATA_DIORAMA,
  DIO_METADATA_AUTOMATIC1111,
  DIO_METADATA_COMFYUI,
  DIO_METADATA_INVOKEAI,
} DioMetadataWriter;

/**
 * DioMetadataParent:
 * @hash: the content hash of a reference
 * @name: (nullable): what the prompt calls it
 * @role: what it was for
 */
typedef struct
{
  char    *hash;
  char    *name;
  DioRole  role;
} DioMetadataParent;

/**
 * DioPictureMetadata:
 * @writer: who has written it
 * @software: (nullable): that program, with its version
 * @prompt: (nullable): what was asked for
 * @negative_prompt: (nullable): what was not wanted
 * @provider: (nullable): id of who made it
 * @model: (nullable): with which model
 * @parameters: (nullable): values, to be read by people
 * @seed: the seed it was made with, or -1 where none is known
 * @width: as it was asked for, or 0
 * @height: as it was asked for, or 0
 * @steps: how many were taken, or 0
 * @guidance: how closely the prompt was followed, or below 0
 * @created: when it was asked for, in microseconds since 1970, or 0
 * @is_composite: made of its references by rules, not by a trained model
 * @parents: (element-type DioMetadataParent): its references, in order
 * @recipe: (nullable): see dio_request_dup_recipe()
 */
typedef struct
{
  DioMetadataWriter  writer;
  char              *software;
  char              *prompt;
  char              *negative_prompt;
  char              *provider;
  char              *model;
  char              *parameters;
  gint64             seed;
  int                width;
  int                height;
  int                steps;
  double             guidance;
  gint64             created;
  gboolean           is_composite;
  GPtrArray         *parents;
  char              *recipe;
} DioPictureMetadata;

DioPictureMetadata *dio_picture_metadata_new        (DioMetadataWriter          writer);
void                dio_picture_metadata_free       (DioPictureMetadata        *self);
void                dio_picture_metadata_add_parent (DioPictureMetadata        *self,
                                                     const char                *hash,
                                                     const char                *name,
                                                     DioRole                    role);

/* Of strangers' files. */
DioPictureMetadata *dio_picture_metadata_read       (GBytes                    *file);
void                dio_picture_metadata_read_async (GBytes                    *file,
                                                     GCancellable              *cancellable,
                                                     GAsyncReadyCallback        callback,
                                                     gpointer                   user_data);
DioPictureMetadata *dio_picture_metadata_read_finish (GAsyncResult             *result,
                                                     GError                   **error);

/* Into a file of ours. */
GPtrArray          *dio_picture_metadata_inscribe   (const DioPictureMetadata  *self,
                                                     GBytes                    *file,
                                                     GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPictureMetadata, dio_picture_metadata_free)

G_END_DECLS
