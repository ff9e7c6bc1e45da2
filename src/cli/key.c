/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli key: keys of accounts into the keyring, tested, and out of it. */

#include "config.h"

#include "dio-cli-account.h"
#include "dio-cli-key.h"
#include "dio-cli-price.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>

typedef struct
{
  DioCliAccountOptions  options;
  gboolean              json;
  GCancellable         *cancellable; /* (owned) */
  DioStudio            *studio;      /* (owned) */
  DioProvider          *provider;    /* (borrowed): from the studio */
  DioAccount           *account;     /* (owned) */
} Key;

static gboolean
set_key (Key     *self,
         GError **error)
{
  DioKeyStore *keys = dio_studio_get_keys (self->studio);
  const DioAccountKind *kind = dio_cli_account_find_kind (self->provider, self->account->kind);
  g_autofree char *key = dio_cli_key_read (kind, error);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  gboolean is_lasting = FALSE;

  if (key == NULL ||
      !dio_cli_key_fit (self->account, dio_provider_get_facts (self->provider), key, error))
    return FALSE;

  dio_key_store_store_async (keys, self->account->provider_id, self->account->name, key,
                             self->cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  if (!dio_key_store_store_finish (keys, result, &is_lasting, error))
    return FALSE;

  if (!is_lasting)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE,
                           "No keyring answers, so the key would be forgotten as soon as this program ends; "
                           "“--key-stdin” gives it to a single run");
      return FALSE;
    }

  return dio_cli_account_save (self->studio, self->account, error);
}

static gboolean
clear_key (Key     *self,
           GError **error)
{
  DioKeyStore *keys = dio_studio_get_keys (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_key_store_clear_async (keys, self->account->provider_id, self->account->name,
                             self->cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_key_store_clear_finish (keys, result, error);
}

/* In the JSON for scripts: never changed. */
static const char *
get_verdict_nick (DioKeyVerdict verdict)
{
  return verdict == DIO_KEY_ACCEPTED ? "accepted" : verdict == DIO_KEY_REFUSED ? "refused" : "unknown";
}

static void
print_verdict_json (DioKeyVerdict   verdict,
                    const DioPrice *balance)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "verdict", get_verdict_nick (verdict));
  dio_cli_price_add (builder, "balance", balance);
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static void
print_verdict (DioKeyVerdict   verdict,
               const DioPrice *balance)
{
  g_autofree char *amount = dio_price_format (balance);
  g_autofree char *line = NULL;

  if (verdict == DIO_KEY_ACCEPTED)
    dio_cli_print (_("The provider knows the key."));
  else
    dio_cli_print (_("Whether the key is right cannot be told without paying."));

  if (amount != NULL)
    {
      /* Translators: an amount of money that is left on an account. */
      line = g_strdup_printf (_("Balance: %s"), amount);
      dio_cli_print (line);
    }
}

static gboolean
test_key (Key     *self,
          GError **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  DioKeyVerdict verdict = DIO_KEY_UNKNOWN;
  DioPrice balance = { 0 };

  if (self->options.key_stdin && !dio_cli_account_take_key (self->studio, self->account, error))
    return FALSE;

  dio_provider_test_key_async (self->provider, self->account, self->cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  if (!dio_provider_test_key_finish (self->provider, result, &verdict, &balance, error))
    return FALSE;

  if (verdict == DIO_KEY_REFUSED)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_AUTH,
                   "“%s” refuses the key of account “%s”", self->account->provider_id, self->account->name);
      return FALSE;
    }

  if (self->json)
    print_verdict_json (verdict, &balance);
  else
    print_verdict (verdict, &balance);

  return TRUE;
}

typedef struct
{
  const char *name;
  gboolean  (*run) (Key *self, GError **error);
} Action;

static const Action actions[] = {
  { "set", set_key },
  { "test", test_key },
  { "clear", clear_key },
};

static gboolean
run (Key         *self,
     char       **arguments,
     GError     **error)
{
  const Action *action = NULL;

  if (g_strv_length (arguments) > 3)
    {
      /* It may be one, and is not repeated. */
      dio_cli_set_usage_error (error, "Too much is typed after “%s”: a key is never an argument", arguments[2]);
      return FALSE;
    }
  if (!dio_cli_check_n (arguments, 2, "set|test|clear PROVIDER", error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].name, arguments[1]))
        action = &actions[i];
    }

  if (action == NULL)
    {
      dio_cli_set_usage_error (error, "“key” can set, test or clear, not “%s”", arguments[1]);
      return FALSE;
    }

  self->studio = dio_cli_studio_new ();
  self->provider = dio_cli_find_provider (self->studio, arguments[2], error);
  if (self->provider == NULL)
    return FALSE;

  if (dio_provider_is_local (self->provider))
    {
      dio_cli_set_usage_error (error, "“%s” needs no key", arguments[2]);
      return FALSE;
    }

  return dio_cli_studio_open (self->studio, self->cancellable, error) &&
         dio_cli_account_choose (self->studio, self->provider, &self->options, &self->account, error) &&
         action->run (self, error);
}

static void
clear (Key *self)
{
  dio_cli_account_options_clear (&self->options);
  g_clear_pointer (&self->account, dio_account_free);
  g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
}

int
dio_cli_key (char ***arguments)
{
  Key self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &self.options.account, N_ ("Which of the provider’s accounts (the first)"), N_ ("NAME") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &self.options.endpoint, N_ ("Test it at scheme://host[:port][/prefix]"), N_ ("URL") },
    { "key-stdin", 0, 0, G_OPTION_ARG_NONE, &self.options.key_stdin, N_ ("Test the key that is on the standard input"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("set|test|clear PROVIDER"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Keep, test or forget the key of an account.\n"
                                             "“set” reads it from the standard input and keeps it in the keyring; one of\n"
                                             "two halves is on two lines. “test” costs nothing."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !run (&self, *arguments, &error))
    status = dio_cli_fail (error, self.json);

  clear (&self);

  return status;
}
