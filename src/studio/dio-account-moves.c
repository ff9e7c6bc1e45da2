/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves an account together with its key. The row and the key are in two
 * places that cannot be written at once; no step
 * leaves a key without an account, or takes a name before another is kept. */

#include "config.h"

#include "dio-account-moves.h"

typedef struct
{
  /* Given */
  DioAccount *account; /* (owned) */
  char       *name;    /* (owned) (nullable): the new one */

  /* Under way and result */
  char       *key;     /* (owned) (nullable) */
} Move;

static void
free_key (char *key)
{
  /* Not for a core dump to find; a plain memset() would be optimised away. */
  for (volatile char *c = key; c != NULL && *c != '\0'; c++)
    *c = '\0';
  g_free (key);
}

static void
move_free (gpointer data)
{
  Move *move = data;

  dio_account_free (move->account);
  g_free (move->name);
  free_key (move->key);
  g_free (move);
}

static GTask *
make_task (DioStudio           *self,
           const DioAccount    *account,
           gpointer             tag,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Move *move = g_new0 (Move, 1);

  move->account = dio_account_copy (account);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, move, move_free);
  return task;
}

static void
key_stored_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_key_store_store_finish (DIO_KEY_STORE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
account_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Move *move = g_task_get_task_data (task);
  DioKeyStore *keys;
  GError *error = NULL;

  if (!dio_library_save_account_finish (DIO_LIBRARY (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  keys = dio_studio_get_keys (g_task_get_source_object (task));
  if (move->key == NULL || keys == NULL)
    g_task_return_boolean (task, TRUE);
  else
    dio_key_store_store_async (keys, move->account->provider_id, move->account->name, move->key,
                               NULL, key_stored_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_put_account_async:
 * @self: a studio
 * @account: an account
 * @key: (nullable): its key; %NULL leaves the one that is kept
 * @callback: called when both are kept
 * @user_data: data for @callback
 */
void
dio_studio_put_account_async (DioStudio           *self,
                              const DioAccount    *account,
                              const char          *key,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Move *move;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (account != NULL);

  task = make_task (self, account, dio_studio_put_account_async, callback, user_data);
  move = g_task_get_task_data (task);
  move->key = g_strdup (key);

  dio_library_save_account_async (dio_studio_get_library (self), account,
                                  account_saved_cb, g_steal_pointer (&task));
}

gboolean
dio_studio_put_account_finish (DioStudio     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_put_account_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
account_removed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_library_remove_account_finish (DIO_LIBRARY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
remove_row (GTask *task)
{
  DioStudio *self = g_task_get_source_object (task);
  Move *move = g_task_get_task_data (task);

  dio_library_remove_account_async (dio_studio_get_library (self),
                                    move->account->provider_id, move->account->name,
                                    account_removed_cb, g_object_ref (task));
}

static void
key_cleared_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_key_store_clear_finish (DIO_KEY_STORE (source), result, &error))
    remove_row (task);
  else
    g_task_return_error (task, error);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Move *move = g_task_get_task_data (task);
  GError *error = NULL;

  move->key = dio_key_store_lookup_finish (DIO_KEY_STORE (source), result, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (move->key == NULL)
    remove_row (task);
  else
    dio_key_store_clear_async (DIO_KEY_STORE (source), move->account->provider_id, move->account->name,
                               NULL, key_cleared_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_remove_account_async:
 * @self: a studio
 * @account: an account
 * @callback: called when neither it nor its key is kept
 * @user_data: data for @callback
 */
void
dio_studio_remove_account_async (DioStudio           *self,
                                 const DioAccount    *account,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (account != NULL);

  task = make_task (self, account, dio_studio_remove_account_async, callback, user_data);
  if (dio_studio_get_keys (self) == NULL)
    remove_row (task);
  else
    dio_key_store_lookup_async (dio_studio_get_keys (self), account->provider_id, account->name,
                                NULL, key_found_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_remove_account_finish:
 * @self: a studio
 * @result: a result
 * @key: (out) (optional) (transfer full) (nullable): the key that was kept
 * @error: return location for a #GError
 *
 * Returns: %FALSE with @error set
 */
gboolean
dio_studio_remove_account_finish (DioStudio     *self,
                                  GAsyncResult  *result,
                                  char         **key,
                                  GError       **error)
{
  Move *move;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_remove_account_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  move = g_task_get_task_data (G_TASK (result));
  if (key != NULL)
    *key = g_steal_pointer (&move->key);

  return TRUE;
}

static void
former_removed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_studio_remove_account_finish (DIO_STUDIO (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
new_name_put_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Move *move = g_task_get_task_data (task);
  GError *error = NULL;

  if (dio_studio_put_account_finish (DIO_STUDIO (source), result, &error))
    dio_studio_remove_account_async (DIO_STUDIO (source), move->account,
                                     former_removed_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
put_new_name (GTask      *task,
              const char *key)
{
  Move *move = g_task_get_task_data (task);
  g_autoptr(DioAccount) renamed = dio_account_copy (move->account);

  g_free (renamed->name);
  renamed->name = g_strdup (move->name);
  dio_studio_put_account_async (g_task_get_source_object (task), renamed, key,
                                new_name_put_cb, g_object_ref (task));
}

static void
key_to_move_found_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;
  char *key = dio_key_store_lookup_finish (DIO_KEY_STORE (source), result, NULL, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    put_new_name (task, key);

  free_key (key);
}

/**
 * dio_studio_rename_account_async:
 * @self: a studio
 * @account: an account that is not busy
 * @name: what to call it, and none other of its provider
 * @callback: called when only the new name is kept
 * @user_data: data for @callback
 */
void
dio_studio_rename_account_async (DioStudio           *self,
                                 const DioAccount    *account,
                                 const char          *name,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Move *move;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (account != NULL && name != NULL);
  g_return_if_fail (!g_str_equal (account->name, name));

  task = make_task (self, account, dio_studio_rename_account_async, callback, user_data);
  move = g_task_get_task_data (task);
  move->name = g_strdup (name);

  if (dio_studio_get_keys (self) == NULL)
    put_new_name (task, NULL);
  else
    dio_key_store_lookup_async (dio_studio_get_keys (self), account->provider_id, account->name,
                                NULL, key_to_move_found_cb, g_steal_pointer (&task));
}

gboolean
dio_studio_rename_account_finish (DioStudio     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_rename_account_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dio_studio_is_account_busy:
 * @self: a studio
 * @account: an account
 *
 * Returns: whether a job under way is paid by @account, and finds its key by
 *   the name that it has now
 */
gboolean
dio_studio_is_account_busy (DioStudio        *self,
                            const DioAccount *account)
{
  GListModel *jobs;

  g_return_val_if_fail (DIO_IS_STUDIO (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  jobs = G_LIST_MODEL (dio_studio_get_queue (self));
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (jobs, i);
      const DioAccount *payer = dio_job_get_account (job);

      if (payer != NULL && !dio_job_state_is_over (dio_job_get_state (job)) &&
          g_str_equal (payer->provider_id, account->provider_id) &&
          g_str_equal (payer->name, account->name))
        return TRUE;
    }

  return FALSE;
}
