/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where subjects stand, how large they are, and how they are lit: the words of
 * the prompt where there are some, else what suits the scene. */

#include "config.h"

#include "dio-layout-private.h"

#include <math.h>

#include "dio-random.h"
#include "dio-sample.h"

#define MAX_ITEMS 40

/* The lowest place for feet, and where the top of a thing may reach. */
#define LOWEST  0.975
#define HIGHEST 0.03

/* The scene's light is a guess; light that is asked for must be seen. */
#define GUESSED_SHADING 0.20
#define ASKED_SHADING   0.42

/* What lies farther up than this from where things stand is seldom ground. */
#define MOST_DISTANT 0.24

/* What a thing among @n may cover of the picture; few are large, many small. */
static double
get_area (guint n)
{
  static const double areas[] = { 0.19, 0.125, 0.092, 0.072, 0.06 };

  return n <= G_N_ELEMENTS (areas) ? areas[n - 1] : 0.30 / n;
}

/* So that a tower and a snake look as if of one size: an equal area, within the
 * limits of the frame. */
static void
give_size (DioLayoutItem *item,
           double         aspect,
           double         picture_aspect,
           guint          n)
{
  double ratio = aspect / picture_aspect;
  double height = sqrt (get_area (n) / ratio);
  double size = item->wish->size;

  height = MIN (height, 0.56);
  height = MIN (height, 0.60 / ratio);
  height *= size;
  height = MIN (height, 0.90);
  height = MIN (height, (1.0 - 2.0 * DIO_LAYOUT_MARGIN) / ratio);

  item->place.height = height;
  item->place.width = height * ratio;
}

/* Near things are lower and larger, far ones higher and smaller, about the
 * horizon as the eye expects it. */
static void
give_depth (DioLayoutItem *item)
{
  switch (item->wish->depth)
    {
    case DIO_DEPTH_FOREGROUND:
      item->depth = 1.32;
      break;
    case DIO_DEPTH_NEAR:
      item->depth = 1.2;
      break;
    case DIO_DEPTH_BACKGROUND:
      item->depth = 0.52;
      break;
    case DIO_DEPTH_FAR:
      item->depth = 0.34;
      break;
    case DIO_DEPTH_ANY:
    default:
      item->depth = 1.0;
      break;
    }
}

static void
give_stand (DioLayoutItem *item)
{
  gboolean high = item->wish->row == DIO_ROW_TOP || item->wish->row == DIO_ROW_MIDDLE;

  item->in_air = item->wish->stand == DIO_STAND_FLOATING ||
                 (high && item->wish->stand != DIO_STAND_GROUND);
}

/* Things of one row stand a little behind each other, not on a string. */
static void
stagger (DioLayoutItem *items,
         guint          n)
{
  guint in_row = 0;

  for (guint i = 0; i < n; i++)
    {
      if (items[i].in_air || items[i].wish->depth != DIO_DEPTH_ANY || items[i].wish->row != DIO_ROW_ANY)
        continue;
      if (in_row++ % 2 == 1)
        items[i].depth *= 0.9;
    }
}

static void
scale (DioLayoutItem *item,
       double         factor)
{
  item->place.width *= factor;
  item->place.height *= factor;
}

static void
give_baseline (DioLayoutItem  *item,
               const DioScene *scene)
{
  double horizon = scene->has_horizon ? scene->horizon : 0.5;
  double reach = MAX (0.06, scene->baseline - horizon);
  DioPlacement *place = &item->place;

  if (item->in_air)
    {
      double middle = item->wish->row == DIO_ROW_TOP ? 0.27 : item->wish->row == DIO_ROW_MIDDLE ? 0.5 : 0.42;

      if (item->wish->row == DIO_ROW_TOP && item->wish->corner)
        middle = DIO_LAYOUT_MARGIN + place->height / 2.0;
      place->baseline = middle + place->height / 2.0;
    }
  else if (item->wish->row == DIO_ROW_BOTTOM)
    place->baseline = item->wish->corner ? LOWEST : MAX (scene->baseline, 0.94);
  else if (item->depth >= 1.0)
    place->baseline = MIN (LOWEST, scene->baseline + (item->depth - 1.0) * MIN (reach, 0.3));
  else
    place->baseline = MAX (horizon + reach * MAX (0.08, item->depth), scene->baseline - MOST_DISTANT);
}

static void
keep_inside (DioLayoutItem *item)
{
  DioPlacement *place = &item->place;
  double room = MIN (place->baseline, LOWEST) - HIGHEST;
  double half;

  if (item->in_air)
    {
      place->baseline = CLAMP (place->baseline, HIGHEST + place->height, MAX (LOWEST, HIGHEST + place->height));
      room = LOWEST - HIGHEST;
    }
  place->baseline = MIN (place->baseline, LOWEST);
  if (place->height > room)
    scale (item, room / place->height);

  half = place->width / 2.0;
  place->cx = CLAMP (place->cx, MIN (0.5, half + DIO_LAYOUT_MARGIN / 2), MAX (0.5, 1.0 - half - DIO_LAYOUT_MARGIN / 2));
}

/* The seed's variation, before things are spread so that they still keep clear. */
static void
vary (DioLayoutItem *item,
      double         jitter,
      guint32        seed,
      guint          i)
{
  double freedom = MAX (0.0, 1.0 - item->place.width) * (item->wish->column == DIO_COLUMN_ANY ? 0.5 : 0.15);

  scale (item, 1.0 + 0.30 * jitter * (dio_random_unit (seed, i, 11) - 0.5));
  item->depth *= 1.0 + 0.22 * jitter * (dio_random_unit (seed, i, 12) - 0.5);
  item->stray = freedom * jitter * (dio_random_unit (seed, i, 13) - 0.5);
}

