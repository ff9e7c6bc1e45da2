/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sliced optimal transport (Pitié et al., "N-dimensional probability density
 * function transfer", 2005): along one line the best way to move points onto
 * others is in order; done for the axes of many rotations, the clouds become
 * alike. The order along a line is had from histograms, without sorting. */

#include "config.h"

#include "dio-transport.h"

#include <math.h>

#include "dio-random.h"

#define N_ROTATIONS 40
#define N_BINS      1024

/* Points that one thread moves at a time. */
#define CHUNK 1024

typedef struct
{
  DioBuffer       *points;
  const DioBuffer *target;
  float            axes[3][3];
  float            low[3];
  float            step[3];
  float            moves[3][N_BINS + 1]; /* how far to go, at the borders of the bins */
} Slicing;

/* A number of about the normal distribution. */
static float
draw_normal (guint32 seed,
             guint32 i)
{
  float sum = 0.0f;

  for (guint32 k = 0; k < 6; k++)
    sum += dio_random_unit (seed, i, k) - 0.5f;

  return sum;
}

static void
draw_rotation (Slicing *slicing,
               guint32  seed,
               guint32  rotation)
{
  for (int k = 0; k < 3; k++)
    {
      float *axis = slicing->axes[k];
      float length;

      for (int c = 0; c < 3; c++)
        axis[c] = draw_normal (seed, rotation * 9 + k * 3 + c);
      for (int q = 0; q < k; q++)
        {
          const float *other = slicing->axes[q];
          float dot = axis[0] * other[0] + axis[1] * other[1] + axis[2] * other[2];

          for (int c = 0; c < 3; c++)
            axis[c] -= dot * other[c];
        }
      length = sqrtf (axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]) + 1e-12f;
      for (int c = 0; c < 3; c++)
        axis[c] /= length;
    }
}

static float
project (const float *axis,
         const float *point)
{
  return axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2];
}

static void
find_range (const DioBuffer *points,
            const float     *axis,
            float           *low,
            float           *high)
{
  for (int i = 0; i < points->width; i++)
    {
      float at = project (axis, points->data + i * 3);

      *low = MIN (*low, at);
      *high = MAX (*high, at);
    }
}

/* Running counts at the borders of the bins, as parts of the whole. */
static void
count (const DioBuffer *points,
       const float     *axis,
       float            low,
       float            step,
       float           *sums)
{
  float total = 0.0f;

  for (int i = 0; i <= N_BINS; i++)
    sums[i] = 0.0f;
  for (int i = 0; i < points->width; i++)
    {
      int bin = (int) ((project (axis, points->data + i * 3) - low) / step);

      sums[CLAMP (bin, 0, N_BINS - 1) + 1] += 1.0f;
    }
  for (int i = 1; i <= N_BINS; i++)
    {
      total += sums[i];
      sums[i] = total / points->width;
    }
}

static void
plan_axis (Slicing *slicing,
           int      k)
{
  float from[N_BINS + 1];
  float to[N_BINS + 1];
  float low = 1e9f;
  float high = -1e9f;
  int at = 0;

  find_range (slicing->points, slicing->axes[k], &low, &high);
  find_range (slicing->target, slicing->axes[k], &low, &high);
  slicing->low[k] = low;
  slicing->step[k] = MAX (1e-6f, (high - low) / N_BINS * 1.0001f);
  count (slicing->points, slicing->axes[k], low, slicing->step[k], from);
  count (slicing->target, slicing->axes[k], low, slicing->step[k], to);

  for (int i = 0; i <= N_BINS; i++)
    {
      float within;

      while (at < N_BINS - 1 && to[at + 1] < from[i])
        at++;
      within = to[at + 1] > to[at] ? (from[i] - to[at]) / (to[at + 1] - to[at]) : 0.0f;
      slicing->moves[k][i] = (at + CLAMP (within, 0.0f, 1.0f) - i) * slicing->step[k];
    }
}

static void
plan_axes_cb (int      first,
              int      last,
              gpointer user_data)
{
  for (int k = first; k < last; k++)
    plan_axis (user_data, k);
}

static void
move_points_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Slicing *slicing = user_data;

  for (int i = first * CHUNK; i < MIN (last * CHUNK, slicing->points->width); i++)
    {
      float *point = slicing->points->data + i * 3;
      float moves[3];

      for (int k = 0; k < 3; k++)
        {
          float at = (project (slicing->axes[k], point) - slicing->low[k]) / slicing->step[k];
          int bin = CLAMP ((int) at, 0, N_BINS - 1);
          const float *table = slicing->moves[k];

          moves[k] = table[bin] + (table[bin + 1] - table[bin]) * (at - bin);
        }
      for (int c = 0; c < 3; c++)
        point[c] += moves[0] * slicing->axes[0][c] + moves[1] * slicing->axes[1][c] +
                    moves[2] * slicing->axes[2][c];
    }
}

/**
 * dio_transport:
 * @points: (inout): points in one row, three channels
 * @target: points in one row
 * @seed: of the rotations
 * @workers: who does it
 *
 * Moves @points until they lie as @target's do.
 */
void
dio_transport (DioBuffer       *points,
               const DioBuffer *target,
               guint32          seed,
               DioWorkers      *workers)
{
  g_autofree Slicing *slicing = g_new0 (Slicing, 1);

  slicing->points = points;
  slicing->target = target;
  for (guint32 rotation = 0; rotation < N_ROTATIONS; rotation++)
    {
      draw_rotation (slicing, seed, rotation);
      dio_workers_run (workers, 3, 1, plan_axes_cb, slicing);
      dio_workers_run (workers, (points->width + CHUNK - 1) / CHUNK, 1, move_points_cb, slicing);
    }
}
