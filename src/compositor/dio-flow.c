/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way strokes run: in a painting, and in a picture that is to become one.
 * A direction is told by the cosine and sine of twice its angle, since a stroke
 * has no front, as long as it is clear; so directions can be averaged. */

#include "config.h"

#include "dio-flow.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-random.h"

/* How far, in pixels, the strokes reach whose common direction is wanted. */
#define STROKE_REACH 3.0

/* How far the direction of a form is felt, as a part of the longer side. */
#define FORM_BLUR  1.6
#define FORM_REACH 0.02

/* Where nothing is to be seen, as in a clear sky, a painter's hand wanders: as
 * if tones changed by this much along the longer side. */
#define WANDER 3.0f

/* Turns of the hand along the longer side. */
#define N_TURNS 24

typedef struct
{
  const DioPixels *picture;
  DioBuffer       *tones;
  const DioBuffer *turns;  /* (nullable) */
  DioBuffer       *flow;
} Filling;

static void
read_tones_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Filling *filling = user_data;
  const DioPixels *picture = filling->picture;

  for (int y = first; y < last; y++)
    {
      const guint8 *in = dio_pixels_row (picture, y);
      float *out = dio_buffer_row (filling->tones, y);

      for (int x = 0; x < picture->width; x++, in += picture->channels)
        out[x] = (in[0] + 2 * in[1] + in[2]) / 1020.0f;
    }
}

/* The square of a gradient as a complex number has twice its angle. */
static void
square_rows_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Filling *filling = user_data;
  const DioBuffer *tones = filling->tones;

  for (int y = first; y < last; y++)
    {
      const float *above = dio_buffer_row (tones, MAX (y - 1, 0));
      const float *here = dio_buffer_row (tones, y);
      const float *below = dio_buffer_row (tones, MIN (y + 1, tones->height - 1));
      float *out = dio_buffer_row (filling->flow, y);

      for (int x = 0; x < tones->width; x++, out += 3)
        {
          float across = 0.5f * (here[MIN (x + 1, tones->width - 1)] - here[MAX (x - 1, 0)]);
          float down = 0.5f * (below[x] - above[x]);

          out[0] = across * across - down * down;
          out[1] = 2.0f * across * down;
          out[2] = across * across + down * down;
        }
    }
}

static DioBuffer *
make_squares (const DioPixels *picture,
              double           blur,
              double           reach,
              DioWorkers      *workers)
{
  g_autoptr(DioBuffer) tones = dio_buffer_new (picture->width, picture->height, 1);
  DioBuffer *squares = dio_buffer_new (picture->width, picture->height, 3);
  Filling filling = { .picture = picture, .tones = tones, .flow = squares };

  dio_workers_run (workers, picture->height, 16, read_tones_cb, &filling);
  if (blur > 0.0)
    dio_buffer_blur (tones, blur, workers);
  dio_workers_run (workers, picture->height, 16, square_rows_cb, &filling);
  dio_buffer_blur (squares, reach, workers);

  return squares;
}

/* A direction for each node of a grid, near nodes alike. */
static DioBuffer *
draw_turns (guint32     seed,
            DioWorkers *workers)
{
  DioBuffer *turns = dio_buffer_new (N_TURNS + 1, N_TURNS + 1, 2);

  for (gsize i = 0; i < 2 * dio_buffer_n_pixels (turns); i++)
    turns->data[i] = dio_random_unit (seed, (guint32) i, 0) - 0.5f;
  dio_buffer_blur (turns, 1.5, workers);

  return turns;
}

static void
add_turn (const DioBuffer *turns,
          float            x,
          float            y,
          float            amount,
          float           *square)
{
  int i = MIN ((int) x, turns->width - 2);
  int j = MIN ((int) y, turns->height - 2);
  const float *above = dio_buffer_at (turns, i, j);
  const float *below = dio_buffer_at (turns, i, j + 1);
  float turn[2];
  float length;

  for (int c = 0; c < 2; c++)
    turn[c] = (above[c] + (above[c + 2] - above[c]) * (x - i)) * (1.0f - y + j) +
              (below[c] + (below[c + 2] - below[c]) * (x - i)) * (y - j);
  length = sqrtf (turn[0] * turn[0] + turn[1] * turn[1]) + 1e-6f;
  for (int c = 0; c < 2; c++)
    square[c] += amount * turn[c] / length;
  square[2] = sqrtf (square[0] * square[0] + square[1] * square[1]);
}

static void
even_rows_cb (int      first,
              int      last,
              gpointer user_data)
{
  const Filling *filling = user_data;
  int side = MAX (filling->flow->width, filling->flow->height);
  float step = (float) N_TURNS / side;
  float amount = (WANDER / side) * (WANDER / side);

  for (int y = first; y < last; y++)
    {
      float *square = dio_buffer_row (filling->flow, y);

      for (int x = 0; x < filling->flow->width; x++, square += 3)
        {
          if (filling->turns != NULL)
            add_turn (filling->turns, x * step, y * step, amount, square);
          for (int c = 0; c < 2; c++)
            square[c] /= square[2] + 1e-7f;
        }
    }
}

/**
 * dio_flow_new_of_strokes:
 * @picture: a painting
 * @workers: who does it
 *
 * Returns: (transfer full): the direction at every pixel, in the first two of
 *   three channels, from -1 to 1
 */
DioBuffer *
dio_flow_new_of_strokes (const DioPixels *picture,
                         DioWorkers      *workers)
{
  DioBuffer *flow = make_squares (picture, 0.0, STROKE_REACH, workers);
  Filling filling = { .flow = flow };

  dio_workers_run (workers, flow->height, 16, even_rows_cb, &filling);

  return flow;
}

/**
 * dio_flow_new_of_forms:
 * @picture: what is to be painted
 * @seed: of the directions where it shows nothing
 * @workers: who does it
 *
 * Returns: (transfer full): along the forms of @picture, as for strokes
 */
DioBuffer *
dio_flow_new_of_forms (const DioPixels *picture,
                       guint32          seed,
                       DioWorkers      *workers)
{
  DioBuffer *flow = make_squares (picture, FORM_BLUR, MAX (1.5, FORM_REACH * MAX (picture->width, picture->height)), workers);
  g_autoptr(DioBuffer) turns = draw_turns (seed, workers);
  Filling filling = { .turns = turns, .flow = flow };

  dio_workers_run (workers, flow->height, 16, even_rows_cb, &filling);

  return flow;
}
