/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a job's row, more than once where the disk is not willing: a job whose
 * end is not written is met as unfinished at the next start. */

#include "config.h"

#include "dio-job-queue-private.h"

#include "dio-error.h"

/* Three seconds in all: a lock of another process passes, a full disk does not. */
#define MAX_TRIES 6
#define FIRST_DELAY 100 /* ms, doubled each time */

typedef struct
{
  DioJobEntry        *entry;  /* (owned) */
  guint               serial;
  guint               n_tries;
  DioJobEntryWritten  written;
} Writing;

static void push (Writing *writing);

static void
writing_free (Writing *writing)
{
  _dio_job_entry_unref (writing->entry);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

/* The row has been written anew since, behind this. */
static gboolean
is_stale (Writing *writing)
{
  return writing->serial != writing->entry->serial;
}

static gboolean
try_again_cb (gpointer user_data)
{
  Writing *writing = user_data;

  if (is_stale (writing))
    writing_free (writing);
  else
    push (writing);

  return G_SOURCE_REMOVE;
}

/* What is another's does not become ours by insisting. */
static gboolean
is_worth_another_try (Writing      *writing,
                      const GError *error)
{
  return error != NULL && !g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND)
         && writing->n_tries < MAX_TRIES;
}

static void
row_written_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Writing) writing = user_data;
  g_autoptr(GError) error = NULL;

  dio_job_store_update_job_finish (DIO_JOB_STORE (object), result, &error);
  if (is_stale (writing))
    return;

  if (!is_worth_another_try (writing, error))
    {
      writing->written (writing->entry, error);
      return;
    }

  g_debug ("Job %s is not written yet: %s", dio_job_get_id (writing->entry->job), error->message);
  g_timeout_add (FIRST_DELAY << (writing->n_tries - 1), try_again_cb, writing);
  g_steal_pointer (&writing);
}

static void
push (Writing *writing)
{
  DioJobEntry *entry = writing->entry;

  writing->n_tries++;
  dio_job_store_update_job_async (entry->queue->store, entry->job, row_written_cb, writing);
}

/* Calls @written when the row tells what the job is now, unless it is written
 * anew before. */
void
_dio_job_entry_write (DioJobEntry        *self,
                      DioJobEntryWritten  written)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->entry = _dio_job_entry_ref (self);
  writing->serial = ++self->serial;
  writing->written = written;
  push (writing);
}
