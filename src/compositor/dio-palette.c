/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves a picture's colours to those of another. Samples of the one are moved
 * onto samples of the other; what happened to them is spread into a table over
 * OKLab, smoothed, so that like colours move alike. */

#include "config.h"

#include "dio-palette.h"

#include <math.h>
#include <string.h>

#include "dio-oklab.h"
#include "dio-random.h"
#include "dio-transport.h"

/* Nodes of the table along each axis. */
#define SIDE    25
#define N_NODES (SIDE * SIDE * SIDE)

/* The part of OKLab that the table covers. */
#define AB_LOW   -0.34f
#define AB_RANGE 0.68f

/* Colours that the other picture has: the strongest at each tone and hue. */
#define N_TONES 16
#define N_HUES  24

/* What a hue that the other picture lacks may keep. */
#define LEFT_OVER_CHROMA 0.03f

struct _DioPalette
{
  float moves[N_NODES][3];
};

/* Sums of moves and how many samples are in them, at each node. */
typedef struct
{
  float sums[N_NODES][4];
  float scratch[N_NODES][4];
  float moves[N_NODES][3];
  float share[N_NODES];
  float limits[N_TONES][N_HUES];
} Building;

typedef struct
{
  int   node[3];
  float part[3];
} Spot;

static void
find_spot (const float *lab,
           Spot        *spot)
{
  float at[3] = { lab[0], (lab[1] - AB_LOW) / AB_RANGE, (lab[2] - AB_LOW) / AB_RANGE };

  for (int c = 0; c < 3; c++)
    {
      float scaled = CLAMP (at[c], 0.0f, 0.9999f) * (SIDE - 1);

      spot->node[c] = (int) scaled;
      spot->part[c] = scaled - spot->node[c];
    }
}

/* The table's index of one corner around a spot, and its weight. */
static int
get_corner (const Spot *spot,
            int         corner,
            float      *weight)
{
  int index = 0;

  *weight = 1.0f;
  for (int c = 0; c < 3; c++)
    {
      int upper = corner >> c & 1;

      *weight *= upper ? spot->part[c] : 1.0f - spot->part[c];
      index = index * SIDE + spot->node[c] + upper;
    }

  return index;
}

/**
 * dio_palette_sample:
 * @linear: light in three channels
 * @n: how many samples
 * @seed: of the choice
 *
 * Returns: (transfer full): @n pixels of @linear in one row, in OKLab
 */
DioBuffer *
dio_palette_sample (const DioBuffer *linear,
                    int              n,
                    guint32          seed)
{
  DioBuffer *samples = dio_buffer_new (n, 1, 3);
  gsize n_pixels = dio_buffer_n_pixels (linear);

  for (int i = 0; i < n; i++)
    {
      gsize pixel = (gsize) ((double) dio_random_unit (seed, i, 7) * n_pixels);

      dio_oklab_from_linear (linear->data + MIN (pixel, n_pixels - 1) * linear->channels, samples->data + i * 3);
    }

  return samples;
}

static void
collect_moves (Building        *building,
               const DioBuffer *from,
               const DioBuffer *moved)
{
  for (int i = 0; i < from->width; i++)
    {
      const float *before = from->data + i * 3;
      const float *after = moved->data + i * 3;
      Spot spot;

      find_spot (before, &spot);
      for (int corner = 0; corner < 8; corner++)
        {
          float weight;
          float *sum = building->sums[get_corner (&spot, corner, &weight)];

          for (int c = 0; c < 3; c++)
            sum[c] += weight * (after[c] - before[c]);
          sum[3] += weight;
        }
    }
}

