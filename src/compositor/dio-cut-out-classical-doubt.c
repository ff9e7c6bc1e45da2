/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the guess can be trusted. The limits were chosen on two dozen pictures
 * with known mattes: a reason to look, not a verdict. */

#include "config.h"

#include "dio-cut-out-classical-private.h"

/* Shares above which edges should be checked. */
#define MOST_WEAK 0.10f
#define MOST_SOFT 0.035f

/* An outline that is mostly made up, of something that runs out of the picture
 * on two sides, is none: that is scenery. */
#define MOST_MADE_UP 0.4f
#define CUT_SHARE    0.02f

/* A gradient below this is no edge. */
#define WEAK_EDGE 2.2f

/* Shares of the picture that a subject can have. */
#define LEAST_SUBJECT 0.01f
#define MOST_SUBJECT  0.85f

#define LEAST_CONFIDENCE 0.1f

static gboolean
is_outline (const DioClassical *self,
            gsize               i)
{
  const float *prior = self->prior + i;

  return prior[0] > 0.5f
         && !(prior[-1] > 0.5f && prior[1] > 0.5f && prior[-self->width] > 0.5f && prior[self->width] > 0.5f);
}

static float
find_steepest (const DioClassical *self,
               int                 x,
               int                 y)
{
  float steepest = 0.0f;

  for (int v = y - 2; v <= y + 2; v++)
    for (int u = x - 2; u <= x + 2; u++)
      steepest = MAX (steepest, self->gradient[(gsize) v * self->width + u]);

  return steepest;
}

/* How much of the outline has no edge under it. */
static float
measure_weak (const DioClassical *self)
{
  int n = 0;
  int n_weak = 0;

  for (int y = 2; y < self->height - 2; y++)
    for (int x = 2; x < self->width - 2; x++)
      if (is_outline (self, (gsize) y * self->width + x))
        {
          n++;
          n_weak += find_steepest (self, x, y) < WEAK_EDGE;
        }

  return n > 0 ? n_weak / (float) n : 1.0f;
}

static gboolean
is_cut (const DioClassical *self,
        gsize               first,
        gsize               stride,
        int                 n)
{
  int n_subject = 0;

  for (int i = 0; i < n; i++)
    n_subject += self->prior[first + i * stride] > 0.5f;

  return n_subject > CUT_SHARE * n;
}

static int
count_cut_sides (const DioClassical *self)
{
  gsize width = self->width;

  return is_cut (self, 0, 1, self->width)
         + is_cut (self, (self->height - 1) * width, 1, self->width)
         + is_cut (self, 0, width, self->height)
         + is_cut (self, width - 1, width, self->height);
}

/* Zero on a busy backdrop: little of the border has a backdrop's colour, much of
 * it has edges, or what was found cannot be a subject. */
static float
measure_confidence (const DioClassical *self)
{
  if (self->subject < LEAST_SUBJECT || self->subject > MOST_SUBJECT)
    return 0.0f;

  return CLAMP (1.3f - 1.6f * self->soft, 0.0f, 1.0f)
         * self->backdrop_share
         * CLAMP (1.6f - self->loud / 2.5f, 0.0f, 1.0f);
}

static gsize
count_subject (const DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  gsize n_subject = 0;

  for (gsize i = 0; i < n; i++)
    n_subject += self->prior[i] > 0.5f;

  return n_subject;
}

/* Sets soft. To be called before holes are opened: their rims are left open on
 * purpose, and are no reason for doubt. */
void
dio_classical_measure_softness (DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  gsize n_soft = 0;

  for (gsize i = 0; i < n; i++)
    n_soft += self->prior[i] > 0.15f && self->prior[i] < 0.85f;

  self->soft = n_soft / (float) MAX (1, count_subject (self));
}

/* Sets subject and weak. */
void
dio_classical_measure_doubt (DioClassical *self)
{
  self->subject = count_subject (self) / ((float) self->width * self->height);
  self->weak = measure_weak (self);

  g_debug ("subject %.3f soft %.3f weak %.3f backdrop %.3f quiet %.2f loud %.2f unit %.2f",
           self->subject, self->soft, self->weak, self->backdrop_share, self->quiet, self->loud, self->unit);
}

DioCutOutFlag
dio_classical_judge (DioClassical *self)
{
  if (measure_confidence (self) < LEAST_CONFIDENCE
      || (self->weak > MOST_MADE_UP && count_cut_sides (self) >= 2))
    return DIO_CUT_OUT_BUSY_BACKDROP;

  return self->weak > MOST_WEAK || self->soft > MOST_SOFT ? DIO_CUT_OUT_CHECK_EDGES : DIO_CUT_OUT_CLEAN;
}
