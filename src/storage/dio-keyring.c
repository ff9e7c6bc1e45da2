/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of accounts, in the keyring of the person's session: one item an
 * account. Where no keyring answers, they are in memory for as long as the
 * program runs; where one answers and is not opened, that is said. Nothing of a
 * key is ever in a message. */

#include "config.h"

#include "dio-keyring.h"

#include "dio-keyring-error.h"

#include <libsecret/secret.h>

struct _DioKeyring
{
  GObject     parent_instance;

  GHashTable *session; /* (owned): account to key, for this run only */
};

static void dio_keyring_key_store_init (DioKeyStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioKeyring, dio_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_KEY_STORE, dio_keyring_key_store_init))

/* Items are found by this: never changed. */
static const SecretSchema schema = {
  "io.github.diorama.Diorama.Key",
  SECRET_SCHEMA_NONE,
  {
    { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* One thing to do, once it is known that there is a bus to ask. */
typedef struct
{
  /* Given */
  char       *provider_id; /* (owned) */
  char       *account;     /* (owned) */
  char       *key;         /* (owned) (nullable) */
  void      (*ask) (GTask *task);    /* goes to the keyring */
  void      (*do_without) (GTask *task); /* where there is none */

  /* Result */
  gboolean    is_lasting;
} Errand;

static void
free_key (char *key)
{
  secret_password_wipe (key);
  g_free (key);
}

static void
errand_free (Errand *errand)
{
  g_free (errand->provider_id);
  g_free (errand->account);
  g_clear_pointer (&errand->key, free_key);
  g_free (errand);
}

/* In no provider's id is a line's end. */
static char *
make_name (const char *provider_id,
           const char *account)
{
  return g_strconcat (provider_id, "\n", account, NULL);
}

static GHashTable *
make_attributes (Errand *errand)
{
  return secret_attributes_build (&schema, "provider", errand->provider_id, "account", errand->account, NULL);
}

/* Ends @task with what the keyring has said. */
static void
return_failure (GTask        *task,
                const GError *error)
{
  Errand *errand = g_task_get_task_data (task);

  if (dio_keyring_error_is_absence (error))
    errand->do_without (task);
  else
    g_task_return_error (task, dio_keyring_error_translate (error));
}

static void
bus_got_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr(GDBusConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = g_bus_get_finish (result, &error);
  /* A bus that goes away must not take the jobs under way along. */
  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  if (connection != NULL)
    errand->ask (task);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    errand->do_without (task);
}

/* A keyring that stays locked shows as one that has nothing. @task ends well
 * only if it truly has nothing. */
static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  Errand *errand = g_task_get_task_data (task);

  if (error != NULL)
    return_failure (task, error);
  else if (items != NULL)
    g_task_return_error (task, dio_keyring_error_new_locked ());
  else
    errand->do_without (task);

  g_list_free_full (items, g_object_unref);
}

static void
search_locked (GTask *task)
{
  g_autoptr(GHashTable) attributes = make_attributes (g_task_get_task_data (task));

  secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, g_task_get_cancellable (task),
                           searched_cb, g_object_ref (task));
}

static void
key_found_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  char *key = secret_password_lookup_finish (result, &error);
  Errand *errand = g_task_get_task_data (task);

  errand->is_lasting = key != NULL;
  if (key != NULL)
    g_task_return_pointer (task, g_strdup (key), (GDestroyNotify) free_key);
  else if (error != NULL)
    return_failure (task, error);
  else
    search_locked (task);

  secret_password_free (key);
}

static void
ask_for_key (GTask *task)
{
  g_autoptr(GHashTable) attributes = make_attributes (g_task_get_task_data (task));

  secret_password_lookupv (&schema, attributes, g_task_get_cancellable (task), key_found_cb, g_object_ref (task));
}

static void
find_nothing (GTask *task)
{
  g_task_return_pointer (task, NULL, NULL);
}

static void
forget_in_memory (GTask *task)
{
  DioKeyring *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  g_autofree char *name = make_name (errand->provider_id, errand->account);

  g_hash_table_remove (self->session, name);
  g_task_return_boolean (task, TRUE);
}

static void
key_stored_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_stored = secret_password_store_finish (result, &error);
  Errand *errand = g_task_get_task_data (task);

  errand->is_lasting = is_stored;
  if (is_stored)
    forget_in_memory (task);
  else if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_error (task, dio_keyring_error_new_locked ());
}

static void
ask_to_store (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  g_autoptr(GHashTable) attributes = make_attributes (errand);
  g_autofree char *label = g_strdup_printf ("Diorama: %s, %s", errand->provider_id, errand->account);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, errand->key,
                          g_task_get_cancellable (task), key_stored_cb, g_object_ref (task));
}

static void
store_in_memory (GTask *task)
{
  DioKeyring *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  dio_keyring_set_session_key (self, errand->provider_id, errand->account, errand->key);
  g_task_return_boolean (task, TRUE);
}

