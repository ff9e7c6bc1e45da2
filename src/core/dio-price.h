/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request costs, and who says so. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioBilled:
 * @DIO_BILLED_UNKNOWN: nobody has said
 * @DIO_BILLED_NO: certainly not
 * @DIO_BILLED_YES: it is, or will be
 *
 * Whether something was charged.
 */
typedef enum
{
  DIO_BILLED_UNKNOWN,
  DIO_BILLED_NO,
  DIO_BILLED_YES,
} DioBilled;

#define DIO_N_BILLED (DIO_BILLED_YES + 1)

/**
 * DioPriceSource:
 * @DIO_PRICE_UNKNOWN: nobody knows; never to be counted as 0
 * @DIO_PRICE_FREE: nothing is paid
 * @DIO_PRICE_TYPED: the person's own figure for one picture, times their number
 * @DIO_PRICE_LISTED: the vendor's list, as it was on a day
 * @DIO_PRICE_ASKED: the provider's answer before sending
 * @DIO_PRICE_TOLD: the provider's own figure for what it made
 */
typedef enum
{
  DIO_PRICE_UNKNOWN,
  DIO_PRICE_FREE,
  DIO_PRICE_TYPED,
  DIO_PRICE_LISTED,
  DIO_PRICE_ASKED,
  DIO_PRICE_TOLD,
} DioPriceSource;

#define DIO_N_PRICE_SOURCES (DIO_PRICE_TOLD + 1)

/**
 * DioPrice:
 * @source: who says so
 * @amount: of the whole request; 0 unless @source says that it is known
 * @currency: such as "USD", or "units" of the provider's own
 * @is_guess: what it depends on is left to the provider
 * @as_of: (nullable): static, the ISO 8601 date of a list
 * @where: (nullable): static, where the list is
 */
typedef struct
{
  DioPriceSource  source;
  double          amount;
  char            currency[8];
  gboolean        is_guess;
  const char     *as_of;
  const char     *where;
} DioPrice;

gboolean    dio_price_is_known           (const DioPrice *self);
void        dio_price_set                (DioPrice       *self,
                                          DioPriceSource  source,
                                          double          amount,
                                          const char     *currency);
char       *dio_price_format             (const DioPrice *self);
char       *dio_price_format_amount      (double          amount,
                                          const char     *currency);
const char *dio_price_source_get_nick    (DioPriceSource  source);
gboolean    dio_price_source_from_nick   (const char     *nick,
                                          DioPriceSource *source);
const char *dio_billed_get_nick          (DioBilled       billed);
gboolean    dio_billed_from_nick         (const char     *nick,
                                          DioBilled      *billed);

G_END_DECLS
