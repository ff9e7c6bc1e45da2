/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs write into the pictures that they make. */

#pragma once

#include "dio-picture-metadata.h"

G_BEGIN_DECLS

DioPictureMetadata *dio_foreign_metadata_read       (GHashTable *texts);

/* Each kind; NULL where it is not of that kind. */
DioPictureMetadata *dio_automatic1111_metadata_read (const char *text);
DioPictureMetadata *dio_comfyui_metadata_read       (const char *text);
DioPictureMetadata *dio_invokeai_metadata_read      (const char *text);
DioPictureMetadata *dio_invokeai_old_metadata_read  (const char *text);
DioPictureMetadata *dio_invokeai_dream_read         (const char *text);

G_END_DECLS
