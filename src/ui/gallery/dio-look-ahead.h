/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures at the size of a window, a little ahead of who looks at them. */

#pragma once

#include "dio-result.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define DIO_TYPE_LOOK_AHEAD (dio_look_ahead_get_type ())
G_DECLARE_FINAL_TYPE (DioLookAhead, dio_look_ahead, DIO, LOOK_AHEAD, GObject)

DioLookAhead *dio_look_ahead_new    (void);
void          dio_look_ahead_want   (DioLookAhead  *self,
                                     DioResult    **results,
                                     guint          n_results,
                                     int            side);
GdkTexture   *dio_look_ahead_lookup (DioLookAhead  *self,
                                     DioResult     *result,
                                     const GError **error);

G_END_DECLS
