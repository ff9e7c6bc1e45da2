/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shadows, in three parts: a thin dark line where the subject touches the
 * ground, a soft pool of shade under it, and its outline laid down on the
 * ground away from the light. All are soft, so they are made at reduced size. */

#include "config.h"

#include "dio-shadow.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-oklab.h"
#include "dio-sample.h"

/* Nothing is ever black: light comes from everywhere. */
#define DARKEST 0.9f

/* How high above the lowest point feet may end, in heights of the subject:
 * feet further back stand higher. */
#define FEET 0.13

/* One subject's shadow under way; lengths in samples of the map. */
typedef struct
{
  DioBuffer      *map;
  const DioLayer *layer;
  const DioLight *light;
  double          ground;   /* the line it stands on */
  double          height;   /* of the subject */
  double          shift_x;  /* from layer samples to map samples */
  double          shift_y;
  float           strength;

  DioBuffer      *near;     /* (owned): the outline, sharper */
  DioBuffer      *far;      /* (owned): the outline, softer */
  DioBuffer      *line;     /* (owned): contact, narrow */
  DioBuffer      *wide;     /* (owned): contact, wide */
  DioBuffer      *pool;     /* (owned) */
} Shadow;

/**
 * dio_shadow_map_new:
 * @picture_width: in pixels
 * @picture_height: in pixels
 *
 * Returns: (transfer full): a map without shadows: the light that is left, 1 everywhere
 */
DioBuffer *
dio_shadow_map_new (int picture_width,
                    int picture_height)
{
  int scale = dio_layer_get_soft_scale (picture_width, picture_height);
  DioBuffer *map = dio_buffer_new ((picture_width + scale - 1) / scale,
                                   (picture_height + scale - 1) / scale, 1);

  for (gsize i = 0; i < dio_buffer_n_pixels (map); i++)
    map->data[i] = 1.0f;

  return map;
}

static float
get_alpha (const Shadow *shadow,
           double        x,
           double        y)
{
  const DioBuffer *soft = shadow->layer->soft;
  float rgba[4];

  x -= shadow->shift_x;
  y -= shadow->shift_y;
  if (x < 0.0 || y < 0.0 || x > soft->width - 1 || y > soft->height - 1)
    return 0.0f;
  dio_sample_bilinear (soft, x, y, rgba);

  return rgba[3];
}

/* The outline laid on the ground: away from light that comes from behind it
 * falls towards the eye, else it lies behind the subject. */
static void
cast_rows_cb (int      first,
              int      last,
              gpointer user_data)
{
  Shadow *shadow = user_data;
  gboolean forward = shadow->light->backlight > 0.5;
  double flatness = forward ? 0.50 : 0.22;
  double shear = -shadow->light->x * (forward ? 0.8 : 1.25);

  for (int y = first; y < last; y++)
    {
      double up = (forward ? y - shadow->ground : shadow->ground - y) / flatness;
      float fade;

      if (up < -2.0 || up > shadow->height * 1.05)
        continue;
      fade = CLAMP ((float) (1.0 - 0.72 * up / shadow->height), 0.0f, 1.0f);
      for (int x = 0; x < shadow->map->width; x++)
        {
          float alpha = get_alpha (shadow, x - shear * up, shadow->ground - up);

          dio_buffer_row (shadow->near, y)[x] = alpha * fade;
          dio_buffer_row (shadow->far, y)[x] = alpha * MIN (1.0f, fade * 1.15f);
        }
    }
}

/* The lowest covered sample of each column of the layer; -1 for none. */
static int *
find_bottoms (const DioBuffer *soft)
{
  int *bottoms = g_new (int, soft->width);

  for (int x = 0; x < soft->width; x++)
    {
      int y = soft->height - 1;

      while (y >= 0 && dio_buffer_at (soft, x, y)[3] <= 0.5f)
        y--;
      bottoms[x] = y;
    }

  return bottoms;
}

static void
mark_contact (Shadow *shadow,
              int     x,
              int     y)
{
  int reach = MAX (1, (int) (shadow->height * 0.010));

  for (int v = y - reach; v <= y + reach; v++)
    if (x >= 0 && v >= 0 && x < shadow->map->width && v < shadow->map->height)
      {
        dio_buffer_row (shadow->line, v)[x] = 1.0f;
        dio_buffer_row (shadow->wide, v)[x] = 1.0f;
      }
}

