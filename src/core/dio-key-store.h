/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where keys are kept. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIO_TYPE_KEY_STORE (dio_key_store_get_type ())
G_DECLARE_INTERFACE (DioKeyStore, dio_key_store, DIO, KEY_STORE, GObject)

/**
 * DioKeyStoreInterface:
 * @lookup_async: reads the key of an account
 * @lookup_finish: %NULL without an error where there is none
 * @store_async: keeps the key of an account, in place of an earlier one
 * @store_finish: tells whether it lasts beyond this session
 * @clear_async: forgets the key of an account
 */
struct _DioKeyStoreInterface
{
  GTypeInterface parent_iface;

  void     (*lookup_async)  (DioKeyStore          *self,
                             const char           *provider_id,
                             const char           *account,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  char    *(*lookup_finish) (DioKeyStore          *self,
                             GAsyncResult         *result,
                             gboolean             *is_lasting,
                             GError              **error);
  void     (*store_async)   (DioKeyStore          *self,
                             const char           *provider_id,
                             const char           *account,
                             const char           *key,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  gboolean (*store_finish)  (DioKeyStore          *self,
                             GAsyncResult         *result,
                             gboolean             *is_lasting,
                             GError              **error);
  void     (*clear_async)   (DioKeyStore          *self,
                             const char           *provider_id,
                             const char           *account,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  gboolean (*clear_finish)  (DioKeyStore          *self,
                             GAsyncResult         *result,
                             GError              **error);
};

void      dio_key_store_lookup_async  (DioKeyStore          *self,
                                       const char           *provider_id,
                                       const char           *account,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
char     *dio_key_store_lookup_finish (DioKeyStore          *self,
                                       GAsyncResult         *result,
                                       gboolean             *is_lasting,
                                       GError              **error);
void      dio_key_store_store_async   (DioKeyStore          *self,
                                       const char           *provider_id,
                                       const char           *account,
                                       const char           *key,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  dio_key_store_store_finish  (DioKeyStore          *self,
                                       GAsyncResult         *result,
                                       gboolean             *is_lasting,
                                       GError              **error);
void      dio_key_store_clear_async   (DioKeyStore          *self,
                                       const char           *provider_id,
                                       const char           *account,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  dio_key_store_clear_finish  (DioKeyStore          *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
