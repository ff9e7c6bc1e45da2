/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: opening it, and its jobs. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* What this computer was making when the program ended is lost with it; the
 * work of all others goes on elsewhere, and is looked up rather than given up. */
#define LOCAL_PROVIDER "local"

static const char *const migrations[] = {
  /* 1 */
  "CREATE TABLE jobs ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  title TEXT NOT NULL,"
  "  prompt TEXT NOT NULL,"
  "  request TEXT NOT NULL,"      /* JSON; photos by their hashes */
  "  state TEXT NOT NULL,"        /* nick of a DioJobState */
  "  error_class TEXT,"           /* nick of a DioError */
  "  error_message TEXT,"
  "  created INTEGER NOT NULL,"   /* microseconds since 1970, as all times */
  "  updated INTEGER NOT NULL,"
  "  remote_id TEXT,"             /* the provider's name for it */
  "  owner TEXT"                  /* whose process drives it: a file in owners/ */
  ");"
  "CREATE TABLE results ("
  "  seq INTEGER PRIMARY KEY,"    /* order of coming, whatever the clock did */
  "  id TEXT NOT NULL UNIQUE,"
  "  job_id TEXT NOT NULL REFERENCES jobs (id),"
  "  idx INTEGER NOT NULL,"
  "  path TEXT NOT NULL,"         /* in pictures/ */
  "  width INTEGER NOT NULL,"
  "  height INTEGER NOT NULL,"
  "  seed INTEGER NOT NULL,"      /* -1: not known */
  "  seconds REAL NOT NULL,"      /* -1: not known */
  "  used TEXT,"                  /* JSON; NULL: not known */
  "  unused TEXT,"                /* JSON; NULL: not known */
  "  notes TEXT NOT NULL,"        /* JSON */
  "  created INTEGER NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  prompt TEXT NOT NULL,"
  "  UNIQUE (job_id, idx)"
  ");",
  NULL
};

/**
 * dio_archive_new:
 * @folder: the data folder; it need not exist yet
 *
 * Returns: (transfer full): an archive that is not open yet
 */
DioArchive *
dio_archive_new (const char *folder)
{
  DioArchive *self = g_new0 (DioArchive, 1);
  g_autofree char *references = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  references = g_build_filename (folder, "references", NULL);
  self->folder = g_strdup (folder);
  self->pictures = g_build_filename (folder, "pictures", NULL);
  self->owners = g_build_filename (folder, "owners", NULL);
  self->references = dio_reference_store_new (references);

  return self;
}

void
dio_archive_free (DioArchive *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->database, dio_database_free);
  g_clear_pointer (&self->owner, dio_owner_free);
  dio_reference_store_free (self->references);
  g_free (self->folder);
  g_free (self->pictures);
  g_free (self->owners);
  g_free (self);
}

/**
 * dio_archive_get_references:
 * @self: an archive
 *
 * Returns: (transfer none): its references, which any thread may use
 */
DioReferenceStore *
dio_archive_get_references (DioArchive *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->references;
}

gboolean
_dio_archive_check_open (DioArchive  *self,
                         GError     **error)
{
  if (self->database != NULL)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "The library in %s is not open", self->folder);

  return FALSE;
}

static GString *
list_over_states (void)
{
  GString *list = g_string_new (NULL);

  for (guint state = 0; state < DIO_N_JOB_STATES; state++)
    {
      if (dio_job_state_is_over (state))
        g_string_append_printf (list, "%s'%s'", list->len > 0 ? ", " : "", dio_job_state_get_nick (state));
    }

  return list;
}

static GPtrArray *
load_open_owners (DioArchive  *self,
                  const char  *over,
                  GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT coalesce (owner, '') FROM jobs "
                                          "WHERE provider = ? AND state NOT IN (%s)",
                                          over);
  g_autoptr(DioStatement) statement = dio_database_query (self->database, error, sql, "s", LOCAL_PROVIDER);
  g_autoptr(GPtrArray) owners = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = statement != NULL;

  while (has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (owners, g_strdup (dio_statement_get_text (statement, 0)));
    }

  return statement != NULL ? g_steal_pointer (&owners) : NULL;
}

