/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's dialect: what is asked. The key stands in the body. No function
 * here sends. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

DioHttpRequest *dio_modelslab_make_create       (DioRequest          *request,
                                                 const DioAccount    *account,
                                                 const char          *key,
                                                 const DioWirePhoto  *photos,
                                                 guint                n_photos,
                                                 GError             **error);
DioHttpRequest *dio_modelslab_make_upload       (const DioAccount    *account,
                                                 const char          *key,
                                                 const DioWirePhoto  *photo);
DioHttpRequest *dio_modelslab_make_fetch        (const DioAccount    *account,
                                                 const char          *key,
                                                 const char          *remote_id);
DioHttpRequest *dio_modelslab_make_past_outputs (const DioAccount    *account,
                                                 const char          *key,
                                                 guint                page);
DioHttpRequest *dio_modelslab_make_balance      (const DioAccount    *account,
                                                 const char          *key);

G_END_DECLS
