/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: compositions that were being edited when the program ended. */

#include "config.h"

#include "dio-studio.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-json.h"

typedef struct
{
  /* Given; the thread has them until it is done */
  DioDraft       *draft;       /* (borrowed) */
  DioLibrary     *library;     /* (owned) */

  /* Found */
  JsonNode       *root;        /* (owned) (nullable) */
  GHashTable     *photos;      /* (owned) (element-type utf8 GBytes): by hash */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->library);
  g_clear_pointer (&reading->root, json_node_unref);
  g_clear_pointer (&reading->photos, g_hash_table_unref);
  g_free (reading);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, dio_draft_find (task_data), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dio_studio_find_drafts_async:
 * @self: a studio
 * @cancellable: (nullable): ends the search
 * @callback: called when they are found
 * @user_data: data for @callback
 */
void
dio_studio_find_drafts_async (DioStudio           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_STUDIO (self));

  /* Without the studio as its source: the thread must not be the last to hold it. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_find_drafts_async);
  g_task_set_task_data (task, g_strdup (dio_studio_get_draft_folder (self)), g_free);
  g_task_run_in_thread (task, find_thread);
}

/**
 * dio_studio_find_drafts_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DioDraft): those that no process has
 */
GPtrArray *
dio_studio_find_drafts_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_find_drafts_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_hash (JsonArray *entries,
          guint      position)
{
  JsonNode *node = json_array_get_element (entries, position);

  return JSON_NODE_HOLDS_OBJECT (node) ? dio_json_get_string (json_node_get_object (node), "hash") : NULL;
}

static void
load_photos (Reading *reading)
{
  JsonArray *entries = dio_json_get_array (json_node_get_object (reading->root), "references");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *hash = get_hash (entries, i);
      g_autoptr(GError) reason = NULL;
      GBytes *bytes = hash != NULL ? dio_library_load_reference (reading->library, hash, &reason) : NULL;

      if (bytes != NULL)
        g_hash_table_insert (reading->photos, g_strdup (hash), bytes);
      else if (reason != NULL)
        g_message ("%s", reason->message);
    }
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  g_autoptr(GBytes) bytes = dio_draft_read (reading->draft, &error);

  reading->root = bytes != NULL ? dio_json_parse (bytes, &error) : NULL;
  if (reading->root == NULL || !dio_composition_check_json (reading->root, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  load_photos (reading);
  g_task_return_boolean (task, TRUE);
}

static DioReference *
make_reference (JsonNode   *entry,
                const char *hash,
                GBytes     *bytes)
{
  JsonObject *object = json_node_get_object (entry);
  const char *type = dio_json_get_string (object, "type");
  DioReference *reference;

  reference = dio_reference_new_known (bytes, hash, type != NULL ? type : "application/octet-stream",
                                       CLAMP (dio_json_get_integer (object, "width", 1), 1, G_MAXUINT16),
                                       CLAMP (dio_json_get_integer (object, "height", 1), 1, G_MAXUINT16),
                                       dio_json_get_string (object, "file"));
  dio_reference_load_json (reference, entry);

  return reference;
}

static DioModelInfo *
find_model (const char *id,
            gpointer    studio)
{
  return dio_studio_find_model (studio, id);
}

/* Returns: how many photos are gone */
static guint
fill (DioStudio      *self,
      Reading        *reading,
      DioComposition *composition)
{
  g_autoptr(GPtrArray) references = g_ptr_array_new_with_free_func (g_object_unref);
  JsonObject *object = json_node_get_object (reading->root);
  JsonArray *entries = dio_json_get_array (object, "references");
  const char *uri = dio_json_get_string (object, "saved-in");
  g_autoptr(GFile) file = uri != NULL ? g_file_new_for_uri (uri) : NULL;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *hash = get_hash (entries, i);
      GBytes *bytes = hash != NULL ? g_hash_table_lookup (reading->photos, hash) : NULL;

      if (bytes != NULL)
        g_ptr_array_add (references, make_reference (json_array_get_element (entries, i), hash, bytes));
    }

  dio_composition_fill (composition, reading->root, references, find_model, self);
  dio_composition_set_file (composition, file);

  return json_array_get_length (entries) - references->len;
}

static void
draft_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioStudio *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  guint n_gone;

  /* The thread may be the last to hold its own task. */
  g_clear_object (&reading->library);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  n_gone = fill (self, reading, g_task_get_task_data (task));
  g_object_set_data (G_OBJECT (task), "is-saved",
                     GINT_TO_POINTER (!dio_json_get_boolean (json_node_get_object (reading->root), "modified", TRUE)));
  if (n_gone == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%u photos are no longer kept", n_gone);
}

/**
 * dio_studio_load_draft_async:
 * @self: an open studio
 * @draft: a draft of ours, which must live until it is loaded
 * @composition: what to fill; untouched when @draft cannot be read
 * @callback: called when @composition is filled, or cannot be
 * @user_data: data for @callback
 */
void
dio_studio_load_draft_async (DioStudio           *self,
                             DioDraft            *draft,
                             DioComposition      *composition,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) work = NULL;
  Reading *reading;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (draft != NULL);
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_studio_load_draft_async);
  g_task_set_task_data (task, g_object_ref (composition), g_object_unref);

  reading = g_new0 (Reading, 1);
  reading->draft = draft;
  reading->library = g_object_ref (dio_studio_get_library (self));
  reading->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  work = g_task_new (NULL, NULL, draft_read_cb, g_steal_pointer (&task));
  g_task_set_task_data (work, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (work, read_thread);
}

/**
 * dio_studio_load_draft_finish:
 * @self: a studio
 * @result: what the callback was given
 * @is_saved: (out): whether it is what the composition's file holds
 * @error: return location for an error; with %DIO_ERROR_NOT_FOUND photos are
 *   gone, and the rest is there
 *
 * Returns: whether all is as it was
 */
gboolean
dio_studio_load_draft_finish (DioStudio     *self,
                              GAsyncResult  *result,
                              gboolean      *is_saved,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_load_draft_async), FALSE);

  *is_saved = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "is-saved"));

  return g_task_propagate_boolean (G_TASK (result), error);
}
