/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a picture's own colours to sRGB. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

gboolean dio_colour_profile_apply (const guint8 *profile,
                                   gsize         size,
                                   DioPixels    *pixels,
                                   GCancellable *cancellable);

G_END_DECLS
