/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Image analogies (Hertzmann et al., 2001) by PatchMatch (Barnes et al., 2009):
 * coarse to fine, each pixel looks for the patch of the style that is most like
 * what its surroundings look like so far, tries its neighbours' finds and a few
 * random places; then the finds are averaged into what it looks like next. A
 * round reads only the last round's finds, and random numbers go by place, so
 * the result does not depend on who worked on which row. */

#include "config.h"

#include "dio-analogy.h"

#include <string.h>

#include "dio-blur.h"
#include "dio-buffer.h"
#include "dio-features.h"
#include "dio-flow.h"
#include "dio-random.h"
#include "dio-resample.h"

#define REACH    DIO_ANALOGY_REACH
#define SIDE     (2 * REACH + 1)
#define N_LEVELS 5

/* How much better, as a part of the error, a patch must be than one that goes on
 * from a neighbour's: strokes are longer than patches. Without it, where the
 * picture is flat, all take the one patch nearest in colour at the coarse levels,
 * and at the fine ones it is seen as stripes and rows of one motif. */
#define COHERENCE 0.3f

/* The price of places that are used more than others, else motifs repeat; and
 * how far a place reaches, as a part of the width. */
#define CROWDING     0.07f
#define MAX_CROWDING 30.0f
#define CROWD_REACH  0.02

typedef struct
{
  const DioFeatures *style;
  DioFeatures       *content;   /* its colours: what the picture looks like so far */
  DioAnalogySpot    *spots;     /* (owned): the last round's finds */
  DioAnalogySpot    *next;      /* (owned): this round's */
  gint32            *errors;    /* (owned) */
  gint32            *next_errors; /* (owned) */
  gint32            *prices;    /* (owned): of each place in the style */
  int                width;
  int                height;
  int                offset;    /* how far the neighbours are that are asked */
  guint32            seed;
} Matching;

static inline gint32
get_row_error (const gint16 *a,
               const gint16 *b)
{
  gint32 sum = 0;

  for (int i = 0; i < SIDE * DIO_FEATURES_CHANNELS; i++)
    {
      gint16 d = (gint16) (a[i] - b[i]);

      sum += d * d;
    }

  return sum;
}

/* Gives up once it is no better than @best. */
static inline gint32
get_error (const Matching *matching,
           int             x,
           int             y,
           int             u,
           int             v,
           gint32          best)
{
  const gint16 *a = dio_features_at (matching->content, x - REACH, y - REACH);
  const gint16 *b = dio_features_at (matching->style, u - REACH, v - REACH);
  gint32 error = matching->prices[v * matching->style->width + u];

  for (int j = 0; j < SIDE && error < best; j++)
    {
      error += get_row_error (a, b);
      a += matching->content->stride;
      b += matching->style->stride;
    }

  return error;
}

static inline gboolean
is_inside (const Matching *matching,
           int             u,
           int             v)
{
  return u >= REACH && v >= REACH && u < matching->style->width - REACH && v < matching->style->height - REACH;
}

/* To be taken, it has to be better by @margin. */
static inline void
try_spot (const Matching *matching,
          int             x,
          int             y,
          int             u,
          int             v,
          gint32          margin,
          DioAnalogySpot *spot,
          gint32         *error)
{
  gint32 found = get_error (matching, x, y, u, v, *error - margin);

  if (found < *error - margin)
    {
      *error = found;
      spot->x = (gint16) u;
      spot->y = (gint16) v;
    }
}

static void
ask_neighbours (const Matching *matching,
                int             x,
                int             y,
                DioAnalogySpot *spot,
                gint32         *error)
{
  static const int directions[4][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };

  for (int k = 0; k < 4; k++)
    {
      int dx = directions[k][0] * matching->offset;
      int dy = directions[k][1] * matching->offset;
      DioAnalogySpot other;

      if (x + dx < 0 || y + dy < 0 || x + dx >= matching->width || y + dy >= matching->height)
        continue;
      other = matching->spots[(y + dy) * matching->width + x + dx];
      if (is_inside (matching, other.x - dx, other.y - dy))
        try_spot (matching, x, y, other.x - dx, other.y - dy, 0, spot, error);
    }
}

/* A random place within @radius; of those inside, none is likelier than others. */
static inline int
draw_near (int     at,
           int     radius,
           int     size,
           guint32 bits)
{
  int low = MAX (at - radius, REACH);
  int high = MIN (at + radius, size - REACH - 1);

  return low + (int) (bits * (guint32) (high - low + 1) >> 16);
}

