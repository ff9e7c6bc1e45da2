/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a small guess to alpha at the picture's full size: the guess is trusted
 * away from its outline, matting finds the band along it at a middle size, and
 * a guided filter carries that over to every pixel. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-cut-out-refine.h"
#include "dio-distance.h"
#include "dio-matting.h"
#include "dio-resample.h"

#define MATTING_RADIUS  3
#define MATTING_EPSILON 1e-4f
#define MATTING_STEPS   40

#define UPSAMPLING_RADIUS  4
#define UPSAMPLING_EPSILON 2e-5f

/* The guess is part of the outline between these. */
#define UNSURE_LOW  0.12f
#define UNSURE_HIGH 0.88f

/* Over so many pixels from the outline the weight of the guess rises. */
#define BAND         6.0f
#define LEAST_WEIGHT 0.0008f
#define MOST_WEIGHT  0.6f

/* Farther from the outline than this nothing changes: the band, and the windows
 * that reach into it. */
#define REACH (BAND + 1.0f + 2 * MATTING_RADIUS)

/* Matting leaves a veil where there should be nothing, and the reverse: the ends
 * of the scale are cut off. */
#define VEIL           0.04f
#define UPSAMPLED_VEIL 0.02f

/* Beyond these the middle size has decided. */
#define SURELY_OUT 0.004f
#define SURELY_IN  0.996f

typedef struct
{
  int          width;
  int          height;
  DioBuffer   *alpha;    /* (owned) */
  float       *weight;   /* (owned) */
  float       *distance; /* (owned): to the outline of the guess */
  DioWorkers  *workers;  /* (borrowed) */
} Band;

typedef struct
{
  const DioPixels       *picture;
  DioPixels             *rgba;
  const DioGuidedFilter *filter;
  const DioBuffer       *alpha;
  GArray                *tiles;
  float                  scale_x;
  float                  scale_y;
} Upsampling;

/* The coefficients of a tile and alpha itself, at the middle size. */
enum
{
  RED,
  GREEN,
  BLUE,
  ADDED,
  ALPHA,
  N_LAYERS,
};

typedef struct
{
  DioTile tile;             /* grown by one, for what lies between pixels */
  float  *layers[N_LAYERS];
  float  *rows[N_LAYERS];   /* one row of each, between two of the tile's */
} Layers;

static void
mark_outline_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  Band *self = user_data;
  guint8 *mask = (guint8 *) self->weight;

  for (int y = first; y < last; y++)
    {
      const float *row = dio_buffer_row (self->alpha, y);
      const float *below = dio_buffer_row (self->alpha, MIN (y + 1, self->height - 1));

      for (int x = 0; x < self->width; x++)
        {
          float value = row[x];
          gboolean inside = value > 0.5f;

          mask[(gsize) y * self->width + x] = (value > UNSURE_LOW && value < UNSURE_HIGH)
                                              || inside != (row[MIN (x + 1, self->width - 1)] > 0.5f)
                                              || inside != (below[x] > 0.5f);
        }
    }
}

static void
weigh_cb (int      first,
          int      last,
          gpointer user_data)
{
  Band *self = user_data;

  for (gsize i = (gsize) first * self->width; i < (gsize) last * self->width; i++)
    {
      float *alpha = self->alpha->data + i;
      float away = CLAMP ((self->distance[i] - 1.0f) / BAND, 0.0f, 1.0f);
      float certainty = fabsf (2.0f * *alpha - 1.0f);

      self->weight[i] = LEAST_WEIGHT + MOST_WEIGHT * away * away * certainty * certainty;
      if (away > 0.5f)
        *alpha = *alpha > 0.5f ? MIN (1.0f, *alpha * 1.04f) : *alpha * 0.96f;
    }
}

static void
cut_veil_cb (int      first,
             int      last,
             gpointer user_data)
{
  Band *self = user_data;

  for (gsize i = (gsize) first * self->width; i < (gsize) last * self->width; i++)
    {
      float value = (self->alpha->data[i] - VEIL) / (1.0f - 2.0f * VEIL);

      self->alpha->data[i] = CLAMP (value, 0.0f, 1.0f);
    }
}

static GArray *
cover_band (const Band *self)
{
  gsize n = (gsize) self->width * self->height;
  g_autofree guint8 *mask = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    mask[i] = self->distance[i] <= REACH;

  return dio_tiles_cover (mask, self->width, self->height);
}

