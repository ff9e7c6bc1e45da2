/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's dialect: what is answered. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

DioWireReply *dio_modelslab_read_create       (const DioHttpReply  *reply);
DioWireReply *dio_modelslab_read_fetch        (const DioHttpReply  *reply);
char         *dio_modelslab_read_upload       (const DioHttpReply  *reply,
                                               GError             **error);
GPtrArray    *dio_modelslab_read_past_outputs (const DioHttpReply  *reply,
                                               GError             **error);
gboolean      dio_modelslab_read_balance      (const DioHttpReply  *reply,
                                               double              *balance,
                                               char               **currency,
                                               GError             **error);

G_END_DECLS
