/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells whether a picture file is whole, without decoding it. */

#pragma once

#include "dio-image-header.h"

G_BEGIN_DECLS

gboolean dio_image_check_whole         (GBytes                *bytes,
                                        DioImageHeader        *header,
                                        GError               **error);
gboolean dio_image_header_is_too_large (const DioImageHeader  *header);

G_END_DECLS
