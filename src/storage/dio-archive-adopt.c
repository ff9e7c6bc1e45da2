/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: pictures whose rows are lost get new ones. The name of
 * a picture's file tells which job it came from; where that is lost as well, what
 * is written in the file. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-picture-name.h"

#include <stdio.h>
#include <string.h>

/* A name is counted up where it was taken. */
#define MAX_ATTEMPTS 4
/* More came than were asked for, now and then. */
#define MAX_BEYOND 8

/* The time that a name begins with is that of the clock on the wall where it was
 * given, which need not be here: every place is some quarters of an hour from UTC. */
#define STAMP_LENGTH ((int) strlen ("2026-11-21 140322"))
#define EASTERNMOST (14 * 3600)
#define WESTERNMOST (-12 * 3600)
#define QUARTER (15 * 60)

/* Returns: whether it is the name of that picture of a job, made anywhere */
static gboolean
is_name_of (DioStatement *job,
            guint         index,
            const char   *name)
{
  const char *title = dio_statement_get_text (job, 1);
  const char *text = *title != '\0' ? title : dio_statement_get_text (job, 2);
  const char *dot = strrchr (name, '.');

  for (guint attempt = 0; dot != NULL && attempt < MAX_ATTEMPTS; attempt++)
    {
      g_autofree char *made = dio_picture_name_make (dio_statement_get_integer (job, 3), text, index, dot + 1, attempt);

      if (g_str_equal (made + STAMP_LENGTH, name + STAMP_LENGTH))
        return TRUE;
    }

  return FALSE;
}

/* Returns: when the job was made, by the name of a picture of it, in seconds of
 * the clock on the wall; 0 where it does not tell */
static gint64
read_time (const char *name)
{
  g_autoptr(GDateTime) time = NULL;
  int year, month, day, hour, minute, second;

  if ((int) strlen (name) < STAMP_LENGTH ||
      sscanf (name, "%4d-%2d-%2d %2d%2d%2d ", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;

  time = g_date_time_new_utc (year, month, day, hour, minute, second);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/* @job_id: (out) (nullable) (transfer full): NULL where it is lost */
static gboolean
find_job (DioArchive  *self,
          const char  *name,
          char       **job_id,
          guint       *index,
          GError     **error)
{
  gint64 time = read_time (name);
  g_autoptr(DioStatement) jobs = NULL;
  gboolean has_row = time > 0;

  *job_id = NULL;
  jobs = dio_database_query (self->database, error,
                             "SELECT id, title, prompt, created, n_wanted FROM jobs WHERE created >= ? AND created < ? "
                             "AND (created / 1000000 - ?) % ? = 0",
                             "xxxx", (time - EASTERNMOST) * G_USEC_PER_SEC,
                             (time - WESTERNMOST + 1) * G_USEC_PER_SEC, time, (gint64) QUARTER);
  while (jobs != NULL && has_row && *job_id == NULL)
    {
      guint n;

      if (!dio_statement_next (jobs, &has_row, error))
        return FALSE;
      if (!has_row)
        break;

      n = dio_statement_get_integer (jobs, 4) + MAX_BEYOND;
      for (*index = 0; *index < n && !is_name_of (jobs, *index, name); (*index)++)
        ;
      if (*index < n)
        *job_id = g_strdup (dio_statement_get_text (jobs, 0));
    }

  return jobs != NULL;
}

static gboolean
add_job (DioArchive      *self,
         const DioStray  *stray,
         const char      *job_id,
         GError         **error)
{
  return dio_database_run (self->database, error,
                           "INSERT INTO jobs (id, provider, model, title, prompt, request, state, created, updated) "
                           "VALUES (?, ?, ?, '', ?, '{}', 'done', ?, ?)",
                           "ssssxx", job_id, stray->provider, stray->model, stray->prompt, stray->created, stray->created);
}

static gboolean
add_result (DioArchive      *self,
            const char      *name,
            const DioStray  *stray,
            const char      *job_id,
            guint            index,
            gboolean        *is_new,
            GError         **error)
{
  g_autofree char *id = g_uuid_string_random ();

  if (!dio_database_run (self->database, error,
                         "INSERT INTO results (id, job_id, idx, path, width, height, seed, seconds, notes, created,"
                         "                     provider, model, prompt, title, names, parents) "
                         "SELECT ?, id, ?, ?, ?, ?, ?, -1, '[]', created, provider, model, prompt, title,"
                         "  coalesce ((SELECT group_concat (json_extract (value, '$.name'), ' ')"
                         "             FROM json_each (iif (json_valid (request), request, '{}'), '$.references')), ''),"
                         "  coalesce ((SELECT json_group_array (json_extract (value, '$.hash'))"
                         "             FROM json_each (iif (json_valid (request), request, '{}'), '$.references')), '[]') "
                         "FROM jobs WHERE id = ? ON CONFLICT (job_id, idx) DO NOTHING",
                         "sxsxxxs", id, (gint64) index, name, (gint64) stray->width, (gint64) stray->height,
                         stray->seed, job_id))
    return FALSE;

  *is_new = dio_database_get_n_changes (self->database) > 0;

  return TRUE;
}

/* With a job of its own. Others of the same run may come later, in any order: its
 * place among them is by its name, if that tells. */
static gboolean
add_with_job (DioArchive      *self,
              const char      *name,
              const DioStray  *stray,
              gboolean        *is_new,
              GError         **error)
{
  g_autofree char *job_id = g_uuid_string_random ();
  g_autofree char *found = NULL;
  guint index = 0;

  if (!add_job (self, stray, job_id, error) || !find_job (self, name, &found, &index, error))
    return FALSE;

  return add_result (self, name, stray, job_id, g_strcmp0 (found, job_id) == 0 ? index : 0, is_new, error);
}

/**
 * dio_archive_adopt:
 * @self: an open archive
 * @path: a file in pictures/ that is no result's
 * @stray: what is known of it
 * @is_new: (out): whether it is a result now
 * @error: return location for a #GError
 *
 * Has a picture be a result again, with its job where that is still known. One
 * that nothing is known of is left alone.
 */
gboolean
dio_archive_adopt (DioArchive      *self,
                   const char      *path,
                   const DioStray  *stray,
                   gboolean        *is_new,
                   GError         **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *job_id = NULL;
  gboolean is_right;
  guint index = 0;

  *is_new = FALSE;
  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  is_right = find_job (self, name, &job_id, &index, error) &&
             (job_id == NULL || add_result (self, name, stray, job_id, index, is_new, error));
  if (is_right && !*is_new && stray->prompt != NULL && stray->provider != NULL && stray->model != NULL)
    is_right = add_with_job (self, name, stray, is_new, error);

  if (is_right)
    return dio_database_commit (self->database, error);

  dio_database_rollback (self->database);

  return FALSE;
}
