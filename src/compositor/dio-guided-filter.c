/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guided filter that works a tile at a time: what a tile needs fits the
 * second level cache, and only tiles that matter are visited.
 *
 * A tile's result needs the coefficients of windows that lie @radius around it
 * (the margin), and those the samples another @radius further out (the reach).
 * Outside the picture all samples are zero and count for nothing. */

#include "config.h"

#include <string.h>

#include "dio-guided-filter.h"

struct _DioGuidedTile
{
  const DioGuidedFilter *filter; /* (borrowed) */
  DioTile                tile;
  DioTile                margin;
  DioTile                reach;

  /* Of each window of the margin; (owned) */
  float                 *mean[3];
  float                 *inverse[6]; /* of the colours' covariance: rr rg rb gg gb bb */
  float                 *share;      /* one over the number of samples; 0 outside */
};

#define N_PLANES 10

/* The sum over every window of (2 * radius + 1) squared; @source is larger than
 * @target by @radius to every side. Made for a constant @radius. */
static inline __attribute__ ((always_inline)) void
sum_windows_of (const float *source,
                float       *target,
                int          width,
                int          height,
                float       *columns,
                const int    radius)
{
  int stride = width + 2 * radius;

  memset (columns, 0, sizeof (float) * stride);
  for (int y = 0; y < 2 * radius; y++)
    for (int x = 0; x < stride; x++)
      columns[x] += source[y * stride + x];

  for (int y = 0; y < height; y++)
    {
      const float *entering = source + (y + 2 * radius) * stride;
      const float *leaving = source + y * stride;
      float *restrict out = target + y * width;

      for (int x = 0; x < stride; x++)
        columns[x] += entering[x];
      for (int x = 0; x < width; x++)
        {
          float sum = columns[x];

          for (int k = 1; k <= 2 * radius; k++)
            sum += columns[x + k];
          out[x] = sum;
        }
      for (int x = 0; x < stride; x++)
        columns[x] -= leaving[x];
    }
}

/* The two radii that cutting out uses are unrolled. */
static void
sum_windows (const float *source,
             float       *target,
             int          width,
             int          height,
             int          radius)
{
  g_autofree float *columns = g_new (float, width + 2 * radius);

  switch (radius)
    {
    case 3:
      sum_windows_of (source, target, width, height, columns, 3);
      break;
    case 4:
      sum_windows_of (source, target, width, height, columns, 4);
      break;
    default:
      sum_windows_of (source, target, width, height, columns, radius);
      break;
    }
}

/* What lies outside the plane is left as it is: zero. */
static void
load (const DioGuidedTile *self,
      const float         *plane,
      float               *target)
{
  const DioTile *reach = &self->reach;
  int x_first = MAX (reach->x, 0);
  int x_last = MIN (reach->x + reach->width, self->filter->width);
  int y_first = MAX (reach->y, 0);
  int y_last = MIN (reach->y + reach->height, self->filter->height);

  for (int y = y_first; y < y_last; y++)
    memcpy (target + (y - reach->y) * reach->width + (x_first - reach->x),
            plane + (gsize) y * self->filter->width + x_first,
            sizeof (float) * (x_last - x_first));
}

static inline int
count_inside (int at,
              int radius,
              int length)
{
  if (at < 0 || at >= length)
    return 0;

  return MIN (at + radius, length - 1) - MAX (at - radius, 0) + 1;
}

static void
measure_shares (DioGuidedTile *self)
{
  const DioTile *margin = &self->margin;

  for (int y = 0; y < margin->height; y++)
    {
      int rows = count_inside (margin->y + y, self->filter->radius, self->filter->height);

      for (int x = 0; x < margin->width; x++)
        {
          int n = rows * count_inside (margin->x + x, self->filter->radius, self->filter->width);

          self->share[y * margin->width + x] = n > 0 ? 1.0f / (float) n : 0.0f;
        }
    }
}

/* From sums of colours and of their products to means and inverse covariances,
 * in place. In double: the determinant of a flat window is tiny. */
