/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: who drives which job. A job's owner is changed in a
 * transaction of its own and only from the owner that was looked at, so that of
 * several processes one gets it. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"

/* What this computer was making when the program ended is lost with it; the
 * work of all others goes on elsewhere, and is looked up rather than given up. */
#define LOCAL_PROVIDER "local"

/* One job whose driver may be gone. */
typedef struct
{
  char *id;    /* (owned) */
  char *owner; /* (owned) (nullable) */
} Candidate;

static void
candidate_free (Candidate *candidate)
{
  g_free (candidate->id);
  g_free (candidate->owner);
  g_free (candidate);
}

/* Returns: (transfer full): the nicks of states, for IN (…) */
char *
_dio_archive_list_states (gboolean over)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint state = 0; state < DIO_N_JOB_STATES; state++)
    {
      if (dio_job_state_is_over (state) == over)
        g_string_append_printf (list, "%s'%s'", list->len > 0 ? ", " : "", dio_job_state_get_nick (state));
    }

  return g_strdup (list->str);
}

/* Paid, and what was made has no place yet: to be stored as soon as there is one. */
#define UNSTORED \
  "state = 'failed' AND error_class = 'storage' AND sent_at > 0 AND billed <> 'no' AND " \
  "(SELECT count (*) FROM results WHERE job_id = jobs.id) < n_wanted"

/* Returns: (element-type Candidate): jobs that may be taken up, oldest first */
static GPtrArray *
load_candidates (DioArchive  *self,
                 gboolean     is_local,
                 GError     **error)
{
  g_autofree char *open = _dio_archive_list_states (FALSE);
  g_autofree char *sql = g_strdup_printf ("SELECT id, owner FROM jobs WHERE (state IN (%s) OR (%s)) AND provider %s ? "
                                          "ORDER BY created, rowid",
                                          open, is_local ? "FALSE" : UNSTORED, is_local ? "=" : "<>");
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_autoptr(DioStatement) statement = dio_database_query (self->database, error, sql, "s", LOCAL_PROVIDER);
  gboolean has_row = statement != NULL;

  while (has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          Candidate *candidate = g_new0 (Candidate, 1);

          candidate->id = g_strdup (dio_statement_get_text (statement, 0));
          candidate->owner = g_strdup (dio_statement_get_text (statement, 1));
          g_ptr_array_add (candidates, candidate);
        }
    }

  return statement != NULL ? g_steal_pointer (&candidates) : NULL;
}

/* A dead process may have left many jobs; it is asked after once. */
static void
drop_driven (DioArchive *self,
             GPtrArray  *candidates)
{
  g_autoptr(GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = candidates->len; i > 0; i--)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i - 1);
      const char *owner = candidate->owner != NULL ? candidate->owner : "";

      if (!g_hash_table_contains (gone, owner))
        g_hash_table_insert (gone, g_strdup (owner),
                             GINT_TO_POINTER (dio_owner_is_gone (self->owners, candidate->owner)));

      if (!GPOINTER_TO_INT (g_hash_table_lookup (gone, owner)))
        g_ptr_array_remove_index (candidates, i - 1);
    }
}

/* Jobs of this computer's engine that no process works on any more, although
 * they are not over. */
gboolean
_dio_archive_end_orphans (DioArchive  *self,
                          GError     **error)
{
  g_autoptr(GPtrArray) orphans = load_candidates (self, TRUE, error);

  if (orphans == NULL)
    return FALSE;

  drop_driven (self, orphans);
  for (guint i = 0; i < orphans->len; i++)
    {
      Candidate *orphan = g_ptr_array_index (orphans, i);

      if (!dio_database_run (self->database, error,
                             "UPDATE jobs SET state = ?, error_message = ?, updated = ? WHERE id = ? AND owner IS ?",
                             "ssxss", dio_job_state_get_nick (DIO_JOB_CANCELLED),
                             "the program ended before it was done",
                             g_get_real_time (), orphan->id, orphan->owner))
        return FALSE;
    }

  return TRUE;
}

/* Makes this process the driver of @candidate. @is_ours: %FALSE when another
 * process was first */
static gboolean
take (DioArchive       *self,
      const Candidate  *candidate,
      gboolean         *is_ours,
      GError          **error)
{
  if (!dio_database_run (self->database, error, "UPDATE jobs SET owner = ? WHERE id = ? AND owner IS ?", "sss",
                         dio_owner_get_id (self->owner), candidate->id, candidate->owner))
    return FALSE;

  *is_ours = dio_database_get_n_changes (self->database) > 0;

  return TRUE;
}

/* Gives back what could not be read: nobody would drive it as long as we live. */
static void
release (DioArchive *self,
         const char *id)
{
  g_autoptr(GError) error = NULL;

  if (!dio_database_run (self->database, &error, "UPDATE jobs SET owner = NULL WHERE id = ? AND owner = ?",
                         "ss", id, dio_owner_get_id (self->owner)))
    g_message ("Job %s stays ours: %s", id, error->message);
}