static DioLight
choose_light (const DioPlan  *plan,
              const DioScene *scene)
{
  DioLight light = { scene->light_x, MIN (scene->light_y, -0.15), scene->backlight, 0.55, GUESSED_SHADING };

  switch (plan->light)
    {
    case DIO_LIGHT_LEFT:
      light = (DioLight) { -0.85, -0.35, 0.0, 0.6, ASKED_SHADING };
      break;
    case DIO_LIGHT_RIGHT:
      light = (DioLight) { 0.85, -0.35, 0.0, 0.6, ASKED_SHADING };
      break;
    case DIO_LIGHT_BEHIND:
      light = (DioLight) { CLAMP (scene->light_x, -0.5, 0.5), -0.3, 1.0, 0.6, ASKED_SHADING };
      break;
    case DIO_LIGHT_ABOVE:
      light = (DioLight) { 0.0, -1.0, 0.0, 0.5, ASKED_SHADING };
      break;
    case DIO_LIGHT_FRONT:
      light = (DioLight) { 0.1, 0.2, 0.0, 0.4, ASKED_SHADING };
      break;
    case DIO_LIGHT_ANY:
    default:
      /* Light that comes from nowhere makes shadows that nobody believes. */
      if (fabs (light.x) < 0.3)
        light.x = light.x > 0.0 ? 0.3 : -0.3;
      break;
    }

  if (plan->looks & (DIO_LOOK_OVERCAST | DIO_LOOK_HAZE))
    light.hardness = 0.15;
  if (plan->looks & DIO_LOOK_HARD_SUN)
    light.hardness = 1.0;
  if (plan->looks & DIO_LOOK_NIGHT)
    light.hardness = MIN (light.hardness, 0.35);

  return light;
}

static guint
make_items (DioLayoutItem          *items,
            const DioPlan          *plan,
            const DioLayoutSubject *subjects,
            guint                   n_subjects)
{
  guint n = 0;

  for (guint s = 0; s < n_subjects; s++)
    {
      const DioPlanSubject *wish = &plan->subjects[subjects[s].input];

      for (guint copy = 0; copy < wish->copies && n < MAX_ITEMS; copy++)
        {
          items[n].wish = wish;
          items[n].copy = copy;
          items[n].place.subject = s;
          items[n].place.flip = wish->flip != (copy % 2 == 1);
          n++;
        }
    }

  return n;
}

/* @wish speaks of inputs, a row of subjects. */
static DioPlanSubject *
translate_relations (const DioPlan          *plan,
                     const DioLayoutSubject *subjects,
                     guint                   n_subjects)
{
  DioPlanSubject *wishes = g_memdup2 (plan->subjects, plan->n_subjects * sizeof *wishes);

  for (guint i = 0; i < plan->n_subjects; i++)
    {
      guint s = 0;

      if (wishes[i].relation == DIO_RELATION_NONE)
        continue;
      while (s < n_subjects && subjects[s].input != (guint) wishes[i].other)
        s++;
      wishes[i].other = s < n_subjects ? (int) s : -1;
      if (s == n_subjects)
        wishes[i].relation = DIO_RELATION_NONE;
    }

  return wishes;
}

static int
compare_z (gconstpointer a,
           gconstpointer b)
{
  const DioPlacement *left = a;
  const DioPlacement *right = b;

  return (left->z > right->z) - (left->z < right->z);
}

/**
 * dio_layout_new:
 * @plan: what the prompt asks for
 * @scene: where it is to be
 * @subjects: (array length=n_subjects): what is to be placed
 * @n_subjects: how many
 * @picture_aspect: width over height of the picture
 * @jitter: how far @seed moves things about, 0 to 1
 * @seed: without @jitter it changes nothing
 *
 * Returns: (transfer full): the layout
 */
DioLayout *
dio_layout_new (const DioPlan          *plan,
                const DioScene         *scene,
                const DioLayoutSubject *subjects,
                guint                   n_subjects,
                double                  picture_aspect,
                double                  jitter,
                guint32                 seed)
{
  DioLayout *self = g_new0 (DioLayout, 1);
  g_autofree DioPlanSubject *wishes = translate_relations (plan, subjects, n_subjects);
  DioPlan translated = *plan;
  DioLayoutItem items[MAX_ITEMS] = { 0 };
  guint n;

  translated.subjects = wishes;
  n = make_items (items, &translated, subjects, n_subjects);

  for (guint i = 0; i < n; i++)
    {
      give_size (&items[i], subjects[items[i].place.subject].aspect, picture_aspect, n);
      give_depth (&items[i]);
      give_stand (&items[i]);
    }
  stagger (items, n);
  for (guint i = 0; i < n; i++)
    {
      vary (&items[i], jitter, seed, i);
      scale (&items[i], items[i].depth);
    }

  dio_layout_place_rows (items, n, scene->calm_x);
  dio_layout_relate (items, n, subjects);

  self->placements = g_array_new (FALSE, FALSE, sizeof (DioPlacement));
  for (guint i = 0; i < n; i++)
    {
      give_baseline (&items[i], scene);
      if (items[i].in_air)
        items[i].place.baseline += 0.16 * jitter * (dio_random_unit (seed, i, 14) - 0.5);
      keep_inside (&items[i]);
      items[i].place.grounded = !items[i].in_air;
      items[i].place.z += items[i].in_air ? 0.9 * items[i].depth : items[i].place.baseline;
      g_array_append_val (self->placements, items[i].place);
    }
  g_array_sort (self->placements, compare_z);
  self->light = choose_light (plan, scene);

  return self;
}

void
dio_layout_free (DioLayout *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->placements);
  g_free (self);
}
