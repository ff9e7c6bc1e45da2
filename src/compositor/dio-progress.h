/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a composition is, told while it goes on. */

#pragma once

#include "dio-compositor.h"

G_BEGIN_DECLS

/**
 * DioProgress:
 * @func: (nullable): who is told
 * @user_data: data for @func
 * @costs: what each step is expected to take, in any unit
 * @seconds: what each step took
 * @step: the one under way
 * @fraction: what was last told
 * @started: when @step began
 */
typedef struct
{
  DioCompositorProgressFunc func;
  gpointer                  user_data;
  double                    costs[DIO_COMPOSITOR_N_STEPS];
  double                    seconds[DIO_COMPOSITOR_N_STEPS];
  DioCompositorStep         step;
  double                    fraction;
  gint64                    started;
} DioProgress;

void dio_progress_begin  (DioProgress       *self,
                          DioCompositorStep  step);
void dio_progress_update (DioProgress       *self,
                          double             part);
void dio_progress_end    (DioProgress       *self);

G_END_DECLS
