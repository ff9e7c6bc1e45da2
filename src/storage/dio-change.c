/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change that a person makes to results, on its way through the thread. The
 * objects that others hold show it once it is on the disk. */

#include "config.h"

#include "dio-change-private.h"

#include "dio-error.h"

/* How many objects show a change before the main loop has its turn. */
#define SLICE 500

static void
change_free (DioChange *self)
{
  g_strfreev (self->ids);
  g_strfreev (self->add);
  g_strfreev (self->remove);
  g_free (self->path);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_free (self);
}

/* @results: (element-type DioResult): which it is about */
DioChange *
_dio_change_new (GPtrArray *results)
{
  DioChange *self = g_new0 (DioChange, 1);

  self->ids = g_new0 (char *, results->len + 1);
  for (guint i = 0; i < results->len; i++)
    self->ids[i] = g_strdup (dio_result_get_id (g_ptr_array_index (results, i)));

  return self;
}

const char * const *
_dio_change_get_ids (DioChange *self)
{
  return (const char * const *) self->ids;
}

/* Takes @self. @tag: the public function that was called */
void
_dio_change_start (DioLibrary          *library,
                   gpointer             tag,
                   DioChange           *self,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data,
                   DioStorageFunc       func,
                   DioStorageDoneFunc   done)
{
  g_autoptr(GTask) task = g_task_new (library, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  library->n_changes++;
  _dio_library_push (g_steal_pointer (&task), self, (GDestroyNotify) change_free, func, done);
}

/* In the thread: reads the results as they are after the change. */
gboolean
_dio_change_read (DioChange   *self,
                  DioArchive  *archive,
                  GError     **error)
{
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; self->ids[i] != NULL; i++)
    {
      g_autoptr(GError) local_error = NULL;
      DioResult *result = dio_archive_load_result (archive, self->ids[i], &local_error);

      if (result != NULL)
        {
          g_ptr_array_add (self->changed, result);
        }
      else if (!g_error_matches (local_error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

static void show_next (DioLibrary *library);

/* Those at the end, which are then let go of.
 * Returns: whether there is more to be shown */
static gboolean
show_some (GTask *task)
{
  DioLibrary *library = DIO_LIBRARY (g_task_get_source_object (task));
  DioChange *self = g_task_get_task_data (task);
  guint first;

  if (self->changed == NULL)
    return FALSE;

  first = self->changed->len - MIN (self->changed->len, SLICE);
  _dio_library_share_some (library, self->changed, first, self->changed->len, TRUE);
  g_ptr_array_set_size (self->changed, first);

  return first > 0;
}

/* @task is at the head of the queue, and leaves it. */
static void
end_show (GTask *task)
{
  g_autoptr(DioLibrary) library = g_object_ref (g_task_get_source_object (task));
  DioChange *self = g_task_get_task_data (task);

  _dio_library_emit_changed (library, self->what);
  g_task_return_boolean (task, TRUE);
  g_object_unref (g_queue_pop_head (&library->showing));
  show_next (library);
}

static gboolean
show_some_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (show_some (task))
    return G_SOURCE_CONTINUE;

  end_show (task);
  return G_SOURCE_REMOVE;
}

static void
show_next (DioLibrary *library)
{
  GTask *task = g_queue_peek_head (&library->showing);
  g_autoptr(GSource) source = NULL;

  if (task == NULL)
    return;

  if (!show_some (task))
    {
      end_show (task);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_static_name (source, "[diorama] change");
  g_task_attach_source (task, source, show_some_cb);
}

/* In the main context: shows the change, and returns the task. What many results
 * are changed to is shown in slices, and what comes after it waits: older values
 * must not take the place of newer ones. */
void
_dio_change_show (GTask            *task,
                  DioLibraryChange  what)
{
  DioLibrary *library = DIO_LIBRARY (g_task_get_source_object (task));
  DioChange *self = g_task_get_task_data (task);

  library->n_changes++;
  self->what = what;
  g_queue_push_tail (&library->showing, g_object_ref (task));
  if (library->showing.length == 1)
    show_next (library);
}
