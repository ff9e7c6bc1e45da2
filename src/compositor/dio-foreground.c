/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subject's own colour where the backdrop shines through it: at ever larger
 * sizes, two smooth colours a pixel are looked for whose mixture by alpha is the
 * picture. Thomas Germer, Tobias Uelwer, Stefan Conrad and Stefan Harmeling,
 * "Fast Multi-Level Foreground Estimation" (2020), with Jacobi steps, so that
 * the order of pixels does not matter, and at the larger sizes only in tiles
 * that have something half transparent. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-buffer.h"
#include "dio-foreground.h"
#include "dio-tiles.h"
#include "dio-transfer-private.h"

/* Sizes up to this are small: cheap, and worth more steps. */
#define SMALL_SIDE  32
#define SMALL_STEPS 12
#define STEPS       3

/* Up to this side every tile is worked on. */
#define WHOLE_SIDE 256

/* What ties a pixel to a neighbour of the same alpha. */
#define LEAST_TIE 1e-5f

#define N_CHANNELS 6 /* the subject's three, the backdrop's three */

/* One size. */
typedef struct
{
  const DioPixels *picture;
  DioPixels       *rgba;
  const DioBuffer *coarser; /* (nullable): of the size before */
  DioBuffer       *colours; /* (nullable): what is found; NULL at the full size */
  GArray          *tiles;
  int              width;
  int              height;
  int              n_steps;
  const float     *light;   /* of each byte */
} Level;

/* A tile with as many pixels around it as there are steps: wrong values creep in
 * from its border by one pixel a step. */
typedef struct
{
  DioTile tile;
  int     n;
  float  *alpha;                    /* (owned): the block that the others are parts of */
  float  *picture[3];
  float  *tie_right;                /* to the next pixel */
  float  *tie_below;                /* to the next row */
  float  *own;                      /* the inverse of each pixel's 2 x 2 matrix */
  float  *cross;
  float  *other;
  float  *colours[2][N_CHANNELS];   /* now and next */
} Patch;

#define N_PLANES (1 + 3 + 2 + 3 + 2 * N_CHANNELS)

static void
patch_init (Patch         *patch,
            const DioTile *tile,
            int            margin)
{
  float *plane;

  patch->tile = dio_tile_grow (tile, margin);
  patch->n = patch->tile.width * patch->tile.height;
  plane = g_new0 (float, (gsize) N_PLANES * patch->n);

#define TAKE(target) (target) = plane, plane += patch->n
  TAKE (patch->alpha);
  for (int c = 0; c < 3; c++)
    TAKE (patch->picture[c]);
  TAKE (patch->tie_right);
  TAKE (patch->tie_below);
  TAKE (patch->own);
  TAKE (patch->cross);
  TAKE (patch->other);
  for (int i = 0; i < 2; i++)
    for (int c = 0; c < N_CHANNELS; c++)
      TAKE (patch->colours[i][c]);
#undef TAKE
}

static void
patch_clear (Patch *patch)
{
  g_free (patch->alpha);
}

/* The nearest pixel of the picture, as in the paper: means would mix subject
 * and backdrop. */
static inline int
find_nearest (int at,
              int length,
              int full_length)
{
  return (int) ((at + 0.5f) * full_length / length);
}

static void
load_pixel (const Level *level,
            Patch       *patch,
            int          i,
            int          x,
            int          y)
{
  int u = MIN (find_nearest (x, level->width, level->picture->width), level->picture->width - 1);
  int v = MIN (find_nearest (y, level->height, level->picture->height), level->picture->height - 1);
  const guint8 *pixel = dio_pixels_row (level->picture, v) + u * level->picture->channels;

  patch->alpha[i] = dio_pixels_row (level->rgba, v)[u * 4 + 3] * (1.0f / 255.0f);
  for (int c = 0; c < 3; c++)
    patch->picture[c][i] = level->light[pixel[c]];
}

static void
load_colours (const DioBuffer *coarser,
              const Level     *level,
              Patch           *patch,
              int              i,
              int              x,
              int              y)
{
  int u = MIN (x * coarser->width / level->width, coarser->width - 1);
  int v = MIN (y * coarser->height / level->height, coarser->height - 1);
  const float *pixel = dio_buffer_at (coarser, u, v);

  for (int c = 0; c < N_CHANNELS; c++)
    {
      patch->colours[0][c][i] = pixel[c];
      patch->colours[1][c][i] = pixel[c];
    }
}

