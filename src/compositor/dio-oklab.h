/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OKLab: a space in which equal steps look equal, so that colours can be
 * compared and mixed. Matrices: Björn Ottosson, "A perceptual color space for
 * image processing" (2020), https://bottosson.github.io/posts/oklab/ */

#pragma once

#include <math.h>
#include <string.h>

#include "dio-buffer.h"
#include "dio-workers.h"

G_BEGIN_DECLS

DioBuffer *dio_linear_to_oklab (const DioBuffer *linear,
                                DioWorkers      *workers);
DioBuffer *dio_oklab_to_linear (const DioBuffer *lab,
                                DioWorkers      *workers);

/* A third of the exponent by arithmetic on the bits (3 % off), then two steps of
 * Halley's method: exact to the last bit or two, the same on every C library,
 * and free of branches, so that loops over it become vectors. */
static inline float
dio_cube_root (float x)
{
  /* Zero would lead through denormals, which are slow. */
  float magnitude = fmaxf (fabsf (x), 1e-18f);
  float y, cube;
  gint32 bits;

  memcpy (&bits, &magnitude, sizeof bits);
  bits = (gint32) ((float) bits * (1.0f / 3.0f)) + 0x2a512ce3;
  memcpy (&y, &bits, sizeof y);

  cube = y * y * y;
  y *= (cube + 2.0f * magnitude) / (2.0f * cube + magnitude);
  cube = y * y * y;
  y *= (cube + 2.0f * magnitude) / (2.0f * cube + magnitude);

  return copysignf (y, x);
}

static inline void
dio_oklab_from_linear (const float *rgb,
                       float       *lab)
{
  float l = dio_cube_root (0.4122214708f * rgb[0] + 0.5363325363f * rgb[1] + 0.0514459929f * rgb[2]);
  float m = dio_cube_root (0.2119034982f * rgb[0] + 0.6806995451f * rgb[1] + 0.1073969566f * rgb[2]);
  float s = dio_cube_root (0.0883024619f * rgb[0] + 0.2817188376f * rgb[1] + 0.6299787005f * rgb[2]);

  lab[0] = 0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s;
  lab[1] = 1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s;
  lab[2] = 0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s;
}

static inline void
dio_oklab_to_rgb (const float *lab,
                  float       *rgb)
{
  float l = lab[0] + 0.3963377774f * lab[1] + 0.2158037573f * lab[2];
  float m = lab[0] - 0.1055613458f * lab[1] - 0.0638541728f * lab[2];
  float s = lab[0] - 0.0894841775f * lab[1] - 1.2914855480f * lab[2];

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;

  rgb[0] = 4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s;
  rgb[1] = -1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s;
  rgb[2] = -0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s;
}

G_END_DECLS
