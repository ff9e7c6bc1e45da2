/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between stored sRGB bytes and light. The curve is kept in tables; where in
 * them a sample falls is computed for a chunk at a time, which vectorises. */

#include "config.h"

#include "dio-transfer.h"
#include "dio-transfer-private.h"

#include <math.h>
#include <string.h>

/* Rows that a thread takes at a time. */
#define BAND 16

/* Pieces of the curve. */
#define STEPS 4096

/* Samples looked up together; holds whole pixels of up to 8 channels. */
#define CHUNK 256

/* So fine that a sample at the border of two bytes is all that may change, and so
 * few that they stay in the processor's cache. */
#define BYTE_STEPS 32767

typedef struct
{
  float byte_to_linear[256];

  /* One entry more than there are borders of pieces: the last piece has an end
   * for a sample at 1 too. */
  float to_linear[STEPS + 2];

  /* By the square root of light: over it the curve is nearly straight, so that
   * straight pieces are exact enough near black. */
  float to_srgb[STEPS + 2];

  /* The same, already as bytes. */
  guint8 to_byte[BYTE_STEPS + 1];
} Tables;

typedef struct
{
  int   piece[CHUNK];
  float part[CHUNK];
} Places;

typedef struct
{
  const DioPixels *source;
  const DioBuffer *buffer;
  DioPixels       *pixels;
} Job;

static double
linearise_exactly (double srgb)
{
  return srgb <= 0.04045 ? srgb / 12.92 : pow ((srgb + 0.055) / 1.055, 2.4);
}

