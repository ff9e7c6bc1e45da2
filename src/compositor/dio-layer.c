/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject in the size and at the place it has in the picture. */

#include "config.h"

#include "dio-layer.h"

#include <math.h>

#include "dio-resample.h"
#include "dio-transfer.h"

/* What is soft is worked on at about this size, whatever the picture's. */
#define SOFT_SIDE 512

typedef struct
{
  const DioBuffer *light;
  DioBuffer       *soft;
  int              scale;
} Reducing;

/**
 * dio_layer_get_soft_scale:
 * @picture_width: in pixels
 * @picture_height: in pixels
 *
 * Returns: how many pixels of the picture one of a soft map covers
 */
int
dio_layer_get_soft_scale (int picture_width,
                          int picture_height)
{
  return (MAX (picture_width, picture_height) + SOFT_SIDE - 1) / SOFT_SIDE;
}

static void
flip_row (guint8 *row,
          int     width)
{
  guint32 *pixels = (guint32 *) row;

  for (int x = 0; x < width / 2; x++)
    {
      guint32 pixel = pixels[x];

      pixels[x] = pixels[width - 1 - x];
      pixels[width - 1 - x] = pixel;
    }
}

static void
reduce_pixel (const Reducing *reducing,
              int             x,
              int             y)
{
  const DioBuffer *light = reducing->light;
  int scale = reducing->scale;
  int right = MIN ((x + 1) * scale, light->width);
  int bottom = MIN ((y + 1) * scale, light->height);
  float sum[4] = { 0 };
  float *out = dio_buffer_at (reducing->soft, x, y);

  for (int v = y * scale; v < bottom; v++)
    for (int u = x * scale; u < right; u++)
      {
        const float *in = dio_buffer_at (light, u, v);

        for (int c = 0; c < 3; c++)
          sum[c] += in[c] * in[3];
        sum[3] += in[3];
      }

  for (int c = 0; c < 3; c++)
    out[c] = sum[3] > 0.0f ? sum[c] / sum[3] : 0.0f;
  out[3] = sum[3] / ((float) scale * scale);
}

static void
reduce_rows_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Reducing *reducing = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < reducing->soft->width; x++)
      reduce_pixel (reducing, x, y);
}

static DioBuffer *
make_soft (const DioPixels *pixels,
           int              scale,
           DioWorkers      *workers)
{
  g_autoptr(DioBuffer) light = dio_pixels_to_linear (pixels, workers);
  Reducing reducing = { light, NULL, scale };

  reducing.soft = dio_buffer_new ((pixels->width + scale - 1) / scale,
                                  (pixels->height + scale - 1) / scale, 4);
  dio_workers_run (workers, reducing.soft->height, 8, reduce_rows_cb, &reducing);

  return reducing.soft;
}

/**
 * dio_layer_new:
 * @cut_out: a subject
 * @placement: where it goes
 * @picture_width: of the whole picture
 * @picture_height: of the whole picture
 * @workers: who does it
 *
 * Returns: (transfer full): the subject in its size; a little of its
 *   surroundings is kept, since half-transparent edges lie outside its box
 */
DioLayer *
dio_layer_new (const DioCutOut    *cut_out,
               const DioPlacement *placement,
               int                 picture_width,
               int                 picture_height,
               DioWorkers         *workers)
{
  DioLayer *self = g_new0 (DioLayer, 1);
  double factor = placement->height * picture_height / MAX (1, cut_out->box_height);
  int pad = (int) ceil (MAX (3.0, 0.02 * cut_out->box_height));
  int left = MAX (0, cut_out->x - pad);
  int top = MAX (0, cut_out->y - pad);
  int right = MIN (cut_out->rgba->width, cut_out->x + cut_out->box_width + pad);
  int bottom = MIN (cut_out->rgba->height, cut_out->y + cut_out->box_height + pad);
  double middle = cut_out->x + cut_out->box_width / 2.0;
  DioPixels view = *cut_out->rgba;

  view.width = right - left;
  view.height = bottom - top;
  view.data = dio_pixels_row (cut_out->rgba, top) + (gsize) left * 4;

  self->pixels = dio_pixels_resample (&view, MAX (1, (int) lround (view.width * factor)),
                                      MAX (1, (int) lround (view.height * factor)), workers);
  if (placement->flip)
    for (int y = 0; y < self->pixels->height; y++)
      flip_row (dio_pixels_row (self->pixels, y), self->pixels->width);

  self->x = (int) lround (placement->cx * picture_width -
                          (placement->flip ? right - middle : middle - left) * factor);
  self->y = (int) lround (placement->baseline * picture_height -
                          (cut_out->y + cut_out->box_height - top) * factor);
  self->scale = dio_layer_get_soft_scale (picture_width, picture_height);
  self->soft = make_soft (self->pixels, self->scale, workers);

  return self;
}

void
dio_layer_free (DioLayer *self)
{
  if (self == NULL)
    return;

  dio_pixels_unref (self->pixels);
  dio_buffer_free (self->soft);
  g_free (self);
}
