/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder with photos and a composition.json that says how they go together. */

#include "config.h"

#include "dio-studio-private.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-json.h"
#include "dio-read-file.h"

#include <string.h>

typedef struct
{
  /* Given */
  GFile          *folder;      /* (owned) */
  DioComposition *composition; /* (owned) */

  /* Under way */
  JsonNode       *root;        /* (owned) */
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->folder);
  g_clear_object (&load->composition);
  g_clear_pointer (&load->root, json_node_unref);
  g_free (load);
}

static gboolean
find_photo (JsonObject  *entry,
            guint        position,
            gpointer     data,
            GFile      **file,
            GBytes     **bytes,
            GError     **error)
{
  Load *load = data;
  const char *name = dio_json_get_string (entry, "file");

  /* A name only: the folder must not lead out of itself. */
  if (name == NULL || strchr (name, '/') != NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Reference %u has no file name", position + 1);
      return FALSE;
    }

  *file = g_file_get_child (load->folder, name);

  return TRUE;
}

static void
filled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (_dio_studio_fill_finish (DIO_STUDIO (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_description_thread (GTask        *task,
                         gpointer      source,
                         gpointer      task_data,
                         GCancellable *cancellable)
{
  GFile *file = task_data;
  GError *error = NULL;
  GBytes *bytes = dio_read_file (file, DIO_COMPOSITION_MAX_BYTES, cancellable, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
description_read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  DioStudio *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) json_error = NULL;

  bytes = g_task_propagate_pointer (G_TASK (result), &error);
  if (bytes == NULL)
    {
      g_prefix_error (&error, "composition.json: ");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  load->root = dio_json_parse (bytes, &json_error);
  if (load->root == NULL)
    {
      /* A file of this computer, not a reply. */
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_INVALID,
                               "composition.json: %s", json_error->message);
      return;
    }

  if (!dio_composition_check_json (load->root, &error) ||
      !_dio_studio_check_model (self, load->composition, load->root, &error))
    {
      g_prefix_error (&error, "composition.json: ");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  _dio_studio_fill_async (self, load->composition, load->root, find_photo, load, cancellable,
                          filled_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_load_folder_async:
 * @self: an open studio
 * @folder: a folder with a `composition.json` and the photos it names
 * @composition: what to fill; untouched when something cannot be read. Its
 *   model, if it has one, stays where @folder names one that is not known
 * @cancellable: (nullable): ends the loading
 * @callback: called when @composition is filled, or cannot be
 * @user_data: data for @callback
 */
void
dio_studio_load_folder_async (DioStudio           *self,
                              GFile               *folder,
                              DioComposition      *composition,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) reading = NULL;
  Load *load;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  load = g_new0 (Load, 1);
  load->folder = g_object_ref (folder);
  load->composition = g_object_ref (composition);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_load_folder_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);

  reading = g_task_new (NULL, cancellable, description_read_cb, g_steal_pointer (&task));
  g_task_set_source_tag (reading, read_description_thread);
  g_task_set_task_data (reading, g_file_get_child (folder, "composition.json"), g_object_unref);
  g_task_run_in_thread (reading, read_description_thread);
}

gboolean
dio_studio_load_folder_finish (DioStudio     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_load_folder_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
