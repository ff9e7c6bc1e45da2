/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What patches are compared by: the colour itself; and as guides, the colour
 * without its brush strokes and the way that strokes run, so that they follow
 * what is shown. */

#include "config.h"

#include "dio-features.h"

#include <string.h>

#include "dio-blur.h"
#include "dio-buffer.h"

#define GUIDE_WEIGHT 0.96f
#define FLOW_WEIGHT  0.17f

typedef struct
{
  const DioPixels *picture;
  const DioBuffer *flow;
  const DioBuffer *guide;
  DioFeatures     *features;
} Filling;

static DioBuffer *
make_guide (const DioPixels *picture,
            double           blur,
            DioWorkers      *workers)
{
  DioBuffer *guide = dio_buffer_new (picture->width, picture->height, 3);

  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *in = dio_pixels_row (picture, y);
      float *out = dio_buffer_row (guide, y);

      for (int x = 0; x < picture->width; x++)
        for (int c = 0; c < 3; c++)
          out[x * 3 + c] = in[x * picture->channels + c] / 255.0f;
    }
  dio_buffer_blur (guide, blur, workers);

  return guide;
}

static void
fill_rows_cb (int      first,
              int      last,
              gpointer user_data)
{
  const Filling *filling = user_data;
  const DioPixels *picture = filling->picture;

  for (int y = first; y < last; y++)
    for (int x = 0; x < picture->width; x++)
      {
        const guint8 *colour = dio_pixels_row (picture, y) + x * picture->channels;
        const float *guide = dio_buffer_at (filling->guide, x, y);
        const float *flow = dio_buffer_at (filling->flow, x, y);
        gint16 *out = dio_features_at (filling->features, x, y);

        for (int c = 0; c < 3; c++)
          {
            out[c] = (gint16) (colour[c] * DIO_FEATURES_ONE / 255);
            out[3 + c] = (gint16) (guide[c] * GUIDE_WEIGHT * DIO_FEATURES_ONE + 0.5f);
          }
        for (int c = 0; c < 2; c++)
          out[6 + c] = (gint16) (flow[c] * FLOW_WEIGHT * DIO_FEATURES_ONE);
      }
}

/**
 * dio_features_fill_border:
 * @self: features whose inner part has changed
 *
 * Repeats the edge over the border.
 */
void
dio_features_fill_border (DioFeatures *self)
{
  const gsize pixel = DIO_FEATURES_CHANNELS * sizeof (gint16);

  if (self->border == 0)
    return;

  for (int y = 0; y < self->height; y++)
    for (int x = 1; x <= self->border; x++)
      {
        memcpy (dio_features_at (self, -x, y), dio_features_at (self, 0, y), pixel);
        memcpy (dio_features_at (self, self->width - 1 + x, y), dio_features_at (self, self->width - 1, y), pixel);
      }
  for (int y = 1; y <= self->border; y++)
    {
      memcpy (dio_features_at (self, -self->border, -y), dio_features_at (self, -self->border, 0),
              self->stride * sizeof (gint16));
      memcpy (dio_features_at (self, -self->border, self->height - 1 + y),
              dio_features_at (self, -self->border, self->height - 1), self->stride * sizeof (gint16));
    }
}

/**
 * dio_features_new:
 * @picture: what is compared
 * @flow: which way its strokes run, or are to run
 * @guide_blur: how far strokes reach that the guide is not to see
 * @border: pixels to add on every side
 * @workers: who does it
 *
 * Returns: (transfer full): the features of every pixel
 */
DioFeatures *
dio_features_new (const DioPixels *picture,
                  const DioBuffer *flow,
                  double           guide_blur,
                  int              border,
                  DioWorkers      *workers)
{
  DioFeatures *self = g_new (DioFeatures, 1);
  g_autoptr(DioBuffer) guide = make_guide (picture, guide_blur, workers);
  Filling filling = { picture, flow, guide, self };

  self->width = picture->width;
  self->height = picture->height;
  self->border = border;
  self->stride = (self->width + 2 * border) * DIO_FEATURES_CHANNELS;
  self->data = g_new0 (gint16, (gsize) self->stride * (self->height + 2 * border));
  dio_workers_run (workers, self->height, 16, fill_rows_cb, &filling);
  dio_features_fill_border (self);

  return self;
}

void
dio_features_free (DioFeatures *self)
{
  if (self == NULL)
    return;

  g_free (self->data);
  g_free (self);
}
