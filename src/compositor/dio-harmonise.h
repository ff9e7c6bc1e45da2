/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a subject the scene's white, tones and colourfulness, and leaves it itself. */

#pragma once

#include "dio-layer.h"

G_BEGIN_DECLS

/**
 * DioGrade:
 * @gain: of red, green and blue light
 * @pivot: the tone about which @contrast works
 * @contrast: factor on tones
 * @shift: of the middle tones
 * @high: of the highest tones
 * @black: what black is lifted to
 * @chroma: factor on colourfulness
 * @bleed: what the surroundings tint, in OKLab a and b
 *
 * What is done to every pixel of one subject.
 */
typedef struct
{
  float gain[3];
  float pivot;
  float contrast;
  float shift;
  float high;
  float black;
  float chroma;
  float bleed[2];
} DioGrade;

void dio_grade_measure   (DioGrade           *self,
                          const DioScene     *scene,
                          const DioBuffer    *subject,
                          const DioCutOut    *cut_out,
                          const DioPlacement *placement,
                          double              amount);
void dio_grade_apply     (const DioGrade     *self,
                          float              *rgb);

G_END_DECLS