/* One step of a binomial blur along all three axes, of @channels floats a node. */
static void
blur_nodes (float *nodes,
            float *scratch,
            int    channels)
{
  static const int strides[3] = { SIDE * SIDE, SIDE, 1 };

  for (int axis = 0; axis < 3; axis++)
    {
      int stride = strides[axis];

      for (int i = 0; i < N_NODES; i++)
        {
          int at = i / stride % SIDE;
          const float *here = nodes + i * channels;
          const float *lower = at > 0 ? here - stride * channels : here;
          const float *upper = at < SIDE - 1 ? here + stride * channels : here;

          for (int c = 0; c < channels; c++)
            scratch[i * channels + c] = 0.25f * (lower[c] + upper[c]) + 0.5f * here[c];
        }
      memcpy (nodes, scratch, sizeof (float) * N_NODES * channels);
    }
}

/* Nodes with many samples speak for themselves; the others ask around, wider
 * and wider, and where nobody is near, everybody. */
static void
fill_nodes (Building *building,
            int       n_samples)
{
  const float enough = n_samples * 2e-4f;
  double total[4] = { 0 };

  for (int i = 0; i < N_NODES; i++)
    for (int c = 0; c < 4; c++)
      total[c] += building->sums[i][c];

  for (int pass = 0; pass < 14; pass++)
    {
      blur_nodes (&building->sums[0][0], &building->scratch[0][0], 4);
      for (int i = 0; i < N_NODES && pass >= 2; i++)
        {
          const float *sum = building->sums[i];
          float share;

          if (building->share[i] >= 1.0f || sum[3] < 1e-4f)
            continue;
          share = MIN (1.0f - building->share[i], sum[3] / enough);
          for (int c = 0; c < 3; c++)
            building->moves[i][c] += share * sum[c] / sum[3];
          building->share[i] += share;
        }
    }

  for (int i = 0; i < N_NODES; i++)
    for (int c = 0; c < 3; c++)
      building->moves[i][c] += (1.0f - building->share[i]) * (float) (total[c] / total[3]);

  for (int pass = 0; pass < 2; pass++)
    blur_nodes (&building->moves[0][0], &building->scratch[0][0], 3);
}

static void
find_hue_bin (const float *lab,
              float       *tone,
              float       *hue)
{
  *tone = CLAMP (lab[0], 0.0f, 0.9999f) * N_TONES;
  *hue = (atan2f (lab[2], lab[1]) / (2.0f * (float) G_PI) + 0.5f) * N_HUES;
}

/* The strongest colours of the other picture, spread a little to the sides. */
static void
find_limits (Building        *building,
             const DioBuffer *to)
{
  float strongest[N_TONES][N_HUES] = { 0 };

  for (int i = 0; i < to->width; i++)
    {
      const float *lab = to->data + i * 3;
      float chroma = sqrtf (lab[1] * lab[1] + lab[2] * lab[2]);
      float tone, hue;
      float *bin;

      find_hue_bin (lab, &tone, &hue);
      bin = &strongest[(int) tone][(int) hue % N_HUES];
      /* Creeps towards the strongest: a few stray pixels do not set it. */
      if (chroma > *bin)
        *bin += 0.3f * (chroma - *bin);
    }

  for (int t = 0; t < N_TONES; t++)
    for (int h = 0; h < N_HUES; h++)
      {
        float limit = LEFT_OVER_CHROMA;

        for (int dt = -1; dt <= 1; dt++)
          for (int dh = -1; dh <= 1; dh++)
            if (t + dt >= 0 && t + dt < N_TONES)
              limit = MAX (limit, strongest[t + dt][(h + dh + N_HUES) % N_HUES] * (dt != 0 || dh != 0 ? 0.92f : 1.0f));
        building->limits[t][h] = limit;
      }
}

static float
get_limit (const Building *building,
           const float    *lab)
{
  float tone, hue;
  int t, h;
  float low, high;

  find_hue_bin (lab, &tone, &hue);
  tone = CLAMP (tone - 0.5f, 0.0f, N_TONES - 1.001f);
  hue = hue - 0.5f + N_HUES;
  t = (int) tone;
  h = (int) hue;
  tone -= t;
  hue -= h;

  low = building->limits[t][h % N_HUES] * (1.0f - hue) + building->limits[t][(h + 1) % N_HUES] * hue;
  high = building->limits[t + 1][h % N_HUES] * (1.0f - hue) + building->limits[t + 1][(h + 1) % N_HUES] * hue;

  return low * (1.0f - tone) + high * tone;
}

