/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clears away what is left of a job's downloads, but for what is whole and will be
 * stored after all: nobody else would look there. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include "hosted/dio-hosted-fetch.h"

#include <glib/gstdio.h>

typedef struct
{
  char     *folder; /* (owned) */
  char     *job_id; /* (owned) */
  GStrv     kept;   /* (owned): what names begin with that stay; one of each picture */
  gboolean *found;  /* (owned): whether there is such a file */
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_free (sweep->job_id);
  g_strfreev (sweep->kept);
  g_free (sweep->found);
  g_free (sweep);
}

static gboolean
keep (Sweep      *sweep,
      const char *name)
{
  for (guint i = 0; sweep->kept[i] != NULL; i++)
    {
      if (*sweep->kept[i] == '\0' || !g_str_has_prefix (name, sweep->kept[i]))
        continue;

      sweep->found[i] = TRUE;
      return TRUE;
    }

  return FALSE;
}

static void
sweep_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Sweep *sweep = task_data;
  g_autoptr(GDir) dir = g_dir_open (sweep->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (sweep->folder, name, NULL);

      /* What is not whole yet has a dot in front. */
      if (g_str_has_prefix (*name == '.' ? name + 1 : name, sweep->job_id) && !keep (sweep, name))
        g_unlink (path);
    }

  g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full): by picture; empty where nothing stays */
static GStrv
list_kept (const char        *job_id,
           DioHostedPictures *pictures)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < pictures->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (pictures->list, i);
      gboolean is_known = picture->kind == DIO_WIRE_PICTURE_BASE64 || picture->data != NULL;
      g_autofree char *prefix = picture->state == DIO_HOSTED_TOLD && is_known
                                  ? dio_hosted_fetch_dup_prefix (job_id, picture) : g_strdup ("");

      g_strv_builder_add (builder, prefix);
    }

  return g_strv_builder_end (builder);
}

/**
 * dio_hosted_sweep_async:
 * @provider: who drives it
 * @job_id: a job of which nothing is being fetched or stored
 * @pictures: those that are known; what came of one that is not here stays
 * @callback: called when nothing else of its downloads is left
 * @user_data: data for @callback
 */
void
dio_hosted_sweep_async (DioHostedProvider   *provider,
                        const char          *job_id,
                        DioHostedPictures   *pictures,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Sweep *sweep = g_new (Sweep, 1);

  sweep->folder = dio_hosted_provider_dup_folder (provider, DIO_HOSTED_DOWNLOADS);
  sweep->job_id = g_strdup (job_id);
  sweep->kept = list_kept (job_id, pictures);
  sweep->found = g_new0 (gboolean, pictures->list->len + 1);
  g_task_set_source_tag (task, dio_hosted_sweep_async);
  g_task_set_task_data (task, sweep, sweep_free);
  g_task_run_in_thread (task, sweep_thread);
}

/**
 * dio_hosted_sweep_finish:
 * @pictures: those of dio_hosted_sweep_async(); learn which of them are kept
 * @result: what the callback was given
 */
void
dio_hosted_sweep_finish (DioHostedPictures *pictures,
                         GAsyncResult      *result)
{
  Sweep *sweep = g_task_get_task_data (G_TASK (result));

  g_return_if_fail (g_async_result_is_tagged (result, dio_hosted_sweep_async));

  for (guint i = 0; i < pictures->list->len; i++)
    ((DioHostedPicture *) g_ptr_array_index (pictures->list, i))->is_kept = sweep->found[i];
}