static void
invert_covariances (DioGuidedTile *self)
{
  int n = self->margin.width * self->margin.height;
  double epsilon = self->filter->epsilon;

  for (int i = 0; i < n; i++)
    {
      double share = self->share[i];
      double r = self->mean[0][i] * share;
      double g = self->mean[1][i] * share;
      double b = self->mean[2][i] * share;
      double rr = self->inverse[0][i] * share - r * r + epsilon;
      double rg = self->inverse[1][i] * share - r * g;
      double rb = self->inverse[2][i] * share - r * b;
      double gg = self->inverse[3][i] * share - g * g + epsilon;
      double gb = self->inverse[4][i] * share - g * b;
      double bb = self->inverse[5][i] * share - b * b + epsilon;
      double minor_rr = gg * bb - gb * gb;
      double minor_rg = gb * rb - rg * bb;
      double minor_rb = rg * gb - gg * rb;
      double scale = 1.0 / (rr * minor_rr + rg * minor_rg + rb * minor_rb);

      self->mean[0][i] = (float) r;
      self->mean[1][i] = (float) g;
      self->mean[2][i] = (float) b;
      self->inverse[0][i] = (float) (minor_rr * scale);
      self->inverse[1][i] = (float) (minor_rg * scale);
      self->inverse[2][i] = (float) (minor_rb * scale);
      self->inverse[3][i] = (float) ((rr * bb - rb * rb) * scale);
      self->inverse[4][i] = (float) ((rb * rg - rr * gb) * scale);
      self->inverse[5][i] = (float) ((rr * gg - rg * rg) * scale);
    }
}

static void
multiply (const float *a,
          const float *b,
          float       *product,
          int          n)
{
  for (int i = 0; i < n; i++)
    product[i] = a[i] * b[i];
}

static void
measure_colours (DioGuidedTile *self)
{
  int n = self->reach.width * self->reach.height;
  g_autofree float *colours = g_new0 (float, n * 4);
  float *product = colours + 3 * n;
  int k = 0;

  for (int c = 0; c < 3; c++)
    {
      load (self, self->filter->guide[c], colours + c * n);
      sum_windows (colours + c * n, self->mean[c], self->margin.width, self->margin.height, self->filter->radius);
    }

  for (int a = 0; a < 3; a++)
    for (int b = a; b < 3; b++, k++)
      {
        multiply (colours + a * n, colours + b * n, product, n);
        sum_windows (product, self->inverse[k], self->margin.width, self->margin.height, self->filter->radius);
      }
}

/* From the sums of the plane and of its products with the colours to the four
 * coefficients of each window, in place. */
static void
solve_windows (const DioGuidedTile *self,
               float               *sums[4])
{
  int n = self->margin.width * self->margin.height;
  float *restrict plain = sums[3];
  float *restrict red = sums[0];
  float *restrict green = sums[1];
  float *restrict blue = sums[2];

  for (int i = 0; i < n; i++)
    {
      float share = self->share[i];
      float mean = plain[i] * share;
      float r = red[i] * share - self->mean[0][i] * mean;
      float g = green[i] * share - self->mean[1][i] * mean;
      float b = blue[i] * share - self->mean[2][i] * mean;
      float by_red = self->inverse[0][i] * r + self->inverse[1][i] * g + self->inverse[2][i] * b;
      float by_green = self->inverse[1][i] * r + self->inverse[3][i] * g + self->inverse[4][i] * b;
      float by_blue = self->inverse[2][i] * r + self->inverse[4][i] * g + self->inverse[5][i] * b;

      red[i] = by_red;
      green[i] = by_green;
      blue[i] = by_blue;
      plain[i] = mean - by_red * self->mean[0][i] - by_green * self->mean[1][i] - by_blue * self->mean[2][i];
    }
}

static void
scale_to_means (const DioGuidedTile *self,
                float               *sums)
{
  int radius = self->filter->radius;

  for (int y = 0; y < self->tile.height; y++)
    {
      const float *share = self->share + (y + radius) * self->margin.width + radius;
      float *row = sums + y * self->tile.width;

      for (int x = 0; x < self->tile.width; x++)
        row[x] *= share[x];
    }
}

/**
 * dio_guided_filter_new:
 * @guide: the picture whose edges are followed
 * @radius: the window reaches so far to each side
 * @epsilon: variance of colour below which a window counts as flat
 *
 * Returns: (transfer full): a filter
 */
DioGuidedFilter *
dio_guided_filter_new (const DioPixels *guide,
                       int              radius,
                       float            epsilon)
{
  DioGuidedFilter *self = g_new0 (DioGuidedFilter, 1);

  self->width = guide->width;
  self->height = guide->height;
  self->radius = radius;
  self->epsilon = epsilon;

  for (int c = 0; c < 3; c++)
    {
      float *plane = self->guide[c] = g_new (float, (gsize) guide->width * guide->height);

      for (int y = 0; y < guide->height; y++)
        {
          const guint8 *row = dio_pixels_row (guide, y) + c;

          for (int x = 0; x < guide->width; x++)
            *plane++ = row[x * guide->channels] * (1.0f / 255.0f);
        }
    }

  return self;
}

