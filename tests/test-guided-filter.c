/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiled guided filter against one that is written down plainly. */

#include "config.h"

#include <math.h>

#include "dio-guided-filter.h"
#include "dio-random.h"

#define WIDTH   75
#define HEIGHT  58
#define EPSILON 1e-3

typedef struct
{
  double by[3];
  double added;
} Fit;

static double
get_guide (const DioGuidedFilter *filter,
           int                    c,
           int                    x,
           int                    y)
{
  return c < 3 ? filter->guide[c][y * WIDTH + x] : 1.0;
}

static double
determinant (double m[3][3])
{
  return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
         - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
         + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/* By Cramer's rule. */
static void
solve (double  m[3][3],
       double *right,
       double *result)
{
  for (int k = 0; k < 3; k++)
    {
      double replaced[3][3];

      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          replaced[i][j] = j == k ? right[i] : m[i][j];
      result[k] = determinant (replaced) / determinant (m);
    }
}

static Fit
fit_window (const DioGuidedFilter *filter,
            const float           *plane,
            int                    x,
            int                    y)
{
  double mean[4] = { 0 }, product[3] = { 0 }, m[3][3] = { { 0 } };
  int r = filter->radius;
  int n = 0;
  Fit fit;

  for (int v = MAX (0, y - r); v <= MIN (HEIGHT - 1, y + r); v++)
    for (int u = MAX (0, x - r); u <= MIN (WIDTH - 1, x + r); u++, n++)
      {
        mean[3] += plane[v * WIDTH + u];
        for (int i = 0; i < 3; i++)
          {
            mean[i] += get_guide (filter, i, u, v);
            product[i] += get_guide (filter, i, u, v) * plane[v * WIDTH + u];
            for (int j = 0; j < 3; j++)
              m[i][j] += get_guide (filter, i, u, v) * get_guide (filter, j, u, v);
          }
      }

  for (int i = 0; i < 4; i++)
    mean[i] /= n;
  for (int i = 0; i < 3; i++)
    {
      product[i] = product[i] / n - mean[i] * mean[3];
      for (int j = 0; j < 3; j++)
        m[i][j] = m[i][j] / n - mean[i] * mean[j] + (i == j ? EPSILON : 0.0);
    }

  solve (m, product, fit.by);
  fit.added = mean[3] - fit.by[0] * mean[0] - fit.by[1] * mean[1] - fit.by[2] * mean[2];

  return fit;
}

static double
filter_plainly (const DioGuidedFilter *filter,
                const Fit             *fits,
                int                    x,
                int                    y)
{
  int r = filter->radius;
  double sum = 0.0;
  int n = 0;

  for (int v = MAX (0, y - r); v <= MIN (HEIGHT - 1, y + r); v++)
    for (int u = MAX (0, x - r); u <= MIN (WIDTH - 1, x + r); u++, n++)
      {
        const Fit *fit = &fits[v * WIDTH + u];

        sum += fit->added;
        for (int c = 0; c < 3; c++)
          sum += fit->by[c] * get_guide (filter, c, x, y);
      }

  return sum / n;
}

static void
check_tile (const DioGuidedFilter *filter,
            const float           *plane,
            const Fit             *fits,
            DioTile                tile)
{
  g_autoptr(DioGuidedTile) guided = dio_guided_tile_new (filter, &tile);
  g_autofree float *result = g_new (float, tile.width * tile.height);

  dio_guided_tile_apply (guided, plane, result);
  for (int y = 0; y < tile.height; y++)
    for (int x = 0; x < tile.width; x++)
      g_assert_cmpfloat_with_epsilon (result[y * tile.width + x],
                                      filter_plainly (filter, fits, tile.x + x, tile.y + y),
                                      2e-4);
}

static void
test_apply (gconstpointer data)
{
  g_autoptr(DioPixels) guide = dio_pixels_new (WIDTH, HEIGHT, 3);
  g_autoptr(DioGuidedFilter) filter = NULL;
  g_autofree float *plane = g_new (float, WIDTH * HEIGHT);
  g_autofree Fit *fits = g_new (Fit, WIDTH * HEIGHT);
  DioTile tiles[] = { { 0, 0, 32, 32 }, { 30, 20, 45, 38 }, { 70, 0, 5, 32 }, { 12, 57, 40, 1 } };

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    {
      plane[i] = 0.3f * dio_random_unit (3, i, 0) + (i % WIDTH > 30 ? 0.6f : 0.0f);
      for (int c = 0; c < 3; c++)
        dio_pixels_row (guide, i / WIDTH)[i % WIDTH * 3 + c] = (guint8) (255.0f * dio_random_unit (4, i / 3, c));
    }

  filter = dio_guided_filter_new (guide, GPOINTER_TO_INT (data), EPSILON);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    fits[i] = fit_window (filter, plane, i % WIDTH, i / WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    check_tile (filter, plane, fits, tiles[i]);
}

static void
test_tiles (void)
{
  g_autofree guint8 *mask = g_new0 (guint8, 300 * 100);
  g_autofree guint8 *covered = g_new0 (guint8, 300 * 100);
  g_autoptr(GArray) tiles = NULL;
  gsize n = 0;

  for (int i = 0; i < 300 * 100; i++)
    n += mask[i] = dio_random_unit (9, i, 0) < 0.0005f || i / 300 == 40;
  g_assert_cmpint (n, >, 300);

  tiles = dio_tiles_cover (mask, 300, 100);
  for (guint i = 0; i < tiles->len; i++)
    {
      const DioTile *tile = &g_array_index (tiles, DioTile, i);

      g_assert_cmpint (tile->width, <=, DIO_TILE_MAX_WIDTH);
      g_assert_cmpint (tile->height, <=, DIO_TILE_HEIGHT);
      for (int y = tile->y; y < tile->y + tile->height; y++)
        for (int x = tile->x; x < tile->x + tile->width; x++)
          g_assert_cmpint (covered[y * 300 + x]++, ==, 0);
    }

  for (int i = 0; i < 300 * 100; i++)
    g_assert_true (!mask[i] || covered[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/guided-filter/apply/2", GINT_TO_POINTER (2), test_apply);
  g_test_add_data_func ("/guided-filter/apply/3", GINT_TO_POINTER (3), test_apply);
  g_test_add_data_func ("/guided-filter/apply/4", GINT_TO_POINTER (4), test_apply);
  g_test_add_func ("/guided-filter/tiles", test_tiles);

  return g_test_run ();
}
