/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the library does in its own time, once nobody waits for it: empty the
 * trash of what has been there for long, read pictures for their content hashes,
 * look whether the database is whole, and notice what other processes do. */

#include "config.h"

#include "dio-library-private.h"

#include "dio-database.h"
#include "dio-hash.h"

/* After the last thing that somebody may have waited for. */
#define REST_SECONDS 4
#define DAYS_IN_TRASH 30
#define DAYS_BETWEEN_CHECKS 7
#define CHECKED "checked"

/* One picture that is to be read. */
typedef struct
{
  gint64  after;  /* number of the one before */

  char   *id;     /* (owned) (nullable): NULL where there is none */
  char   *path;   /* (owned) (nullable) */
  gint64  number;
  char   *hash;   /* (owned) (nullable) */
} Unread;

static void
unread_free (Unread *unread)
{
  g_free (unread->id);
  g_free (unread->path);
  g_free (unread->hash);
  g_free (unread);
}

static GTask *
make_task (DioLibrary          *self,
           GAsyncReadyCallback  callback,
           gpointer             tag)
{
  GTask *task = g_task_new (self, NULL, callback, NULL);

  g_task_set_source_tag (task, tag);
  g_task_set_priority (task, G_PRIORITY_LOW);

  return task;
}

/* Content hashes: found in the library's thread, read in another */

static gboolean
find_unread_in_thread (gpointer   store,
                       gpointer   task_data,
                       GError   **error)
{
  Unread *unread = task_data;

  return dio_archive_find_unread (store, unread->after, &unread->id, &unread->path, &unread->number, error);
}

static gboolean
read_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  Unread *unread = task_data;

  /* One that is missing may be found again. */
  unread->hash = dio_hash_file (unread->path, NULL);

  return TRUE;
}

static gboolean
write_hash_in_thread (gpointer   store,
                      gpointer   task_data,
                      GError   **error)
{
  Unread *unread = task_data;

  return dio_archive_set_hash (store, unread->id, unread->hash, error);
}

static void find_unread (DioLibrary *self,
                         gint64      after);

static void
hash_written (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Unread *unread = g_task_get_task_data (task);
  DioResult *known = g_hash_table_lookup (self->results, unread->id);

  if (known != NULL)
    dio_result_set_hash (known, unread->hash);
  find_unread (self, unread->number);
  g_task_return_boolean (task, TRUE);
}

static void
unread_read (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Unread *unread = g_task_get_task_data (task);

  if (unread->hash != NULL)
    {
      dio_storage_thread_push (self->thread, g_object_ref (task), write_hash_in_thread, hash_written);
      return;
    }

  find_unread (self, unread->number);
  g_task_return_boolean (task, TRUE);
}

static void
unread_found (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Unread *unread = g_task_get_task_data (task);

  if (unread->id == NULL)
    {
      self->is_hashing = FALSE;
      g_task_return_boolean (task, TRUE);
      return;
    }

  dio_storage_thread_push (self->worker, g_object_ref (task), read_in_thread, unread_read);
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;

  DIO_LIBRARY (source)->is_hashing = FALSE;
  g_message ("Pictures are not read for their hashes: %s", error->message);
}

static void
find_unread (DioLibrary *self,
             gint64      after)
{
  Unread *unread = g_new0 (Unread, 1);

  unread->after = after;
  self->is_hashing = TRUE;
  _dio_library_push (make_task (self, hashed_cb, find_unread), unread, (GDestroyNotify) unread_free,
                     find_unread_in_thread, unread_found);
}

/* The database */

static gboolean
check_in_thread (gpointer   store,
                 gpointer   task_data,
                 GError   **error)
{
  const char *path = task_data;

  return dio_database_check (path, error);
}

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!dio_library_set_setting_finish (DIO_LIBRARY (source), result, &error))
    g_message ("%s", error->message);
}

static void
care_checked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DioLibrary *self = DIO_LIBRARY (source);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  g_autoptr(GError) error = NULL;

  if (dio_library_check_finish (self, result, &error))
    dio_library_set_setting_async (self, CHECKED, now, remembered_cb, NULL);
  else
    _dio_library_emit_damaged (self, error);
}

static void
got_checked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  DioLibrary *self = DIO_LIBRARY (source);
  g_autofree char *value = dio_library_get_setting_finish (self, result, NULL);
  gint64 checked = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
  gint64 age = g_get_real_time () - checked;

  if (age < 0 || age > DAYS_BETWEEN_CHECKS * G_TIME_SPAN_DAY)
    dio_library_check_async (self, care_checked_cb, NULL);
}

/**
 * dio_library_check_async:
 * @self: an open library
 * @callback: called when the whole database has been read
 * @user_data: data for @callback
 *
 * Looks whether the database is whole. Nothing else waits for it.
 */
void
dio_library_check_async (DioLibrary          *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_check_async);
  g_task_set_task_data (task, g_build_filename (self->folder, "library.db", NULL), g_free);
  dio_storage_thread_push (self->worker, task, check_in_thread, _dio_library_return_true);
}

/**
 * dio_library_check_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE where something is damaged
 */
gboolean
dio_library_check_finish (DioLibrary    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_check_async, error);
}

/* Other processes */

static gboolean
look_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  gboolean *has_news = task_data;

  return dio_archive_has_news (store, has_news, error);
}

static void
looked (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  gboolean *has_news = g_task_get_task_data (task);

  if (*has_news)
    _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS | DIO_LIBRARY_CHANGE_MARKS);
  g_task_return_boolean (task, TRUE);
}

static void
look_for_news (DioLibrary *self)
{
  _dio_library_push (make_task (self, NULL, look_for_news), g_new0 (gboolean, 1), g_free, look_in_thread, looked);
}

/* Whatever is written goes into the log first. */
static void
watch_log (DioLibrary *self)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db-wal", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (self->monitor != NULL)
    return;

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_for_news), self, G_CONNECT_SWAPPED);
  look_for_news (self);
}

static void
emptied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!dio_library_empty_trash_finish (DIO_LIBRARY (source), result, NULL, &error))
    g_message ("The trash stays as it is: %s", error->message);
}

static gboolean
rest_over_cb (gpointer user_data)
{
  DioLibrary *self = user_data;

  self->care_id = 0;
  if (!self->was_cared_for)
    {
      self->was_cared_for = TRUE;
      watch_log (self);
      dio_library_empty_trash_async (self, g_get_real_time () - DAYS_IN_TRASH * G_TIME_SPAN_DAY, emptied_cb, NULL);
      dio_library_get_setting_async (self, CHECKED, got_checked_cb, NULL);
    }
  if (!self->is_hashing)
    find_unread (self, 0);

  return G_SOURCE_REMOVE;
}

/* To be called whenever there is something new to care for. */
void
_dio_library_care_later (DioLibrary *self)
{
  g_clear_handle_id (&self->care_id, g_source_remove);
  self->care_id = g_timeout_add_seconds (REST_SECONDS, rest_over_cb, self);
}
