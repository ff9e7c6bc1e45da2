/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a composition is, told while it goes on. */

#include "config.h"

#include "dio-progress.h"

static void
stop_clock (DioProgress *self)
{
  if (self->started != 0)
    self->seconds[self->step] += (g_get_monotonic_time () - self->started) / 1e6;
  self->started = 0;
}

static void
tell (DioProgress *self,
      double       fraction)
{
  self->fraction = CLAMP (fraction, self->fraction, 1.0);
  if (self->func != NULL)
    self->func (self->step, self->fraction, self->user_data);
}

/**
 * dio_progress_begin:
 * @self: a progress
 * @step: what begins now; steps may be left out but not gone back to
 */
void
dio_progress_begin (DioProgress       *self,
                    DioCompositorStep  step)
{
  stop_clock (self);
  self->step = step;
  self->started = g_get_monotonic_time ();
  dio_progress_update (self, 0.0);
}

/**
 * dio_progress_update:
 * @self: a progress
 * @part: how much of the step is done, 0 to 1
 */
void
dio_progress_update (DioProgress *self,
                     double       part)
{
  double before = 0.0;
  double all = 0.0;

  for (int i = 0; i < DIO_COMPOSITOR_N_STEPS; i++)
    {
      all += self->costs[i];
      if (i < (int) self->step)
        before += self->costs[i];
    }

  if (all > 0.0)
    tell (self, (before + part * self->costs[self->step]) / all);
}

void
dio_progress_end (DioProgress *self)
{
  stop_clock (self);
  tell (self, 1.0);
}
