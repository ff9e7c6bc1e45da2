/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grain is measured where the picture is flat (Immerkær, "Fast Noise Variance
 * Estimation", 1996), on the square root of light, where photographic noise is
 * about even and near to what sRGB stores. */

#include "config.h"

#include "dio-grain.h"

#include <math.h>

#include "dio-sample.h"

#define BLOCK 16

typedef struct
{
  float slope; /* how much is going on in the block; negative: not to be used */
  float noise;
} Block;

typedef struct
{
  const DioBuffer *linear;
  Block           *blocks; /* (borrowed) */
  int              n_across;
} Measuring;

static float
get_tone (const DioBuffer *linear,
          int              x,
          int              y)
{
  return sqrtf (MAX (0.0f, dio_luminance (dio_buffer_at (linear, x, y))));
}

static gboolean
is_covered (const DioBuffer *linear,
            int              x,
            int              y)
{
  return linear->channels < 4 || dio_buffer_at (linear, x, y)[3] > 0.99f;
}

static void
measure_block (const DioBuffer *linear,
               int              left,
               int              top,
               Block           *block)
{
  float tones[BLOCK + 2][BLOCK + 2];
  float noise = 0.0f;
  float slope = 0.0f;
  float mean = 0.0f;

  block->slope = -1.0f;
  for (int y = 0; y < BLOCK + 2; y++)
    for (int x = 0; x < BLOCK + 2; x++)
      {
        if (!is_covered (linear, left + x - 1, top + y - 1))
          return;
        tones[y][x] = get_tone (linear, left + x - 1, top + y - 1);
      }

  for (int y = 1; y <= BLOCK; y++)
    for (int x = 1; x <= BLOCK; x++)
      {
        noise += fabsf (tones[y - 1][x - 1] - 2 * tones[y - 1][x] + tones[y - 1][x + 1] -
                        2 * tones[y][x - 1] + 4 * tones[y][x] - 2 * tones[y][x + 1] +
                        tones[y + 1][x - 1] - 2 * tones[y + 1][x] + tones[y + 1][x + 1]);
        slope += fabsf (tones[y][x + 1] - tones[y][x - 1]) + fabsf (tones[y + 1][x] - tones[y - 1][x]);
        mean += tones[y][x];
      }

  /* Nothing can be told from what is clipped. */
  mean /= BLOCK * BLOCK;
  if (mean > 0.97f || mean < 0.03f)
    return;

  block->slope = slope;
  block->noise = noise * sqrtf ((float) G_PI_2) / (6.0f * BLOCK * BLOCK);
}

static void
measure_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Measuring *measuring = user_data;

  for (int j = first; j < last; j++)
    for (int i = 0; i < measuring->n_across; i++)
      measure_block (measuring->linear, 1 + i * BLOCK, 1 + j * BLOCK,
                     &measuring->blocks[j * measuring->n_across + i]);
}

static int
compare_slopes (gconstpointer a,
                gconstpointer b)
{
  const Block *left = a;
  const Block *right = b;

  return (left->slope > right->slope) - (left->slope < right->slope);
}

/**
 * dio_grain_measure:
 * @linear: light in three channels; with a fourth, only where that is one
 * @workers: who does it
 *
 * Returns: the standard deviation of the noise on the square root of light, by
 *   the flattest quarter of the picture; 0 when it cannot be told
 */
float
dio_grain_measure (const DioBuffer *linear,
                   DioWorkers      *workers)
{
  int n_across = (linear->width - 2) / BLOCK;
  int n_down = (linear->height - 2) / BLOCK;
  g_autofree Block *blocks = NULL;
  Measuring measuring = { linear, NULL, n_across };
  double sum = 0.0;
  int first = 0;
  int n;

  if (n_across < 1 || n_down < 1)
    return 0.0f;

  measuring.blocks = blocks = g_new0 (Block, n_across * n_down);
  dio_workers_run (workers, n_down, 4, measure_rows_cb, &measuring);

  qsort (blocks, n_across * n_down, sizeof (Block), compare_slopes);
  while (first < n_across * n_down && blocks[first].slope < 0.0f)
    first++;
  n = (n_across * n_down - first + 3) / 4;
  for (int i = first; i < first + n; i++)
    sum += blocks[i].noise;

  return n > 0 ? (float) (sum / n) : 0.0f;
}
