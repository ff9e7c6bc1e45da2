/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a composition with what a description names, photo after photo. */

#include "config.h"

#include "dio-studio-private.h"

#include "dio-composition-json.h"
#include "dio-json.h"

typedef struct
{
  /* Given */
  DioComposition    *composition; /* (owned) */
  JsonNode          *root;        /* (owned) */
  DioStudioFindFunc  find;
  gpointer           data;        /* (borrowed): the caller keeps it until the end */

  /* Under way */
  JsonArray         *entries;     /* (borrowed): of @root */
  guint              position;    /* of the entry being imported */
  GPtrArray         *references;  /* (owned): imported so far */
} Filling;

static void import_next (GTask *task);

static void
filling_free (Filling *filling)
{
  g_clear_object (&filling->composition);
  g_clear_pointer (&filling->root, json_node_unref);
  g_clear_pointer (&filling->references, g_ptr_array_unref);
  g_free (filling);
}

static DioModelInfo *
find_model (const char *id,
            gpointer    studio)
{
  return dio_studio_find_model (studio, id);
}

/* Whether @composition can be filled as far as its model goes. */
gboolean
_dio_studio_check_model (DioStudio       *self,
                         DioComposition  *composition,
                         JsonNode        *root,
                         GError         **error)
{
  return dio_composition_check_model (composition, root, find_model, self, error);
}

static void
photo_imported_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Filling *filling = g_task_get_task_data (task);
  g_autoptr(DioReference) reference = NULL;
  GError *error = NULL;

  reference = dio_studio_import_finish (DIO_STUDIO (object), result, &error);
  if (reference == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  dio_reference_load_json (reference, json_array_get_element (filling->entries, filling->position));
  g_ptr_array_add (filling->references, g_steal_pointer (&reference));

  filling->position++;
  import_next (g_steal_pointer (&task));
}

static void
import_next (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  DioStudio *self = g_task_get_source_object (task);
  Filling *filling = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GError *error = NULL;
  JsonNode *node;
  JsonObject *entry;

  if (filling->position == json_array_get_length (filling->entries))
    {
      /* Everything was read: the composition changes at once, or not at all. */
      dio_composition_fill (filling->composition, filling->root, filling->references, find_model, self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  node = json_array_get_element (filling->entries, filling->position);
  entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (!filling->find (entry, filling->position, filling->data, &file, &bytes, &error))
    g_task_return_error (task, error);
  else if (bytes != NULL)
    dio_studio_import_bytes_async (self, bytes, dio_json_get_string (entry, "file"), cancellable,
                                   photo_imported_cb, g_steal_pointer (&task));
  else
    dio_studio_import_file_async (self, file, cancellable, photo_imported_cb, g_steal_pointer (&task));
}

/* Imports each reference of @root, which was checked, and then fills
 * @composition. @find says where a photo is, and @data is kept by the caller. */
void
_dio_studio_fill_async (DioStudio           *self,
                        DioComposition      *composition,
                        JsonNode            *root,
                        DioStudioFindFunc    find,
                        gpointer             data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Filling *filling = g_new0 (Filling, 1);

  filling->composition = g_object_ref (composition);
  filling->root = json_node_ref (root);
  filling->find = find;
  filling->data = data;
  filling->entries = dio_json_get_array (json_node_get_object (root), "references");
  filling->references = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, _dio_studio_fill_async);
  g_task_set_task_data (task, filling, (GDestroyNotify) filling_free);
  import_next (g_steal_pointer (&task));
}

gboolean
_dio_studio_fill_finish (DioStudio     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, _dio_studio_fill_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
