/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which patch of one picture can stand for each pixel of another. */

#pragma once

#include "dio-pixels.h"
#include "dio-progress.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/* A patch reaches this far from its middle. */
#define DIO_ANALOGY_REACH 2

/**
 * DioAnalogySpot:
 * @x: across in the style
 * @y: down in the style
 *
 * The middle of a patch; 16 bits reach for pictures of 32767.
 */
typedef struct
{
  gint16 x;
  gint16 y;
} DioAnalogySpot;

/**
 * DioAnalogy:
 * @width: of the content
 * @height: of the content
 * @spots: (owned): for each pixel of the content the patch that stands for it
 */
typedef struct
{
  int             width;
  int             height;
  DioAnalogySpot *spots;
} DioAnalogy;

DioAnalogy *dio_analogy_new  (const DioPixels *content,
                              const DioPixels *style,
                              guint32          seed,
                              DioProgress     *progress,
                              DioWorkers      *workers);
void        dio_analogy_free (DioAnalogy      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioAnalogy, dio_analogy_free)

G_END_DECLS