static DioBuffer *
solve_band (const DioPixels *small,
            const DioBuffer *guess,
            DioWorkers      *workers)
{
  gsize n = (gsize) small->width * small->height;
  g_autoptr(DioGuidedFilter) filter = dio_guided_filter_new (small, MATTING_RADIUS, MATTING_EPSILON);
  g_autoptr(GArray) tiles = NULL;
  Band self = {
    .width = small->width,
    .height = small->height,
    .alpha = dio_buffer_resample_bilinear (guess, small->width, small->height, workers),
    .weight = g_new (float, n),
    .distance = g_new (float, n),
    .workers = workers,
  };

  dio_workers_run (workers, self.height, 16, mark_outline_cb, &self);
  dio_distance_transform ((const guint8 *) self.weight, self.width, self.height, self.distance, workers);
  dio_workers_run (workers, self.height, 16, weigh_cb, &self);

  tiles = cover_band (&self);
  dio_matting_solve (filter, tiles, self.weight, self.alpha->data, MATTING_STEPS, workers);
  dio_workers_run (workers, self.height, 16, cut_veil_cb, &self);

  g_free (self.weight);
  g_free (self.distance);

  return self.alpha;
}

/* -1 surely not, 1 surely, 0 not decided. */
static inline int
judge (float alpha)
{
  return (alpha > SURELY_IN) - (alpha < SURELY_OUT);
}

/* A pixel counts with its neighbours: between them alpha is interpolated. */
static GArray *
cover_undecided (const DioBuffer *alpha)
{
  g_autofree guint8 *mask = g_new0 (guint8, dio_buffer_n_pixels (alpha));

  for (int y = 0; y < alpha->height; y++)
    for (int x = 0; x < alpha->width; x++)
      {
        int verdict = judge (dio_buffer_at (alpha, x, y)[0]);
        int right = MIN (x + 1, alpha->width - 1);
        int below = MIN (y + 1, alpha->height - 1);

        if (verdict != 0
            && verdict == judge (dio_buffer_at (alpha, right, y)[0])
            && verdict == judge (dio_buffer_at (alpha, x, below)[0])
            && verdict == judge (dio_buffer_at (alpha, right, below)[0]))
          continue;

        for (int v = MAX (0, y - 1); v <= below; v++)
          for (int u = MAX (0, x - 1); u <= right; u++)
            mask[(gsize) v * alpha->width + u] = 1;
      }

  return dio_tiles_cover (mask, alpha->width, alpha->height);
}

/* What is decided: the picture as it is, or nothing. */
static void
fill_decided_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Upsampling *self = user_data;

  for (int y = first; y < last; y++)
    {
      const guint8 *from = dio_pixels_row (self->picture, y);
      guint8 *to = dio_pixels_row (self->rgba, y);
      int v = MIN ((int) ((y + 0.5f) * self->scale_y), self->alpha->height - 1);
      const float *alpha = dio_buffer_row (self->alpha, v);

      for (int x = 0; x < self->rgba->width; x++, from += self->picture->channels, to += 4)
        {
          int u = MIN ((int) ((x + 0.5f) * self->scale_x), self->alpha->width - 1);
          gboolean inside = alpha[u] > 0.5f;

          to[0] = inside ? from[0] : 0;
          to[1] = inside ? from[1] : 0;
          to[2] = inside ? from[2] : 0;
          to[3] = inside ? 255 : 0;
        }
    }
}

/* The first pixel of the picture whose middle is at or behind @at. Tiles side by
 * side meet at the same pixel. */
static int
find_first (int   at,
            float scale,
            int   length)
{
  return CLAMP ((int) ceilf (at / scale - 0.5f), 0, length);
}

static void
load_layers (Layers           *layers,
             const Upsampling *self,
             const DioTile    *tile,
             float            *storage)
{
  g_autoptr(DioGuidedTile) guided = NULL;
  int n;

  layers->tile = dio_tile_grow (tile, 1);
  n = layers->tile.width * layers->tile.height;
  for (int i = 0; i < N_LAYERS; i++)
    {
      layers->layers[i] = storage + i * n;
      layers->rows[i] = storage + N_LAYERS * n + i * layers->tile.width;
    }

  guided = dio_guided_tile_new (self->filter, &layers->tile);
  dio_guided_tile_fit (guided, self->alpha->data, layers->layers);

  for (int y = 0; y < layers->tile.height; y++)
    for (int x = 0; x < layers->tile.width; x++)
      {
        int u = CLAMP (layers->tile.x + x, 0, self->alpha->width - 1);
        int v = CLAMP (layers->tile.y + y, 0, self->alpha->height - 1);

        layers->layers[ALPHA][y * layers->tile.width + x] = dio_buffer_at (self->alpha, u, v)[0];
      }
}

/* Where a pixel of the picture lies between two at the middle size. */
static inline int
find_between (int    at,
              float  scale,
              int    length,
              float *part)
{
  float position = CLAMP ((at + 0.5f) * scale - 0.5f, 0.0f, length - 1.0f);
  int before = MIN ((int) position, MAX (0, length - 2));

  *part = position - before;

  return before;
}

