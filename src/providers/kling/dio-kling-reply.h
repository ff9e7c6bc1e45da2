/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's dialect, and those of its resellers: what is answered. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

DioWireReply *dio_kling_read_create (const DioHttpReply *reply);
DioWireReply *dio_kling_read_query  (const DioHttpReply *reply);
DioKeyVerdict    dio_kling_read_test   (const DioHttpReply *reply);
gboolean      dio_kling_tells_clock (const DioHttpReply *reply);

G_END_DECLS
