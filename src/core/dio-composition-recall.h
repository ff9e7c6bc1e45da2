/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition made as it was when a request was frozen. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

gboolean dio_composition_recall (DioComposition  *self,
                                 DioRequest      *request,
                                 DioModelInfo    *model,
                                 GError         **error);

G_END_DECLS
