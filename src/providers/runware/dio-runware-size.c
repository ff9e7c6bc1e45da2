/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sizes that can be asked of a model. */

#include "config.h"

#include "runware/dio-runware-size.h"

#include "runware/dio-runware-size-table.h"

#define AS_SIZE(ratio_, tier_, word_, width_, height_) \
  { .ratio = ratio_, .tier = DIO_RUNWARE_TIER_##tier_, .width = width_, .height = height_ },

static const DioRunwareSize nano_banana_2[] = { SIZES_NANO_BANANA_2 (AS_SIZE) };
static const DioRunwareSize nano_banana_pro[] = { SIZES_NANO_BANANA_PRO (AS_SIZE) };
static const DioRunwareSize nano_banana[] = { SIZES_NANO_BANANA (AS_SIZE) };

static const struct
{
  const char           *model_id;
  const DioRunwareSize *sizes;
  guint                 n_sizes;
} tables[] = {
  { "google:4@3", nano_banana_2, G_N_ELEMENTS (nano_banana_2) },
  { "google:4@2", nano_banana_pro, G_N_ELEMENTS (nano_banana_pro) },
  { "google:4@1", nano_banana, G_N_ELEMENTS (nano_banana) },
};

static const char *const tier_words[DIO_RUNWARE_N_TIERS] = {
  [DIO_RUNWARE_TIER_HALF] = "0.5k",
  [DIO_RUNWARE_TIER_1K] = "1k",
  [DIO_RUNWARE_TIER_2K] = "2k",
  [DIO_RUNWARE_TIER_4K] = "4k",
};

/**
 * dio_runware_get_sizes:
 * @model_id: a model's AIR
 * @n_sizes: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=n_sizes): what it can make,
 *   %NULL for a model that is not of this provider
 */
const DioRunwareSize *
dio_runware_get_sizes (const char *model_id,
                       guint      *n_sizes)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (g_str_equal (tables[i].model_id, model_id))
        {
          *n_sizes = tables[i].n_sizes;
          return tables[i].sizes;
        }
    }

  *n_sizes = 0;
  return NULL;
}

/**
 * dio_runware_find_size:
 * @model_id: a model's AIR
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer none) (nullable): that size, or %NULL where the model does
 *   not make it
 */
const DioRunwareSize *
dio_runware_find_size (const char *model_id,
                       gint64      width,
                       gint64      height)
{
  guint n_sizes;
  const DioRunwareSize *sizes = dio_runware_get_sizes (model_id, &n_sizes);

  for (guint i = 0; i < n_sizes; i++)
    {
      if (sizes[i].width == width && sizes[i].height == height)
        return &sizes[i];
    }

  return NULL;
}

/**
 * dio_runware_parse_size:
 * @text: a value of the parameter "size", such as "1200x896"
 * @width: (out): in pixels
 * @height: (out): in pixels
 *
 * Returns: whether @text is two numbers; the model may make no such size
 */
gboolean
dio_runware_parse_size (const char *text,
                        gint64     *width,
                        gint64     *height)
{
  g_auto(GStrv) sides = g_strsplit (text, "x", 2);

  return g_strv_length (sides) == 2 &&
         g_ascii_string_to_signed (sides[0], 10, 1, G_MAXINT, width, NULL) &&
         g_ascii_string_to_signed (sides[1], 10, 1, G_MAXINT, height, NULL);
}

/**
 * dio_runware_tier_from_word:
 * @resolution: a value of the parameter "resolution", such as "2k"
 * @tier: (out): what it is priced by
 *
 * Returns: whether there is such a tier
 */
gboolean
dio_runware_tier_from_word (const char     *resolution,
                            DioRunwareTier *tier)
{
  for (guint i = 0; i < DIO_RUNWARE_N_TIERS; i++)
    {
      if (g_str_equal (tier_words[i], resolution))
        {
          *tier = i;
          return TRUE;
        }
    }

  return FALSE;
}
