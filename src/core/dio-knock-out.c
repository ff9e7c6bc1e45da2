/* SPDX-License-Identifier: GPL-3.0-or-later */
/* “Winner stays”: the first two are judged, whichever stays meets the third, and
 * so on. All that is kept are the decisions; the rest follows from them. */

#include "config.h"

#include "dio-knock-out.h"

struct _DioKnockOut
{
  guint   n;
  GArray *decisions; /* (owned) (element-type gboolean): whether the holder stayed */
};

/**
 * dio_knock_out_new:
 * @n: how many things there are, at least 2
 *
 * Returns: (transfer full): the first round
 */
DioKnockOut *
dio_knock_out_new (guint n)
{
  DioKnockOut *self;

  g_return_val_if_fail (n >= 2, NULL);

  self = g_new0 (DioKnockOut, 1);
  self->n = n;
  self->decisions = g_array_new (FALSE, FALSE, sizeof (gboolean));

  return self;
}

/**
 * dio_knock_out_free:
 * @self: (transfer full): rounds
 */
void
dio_knock_out_free (DioKnockOut *self)
{
  g_array_unref (self->decisions);
  g_free (self);
}

/**
 * dio_knock_out_get_n:
 * @self: rounds
 *
 * Returns: how many things there are; there is one round less
 */
guint
dio_knock_out_get_n (const DioKnockOut *self)
{
  return self->n;
}

/**
 * dio_knock_out_get_round:
 * @self: rounds
 *
 * Returns: how many rounds have been decided
 */
guint
dio_knock_out_get_round (const DioKnockOut *self)
{
  return self->decisions->len;
}

/* Who is in after so many rounds. */
static guint
find_holder (const DioKnockOut *self,
             guint              n_rounds)
{
  guint holder = 0;

  for (guint i = 0; i < n_rounds; i++)
    if (!g_array_index (self->decisions, gboolean, i))
      holder = i + 1;

  return holder;
}

/**
 * dio_knock_out_get_pair:
 * @self: rounds
 * @holder: (out): who has won so far
 * @challenger: (out): who has not been judged yet
 *
 * Returns: %FALSE when there is nothing left to decide
 */
gboolean
dio_knock_out_get_pair (const DioKnockOut *self,
                        guint             *holder,
                        guint             *challenger)
{
  if (self->decisions->len + 1 >= self->n)
    return FALSE;

  *holder = find_holder (self, self->decisions->len);
  *challenger = self->decisions->len + 1;
  return TRUE;
}

/**
 * dio_knock_out_get_winner:
 * @self: rounds
 * @winner: (out): the one that is left
 *
 * Returns: %FALSE as long as there are several
 */
gboolean
dio_knock_out_get_winner (const DioKnockOut *self,
                          guint             *winner)
{
  if (self->decisions->len + 1 < self->n)
    return FALSE;

  *winner = find_holder (self, self->decisions->len);
  return TRUE;
}

/**
 * dio_knock_out_is_out:
 * @self: rounds
 * @item: one of the things
 *
 * Returns: whether it has lost
 */
gboolean
dio_knock_out_is_out (const DioKnockOut *self,
                      guint              item)
{
  return item <= self->decisions->len && item != find_holder (self, self->decisions->len);
}

/**
 * dio_knock_out_decide:
 * @self: rounds, of which one is left
 * @holder_stays: whether the challenger has lost
 */
void
dio_knock_out_decide (DioKnockOut *self,
                      gboolean     holder_stays)
{
  g_return_if_fail (self->decisions->len + 1 < self->n);

  g_array_append_val (self->decisions, holder_stays);
}

/**
 * dio_knock_out_can_undo:
 * @self: rounds
 *
 * Returns: whether one has been decided
 */
gboolean
dio_knock_out_can_undo (const DioKnockOut *self)
{
  return self->decisions->len > 0;
}

/**
 * dio_knock_out_undo:
 * @self: rounds
 *
 * Takes the last decision back.
 */
void
dio_knock_out_undo (DioKnockOut *self)
{
  if (self->decisions->len > 0)
    g_array_set_size (self->decisions, self->decisions->len - 1);
}
