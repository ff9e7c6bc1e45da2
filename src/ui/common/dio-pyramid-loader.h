/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files into pyramids, off the main thread. */

#pragma once

#include "dio-pyramid.h"

G_BEGIN_DECLS

void        dio_load_pyramid_async  (GFile                *file,
                                     GBytes               *bytes,
                                     gsize                 max_bytes,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
DioPyramid *dio_load_pyramid_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
