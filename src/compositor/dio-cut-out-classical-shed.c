/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes shadows off the guess. What looks like shade may as well be a grey part of
 * the subject, a bumper or a step. A shadow has a soft edge to the backdrop and
 * ends at the subject's own outline; a part of the subject does the reverse. */

#include "config.h"

#include <math.h>

#include "dio-cut-out-classical-private.h"

/* On a backdrop with a texture of its own shadows are no smoother than the rest. */
#define MOST_TEXTURE 1.0f

#define LEAST_SIZE  20
#define SHADE_PRIOR 0.03f

/* How far beyond the part the subject is looked for, in pixels. */
#define FIRST_STEP 2
#define LAST_STEP  8

/* What the subject must show there: another hue, or an edge and much contrast;
 * and along how much of the rim. */
#define OWN_HUE        8.0f
#define LEAST_CONTRAST 9.0f
#define LEAST_EDGE     2.2f
#define HELD_SHARE     0.85

/* The steepest that the edge to the backdrop may be; where no subject is around
 * it may be steeper. */
#define SOFT_EDGE   2.3
#define ALONE_SHARE 1.5

/* Right under a foot a shadow is too narrow to be soft. It is told by a contrast
 * to the subject that is out of all proportion. */
#define NARROW          1.5
#define NARROW_SIZE     40
#define NARROW_CONTRAST 32.0
#define NARROW_SHARE    8.0

/* One patch of what looks like shade, and what is beside its pixels. */
typedef struct
{
  int    n;
  int    n_inner;  /* neighbours that stay with the subject */
  int    n_held;   /* of these, where the subject shows */
  double contrast; /* summed over these */
  int    n_outer;  /* neighbours outside the subject */
  double edge;     /* the gradient, summed over these */
} Part;

static float
measure_contrast (const float *a,
                  const float *b)
{
  float sum = 0.0f;

  for (int c = 0; c < 3; c++)
    sum += (a[c] - b[c]) * (a[c] - b[c]);

  return sqrtf (sum);
}

/* What the subject looks like beyond @place in the direction @k. */
static void
measure_inner (const DioClassical *self,
               Part               *part,
               int                 place,
               int                 k)
{
  int x = place % self->width;
  int y = place / self->width;
  float contrast = 0.0f;
  float tint = 0.0f;
  float edge = 0.0f;

  for (int step = -1; step <= LAST_STEP; step++)
    {
      int there = dio_classical_get_place (self,
                                           x + step * dio_classical_across[k],
                                           y + step * dio_classical_down[k]);

      if (step < FIRST_STEP + 2)
        edge = MAX (edge, self->gradient[there]);
      if (step < FIRST_STEP)
        continue;

      contrast = MAX (contrast, measure_contrast (dio_classical_get_colour (self, place),
                                                  dio_classical_get_colour (self, there)));
      tint = MAX (tint, dio_classical_measure_tint (self, there));
    }

  part->n_inner++;
  part->n_held += tint > OWN_HUE || (contrast > LEAST_CONTRAST && edge > LEAST_EDGE);
  part->contrast += contrast;
}

static void
measure_beside (const DioClassical *self,
                Part               *part,
                int                 place,
                int                 beside,
                int                 k)
{
  if (self->prior[beside] <= 0.5f)
    {
      part->n_outer++;
      part->edge += self->gradient[place];
    }
  else if (!dio_classical_is_dark (self, beside))
    {
      measure_inner (self, part, place, k);
    }
}

enum
{
  NO_SHADE,
  SHADE,
  COLLECTED,
};

/* Collects the patch that @start is in, into @members. */
static Part
collect_part (const DioClassical *self,
              guint8             *shade,
              int                 start,
              int                *members)
{
  Part part = { 1 };

  members[0] = start;
  shade[start] = COLLECTED;
  for (int i = 0; i < part.n; i++)
    for (int k = 0; k < 8; k++)
      {
        int u = members[i] % self->width + dio_classical_across[k];
        int v = members[i] / self->width + dio_classical_down[k];
        int beside = v * self->width + u;

        if (u < 0 || v < 0 || u >= self->width || v >= self->height || shade[beside] == COLLECTED)
          continue;

        if (shade[beside] == NO_SHADE)
          {
            measure_beside (self, &part, members[i], beside, k);
            continue;
          }

        shade[beside] = COLLECTED;
        members[part.n++] = beside;
      }

  return part;
}

static gboolean
is_narrow_shadow (const Part *part)
{
  double contrast = part->contrast / MAX (1, part->n_inner);

  return part->n > NARROW_SIZE
         && part->n < NARROW * part->n_inner
         && contrast > NARROW_CONTRAST
         && contrast * part->n_outer > NARROW_SHARE * part->edge;
}

static gboolean
is_shadow (const Part *part)
{
  double most = part->n_inner > 0 ? SOFT_EDGE : SOFT_EDGE * ALONE_SHARE;

  return part->n >= LEAST_SIZE
         && part->n_outer > 0
         && part->n_held >= HELD_SHARE * part->n_inner
         && (part->edge < most * part->n_outer || is_narrow_shadow (part));
}

/* Changes prior. */
void
dio_classical_shed_shade (DioClassical *self)
{
  int n = self->width * self->height;
  g_autofree guint8 *shade = NULL;
  g_autofree int *members = NULL;

  if (self->loud > MOST_TEXTURE)
    return;

  shade = dio_classical_find_shade (self);
  members = g_new (int, n);
  for (int start = 0; start < n; start++)
    {
      Part part;

      if (shade[start] != SHADE)
        continue;

      part = collect_part (self, shade, start, members);
      g_debug ("shade of %d: held %.2f contrast %.1f edge %.1f: %s", part.n,
               part.n_held / (double) MAX (1, part.n_inner), part.contrast / MAX (1, part.n_inner),
               part.edge / MAX (1, part.n_outer), is_shadow (&part) ? "shed" : "kept");
      for (int i = 0; i < part.n && is_shadow (&part); i++)
        self->prior[members[i]] = SHADE_PRIOR;
    }
}