static double
delinearise_exactly (double linear)
{
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

static Tables *
make_tables (void)
{
  Tables *tables = g_new (Tables, 1);

  for (int i = 0; i < 256; i++)
    tables->byte_to_linear[i] = linearise_exactly (i / 255.0);

  for (int i = 0; i <= STEPS + 1; i++)
    {
      double step = (double) MIN (i, STEPS) / STEPS;

      tables->to_linear[i] = linearise_exactly (step);
      tables->to_srgb[i] = delinearise_exactly (step * step);
    }

  for (int i = 0; i <= BYTE_STEPS; i++)
    {
      double step = (double) i / BYTE_STEPS;

      tables->to_byte[i] = (guint8) (delinearise_exactly (step * step) * 255 + 0.5);
    }

  return tables;
}

static const Tables *
get_tables (void)
{
  static Tables *tables;

  if (g_once_init_enter (&tables))
    g_once_init_leave (&tables, make_tables ());

  return tables;
}

/* Written so that NaN becomes 0. */
static inline float
clamp (float value)
{
  value = value > 0.0f ? value : 0.0f;

  return value < 1.0f ? value : 1.0f;
}

static inline void
place (Places *places,
       int     i,
       float   position)
{
  places->piece[i] = (int) position;
  places->part[i] = position - (float) places->piece[i];
}

/* Colour through the table, the channels after it as they are. */
static void
look_up (const float  *table,
         const Places *places,
         const float  *in,
         float        *out,
         int           n_pixels,
         int           channels)
{
  for (int i = 0; i < n_pixels * channels; i += channels)
    {
      for (int c = i; c < i + 3; c++)
        {
          const float *piece = table + places->piece[c];

          out[c] = piece[0] + (piece[1] - piece[0]) * places->part[c];
        }
      for (int c = i + 3; c < i + channels; c++)
        out[c] = in[c];
    }
}

static void
delinearise_chunk (const float *in,
                   float       *out,
                   int          n_pixels,
                   int          channels)
{
  Places places;

  for (int i = 0; i < n_pixels * channels; i++)
    place (&places, i, sqrtf (clamp (in[i])) * STEPS);

  look_up (get_tables ()->to_srgb, &places, in, out, n_pixels, channels);
}

/**
 * dio_transfer_get_byte_table:
 *
 * Returns: (transfer none): the light of each of the 256 stored values
 */
const float *
dio_transfer_get_byte_table (void)
{
  return get_tables ()->byte_to_linear;
}

/**
 * dio_transfer_linearise_row:
 * @samples: pixels, the first three channels sRGB
 * @n_pixels: how many
 * @channels: 3 to 8
 *
 * Turns the first three channels into light, in place.
 */
void
dio_transfer_linearise_row (float *samples,
                            int    n_pixels,
                            int    channels)
{
  int step = CHUNK / channels;

  for (int x = 0; x < n_pixels; x += step)
    {
      float *chunk = samples + (gsize) x * channels;
      int n = MIN (step, n_pixels - x);
      Places places;

      for (int i = 0; i < n * channels; i++)
        place (&places, i, clamp (chunk[i]) * STEPS);

      look_up (get_tables ()->to_linear, &places, chunk, chunk, n, channels);
    }
}

/**
 * dio_transfer_delinearise_row:
 * @samples: pixels, the first three channels light
 * @n_pixels: how many
 * @channels: 3 to 8
 *
 * Encodes the first three channels as sRGB, in place.
 */
void
dio_transfer_delinearise_row (float *samples,
                              int    n_pixels,
                              int    channels)
{
  int step = CHUNK / channels;

  for (int x = 0; x < n_pixels; x += step)
    {
      float *chunk = samples + (gsize) x * channels;

      delinearise_chunk (chunk, chunk, MIN (step, n_pixels - x), channels);
    }
}

/**
 * dio_transfer_row_to_bytes:
 * @linear: pixels of light, and of straight alpha where there is a fourth channel
 * @bytes: where the sRGB pixels go
 * @n_pixels: how many
 * @channels: 3 or 4
 */
void
dio_transfer_row_to_bytes (const float *linear,
                           guint8      *bytes,
                           int          n_pixels,
                           int          channels)
{
  const guint8 *table = get_tables ()->to_byte;
  int length = n_pixels * channels;

  for (int start = 0; start < length; start += CHUNK)
    {
      int n = MIN (CHUNK, length - start);
      int places[CHUNK];

      for (int i = 0; i < n; i++)
        places[i] = (int) (sqrtf (clamp (linear[start + i])) * BYTE_STEPS + 0.5f);
      for (int i = 0; i < n; i++)
        bytes[start + i] = table[places[i]];
    }

  for (int i = 3; channels == 4 && i < length; i += 4)
    bytes[i] = (guint8) (int) (clamp (linear[i]) * 255.0f + 0.5f);
}

static void
pixels_to_linear_cb (int      first,
                     int      last,
                     gpointer user_data)
{
  const Job *job = user_data;
  const float *light = dio_transfer_get_byte_table ();
  int width = job->source->width;
  int channels = job->source->channels;

  for (int y = first; y < last; y++)
    {
      const guint8 *in = dio_pixels_row (job->source, y);
      float *out = dio_buffer_row (job->buffer, y);

      for (int x = 0; x < width; x++, in += channels, out += channels)
        {
          out[0] = light[in[0]];
          out[1] = light[in[1]];
          out[2] = light[in[2]];
          if (channels == 4)
            out[3] = in[3] / 255.0f;
        }
    }
}

static void
linear_to_pixels_cb (int      first,
                     int      last,
                     gpointer user_data)
{
  const Job *job = user_data;

  for (int y = first; y < last; y++)
    dio_transfer_row_to_bytes (dio_buffer_row (job->buffer, y), dio_pixels_row (job->pixels, y),
                               job->buffer->width, job->buffer->channels);
}

static void
linearise_cb (int      first,
              int      last,
              gpointer user_data)
{
  const DioBuffer *buffer = user_data;

  for (int y = first; y < last; y++)
    dio_transfer_linearise_row (dio_buffer_row (buffer, y), buffer->width, buffer->channels);
}

static void
delinearise_cb (int      first,
                int      last,
                gpointer user_data)
{
  const DioBuffer *buffer = user_data;

  for (int y = first; y < last; y++)
    dio_transfer_delinearise_row (dio_buffer_row (buffer, y), buffer->width, buffer->channels);
}

/**
 * dio_pixels_to_linear:
 * @pixels: a picture
 * @workers: who does it
 *
 * Alpha stays straight and becomes the fourth channel, 0 to 1.
 *
 * Returns: (transfer full): the light of @pixels, 0 to 1, in as many channels
 */
DioBuffer *
dio_pixels_to_linear (const DioPixels *pixels,
                      DioWorkers      *workers)
{
  DioBuffer *linear = dio_buffer_new (pixels->width, pixels->height, pixels->channels);
  Job job = { .source = pixels, .buffer = linear };

  dio_workers_run (workers, pixels->height, BAND, pixels_to_linear_cb, &job);

  return linear;
}

/**
 * dio_linear_to_pixels:
 * @linear: light in three channels, straight alpha where there is a fourth
 * @workers: who does it
 *
 * The inverse of dio_pixels_to_linear(). What lies outside 0 to 1 is clamped.
 *
 * Returns: (transfer full): a picture
 */
DioPixels *
dio_linear_to_pixels (const DioBuffer *linear,
                      DioWorkers      *workers)
{
  DioPixels *pixels;
  Job job = { .buffer = linear };

  g_return_val_if_fail (linear->channels == 3 || linear->channels == 4, NULL);

  pixels = dio_pixels_new (linear->width, linear->height, linear->channels);
  job.pixels = pixels;
  dio_workers_run (workers, linear->height, BAND, linear_to_pixels_cb, &job);

  return pixels;
}

/**
 * dio_buffer_linearise:
 * @srgb: a buffer of 3 channels or more, the first three sRGB encoded
 * @workers: who does it
 *
 * Turns the first three channels into light, in place. What lies outside 0 to 1
 * is clamped.
 */
void
dio_buffer_linearise (DioBuffer  *srgb,
                      DioWorkers *workers)
{
  g_return_if_fail (srgb->channels >= 3);

  dio_workers_run (workers, srgb->height, BAND, linearise_cb, srgb);
}

/**
 * dio_buffer_delinearise:
 * @linear: a buffer of 3 channels or more, the first three light
 * @workers: who does it
 *
 * Encodes the first three channels as sRGB, in place. What lies outside 0 to 1
 * is clamped.
 */
void
dio_buffer_delinearise (DioBuffer  *linear,
                        DioWorkers *workers)
{
  g_return_if_fail (linear->channels >= 3);

  dio_workers_run (workers, linear->height, BAND, delinearise_cb, linear);
}
