/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done about a library that does not open, each in a thread of its
 * own: the library is not in use by then. */

#include "config.h"

#include "dio-library-rescue.h"

#include "dio-backup.h"
#include "dio-database.h"
#include "dio-error.h"
#include "dio-studio-adopt.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char   *folder;    /* (owned) */
  GError *error;     /* (owned) (nullable) */
  GFile  *backup;    /* (owned) (nullable) */
  guint   n_results; /* saved by a repair */
} Rescue;

static void
rescue_free (Rescue *rescue)
{
  g_free (rescue->folder);
  g_clear_error (&rescue->error);
  g_clear_object (&rescue->backup);
  g_free (rescue);
}

static GTask *
make_task (const char          *folder,
           GAsyncReadyCallback  callback,
           gpointer             user_data,
           gpointer             tag)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Rescue *rescue = g_new0 (Rescue, 1);

  rescue->folder = g_strdup (folder);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, rescue, (GDestroyNotify) rescue_free);

  return task;
}

static gboolean
has_room (const char *folder)
{
  g_autoptr(GFile) file = g_file_new_for_path (folder);
  g_autoptr(GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  return info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) > 0;
}

/* What keeps a whole database from being read comes first: it is no damage. */
static DioLibraryFault
examine (Rescue *rescue)
{
  g_autofree char *path = g_build_filename (rescue->folder, "library.db", NULL);

  if (g_error_matches (rescue->error, DIO_ERROR, DIO_ERROR_NEWER))
    return DIO_LIBRARY_FAULT_NEWER;
  if (g_file_test (rescue->folder, G_FILE_TEST_IS_DIR) && g_access (rescue->folder, W_OK) != 0)
    return DIO_LIBRARY_FAULT_READ_ONLY;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && g_access (path, W_OK) != 0)
    return DIO_LIBRARY_FAULT_READ_ONLY;
  if (!has_room (rescue->folder))
    return DIO_LIBRARY_FAULT_NO_ROOM;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !dio_database_check (path, NULL))
    return DIO_LIBRARY_FAULT_DAMAGED;

  return DIO_LIBRARY_FAULT_OTHER;
}

static void
examine_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_task_return_int (task, examine (task_data));
}

/**
 * dio_library_examine_async:
 * @folder: a data folder
 * @error: why its library could not be opened
 * @callback: called when it is known what that comes from
 * @user_data: data for @callback
 *
 * Looks, and touches nothing.
 */
void
dio_library_examine_async (const char          *folder,
                           const GError        *error,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = make_task (folder, callback, user_data, dio_library_examine_async);
  Rescue *rescue = g_task_get_task_data (task);

  rescue->error = g_error_copy (error);
  g_task_run_in_thread (task, examine_thread);
}

DioLibraryFault
dio_library_examine_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_examine_async), DIO_LIBRARY_FAULT_OTHER);

  return g_task_propagate_int (G_TASK (result), NULL);
}

static void
repair_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Rescue *rescue = task_data;
  g_auto(DioRepair) report = { 0 };
  GError *error = NULL;
  guint n_adopted;

  if (!dio_repair_library (rescue->folder, &report, &error) ||
      !dio_studio_adopt_strays (rescue->folder, &n_adopted, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  rescue->n_results = report.n_results + n_adopted;
  g_task_return_boolean (task, TRUE);
}

/**
 * dio_library_repair_async:
 * @folder: a data folder that no program is using
 * @callback: called when all is saved that can be
 * @user_data: data for @callback
 *
 * Makes a new database of what can be read of the old one, which is kept, and of
 * what the pictures tell.
 */
void
dio_library_repair_async (const char          *folder,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = make_task (folder, callback, user_data, dio_library_repair_async);

  g_task_run_in_thread (task, repair_thread);
}

/**
 * dio_library_repair_finish:
 * @result: what the callback was given
 * @n_results: (out): how many results there are now
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE
 */
gboolean
dio_library_repair_finish (GAsyncResult  *result,
                           guint         *n_results,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_repair_async), FALSE);

  *n_results = ((Rescue *) g_task_get_task_data (G_TASK (result)))->n_results;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
bring_back_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Rescue *rescue = task_data;
  g_autofree char *path = g_file_get_path (rescue->backup);
  g_autofree char *aside = NULL;
  GError *error = NULL;

  if (path == NULL)
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The back-up is in no folder of this computer");
  else if (!dio_backup_restore (path, rescue->folder, TRUE, NULL, &aside, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dio_library_bring_back_async:
 * @folder: a data folder that no program is using
 * @backup: the folder of a back-up
 * @callback: called when it is in place
 * @user_data: data for @callback
 *
 * What was in @folder is put aside.
 */
void
dio_library_bring_back_async (const char          *folder,
                              GFile               *backup,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = make_task (folder, callback, user_data, dio_library_bring_back_async);
  Rescue *rescue = g_task_get_task_data (task);

  rescue->backup = g_object_ref (backup);
  g_task_run_in_thread (task, bring_back_thread);
}

gboolean
dio_library_bring_back_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_bring_back_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
