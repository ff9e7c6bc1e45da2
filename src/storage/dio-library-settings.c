/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that the library remembers for others. */

#include "config.h"

#include "dio-library-private.h"

typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) (nullable) */
} Setting;

static void
setting_free (Setting *setting)
{
  g_free (setting->name);
  g_free (setting->value);
  g_free (setting);
}

static Setting *
setting_new (const char *name,
             const char *value)
{
  Setting *setting = g_new (Setting, 1);

  setting->name = g_strdup (name);
  setting->value = g_strdup (value);

  return setting;
}

static gboolean
get_in_thread (gpointer   store,
               gpointer   task_data,
               GError   **error)
{
  Setting *setting = task_data;

  return dio_archive_open_to_read (store, error) &&
         dio_archive_get_setting (store, setting->name, &setting->value, error);
}

static gboolean
set_in_thread (gpointer   store,
               gpointer   task_data,
               GError   **error)
{
  Setting *setting = task_data;

  return dio_archive_set_setting (store, setting->name, setting->value, error);
}

static void
return_value (GTask *task)
{
  Setting *setting = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&setting->value), g_free);
}

/**
 * dio_library_get_setting_async:
 * @self: an open library
 * @name: of the setting
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_library_get_setting_async (DioLibrary          *self,
                               const char          *name,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_get_setting_async);
  _dio_library_push_reading (g_steal_pointer (&task), setting_new (name, NULL), (GDestroyNotify) setting_free,
                             get_in_thread, return_value);
}

/**
 * dio_library_get_setting_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): what was set; %NULL without an error where
 *   nothing was
 */
char *
dio_library_get_setting_finish (DioLibrary    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_get_setting_async, error);
}

/**
 * dio_library_set_setting_async:
 * @self: an open library
 * @name: of the setting
 * @value: (nullable): a small text; %NULL to unset it
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 */
void
dio_library_set_setting_async (DioLibrary          *self,
                               const char          *name,
                               const char          *value,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_set_setting_async);
  _dio_library_push (g_steal_pointer (&task), setting_new (name, value), (GDestroyNotify) setting_free,
                     set_in_thread, _dio_library_return_true);
}

gboolean
dio_library_set_setting_finish (DioLibrary    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_set_setting_async, error);
}
