/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a slot and its list share. */

#pragma once

#include "dio-result-slot.h"

G_BEGIN_DECLS

/**
 * DioResultSlotGoneFunc:
 * @slot: a slot that nobody holds any more
 * @user_data: data given with the function
 */
typedef void (*DioResultSlotGoneFunc) (DioResultSlot *slot,
                                       gpointer       user_data);

struct _DioResultSlot
{
  GObject                parent_instance;

  gint64                 number;     /* of the result, set once */
  DioResult             *result;     /* (owned) (nullable): NULL until it is read */
  gboolean               starts_day;
  gboolean               starts_job;
  gboolean               is_missing; /* there was no such result when it was read last */

  /* Of the list */
  GList                  link;       /* in its queue of those to read, or of those read last */
  DioResultSlotGoneFunc  gone;       /* NULL once there is no list */
  gpointer               gone_data;
};

DioResultSlot *_dio_result_slot_new        (gint64                 number,
                                            DioResultSlotGoneFunc  gone,
                                            gpointer               user_data);
void           _dio_result_slot_set_result (DioResultSlot         *self,
                                            DioResult             *result);
void           _dio_result_slot_set_starts (DioResultSlot         *self,
                                            gboolean               day,
                                            gboolean               job);

G_END_DECLS
