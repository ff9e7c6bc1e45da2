/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places things side by side so that none hides another. */

#include "config.h"

#include "dio-layout-private.h"

#include <string.h>

#define GAP 0.025

/* How much a row may be squeezed by overlapping before it is made smaller. */
#define MIN_DISTANCE 0.82

static double
get_distance (const DioLayoutItem *one,
              const DioLayoutItem *other,
              double               squeeze)
{
  return squeeze * (one->place.width + other->place.width) / 2.0 + GAP * squeeze;
}

static double
get_span (DioLayoutItem **row,
          guint           n,
          double          squeeze)
{
  double span = (row[0]->place.width + row[n - 1]->place.width) / 2.0;

  for (guint i = 1; i < n; i++)
    span += get_distance (row[i - 1], row[i], squeeze);

  return span;
}

/* Pools neighbours that want to pass each other into blocks that share their
 * mean: the nearest non-decreasing sequence to @wanted. */
static void
make_increasing (double *wanted,
                 guint   n)
{
  g_autofree double *sums = g_new (double, n);
  g_autofree guint *counts = g_new (guint, n);
  guint n_blocks = 0;
  guint at = 0;

  for (guint i = 0; i < n; i++)
    {
      sums[n_blocks] = wanted[i];
      counts[n_blocks++] = 1;
      while (n_blocks > 1 &&
             sums[n_blocks - 2] * counts[n_blocks - 1] > sums[n_blocks - 1] * counts[n_blocks - 2])
        {
          sums[n_blocks - 2] += sums[n_blocks - 1];
          counts[n_blocks - 2] += counts[n_blocks - 1];
          n_blocks--;
        }
    }

  for (guint b = 0; b < n_blocks; b++)
    for (guint i = 0; i < counts[b]; i++)
      wanted[at++] = sums[b] / counts[b];
}

static void
shrink (DioLayoutItem **row,
        guint           n,
        double          factor)
{
  for (guint i = 0; i < n; i++)
    {
      row[i]->place.width *= factor;
      row[i]->place.height *= factor;
    }
}

/**
 * dio_layout_spread:
 * @row: (array length=n): things from left to right, with the place each wants
 * @n: how many, at least 1
 *
 * Moves them no more than needed for all to be seen inside the picture, and
 * makes all smaller where there is no room.
 */
void
dio_layout_spread (DioLayoutItem **row,
                   guint           n)
{
  const double room = 1.0 - 2.0 * DIO_LAYOUT_MARGIN;
  g_autofree double *offsets = g_new0 (double, n);
  g_autofree double *wanted = g_new (double, n);
  double squeeze = 1.0;
  double low, high;

  if (get_span (row, n, 1.0) > room)
    {
      squeeze = MAX (MIN_DISTANCE, room / get_span (row, n, 1.0));
      if (get_span (row, n, squeeze) > room)
        shrink (row, n, room / get_span (row, n, squeeze) * 0.999);
    }

  for (guint i = 1; i < n; i++)
    offsets[i] = offsets[i - 1] + get_distance (row[i - 1], row[i], squeeze);
  for (guint i = 0; i < n; i++)
    wanted[i] = row[i]->place.cx - offsets[i];
  make_increasing (wanted, n);

  low = DIO_LAYOUT_MARGIN + row[0]->place.width / 2.0;
  high = 1.0 - DIO_LAYOUT_MARGIN - row[n - 1]->place.width / 2.0 - offsets[n - 1];
  for (guint i = 0; i < n; i++)
    row[i]->place.cx = MAX (low, MIN (wanted[i], high)) + offsets[i];
}

static int
get_rank (const DioLayoutItem *item)
{
  switch (item->wish->column)
    {
    case DIO_COLUMN_LEFT:
      return 0;
    case DIO_COLUMN_RIGHT:
      return 2;
    case DIO_COLUMN_ANY:
    case DIO_COLUMN_CENTRE:
    default:
      return 1;
    }
}

/* The place across that a word asks for. */
static void
want_column (DioLayoutItem *item,
             double         otherwise)
{
  double half = item->place.width / 2.0;
  double edge = item->wish->corner ? DIO_LAYOUT_MARGIN + half : MAX (0.27, DIO_LAYOUT_MARGIN + half);

  switch (item->wish->column)
    {
    case DIO_COLUMN_LEFT:
      item->place.cx = edge;
      break;
    case DIO_COLUMN_RIGHT:
      item->place.cx = 1.0 - edge;
      break;
    case DIO_COLUMN_CENTRE:
      item->place.cx = 0.5;
      break;
    case DIO_COLUMN_ANY:
    default:
      item->place.cx = item->wish->corner ? 1.0 - edge : otherwise;
      break;
    }
}

