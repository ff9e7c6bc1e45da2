/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a subject on a plain backdrop: what can be reached from the border
 * without crossing an outline is backdrop. This file prepares the planes and
 * puts the steps in order; each step is a file of its own. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-blur.h"
#include "dio-cut-out-classical-private.h"
#include "dio-oklab.h"
#include "dio-transfer.h"

/* One step of OKLab's axes in units of about what an eye can tell. */
#define LIGHTNESS_SCALE 100.0f
#define COLOUR_SCALE    220.0f

/* Shadows and sweeps change lightness more than colour. */
#define LIGHTNESS_WEIGHT 0.7f

/* Blurs, in pixels: against noise, and wider than an outline but not than the
 * edge of a soft shadow. */
#define FINE 1.0
#define WIDE 12.0

/* When to look a second time, for edges how much fainter, and how much better the
 * outline must then be supported to go by it. */
#define LEAKING 0.1f
#define FAINTER 0.6f
#define BETTER  0.75f

const gint8 dio_classical_across[8] = { -1, 1, 0, 0, -1, 1, -1, 1 };
const gint8 dio_classical_down[8] = { 0, 0, -1, 1, -1, -1, 1, 1 };

static void
scale_lab (DioBuffer *lab)
{
  gsize n = dio_buffer_n_pixels (lab);

  for (gsize i = 0; i < n; i++)
    {
      lab->data[i * 3] *= LIGHTNESS_SCALE;
      lab->data[i * 3 + 1] *= COLOUR_SCALE;
      lab->data[i * 3 + 2] *= COLOUR_SCALE;
    }
}

static inline float
measure_change (const float *before,
                const float *after)
{
  float l = 0.5f * (after[0] - before[0]);
  float a = 0.5f * (after[1] - before[1]);
  float b = 0.5f * (after[2] - before[2]);

  return LIGHTNESS_WEIGHT * l * l + a * a + b * b;
}

typedef struct
{
  const DioBuffer *lab;
  float           *gradient;
} Slope;

static void
measure_gradient_cb (int      first,
                     int      last,
                     gpointer user_data)
{
  const Slope *self = user_data;
  int width = self->lab->width;

  for (int y = first; y < last; y++)
    {
      const float *row = dio_buffer_row (self->lab, y);
      const float *above = dio_buffer_row (self->lab, MAX (y - 1, 0));
      const float *below = dio_buffer_row (self->lab, MIN (y + 1, self->lab->height - 1));
      float *gradient = self->gradient + (gsize) y * width;

      for (int x = 0; x < width; x++)
        {
          const float *left = row + 3 * MAX (x - 1, 0);
          const float *right = row + 3 * MIN (x + 1, width - 1);

          gradient[x] = sqrtf (measure_change (left, right) + measure_change (above + 3 * x, below + 3 * x));
        }
    }
}

static float *
measure_gradient (const DioBuffer *lab,
                  DioWorkers      *workers)
{
  Slope slope = { lab, g_new (float, dio_buffer_n_pixels (lab)) };

  dio_workers_run (workers, lab->height, 16, measure_gradient_cb, &slope);

  return slope.gradient;
}

static void
init (DioClassical    *self,
      const DioBuffer *linear,
      DioWorkers      *workers)
{
  gsize n = dio_buffer_n_pixels (linear);
  g_autoptr(DioBuffer) wide = NULL;

  self->width = linear->width;
  self->height = linear->height;
  self->workers = workers;

  self->lab = dio_linear_to_oklab (linear, workers);
  scale_lab (self->lab);
  self->smooth = dio_buffer_copy (self->lab);
  dio_buffer_blur (self->smooth, FINE, workers);
  self->gradient = measure_gradient (self->smooth, workers);

  wide = dio_buffer_copy (self->lab);
  dio_buffer_blur (wide, WIDE, workers);
  self->wide_gradient = measure_gradient (wide, workers);

  self->seed = g_new0 (guint8, n);
  self->distance = g_new (float, n);
  self->prior = g_new (float, n);
  self->outside = g_new (float, n);
  self->depth = g_new (float, n);
}

static void
clear (DioClassical *self)
{
  dio_buffer_free (self->lab);
  dio_buffer_free (self->smooth);
  dio_buffer_free (self->local);
  g_free (self->gradient);
  g_free (self->wide_gradient);
  g_free (self->seed);
  g_free (self->distance);
  g_free (self->prior);
  g_free (self->outside);
  g_free (self->depth);
}

static void
find_mean_backdrop (const DioClassical *self,
                    const DioBuffer    *linear,
                    DioCutOutGuess     *guess)
{
  gsize n = dio_buffer_n_pixels (linear);
  double sum[3] = { 0 };
  double weight = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      const float *pixel = linear->data + i * linear->channels;

      weight += self->outside[i];
      for (int c = 0; c < 3; c++)
        sum[c] += self->outside[i] * pixel[c];
    }

  guess->has_backdrop = weight > 0.0;
  for (int c = 0; c < 3; c++)
    guess->backdrop[c] = guess->has_backdrop ? (float) (sum[c] / weight) : 0.0f;
}

static void
take_prior (const DioClassical *self,
            DioCutOutGuess     *guess)
{
  gsize n = (gsize) self->width * self->height;

  guess->alpha = dio_buffer_new (self->width, self->height, 1);
  for (gsize i = 0; i < n; i++)
    guess->alpha->data[i] = self->prior[i];
}

static void
take_steps (DioClassical *self)
{
  static void (*const steps[]) (DioClassical *self) = {
    dio_classical_measure_distance,
    dio_classical_make_prior,
    dio_classical_remove_seams,
    dio_classical_shed_shade,
    dio_classical_measure_softness,
    dio_classical_open_holes,
    dio_classical_measure_doubt,
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps) && !dio_workers_is_cancelled (self->workers); i++)
    steps[i](self);
}

/* A subject about as light as its backdrop leaks away, which shows as much that
 * is neither in nor out. Fainter edges may hold it; where nothing leaks they
 * would only add shadows. */
static void
look_again (DioClassical *self)
{
  g_autofree float *prior = g_memdup2 (self->prior, sizeof (float) * self->width * self->height);
  float soft = self->soft;
  float weak = self->weak;

  self->unit *= FAINTER;
  take_steps (self);
  if (self->soft < soft && self->weak < BETTER * weak)
    return;

  memcpy (self->prior, prior, sizeof (float) * self->width * self->height);
}

/**
 * dio_cut_out_guess:
 * @picture: a picture, no side longer than %DIO_CUT_OUT_GUESS_SIDE
 * @guess: (out caller-allocates): what was found
 * @workers: the team
 *
 * Returns: %FALSE when cancelled, and then @guess is not set
 */
gboolean
dio_cut_out_guess (const DioPixels *picture,
                   DioCutOutGuess  *guess,
                   DioWorkers      *workers)
{
  g_autoptr(DioBuffer) linear = dio_pixels_to_linear (picture, workers);
  DioClassical self = { 0 };
  DioCutOutFlag flag;
  gboolean cancelled;

  init (&self, linear, workers);
  dio_classical_find_backdrop (&self);
  take_steps (&self);

  /* The flag is the first look's: a second one is reason enough to check. */
  flag = dio_classical_judge (&self);
  if (self.soft > LEAKING && flag == DIO_CUT_OUT_CHECK_EDGES)
    look_again (&self);

  cancelled = dio_workers_is_cancelled (workers);
  if (!cancelled)
    {
      guess->flag = flag;
      find_mean_backdrop (&self, linear, guess);
      take_prior (&self, guess);
    }
  clear (&self);

  return !cancelled;
}
