/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fall of light over a subject. */

#pragma once

#include "dio-layer.h"

G_BEGIN_DECLS

/* Channels of the map. */
#define DIO_RELIGHT_FACTOR 0 /* on the light of the subject */
#define DIO_RELIGHT_RIM    1 /* light from behind that grazes its edge */
#define DIO_RELIGHT_INNER  2 /* alpha, blurred: 1 well inside */

DioBuffer *dio_relight_new (const DioScene *scene,
                            const DioLayer *layer,
                            const DioLight *light,
                            int             picture_width,
                            int             picture_height,
                            double          amount,
                            DioWorkers     *workers);

G_END_DECLS
