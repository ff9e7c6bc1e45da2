/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing the size of buffers and pictures.
 *
 * A tile is LANES rows of the new picture. It is made down the columns first,
 * then along the rows, with its rows interleaved so that both directions work
 * on LANES samples at a time. Old rows are read, and brought to light, as they
 * are needed: no picture is ever held whole as floats. */

#include "config.h"

#include "dio-clones-private.h"
#include "dio-lanczos-private.h"
#include "dio-resample.h"
#include "dio-transfer-private.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LANES 16

/* Pixels whose columns are summed together: LANES rows of them stay in the
 * processor's first cache. */
#define CHUNK 128

#define MAX_CHANNELS 8

typedef struct
{
  const DioBuffer *buffer_in;  /* either these two */
  DioBuffer       *buffer_out;
  const DioPixels *pixels_in;  /* or these */
  DioPixels       *pixels_out;

  const DioLanczos *across;
  const DioLanczos *down;
  int channels;
  int old_width;
  int new_width;
  int new_height;

  /* Only where the old picture is given up. */
  GMutex   *mutex;    /* (nullable) */
  gboolean *is_done;  /* for each tile, and one that is never done */
  int       n_done;   /* tiles from the first on that are done */
  gsize     given_up; /* bytes of the old picture */
} Job;

typedef struct
{
  const DioBuffer *source;
  DioBuffer       *result;
  const int       *left;     /* for each new column, the old one left of it */
  const float     *part;     /* and how far it is towards the next */
} BilinearJob;

/* Premultiplied: the colour of what is transparent must not bleed. */
static void
bytes_to_light (const guint8 *bytes,
                float        *light,
                int           n_pixels,
                int           channels)
{
  const float *table = dio_transfer_get_byte_table ();

  if (channels == 3)
    {
      for (int i = 0; i < n_pixels * 3; i++)
        light[i] = table[bytes[i]];
      return;
    }

  for (int i = 0; i < n_pixels * 4; i += 4)
    {
      float alpha = bytes[i + 3] * (1.0f / 255.0f);

      light[i] = table[bytes[i]] * alpha;
      light[i + 1] = table[bytes[i + 1]] * alpha;
      light[i + 2] = table[bytes[i + 2]] * alpha;
      light[i + 3] = alpha;
    }
}

static void
unpremultiply (float *light,
               int    n_pixels)
{
  for (int i = 0; i < n_pixels * 4; i += 4)
    {
      float alpha = light[i + 3];
      float gain = alpha > 0.5f / 255.0f ? 1.0f / alpha : 0.0f;

      light[i] *= gain;
      light[i + 1] *= gain;
      light[i + 2] *= gain;
    }
}

static const float *
get_old_samples (const Job *job,
                 int        x,
                 int        y,
                 int        n_pixels,
                 float     *scratch)
{
  if (job->buffer_in != NULL)
    return dio_buffer_at (job->buffer_in, x, y);

  bytes_to_light (dio_pixels_row (job->pixels_in, y) + (gsize) x * job->channels, scratch,
                  n_pixels, job->channels);

  return scratch;
}

static inline void
add_weighted (float *restrict       sums,
              const float *restrict samples,
              float                 weight,
              int                   n)
{
  for (int i = 0; i < n; i++)
    sums[i] += samples[i] * weight;
}

/* Sums the columns of a chunk that starts at @x for the tile's rows. */
static inline void
sum_columns (const Job *job,
             int        row,
             int        n_rows,
             int        x,
             int        n_pixels,
             float     *sums)
{
  const DioLanczos *down = job->down;
  int n = n_pixels * job->channels;
  int last = row + n_rows - 1;
  float scratch[CHUNK * 4];

  memset (sums, 0, LANES * CHUNK * job->channels * sizeof (float));

  for (int y = down->first[row]; y < down->first[last] + down->count[last]; y++)
    {
      const float *samples = get_old_samples (job, x, y, n_pixels, scratch);

      for (int r = 0; r < n_rows; r++)
        {
          int tap = y - down->first[row + r];

          if (tap >= 0 && tap < down->count[row + r])
            add_weighted (sums + r * n, samples,
                          dio_lanczos_get_weights (down, row + r)[tap], n);
        }
    }
}

/* From a row after the other to LANES rows side by side. */
static inline void
interleave (const float *sums,
            float       *tile,
            int          n)
{
  for (int i = 0; i < n; i++)
    for (int r = 0; r < LANES; r++)
      tile[i * LANES + r] = sums[r * n + i];
}

DIO_CLONES
static void
fill_tile (const Job *job,
           int        row,
           int        n_rows,
           float     *tile)
{
  float sums[LANES * CHUNK * MAX_CHANNELS];

  for (int x = 0; x < job->old_width; x += CHUNK)
    {
      int n_pixels = MIN (CHUNK, job->old_width - x);

      sum_columns (job, row, n_rows, x, n_pixels, sums);
      interleave (sums, tile + (gsize) x * job->channels * LANES, n_pixels * job->channels);
    }
}

