/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a file that was downloaded under another name: it gets its own, or is
 * removed. Done in a thread, since disks are slow; who keeps the file waits for the
 * disk. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

#include <errno.h>
#include <glib/gstdio.h>

typedef struct
{
  char          *path;   /* (owned) */
  char          *part;   /* (owned) */
  GOutputStream *output; /* (owned) */
  gboolean       keep;
} Ending;

static void
ending_free (gpointer data)
{
  Ending *ending = data;

  g_clear_object (&ending->output);
  g_free (ending->part);
  g_free (ending->path);
  g_free (ending);
}

static gboolean
publish (Ending  *ending,
         GError **error)
{
  g_autofree char *folder = g_path_get_dirname (ending->path);
  g_autoptr(GError) local_error = NULL;

  if (!g_output_stream_close (ending->output, NULL, &local_error))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", folder, local_error->message);
      return FALSE;
    }

  if (g_rename (ending->part, ending->path) == 0)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", folder, g_strerror (errno));

  return FALSE;
}

static void
end_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Ending *ending = task_data;
  GError *error = NULL;

  if (ending->keep && publish (ending, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_output_stream_close (ending->output, NULL, NULL);
  g_unlink (ending->part);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Closes @output (transfer full), which writes to @part, and gives the file the
 * name @path where @keep is set. */
void
dio_http_part_end_async (const char          *part,
                         const char          *path,
                         GOutputStream       *output,
                         gboolean             keep,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Ending *ending = g_new (Ending, 1);

  ending->path = g_strdup (path);
  ending->part = g_strdup (part);
  ending->output = output;
  ending->keep = keep;

  g_task_set_source_tag (task, dio_http_part_end_async);
  g_task_set_task_data (task, ending, ending_free);
  g_task_run_in_thread (task, end_in_thread);
}

/* Returns: FALSE with DIO_ERROR_STORAGE where it could not have its name, and
 *   nothing is left of it */
gboolean
dio_http_part_end_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_http_part_end_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
