/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a subject into the picture: graded, lit, grained, with a little of the
 * light behind it wrapped around its edge. */

#include "config.h"

#include "dio-place.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-grain.h"
#include "dio-relight.h"
#include "dio-sample.h"
#include "dio-transfer.h"

/* More noise than this in a scene is texture. */
#define MAX_GRAIN 0.02f

#define WRAP 0.28f

typedef struct
{
  DioBuffer       *picture;
  const DioLayer  *layer;
  const DioGrade  *grade;
  const DioBuffer *subject; /* light with straight alpha */
  const DioBuffer *relight;
  const DioBuffer *behind;  /* what is behind the layer, soft */
  float            rim[3];  /* the colour of light from behind */
  float            match;
  float            wrap;
  float            grain;   /* on the square root of light */
  guint32          seed;
} Placing;

/* The soft picture of what the layer is going to cover. */
static DioBuffer *
make_behind (const DioBuffer *picture,
             const DioLayer  *layer,
             DioWorkers      *workers)
{
  DioBuffer *behind = dio_buffer_new (layer->soft->width, layer->soft->height, 3);

  for (int y = 0; y < behind->height; y++)
    for (int x = 0; x < behind->width; x++)
      {
        int u = layer->x + x * layer->scale + layer->scale / 2;
        int v = layer->y + y * layer->scale + layer->scale / 2;
        const float *in = dio_buffer_at (picture, CLAMP (u, 0, picture->width - 1), CLAMP (v, 0, picture->height - 1));
        float *out = dio_buffer_at (behind, x, y);

        for (int c = 0; c < 3; c++)
          out[c] = in[c];
      }
  dio_buffer_blur (behind, MAX (1.0, 0.02 * behind->height), workers);

  return behind;
}

/* The mean of the brightest parts: the light source, or what it shines on. */
static void
find_rim_colour (const DioScene *scene,
                 float          *rim)
{
  double sum[3] = { 0 };
  double weight = 1e-6;

  for (gsize i = 0; i < dio_buffer_n_pixels (scene->small); i++)
    {
      const float *rgb = scene->small->data + i * 3;
      double trust = pow (dio_luminance (rgb), 4.0);

      for (int c = 0; c < 3; c++)
        sum[c] += trust * rgb[c];
      weight += trust;
    }
  for (int c = 0; c < 3; c++)
    rim[c] = (float) (sum[c] / weight);
}

static float
find_grain (const DioScene  *scene,
            const DioBuffer *subject,
            double           amount,
            DioWorkers      *workers)
{
  float own = dio_grain_measure (subject, workers);
  float wanted = (float) scene->noise;

  if (amount <= 0.0 || wanted <= own)
    return 0.0f;

  return (float) amount * MIN (sqrtf (wanted * wanted - own * own), MAX_GRAIN);
}

static void
place_pixel (const Placing *placing,
             const float   *in,
             int            x,
             int            y,
             int            u,
             int            v)
{
  float *out = dio_buffer_at (placing->picture, u, v);
  float soft_x = (x + 0.5f) / placing->layer->scale - 0.5f;
  float soft_y = (y + 0.5f) / placing->layer->scale - 0.5f;
  float rgb[3] = { in[0], in[1], in[2] };
  float relight[3];
  float behind[3];
  float alpha = in[3];
  float wrap, noise;

  dio_sample_bilinear (placing->relight, soft_x, soft_y, relight);
  dio_sample_bilinear (placing->behind, soft_x, soft_y, behind);
  if (placing->match > 0.0f)
    dio_grade_apply (placing->grade, rgb);

  wrap = placing->wrap * CLAMP (1.6f * (1.0f - relight[DIO_RELIGHT_INNER]), 0.0f, 1.0f);
  noise = placing->grain > 0.0f ? placing->grain * dio_grain_normal (placing->seed, u, v) : 0.0f;

  for (int c = 0; c < 3; c++)
    {
      float light = rgb[c] * relight[DIO_RELIGHT_FACTOR];

      light += relight[DIO_RELIGHT_RIM] * placing->rim[c] * (0.25f + 0.75f * rgb[c]);
      light += 0.55f * wrap * MAX (0.0f, behind[c] - light);
      if (noise != 0.0f)
        {
          light = sqrtf (MAX (0.0f, light)) + noise;
          light *= fabsf (light);
        }
      light = CLAMP (light, 0.0f, 1.0f);
      out[c] += (light - out[c]) * alpha;
    }
}

static void
place_rows_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Placing *placing = user_data;

  for (int y = first; y < last; y++)
    {
      const float *in = dio_buffer_row (placing->subject, y);
      int v = y + placing->layer->y;

      if (v < 0 || v >= placing->picture->height)
        continue;
      for (int x = 0; x < placing->subject->width; x++, in += 4)
        {
          int u = x + placing->layer->x;

          if (u >= 0 && u < placing->picture->width && in[3] > 0.002f)
            place_pixel (placing, in, x, y, u, v);
        }
    }
}

/**
 * dio_place:
 * @picture: light, with its shadows
 * @scene: what it shows
 * @layer: a subject in place
 * @cut_out: where it is from
 * @placement: its place
 * @light: where the light comes from
 * @settings: how
 * @workers: who does it
 *
 * Draws the subject over @picture.
 */
void
dio_place (DioBuffer              *picture,
           const DioScene         *scene,
           const DioLayer         *layer,
           const DioCutOut        *cut_out,
           const DioPlacement     *placement,
           const DioLight         *light,
           const DioPlaceSettings *settings,
           DioWorkers             *workers)
{
  g_autoptr(DioBuffer) subject = dio_pixels_to_linear (layer->pixels, workers);
  g_autoptr(DioBuffer) behind = make_behind (picture, layer, workers);
  g_autoptr(DioBuffer) relight = NULL;
  DioGrade grade;
  Placing placing = {
    .picture = picture,
    .layer = layer,
    .grade = &grade,
    .subject = subject,
    .behind = behind,
    .match = (float) settings->match,
    .wrap = WRAP * (float) settings->match,
    .grain = find_grain (scene, subject, settings->grain, workers),
    .seed = settings->seed,
  };

  dio_grade_measure (&grade, scene, layer->soft, cut_out, placement, settings->match);
  placing.relight = relight = dio_relight_new (scene, layer, light, picture->width, picture->height,
                                               settings->relight, workers);
  find_rim_colour (scene, placing.rim);

  dio_workers_run (workers, subject->height, 16, place_rows_cb, &placing);
}