static inline void
sum_row_taps (const float *tile,
              const float *weights,
              int          n_taps,
              int          step,
              float       *sums)
{
  float lanes[LANES] = { 0 };

  for (int k = 0; k < n_taps; k++, tile += step)
    for (int r = 0; r < LANES; r++)
      lanes[r] += tile[r] * weights[k];

  memcpy (sums, lanes, sizeof lanes);
}

/* Sums along the rows of a tile; @rows says where each of its rows goes. */
DIO_CLONES
static void
sum_rows (const Job   *job,
          const float *tile,
          float      **rows,
          int          n_rows)
{
  int channels = job->channels;

  for (int x = 0; x < job->new_width; x++)
    {
      const float *weights = dio_lanczos_get_weights (job->across, x);
      const float *start = tile + (gsize) job->across->first[x] * channels * LANES;

      for (int c = 0; c < channels; c++)
        {
          float sums[LANES];

          sum_row_taps (start + c * LANES, weights, job->across->count[x], channels * LANES, sums);
          for (int r = 0; r < n_rows; r++)
            rows[r][x * channels + c] = sums[r];
        }
    }
}

static void
store_pixels (const Job *job,
              int        row,
              int        n_rows,
              float    **rows)
{
  for (int r = 0; r < n_rows; r++)
    {
      if (job->channels == 4)
        unpremultiply (rows[r], job->new_width);
      dio_transfer_row_to_bytes (rows[r], dio_pixels_row (job->pixels_out, row + r),
                                 job->new_width, job->channels);
    }
}

/* What no tile reads any more goes back to the system: of a large photo, the old
 * and the new picture are never there together. Whole pages alone, since beside
 * the picture lies what is not its own. */
static void
give_up_rows (Job *job,
              int  tile)
{
  const DioPixels *old = job->pixels_in;
  gsize page = sysconf (_SC_PAGESIZE);
  gsize start, end, before;

  g_mutex_lock (job->mutex);
  job->is_done[tile] = TRUE;
  while (job->is_done[job->n_done])
    job->n_done++;

  before = job->n_done * LANES < job->new_height ? job->down->first[job->n_done * LANES] : old->height;
  start = ((gsize) old->data + job->given_up + page - 1) / page * page;
  end = ((gsize) old->data + before * old->stride) / page * page;
  if (end > start)
    {
      madvise ((gpointer) start, end - start, MADV_DONTNEED);
      job->given_up = end - (gsize) old->data;
    }
  g_mutex_unlock (job->mutex);
}

static void
resample_tiles_cb (int      first,
                   int      last,
                   gpointer user_data)
{
  Job *job = user_data;
  gsize row_length = (gsize) job->new_width * job->channels;
  g_autofree float *tile = g_new (float, (gsize) job->old_width * job->channels * LANES);
  g_autofree float *light = NULL;

  if (job->pixels_out != NULL)
    light = g_new (float, row_length * LANES);

  for (int i = first; i < last; i++)
    {
      int row = i * LANES;
      int n_rows = MIN (LANES, job->new_height - row);
      float *rows[LANES];

      for (int r = 0; r < n_rows; r++)
        rows[r] = light != NULL ? light + r * row_length : dio_buffer_row (job->buffer_out, row + r);

      fill_tile (job, row, n_rows, tile);
      sum_rows (job, tile, rows, n_rows);
      if (light != NULL)
        store_pixels (job, row, n_rows, rows);
      if (job->mutex != NULL)
        give_up_rows (job, i);
    }
}

static void
run_job (Job        *job,
         int         old_height,
         DioWorkers *workers)
{
  g_autoptr(DioLanczos) across = dio_lanczos_new (job->old_width, job->new_width);
  g_autoptr(DioLanczos) down = dio_lanczos_new (old_height, job->new_height);

  job->across = across;
  job->down = down;
  dio_workers_run (workers, (job->new_height + LANES - 1) / LANES, 1, resample_tiles_cb, job);
}

/* The old sample before the place of new sample @i, and how far beyond it. */
static int
find_left (int    i,
           int    old_size,
           int    new_size,
           float *part)
{
  double position = CLAMP ((i + 0.5) * old_size / new_size - 0.5, 0.0, old_size - 1.0);
  int left = (int) position;

  *part = (float) (position - left);

  return left;
}

