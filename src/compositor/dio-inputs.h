/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made of the last photos, so that a variation need not make it again. */

#pragma once

#include "dio-compositor.h"
#include "dio-scene.h"

G_BEGIN_DECLS

typedef struct _DioInputs DioInputs;

/**
 * DioKeptScene:
 * @picture: three channels, in the size of the picture
 * @scene: what is told of it
 */
typedef struct
{
  DioPixels *picture;
  DioScene  *scene;
} DioKeptScene;

/**
 * DioKeptStyle:
 * @picture: three channels
 * @colours: samples of it, as dio_palette_new() takes them
 */
typedef struct
{
  DioPixels *picture;
  DioBuffer *colours;
} DioKeptStyle;

/* Samples of each of the two pictures whose colours are compared. */
#define DIO_INPUTS_N_COLOURS 16000

DioInputs          *dio_inputs_new         (DioCutOutCache            *cache);
void                dio_inputs_free        (DioInputs                 *self);

gboolean            dio_inputs_has_subject (DioInputs                 *self,
                                            const DioCompositorInput  *input);
gboolean            dio_inputs_decode      (DioInputs                 *self,
                                            const DioCompositorInput  *input,
                                            int                        width,
                                            int                        height,
                                            DioWorkers                *workers,
                                            GCancellable              *cancellable,
                                            GError                   **error);
DioCutOut          *dio_inputs_get_subject (DioInputs                 *self,
                                            const DioCompositorInput  *input,
                                            DioWorkers                *workers,
                                            GCancellable              *cancellable,
                                            GError                   **error);
const DioKeptScene *dio_inputs_get_scene   (DioInputs                 *self);
const DioKeptStyle *dio_inputs_get_style   (DioInputs                 *self);

G_END_DECLS
