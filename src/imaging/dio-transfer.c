/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between stored sRGB bytes and light. */

#include "config.h"

#include "dio-transfer.h"
#include "dio-transfer-private.h"

/* Rows that a thread takes at a time. */
#define BAND 16

typedef struct
{
  const DioTransferTables *tables;
  const DioPixels *source;
  const DioBuffer *buffer;
  DioPixels *pixels;
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

static DioTransferTables *
make_tables (void)
{
  DioTransferTables *tables = g_new (DioTransferTables, 1);

  for (int i = 0; i < 256; i++)
    tables->byte_to_linear[i] = linearise_exactly (i / 255.0);

  for (int i = 0; i <= DIO_TRANSFER_STEPS + 1; i++)
    {
      double step = (double) MIN (i, DIO_TRANSFER_STEPS) / DIO_TRANSFER_STEPS;

      tables->to_linear[i] = linearise_exactly (step);
      tables->to_srgb[i] = delinearise_exactly (step * step);
    }

  return tables;
}

/**
 * dio_transfer_get_tables:
 *
 * Returns: (transfer none): the tables, made at the first call
 */
const DioTransferTables *
dio_transfer_get_tables (void)
{
  static DioTransferTables *tables;

  if (g_once_init_enter (&tables))
    g_once_init_leave (&tables, make_tables ());

  return tables;
}

static void
pixels_to_linear_cb (int      first,
                     int      last,
                     gpointer user_data)
{
  const Job *job = user_data;
  const float *light = job->tables->byte_to_linear;
  int channels = job->source->channels;

  for (int y = first; y < last; y++)
    {
      const guint8 *in = dio_pixels_row (job->source, y);
      float *out = dio_buffer_row (job->buffer, y);

      for (int x = 0; x < job->source->width; x++, in += channels, out += channels)
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
  int channels = job->buffer->channels;

  for (int y = first; y < last; y++)
    {
      const float *in = dio_buffer_row (job->buffer, y);
      guint8 *out = dio_pixels_row (job->pixels, y);

      for (int x = 0; x < job->buffer->width; x++, in += channels, out += channels)
        {
          for (int c = 0; c < 3; c++)
            out[c] = dio_transfer_to_byte (dio_transfer_delinearise (job->tables, in[c]));
          if (channels == 4)
            out[3] = dio_transfer_to_byte (in[3]);
        }
    }
}

static void
linearise_cb (int      first,
              int      last,
              gpointer user_data)
{
  const Job *job = user_data;
  int channels = job->buffer->channels;

  for (int y = first; y < last; y++)
    {
      float *sample = dio_buffer_row (job->buffer, y);

      for (int x = 0; x < job->buffer->width; x++, sample += channels)
        for (int c = 0; c < 3; c++)
          sample[c] = dio_transfer_linearise (job->tables, sample[c]);
    }
}

static void
delinearise_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Job *job = user_data;
  int channels = job->buffer->channels;

  for (int y = first; y < last; y++)
    {
      float *sample = dio_buffer_row (job->buffer, y);

      for (int x = 0; x < job->buffer->width; x++, sample += channels)
        for (int c = 0; c < 3; c++)
          sample[c] = dio_transfer_delinearise (job->tables, sample[c]);
    }
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
  Job job = { dio_transfer_get_tables (), pixels, linear, NULL };

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
  Job job = { dio_transfer_get_tables (), NULL, linear, NULL };

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
  Job job = { dio_transfer_get_tables (), NULL, srgb, NULL };

  g_return_if_fail (srgb->channels >= 3);

  dio_workers_run (workers, srgb->height, BAND, linearise_cb, &job);
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
  Job job = { dio_transfer_get_tables (), NULL, linear, NULL };

  g_return_if_fail (linear->channels >= 3);

  dio_workers_run (workers, linear->height, BAND, delinearise_cb, &job);
}
