/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request will cost, by the vendor's list. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

/**
 * DioRunwareEstimate:
 * @amount: in US dollars, of the whole request
 * @is_guess: the request leaves the size to the vendor, and so the price
 * @read: when the list was read, as an ISO 8601 date; it may have changed since
 * @source: where
 */
typedef struct
{
  double      amount;
  gboolean    is_guess;
  const char *read;
  const char *source;
} DioRunwareEstimate;

gboolean dio_runware_estimate (DioRequest         *request,
                               DioRunwareEstimate *estimate);

G_END_DECLS
