/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture's file is to tell of itself is not for storage to know. */

#pragma once

#include "dio-picture.h"
#include "dio-request.h"

G_BEGIN_DECLS

/**
 * DioInscribeFunc:
 * @file: the file of a picture, whole
 * @request: what was asked for
 * @picture: what came
 * @created: when its job was made, in microseconds since 1970
 * @user_data: data given with the function
 *
 * Called in the thread of the library, before the file has its name. Given the same
 * it returns the same: by that a picture that comes twice is known.
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): the pieces of the file
 *   that is kept in its place; %NULL to keep it as it is
 */
typedef GPtrArray *(*DioInscribeFunc) (GBytes           *file,
                                       DioRequest       *request,
                                       const DioPicture *picture,
                                       gint64            created,
                                       gpointer          user_data);

G_END_DECLS