static void
look_around (const Matching *matching,
             int             x,
             int             y,
             DioAnalogySpot *spot,
             gint32         *error)
{
  guint32 pixel = y * matching->width + x;
  int width = matching->style->width;
  int height = matching->style->height;
  int radius = MAX (width, height) / 2;
  gint32 margin = (gint32) (*error * COHERENCE);

  for (guint32 k = 0; radius >= 1 && k < 5; k++, radius /= 4)
    {
      guint32 bits = dio_random_bits (matching->seed, pixel, k);

      try_spot (matching, x, y, draw_near (spot->x, radius, width, bits & 0xffff),
                draw_near (spot->y, radius, height, bits >> 16), margin, spot, error);
    }
}

static void
search_rows_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Matching *matching = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < matching->width; x++)
      {
        int i = y * matching->width + x;
        DioAnalogySpot spot = matching->spots[i];
        gint32 error = matching->errors[i];

        ask_neighbours (matching, x, y, &spot, &error);
        look_around (matching, x, y, &spot, &error);
        matching->next[i] = spot;
        matching->next_errors[i] = error;
      }
}

static void
measure_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Matching *matching = user_data;

  for (int i = first * matching->width; i < last * matching->width; i++)
    matching->errors[i] = get_error (matching, i % matching->width, i / matching->width, matching->spots[i].x,
                                     matching->spots[i].y, G_MAXINT32);
}

/* What a pixel looks like: the mean of what the patches around it say of it. */
static void
vote_rows_cb (int      first,
              int      last,
              gpointer user_data)
{
  const Matching *matching = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < matching->width; x++)
      {
        gint16 *out = dio_features_at (matching->content, x, y);
        int sum[3] = { 0 };
        int n = 0;

        for (int v = MAX (0, y - REACH); v <= MIN (matching->height - 1, y + REACH); v++)
          for (int u = MAX (0, x - REACH); u <= MIN (matching->width - 1, x + REACH); u++, n++)
            {
              DioAnalogySpot spot = matching->spots[v * matching->width + u];
              const gint16 *in = dio_features_at (matching->style, spot.x + x - u, spot.y + y - v);

              for (int c = 0; c < 3; c++)
                sum[c] += in[c];
            }
        for (int c = 0; c < 3; c++)
          out[c] = (gint16) ((sum[c] + n / 2) / n);
      }
}

static void
set_prices (Matching   *matching,
            DioWorkers *workers)
{
  int width = matching->style->width;
  int height = matching->style->height;
  g_autoptr(DioBuffer) uses = dio_buffer_new (width, height, 1);
  float mean = (float) matching->width * matching->height / ((float) width * height);
  float price = CROWDING * DIO_FEATURES_ONE * DIO_FEATURES_ONE;

  for (int i = 0; i < matching->width * matching->height; i++)
    dio_buffer_at (uses, matching->spots[i].x, matching->spots[i].y)[0] += 1.0f;
  dio_buffer_blur (uses, MAX (1.5, width * CROWD_REACH), workers);

  for (int i = 0; i < width * height; i++)
    matching->prices[i] = (gint32) (price * CLAMP (uses->data[i] / mean - 1.0f, 0.0f, MAX_CROWDING - 1.0f));
}

static void
search (Matching   *matching,
        int         n_rounds,
        guint32     seed,
        DioWorkers *workers)
{
  dio_workers_run (workers, matching->height, 8, measure_rows_cb, matching);

  for (int round = 0; round < n_rounds && !dio_workers_is_cancelled (workers); round++)
    {
      DioAnalogySpot *spots;
      gint32 *errors;

      matching->offset = 1 << MIN (2, n_rounds - 1 - round);
      matching->seed = dio_random_hash (seed + round);
      dio_workers_run (workers, matching->height, 8, search_rows_cb, matching);

      spots = matching->spots;
      matching->spots = matching->next;
      matching->next = spots;
      errors = matching->errors;
      matching->errors = matching->next_errors;
      matching->next_errors = errors;
    }
}