static void
draw_pool (Shadow *shadow,
           double  cx,
           double  cy,
           double  rx,
           double  ry,
           float   softness)
{
  for (int y = MAX (0, (int) (cy - 2.0 * ry)); y < MIN (shadow->map->height, (int) (cy + 2.0 * ry) + 1); y++)
    for (int x = MAX (0, (int) (cx - 2.0 * rx)); x < MIN (shadow->map->width, (int) (cx + 2.0 * rx) + 1); x++)
      {
        float dx = (float) ((x - cx) / rx);
        float dy = (float) ((y - cy) / ry);
        float depth = (1.0f + softness - sqrtf (dx * dx + dy * dy)) / (2.0f * softness);

        dio_buffer_row (shadow->pool, y)[x] = dio_smooth_step (0.0f, 1.0f, depth);
      }
}

/* Feet at different depths each keep their own contact. */
static void
touch_ground (Shadow *shadow)
{
  const DioBuffer *soft = shadow->layer->soft;
  g_autofree int *bottoms = find_bottoms (soft);
  double lowest = shadow->ground - shadow->shift_y;
  double limit = lowest - FEET * shadow->height;
  double sum = 0.0;
  int left = soft->width;
  int right = -1;
  int n = 0;

  for (int x = 0; x < soft->width; x++)
    {
      if (bottoms[x] < 0 || bottoms[x] < limit)
        continue;
      mark_contact (shadow, (int) lround (x + shadow->shift_x), (int) lround (bottoms[x] + shadow->shift_y));
      left = MIN (left, x);
      right = MAX (right, x);
      sum += bottoms[x];
      n++;
    }

  if (n > 0)
    {
      double rx = MAX (2.0, (right - left + 1) * 0.53);
      double ry = MAX (1.5, MIN (rx * 0.24, shadow->height * 0.16));
      double cy = 0.4 * sum / n + 0.6 * lowest + shadow->shift_y - 0.1 * ry;
      double cx = (left + right) / 2.0 + shadow->shift_x - shadow->light->x * ry * 0.6;

      draw_pool (shadow, cx, cy, rx, ry, 0.45f);
    }
}

static void
blur_parts (Shadow     *shadow,
            DioWorkers *workers)
{
  double height = shadow->height;
  double hardness = shadow->light->hardness;

  dio_buffer_blur (shadow->near, MAX (0.7, height * (0.022 - 0.016 * hardness)), workers);
  dio_buffer_blur (shadow->far, MAX (1.5, height * (0.075 - 0.04 * hardness)), workers);
  dio_buffer_blur (shadow->line, MAX (0.6, height * 0.008), workers);
  dio_buffer_blur (shadow->wide, MAX (1.2, height * 0.03), workers);
  dio_buffer_blur (shadow->pool, MAX (0.8, height * 0.02), workers);
}

/* On ground of light and dark stripes an even shadow is lost: it must be darker
 * there to be seen as much. */
static double
measure_pattern (const DioScene     *scene,
                 const DioPlacement *placement)
{
  const DioBuffer *small = scene->small;
  int x0 = CLAMP ((int) ((placement->cx - placement->width * 0.8) * small->width), 0, small->width - 1);
  int x1 = CLAMP ((int) ((placement->cx + placement->width * 0.8) * small->width), x0 + 1, small->width);
  int y0 = CLAMP ((int) ((placement->baseline - 0.07) * small->height), 0, small->height - 1);
  int y1 = CLAMP ((int) ((placement->baseline + 0.05) * small->height), y0 + 1, small->height);
  double sum = 0.0;
  double squares = 0.0;
  int n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++, n++)
      {
        double tone = cbrt (dio_luminance (dio_buffer_at (small, x, y)));

        sum += tone;
        squares += tone * tone;
      }

  return sqrt (MAX (0.0, squares / n - sum / n * sum / n));
}

static void
combine_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  Shadow *shadow = user_data;
  float hard = (float) shadow->light->hardness;
  float forward = shadow->light->backlight > 0.5 ? 1.25f : 1.0f;

  for (int y = first; y < last; y++)
    for (int x = 0; x < shadow->map->width; x++)
      {
        float near = (0.26f + 0.36f * hard) * forward * dio_buffer_row (shadow->near, y)[x];
        float far = (0.42f + 0.10f * hard) * forward * dio_buffer_row (shadow->far, y)[x];
        float line = 0.74f * MIN (1.0f, 1.3f * dio_buffer_row (shadow->line, y)[x]);
        float wide = 0.58f * MIN (1.0f, 1.6f * dio_buffer_row (shadow->wide, y)[x]);
        float pool = 0.66f * dio_buffer_row (shadow->pool, y)[x];
        float left = (1.0f - near) * (1.0f - far) * (1.0f - line) * (1.0f - wide) * (1.0f - pool);

        if (left < 1.0f)
          dio_buffer_row (shadow->map, y)[x] *= MAX (1.0f - DARKEST, powf (left, shadow->strength));
      }
}

