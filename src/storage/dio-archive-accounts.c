/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: the person's accounts, without their keys, and the
 * copy of an account that a job carries. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-json.h"

#include <math.h>

char *
_dio_archive_account_to_text (const DioAccount *account)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  dio_json_add_string (builder, "provider", account->provider_id);
  dio_json_add_string (builder, "name", account->name);
  dio_json_add_string (builder, "kind", account->kind);
  dio_json_add_string (builder, "endpoint", account->endpoint);
  dio_json_add_string (builder, "upload-url", account->upload_url);
  dio_json_add_string (builder, "currency", account->currency);
  if (account->price >= 0 && isfinite (account->price))
    {
      dio_json_add_number (builder, "price", account->price);
    }
  dio_json_add_boolean (builder, "is-told", account->is_told);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* Returns: (transfer full) (nullable): NULL for no account, and for no text */
DioAccount *
_dio_archive_account_of_text (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? _dio_archive_parse_text (text) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *provider_id = dio_json_get_string (object, "provider");
  const char *name = dio_json_get_string (object, "name");
  DioAccount *account;

  if (provider_id == NULL || name == NULL)
    return NULL;

  account = dio_account_new (provider_id, name);
  account->kind = g_strdup (dio_json_get_string (object, "kind"));
  account->endpoint = g_strdup (dio_json_get_string (object, "endpoint"));
  account->upload_url = g_strdup (dio_json_get_string (object, "upload-url"));
  account->currency = g_strdup (dio_json_get_string (object, "currency"));
  account->price = dio_json_get_number (object, "price", -1);
  account->is_told = dio_json_get_boolean (object, "is-told", FALSE);

  return account;
}

static DioAccount *
make_account (DioStatement *row)
{
  DioAccount *account = dio_account_new (dio_statement_get_text (row, 0), dio_statement_get_text (row, 1));

  account->kind = g_strdup (dio_statement_get_text (row, 2));
  account->endpoint = g_strdup (dio_statement_get_text (row, 3));
  account->upload_url = g_strdup (dio_statement_get_text (row, 4));
  account->price = dio_statement_get_number (row, 5);
  account->currency = g_strdup (dio_statement_get_text (row, 6));
  account->is_told = dio_statement_get_integer (row, 7) != 0;

  return account;
}

/**
 * dio_archive_load_accounts:
 * @self: an open archive
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioAccount): the accounts, in the order
 *   in which they were added
 */
GPtrArray *
dio_archive_load_accounts (DioArchive  *self,
                           GError     **error)
{
  g_autoptr(GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_account_free);
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT provider, name, kind, endpoint, upload_url, coalesce (price, -1),"
                                  "       currency, is_told "
                                  "FROM accounts ORDER BY seq", "");
  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (accounts, make_account (statement));
    }

  return statement != NULL ? g_steal_pointer (&accounts) : NULL;
}

/**
 * dio_archive_save_account:
 * @self: an open archive
 * @account: takes the place of one with its provider and name
 * @error: return location for a #GError
 */
gboolean
dio_archive_save_account (DioArchive        *self,
                          const DioAccount  *account,
                          GError           **error)
{
  return _dio_archive_check_open (self, error) &&
         dio_database_run (self->database, error,
                           "INSERT INTO accounts (provider, name, kind, endpoint, upload_url, price, currency, is_told) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                           "ON CONFLICT (provider, name) DO UPDATE SET kind = excluded.kind,"
                           " endpoint = excluded.endpoint, upload_url = excluded.upload_url,"
                           " price = excluded.price, currency = excluded.currency, is_told = excluded.is_told",
                           "sssssdsx",
                           account->provider_id, account->name, account->kind, account->endpoint,
                           account->upload_url, account->price >= 0 ? account->price : NAN,
                           account->currency, (gint64) account->is_told);
}

/**
 * dio_archive_remove_account:
 * @self: an open archive
 * @provider_id: whose account
 * @name: its name; one that is not there is no error
 * @error: return location for a #GError
 */
gboolean
dio_archive_remove_account (DioArchive  *self,
                            const char  *provider_id,
                            const char  *name,
                            GError     **error)
{
  return _dio_archive_check_open (self, error) &&
         dio_database_run (self->database, error,
                           "DELETE FROM accounts WHERE provider = ? AND name = ?", "ss", provider_id, name);
}
