/* SPDX-License-Identifier: GPL-3.0-or-later */
/* “Winner stays”: things are judged two at a time until one is left. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioKnockOut DioKnockOut;

DioKnockOut *dio_knock_out_new          (guint              n);
void         dio_knock_out_free         (DioKnockOut       *self);
guint        dio_knock_out_get_n        (const DioKnockOut *self);
guint        dio_knock_out_get_round    (const DioKnockOut *self);
gboolean     dio_knock_out_get_pair     (const DioKnockOut *self,
                                         guint             *holder,
                                         guint             *challenger);
gboolean     dio_knock_out_get_winner   (const DioKnockOut *self,
                                         guint             *winner);
gboolean     dio_knock_out_is_out       (const DioKnockOut *self,
                                         guint              item);
void         dio_knock_out_decide       (DioKnockOut       *self,
                                         gboolean           holder_stays);
gboolean     dio_knock_out_can_undo     (const DioKnockOut *self);
void         dio_knock_out_undo         (DioKnockOut       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioKnockOut, dio_knock_out_free)

G_END_DECLS
