/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a picture tells of how it was made to a composition. */

#pragma once

#include "dio-picture-metadata.h"
#include "dio-studio.h"

G_BEGIN_DECLS

void     dio_studio_recall_async  (DioStudio                 *self,
                                   const DioPictureMetadata  *metadata,
                                   DioComposition            *composition,
                                   GCancellable              *cancellable,
                                   GAsyncReadyCallback        callback,
                                   gpointer                   user_data);
gboolean dio_studio_recall_finish (DioStudio                 *self,
                                   GAsyncResult              *result,
                                   GError                   **error);

G_END_DECLS
