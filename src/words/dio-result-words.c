/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came, beside what was asked for, in words that claim no more than is
 * known: a seed that was sent was not therefore used, and an estimate is none of
 * the provider's figures. */

#include "config.h"

#include "dio-result-words.h"

#include "dio-words.h"

#include <glib/gi18n.h>
#include <string.h>

static int
get_side (DioRequest *request,
          const char *name)
{
  return request != NULL ? dio_request_get_integer (request, name, 0) : 0;
}

/**
 * dio_result_dup_size_text:
 * @result: a picture
 * @request: (nullable): what was sent, where that is known
 *
 * Returns: (transfer full): how large it is, and whether it was to be
 */
char *
dio_result_dup_size_text (DioResult  *result,
                          DioRequest *request)
{
  int width = dio_result_get_width (result);
  int height = dio_result_get_height (result);
  int wanted_width = get_side (request, "width");
  int wanted_height = get_side (request, "height");
  g_autofree char *came = dio_format_size (width, height);
  g_autofree char *wanted = NULL;

  if (wanted_width <= 0 || wanted_height <= 0)
    return g_steal_pointer (&came);

  if (wanted_width == width && wanted_height == height)
    /* Translators: %s is the size of a picture: “2048 × 1536 · as requested”. */
    return g_strdup_printf (_("%s · as requested"), came);

  wanted = dio_format_size (wanted_width, wanted_height);
  /* Translators: two sizes of a picture: “1024 × 1024 · requested 2048 × 1536”. */
  return g_strdup_printf (_("%1$s · requested %2$s"), came, wanted);
}

/* Returns: (nullable): as the world writes it */
static const char *
find_type (const char *name)
{
  static const struct
  {
    const char *name;
    const char *type;
  } types[] = { { "png", "PNG" }, { "jpg", "JPEG" }, { "jpeg", "JPEG" }, { "webp", "WebP" } };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_ascii_strcasecmp (types[i].name, name) == 0)
        return types[i].type;
    }

  return NULL;
}

/**
 * dio_result_dup_type_text:
 * @result: a picture; its file is called by what is in it
 * @request: (nullable): what was sent, where that is known
 * @model: (nullable): what made it
 *
 * Returns: (transfer full) (nullable): what kind of file it is, and whether it was to be
 */
char *
dio_result_dup_type_text (DioResult    *result,
                          DioRequest   *request,
                          DioModelInfo *model)
{
  const char *dot = strrchr (dio_result_get_path (result), '.');
  const char *came = dot != NULL ? find_type (dot + 1) : NULL;
  const DioParameter *parameter = model != NULL ? dio_model_info_find_flagged (model, DIO_PARAMETER_FILE_TYPE) : NULL;
  g_autoptr(GVariant) value = parameter != NULL && request != NULL ? dio_request_lookup (request, parameter->name) : NULL;
  const char *wanted = NULL;

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    wanted = find_type (g_variant_get_string (value, NULL));

  if (came == NULL || wanted == NULL)
    return g_strdup (came);
  if (came == wanted)
    /* Translators: %s is the kind of a file: “PNG · as requested”. */
    return g_strdup_printf (_("%s · as requested"), came);

  /* Translators: two kinds of files: “JPEG · requested PNG”. */
  return g_strdup_printf (_("%1$s · requested %2$s"), came, wanted);
}

static char *
format_sent_seed (DioResult *result,
                  gint64     sent)
{
  gint64 told = dio_result_get_seed (result);
  g_autofree char *sent_text = g_strdup_printf ("%" G_GINT64_FORMAT, sent);
  g_autofree char *told_text = g_strdup_printf ("%" G_GINT64_FORMAT, told);

  if (told < 0 || told == sent)
    /* Translators: a seed that went to the provider: “42 · sent”. */
    return g_strdup_printf (_("%s · sent"), sent_text);

  /* Further pictures of one request have seeds of their own. */
  if (dio_result_get_index (result) > 0)
    /* Translators: the seed of the second or a further picture of one request; %2$s is what was
     * sent for all: “43 · from 42, which was sent”. */
    return g_strdup_printf (_("%1$s · from %2$s, which was sent"), told_text, sent_text);

  /* Translators: %1$s is the seed that a provider used instead of %2$s, which was sent. */
  return g_strdup_printf (_("%1$s · %2$s was sent, and ignored by the provider"), told_text, sent_text);
}