static void
load (const Level *level,
      Patch       *patch)
{
  for (int y = 0; y < patch->tile.height; y++)
    for (int x = 0; x < patch->tile.width; x++)
      {
        int i = y * patch->tile.width + x;
        int u = CLAMP (patch->tile.x + x, 0, level->width - 1);
        int v = CLAMP (patch->tile.y + y, 0, level->height - 1);

        load_pixel (level, patch, i, u, v);
        if (level->coarser != NULL)
          load_colours (level->coarser, level, patch, i, u, v);
      }
}

/* Everything that depends on alpha alone. */
static void
prepare (Patch *patch)
{
  int stride = patch->tile.width;
  const float *alpha = patch->alpha;

  for (int i = 0; i < patch->n - 1; i++)
    patch->tie_right[i] = LEAST_TIE + fabsf (alpha[i] - alpha[i + 1]);
  for (int i = 0; i < patch->n - stride; i++)
    patch->tie_below[i] = LEAST_TIE + fabsf (alpha[i] - alpha[i + stride]);

  for (int i = stride; i < patch->n - stride; i++)
    {
      float rest = 1.0f - alpha[i];
      float ties = patch->tie_right[i] + patch->tie_right[i - 1] + patch->tie_below[i] + patch->tie_below[i - stride];
      float subject = alpha[i] * alpha[i] + ties;
      float backdrop = rest * rest + ties;
      float both = alpha[i] * rest;
      float scale = 1.0f / (subject * backdrop - both * both);

      patch->own[i] = backdrop * scale;
      patch->cross[i] = both * scale;
      patch->other[i] = subject * scale;
    }
}

static inline float
clamp_unit (float value)
{
  value = value > 0.0f ? value : 0.0f;

  return value < 1.0f ? value : 1.0f;
}

static void
step (Patch *patch,
      int    now,
      int    c)
{
  int stride = patch->tile.width;
  const float *alpha = patch->alpha;
  const float *picture = patch->picture[c];
  const float *right = patch->tie_right;
  const float *below = patch->tie_below;
  const float *own = patch->own;
  const float *cross = patch->cross;
  const float *other = patch->other;
  const float *f = patch->colours[now][c];
  const float *b = patch->colours[now][c + 3];
  float *restrict next_f = patch->colours[1 - now][c];
  float *restrict next_b = patch->colours[1 - now][c + 3];

  for (int i = stride; i < patch->n - stride; i++)
    {
      float subject = alpha[i] * picture[i]
                      + right[i - 1] * f[i - 1] + right[i] * f[i + 1]
                      + below[i - stride] * f[i - stride] + below[i] * f[i + stride];
      float backdrop = (1.0f - alpha[i]) * picture[i]
                       + right[i - 1] * b[i - 1] + right[i] * b[i + 1]
                       + below[i - stride] * b[i - stride] + below[i] * b[i + stride];

      next_f[i] = clamp_unit (own[i] * subject - cross[i] * backdrop);
      next_b[i] = clamp_unit (other[i] * backdrop - cross[i] * subject);
    }
}

static void
store (const Level   *level,
       const Patch   *patch,
       const DioTile *tile,
       int            now)
{
  for (int y = 0; y < tile->height; y++)
    {
      float *to = dio_buffer_at (level->colours, tile->x, tile->y + y);
      int i = (y + level->n_steps) * patch->tile.width + level->n_steps;

      for (int x = 0; x < tile->width; x++, i++, to += N_CHANNELS)
        for (int c = 0; c < N_CHANNELS; c++)
          to[c] = patch->colours[now][c][i];
    }
}

/* At the full size: only what is half transparent takes a new colour. */
static void
write_bytes (const Level   *level,
             const Patch   *patch,
             const DioTile *tile,
             int            now)
{
  float light[DIO_TILE_MAX_WIDTH * 3];
  guint8 bytes[DIO_TILE_MAX_WIDTH * 3];

  for (int y = 0; y < tile->height; y++)
    {
      guint8 *to = dio_pixels_row (level->rgba, tile->y + y) + tile->x * 4;
      int i = (y + level->n_steps) * patch->tile.width + level->n_steps;

      for (int x = 0; x < tile->width; x++)
        for (int c = 0; c < 3; c++)
          light[x * 3 + c] = patch->colours[now][c][i + x];
      dio_transfer_row_to_bytes (light, bytes, tile->width, 3);

      for (int x = 0; x < tile->width; x++, to += 4)
        if (to[3] > 0 && to[3] < 255)
          memcpy (to, bytes + x * 3, 3);
    }
}

