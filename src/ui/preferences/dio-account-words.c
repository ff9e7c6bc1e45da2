/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and money in words, and what was typed as money. */

#include "config.h"

#include "dio-account-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_AMOUNT 1e6

/* The kind of an account; one that is unknown, or was never chosen, is the usual one. */
const DioAccountKind *
dio_account_find_kind (DioProvider      *provider,
                       const DioAccount *account)
{
  const DioProviderFacts *facts = dio_provider_get_facts (provider);

  if (facts == NULL || facts->n_kinds == 0)
    return NULL;

  for (guint i = 0; i < facts->n_kinds; i++)
    if (g_strcmp0 (facts->kinds[i].id, account->kind) == 0)
      return &facts->kinds[i];

  return &facts->kinds[0];
}

char *
dio_account_describe (DioProvider      *provider,
                      const DioAccount *account)
{
  const DioProviderFacts *facts = dio_provider_get_facts (provider);
  const DioAccountKind *kind = dio_account_find_kind (provider, account);
  const char *title = kind != NULL && facts->n_kinds > 1 ? _(kind->title) : NULL;
  g_autofree char *price = NULL;
  g_autofree char *priced = NULL;

  if (account->price < 0 || account->currency == NULL)
    return g_strdup (title != NULL ? title : "");

  price = dio_price_format_amount (account->price, account->currency);
  /* Translators: of an account; %s is an amount of money. */
  priced = g_strdup_printf (_("%s a picture"), price);
  if (title == NULL)
    return g_steal_pointer (&priced);

  /* Translators: the kind of an account, and what a picture costs there. */
  return g_strdup_printf (_("%1$s · %2$s"), title, priced);
}

/* With a point or a comma, whatever the language: prices are copied from pages. */
gboolean
dio_parse_amount (const char *text,
                  double     *amount)
{
  g_autofree char *plain = g_strdelimit (g_strstrip (g_strdup (text)), ",", '.');
  char *end;

  /* Neither signs nor exponents, which g_ascii_strtod() would take. */
  if (*plain == '\0' || strspn (plain, "0123456789.") != strlen (plain))
    return FALSE;

  *amount = g_ascii_strtod (plain, &end);
  return *end == '\0' && *amount <= MAX_AMOUNT;
}

/* As one would type it. */
char *
dio_format_typed_amount (double amount)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", amount));
}

/* Letters that a price has room for: “usd” is USD, and a provider may count in
 * units of its own. NULL where it is no currency. */
char *
dio_parse_currency (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gsize length = strlen (plain);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalpha (plain[i]))
      return NULL;

  if (g_ascii_strcasecmp (plain, "units") == 0)
    return g_strdup ("units");

  return length == 3 ? g_ascii_strup (plain, -1) : NULL;
}

const char *
dio_price_source_words (DioPriceSource source)
{
  switch (source)
    {
    case DIO_PRICE_UNKNOWN:
      return _("price unknown");
    case DIO_PRICE_FREE:
      return _("free");
    case DIO_PRICE_TYPED:
      /* Translators: where a price comes from: it was typed in these preferences. */
      return _("by the price of the account");
    case DIO_PRICE_LISTED:
      /* Translators: where a price comes from: a list that the provider has published. */
      return _("by the price list");
    case DIO_PRICE_ASKED:
      /* Translators: where a price comes from: the provider was asked beforehand. */
      return _("as the provider estimated");
    case DIO_PRICE_TOLD:
      /* Translators: where a price comes from: the provider’s own figure. */
      return _("as the provider charged");
    default:
      g_return_val_if_reached ("");
    }
}