/**
 * dio_result_dup_seed_text:
 * @result: a picture
 * @request: (nullable): what was sent, where that is known
 * @model: (nullable): what made it
 *
 * Returns: (transfer full) (nullable): the seed, and whose it was
 */
char *
dio_result_dup_seed_text (DioResult    *result,
                          DioRequest   *request,
                          DioModelInfo *model)
{
  gint64 told = dio_result_get_seed (result);
  gint64 sent = request != NULL ? dio_request_get_seed (request) : -1;
  g_autofree char *told_text = g_strdup_printf ("%" G_GINT64_FORMAT, told);

  if (sent > 0 || (sent == 0 && told == 0))
    return format_sent_seed (result, sent);

  if (told >= 0 && request == NULL)
    return g_steal_pointer (&told_text);
  if (told >= 0)
    /* Translators: the seed that a provider drew by itself: “42 · drawn by the provider”. */
    return g_strdup_printf (_("%s · drawn by the provider"), told_text);

  if (model != NULL && dio_model_info_find_flagged (model, DIO_PARAMETER_SEED) == NULL)
    /* Translators: of a seed: the model takes none. */
    return g_strdup (_("Not supported"));
  if (sent == 0)
    /* Translators: of a seed: 0 was typed, by which a provider draws one. */
    return g_strdup (_("Drawn by the provider, which does not tell it"));

  return NULL;
}

/**
 * dio_result_dup_time_text:
 * @result: a picture
 * @job: (nullable): that it is of, where that is known
 *
 * Returns: (transfer full) (nullable): how long it took
 */
char *
dio_result_dup_time_text (DioResult *result,
                          DioJob    *job)
{
  double seconds = dio_result_get_seconds (result);
  double all = job != NULL ? (dio_result_get_created (result) - dio_job_get_created (job)) / (double) G_USEC_PER_SEC : -1;
  g_autofree char *made = seconds >= 0 ? dio_format_seconds (seconds) : NULL;
  g_autofree char *whole = all >= 0 ? dio_format_seconds (all) : NULL;

  if (made == NULL || whole == NULL)
    return made != NULL ? g_steal_pointer (&made) : g_steal_pointer (&whole);
  if (g_str_equal (made, whole))
    return g_steal_pointer (&made);

  /* Translators: how long a picture took to be made, and from pressing Generate to its coming:
   * “18.2 s · 21 s with waiting”. */
  return g_strdup_printf (_("%1$s · %2$s with waiting"), made, whole);
}

static char *
format_reported (double      amount,
                 const char *currency)
{
  g_autofree char *text = dio_price_format_amount (amount, currency);

  /* Translators: an amount of money by the provider’s own figure: “$0.134 · reported”. */
  return g_strdup_printf (_("%s · reported"), text);
}

/**
 * dio_result_dup_cost_text:
 * @result: a picture
 * @job: (nullable): that it is of, where that is known
 *
 * Returns: (transfer full) (nullable): what it cost, and who says so; %NULL where nothing was paid
 */
char *
dio_result_dup_cost_text (DioResult *result,
                          DioJob    *job)
{
  const DioPrice *estimate = job != NULL ? dio_job_get_estimate (job) : NULL;
  const DioPrice *cost = job != NULL ? &dio_job_get_remote (job)->cost : NULL;
  g_autofree char *text = NULL;

  if (dio_result_get_cost (result) >= 0 && dio_result_get_currency (result) != NULL)
    return format_reported (dio_result_get_cost (result), dio_result_get_currency (result));
  if (job == NULL || dio_job_get_account (job) == NULL)
    return NULL;

  if (dio_price_is_known (cost) && dio_request_get_count (dio_job_get_request (job)) > 1)
    {
      text = dio_price_format (cost);
      /* Translators: an amount of money by the provider’s own figure, for all pictures of one request. */
      return g_strdup_printf (_("%s for all · reported"), text);
    }
  if (dio_price_is_known (cost))
    return format_reported (cost->amount, cost->currency);
  if (!dio_price_is_known (estimate))
    /* Translators: what a picture cost: nobody knows. */
    return g_strdup (_("Unknown"));

  text = dio_price_format_amount (estimate->amount / MAX (1, dio_request_get_count (dio_job_get_request (job))),
                                  estimate->currency);
  /* Translators: an amount of money as it was worked out before sending: “$0.028 · estimate”. */
  return g_strdup_printf (_("%s · estimate"), text);
}