void
dio_guided_filter_free (DioGuidedFilter *self)
{
  if (self == NULL)
    return;

  for (int c = 0; c < 3; c++)
    g_free (self->guide[c]);
  g_free (self);
}

/**
 * dio_guided_tile_new:
 * @filter: a filter, which must outlive the tile
 * @tile: where results are wanted; may reach beyond the guide
 *
 * Measures the guide there, once for any number of planes.
 *
 * Returns: (transfer full): what the filter knows about a tile
 */
DioGuidedTile *
dio_guided_tile_new (const DioGuidedFilter *filter,
                     const DioTile         *tile)
{
  DioGuidedTile *self = g_new0 (DioGuidedTile, 1);
  gsize n;
  float *planes;

  self->filter = filter;
  self->tile = *tile;
  self->margin = dio_tile_grow (tile, filter->radius);
  self->reach = dio_tile_grow (&self->margin, filter->radius);

  n = (gsize) self->margin.width * self->margin.height;
  planes = g_new (float, n * N_PLANES);
  for (int i = 0; i < 3; i++)
    self->mean[i] = planes + i * n;
  for (int i = 0; i < 6; i++)
    self->inverse[i] = planes + (3 + i) * n;
  self->share = planes + 9 * n;

  measure_shares (self);
  measure_colours (self);
  invert_covariances (self);

  return self;
}

void
dio_guided_tile_free (DioGuidedTile *self)
{
  if (self == NULL)
    return;

  g_free (self->mean[0]);
  g_free (self);
}

/**
 * dio_guided_tile_fit:
 * @self: a tile
 * @plane: of the guide's size
 * @coefficients: (out caller-allocates): planes of the tile's size: how much of
 *   red, green and blue, and what is added
 *
 * The linear function of the guide that explains @plane at each pixel: the mean
 * of those of all windows that the pixel is in.
 */
void
dio_guided_tile_fit (const DioGuidedTile *self,
                     const float         *plane,
                     float               *coefficients[4])
{
  int n_reach = self->reach.width * self->reach.height;
  int n_margin = self->margin.width * self->margin.height;
  int radius = self->filter->radius;
  g_autofree float *scratch = g_new0 (float, n_reach * 2 + n_margin * 4);
  float *colour = scratch + n_reach;
  float *sums[4];

  load (self, plane, scratch);
  for (int c = 0; c < 4; c++)
    {
      sums[c] = scratch + 2 * n_reach + c * n_margin;
      if (c < 3)
        {
          load (self, self->filter->guide[c], colour);
          multiply (colour, scratch, colour, n_reach);
        }
      sum_windows (c < 3 ? colour : scratch, sums[c], self->margin.width, self->margin.height, radius);
    }

  solve_windows (self, sums);

  for (int c = 0; c < 4; c++)
    {
      sum_windows (sums[c], coefficients[c], self->tile.width, self->tile.height, radius);
      scale_to_means (self, coefficients[c]);
    }
}

/**
 * dio_guided_tile_apply:
 * @self: a tile
 * @plane: of the guide's size
 * @result: a plane of the tile's size
 *
 * Filters @plane in the tile.
 */
void
dio_guided_tile_apply (const DioGuidedTile *self,
                       const float         *plane,
                       float               *result)
{
  int n = self->tile.width * self->tile.height;
  g_autofree float *scratch = g_new (float, n * 4);
  float *coefficients[4] = { scratch, scratch + n, scratch + 2 * n, scratch + 3 * n };

  g_return_if_fail (self->tile.x >= 0 && self->tile.x + self->tile.width <= self->filter->width);
  g_return_if_fail (self->tile.y >= 0 && self->tile.y + self->tile.height <= self->filter->height);

  dio_guided_tile_fit (self, plane, coefficients);

  for (int y = 0; y < self->tile.height; y++)
    {
      gsize first = (gsize) (self->tile.y + y) * self->filter->width + self->tile.x;
      const float *red = self->filter->guide[0] + first;
      const float *green = self->filter->guide[1] + first;
      const float *blue = self->filter->guide[2] + first;

      for (int x = 0; x < self->tile.width; x++)
        {
          int i = y * self->tile.width + x;

          result[i] = coefficients[0][i] * red[x] + coefficients[1][i] * green[x] + coefficients[2][i] * blue[x]
                      + coefficients[3][i];
        }
    }
}