static void
mix_rows (Layers *layers,
          int     before,
          float   part,
          int     height)
{
  int width = layers->tile.width;
  int next = before + 1 < height ? width : 0;

  for (int i = 0; i < N_LAYERS; i++)
    {
      const float *above = layers->layers[i] + (before - layers->tile.y) * width;
      const float *below = above + next;
      float *row = layers->rows[i];

      for (int x = 0; x < width; x++)
        row[x] = above[x] + (below[x] - above[x]) * part;
    }
}

static inline float
mix (const float *row,
     int          at,
     int          next,
     float        part)
{
  return row[at] + (row[next] - row[at]) * part;
}

static guint8
find_alpha (Layers       *layers,
            const guint8 *pixel,
            int           at,
            int           next,
            float         part)
{
  float decided = mix (layers->rows[ALPHA], at, next, part);
  float value;

  if (judge (decided) != 0)
    return decided > 0.5f ? 255 : 0;

  value = (mix (layers->rows[RED], at, next, part) * pixel[0]
           + mix (layers->rows[GREEN], at, next, part) * pixel[1]
           + mix (layers->rows[BLUE], at, next, part) * pixel[2]) * (1.0f / 255.0f)
          + mix (layers->rows[ADDED], at, next, part);
  value = (value - UPSAMPLED_VEIL) / (1.0f - 2.0f * UPSAMPLED_VEIL);

  return (guint8) (CLAMP (value, 0.0f, 1.0f) * 255.0f + 0.5f);
}

static void
upsample_row (const Upsampling *self,
              Layers           *layers,
              int               y,
              int               x_first,
              int               x_last)
{
  const guint8 *from = dio_pixels_row (self->picture, y) + x_first * self->picture->channels;
  guint8 *to = dio_pixels_row (self->rgba, y) + x_first * 4;

  for (int x = x_first; x < x_last; x++, from += self->picture->channels, to += 4)
    {
      float part;
      int before = find_between (x, self->scale_x, self->alpha->width, &part);
      int at = before - layers->tile.x;
      int next = MIN (before + 1, self->alpha->width - 1) - layers->tile.x;

      to[3] = find_alpha (layers, from, at, next, part);
      if (to[3] > 0)
        memcpy (to, from, 3);
      else
        memset (to, 0, 3);
    }
}

static void
upsample_cb (int      first,
             int      last,
             gpointer user_data)
{
  const Upsampling *self = user_data;
  gsize widest = DIO_TILE_MAX_WIDTH + 2;
  g_autofree float *storage = g_new (float, N_LAYERS * widest * (DIO_TILE_HEIGHT + 3));

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = &g_array_index (self->tiles, DioTile, i);
      int x_first = find_first (tile->x, self->scale_x, self->rgba->width);
      int x_last = find_first (tile->x + tile->width, self->scale_x, self->rgba->width);
      int y_first = find_first (tile->y, self->scale_y, self->rgba->height);
      int y_last = find_first (tile->y + tile->height, self->scale_y, self->rgba->height);
      Layers layers;

      load_layers (&layers, self, tile, storage);
      for (int y = y_first; y < y_last; y++)
        {
          float part;
          int before = find_between (y, self->scale_y, self->alpha->height, &part);

          mix_rows (&layers, before, part, self->alpha->height);
          upsample_row (self, &layers, y, x_first, x_last);
        }
    }
}

/**
 * dio_cut_out_refine:
 * @picture: the picture at its full size
 * @small: the picture, no side longer than %DIO_CUT_OUT_REFINE_SIDE
 * @guess: one channel, of any size: how likely each pixel is to be subject
 * @rgba: of @picture's size; gets alpha, and the picture's colour where alpha is
 *   not zero
 * @workers: the team; when it is cancelled @rgba is left half done
 */
void
dio_cut_out_refine (const DioPixels *picture,
                    const DioPixels *small,
                    const DioBuffer *guess,
                    DioPixels       *rgba,
                    DioWorkers      *workers)
{
  g_autoptr(DioBuffer) alpha = solve_band (small, guess, workers);
  g_autoptr(DioGuidedFilter) filter = NULL;
  g_autoptr(GArray) tiles = NULL;
  Upsampling self;

  if (dio_workers_is_cancelled (workers))
    return;

  filter = dio_guided_filter_new (small, UPSAMPLING_RADIUS, UPSAMPLING_EPSILON);
  tiles = cover_undecided (alpha);
  self = (Upsampling) {
    .picture = picture,
    .rgba = rgba,
    .filter = filter,
    .alpha = alpha,
    .tiles = tiles,
    .scale_x = small->width / (float) picture->width,
    .scale_y = small->height / (float) picture->height,
  };

  dio_workers_run (workers, rgba->height, 16, fill_decided_cb, &self);
  dio_workers_run (workers, tiles->len, 1, upsample_cb, &self);
}
