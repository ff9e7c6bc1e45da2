/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture as it lies in its file. */

#pragma once

#include "dio-image-decode.h"

G_BEGIN_DECLS

DioPixels *dio_image_decode_stored (GBytes          *bytes,
                                    int              min_side,
                                    int             *orientation,
                                    DioDecodeNotes  *notes,
                                    GCancellable    *cancellable,
                                    GError         **error);

G_END_DECLS
