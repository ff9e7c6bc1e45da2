/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the days begin in a list of results, to jump to them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioResultDay:
 * @start: the moment at which it begins at this place, in microseconds since 1970
 * @number: of its first result in the order of the list
 * @position: of that result in the list, when it was read
 * @n: how many results follow on that day, with that one
 */
typedef struct
{
  gint64 start;
  gint64 number;
  guint  position;
  guint  n;
} DioResultDay;

gint64 dio_result_day_get_start (gint64 time);

G_END_DECLS
