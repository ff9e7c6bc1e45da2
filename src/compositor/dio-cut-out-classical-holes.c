/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shows through a subject, inside a handle or between legs, cannot be
 * reached from the border. A flat patch becomes such a hole when it looks very
 * much like the backdrop around and has a sharp, strong outline. */

#include "config.h"

#include <math.h>

#include "dio-cut-out-classical-private.h"

/* The steepest gradient inside of a hole. */
#define FLAT           2.4f
#define FLAT_QUIETS    9.0f

/* Something grey in a subject may well be as grey as the backdrop; something of
 * the same colour hardly: then smaller patches are believed. */
#define LEAST_SHARE    0.0006
#define TINTED_SHARE   0.00012
#define TINTED         3.0

#define LEAST_SHARP    0.26
#define LEAST_CONTRAST 16.0
#define HOLE_PRIOR     0.03f
#define RIM            2
#define RIM_PRIOR      0.5f

/* Shadows and gradients change a backdrop's lightness, but hardly its hue: the
 * mean of the patch may differ more in the one than in the other. Light that
 * comes back from a coloured backdrop changes the colour of the shadow too. */
#define MOST_DIFFERENT 3.0
#define MOST_TINT      0.2
#define TINT_OF_CHROMA 0.08

/* A pixel of it: shadows make darker, little makes lighter. */
#define MOST_BRIGHTER  5.0f

typedef struct
{
  int    n;
  double difference; /* in lightness, summed */
  double tint[2];    /* in colour, with its sign, summed */
  double chroma;     /* the backdrop's, summed */
  int    n_rim;
  double contrast;   /* summed over the rim */
  double sharpness;  /* summed over the rim */
} Patch;

static gboolean
looks_like_backdrop (const DioClassical *self,
                     int                 i)
{
  const float *colour = dio_classical_get_colour (self, i);
  const float *local = dio_classical_get_local (self, i);
  float l = colour[0] - local[0];
  float a = colour[1] - local[1];
  float b = colour[2] - local[2];

  return self->prior[i] > 0.5f
         && self->gradient[i] < MAX (FLAT, FLAT_QUIETS * self->quiet)
         && 0.36f * l * l + a * a + b * b < 9.0f + 36.0f * self->quiet * self->quiet
         && l < MOST_BRIGHTER;
}

static guint8 *
find_candidates (const DioClassical *self)
{
  int n = self->width * self->height;
  guint8 *candidates = g_new (guint8, n);

  for (int i = 0; i < n; i++)
    candidates[i] = looks_like_backdrop (self, i);

  return candidates;
}

/* What lies a few pixels beyond the rim, in the direction @k. */
static void
measure_rim (const DioClassical *self,
             Patch              *patch,
             int                 place,
             int                 k)
{
  int x = place % self->width;
  int y = place / self->width;
  int across = dio_classical_across[k];
  int down = dio_classical_down[k];
  const float *here = dio_classical_get_colour (self, place);
  const float *there = dio_classical_get_colour (self, dio_classical_get_place (self, x + 4 * across, y + 4 * down));
  float contrast = sqrtf ((here[0] - there[0]) * (here[0] - there[0])
                          + (here[1] - there[1]) * (here[1] - there[1])
                          + (here[2] - there[2]) * (here[2] - there[2]));
  float steepest = 0.0f;

  for (int step = 1; step <= 3; step++)
    steepest = MAX (steepest, self->gradient[dio_classical_get_place (self, x + step * across, y + step * down)]);

  patch->n_rim++;
  patch->contrast += contrast;
  patch->sharpness += steepest / (contrast + 1.0f);
}

