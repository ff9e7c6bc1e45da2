/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder with photos and a composition.json that says how they go together. */

#include "config.h"

#include "dio-studio.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-json.h"

#include <string.h>

typedef struct
{
  /* Given */
  GFile          *folder;      /* (owned) */
  DioComposition *composition; /* (owned) */

  /* Under way */
  JsonNode       *root;        /* (owned) */
  JsonArray      *entries;     /* (borrowed): of @root */
  guint           position;    /* of the entry being imported */
  GPtrArray      *references;  /* (owned): imported so far */
} Load;

static void import_next (GTask *task);

static void
load_free (Load *load)
{
  g_clear_object (&load->folder);
  g_clear_object (&load->composition);
  g_clear_pointer (&load->root, json_node_unref);
  g_clear_pointer (&load->references, g_ptr_array_unref);
  g_free (load);
}

static JsonObject *
get_entry (Load *load)
{
  JsonNode *node = json_array_get_element (load->entries, load->position);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static DioModelInfo *
find_model (const char *id,
            gpointer    studio)
{
  return dio_studio_find_model (studio, id);
}

static void
reference_imported_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Load *load = g_task_get_task_data (task);
  g_autoptr(DioReference) reference = NULL;
  GError *error = NULL;

  reference = dio_studio_import_finish (DIO_STUDIO (object), result, &error);
  if (reference == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  dio_reference_load_json (reference, json_array_get_element (load->entries, load->position));
  g_ptr_array_add (load->references, g_steal_pointer (&reference));

  load->position++;
  import_next (g_steal_pointer (&task));
}

static void
import_next (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  GCancellable *cancellable = g_task_get_cancellable (task);
  DioStudio *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GFile) file = NULL;
  const char *name;

  if (load->position == json_array_get_length (load->entries))
    {
      /* Everything was read: the composition changes at once, or not at all. */
      dio_composition_fill (load->composition, load->root, load->references, find_model, self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* A name only: the folder must not lead out of itself. */
  name = dio_json_get_string (get_entry (load), "file");
  if (name == NULL || strchr (name, '/') != NULL)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_INVALID,
                               "Reference %u has no file name", load->position + 1);
      return;
    }

  file = g_file_get_child (load->folder, name);
  dio_studio_import_file_async (self, file, cancellable,
                                reference_imported_cb, g_steal_pointer (&task));
}

static void
description_read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) json_error = NULL;

  bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  if (bytes == NULL)
    {
      g_task_return_error (task, dio_error_from_io (error, "composition.json"));
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
      !dio_composition_check_model (load->composition, load->root, find_model, g_task_get_source_object (task), &error))
    {
      g_prefix_error (&error, "composition.json: ");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  load->entries = dio_json_get_array (json_node_get_object (load->root), "references");
  import_next (g_steal_pointer (&task));
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
  g_autoptr(GFile) description = NULL;
  Load *load;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  load = g_new0 (Load, 1);
  load->folder = g_object_ref (folder);
  load->composition = g_object_ref (composition);
  load->references = g_ptr_array_new_with_free_func (g_object_unref);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_load_folder_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);

  description = g_file_get_child (folder, "composition.json");
  g_file_load_bytes_async (description, cancellable, description_read_cb, g_steal_pointer (&task));
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
