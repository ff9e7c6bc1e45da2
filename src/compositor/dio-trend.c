/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How samples change over a picture as a whole: the surface of second degree
 * that lies closest to the samples that count. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-trend.h"

#define N DIO_TREND_TERMS

/* Every so many rows and columns: a surface this stiff needs no more. */
#define STRIDE 4

/* Keeps the equations solvable when few samples count, or all lie on a line. */
#define STIFFNESS 1e-3

typedef struct
{
  double matrix[N][N];
  double right[DIO_TREND_CHANNELS][N];
} Equations;

static void
get_terms (const DioTrend *self,
           int             x,
           int             y,
           double          terms[N])
{
  double u = 2.0 * (x + 0.5) / self->width - 1.0;
  double v = 2.0 * (y + 0.5) / self->height - 1.0;

  terms[0] = 1.0;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * u;
  terms[4] = u * v;
  terms[5] = v * v;
}

static void
add_sample (Equations    *equations,
            const double  terms[N],
            const float  *values,
            int           channels,
            double        weight)
{
  for (int i = 0; i < N; i++)
    {
      for (int j = 0; j < N; j++)
        equations->matrix[i][j] += weight * terms[i] * terms[j];
      for (int c = 0; c < channels; c++)
        equations->right[c][i] += weight * terms[i] * values[c];
    }
}

/* Elimination; the matrix is positive definite and needs no exchange of rows. */
static void
eliminate (Equations *equations,
           int        channels)
{
  for (int k = 0; k < N; k++)
    for (int i = k + 1; i < N; i++)
      {
        double factor = equations->matrix[i][k] / equations->matrix[k][k];

        for (int j = k; j < N; j++)
          equations->matrix[i][j] -= factor * equations->matrix[k][j];
        for (int c = 0; c < channels; c++)
          equations->right[c][i] -= factor * equations->right[c][k];
      }
}

static void
substitute (const Equations *equations,
            const double     right[N],
            double           terms[N])
{
  for (int i = N - 1; i >= 0; i--)
    {
      double sum = right[i];

      for (int j = i + 1; j < N; j++)
        sum -= equations->matrix[i][j] * terms[j];
      terms[i] = sum / equations->matrix[i][i];
    }
}

/**
 * dio_trend_fit:
 * @self: (out caller-allocates): the trend
 * @values: samples, up to %DIO_TREND_CHANNELS channels
 * @weight: a plane: how far each sample counts
 */
void
dio_trend_fit (DioTrend        *self,
               const DioBuffer *values,
               const float     *weight)
{
  Equations equations = { { { 0 } } };

  g_return_if_fail (values->channels <= DIO_TREND_CHANNELS);

  self->width = values->width;
  self->height = values->height;
  self->channels = values->channels;

  for (int y = 0; y < values->height; y += STRIDE)
    for (int x = 0; x < values->width; x += STRIDE)
      {
        double terms[N];
        float w = weight[(gsize) y * values->width + x];

        if (w <= 0.0f)
          continue;

        get_terms (self, x, y, terms);
        add_sample (&equations, terms, dio_buffer_at (values, x, y), values->channels, w);
      }

  for (int i = 0; i < N; i++)
    equations.matrix[i][i] += STIFFNESS;
  eliminate (&equations, self->channels);
  for (int c = 0; c < self->channels; c++)
    substitute (&equations, equations.right[c], self->terms[c]);
}

/**
 * dio_trend_add:
 * @self: a trend
 * @values: samples of the size and the channels that the trend was found in
 * @factor: how much of the trend is added; -1 takes it away
 */
void
dio_trend_add (const DioTrend *self,
               DioBuffer      *values,
               float           factor)
{
  for (int y = 0; y < values->height; y++)
    for (int x = 0; x < values->width; x++)
      {
        float *pixel = dio_buffer_at (values, x, y);
        double terms[N];

        get_terms (self, x, y, terms);
        for (int c = 0; c < self->channels; c++)
          {
            double sum = 0.0;

            for (int i = 0; i < N; i++)
              sum += self->terms[c][i] * terms[i];
            pixel[c] += factor * (float) sum;
          }
      }
}
