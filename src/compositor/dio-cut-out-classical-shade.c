/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the guess may have taken a shadow for the subject: close to the foot even
 * a soft shadow has an edge. What is darker than the backdrop by its lightness
 * alone, can be reached from outside without crossing more than a shadow's edge,
 * and has nothing of the subject below it, may lie on the ground. */

#include "config.h"

#include <math.h>

#include "dio-cut-out-classical-private.h"

/* The gradient that counts here; that of an outline is larger. */
#define SHADE_UNIT 3.5f

/* Of the backdrop's lightness; something darker may be anything. */
#define DARK_SHARE 0.5f

#define MOST_BRIGHTER 1.0f

/* The subject throws its own colour into its shadow, the more the darker. */
#define CLEAR_TINT  1.5f
#define TINT_RISE   0.3f
#define MOST_TINT   5.5f

/* Pixels of the subject that may be below: noise. */
#define MOST_BELOW 3

#define NEVER G_MAXFLOAT

/* How far a colour is from the backdrop's, were that in shadow: less light scales
 * all three axes of OKLab alike. */
float
dio_classical_measure_tint (const DioClassical *self,
                            int                 place)
{
  const float *colour = dio_classical_get_colour (self, place);
  const float *local = dio_classical_get_local (self, place);
  float ratio = colour[0] / MAX (local[0], 1.0f);

  return hypotf (colour[1] - ratio * local[1], colour[2] - ratio * local[2]);
}

/* Too dark for a colour to tell what it is. */
gboolean
dio_classical_is_dark (const DioClassical *self,
                       int                 place)
{
  return dio_classical_get_colour (self, place)[0] < DARK_SHARE * dio_classical_get_local (self, place)[0];
}

static gboolean
looks_shaded (const DioClassical *self,
              int                 place)
{
  float darker = dio_classical_get_local (self, place)[0] - dio_classical_get_colour (self, place)[0];
  float most = MIN (MOST_TINT, CLEAR_TINT + TINT_RISE * MAX (darker, 0.0f));

  return darker > -MOST_BRIGHTER
         && !dio_classical_is_dark (self, place)
         && dio_classical_measure_tint (self, place) < most;
}

static gboolean
touches_subject (const DioClassical *self,
                 int                 place)
{
  int x = place % self->width;
  int y = place / self->width;

  for (int k = 0; k < 8; k++)
    if (self->prior[dio_classical_get_place (self, x + dio_classical_across[k], y + dio_classical_down[k])] > 0.5f)
      return TRUE;

  return FALSE;
}

/* Marks what paths from outside reach. */
static void
mark_reached (DioClassical *self,
              guint8       *shade)
{
  int n = self->width * self->height;
  g_autofree float *costs = g_new (float, n);
  g_autofree float *distance = g_new (float, n);

  for (int i = 0; i < n; i++)
    {
      gboolean is_subject = self->prior[i] > 0.5f;

      costs[i] = is_subject && looks_shaded (self, i) ? dio_classical_get_cost (self, i, SHADE_UNIT) : NEVER;
      distance[i] = !is_subject && touches_subject (self, i) ? 0.0f : self->threshold;
    }

  dio_classical_spread (self, costs, distance);
  for (int i = 0; i < n; i++)
    shade[i] = self->prior[i] > 0.5f && distance[i] < self->threshold;
}

/* A shadow lies on the ground: nothing of the subject is below it. */
static void
unmark_above (const DioClassical *self,
              guint8             *shade)
{
  for (int x = 0; x < self->width; x++)
    {
      int n_below = 0;

      for (int y = self->height - 1; y >= 0; y--)
        {
          int place = y * self->width + x;

          n_below += self->prior[place] > 0.5f && !shade[place];
          if (n_below > MOST_BELOW)
            shade[place] = 0;
        }
    }
}

static gboolean
is_all_around (const DioClassical *self,
               const guint8       *shade,
               int                 place)
{
  int x = place % self->width;
  int y = place / self->width;

  for (int k = 0; k < 8; k++)
    {
      int there = dio_classical_get_place (self, x + dio_classical_across[k], y + dio_classical_down[k]);

      if (!shade[there] && self->prior[there] > 0.5f)
        return FALSE;
    }

  return TRUE;
}

/* Along every outline there is a pixel in which subject and backdrop mix. */
static void
unmark_thin (const DioClassical *self,
             guint8             *shade)
{
  gsize n = (gsize) self->width * self->height;
  g_autofree guint8 *kept = g_new0 (guint8, n);

  for (int i = 0; i < (int) n; i++)
    {
      if (!shade[i] || !is_all_around (self, shade, i))
        continue;

      kept[i] = 1;
      for (int k = 0; k < 8; k++)
        kept[dio_classical_get_place (self,
                                      i % self->width + dio_classical_across[k],
                                      i / self->width + dio_classical_down[k])] = 1;
    }

  for (gsize i = 0; i < n; i++)
    shade[i] = shade[i] && kept[i];
}

/* Returns a plane that is 1 where the subject of the guess may be shade. */
guint8 *
dio_classical_find_shade (DioClassical *self)
{
  guint8 *shade = g_new (guint8, (gsize) self->width * self->height);

  mark_reached (self, shade);
  unmark_above (self, shade);
  unmark_thin (self, shade);

  return shade;
}
