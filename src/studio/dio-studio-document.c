/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents: compositions into files, and back. The photos of one that is opened
 * are looked through and kept as if each had been dropped. */

#include "config.h"

#include "dio-studio-private.h"

#include "dio-composition-json.h"
#include "dio-document.h"
#include "dio-json.h"

typedef struct
{
  /* Given */
  GFile          *file;        /* (owned) */
  DioComposition *composition; /* (owned) */

  /* Under way */
  DioDocument    *document;    /* (owned) (nullable) */
} Opening;

/* What a thread gets, and gives back. */
typedef struct
{
  GFile       *file;     /* (owned) */
  DioDocument *document; /* (owned) (nullable) */
} Work;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->file);
  g_clear_object (&opening->composition);
  g_clear_pointer (&opening->document, dio_document_free);
  g_free (opening);
}

static void
work_free (Work *work)
{
  g_clear_object (&work->file);
  g_clear_pointer (&work->document, dio_document_free);
  g_free (work);
}

static gboolean
find_photo (JsonObject  *entry,
            guint        position,
            gpointer     data,
            GFile      **file,
            GBytes     **bytes,
            GError     **error)
{
  Opening *opening = data;

  /* The document was checked: each photo that it names is in it. */
  *bytes = g_bytes_ref (g_hash_table_lookup (opening->document->photos, dio_json_get_string (entry, "hash")));

  return TRUE;
}

static void
filled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  if (!_dio_studio_fill_finish (DIO_STUDIO (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  dio_composition_set_file (opening->composition, opening->file);
  g_task_return_boolean (task, TRUE);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  work->document = dio_document_read (work->file, cancellable, &error);
  if (work->document != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
document_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Opening *opening = g_task_get_task_data (task);
  DioStudio *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (G_TASK (result));
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !_dio_studio_check_model (self, opening->composition, work->document->root, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  opening->document = g_steal_pointer (&work->document);
  _dio_studio_fill_async (self, opening->composition, opening->document->root, find_photo, opening, cancellable,
                          filled_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_open_document_async:
 * @self: a studio that can import photos
 * @file: a document, perhaps of a stranger
 * @composition: what to fill; untouched when something cannot be read. Its
 *   model stays where @file names one that is not known
 * @cancellable: (nullable): ends the reading
 * @callback: called when @composition is filled, or cannot be
 * @user_data: data for @callback
 */
void
dio_studio_open_document_async (DioStudio           *self,
                                GFile               *file,
                                DioComposition      *composition,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) reading = NULL;
  Opening *opening;
  Work *work;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  opening = g_new0 (Opening, 1);
  opening->file = g_object_ref (file);
  opening->composition = g_object_ref (composition);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_open_document_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);

  work = g_new0 (Work, 1);
  work->file = g_object_ref (file);
  reading = g_task_new (NULL, cancellable, document_read_cb, g_steal_pointer (&task));
  g_task_set_task_data (reading, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (reading, read_thread);
}

gboolean
dio_studio_open_document_finish (DioStudio     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_open_document_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  if (dio_document_write (work->document, work->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
document_written_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static DioDocument *
make_document (DioComposition *composition)
{
  GListModel *references = dio_composition_get_references (composition);
  g_autoptr(JsonNode) root = dio_composition_to_json (composition);
  DioDocument *document = dio_document_new (root);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      g_hash_table_insert (document->photos, g_strdup (dio_reference_get_hash (reference)),
                           g_bytes_ref (dio_reference_get_bytes (reference)));
    }

  return document;
}

/**
 * dio_studio_save_document_async:
 * @self: a studio
 * @composition: what to save, as it is now
 * @file: where to; what is there is replaced once all is on the disk
 * @cancellable: (nullable): ends the writing, and @file is what it was
 * @callback: called when it is written, or cannot be
 * @user_data: data for @callback
 */
void
dio_studio_save_document_async (DioStudio           *self,
                                DioComposition      *composition,
                                GFile               *file,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) writing = NULL;
  Work *work;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (DIO_IS_COMPOSITION (composition));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_save_document_async);

  work = g_new0 (Work, 1);
  work->file = g_object_ref (file);
  work->document = make_document (composition);
  writing = g_task_new (NULL, cancellable, document_written_cb, g_steal_pointer (&task));
  g_task_set_task_data (writing, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (writing, write_thread);
}

gboolean
dio_studio_save_document_finish (DioStudio     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_save_document_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
