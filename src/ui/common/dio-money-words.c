/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices in words: how much, who says so, and whether it was charged. */

#include "config.h"

#include "dio-money-words.h"

#include <glib/gi18n.h>

/* As short as a button needs it; NULL where nothing is paid. */
char *
dio_price_to_text (const DioPrice *price)
{
  g_autofree char *amount = NULL;

  if (price->source == DIO_PRICE_FREE)
    return NULL;
  if (!dio_price_is_known (price))
    /* Translators: on a button, in the place of an amount of money. */
    return g_strdup (_("price unknown"));

  amount = dio_price_format (price);
  if (price->is_guess)
    /* Translators: an amount of money that depends on what is not known yet: “about $0.07”. */
    return g_strdup_printf (_("about %s"), amount);

  return g_steal_pointer (&amount);
}

static char *
format_listed (const DioPrice *price,
               const char     *amount)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (price->as_of != NULL)
    /* Translators: %1$s is an amount of money, %2$s a date. */
    g_string_append_printf (text, _("%1$s by the provider’s list of %2$s."), amount, price->as_of);
  else
    /* Translators: %s is an amount of money. */
    g_string_append_printf (text, _("%s by the provider’s list."), amount);

  if (price->is_guess)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _("What it depends on is left to the provider."));
    }

  if (price->where != NULL)
    g_string_append_printf (text, "\n%s", price->where);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* How much, and who says so. */
char *
dio_price_to_sentence (const DioPrice *price)
{
  g_autofree char *amount = dio_price_format (price);

  switch (price->source)
    {
    case DIO_PRICE_UNKNOWN:
      return g_strdup (_("The price is unknown. An own figure can be given in the preferences."));
    case DIO_PRICE_FREE:
      return g_strdup (_("Nothing is paid."));
    case DIO_PRICE_TYPED:
      /* Translators: %s is an amount of money, worked out from the person’s own figure for one picture. */
      return g_strdup_printf (_("%s by the figure in the preferences."), amount);
    case DIO_PRICE_LISTED:
      return format_listed (price, amount);
    case DIO_PRICE_ASKED:
      /* Translators: %s is an amount of money that the provider named when asked, before anything was made. */
      return g_strdup_printf (_("%s is the provider’s own answer."), amount);
    case DIO_PRICE_TOLD:
      /* Translators: %s is an amount of money that the provider named with the picture. */
      return g_strdup_printf (_("%s is the provider’s own figure."), amount);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
dio_billed_to_sentence (DioBilled billed)
{
  switch (billed)
    {
    case DIO_BILLED_UNKNOWN:
      return _("Whether it was billed is not known.");
    case DIO_BILLED_NO:
      return _("Nothing was billed.");
    case DIO_BILLED_YES:
      return _("It is billed.");
    default:
      g_return_val_if_reached (NULL);
    }
}

/* The provider's own figure once there is one; NULL where nothing is paid. */
char *
dio_job_dup_price_text (DioJob *job)
{
  const DioPrice *cost = &dio_job_get_remote (job)->cost;

  if (dio_job_get_account (job) == NULL)
    return NULL;

  return dio_price_to_text (dio_price_is_known (cost) ? cost : dio_job_get_estimate (job));
}

/* Of a job that has ended; NULL where nothing is paid. */
char *
dio_job_dup_billed_text (DioJob *job)
{
  const DioJobRemote *remote = dio_job_get_remote (job);
  g_autofree char *price = NULL;

  if (dio_job_get_account (job) == NULL)
    return NULL;
  if (remote->sent_at == 0)
    return g_strdup (_("Nothing was sent, and nothing was billed."));
  if (remote->billed != DIO_BILLED_YES)
    return g_strdup (dio_billed_to_sentence (remote->billed));

  price = dio_job_dup_price_text (job);
  /* Translators: %s is an amount of money. */
  return price != NULL ? g_strdup_printf (_("It is billed: %s."), price)
                       : g_strdup (dio_billed_to_sentence (remote->billed));
}

/* Why our own cap holds something back. */
char *
dio_format_budget (DioLibrary     *library,
                   const DioPrice *price)
{
  g_autofree char *amount = dio_price_format (price);
  g_autofree char *limit = NULL;
  double cap;

  if (amount == NULL)
    return g_strdup (_("There is a limit for the money spent in a day, and nobody knows what this costs."));
  if (!dio_library_get_cap (library, price->currency, &cap))
    /* Translators: %s is an amount of money. */
    return g_strdup_printf (_("With %s for this, the day would cost more than its cap."), amount);

  limit = dio_price_format_amount (cap, price->currency);
  /* Translators: two amounts of money. */
  return g_strdup_printf (_("The limit is %1$s a day. With %2$s for this it would be passed today."), limit, amount);
}