/* In the order given, but those for the left first and for the right last. */
static guint
collect_row (DioLayoutItem  *items,
             guint           n,
             gboolean        in_air,
             DioLayoutItem **row)
{
  guint n_row = 0;

  for (int rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < n; i++)
      if (items[i].in_air == in_air && get_rank (&items[i]) == rank &&
          (items[i].wish->relation == DIO_RELATION_NONE || items[i].wish->column != DIO_COLUMN_ANY))
        row[n_row++] = &items[i];

  return n_row;
}

/* Those beside another go next to it; who stands before or behind is no part of
 * the row. Chains ("a beside b, b beside c") settle in as many rounds. */
static guint
insert_related (DioLayoutItem  *items,
                guint           n,
                gboolean        in_air,
                DioLayoutItem **row,
                guint           n_row)
{
  g_autofree gboolean *done = g_new0 (gboolean, n);

  for (guint i = 0; i < n_row; i++)
    done[row[i] - items] = TRUE;

  for (guint round = 0; round < n; round++)
    for (guint i = 0; i < n; i++)
      {
        DioRelation relation = items[i].wish->relation;
        guint at = 0;

        if (done[i] || items[i].in_air != in_air || relation == DIO_RELATION_IN_FRONT ||
            relation == DIO_RELATION_BEHIND)
          continue;

        while (at < n_row && row[at]->place.subject != (guint) items[i].wish->other)
          at++;
        if (at == n_row && round + 1 < n)
          continue;

        if (at < n_row && relation != DIO_RELATION_LEFT_OF)
          at++;
        memmove (&row[at + 1], &row[at], (n_row - at) * sizeof *row);
        row[at] = &items[i];
        done[i] = TRUE;
        n_row++;
      }

  return n_row;
}

static gboolean
is_free (DioLayoutItem **row,
         guint           n)
{
  for (guint i = 0; i < n; i++)
    if (row[i]->wish->column != DIO_COLUMN_ANY || row[i]->wish->corner)
      return FALSE;

  return TRUE;
}

static void
want_places (DioLayoutItem **row,
             guint           n,
             double          calm_x)
{
  /* One alone goes where it is calm; a group closes up around the middle. */
  if (is_free (row, n))
    {
      for (guint i = 0; i < n; i++)
        row[i]->place.cx = (n == 1 ? calm_x : 0.5) + row[i]->stray;
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      want_column (row[i], 0.5 + ((i + 0.5) / n - 0.5) * 0.8);
      row[i]->place.cx += row[i]->stray;
    }
}

/**
 * dio_layout_place_rows:
 * @items: (array length=n): things with their sizes
 * @n: how many
 * @calm_x: the scene's calmest place
 *
 * Gives each its place across: what stands in one row, what flies in another.
 */
void
dio_layout_place_rows (DioLayoutItem *items,
                       guint          n,
                       double         calm_x)
{
  g_autofree DioLayoutItem **row = g_new (DioLayoutItem *, n + 1);

  for (int in_air = 0; in_air <= 1; in_air++)
    {
      guint n_row = collect_row (items, n, in_air, row);

      n_row = insert_related (items, n, in_air, row, n_row);
      if (n_row == 0)
        continue;
      want_places (row, n_row, calm_x);
      dio_layout_spread (row, n_row);
    }
}

/**
 * dio_layout_relate:
 * @items: (array length=n): things with their places
 * @n: how many
 * @subjects: what @items' subjects are
 *
 * Puts those before or behind another where both can still be seen.
 */
void
dio_layout_relate (DioLayoutItem          *items,
                   guint                   n,
                   const DioLayoutSubject *subjects)
{
  for (guint i = 0; i < n; i++)
    {
      DioLayoutItem *item = &items[i];
      gboolean before = item->wish->relation == DIO_RELATION_IN_FRONT;
      const DioLayoutItem *other = NULL;
      double side, shift;

      if (!before && item->wish->relation != DIO_RELATION_BEHIND)
        continue;
      for (guint k = 0; k < n && other == NULL; k++)
        if (items[k].place.subject == (guint) item->wish->other && k != i)
          other = &items[k];
      if (other == NULL)
        continue;

      side = other->place.cx > 0.5 ? -1.0 : 1.0;
      if (item->copy % 2 == 1)
        side = -side;
      shift = before ? 0.36 * other->place.width + 0.12 * item->place.width
                     : 0.34 * other->place.width + 0.30 * item->place.width;
      if (item->wish->column == DIO_COLUMN_ANY)
        item->place.cx = other->place.cx + side * shift;
      item->depth = other->depth * (before ? 1.16 : 0.84);
      if (item->wish->size == 1.0)
        {
          double limit = before ? 0.72 * other->place.height : other->place.height;
          double factor = MIN (1.0, limit / item->place.height);

          item->place.height *= factor;
          item->place.width *= factor;
        }
      item->in_air = other->in_air;
      item->place.z = other->place.z + (before ? 0.5 : -0.5);
    }
}
