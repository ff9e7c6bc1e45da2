/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints a picture with the brush strokes of another. The strokes are found at
 * a thousand pixels and taken from the style at the picture's own size; the
 * picture's broad tones are kept. */

#include "config.h"

#include "dio-strokes.h"

#include <math.h>

#include "dio-analogy.h"
#include "dio-blur.h"
#include "dio-layer.h"
#include "dio-resample.h"
#include "dio-sample.h"
#include "dio-transfer.h"

/* How far strokes may lead from the picture before they are held back. */
#define MAX_STRAY 0.26f

/* Longer sides at which strokes are found: of the picture, and of the style,
 * whose strokes are then about as broad as on a wall. */
#define CONTENT_SIDE 1024
#define STYLE_SIDE   768

/* How much of the picture's broad tones replaces the strokes'. */
#define KEEP_TONES 0.55f

/* How much weaker strokes are at edges, and on subjects, whose details are what
 * the picture is about. */
#define AT_EDGES    0.50f
#define ON_SUBJECTS 0.45f

typedef struct
{
  DioBuffer        *picture;
  const DioPixels  *before;    /* the picture as it was */
  const DioPixels  *style;     /* at the picture's scale */
  const DioAnalogy *analogy;
  const DioBuffer  *subjects;
  DioPixels        *painted;
  const DioBuffer  *tones;     /* of @before, soft; the fourth channel tells edges */
  const DioBuffer  *new_tones; /* of @painted */
  float             scale;     /* pixels of the picture in one of @analogy */
  float             soft_scale;
  float             amount;
} Painting;

/* One pixel as the patches around it have it, the nearest one counting double. */
static void
vote (const Painting *painting,
      int             x,
      int             y,
      guint8         *out)
{
  const DioAnalogy *analogy = painting->analogy;
  const DioPixels *style = painting->style;
  float at_x = (x + 0.5f) / painting->scale;
  float at_y = (y + 0.5f) / painting->scale;
  int cx = MIN ((int) at_x, analogy->width - 1);
  int cy = MIN ((int) at_y, analogy->height - 1);
  int sum[3] = { 0 };
  int n = 0;

  for (int j = MAX (0, cy - 1); j <= MIN (analogy->height - 1, cy + 1); j++)
    for (int i = MAX (0, cx - 1); i <= MIN (analogy->width - 1, cx + 1); i++)
      {
        DioAnalogySpot spot = analogy->spots[j * analogy->width + i];
        int u = (int) ((spot.x + at_x - i) * painting->scale);
        int v = (int) ((spot.y + at_y - j) * painting->scale);
        const guint8 *in = dio_pixels_row (style, CLAMP (v, 0, style->height - 1)) + CLAMP (u, 0, style->width - 1) * 3;
        int weight = i == cx && j == cy ? 2 : 1;

        for (int c = 0; c < 3; c++)
          sum[c] += weight * in[c];
        n += weight;
      }
  for (int c = 0; c < 3; c++)
    out[c] = (guint8) ((sum[c] + n / 2) / n);
}

static void
paint_rows_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Painting *painting = user_data;

  for (int y = first; y < last; y++)
    for (int x = 0; x < painting->painted->width; x++)
      vote (painting, x, y, dio_pixels_row (painting->painted, y) + x * 3);
}

static DioBuffer *
make_tones (const DioPixels *picture,
            int              scale,
            DioWorkers      *workers)
{
  int width = (picture->width + scale - 1) / scale;
  int height = (picture->height + scale - 1) / scale;
  g_autoptr(DioPixels) small = dio_pixels_resample (picture, width, height, workers);
  DioBuffer *tones = dio_buffer_new (width, height, 4);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        dio_buffer_at (tones, x, y)[c] = dio_pixels_row (small, y)[x * 3 + c] / 255.0f;
  dio_buffer_blur (tones, 0.0066 * MAX (width, height), workers);

  return tones;
}

/* The fourth channel: how much of an edge there is in the broad tones. */
static void
find_edges (DioBuffer *tones)
{
  for (int y = 0; y < tones->height; y++)
    for (int x = 0; x < tones->width; x++)
      {
        const float *left = dio_buffer_at (tones, MAX (x - 1, 0), y);
        const float *right = dio_buffer_at (tones, MIN (x + 1, tones->width - 1), y);
        const float *above = dio_buffer_at (tones, x, MAX (y - 1, 0));
        const float *below = dio_buffer_at (tones, x, MIN (y + 1, tones->height - 1));
        float edge = fabsf (right[1] - left[1]) + fabsf (below[1] - above[1]);

        dio_buffer_at (tones, x, y)[3] = MIN (1.0f, 7.0f * edge);
      }
}

