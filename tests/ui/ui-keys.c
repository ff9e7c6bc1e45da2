/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys in memory, as a keyring would keep them. */

#include "config.h"

#include "ui-keys.h"

static void key_store_init (DioKeyStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UiKeys, ui_keys, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_KEY_STORE, key_store_init))

static char *
make_name (const char *provider_id,
           const char *account)
{
  return g_strconcat (provider_id, "/", account, NULL);
}

static void
lookup_async (DioKeyStore         *store,
              const char          *provider_id,
              const char          *account,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_autofree char *name = make_name (provider_id, account);

  g_task_return_pointer (task, g_strdup (ui_keys_get (UI_KEYS (store), name)), g_free);
}

static char *
lookup_finish (DioKeyStore   *store,
               GAsyncResult  *result,
               gboolean      *is_lasting,
               GError       **error)
{
  if (is_lasting != NULL)
    *is_lasting = UI_KEYS (store)->is_lasting;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_async (DioKeyStore         *store,
             const char          *provider_id,
             const char          *account,
             const char          *key,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_hash_table_replace (UI_KEYS (store)->keys, make_name (provider_id, account), g_strdup (key));
  g_task_return_boolean (task, TRUE);
}

static gboolean
store_finish (DioKeyStore   *store,
              GAsyncResult  *result,
              gboolean      *is_lasting,
              GError       **error)
{
  if (is_lasting != NULL)
    *is_lasting = UI_KEYS (store)->is_lasting;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clear_async (DioKeyStore         *store,
             const char          *provider_id,
             const char          *account,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_autofree char *name = make_name (provider_id, account);

  g_hash_table_remove (UI_KEYS (store)->keys, name);
  g_task_return_boolean (task, TRUE);
}

static gboolean
clear_finish (DioKeyStore   *store,
              GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
key_store_init (DioKeyStoreInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = clear_finish;
}

static void
ui_keys_finalize (GObject *object)
{
  g_hash_table_unref (UI_KEYS (object)->keys);

  G_OBJECT_CLASS (ui_keys_parent_class)->finalize (object);
}

static void
ui_keys_class_init (UiKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_keys_finalize;
}

static void
ui_keys_init (UiKeys *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->is_lasting = TRUE;
}

UiKeys *
ui_keys_new (void)
{
  return g_object_new (UI_TYPE_KEYS, NULL);
}

/* The key of “provider/account”, or NULL. */
const char *
ui_keys_get (UiKeys     *self,
             const char *name)
{
  return g_hash_table_lookup (self->keys, name);
}
