/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as people at this place count them. */

#include "config.h"

#include "dio-result-day.h"

/**
 * dio_result_day_get_start:
 * @time: in microseconds since 1970
 *
 * Returns: when the day began that it is in, in microseconds since 1970
 */
gint64
dio_result_day_get_start (gint64 time)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) start = NULL;

  if (moment == NULL)
    return 0;

  start = g_date_time_new_local (g_date_time_get_year (moment), g_date_time_get_month (moment),
                                 g_date_time_get_day_of_month (moment), 0, 0, 0);

  return start != NULL ? g_date_time_to_unix (start) * G_USEC_PER_SEC : 0;
}
