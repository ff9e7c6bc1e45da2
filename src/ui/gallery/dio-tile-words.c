/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is thought of results, and where groups of them begin, in words. */

#include "config.h"

#include "dio-tile-words.h"

#include "dio-result-day.h"
#include "dio-words.h"

#include <glib/gi18n.h>

/* For screen readers, after a caption; empty where nothing is thought of it. */
char *
dio_format_marks (DioResult *result)
{
  guint rating = dio_result_get_rating (result);
  GString *text = g_string_new (NULL);

  if (rating > 0)
    /* Translators: after the caption of a picture, for screen readers. */
    g_string_append_printf (text, ngettext (", %u star", ", %u stars", rating), rating);
  if (dio_result_get_verdict (result) == DIO_VERDICT_PICK)
    /* Translators: after the caption of a picture, for screen readers. */
    g_string_append (text, _(", picked"));
  else if (dio_result_get_verdict (result) == DIO_VERDICT_REJECT)
    /* Translators: after the caption of a picture, for screen readers. */
    g_string_append (text, _(", rejected"));
  if (dio_result_get_tags (result)[0] != NULL)
    {
      g_autofree char *tags = dio_join_words (dio_result_get_tags (result));

      /* Translators: after the caption of a picture, for screen readers; %s are tags. */
      g_string_append_printf (text, _(", tagged %s"), tags);
    }

  return g_string_free (text, FALSE);
}

/* On a picture; NULL where nothing is thought of it. */
char *
dio_format_badges (DioResult *result)
{
  DioVerdict verdict = dio_result_get_verdict (result);
  GString *text = g_string_new (verdict == DIO_VERDICT_PICK ? "✓" : verdict == DIO_VERDICT_REJECT ? "✕" : "");

  if (text->len > 0 && dio_result_get_rating (result) > 0)
    g_string_append_c (text, ' ');
  for (guint i = 0; i < dio_result_get_rating (result); i++)
    g_string_append (text, "★");

  return g_string_free (text, text->len == 0);
}

char *
dio_format_day (gint64 time)
{
  g_autoptr(GDateTime) day = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  gint64 today = dio_result_day_get_start (g_get_real_time ());

  if (time >= today)
    return g_strdup (_("Today"));
  if (time >= dio_result_day_get_start (today - 1))
    return g_strdup (_("Yesterday"));

  /* Translators: the day on which pictures were made, for g_date_time_format(): “28 Nov 2026”. */
  return g_date_time_format (day, _("%-d %b %Y"));
}

/* On the first picture of a day or of a sheet; NULL on the others. Newest first,
 * the first of a sheet is the one that was made last, and tells how many. */
char *
dio_format_group (DioResultSlot *slot)
{
  DioResult *result = dio_result_slot_get_result (slot);
  guint n = dio_result_get_index (result) + 1;
  g_autofree char *day = NULL;
  g_autofree char *sheet = NULL;

  if (dio_result_slot_get_starts_job (slot) && n > 1)
    /* Translators: how many pictures were made in one go. */
    sheet = g_strdup_printf (ngettext ("Sheet of %u", "Sheet of %u", n), n);
  if (!dio_result_slot_get_starts_day (slot))
    return g_steal_pointer (&sheet);

  day = dio_format_day (dio_result_get_created (result));
  if (sheet == NULL)
    return g_steal_pointer (&day);

  /* Translators: a day and a sheet: “Today · Sheet of 4”. */
  return g_strdup_printf (_("%1$s · %2$s"), day, sheet);
}
