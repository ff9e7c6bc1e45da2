/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library's accounts and the caps of a day: rows, and what is seen of them. */

#include "config.h"

#include "dio-library-private.h"

#include <math.h>

/* One change; of the fields, those that its kind needs. */
typedef struct
{
  DioAccount *account;  /* (owned) (nullable) */
  char       *currency; /* (owned) (nullable) */
  double      amount;
  DioPrice    price;
} Change;

static void
change_free (Change *change)
{
  g_clear_pointer (&change->account, dio_account_free);
  g_free (change->currency);
  g_free (change);
}

static void
push_change (GTask              *task,
             Change             *change,
             DioStorageFunc      func,
             DioStorageDoneFunc  done)
{
  _dio_library_push (task, change, (GDestroyNotify) change_free, func, done);
}

static gboolean
save_account_in_thread (gpointer   store,
                        gpointer   task_data,
                        GError   **error)
{
  Change *change = task_data;

  return dio_archive_save_account (store, change->account, error);
}

static gboolean
remove_account_in_thread (gpointer   store,
                          gpointer   task_data,
                          GError   **error)
{
  Change *change = task_data;

  return dio_archive_remove_account (store, change->account->provider_id, change->account->name, error);
}

static gboolean
set_cap_in_thread (gpointer   store,
                   gpointer   task_data,
                   GError   **error)
{
  Change *change = task_data;

  return dio_archive_set_cap (store, change->currency, change->amount, error);
}

static gboolean
check_cap_in_thread (gpointer   store,
                     gpointer   task_data,
                     GError   **error)
{
  Change *change = task_data;

  return dio_archive_check_cap (store, &change->price, error);
}

static void
save_account_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Change *change = g_task_get_task_data (task);

  dio_account_list_put (self->accounts, change->account);
  g_task_return_boolean (task, TRUE);
}

static void
remove_account_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Change *change = g_task_get_task_data (task);

  dio_account_list_remove (self->accounts, change->account->provider_id, change->account->name);
  g_task_return_boolean (task, TRUE);
}

static void
set_cap_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Change *change = g_task_get_task_data (task);

  if (change->amount < 0)
    g_hash_table_remove (self->caps, change->currency);
  else
    g_hash_table_insert (self->caps, g_steal_pointer (&change->currency),
                         g_memdup2 (&change->amount, sizeof change->amount));
  g_task_return_boolean (task, TRUE);
}

/**
 * dio_library_get_accounts:
 * @self: a library
 *
 * Returns: (transfer none): the accounts, in the order in which they were added;
 *   filled when the library opens
 */
DioAccountList *
dio_library_get_accounts (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);

  return self->accounts;
}

/**
 * dio_library_save_account_async:
 * @self: an open library
 * @account: takes the place of one with its provider and name
 * @callback: called when it is written and in the list
 * @user_data: data for @callback
 */
void
dio_library_save_account_async (DioLibrary          *self,
                                const DioAccount    *account,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (account != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_save_account_async);
  change = g_new0 (Change, 1);
  change->account = dio_account_copy (account);
  push_change (g_steal_pointer (&task), change, save_account_in_thread, save_account_done);
}

gboolean
dio_library_save_account_finish (DioLibrary    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_save_account_async, error);
}

/**
 * dio_library_remove_account_async:
 * @self: an open library
 * @provider_id: whose account
 * @name: its name; one that is not there is no error
 * @callback: called when it is gone
 * @user_data: data for @callback
 *
 * Jobs keep their copy of it. Its key is the keyring's.
 */
void
dio_library_remove_account_async (DioLibrary          *self,
                                  const char          *provider_id,
                                  const char          *name,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (provider_id != NULL && name != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_remove_account_async);
  change = g_new0 (Change, 1);
  change->account = dio_account_new (provider_id, name);
  push_change (g_steal_pointer (&task), change, remove_account_in_thread, remove_account_done);
}

gboolean
dio_library_remove_account_finish (DioLibrary    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_remove_account_async, error);
}

gboolean
dio_library_has_cap (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), FALSE);

  return g_hash_table_size (self->caps) > 0;
}

/**
 * dio_library_get_cap:
 * @self: an open library
 * @currency: such as "USD"
 * @amount: (out): what may be spent of it in a day
 *
 * Returns: whether there is a cap in @currency
 */
gboolean
dio_library_get_cap (DioLibrary *self,
                     const char *currency,
                     double     *amount)
{
  const double *cap;

  g_return_val_if_fail (DIO_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (currency != NULL && amount != NULL, FALSE);

  cap = g_hash_table_lookup (self->caps, currency);
  if (cap != NULL)
    *amount = *cap;

  return cap != NULL;
}

/**
 * dio_library_dup_caps:
 * @self: an open library
 *
 * Returns: (transfer full) (element-type utf8 gdouble): all caps by currency
 */
GHashTable *
dio_library_dup_caps (DioLibrary *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer currency, amount;

  g_return_val_if_fail (DIO_IS_LIBRARY (self), copy);

  g_hash_table_iter_init (&iter, self->caps);
  while (g_hash_table_iter_next (&iter, &currency, &amount))
    g_hash_table_insert (copy, g_strdup (currency), g_memdup2 (amount, sizeof (double)));

  return copy;
}

/**
 * dio_library_set_cap_async:
 * @self: an open library
 * @currency: such as "USD"
 * @amount: what may be spent of it in a day; below 0 for no cap
 * @callback: called when it is written
 * @user_data: data for @callback
 */
void
dio_library_set_cap_async (DioLibrary          *self,
                           const char          *currency,
                           double               amount,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (currency != NULL && *currency != '\0');
  g_return_if_fail (isfinite (amount));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_set_cap_async);
  change = g_new0 (Change, 1);
  change->currency = g_strdup (currency);
  change->amount = amount;
  push_change (g_steal_pointer (&task), change, set_cap_in_thread, set_cap_done);
}

gboolean
dio_library_set_cap_finish (DioLibrary    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_set_cap_async, error);
}

/**
 * dio_library_check_cap_async:
 * @self: an open library
 * @price: of a request that is to be made
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * The same rule as when it is sent: what was spent today and @price are within
 * the cap of its currency.
 */
void
dio_library_check_cap_async (DioLibrary          *self,
                             const DioPrice      *price,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (price != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_check_cap_async);
  change = g_new0 (Change, 1);
  change->price = *price;
  push_change (g_steal_pointer (&task), change, check_cap_in_thread, _dio_library_return_true);
}

/**
 * dio_library_check_cap_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_BUDGET beyond the cap, and where there is a cap
 *   and the price is not known; %DIO_ERROR_STORAGE
 */
gboolean
dio_library_check_cap_finish (DioLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_check_cap_async, error);
}
