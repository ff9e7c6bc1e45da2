/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where keys are kept. */

#include "config.h"

#include "dio-key-store.h"

G_DEFINE_INTERFACE (DioKeyStore, dio_key_store, G_TYPE_OBJECT)

static void
dio_key_store_default_init (DioKeyStoreInterface *iface)
{
}

/**
 * dio_key_store_lookup_async:
 * @self: a store
 * @provider_id: whose account
 * @account: its name
 * @cancellable: (nullable): ends the asking
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * The person may be asked to unlock the keyring.
 */
void
dio_key_store_lookup_async (DioKeyStore         *self,
                            const char          *provider_id,
                            const char          *account,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DIO_IS_KEY_STORE (self));
  g_return_if_fail (provider_id != NULL && account != NULL);

  DIO_KEY_STORE_GET_IFACE (self)->lookup_async (self, provider_id, account,
                                                cancellable, callback, user_data);
}

/**
 * dio_key_store_lookup_finish:
 * @self: a store
 * @result: what the callback was given
 * @is_lasting: (out) (optional): whether the key is kept beyond this session
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the key; %NULL without an error where
 *   there is none
 */
char *
dio_key_store_lookup_finish (DioKeyStore   *self,
                             GAsyncResult  *result,
                             gboolean      *is_lasting,
                             GError       **error)
{
  g_return_val_if_fail (DIO_IS_KEY_STORE (self), NULL);

  return DIO_KEY_STORE_GET_IFACE (self)->lookup_finish (self, result, is_lasting, error);
}

/**
 * dio_key_store_store_async:
 * @self: a store
 * @provider_id: whose account
 * @account: its name
 * @key: a secret
 * @cancellable: (nullable): ends the work
 * @callback: called when it is kept, or cannot be
 * @user_data: data for @callback
 */
void
dio_key_store_store_async (DioKeyStore         *self,
                           const char          *provider_id,
                           const char          *account,
                           const char          *key,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (DIO_IS_KEY_STORE (self));
  g_return_if_fail (provider_id != NULL && account != NULL && key != NULL);

  DIO_KEY_STORE_GET_IFACE (self)->store_async (self, provider_id, account, key,
                                               cancellable, callback, user_data);
}

/**
 * dio_key_store_store_finish:
 * @self: a store
 * @result: what the callback was given
 * @is_lasting: (out) (optional): %FALSE where no keyring answers and the key is
 *   forgotten with this session
 * @error: return location for a #GError
 *
 * Returns: whether it is kept
 */
gboolean
dio_key_store_store_finish (DioKeyStore   *self,
                            GAsyncResult  *result,
                            gboolean      *is_lasting,
                            GError       **error)
{
  g_return_val_if_fail (DIO_IS_KEY_STORE (self), FALSE);

  return DIO_KEY_STORE_GET_IFACE (self)->store_finish (self, result, is_lasting, error);
}

/**
 * dio_key_store_clear_async:
 * @self: a store
 * @provider_id: whose account
 * @account: its name
 * @cancellable: (nullable): ends the work
 * @callback: called when it is forgotten, or cannot be
 * @user_data: data for @callback
 */
void
dio_key_store_clear_async (DioKeyStore         *self,
                           const char          *provider_id,
                           const char          *account,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (DIO_IS_KEY_STORE (self));
  g_return_if_fail (provider_id != NULL && account != NULL);

  DIO_KEY_STORE_GET_IFACE (self)->clear_async (self, provider_id, account,
                                               cancellable, callback, user_data);
}

gboolean
dio_key_store_clear_finish (DioKeyStore   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (DIO_IS_KEY_STORE (self), FALSE);

  return DIO_KEY_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}
