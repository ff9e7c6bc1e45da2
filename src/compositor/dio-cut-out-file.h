/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-outs as bytes: made to be read quickly, and only by us. */

#pragma once

#include "dio-cut-out.h"

G_BEGIN_DECLS

GBytes    *dio_cut_out_pack   (const DioCutOut *self);
DioCutOut *dio_cut_out_unpack (const guint8    *data,
                               gsize            size,
                               GError         **error);

G_END_DECLS
