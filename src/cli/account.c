/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli account: the accounts that pay, without their keys. */

#include "config.h"

#include "dio-account-moves.h"
#include "dio-cli-account.h"
#include "dio-cli-price.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>

/* What “none” was typed for is taken away. */
#define NONE "none"

typedef struct
{
  char         *kind;       /* (owned) (nullable): as typed, as all of these */
  char         *endpoint;   /* (owned) (nullable) */
  char         *upload_url; /* (owned) (nullable) */
  char         *price;      /* (owned) (nullable) */
  char         *currency;   /* (owned) (nullable) */
  gboolean      json;
  GCancellable *cancellable; /* (owned) */
  DioStudio    *studio;      /* (owned) */
} Account;

static void
add_account (JsonBuilder      *builder,
             const DioAccount *account)
{
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "provider", account->provider_id);
  dio_cli_add_text (builder, "name", account->name);
  dio_cli_add_text (builder, "kind", account->kind);
  dio_cli_add_text (builder, "endpoint", account->endpoint);
  dio_cli_add_text (builder, "upload_url", account->upload_url);
  json_builder_set_member_name (builder, "price");
  if (account->price >= 0)
    json_builder_add_double_value (builder, account->price);
  else
    json_builder_add_null_value (builder);
  dio_cli_add_text (builder, "currency", account->currency);
  json_builder_end_object (builder);
}

static void
print_account (const DioAccount *account)
{
  g_autofree char *provider = dio_cli_pad (account->provider_id, 10);
  g_autofree char *name = dio_cli_pad (account->name, 16);
  g_autofree char *kind = dio_cli_pad (account->kind != NULL ? account->kind : "", 10);
  const char *currency = account->currency != NULL ? account->currency : "";
  g_autofree char *amount = account->price >= 0 ? dio_price_format_amount (account->price, currency) : NULL;
  g_autofree char *price = dio_cli_pad (amount != NULL ? amount : "", 10);
  g_autofree char *line = g_strjoin ("  ", provider, name, kind, price,
                                     account->endpoint != NULL ? account->endpoint : "", NULL);

  dio_cli_print (g_strchomp (line));
}

static gboolean
list (Account  *self,
      char    **arguments,
      GError  **error)
{
  DioAccountList *accounts = dio_studio_get_accounts (self->studio);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < dio_account_list_get_n (accounts); i++)
    {
      add_account (builder, dio_account_list_get (accounts, i));
      if (!self->json)
        print_account (dio_account_list_get (accounts, i));
    }
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  if (self->json)
    dio_cli_print_json (node);

  return TRUE;
}

static gboolean
set_text (char       **field,
          const char  *typed)
{
  g_free (*field);
  *field = g_str_equal (typed, NONE) || *typed == '\0' ? NULL : g_strdup (typed);

  return TRUE;
}

static gboolean
set_kind (Account      *self,
          DioAccount   *account,
          GError      **error)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, account->provider_id);
  const DioProviderFacts *facts = dio_provider_get_facts (provider);
  g_autoptr(GString) known = g_string_new (NULL);

  if (self->kind == NULL || dio_cli_account_find_kind (provider, self->kind) != NULL)
    return self->kind == NULL || set_text (&account->kind, self->kind);

  for (guint i = 0; i < facts->n_kinds; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", facts->kinds[i].id);
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
               "“%s” has no accounts of kind “%s”; there is: %s", account->provider_id, self->kind, known->str);

  return FALSE;
}

static gboolean
set_endpoint (Account      *self,
              DioAccount   *account,
              GError      **error)
{
  g_autofree char *checked = NULL;

  if (self->endpoint == NULL || g_str_equal (self->endpoint, NONE))
    return self->endpoint == NULL || set_text (&account->endpoint, self->endpoint);

  checked = dio_cli_account_check_address ("--endpoint", self->endpoint, error);

  return checked != NULL && set_text (&account->endpoint, checked);
}

static gboolean
set_upload_url (Account      *self,
                DioAccount   *account,
                GError      **error)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, account->provider_id);
  g_autofree char *checked = NULL;

  if (self->upload_url == NULL || g_str_equal (self->upload_url, NONE))
    return self->upload_url == NULL || set_text (&account->upload_url, self->upload_url);

  if (!dio_provider_get_facts (provider)->has_upload_url)
    {
      dio_cli_set_usage_error (error, "--upload-url is of no use with “%s”", account->provider_id);
      return FALSE;
    }

  checked = dio_cli_account_check_address ("--upload-url", self->upload_url, error);

  return checked != NULL && set_text (&account->upload_url, self->upload_url);
}

static gboolean
set_price (Account     *self,
           DioAccount  *account,
           GError     **error)
{
  if (self->currency != NULL)
    {
      g_free (account->currency);
      account->currency = dio_cli_price_parse_currency (self->currency, error);
      if (account->currency == NULL)
        return FALSE;
    }

  if (g_strcmp0 (self->price, NONE) == 0)
    account->price = -1;
  else if (self->price != NULL && !dio_cli_price_parse_amount (self->price, &account->price, error))
    return FALSE;

  if (account->price < 0 || account->currency != NULL)
    return TRUE;

  dio_cli_set_usage_error (error, "--currency is missing: what the price is in, such as USD");

  return FALSE;
}

