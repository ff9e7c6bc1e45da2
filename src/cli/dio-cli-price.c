/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices as text and as JSON: a figure never stands without who says so. */

#include "config.h"

#include "dio-cli-price.h"

#include "dio-cli.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static char *
describe_listed (const DioPrice *price,
                 const char     *amount)
{
  if (price->as_of != NULL && price->where != NULL)
    /* Translators: an amount, a date and an address. */
    return g_strdup_printf (_("%s, by the provider’s list of %s (%s)"), amount, price->as_of, price->where);

  /* Translators: %s is an amount of money. */
  return g_strdup_printf (_("%s, by the provider’s list"), amount);
}

/**
 * dio_cli_price_describe:
 * @price: a price
 *
 * Returns: (transfer full): the amount and where it is from
 */
char *
dio_cli_price_describe (const DioPrice *price)
{
  g_autofree char *figure = dio_price_format (price);
  g_autofree char *amount = price->is_guess ? g_strdup_printf (_("about %s"), figure) : g_strdup (figure);

  switch (price->source)
    {
    case DIO_PRICE_UNKNOWN:
      return g_strdup (_("price unknown"));

    case DIO_PRICE_FREE:
      return g_strdup (_("free"));

    case DIO_PRICE_TYPED:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_("%s, by the price that was typed for the account"), amount);

    case DIO_PRICE_LISTED:
      return describe_listed (price, amount);

    case DIO_PRICE_ASKED:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_("%s, by the provider’s answer"), amount);

    case DIO_PRICE_TOLD:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_("%s, as the provider has told"), amount);

    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * dio_cli_price_add:
 * @builder: in an object
 * @name: of the new member
 * @price: a price
 *
 * Adds an object; an unknown amount is null, never 0.
 */
void
dio_cli_price_add (JsonBuilder    *builder,
                   const char     *name,
                   const DioPrice *price)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "amount");
  if (dio_price_is_known (price))
    json_builder_add_double_value (builder, price->amount);
  else
    json_builder_add_null_value (builder);
  dio_cli_add_text (builder, "currency", *price->currency != '\0' ? price->currency : NULL);
  dio_cli_add_text (builder, "source", dio_price_source_get_nick (price->source));
  json_builder_set_member_name (builder, "is_guess");
  json_builder_add_boolean_value (builder, price->is_guess);
  dio_cli_add_text (builder, "as_of", price->as_of);
  dio_cli_add_text (builder, "where", price->where);
  json_builder_end_object (builder);
}

/**
 * dio_cli_price_parse_currency:
 * @text: as typed
 * @error: return location for a usage error
 *
 * A cap for “usd” would not hold what is paid in “USD”.
 *
 * Returns: (transfer full) (nullable): @text as prices have it
 */
char *
dio_cli_price_parse_currency (const char  *text,
                              GError     **error)
{
  const DioPrice price = { 0 };
  gsize length = strlen (text);
  gsize n_letters = 0;

  while (g_ascii_isalpha (text[n_letters]))
    n_letters++;

  if (length == 0 || n_letters < length || length >= sizeof price.currency)
    {
      dio_cli_set_usage_error (error, "“%s” is no currency, such as USD", text);
      return NULL;
    }

  /* That is what credits of a provider's own are called. */
  return g_ascii_strcasecmp (text, "units") == 0 ? g_strdup ("units") : g_ascii_strup (text, -1);
}

/**
 * dio_cli_price_parse_amount:
 * @text: as typed
 * @amount: (out): 0 or more
 * @error: return location for a usage error
 */
gboolean
dio_cli_price_parse_amount (const char  *text,
                            double      *amount,
                            GError     **error)
{
  char *end;

  *amount = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*amount) && *amount >= 0)
    return TRUE;

  dio_cli_set_usage_error (error, "“%s” is no amount, such as 2.50", text);

  return FALSE;
}
