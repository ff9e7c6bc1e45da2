/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the studio share. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

void _dio_studio_inscribe_pictures (DioStudio *self);

G_END_DECLS
