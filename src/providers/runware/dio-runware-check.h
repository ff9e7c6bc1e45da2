/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between the values of a request: said before it is paid. */

#pragma once

#include "runware/dio-runware-size.h"

G_BEGIN_DECLS

const DioRunwareSize *dio_runware_get_size (DioRequest  *request);
gboolean              dio_runware_check    (DioRequest  *request,
                                            GHashTable  *fields,
                                            GError     **error);

G_END_DECLS
