/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout under way, shared by the steps that make it. */

#pragma once

#include "dio-layout.h"

G_BEGIN_DECLS

/* What stays free at the picture's borders. */
#define DIO_LAYOUT_MARGIN 0.03

typedef struct
{
  const DioPlanSubject *wish;  /* (borrowed) */
  DioPlacement          place;
  guint                 copy;
  double                depth; /* distance from the horizon: 1 at the baseline, 0 on it */
  double                stray; /* from the place it would have, by the seed */
  gboolean              in_air;
} DioLayoutItem;

void dio_layout_spread      (DioLayoutItem **row,
                             guint           n);
void dio_layout_place_rows  (DioLayoutItem  *items,
                             guint           n,
                             double          calm_x);
void dio_layout_relate      (DioLayoutItem          *items,
                             guint                   n,
                             const DioLayoutSubject *subjects);

G_END_DECLS
