/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact Euclidean distances: first along columns, then for each row the lower
 * envelope of one parabola a column. Pedro Felzenszwalb and Daniel Huttenlocher,
 * "Distance Transforms of Sampled Functions" (2012). */

#include "config.h"

#include <math.h>

#include "dio-distance.h"

#define STRIP 64

typedef struct
{
  const guint8 *mask;
  float        *distance;
  int           width;
  int           height;
} Transform;

/* @centre has the columns whose parabolas are lowest somewhere, @start where
 * each of them begins to be. */
typedef struct
{
  int    *centre;
  double *start;
  int     n;
} Envelope;

static void
measure_columns_cb (int      first,
                    int      last,
                    gpointer user_data)
{
  const Transform *self = user_data;
  int x_first = first * STRIP;
  int x_last = MIN (last * STRIP, self->width);

  for (int y = 0; y < self->height; y++)
    {
      const guint8 *mask = self->mask + (gsize) y * self->width;
      float *row = self->distance + (gsize) y * self->width;
      const float *above = row - self->width;

      for (int x = x_first; x < x_last; x++)
        {
          float next = y > 0 ? MIN (above[x] + 1.0f, DIO_DISTANCE_NONE) : DIO_DISTANCE_NONE;

          row[x] = mask[x] ? 0.0f : next;
        }
    }

  for (int y = self->height - 2; y >= 0; y--)
    {
      float *row = self->distance + (gsize) y * self->width;
      const float *below = row + self->width;

      for (int x = x_first; x < x_last; x++)
        row[x] = MIN (row[x], below[x] + 1.0f);
    }
}

/* Where the parabola of column @right becomes lower than that of @left. */
static inline double
find_crossing (const float *height,
               int          left,
               int          right)
{
  double rise = (double) height[right] * height[right] - (double) height[left] * height[left];

  return (rise + (double) right * right - (double) left * left) / (2.0 * (right - left));
}

static void
build_envelope (Envelope    *envelope,
                const float *height,
                int          width)
{
  envelope->n = 0;

  for (int x = 0; x < width; x++)
    {
      double start = -INFINITY;

      if (height[x] >= DIO_DISTANCE_NONE)
        continue;

      while (envelope->n > 0)
        {
          start = find_crossing (height, envelope->centre[envelope->n - 1], x);
          if (start > envelope->start[envelope->n - 1])
            break;
          envelope->n--;
          start = -INFINITY;
        }

      envelope->centre[envelope->n] = x;
      envelope->start[envelope->n] = start;
      envelope->n++;
    }
}

static void
read_envelope (const Envelope *envelope,
               const float    *height,
               float          *target,
               int             width)
{
  int k = 0;

  for (int x = 0; x < width; x++)
    {
      double across, up;

      while (k + 1 < envelope->n && envelope->start[k + 1] < x)
        k++;

      across = x - envelope->centre[k];
      up = height[envelope->centre[k]];
      target[x] = (float) sqrt (across * across + up * up);
    }
}

static void
measure_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Transform *self = user_data;
  g_autofree int *centre = g_new (int, self->width);
  g_autofree double *start = g_new (double, self->width);
  g_autofree float *height = g_new (float, self->width);
  Envelope envelope = { centre, start, 0 };

  for (int y = first; y < last; y++)
    {
      float *row = self->distance + (gsize) y * self->width;

      for (int x = 0; x < self->width; x++)
        height[x] = row[x];
      build_envelope (&envelope, height, self->width);
      if (envelope.n > 0)
        read_envelope (&envelope, height, row, self->width);
    }
}

/**
 * dio_distance_transform:
 * @mask: a plane of @width x @height, not zero where marked
 * @width: in pixels
 * @height: in pixels
 * @distance: a plane that gets each pixel's distance to the nearest marked one
 * @workers: the team
 *
 * Every distance is %DIO_DISTANCE_NONE when nothing is marked.
 */
void
dio_distance_transform (const guint8 *mask,
                        int           width,
                        int           height,
                        float        *distance,
                        DioWorkers   *workers)
{
  Transform self = { mask, distance, width, height };

  dio_workers_run (workers, (width + STRIP - 1) / STRIP, 1, measure_columns_cb, &self);
  dio_workers_run (workers, height, 16, measure_rows_cb, &self);
}