static void
estimate_cb (int      first,
             int      last,
             gpointer user_data)
{
  const Level *level = user_data;

  for (int i = first; i < last; i++)
    {
      const DioTile *tile = &g_array_index (level->tiles, DioTile, i);
      Patch patch;

      patch_init (&patch, tile, level->n_steps);
      load (level, &patch);
      prepare (&patch);
      for (int k = 0; k < level->n_steps; k++)
        for (int c = 0; c < 3; c++)
          step (&patch, k % 2, c);

      if (level->colours != NULL)
        store (level, &patch, tile, level->n_steps % 2);
      else
        write_bytes (level, &patch, tile, level->n_steps % 2);
      patch_clear (&patch);
    }
}

/* What no tile works on: the picture where it is seen, else the smaller size. */
static void
fill_cb (int      first,
         int      last,
         gpointer user_data)
{
  const Level *level = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < level->width; x++)
      {
        int u = MIN (find_nearest (x, level->width, level->picture->width), level->picture->width - 1);
        int v = MIN (find_nearest (y, level->height, level->picture->height), level->picture->height - 1);
        const guint8 *pixel = dio_pixels_row (level->picture, v) + u * level->picture->channels;
        const float *before = dio_buffer_at (level->coarser,
                                             MIN (x * level->coarser->width / level->width, level->coarser->width - 1),
                                             MIN (y * level->coarser->height / level->height, level->coarser->height - 1));
        int seen = dio_pixels_row (level->rgba, v)[u * 4 + 3] > 127 ? 0 : 3;
        float *to = dio_buffer_at (level->colours, x, y);

        memcpy (to, before, sizeof (float) * N_CHANNELS);
        for (int c = 0; c < 3; c++)
          to[seen + c] = level->light[pixel[c]];
      }
}

static GArray *
cover (const Level *level)
{
  gboolean whole = MAX (level->width, level->height) <= WHOLE_SIDE && level->colours != NULL;
  g_autofree guint8 *mask = g_new (guint8, (gsize) level->width * level->height);
  guint8 *at = mask;

  for (int y = 0; y < level->height; y++)
    {
      int v = MIN (find_nearest (y, level->height, level->rgba->height), level->rgba->height - 1);
      const guint8 *row = dio_pixels_row (level->rgba, v) + 3;

      for (int x = 0; x < level->width; x++)
        {
          int u = MIN (find_nearest (x, level->width, level->rgba->width), level->rgba->width - 1);

          *at++ = whole || (row[u * 4] > 0 && row[u * 4] < 255);
        }
    }

  return dio_tiles_cover (mask, level->width, level->height);
}

static int
find_side (int    full,
           double exponent)
{
  return MAX (1, (int) lround (pow (full, exponent)));
}

static DioBuffer *
estimate (Level      *level,
          gboolean    is_last,
          DioWorkers *workers)
{
  gboolean small = MAX (level->width, level->height) <= SMALL_SIDE;
  g_autoptr(GArray) tiles = NULL;

  level->n_steps = small ? SMALL_STEPS : STEPS;
  level->colours = is_last ? NULL : dio_buffer_new (level->width, level->height, N_CHANNELS);
  level->tiles = tiles = cover (level);

  if (!is_last && level->coarser != NULL)
    dio_workers_run (workers, level->height, 16, fill_cb, level);
  dio_workers_run (workers, tiles->len, 1, estimate_cb, level);

  return level->colours;
}

/**
 * dio_foreground_estimate:
 * @picture: the picture with its backdrop
 * @rgba: of its size, alpha set; half-transparent pixels get the subject's colour
 * @workers: the team; when it is cancelled @rgba is left half done
 */
void
dio_foreground_estimate (const DioPixels *picture,
                         DioPixels       *rgba,
                         DioWorkers      *workers)
{
  int n_levels = MAX (1, (int) ceil (log2 (MAX (rgba->width, rgba->height))));
  g_autoptr(DioBuffer) coarser = NULL;

  for (int i = 0; i <= n_levels && !dio_workers_is_cancelled (workers); i++)
    {
      double exponent = i / (double) n_levels;
      Level level = {
        .picture = picture,
        .rgba = rgba,
        .coarser = coarser,
        .width = find_side (rgba->width, exponent),
        .height = find_side (rgba->height, exponent),
        .light = dio_transfer_get_byte_table (),
      };
      DioBuffer *colours = estimate (&level, i == n_levels, workers);

      dio_buffer_free (g_steal_pointer (&coarser));
      coarser = colours;
    }
}
