/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a film to its first picture, before it is decoded. */

#pragma once

#include "dio-image-header.h"

G_BEGIN_DECLS

GBytes *dio_first_frame_extract (GBytes               *bytes,
                                 const DioImageHeader *header);

G_END_DECLS
