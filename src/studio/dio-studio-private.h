/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the studio share. */

#pragma once

#include "dio-studio.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * DioStudioFindFunc:
 * @entry: (nullable): what a description says of a reference
 * @position: of @entry, from 0
 * @data: of the caller
 * @file: (out) (transfer full): the photo, or
 * @bytes: (out) (transfer full): what is in it
 * @error: return location for a #GError
 */
typedef gboolean (*DioStudioFindFunc) (JsonObject  *entry,
                                       guint        position,
                                       gpointer     data,
                                       GFile      **file,
                                       GBytes     **bytes,
                                       GError     **error);

void     _dio_studio_inscribe_pictures (DioStudio            *self);
gboolean _dio_studio_check_model       (DioStudio            *self,
                                        DioComposition       *composition,
                                        JsonNode             *root,
                                        GError              **error);
void     _dio_studio_fill_async        (DioStudio            *self,
                                        DioComposition       *composition,
                                        JsonNode             *root,
                                        DioStudioFindFunc     find,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean _dio_studio_fill_finish       (DioStudio            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
