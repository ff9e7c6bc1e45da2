/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backdrop may be two: a wall and a table. The line where they meet looks like
 * an outline, but its colours lie between those to either side. */

#include "config.h"

#include <math.h>

#include "dio-cut-out-classical-private.h"

#define REACH        5
#define LEAST_SEEN   12
#define SLACK        1.2f
#define NEAR_SHARE   0.2f
#define SEAM_PRIOR   0.02f

typedef struct
{
  float low[3];
  float high[3];
  int   n;
} Range;

static void
widen (Range       *range,
       const float *colour)
{
  for (int c = 0; c < 3; c++)
    {
      range->low[c] = MIN (range->low[c], colour[c]);
      range->high[c] = MAX (range->high[c], colour[c]);
    }
  range->n++;
}

static Range
collect_backdrop (const DioClassical *self,
                  int                 x,
                  int                 y)
{
  Range range = {
    { G_MAXFLOAT, G_MAXFLOAT, G_MAXFLOAT },
    { -G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT },
  };

  for (int v = MAX (0, y - REACH); v <= MIN (self->height - 1, y + REACH); v++)
    for (int u = MAX (0, x - REACH); u <= MIN (self->width - 1, x + REACH); u++)
      if (self->outside[(gsize) v * self->width + u] > 0.0f)
        widen (&range, dio_buffer_at (self->smooth, u, v));

  return range;
}

static gboolean
is_between (const Range *range,
            const float *colour)
{
  if (range->n < LEAST_SEEN)
    return FALSE;

  for (int c = 0; c < 3; c++)
    if (colour[c] < range->low[c] - SLACK || colour[c] > range->high[c] + SLACK)
      return FALSE;

  return TRUE;
}

static void
remove_seams_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  DioClassical *self = user_data;
  float near = self->threshold * NEAR_SHARE;

  for (int y = first; y < last; y++)
    for (int x = 0; x < self->width; x++)
      {
        gsize i = (gsize) y * self->width + x;
        Range range;

        if (self->depth[i] == 0.0f || self->depth[i] > REACH * (float) G_SQRT2 || self->distance[i] < near)
          continue;

        range = collect_backdrop (self, x, y);
        if (is_between (&range, dio_buffer_at (self->smooth, x, y)))
          self->prior[i] = SEAM_PRIOR;
      }
}

/* Changes prior. */
void
dio_classical_remove_seams (DioClassical *self)
{
  dio_workers_run (self->workers, self->height, 16, remove_seams_cb, self);
}
