/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed-form matting with large windows: an alpha that every window explains as
 * a linear function of its colours, held by a weight to a guess. The matrix is
 * never built: its product with a plane is the plane less the guided-filtered
 * plane. Kaiming He, Jian Sun and Xiaoou Tang, "Fast Matting Using Large Kernel
 * Matting Laplacian Matrices" (2010). Solved by conjugate gradients; sums are
 * taken a tile at a time and added in the tiles' order, so that rounding is the
 * same for any number of threads. */

#include "config.h"

#include "dio-matting.h"

/* Residuals smaller than this are below what 8 bits show. */
#define TOLERANCE_SHARE 1e-6
#define TOLERANCE       1e-9

typedef struct
{
  const DioGuidedFilter *filter;
  GArray                *tiles;
  DioWorkers            *workers;
  const float           *weight;
  float                 *alpha;

  DioGuidedTile        **guided;    /* (owned): one a tile */
  double                *partial;   /* (owned): one a tile */

  /* Planes; (owned) */
  float                 *residual;
  float                 *direction; /* zero outside the tiles */
  float                 *product;

  double                 step;
  double                 turn;
} Solver;

static const DioTile *
get_tile (const Solver *self,
          int           i)
{
  return &g_array_index (self->tiles, DioTile, i);
}

static inline gsize
get_row (const Solver  *self,
         const DioTile *tile,
         int            y)
{
  return (gsize) (tile->y + y) * self->filter->width + tile->x;
}

static double
run (Solver         *self,
     DioWorkersFunc  func)
{
  double sum = 0.0;

  dio_workers_run (self->workers, self->tiles->len, 1, func, self);
  for (guint i = 0; i < self->tiles->len; i++)
    sum += self->partial[i];

  return sum;
}

static void
measure_cb (int      first,
            int      last,
            gpointer user_data)
{
  Solver *self = user_data;

  for (int i = first; i < last; i++)
    self->guided[i] = dio_guided_tile_new (self->filter, get_tile (self, i));
}

/* The guess is what alpha starts as. Where it already agrees with its
 * surroundings nothing remains to be done. */
static void
start_cb (int      first,
          int      last,
          gpointer user_data)
{
  Solver *self = user_data;
  g_autofree float *filtered = g_new (float, DIO_TILE_MAX_WIDTH * DIO_TILE_HEIGHT);

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = get_tile (self, i);
      double sum = 0.0;

      dio_guided_tile_apply (self->guided[i], self->alpha, filtered);
      for (int y = 0; y < tile->height; y++)
        {
          gsize row = get_row (self, tile, y);

          for (int x = 0; x < tile->width; x++)
            {
              float r = filtered[y * tile->width + x] - self->alpha[row + x];
              float scaled = r / (1.0f + self->weight[row + x]);

              self->residual[row + x] = r;
              self->direction[row + x] = scaled;
              sum += (double) r * scaled;
            }
        }
      self->partial[i] = sum;
    }
}

static void
multiply_cb (int      first,
             int      last,
             gpointer user_data)
{
  Solver *self = user_data;
  g_autofree float *filtered = g_new (float, DIO_TILE_MAX_WIDTH * DIO_TILE_HEIGHT);

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = get_tile (self, i);
      double sum = 0.0;

      dio_guided_tile_apply (self->guided[i], self->direction, filtered);
      for (int y = 0; y < tile->height; y++)
        {
          gsize row = get_row (self, tile, y);
          const float *smooth = filtered + y * tile->width;
          const float *weight = self->weight + row;
          const float *direction = self->direction + row;
          float *product = self->product + row;

          for (int x = 0; x < tile->width; x++)
            product[x] = direction[x] - smooth[x] + weight[x] * direction[x];
          for (int x = 0; x < tile->width; x++)
            sum += (double) direction[x] * product[x];
        }
      self->partial[i] = sum;
    }
}

static void
step_cb (int      first,
         int      last,
         gpointer user_data)
{
  Solver *self = user_data;
  float step = (float) self->step;

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = get_tile (self, i);
      double sum = 0.0;

      for (int y = 0; y < tile->height; y++)
        {
          gsize row = get_row (self, tile, y);
          const float *weight = self->weight + row;
          const float *direction = self->direction + row;
          const float *product = self->product + row;
          float *alpha = self->alpha + row;
          float *residual = self->residual + row;

          for (int x = 0; x < tile->width; x++)
            {
              alpha[x] += step * direction[x];
              residual[x] -= step * product[x];
            }
          for (int x = 0; x < tile->width; x++)
            sum += (double) residual[x] * (residual[x] / (1.0f + weight[x]));
        }
      self->partial[i] = sum;
    }
}

static void
turn_cb (int      first,
         int      last,
         gpointer user_data)
{
  Solver *self = user_data;
  float turn = (float) self->turn;

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = get_tile (self, i);

      for (int y = 0; y < tile->height; y++)
        {
          gsize row = get_row (self, tile, y);
          const float *weight = self->weight + row;
          const float *residual = self->residual + row;
          float *direction = self->direction + row;

          for (int x = 0; x < tile->width; x++)
            direction[x] = residual[x] / (1.0f + weight[x]) + turn * direction[x];
        }
    }
}

static void
descend (Solver *self,
         int     max_steps)
{
  double start = run (self, start_cb);
  double size = start;

  for (int i = 0; i < max_steps && size > TOLERANCE_SHARE * start && size > TOLERANCE; i++)
    {
      double curvature = run (self, multiply_cb);
      double next;

      if (!(curvature > 0.0) || dio_workers_is_cancelled (self->workers))
        return;

      self->step = size / curvature;
      next = run (self, step_cb);
      self->turn = next / size;
      size = next;
      run (self, turn_cb);
    }
}

/**
 * dio_matting_solve:
 * @filter: the picture, with the windows to use
 * @tiles: (element-type DioTile): where alpha is to be found; elsewhere it stays
 * @weight: a plane: how firmly each pixel is held to the guess
 * @alpha: a plane: the guess; the result comes in its place, not clamped
 * @max_steps: when to stop at the latest
 * @workers: the team
 */
void
dio_matting_solve (const DioGuidedFilter *filter,
                   GArray                *tiles,
                   const float           *weight,
                   float                 *alpha,
                   int                    max_steps,
                   DioWorkers            *workers)
{
  gsize n = (gsize) filter->width * filter->height;
  Solver self = {
    .filter = filter,
    .tiles = tiles,
    .workers = workers,
    .weight = weight,
    .alpha = alpha,
    .guided = g_new0 (DioGuidedTile *, tiles->len),
    .partial = g_new0 (double, tiles->len),
    .residual = g_new0 (float, n),
    .direction = g_new0 (float, n),
    .product = g_new0 (float, n),
  };

  dio_workers_run (workers, tiles->len, 1, measure_cb, &self);
  if (!dio_workers_is_cancelled (workers))
    descend (&self, max_steps);

  for (guint i = 0; i < tiles->len; i++)
    dio_guided_tile_free (self.guided[i]);
  g_free (self.guided);
  g_free (self.partial);
  g_free (self.residual);
  g_free (self.direction);
  g_free (self.product);
}
