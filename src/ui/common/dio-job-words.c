/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs in words: how far they are, what they wait for, what they are. */

#include "config.h"

#include "dio-job-words.h"

#include "dio-words.h"

#include <glib/gi18n.h>

/* A point in time, as short as its distance from now allows. */
char *
dio_format_time_of (gint64 microseconds)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (local == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (local) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%X");

  return g_date_time_format (local, "%c");
}

static const char *
get_step_text (DioJob *job)
{
  const char *step = dio_job_get_step (job);

  if (step != NULL && *step != '\0')
    return _(step);
  if (dio_job_get_state (job) <= DIO_JOB_WAITING)
    /* Translators: a job that has not begun. */
    return _("Waiting");

  return "";
}

/* What is being done, with how much of it is through where that is known. */
static char *
dup_step (DioJob *job)
{
  g_autofree char *through = NULL;
  g_autofree char *all = NULL;
  gint64 done;
  gint64 total;

  if (!dio_job_get_bytes (job, &done, &total))
    return g_strdup (get_step_text (job));

  through = g_format_size (done);
  if (total <= 0)
    /* Translators: what a job does, and how much of it is through: “Downloading · 12.4 MB”. */
    return g_strdup_printf (_("%1$s · %2$s"), get_step_text (job), through);

  all = g_format_size (total);
  /* Translators: what a job does, how much of it is through, and of how much: “Downloading · 12.4 MB of 80.0 MB”. */
  return g_strdup_printf (_("%1$s · %2$s of %3$s"), get_step_text (job), through, all);
}

/* What is being done, or what it waits for and until when. */
char *
dio_job_dup_status (DioJob *job)
{
  gint64 retry_at = dio_job_get_remote (job)->retry_at;
  g_autofree char *when = NULL;

  if (dio_job_get_state (job) > DIO_JOB_WAITING || retry_at <= g_get_real_time ())
    return dup_step (job);

  when = dio_format_time_of (retry_at);
  /* Translators: why a job waits, and when it is tried again: “The provider is busy · next try 14:05:00”. */
  return g_strdup_printf (_("%1$s · next try %2$s"), get_step_text (job), when);
}

/* Who works on it, which of how many pictures, for how long. */
char *
dio_job_dup_time (DioJob     *job,
                  const char *name)
{
  guint count = dio_request_get_count (dio_job_get_request (job));
  guint done = g_list_model_get_n_items (dio_job_get_results (job));
  double seconds = (g_get_real_time () - dio_job_get_created (job)) / (double) G_USEC_PER_SEC;
  int whole = MAX (0, (int) seconds);
  /* Translators: seconds. */
  g_autofree char *time = whole < 10 ? g_strdup_printf (_("%d s"), whole) : dio_format_seconds (whole);

  if (count > 1)
    /* Translators: a job: who works on it, which of how many pictures, for how
     * long: “This Computer · 2 of 4 · 38 s”. */
    return g_strdup_printf (_("%1$s · %2$u of %3$u · %4$s"), name, MIN (done + 1, count), count, time);

  /* Translators: a job: who works on it, for how long: “This Computer · 38 s”. */
  return g_strdup_printf (_("%1$s · %2$s"), name, time);
}

/* Provider and model; their ids where this version of the program has them not. */
char *
dio_job_dup_maker (DioStudio *studio,
                   DioJob    *job)
{
  DioRequest *request = dio_job_get_request (job);
  DioProvider *provider = dio_studio_find_provider (studio, dio_request_get_provider_id (request));
  DioModelInfo *model = dio_studio_find_model (studio, dio_request_get_model_id (request));

  if (provider == NULL || model == NULL)
    return g_strdup (dio_request_get_model_id (request));

  return dio_format_model (provider, model);
}