static void
stand_shadow (Shadow     *shadow,
              DioWorkers *workers)
{
  dio_workers_run (workers, shadow->map->height, 16, cast_rows_cb, shadow);
  touch_ground (shadow);
}

/* What flies darkens the ground far below only a little, and touches nothing. */
static void
hover_shadow (Shadow             *shadow,
              const DioPlacement *placement,
              const DioScene     *scene)
{
  double ground = MAX (scene->baseline, placement->baseline + 0.04) * shadow->map->height;
  double rx = MAX (2.0, placement->width * shadow->map->width * 0.42);

  shadow->strength *= 0.3f;
  draw_pool (shadow, placement->cx * shadow->map->width, ground, rx, MAX (1.5, rx * 0.2), 0.8f);
}

static DioBuffer *
make_part (const Shadow *shadow)
{
  return dio_buffer_new (shadow->map->width, shadow->map->height, 1);
}

/**
 * dio_shadow_add:
 * @map: the light that is left so far
 * @layer: a subject in place
 * @placement: its place
 * @light: where the light comes from
 * @scene: the ground it falls on
 * @strength: 0 to 1, beyond for darker than usual
 * @workers: who does it
 *
 * Darkens @map by the subject's shadow.
 */
void
dio_shadow_add (DioBuffer          *map,
                const DioLayer     *layer,
                const DioPlacement *placement,
                const DioLight     *light,
                const DioScene     *scene,
                double              strength,
                DioWorkers         *workers)
{
  double scale = layer->scale;
  double pattern = placement->grounded ? measure_pattern (scene, placement) : 0.0;
  Shadow shadow = {
    .map = map,
    .layer = layer,
    .light = light,
    .height = placement->height * map->height,
    .ground = placement->baseline * map->height - 0.5,
    .shift_x = layer->x / scale,
    .shift_y = layer->y / scale,
    .strength = (float) (strength * (1.0 + 0.9 * CLAMP (pattern / 0.16, 0.0, 1.0))),
  };

  if (strength <= 0.0)
    return;

  shadow.near = make_part (&shadow);
  shadow.far = make_part (&shadow);
  shadow.line = make_part (&shadow);
  shadow.wide = make_part (&shadow);
  shadow.pool = make_part (&shadow);

  if (placement->grounded)
    stand_shadow (&shadow, workers);
  else
    hover_shadow (&shadow, placement, scene);
  blur_parts (&shadow, workers);
  dio_workers_run (workers, map->height, 16, combine_rows_cb, &shadow);

  dio_buffer_free (shadow.near);
  dio_buffer_free (shadow.far);
  dio_buffer_free (shadow.line);
  dio_buffer_free (shadow.wide);
  dio_buffer_free (shadow.pool);
}

typedef struct
{
  const DioBuffer *map;
  DioBuffer       *picture;
  float            scale;
} Applying;

static void
apply_rows_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Applying *applying = user_data;

  for (int y = first; y < last; y++)
    {
      float *rgb = dio_buffer_row (applying->picture, y);
      float v = (y + 0.5f) / applying->scale - 0.5f;

      for (int x = 0; x < applying->picture->width; x++, rgb += 3)
        {
          float left;

          dio_sample_bilinear (applying->map, (x + 0.5f) / applying->scale - 0.5f, v, &left);
          if (left > 0.999f)
            continue;
          /* The sky still shines into shade: its red goes first. */
          rgb[0] *= left;
          rgb[1] *= left + 0.02f * (1.0f - left);
          rgb[2] *= left + 0.06f * (1.0f - left);
        }
    }
}

/**
 * dio_shadow_apply:
 * @map: the light that is left
 * @picture: light
 * @workers: who does it
 *
 * Takes the light from @picture.
 */
void
dio_shadow_apply (const DioBuffer *map,
                  DioBuffer       *picture,
                  DioWorkers      *workers)
{
  Applying applying = { map, picture, dio_layer_get_soft_scale (picture->width, picture->height) };

  dio_workers_run (workers, picture->height, 16, apply_rows_cb, &applying);
}
