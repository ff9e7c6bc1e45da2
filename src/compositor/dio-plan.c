/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt asks of the engine, in the engine's own terms. */

#include "config.h"

#include "dio-plan.h"

/**
 * dio_plan_new:
 * @n_subjects: how many inputs there are
 *
 * Returns: (transfer full): the plan of an empty prompt, its lists of words %NULL
 */
DioPlan *
dio_plan_new (guint n_subjects)
{
  DioPlan *self = g_new0 (DioPlan, 1);

  self->subjects = g_new0 (DioPlanSubject, n_subjects);
  self->n_subjects = n_subjects;
  for (guint i = 0; i < n_subjects; i++)
    {
      self->subjects[i].other = -1;
      self->subjects[i].size = 1.0;
      self->subjects[i].copies = 1;
    }
  self->shadow = 1.0;
  self->grain = 1.0;
  self->palette = 1.0;
  self->texture = 1.0;

  return self;
}

void
dio_plan_free (DioPlan *self)
{
  if (self == NULL)
    return;

  g_free (self->subjects);
  g_strfreev (self->used);
  g_strfreev (self->unused);
  g_free (self);
}
