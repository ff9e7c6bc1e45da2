/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that go into an answer. */

#pragma once

#include "exchange.h"

G_BEGIN_DECLS

/**
 * GatherFunc:
 * @pictures: (element-type GBytes): of the job, in order
 * @user_data: data given with the function
 */
typedef void (*GatherFunc) (GPtrArray *pictures,
                            gpointer   user_data);

void  gather_pictures   (DioProviderServer *server,
                         Job               *job,
                         GatherFunc         func,
                         gpointer           user_data,
                         GDestroyNotify     destroy);
char *dup_picture_url   (DioProviderServer *server,
                         Job               *job,
                         guint              index);
char *encode_picture    (GBytes            *picture,
                         Job               *job,
                         gboolean           data_uri);

G_END_DECLS