/* Returns: (element-type Candidate): those that are ours now */
static GPtrArray *
take_all (DioArchive  *self,
          GError     **error)
{
  g_autoptr(GPtrArray) candidates = NULL;

  if (!dio_database_begin (self->database, error))
    return NULL;

  candidates = load_candidates (self, FALSE, error);
  if (candidates != NULL)
    drop_driven (self, candidates);

  for (guint i = candidates != NULL ? candidates->len : 0; i > 0; i--)
    {
      gboolean is_ours;

      if (!take (self, g_ptr_array_index (candidates, i - 1), &is_ours, error))
        {
          dio_database_rollback (self->database);
          return NULL;
        }
      if (!is_ours)
        g_ptr_array_remove_index (candidates, i - 1);
    }

  if (candidates == NULL)
    dio_database_rollback (self->database);
  else if (dio_database_commit (self->database, error))
    return g_steal_pointer (&candidates);

  return NULL;
}

/* A job that can no longer be read ends here, with the reason; it keeps none of
 * the others waiting. */
static gboolean
end_damaged (DioArchive    *self,
             const char    *id,
             const GError  *reason,
             GError       **error)
{
  return dio_database_run (self->database, error,
                           "UPDATE jobs SET state = ?, error_class = ?, error_message = ?, updated = ? WHERE id = ?",
                           "sssxs", dio_job_state_get_nick (DIO_JOB_FAILED),
                           dio_error_get_nick (DIO_ERROR_INVALID), reason->message, g_get_real_time (), id);
}

static gboolean
load_all (DioArchive  *self,
          GPtrArray   *candidates,
          GPtrArray   *jobs,
          GError     **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);
      g_autoptr(GError) reason = NULL;
      DioTakenJob *taken = _dio_archive_load_job (self, candidate->id, &reason);

      if (taken != NULL)
        {
          g_ptr_array_add (jobs, taken);
        }
      else if (g_error_matches (reason, DIO_ERROR, DIO_ERROR_STORAGE))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      else if (!end_damaged (self, candidate->id, reason, error))
        {
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * dio_archive_take_open:
 * @self: an open archive
 * @error: return location for a #GError
 *
 * Makes this process the driver of all jobs that are not over, or whose pictures
 * could not be stored, and that no living process drives. Those of this computer's
 * engine end instead.
 *
 * Returns: (transfer full) (element-type DioTakenJob): the jobs, oldest first
 */
GPtrArray *
dio_archive_take_open (DioArchive  *self,
                       GError     **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_taken_job_free);
  g_autoptr(GPtrArray) candidates = NULL;

  if (!_dio_archive_check_open (self, error) || !_dio_archive_end_orphans (self, error))
    return NULL;

  candidates = take_all (self, error);
  if (candidates == NULL)
    return NULL;

  if (load_all (self, candidates, jobs, error))
    return g_steal_pointer (&jobs);

  for (guint i = 0; i < candidates->len; i++)
    release (self, ((Candidate *) g_ptr_array_index (candidates, i))->id);

  return NULL;
}

/* @candidate: (out): the job's owner of now */
static gboolean
find_owner (DioArchive  *self,
            Candidate   *candidate,
            gboolean    *is_over,
            GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;
  DioJobState state;

  statement = dio_database_query (self->database, error, "SELECT owner, state FROM jobs WHERE id = ?",
                                  "s", candidate->id);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  if (!has_row)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %s", candidate->id);
      return FALSE;
    }

  candidate->owner = g_strdup (dio_statement_get_text (statement, 0));
  *is_over = dio_job_state_from_nick (dio_statement_get_text (statement, 1), &state) && dio_job_state_is_over (state);

  return TRUE;
}

static gboolean
take_one (DioArchive  *self,
          const char  *id,
          GError     **error)
{
  g_autofree char *own_id = g_strdup (id);
  g_autofree char *owner = NULL;
  Candidate candidate = { own_id, NULL };
  gboolean is_over;
  gboolean is_free;
  gboolean is_ours = FALSE;

  if (!find_owner (self, &candidate, &is_over, error))
    return FALSE;

  owner = candidate.owner;
  is_free = is_over || g_strcmp0 (owner, dio_owner_get_id (self->owner)) == 0 ||
            dio_owner_is_gone (self->owners, owner);
  if (is_free && !take (self, &candidate, &is_ours, error))
    return FALSE;

  if (!is_ours)
    g_set_error (error, DIO_ERROR, DIO_ERROR_BUSY, "Another program drives the job %s", id);

  return is_ours;
}

/**
 * dio_archive_take_job:
 * @self: an open archive
 * @id: a job
 * @error: return location for a #GError
 *
 * Makes this process the driver of one job. Nobody drives a job that is over,
 * even if the process lives that did.
 *
 * Returns: (transfer full): the job; %NULL with %DIO_ERROR_NOT_FOUND,
 *   %DIO_ERROR_BUSY when another process drives it, %DIO_ERROR_INVALID for one
 *   that cannot be read any more, or %DIO_ERROR_STORAGE
 */
DioTakenJob *
dio_archive_take_job (DioArchive  *self,
                      const char  *id,
                      GError     **error)
{
  if (!_dio_archive_check_open (self, error) ||
      !_dio_archive_end_orphans (self, error) ||
      !take_one (self, id, error))
    return NULL;

  return _dio_archive_load_job (self, id, error);
}