/* Empties the patch that begins at @start out of the candidates, into @members. */
static Patch
collect_patch (const DioClassical *self,
               guint8             *candidates,
               int                 start,
               int                *members)
{
  Patch patch = { 1 };

  members[0] = start;
  candidates[start] = 0;
  for (int i = 0; i < patch.n; i++)
    {
      int x = members[i] % self->width;
      int y = members[i] / self->width;

      for (int k = 0; k < 8; k++)
        {
          int u = x + dio_classical_across[k];
          int v = y + dio_classical_down[k];

          if (u < 0 || v < 0 || u >= self->width || v >= self->height || !candidates[v * self->width + u])
            continue;

          candidates[v * self->width + u] = 0;
          members[patch.n++] = v * self->width + u;
        }
    }

  return patch;
}

static void
measure_patch (const DioClassical *self,
               Patch              *patch,
               const int          *members,
               guint8             *inside)
{
  for (int i = 0; i < patch->n; i++)
    inside[members[i]] = 1;

  for (int i = 0; i < patch->n; i++)
    {
      int x = members[i] % self->width;
      int y = members[i] / self->width;

      const float *colour = dio_classical_get_colour (self, members[i]);
      const float *local = dio_classical_get_local (self, members[i]);

      patch->difference += fabsf (colour[0] - local[0]);
      patch->tint[0] += colour[1] - local[1];
      patch->tint[1] += colour[2] - local[2];
      patch->chroma += hypot (local[1], local[2]);
      for (int k = 0; k < 8; k++)
        {
          int u = x + dio_classical_across[k];
          int v = y + dio_classical_down[k];

          if (u >= 0 && v >= 0 && u < self->width && v < self->height && !inside[v * self->width + u])
            measure_rim (self, patch, members[i], k);
        }
    }

  for (int i = 0; i < patch->n; i++)
    inside[members[i]] = 0;
}

static gboolean
is_hole (const DioClassical *self,
         const Patch        *patch)
{
  double tint = hypot (patch->tint[0], patch->tint[1]) / patch->n;
  double chroma = patch->chroma / patch->n;
  double least = (chroma > TINTED ? TINTED_SHARE : LEAST_SHARE) * self->width * self->height;

  return patch->n > least
         && patch->n_rim > 0
         && patch->sharpness / patch->n_rim > LEAST_SHARP
         && patch->contrast / patch->n_rim > LEAST_CONTRAST
         && patch->difference / patch->n < MOST_DIFFERENT
         && tint < MOST_TINT + TINT_OF_CHROMA * chroma;
}

/* The rim is too blurred to have been a candidate: whose it is, is left open. */
static void
empty_patch (DioClassical *self,
             const Patch  *patch,
             const int    *members)
{
  for (int i = 0; i < patch->n; i++)
    self->prior[members[i]] = HOLE_PRIOR;

  for (int i = 0; i < patch->n; i++)
    for (int k = 0; k < 8; k++)
      for (int step = 1; step <= RIM; step++)
        {
          int x = members[i] % self->width + step * dio_classical_across[k];
          int y = members[i] / self->width + step * dio_classical_down[k];
          float *prior = self->prior + dio_classical_get_place (self, x, y);

          *prior = MIN (*prior, RIM_PRIOR);
        }
}

/* Changes prior. */
void
dio_classical_open_holes (DioClassical *self)
{
  int n = self->width * self->height;
  g_autofree guint8 *candidates = find_candidates (self);
  g_autofree guint8 *inside = g_new0 (guint8, n);
  g_autofree int *members = g_new (int, n);

  for (int start = 0; start < n; start++)
    {
      Patch patch;

      if (!candidates[start])
        continue;

      patch = collect_patch (self, candidates, start, members);
      if (patch.n <= n * TINTED_SHARE)
        continue;

      measure_patch (self, &patch, members, inside);
      g_debug ("patch of %d: difference %.2f tint %.2f chroma %.1f sharpness %.2f contrast %.1f: %s", patch.n,
               patch.difference / patch.n, hypot (patch.tint[0], patch.tint[1]) / patch.n, patch.chroma / patch.n,
               patch.sharpness / MAX (1, patch.n_rim), patch.contrast / MAX (1, patch.n_rim),
               is_hole (self, &patch) ? "hole" : "kept");
      if (is_hole (self, &patch))
        empty_patch (self, &patch, members);
    }
}