/* Jobs that no process works on any more, although they are not over. */
static gboolean
end_orphans (DioArchive  *self,
             GError     **error)
{
  g_autoptr(GString) over = list_over_states ();
  g_autoptr(GPtrArray) owners = load_open_owners (self, over->str, error);
  g_autofree char *sql = g_strdup_printf ("UPDATE jobs SET state = ?, error_message = ?, updated = ? "
                                          "WHERE provider = ? AND coalesce (owner, '') = ? AND state NOT IN (%s)",
                                          over->str);

  if (owners == NULL)
    return FALSE;

  for (guint i = 0; i < owners->len; i++)
    {
      const char *owner = g_ptr_array_index (owners, i);

      if (dio_owner_is_gone (self->owners, owner) &&
          !dio_database_run (self->database, error, sql, "ssxss",
                             dio_job_state_get_nick (DIO_JOB_CANCELLED),
                             "the program ended before it was done",
                             g_get_real_time (), LOCAL_PROVIDER, owner))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_locked (DioArchive  *self,
             GError     **error)
{
  g_autofree char *references = g_build_filename (self->folder, "references", NULL);
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);

  self->database = dio_database_open (path, migrations, error);
  if (self->database == NULL)
    return FALSE;

  self->owner = dio_owner_new (self->owners, error);
  if (self->owner == NULL || !end_orphans (self, error))
    return FALSE;

  dio_part_file_sweep (self->pictures, self->owners);
  dio_part_file_sweep (references, self->owners);
  dio_owner_sweep (self->owners);
  dio_reference_store_set_owner (self->references, dio_owner_get_id (self->owner));

  return dio_part_file_sync (self->folder, error);
}

/* Processes open one after the other: two that migrate, or one that sweeps
 * while another takes up its lock, would be in each other's way. */
static int
lock_folder (const char  *folder,
             GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = fd < 0 ? errno : 0;

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    {
      if (errno == EINTR)
        continue;

      code = errno;
      close (fd);
      fd = -1;
    }

  if (fd < 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot lock %s: %s", folder, g_strerror (code));

  return fd;
}

/**
 * dio_archive_open:
 * @self: an archive
 * @error: return location for a #GError
 *
 * Opens the database, and clears away what processes left that have died: their
 * unfinished files, and jobs of this computer's own engine that they drove.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE; it may be tried again
 */
gboolean
dio_archive_open (DioArchive  *self,
                  GError     **error)
{
  gboolean opened;
  int fd;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->database != NULL)
    return TRUE;

  if (!dio_paths_make_folder (self->folder, error))
    return FALSE;

  fd = lock_folder (self->folder, error);
  if (fd < 0)
    return FALSE;

  opened = open_locked (self, error);
  if (!opened)
    {
      g_clear_pointer (&self->database, dio_database_free);
      g_clear_pointer (&self->owner, dio_owner_free);
    }
  close (fd);

  return opened;
}

/**
 * dio_archive_add_job:
 * @self: an open archive
 * @job: a record with its request
 * @error: return location for a #GError
 *
 * Writes a new job and the photos it needs, in the name of this process.
 */
gboolean
dio_archive_add_job (DioArchive          *self,
                     const DioJobRecord  *job,
                     GError             **error)
{
  if (!_dio_archive_check_open (self, error))
    return FALSE;

  for (guint i = 0; i < job->references->len; i++)
    {
      g_autoptr(GBytes) kept = NULL;

      kept = dio_reference_store_keep (self->references, g_ptr_array_index (job->references, i), error);
      if (kept == NULL)
        return FALSE;
    }

  return dio_database_run (self->database, error,
                           "INSERT INTO jobs (id, provider, model, title, prompt, request, state,"
                           "                  created, updated, owner) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           "sssssssxxs",
                           job->id, job->provider_id, job->model_id, job->title, job->prompt, job->request,
                           dio_job_state_get_nick (DIO_JOB_STORED), job->created, g_get_real_time (),
                           dio_owner_get_id (self->owner));
}

/**
 * dio_archive_update_job:
 * @self: an open archive
 * @job: a record
 * @error: return location for a #GError
 *
 * Writes the state and error of a job.
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND for a job that was never added,
 *   or %DIO_ERROR_STORAGE
 */
gboolean
dio_archive_update_job (DioArchive          *self,
                        const DioJobRecord  *job,
                        GError             **error)
{
  if (!_dio_archive_check_open (self, error) ||
      !dio_database_run (self->database, error,
                         "UPDATE jobs SET state = ?, error_class = ?, error_message = ?, updated = ? "
                         "WHERE id = ?",
                         "sssxs",
                         job->state, job->error_class, job->error_message, g_get_real_time (), job->id))
    return FALSE;

  if (dio_database_get_n_changes (self->database) > 0)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %s", job->id);

  return FALSE;
}