static gboolean
change (Account     *self,
        DioAccount  *account,
        GError     **error)
{
  return set_kind (self, account, error) &&
         set_endpoint (self, account, error) &&
         set_upload_url (self, account, error) &&
         set_price (self, account, error) &&
         dio_cli_account_save (self->studio, account, error);
}

/* A name is an argument of other verbs, and stands in tables. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  glong length = g_utf8_validate (name, -1, NULL) ? g_utf8_strlen (name, -1) : 0;
  gboolean is_plain = TRUE;

  for (const char *c = name; length > 0 && *c != '\0'; c = g_utf8_next_char (c))
    is_plain = is_plain && g_unichar_isprint (g_utf8_get_char (c));

  if (is_plain && length > 0 && length <= 40)
    return TRUE;

  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                       "An account’s name has 1 to 40 characters that can be printed");

  return FALSE;
}

static gboolean
check_provider (Account     *self,
                const char  *id,
                GError     **error)
{
  DioProvider *provider = dio_cli_find_provider (self->studio, id, error);

  if (provider != NULL && dio_provider_is_local (provider))
    dio_cli_set_usage_error (error, "“%s” needs no account", id);

  return provider != NULL && !dio_provider_is_local (provider);
}

static gboolean
add (Account  *self,
     char    **arguments,
     GError  **error)
{
  DioAccountList *accounts = dio_studio_get_accounts (self->studio);
  g_autoptr(DioAccount) account = NULL;

  if (!check_provider (self, arguments[2], error) || !check_name (arguments[3], error))
    return FALSE;

  if (dio_account_list_find (accounts, arguments[2], arguments[3]) != NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "“%s” has an account “%s” already; “account set” changes it", arguments[2], arguments[3]);
      return FALSE;
    }

  account = dio_account_new (arguments[2], arguments[3]);

  return change (self, account, error);
}

static const DioAccount *
find (Account  *self,
      char    **arguments,
      GError  **error)
{
  const DioAccount *account;

  if (!check_provider (self, arguments[2], error))
    return NULL;

  account = dio_account_list_find (dio_studio_get_accounts (self->studio), arguments[2], arguments[3]);
  if (account == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "“%s” has no account “%s”", arguments[2], arguments[3]);

  return account;
}

static gboolean
set (Account  *self,
     char    **arguments,
     GError  **error)
{
  const DioAccount *found = find (self, arguments, error);
  g_autoptr(DioAccount) account = found != NULL ? dio_account_copy (found) : NULL;

  return account != NULL && change (self, account, error);
}

static gboolean
remove_account (Account  *self,
                char    **arguments,
                GError  **error)
{
  const DioAccount *account = find (self, arguments, error);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  if (account == NULL)
    return FALSE;

  dio_studio_remove_account_async (self->studio, account, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_studio_remove_account_finish (self->studio, result, NULL, error);
}

typedef struct
{
  const char *name;
  guint       n_arguments;
  gboolean  (*run) (Account *self, char **arguments, GError **error);
} Action;

static const Action actions[] = {
  { "list", 1, list },
  { "add", 3, add },
  { "set", 3, set },
  { "remove", 3, remove_account },
};

static gboolean
run (Account  *self,
     char    **arguments,
     GError  **error)
{
  const char *name = arguments[1] != NULL ? arguments[1] : "list";

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, name))
        continue;
      if (arguments[1] != NULL &&
          !dio_cli_check_n (arguments, actions[i].n_arguments, "PROVIDER NAME", error))
        return FALSE;

      self->studio = dio_cli_studio_new ();

      return dio_cli_studio_open (self->studio, self->cancellable, error) &&
             actions[i].run (self, arguments, error);
    }

  dio_cli_set_usage_error (error, "“account” can list, add, set or remove, not “%s”", name);

  return FALSE;
}

static void
clear (Account *self)
{
  g_free (self->kind);
  g_free (self->endpoint);
  g_free (self->upload_url);
  g_free (self->price);
  g_free (self->currency);
  g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
}

int
dio_cli_account (char ***arguments)
{
  Account self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &self.kind, N_ ("What sort of account it is, such as “official” for Kling"), N_ ("KIND") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &self.endpoint, N_ ("scheme://host[:port][/prefix] in place of the documented host"), N_ ("URL") },
    { "upload-url", 0, 0, G_OPTION_ARG_STRING, &self.upload_url, N_ ("An address of your own that photos are uploaded to"), N_ ("URL") },
    { "price", 0, 0, G_OPTION_ARG_STRING, &self.price, N_ ("What one picture costs"), N_ ("AMOUNT") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &self.currency, N_ ("What the price is in"), N_ ("CURRENCY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("list | add|set|remove PROVIDER NAME"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("List, add, change or remove accounts.\n"
                                             "A provider’s first account is used unless another is named. “none” takes\n"
                                             "away what was set. Keys have a verb of their own: “key”."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) || !run (&self, *arguments, &error))
    status = dio_cli_fail (error, self.json);

  clear (&self);

  return status;
}
