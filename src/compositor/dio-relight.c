/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fall of light over a subject: the scene's own brightness from place to
 * place, and shading by a body blown up from the outline like a balloon. Both
 * are soft, so the map is made at reduced size. */

#include "config.h"

#include "dio-relight.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-distance.h"
#include "dio-sample.h"

/* How far the body bulges, in parts of the subject's smaller side. */
#define BULGE 0.28

#define FIELD_BLUR  24.0
#define FIELD_POWER 0.3

typedef struct
{
  const DioBuffer *field;  /* the scene's brightness */
  const DioBuffer *body;   /* heights */
  const DioLayer  *layer;
  const DioLight  *light;
  DioBuffer       *map;
  double           mean;   /* of the field over the subject */
  double           to_field_x;
  double           to_field_y;
  double           amount;
} Relighting;

static DioBuffer *
make_field (const DioScene *scene,
            DioWorkers     *workers)
{
  DioBuffer *field = dio_buffer_new (scene->small->width, scene->small->height, 1);

  for (gsize i = 0; i < dio_buffer_n_pixels (field); i++)
    field->data[i] = dio_luminance (scene->small->data + i * 3);
  dio_buffer_blur (field, FIELD_BLUR, workers);

  return field;
}

static DioBuffer *
make_body (const DioBuffer *soft,
           DioWorkers      *workers)
{
  DioBuffer *body = dio_buffer_new (soft->width, soft->height, 1);
  gsize n = dio_buffer_n_pixels (soft);
  g_autofree guint8 *outside = g_new (guint8, n);
  float radius = (float) MAX (1.0, BULGE * MIN (soft->width, soft->height));

  for (gsize i = 0; i < n; i++)
    outside[i] = soft->data[i * 4 + 3] <= 0.5f;
  dio_distance_transform (outside, soft->width, soft->height, body->data, workers);

  for (gsize i = 0; i < n; i++)
    {
      float left = 1.0f - MIN (body->data[i], radius) / radius;

      body->data[i] = radius * sqrtf (MAX (0.0f, 1.0f - left * left));
    }
  dio_buffer_blur (body, radius * 0.18, workers);

  return body;
}

static float
sample_field (const Relighting *relighting,
              int               x,
              int               y)
{
  const DioLayer *layer = relighting->layer;
  float value;

  dio_sample_bilinear (relighting->field,
                       (float) ((layer->x + (x + 0.5) * layer->scale) * relighting->to_field_x - 0.5),
                       (float) ((layer->y + (y + 0.5) * layer->scale) * relighting->to_field_y - 0.5),
                       &value);

  return value;
}

static double
measure_mean (const Relighting *relighting)
{
  const DioBuffer *soft = relighting->layer->soft;
  double sum = 0.0;
  double weight = 1e-9;

  for (int y = 0; y < soft->height; y++)
    for (int x = 0; x < soft->width; x++)
      {
        float alpha = dio_buffer_at (soft, x, y)[3];

        sum += alpha * sample_field (relighting, x, y);
        weight += alpha;
      }

  return MAX (1e-4, sum / weight);
}

static void
relight_pixel (const Relighting *relighting,
               int               x,
               int               y)
{
  const DioBuffer *body = relighting->body;
  const DioLight *light = relighting->light;
  float *out = dio_buffer_at (relighting->map, x, y);
  int right = MIN (x + 1, body->width - 1);
  int below = MIN (y + 1, body->height - 1);
  float slope_x = 0.5f * (dio_buffer_row (body, y)[right] - dio_buffer_row (body, y)[MAX (x - 1, 0)]);
  float slope_y = 0.5f * (dio_buffer_row (body, below)[x] - dio_buffer_row (body, MAX (y - 1, 0))[x]);
  float steep = 1.0f / sqrtf (1.0f + slope_x * slope_x + slope_y * slope_y);
  float facing = (float) (-slope_x * light->x + -slope_y * MIN (light->y, -0.2)) * steep;
  float field = powf (CLAMP ((float) (sample_field (relighting, x, y) / relighting->mean), 0.4f, 2.2f),
                      (float) (FIELD_POWER * relighting->amount));
  float upward = MAX (0.0f, slope_y * steep);
  float edge = 1.0f - steep;

  /* From behind, the front lies in shade and only the edge is lit. */
  facing *= 1.0f - 0.7f * (float) light->backlight;
  out[DIO_RELIGHT_FACTOR] = field * (1.0f + (float) (light->shading * relighting->amount) * CLAMP (facing, -1.2f, 1.2f)) *
                            (1.0f - 0.40f * (float) (light->backlight * relighting->amount));
  out[DIO_RELIGHT_RIM] = (float) (light->backlight * relighting->amount) * edge * edge * (0.35f + 1.15f * upward);
  out[DIO_RELIGHT_INNER] = dio_buffer_at (relighting->layer->soft, x, y)[3];
}

static void
relight_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Relighting *relighting = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < relighting->map->width; x++)
      relight_pixel (relighting, x, y);
}

/**
 * dio_relight_new:
 * @scene: where the subject is
 * @layer: the subject in place
 * @light: where the light comes from
 * @picture_width: of the whole picture
 * @picture_height: of the whole picture
 * @amount: how far to go, 0 to 1
 * @workers: who does it
 *
 * Returns: (transfer full): the map of light over @layer's soft picture
 */
DioBuffer *
dio_relight_new (const DioScene *scene,
                 const DioLayer *layer,
                 const DioLight *light,
                 int             picture_width,
                 int             picture_height,
                 double          amount,
                 DioWorkers     *workers)
{
  g_autoptr(DioBuffer) field = make_field (scene, workers);
  g_autoptr(DioBuffer) body = make_body (layer->soft, workers);
  Relighting relighting = {
    .field = field,
    .body = body,
    .layer = layer,
    .light = light,
    .to_field_x = (double) field->width / picture_width,
    .to_field_y = (double) field->height / picture_height,
    .amount = amount,
  };

  relighting.mean = measure_mean (&relighting);
  relighting.map = dio_buffer_new (layer->soft->width, layer->soft->height, 3);
  dio_workers_run (workers, relighting.map->height, 16, relight_rows_cb, &relighting);
  dio_buffer_blur (relighting.map, MAX (0.6, 0.008 * layer->soft->height), workers);

  return relighting.map;
}
