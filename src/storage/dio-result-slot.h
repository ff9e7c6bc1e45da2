/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in a list of results, which is read when somebody looks at it. */

#pragma once

#include "dio-result.h"

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_SLOT (dio_result_slot_get_type ())
G_DECLARE_FINAL_TYPE (DioResultSlot, dio_result_slot, DIO, RESULT_SLOT, GObject)

gint64      dio_result_slot_get_number     (DioResultSlot *self);
DioResult  *dio_result_slot_get_result     (DioResultSlot *self);
gboolean    dio_result_slot_get_is_missing (DioResultSlot *self);
gboolean    dio_result_slot_get_starts_day (DioResultSlot *self);
gboolean    dio_result_slot_get_starts_job (DioResultSlot *self);

G_END_DECLS