static void
key_cleared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_failure (task, error);
  else
    search_locked (task);
}

static void
ask_to_clear (GTask *task)
{
  g_autoptr(GHashTable) attributes = make_attributes (g_task_get_task_data (task));

  secret_password_clearv (&schema, attributes, g_task_get_cancellable (task), key_cleared_cb, g_object_ref (task));
}

static GTask *
new_task (DioKeyStore         *store,
          const char          *provider_id,
          const char          *account,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->provider_id = g_strdup (provider_id);
  errand->account = g_strdup (account);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);

  return task;
}

/* Has @ask work on @task, or @do_without where there is no keyring. */
static void
run (GTask *task,
     void (*ask) (GTask *),
     void (*do_without) (GTask *))
{
  Errand *errand = g_task_get_task_data (task);

  errand->ask = ask;
  errand->do_without = do_without;
  g_bus_get (G_BUS_TYPE_SESSION, g_task_get_cancellable (task), bus_got_cb, task);
}

static void
dio_keyring_lookup_async (DioKeyStore         *store,
                          const char          *provider_id,
                          const char          *account,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DioKeyring *self = DIO_KEYRING (store);
  g_autoptr(GTask) task = new_task (store, provider_id, account, cancellable, callback, user_data);
  g_autofree char *name = make_name (provider_id, account);
  const char *key = g_hash_table_lookup (self->session, name);

  g_task_set_source_tag (task, dio_keyring_lookup_async);
  if (key != NULL)
    g_task_return_pointer (task, g_strdup (key), (GDestroyNotify) free_key);
  else
    run (g_steal_pointer (&task), ask_for_key, find_nothing);
}

static char *
dio_keyring_lookup_finish (DioKeyStore   *store,
                           GAsyncResult  *result,
                           gboolean      *is_lasting,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_keyring_lookup_async), NULL);

  if (is_lasting != NULL)
    *is_lasting = ((Errand *) g_task_get_task_data (G_TASK (result)))->is_lasting;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dio_keyring_store_async (DioKeyStore         *store,
                         const char          *provider_id,
                         const char          *account,
                         const char          *key,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = new_task (store, provider_id, account, cancellable, callback, user_data);

  g_task_set_source_tag (task, dio_keyring_store_async);
  ((Errand *) g_task_get_task_data (task))->key = g_strdup (key);
  run (task, ask_to_store, store_in_memory);
}

static gboolean
dio_keyring_store_finish (DioKeyStore   *store,
                          GAsyncResult  *result,
                          gboolean      *is_lasting,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_keyring_store_async), FALSE);

  if (is_lasting != NULL)
    *is_lasting = ((Errand *) g_task_get_task_data (G_TASK (result)))->is_lasting;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_keyring_clear_async (DioKeyStore         *store,
                         const char          *provider_id,
                         const char          *account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = new_task (store, provider_id, account, cancellable, callback, user_data);

  g_task_set_source_tag (task, dio_keyring_clear_async);
  run (task, ask_to_clear, forget_in_memory);
}

static gboolean
dio_keyring_clear_finish (DioKeyStore   *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_keyring_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_keyring_key_store_init (DioKeyStoreInterface *iface)
{
  iface->lookup_async = dio_keyring_lookup_async;
  iface->lookup_finish = dio_keyring_lookup_finish;
  iface->store_async = dio_keyring_store_async;
  iface->store_finish = dio_keyring_store_finish;
  iface->clear_async = dio_keyring_clear_async;
  iface->clear_finish = dio_keyring_clear_finish;
}

static void
dio_keyring_finalize (GObject *object)
{
  DioKeyring *self = DIO_KEYRING (object);

  g_clear_pointer (&self->session, g_hash_table_unref);

  G_OBJECT_CLASS (dio_keyring_parent_class)->finalize (object);
}

static void
dio_keyring_class_init (DioKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_keyring_finalize;
}

static void
dio_keyring_init (DioKeyring *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_key);
}

/**
 * dio_keyring_new:
 *
 * Returns: (transfer full): the keyring; nothing is asked of it yet
 */
DioKeyring *
dio_keyring_new (void)
{
  return g_object_new (DIO_TYPE_KEYRING, NULL);
}

/**
 * dio_keyring_set_session_key:
 * @self: a keyring
 * @provider_id: whose account
 * @account: its name
 * @key: its key for as long as the program runs
 *
 * It comes before one that is in the keyring, which stays as it is.
 */
void
dio_keyring_set_session_key (DioKeyring *self,
                             const char *provider_id,
                             const char *account,
                             const char *key)
{
  g_return_if_fail (DIO_IS_KEYRING (self));
  g_return_if_fail (provider_id != NULL && account != NULL && key != NULL);

  g_hash_table_insert (self->session, make_name (provider_id, account), g_strdup (key));
}