/* At the coarsest level anywhere; else where the coarser level found it. */
static DioAnalogySpot *
begin_spots (const Matching   *matching,
             const DioAnalogy *coarse,
             guint32           seed)
{
  DioAnalogySpot *spots = g_new (DioAnalogySpot, (gsize) matching->width * matching->height);
  int right = matching->style->width - REACH - 1;
  int bottom = matching->style->height - REACH - 1;

  for (int y = 0; y < matching->height; y++)
    for (int x = 0; x < matching->width; x++)
      {
        DioAnalogySpot *spot = &spots[y * matching->width + x];

        if (coarse->spots != NULL)
          {
            const DioAnalogySpot *found = &coarse->spots[MIN (y / 2, coarse->height - 1) * coarse->width +
                                                         MIN (x / 2, coarse->width - 1)];

            spot->x = (gint16) CLAMP (found->x * 2 + (x & 1), REACH, right);
            spot->y = (gint16) CLAMP (found->y * 2 + (y & 1), REACH, bottom);
          }
        else
          {
            spot->x = (gint16) (REACH + (int) (dio_random_unit (seed, x, y) * (right - REACH + 1)));
            spot->y = (gint16) (REACH + (int) (dio_random_unit (seed + 1, x, y) * (bottom - REACH + 1)));
          }
      }

  return spots;
}

static void
refine_level (DioAnalogy        *analogy,
              const DioFeatures *style,
              DioFeatures       *content,
              int                level,
              guint32            seed,
              DioWorkers        *workers)
{
  gsize n = (gsize) content->width * content->height;
  Matching matching = { .style = style, .content = content, .width = content->width, .height = content->height };
  int n_votes = level >= 2 ? 4 : level == 1 ? 3 : 2;
  int n_rounds = level >= 2 ? 5 : level == 1 ? 3 : 2;

  matching.spots = begin_spots (&matching, analogy, seed);
  matching.next = g_new (DioAnalogySpot, n);
  matching.errors = g_new (gint32, n);
  matching.next_errors = g_new (gint32, n);
  matching.prices = g_new0 (gint32, (gsize) style->width * style->height);

  for (int vote = 0; vote < n_votes && !dio_workers_is_cancelled (workers); vote++)
    {
      /* The finest level's last vote is taken at the picture's own size. */
      if (level == 0 && vote == n_votes - 1)
        break;
      dio_workers_run (workers, matching.height, 8, vote_rows_cb, &matching);
      dio_features_fill_border (content);
      set_prices (&matching, workers);
      search (&matching, n_rounds, seed + level * 1000 + vote * 100, workers);
    }

  g_free (analogy->spots);
  analogy->spots = g_steal_pointer (&matching.spots);
  analogy->width = matching.width;
  analogy->height = matching.height;
  g_free (matching.next);
  g_free (matching.errors);
  g_free (matching.next_errors);
  g_free (matching.prices);
}

static DioPixels *
reduce (const DioPixels *picture,
        int              level,
        DioWorkers      *workers)
{
  return dio_pixels_resample (picture, MAX (SIDE + 1, picture->width >> level),
                              MAX (SIDE + 1, picture->height >> level), workers);
}

/**
 * dio_analogy_new:
 * @content: what is to be shown
 * @style: what it is to be made of
 * @seed: of the random places that are tried
 * @progress: told from 0 to 1
 * @workers: who does it
 *
 * Returns: (transfer full): the find; incomplete when cancelled
 */
DioAnalogy *
dio_analogy_new (const DioPixels *content,
                 const DioPixels *style,
                 guint32          seed,
                 DioProgress     *progress,
                 DioWorkers      *workers)
{
  DioAnalogy *self = g_new0 (DioAnalogy, 1);

  for (int level = N_LEVELS - 1; level >= 0; level--)
    {
      g_autoptr(DioPixels) small = reduce (content, level, workers);
      g_autoptr(DioPixels) small_style = reduce (style, level, workers);
      g_autoptr(DioBuffer) flow = dio_flow_new_of_forms (small, seed, workers);
      g_autoptr(DioBuffer) style_flow = dio_flow_new_of_strokes (small_style, workers);
      g_autoptr(DioFeatures) features = dio_features_new (small, flow, 1.6, REACH, workers);
      g_autoptr(DioFeatures) style_features = dio_features_new (small_style, style_flow, 2.6, 0, workers);

      refine_level (self, style_features, features, level, seed, workers);
      /* A level has four times the pixels of the next coarser, but fewer rounds. */
      dio_progress_update (progress, 1.0 / (1 << 2 * level) * 0.7 + 0.3 * (N_LEVELS - level) / N_LEVELS);
    }

  return self;
}

void
dio_analogy_free (DioAnalogy *self)
{
  if (self == NULL)
    return;

  g_free (self->spots);
  g_free (self);
}
