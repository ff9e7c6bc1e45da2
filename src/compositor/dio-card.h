/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole photo as a thing to be placed. */

#pragma once

#include "dio-cut-out.h"

G_BEGIN_DECLS

DioCutOut *dio_card_new (const DioPixels *picture);

G_END_DECLS
