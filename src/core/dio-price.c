/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request costs, and who says so. */

#include "config.h"

#include "dio-price.h"

#include <math.h>

/* Stored in the database: never changed. */
static const char *const source_nicks[DIO_N_PRICE_SOURCES] = {
  "unknown", "free", "typed", "listed", "asked", "told",
};

static const char *const billed_nicks[DIO_N_BILLED] = {
  "unknown", "no", "yes",
};

static gboolean
find_nick (const char *const *nicks,
           guint              n_nicks,
           const char        *nick,
           guint             *position)
{
  for (guint i = 0; nick != NULL && i < n_nicks; i++)
    {
      if (g_str_equal (nicks[i], nick))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * dio_price_is_known:
 * @self: a price
 *
 * Returns: whether there is a figure, by whomever
 */
gboolean
dio_price_is_known (const DioPrice *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->source != DIO_PRICE_UNKNOWN;
}

/**
 * dio_price_set:
 * @self: (out): a price
 * @source: who says so
 * @amount: of the whole request
 * @currency: (nullable): of @amount, at most seven bytes
 *
 * Makes it a price of that amount and nothing else.
 */
void
dio_price_set (DioPrice       *self,
               DioPriceSource  source,
               double          amount,
               const char     *currency)
{
  g_return_if_fail (self != NULL);

  *self = (DioPrice) { .source = source, .amount = amount };
  if (currency != NULL)
    g_strlcpy (self->currency, currency, sizeof self->currency);
}

/**
 * dio_price_format_amount:
 * @amount: how much
 * @currency: of @amount; may be empty
 *
 * A cent is too much to round to where a picture costs less than ten of them.
 *
 * Returns: (transfer full): such as "$0.069", "€1.20" or "8 units"
 */
char *
dio_price_format_amount (double      amount,
                         const char *currency)
{
  int digits = fabs (amount) < 1 && fabs (amount * 100 - round (amount * 100)) > 1e-6 ? 3 : 2;

  g_return_val_if_fail (currency != NULL, NULL);

  if (g_str_equal (currency, "USD"))
    return g_strdup_printf ("$%.*f", digits, amount);
  if (g_str_equal (currency, "EUR"))
    return g_strdup_printf ("€%.*f", digits, amount);
  if (g_str_equal (currency, "units"))
    return g_strdup_printf ("%g %s", amount, currency);

  return g_strdup_printf ("%.*f %s", digits, amount, currency);
}

/**
 * dio_price_format:
 * @self: a price
 *
 * Returns: (transfer full) (nullable): the amount; %NULL where none is known
 */
char *
dio_price_format (const DioPrice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dio_price_is_known (self) ? dio_price_format_amount (self->amount, self->currency) : NULL;
}

const char *
dio_price_source_get_nick (DioPriceSource source)
{
  g_return_val_if_fail ((guint) source < DIO_N_PRICE_SOURCES, NULL);

  return source_nicks[source];
}

gboolean
dio_price_source_from_nick (const char     *nick,
                            DioPriceSource *source)
{
  guint position;

  if (!find_nick (source_nicks, DIO_N_PRICE_SOURCES, nick, &position))
    return FALSE;

  *source = position;

  return TRUE;
}

const char *
dio_billed_get_nick (DioBilled billed)
{
  g_return_val_if_fail ((guint) billed < DIO_N_BILLED, NULL);

  return billed_nicks[billed];
}

gboolean
dio_billed_from_nick (const char *nick,
                      DioBilled  *billed)
{
  guint position;

  if (!find_nick (billed_nicks, DIO_N_BILLED, nick, &position))
    return FALSE;

  *billed = position;

  return TRUE;
}
