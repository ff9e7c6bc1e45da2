/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For those who make cut-outs. */

#pragma once

#include "dio-cut-out.h"

G_BEGIN_DECLS

DioCutOut *dio_cut_out_alloc (void);

G_END_DECLS
