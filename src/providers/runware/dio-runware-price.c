/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request will cost, by the vendor's list. */

#include "config.h"

#include "runware/dio-runware-price.h"

#include "runware/dio-runware-check.h"

#include "wire/dio-wire.h"

/**
 * Price:
 * @model_id: a model's AIR
 * @read: when
 * @source: where
 * @picture: in US dollars, of one picture of each tier; 0 where there is no such
 *   tier
 * @reference: what each reference adds to a picture
 * @search: what a search of the web adds to a request
 */
typedef struct
{
  const char *model_id;
  const char *read;
  const char *source;
  double      picture[DIO_RUNWARE_N_TIERS];
  double      reference;
  double      search;
} Price;

static const Price prices[] = {
  {
    .model_id = "google:4@3",
    .read = "2026-11-21",
    .source = "https://runware.ai/docs/models/google-nano-banana-2",
    .picture = { 0.04657, 0.06895, 0.10255, 0.15295 },
    .reference = 0.00028,
    .search = 0.14,
  },
  {
    .model_id = "google:4@2",
    .read = "2026-11-21",
    .source = "https://runware.ai/docs/models/google-nano-banana-pro",
    .picture = { 0, 0.138, 0.138, 0.244 },
  },
  {
    .model_id = "google:4@1",
    .read = "2026-11-21",
    .source = "https://runware.ai/docs/models/google-nano-banana",
    .picture = { 0, 0.039 },
  },
};

static const Price *
find_price (const char *model_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      if (g_str_equal (prices[i].model_id, model_id))
        return &prices[i];
    }

  return NULL;
}

static gboolean
find_tier (DioRequest     *request,
           DioRunwareTier *tier)
{
  const DioRunwareSize *size = dio_runware_get_size (request);
  g_autofree char *resolution = dio_wire_dup_value (request, "resolution");

  if (size != NULL)
    {
      *tier = size->tier;
      return TRUE;
    }

  return resolution != NULL && dio_runware_tier_from_word (resolution, tier);
}

static gboolean
searches (DioRequest *request)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, "providerSettings.google.webSearch");

  return value != NULL &&
         g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
         g_variant_get_boolean (value);
}

/**
 * dio_runware_estimate:
 * @request: a request for a model of this provider
 * @estimate: (out caller-allocates): what it will cost
 *
 * A request without a size is taken for one of 1K, which is what Google makes
 * unasked. What the vendor asks in the end stands in the reply.
 *
 * Returns: whether the list tells
 */
gboolean
dio_runware_estimate (DioRequest         *request,
                      DioRunwareEstimate *estimate)
{
  const Price *price = find_price (dio_request_get_model_id (request));
  DioRunwareTier tier = DIO_RUNWARE_TIER_1K;
  double picture;

  if (price == NULL)
    return FALSE;

  estimate->is_guess = !find_tier (request, &tier);
  if (price->picture[tier] <= 0)
    return FALSE;

  picture = price->picture[tier] + price->reference * dio_request_get_n_references (request);
  estimate->amount = picture * dio_request_get_count (request) + (searches (request) ? price->search : 0);
  estimate->read = price->read;
  estimate->source = price->source;

  return TRUE;
}
