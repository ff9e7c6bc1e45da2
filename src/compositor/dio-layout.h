/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where subjects stand, how large they are, and how they are lit. */

#pragma once

#include "dio-plan.h"
#include "dio-scene.h"

G_BEGIN_DECLS

/**
 * DioLayoutSubject:
 * @input: which input it is
 * @aspect: width over height of what is seen of it
 */
typedef struct
{
  guint  input;
  double aspect;
} DioLayoutSubject;

/**
 * DioPlacement:
 * @subject: which of the subjects
 * @cx: its middle, in widths of the picture
 * @baseline: its lower end, in heights of the picture
 * @width: in widths of the picture
 * @height: in heights of the picture
 * @z: what is drawn later has more
 * @flip: mirrored
 * @grounded: stands, and so has a shadow under it
 */
typedef struct
{
  guint    subject;
  double   cx;
  double   baseline;
  double   width;
  double   height;
  double   z;
  gboolean flip;
  gboolean grounded;
} DioPlacement;

/**
 * DioLight:
 * @x: -1 from the left to 1 from the right
 * @y: -1 from above to 1 from below
 * @backlight: how much comes from behind, 0 to 1
 * @hardness: of shadows, 0 to 1
 * @shading: how much brighter a subject is on the side of the light
 */
typedef struct
{
  double x;
  double y;
  double backlight;
  double hardness;
  double shading;
} DioLight;

/**
 * DioLayout:
 * @placements: (owned) (element-type DioPlacement): back to front
 * @light: the same for all
 */
typedef struct
{
  GArray   *placements;
  DioLight  light;
} DioLayout;

DioLayout *dio_layout_new  (const DioPlan          *plan,
                            const DioScene         *scene,
                            const DioLayoutSubject *subjects,
                            guint                   n_subjects,
                            double                  picture_aspect,
                            double                  jitter,
                            guint32                 seed);
void       dio_layout_free (DioLayout              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLayout, dio_layout_free)

G_END_DECLS