static void
bilinear_cb (int      first,
             int      last,
             gpointer user_data)
{
  const BilinearJob *job = user_data;
  int channels = job->source->channels;
  int old_width = job->source->width;
  int n = old_width * channels;

  /* One pixel more, so that the last column has a right neighbour. */
  g_autofree float *between = g_new (float, n + channels);

  for (int y = first; y < last; y++)
    {
      float *out = dio_buffer_row (job->result, y);
      float part;
      int top = find_left (y, job->source->height, job->result->height, &part);
      const float *above = dio_buffer_row (job->source, top);
      const float *below = dio_buffer_row (job->source, MIN (top + 1, job->source->height - 1));

      for (int i = 0; i < n; i++)
        between[i] = above[i] + (below[i] - above[i]) * part;
      memcpy (between + n, between + n - channels, channels * sizeof (float));

      for (int x = 0; x < job->result->width; x++)
        for (int c = 0; c < channels; c++)
          {
            const float *left = between + job->left[x] * channels + c;

            *out++ = left[0] + (left[channels] - left[0]) * job->part[x];
          }
    }
}

/**
 * dio_buffer_resample:
 * @source: samples in which a mean makes sense: light, premultiplied
 * @width: the new width, at least 1
 * @height: the new height, at least 1
 * @workers: who does it
 *
 * Lanczos with three lobes, widened when shrinking. The result may leave the
 * range of @source a little beside hard edges.
 *
 * Returns: (transfer full): a buffer of the new size, the same for any number
 *   of threads
 */
DioBuffer *
dio_buffer_resample (const DioBuffer *source,
                     int              width,
                     int              height,
                     DioWorkers      *workers)
{
  DioBuffer *result = dio_buffer_new (width, height, source->channels);
  Job job = {
    .buffer_in = source,
    .buffer_out = result,
    .channels = source->channels,
    .old_width = source->width,
    .new_width = width,
    .new_height = height,
  };

  run_job (&job, source->height, workers);

  return result;
}

/**
 * dio_buffer_resample_bilinear:
 * @source: samples in which a mean makes sense
 * @width: the new width, at least 1
 * @height: the new height, at least 1
 * @workers: who does it
 *
 * For smooth maps that are enlarged: never leaves the range of @source, but
 * skips samples when shrinking to less than half.
 *
 * Returns: (transfer full): a buffer of the new size
 */
DioBuffer *
dio_buffer_resample_bilinear (const DioBuffer *source,
                              int              width,
                              int              height,
                              DioWorkers      *workers)
{
  DioBuffer *result = dio_buffer_new (width, height, source->channels);
  g_autofree int *left = g_new (int, width);
  g_autofree float *part = g_new (float, width);
  BilinearJob job = { source, result, left, part };

  for (int x = 0; x < width; x++)
    left[x] = find_left (x, source->width, width, &part[x]);

  dio_workers_run (workers, height, LANES, bilinear_cb, &job);

  return result;
}

/**
 * dio_pixels_resample:
 * @source: a picture
 * @width: the new width, at least 1
 * @height: the new height, at least 1
 * @workers: who does it
 *
 * Works in light, with alpha premultiplied, so that fine patterns keep their
 * brightness and edges of cut-outs their colour.
 *
 * Returns: (transfer full): a picture of the new size
 */
DioPixels *
dio_pixels_resample (const DioPixels *source,
                     int              width,
                     int              height,
                     DioWorkers      *workers)
{
  DioPixels *result = dio_pixels_new (width, height, source->channels);
  Job job = {
    .pixels_in = source,
    .pixels_out = result,
    .channels = source->channels,
    .old_width = source->width,
    .new_width = width,
    .new_height = height,
  };

  run_job (&job, source->height, workers);

  return result;
}

/**
 * dio_pixels_resample_last:
 * @source: (transfer full): a picture that nobody else holds
 * @width: the new width, at least 1
 * @height: the new height, at least 1
 * @workers: who does it
 *
 * As dio_pixels_resample(), in the memory of the larger picture alone.
 *
 * Returns: (transfer full): a picture of the new size
 */
DioPixels *
dio_pixels_resample_last (DioPixels  *source,
                          int         width,
                          int         height,
                          DioWorkers *workers)
{
  DioPixels *result = dio_pixels_new (width, height, source->channels);
  g_autofree gboolean *is_done = g_new0 (gboolean, (height + LANES - 1) / LANES + 1);
  GMutex mutex;
  Job job = {
    .pixels_in = source,
    .pixels_out = result,
    .channels = source->channels,
    .old_width = source->width,
    .new_width = width,
    .new_height = height,
    .mutex = &mutex,
    .is_done = is_done,
  };

  g_mutex_init (&mutex);
  run_job (&job, source->height, workers);
  g_mutex_clear (&mutex);
  dio_pixels_unref (source);

  return result;
}

/**
 * dio_fit_size:
 * @width: of a picture
 * @height: of a picture
 * @max_side: what neither side may exceed
 * @fit_width: (out): the width that fits, at least 1
 * @fit_height: (out): the height that fits, at least 1
 *
 * Keeps the proportions and never enlarges.
 */
void
dio_fit_size (int  width,
              int  height,
              int  max_side,
              int *fit_width,
              int *fit_height)
{
  double scale = MIN (1.0, (double) max_side / MAX (width, height));

  *fit_width = MAX (1, (int) lround (width * scale));
  *fit_height = MAX (1, (int) lround (height * scale));
}
