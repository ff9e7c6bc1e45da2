/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one order of results to another in as few steps as those who look at it
 * can follow: what stays is not touched, so that a grid keeps its place and a
 * selection what is in it. */

#include "config.h"

#include "dio-result-list-private.h"

/* More steps than this cost more than they save. */
#define MAX_STEPS 256
/* Numbers are close together; where they are not, all is changed at once. */
#define MAX_SPAN (1 << 26)

/* What is between what two orders have in common at their ends. */
typedef struct
{
  GArray     *numbers;
  guint       start;
  guint       end;
  guint8     *bits;    /* (owned) (nullable): of the numbers between start and end */
  gint64      lowest;  /* the first that bits has a place for */
  gint64      highest;
} Middle;

static gint64
get (GArray *numbers,
     guint   position)
{
  return g_array_index (numbers, gint64, position);
}

static void
find_middles (Middle *before,
              Middle *after)
{
  guint n = MIN (before->numbers->len, after->numbers->len);
  guint start = 0;

  while (start < n && get (before->numbers, start) == get (after->numbers, start))
    start++;

  before->start = after->start = start;
  before->end = before->numbers->len;
  after->end = after->numbers->len;
  while (before->end > start && after->end > start &&
         get (before->numbers, before->end - 1) == get (after->numbers, after->end - 1))
    {
      before->end--;
      after->end--;
    }
}

static void
find_bounds (Middle *middle)
{
  middle->lowest = middle->highest = get (middle->numbers, middle->start);
  for (guint i = middle->start; i < middle->end; i++)
    {
      middle->lowest = MIN (middle->lowest, get (middle->numbers, i));
      middle->highest = MAX (middle->highest, get (middle->numbers, i));
    }
}

static gboolean
make_set (Middle *middle)
{
  find_bounds (middle);
  if (middle->highest - middle->lowest >= MAX_SPAN)
    return FALSE;

  middle->bits = g_malloc0 ((middle->highest - middle->lowest) / 8 + 1);
  for (guint i = middle->start; i < middle->end; i++)
    {
      gint64 place = get (middle->numbers, i) - middle->lowest;

      middle->bits[place / 8] |= 1 << place % 8;
    }

  return TRUE;
}

static gboolean
has (const Middle *middle,
     GArray       *numbers,
     guint         position)
{
  gint64 place = get (numbers, position) - middle->lowest;

  return place >= 0 && place <= middle->highest - middle->lowest && (middle->bits[place / 8] >> place % 8 & 1) != 0;
}

/* Returns: in how many runs @middle has what is not in @other */
static guint
count_runs (const Middle *middle,
            const Middle *other)
{
  gboolean was_in = TRUE;
  guint n = 0;

  for (guint i = middle->start; i < middle->end; i++)
    {
      gboolean is_in = has (other, middle->numbers, i);

      n += was_in && !is_in;
      was_in = is_in;
    }

  return n;
}

/* Whether what both have is in the same order. */
static gboolean
is_same_order (const Middle *before,
               const Middle *after)
{
  guint j = after->start;

  for (guint i = before->start; i < before->end; i++)
    {
      if (!has (after, before->numbers, i))
        continue;

      while (!has (before, after->numbers, j))
        j++;
      if (get (before->numbers, i) != get (after->numbers, j))
        return FALSE;
      j++;
    }

  return TRUE;
}

static void
change_at_once (GArray                   *numbers,
                const Middle             *before,
                const Middle             *after,
                DioResultListChangedFunc  changed,
                gpointer                  user_data)
{
  guint n_removed = before->end - before->start;
  guint n_added = after->end - after->start;

  g_array_set_size (numbers, 0);
  g_array_append_vals (numbers, after->numbers->data, after->numbers->len);
  if (n_removed > 0 || n_added > 0)
    changed (before->start, n_removed, n_added, user_data);
}

static void
remove_runs (GArray                   *numbers,
             const Middle             *before,
             const Middle             *after,
             DioResultListChangedFunc  changed,
             gpointer                  user_data)
{
  guint end = before->end;

  while (end > before->start)
    {
      guint start;

      while (end > before->start && has (after, before->numbers, end - 1))
        end--;
      start = end;
      while (start > before->start && !has (after, before->numbers, start - 1))
        start--;

      if (start < end)
        {
          g_array_remove_range (numbers, start, end - start);
          changed (start, end - start, 0, user_data);
        }
      end = start;
    }
}

static void
insert_runs (GArray                   *numbers,
             const Middle             *before,
             const Middle             *after,
             DioResultListChangedFunc  changed,
             gpointer                  user_data)
{
  guint i = after->start;

  while (i < after->end)
    {
      guint n = 0;

      while (i + n < after->end && !has (before, after->numbers, i + n))
        n++;

      if (n > 0)
        {
          g_array_insert_vals (numbers, i, &g_array_index (after->numbers, gint64, i), n);
          changed (i, 0, n, user_data);
        }
      i += MAX (n, 1);
    }
}

/* Makes @numbers equal to @wanted, and tells every step. Neither has a number
 * twice. */
void
_dio_result_list_change (GArray                   *numbers,
                         GArray                   *wanted,
                         DioResultListChangedFunc  changed,
                         gpointer                  user_data)
{
  /* A copy, since @numbers is other after the first step. */
  g_autoptr(GArray) old = g_array_copy (numbers);
  gboolean in_steps;
  Middle before = { .numbers = old };
  Middle after = { .numbers = wanted };

  find_middles (&before, &after);
  in_steps = before.start < before.end && after.start < after.end &&
             make_set (&before) && make_set (&after) &&
             count_runs (&before, &after) + count_runs (&after, &before) <= MAX_STEPS &&
             is_same_order (&before, &after);
  if (in_steps)
    {
      remove_runs (numbers, &before, &after, changed, user_data);
      insert_runs (numbers, &before, &after, changed, user_data);
    }
  else
    {
      change_at_once (numbers, &before, &after, changed, user_data);
    }

  g_free (before.bits);
  g_free (after.bits);
}
