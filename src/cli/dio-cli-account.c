/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose account a verb uses, and with which key. */

#include "config.h"

#include "dio-cli-account.h"

#include "dio-cli-key.h"
#include "dio-cli.h"
#include "dio-error.h"
#include "dio-keyring.h"

#include <string.h>

void
dio_cli_account_options_clear (DioCliAccountOptions *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->endpoint, g_free);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static const char *
find_fault (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0')
    return "it names no host";
  if (g_uri_get_userinfo (uri) != NULL)
    return "it holds a name or a password";
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return "it may have a path, and nothing after that";
  if (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host)))
    return NULL;

  return "it is neither https, nor http on this computer";
}

/**
 * dio_cli_account_check_address:
 * @option: where it was typed
 * @address: what was typed
 * @error: return location for a usage error
 *
 * Returns: (transfer full) (nullable): scheme://host[:port][/prefix], without a
 *   slash at its end
 */
char *
dio_cli_account_check_address (const char  *option,
                               const char  *address,
                               GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *fault = uri != NULL ? find_fault (uri) : "it is no scheme://host[:port][/prefix]";
  char *end;
  char *checked;

  if (fault != NULL)
    {
      /* It may hold a password, so it is not repeated. */
      dio_cli_set_usage_error (error, "The address after %s cannot be used: %s", option, fault);
      return NULL;
    }

  checked = g_strdup (address);
  for (end = checked + strlen (checked); end[-1] == '/'; end--)
    end[-1] = '\0';

  return checked;
}

/**
 * dio_cli_account_find_kind:
 * @provider: a provider
 * @id: (nullable): a kind of account; the usual one where %NULL
 *
 * Returns: (nullable): that kind
 */
const DioAccountKind *
dio_cli_account_find_kind (DioProvider *provider,
                           const char  *id)
{
  const DioProviderFacts *facts = dio_provider_get_facts (provider);

  for (guint i = 0; i < facts->n_kinds; i++)
    {
      if (id == NULL || g_str_equal (facts->kinds[i].id, id))
        return &facts->kinds[i];
    }

  return NULL;
}

static gboolean
refuse_options (DioProvider                 *provider,
                const DioCliAccountOptions  *options,
                GError                     **error)
{
  const char *option = options->account != NULL    ? "--account"
                       : options->endpoint != NULL ? "--endpoint"
                       : options->key_stdin        ? "--key-stdin"
                                                   : NULL;

  if (option != NULL)
    dio_cli_set_usage_error (error, "%s is of no use with “%s”, which has no accounts",
                             option, dio_provider_get_id (provider));

  return option == NULL;
}

static void
set_unknown_error (DioStudio    *studio,
                   DioProvider  *provider,
                   const char   *name,
                   GError      **error)
{
  DioAccountList *accounts = dio_studio_get_accounts (studio);
  const char *id = dio_provider_get_id (provider);
  g_autoptr(GString) known = g_string_new (NULL);

  for (guint i = 0; i < dio_account_list_get_n (accounts); i++)
    {
      const DioAccount *account = dio_account_list_get (accounts, i);

      if (g_str_equal (account->provider_id, id))
        g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "; there is: ", account->name);
    }

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
               "“%s” has no account “%s”%s", id, name, known->str);
}

/**
 * dio_cli_account_choose:
 * @studio: a studio, open where accounts are kept in it
 * @provider: a provider
 * @options: what was typed
 * @account: (out) (nullable): as it is used in this run; %NULL for a provider
 *   without accounts
 * @error: return location for a #GError
 *
 * Returns: whether the options can be met
 */
gboolean
dio_cli_account_choose (DioStudio                   *studio,
                        DioProvider                 *provider,
                        const DioCliAccountOptions  *options,
                        DioAccount                 **account,
                        GError                     **error)
{
  g_autoptr(DioAccount) chosen = NULL;
  g_autofree char *endpoint = NULL;

  *account = NULL;
  if (dio_provider_is_local (provider))
    return refuse_options (provider, options, error);

  if (options->endpoint != NULL)
    {
      endpoint = dio_cli_account_check_address ("--endpoint", options->endpoint, error);
      if (endpoint == NULL)
        return FALSE;
    }

  chosen = dio_studio_dup_account (studio, dio_provider_get_id (provider), options->account);
  if (chosen == NULL)
    {
      set_unknown_error (studio, provider, options->account, error);
      return FALSE;
    }

  if (endpoint != NULL)
    {
      g_free (chosen->endpoint);
      chosen->endpoint = g_steal_pointer (&endpoint);
    }
  *account = g_steal_pointer (&chosen);

  return TRUE;
}

/**
 * dio_cli_account_take_key:
 * @studio: a studio
 * @account: whose key is on the standard input
 * @error: return location for a #GError
 *
 * Uses that key for @account in this run, and asks no keyring for it.
 */
gboolean
dio_cli_account_take_key (DioStudio   *studio,
                          DioAccount  *account,
                          GError     **error)
{
  DioProvider *provider = dio_studio_find_provider (studio, account->provider_id);
  DioKeyring *keys = DIO_KEYRING (dio_studio_get_keys (studio));
  g_autofree char *key = dio_cli_key_read (dio_cli_account_find_kind (provider, account->kind), error);

  if (key == NULL || !dio_cli_key_fit (account, dio_provider_get_facts (provider), key, error))
    return FALSE;

  dio_keyring_set_session_key (keys, account->provider_id, account->name, key);

  return TRUE;
}

/**
 * dio_cli_account_take_key_for:
 * @studio: an open studio
 * @provider_id: whose account
 * @name: of an account that a job was made for, which may be gone by now
 * @error: return location for a #GError
 *
 * The same for an account that is known by its name.
 */
gboolean
dio_cli_account_take_key_for (DioStudio   *studio,
                              const char  *provider_id,
                              const char  *name,
                              GError     **error)
{
  g_autoptr(DioAccount) account = dio_studio_dup_account (studio, provider_id, name);

  if (account == NULL)
    account = dio_account_new (provider_id, name);

  return dio_cli_account_take_key (studio, account, error);
}

/**
 * dio_cli_account_save:
 * @studio: an open studio
 * @account: an account
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Waits until @account is written.
 */
gboolean
dio_cli_account_save (DioStudio         *studio,
                      const DioAccount  *account,
                      GError           **error)
{
  DioLibrary *library = dio_studio_get_library (studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_library_save_account_async (library, account, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_library_save_account_finish (library, result, error);
}