static void
mix_rows_cb (int      first,
             int      last,
             gpointer user_data)
{
  const Painting *painting = user_data;

  for (int y = first; y < last; y++)
    {
      const guint8 *before = dio_pixels_row (painting->before, y);
      const guint8 *painted = dio_pixels_row (painting->painted, y);
      float *out = dio_buffer_row (painting->picture, y);
      float soft_y = (y + 0.5f) / painting->soft_scale - 0.5f;

      for (int x = 0; x < painting->picture->width; x++, before += 3, painted += 3, out += 3)
        {
          float soft_x = (x + 0.5f) / painting->soft_scale - 0.5f;
          float tones[4];
          float new_tones[4];
          float subject;
          float amount;

          dio_sample_bilinear (painting->tones, soft_x, soft_y, tones);
          dio_sample_bilinear (painting->new_tones, soft_x, soft_y, new_tones);
          dio_sample_bilinear (painting->subjects, soft_x, soft_y, &subject);
          amount = painting->amount * (1.0f - AT_EDGES * tones[3]) * (1.0f - ON_SUBJECTS * subject);

          for (int c = 0; c < 3; c++)
            {
              float stroke = painted[c] / 255.0f + KEEP_TONES * (tones[c] - new_tones[c]);
              float own = before[c] / 255.0f;
              float stray = stroke - own;

              /* White foam has dark specks; a white sky must not get them. */
              stray /= sqrtf (1.0f + stray * stray / (MAX_STRAY * MAX_STRAY));
              out[c] = CLAMP (own + stray * amount, 0.0f, 1.0f);
            }
        }
    }
}

static DioPixels *
fit (const DioPixels *picture,
     int              max_side,
     DioWorkers      *workers)
{
  double factor = (double) max_side / MAX (picture->width, picture->height);

  return dio_pixels_resample (picture, MAX (8, (int) lround (picture->width * factor)),
                              MAX (8, (int) lround (picture->height * factor)), workers);
}

/**
 * dio_strokes_apply:
 * @picture: (inout): light, in the style's colours already
 * @style: whose strokes to use, three channels
 * @subjects: a soft map of where subjects are, 0 to 1
 * @amount: how strong strokes are, 0 to 1
 * @seed: of the search
 * @progress: told from 0 to 1
 * @workers: who does it
 *
 * Leaves @picture unusable when cancelled.
 */
void
dio_strokes_apply (DioBuffer       *picture,
                   const DioPixels *style,
                   const DioBuffer *subjects,
                   double           amount,
                   guint32          seed,
                   DioProgress     *progress,
                   DioWorkers      *workers)
{
  g_autoptr(DioPixels) before = dio_linear_to_pixels (picture, workers);
  g_autoptr(DioPixels) content = fit (before, MIN (CONTENT_SIDE, MAX (picture->width, picture->height)), workers);
  g_autoptr(DioPixels) small_style = fit (style, STYLE_SIDE * MAX (content->width, content->height) / CONTENT_SIDE, workers);
  g_autoptr(DioAnalogy) analogy = dio_analogy_new (content, small_style, seed, progress, workers);
  g_autoptr(DioPixels) large_style = NULL;
  g_autoptr(DioPixels) painted = NULL;
  g_autoptr(DioBuffer) tones = NULL;
  g_autoptr(DioBuffer) new_tones = NULL;
  int soft_scale = dio_layer_get_soft_scale (picture->width, picture->height);
  Painting painting = {
    .picture = picture,
    .before = before,
    .analogy = analogy,
    .subjects = subjects,
    .scale = (float) picture->width / content->width,
    .soft_scale = (float) soft_scale,
    .amount = (float) amount,
  };

  if (dio_workers_is_cancelled (workers))
    return;

  large_style = dio_pixels_resample (style, MAX (1, (int) lround (small_style->width * painting.scale)),
                                     MAX (1, (int) lround (small_style->height * painting.scale)), workers);
  painted = dio_pixels_new (picture->width, picture->height, 3);
  painting.style = large_style;
  painting.painted = painted;
  dio_workers_run (workers, picture->height, 16, paint_rows_cb, &painting);

  painting.tones = tones = make_tones (before, soft_scale, workers);
  painting.new_tones = new_tones = make_tones (painted, soft_scale, workers);
  find_edges (tones);
  dio_workers_run (workers, picture->height, 16, mix_rows_cb, &painting);
  dio_buffer_linearise (picture, workers);
}
