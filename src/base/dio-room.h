/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that threads share out among them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioRoom DioRoom;

DioRoom *dio_room_new   (gsize    size);
DioRoom *dio_room_ref   (DioRoom *self);
void     dio_room_unref (DioRoom *self);
gboolean dio_room_has_space_for_two (DioRoom *self,
                                     gsize    size);
void     dio_room_enter (DioRoom *self,
                         gsize    size);
void     dio_room_leave (DioRoom *self,
                         gsize    size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRoom, dio_room_unref)

G_END_DECLS