/* Between samples the table may lead to colours that neither picture has. */
static void
hold_limits (Building *building)
{
  for (int i = 0; i < N_NODES; i++)
    {
      float node[3] = {
        (float) (i / (SIDE * SIDE)) / (SIDE - 1),
        (float) (i / SIDE % SIDE) / (SIDE - 1) * AB_RANGE + AB_LOW,
        (float) (i % SIDE) / (SIDE - 1) * AB_RANGE + AB_LOW,
      };
      float *move = building->moves[i];
      float lab[3] = { node[0] + move[0], node[1] + move[1], node[2] + move[2] };
      float chroma = sqrtf (lab[1] * lab[1] + lab[2] * lab[2]);
      float limit = get_limit (building, lab);

      if (chroma <= limit)
        continue;
      for (int c = 1; c < 3; c++)
        move[c] = lab[c] * limit / chroma - node[c];
    }
}

/**
 * dio_palette_new:
 * @from: samples of the picture to be changed
 * @to: as many samples of the one with the colours wanted
 * @seed: of the choices made
 * @workers: who does it
 *
 * Returns: (transfer full): the way from one to the other
 */
DioPalette *
dio_palette_new (const DioBuffer *from,
                 const DioBuffer *to,
                 guint32          seed,
                 DioWorkers      *workers)
{
  DioPalette *self = g_new0 (DioPalette, 1);
  g_autoptr(DioBuffer) moved = dio_buffer_copy (from);
  g_autofree Building *building = g_new0 (Building, 1);

  dio_transport (moved, to, seed, workers);
  collect_moves (building, from, moved);
  fill_nodes (building, from->width);
  find_limits (building, to);
  hold_limits (building);
  memcpy (self->moves, building->moves, sizeof self->moves);

  return self;
}

void
dio_palette_free (DioPalette *self)
{
  g_free (self);
}

typedef struct
{
  const DioPalette *palette;
  DioBuffer        *linear;
  float             amount;
} Applying;

static void
apply_pixel (const DioPalette *self,
             float            *rgb,
             float             amount)
{
  float move[3] = { 0 };
  float lab[3];
  Spot spot;

  dio_oklab_from_linear (rgb, lab);
  find_spot (lab, &spot);
  for (int corner = 0; corner < 8; corner++)
    {
      float weight;
      const float *node = self->moves[get_corner (&spot, corner, &weight)];

      for (int c = 0; c < 3; c++)
        move[c] += weight * node[c];
    }

  lab[0] += 0.85f * amount * move[0];
  lab[1] += amount * move[1];
  lab[2] += amount * move[2];
  dio_oklab_to_rgb (lab, rgb);
  for (int c = 0; c < 3; c++)
    rgb[c] = CLAMP (rgb[c], 0.0f, 1.0f);
}

static void
apply_rows_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Applying *applying = user_data;

  for (int y = first; y < last; y++)
    {
      float *rgb = dio_buffer_row (applying->linear, y);

      for (int x = 0; x < applying->linear->width; x++, rgb += 3)
        apply_pixel (applying->palette, rgb, applying->amount);
    }
}

/**
 * dio_palette_apply:
 * @self: a way from one picture's colours to another's
 * @linear: (inout): light in three channels
 * @amount: how much of the way to go, 0 to 1
 * @workers: who does it
 */
void
dio_palette_apply (const DioPalette *self,
                   DioBuffer        *linear,
                   double            amount,
                   DioWorkers       *workers)
{
  Applying applying = { self, linear, (float) amount };

  dio_workers_run (workers, linear->height, 16, apply_rows_cb, &applying);
}
