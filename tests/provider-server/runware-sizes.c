/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware's models: which sizes they make, and for how much. */

#include "config.h"

#include "runware-private.h"

#include <string.h>

static const RunwareModel models[] = {
  { "google:4@3", 14, { 0.04657, 0.06895, 0.10255, 0.15295 }, 0.00028, 0.14 },
  /* Their prices are not in the documents that this was written from: any will do. */
  { "google:4@2", 14, { 0, 0.138, 0.138, 0.244 } },
  { "google:4@1", 8, { 0, 0.039, 0, 0 } },
};

/* Each row a ratio: 0.5K, 1K, 2K, 4K. The first ten are every model's. */
static const int sizes[14][4][2] = {
  { { 512, 512 }, { 1024, 1024 }, { 2048, 2048 }, { 4096, 4096 } },
  { { 632, 424 }, { 1264, 848 }, { 2528, 1696 }, { 5056, 3392 } },
  { { 424, 632 }, { 848, 1264 }, { 1696, 2528 }, { 3392, 5056 } },
  { { 600, 448 }, { 1200, 896 }, { 2400, 1792 }, { 4800, 3584 } },
  { { 448, 600 }, { 896, 1200 }, { 1792, 2400 }, { 3584, 4800 } },
  { { 576, 464 }, { 1152, 928 }, { 2304, 1856 }, { 4608, 3712 } },
  { { 464, 576 }, { 928, 1152 }, { 1856, 2304 }, { 3712, 4608 } },
  { { 688, 384 }, { 1376, 768 }, { 2752, 1536 }, { 5504, 3072 } },
  { { 384, 688 }, { 768, 1376 }, { 1536, 2752 }, { 3072, 5504 } },
  { { 792, 168 }, { 1584, 672 }, { 3168, 1344 }, { 6336, 2688 } },
  { { 1024, 256 }, { 2048, 512 }, { 4096, 1024 }, { 8192, 2048 } },
  { { 256, 1024 }, { 512, 2048 }, { 1024, 4096 }, { 2048, 8192 } },
  { { 1536, 192 }, { 3072, 384 }, { 6144, 768 }, { 12288, 1536 } },
  { { 192, 1536 }, { 384, 3072 }, { 768, 6144 }, { 1536, 12288 } },
};

/* What the oldest model makes. */
static const int oldest_sizes[][2] = {
  { 1024, 1024 }, { 1248, 832 }, { 832, 1248 }, { 1184, 864 }, { 864, 1184 },
  { 1152, 896 }, { 896, 1152 }, { 1344, 768 }, { 768, 1344 }, { 1536, 672 },
};

static const double tiers[] = { 0.5, 1, 2, 4 };

/**
 * runware_find_model:
 * @id: its AIR
 *
 * Returns: (transfer none) (nullable): the model
 */
const RunwareModel *
runware_find_model (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      if (g_str_equal (models[i].id, id))
        return &models[i];
    }

  return NULL;
}

static gboolean
find_oldest (int          width,
             int          height,
             RunwareSize *size)
{
  for (guint i = 0; i < G_N_ELEMENTS (oldest_sizes); i++)
    {
      if (oldest_sizes[i][0] == width && oldest_sizes[i][1] == height)
        {
          *size = (RunwareSize) { width, height, 1 };
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
runware_find_size (const RunwareModel *model,
                   int                 width,
                   int                 height,
                   RunwareSize        *size)
{
  gboolean is_pro = g_str_equal (model->id, "google:4@2");
  guint n_ratios = is_pro ? 10 : 14;

  if (g_str_equal (model->id, "google:4@1"))
    return find_oldest (width, height, size);

  /* The vendor prints another width for this one. */
  if (is_pro && height == 672 && (width == 1548 || width == 1584))
    width = 1584;

  for (guint i = 0; i < n_ratios; i++)
    {
      for (guint tier = 0; tier < 4; tier++)
        {
          if (model->prices[tier] > 0 && sizes[i][tier][0] == width && sizes[i][tier][1] == height)
            {
              *size = (RunwareSize) { width, height, tiers[tier] };
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* A resolution by its name; the ratio is then the reference's, here a square. */
gboolean
runware_find_tier (const RunwareModel *model,
                   const char         *resolution,
                   RunwareSize        *size)
{
  static const char *const names[] = { "0.5k", "1k", "2k", "4k" };

  for (guint tier = 0; tier < 4; tier++)
    {
      if (model->prices[tier] > 0 && g_ascii_strcasecmp (resolution, names[tier]) == 0)
        {
          *size = (RunwareSize) { sizes[0][tier][0], sizes[0][tier][1], tiers[tier] };
          return TRUE;
        }
    }

  return FALSE;
}

double
runware_find_price (const RunwareModel *model,
                    const RunwareSize  *size,
                    guint               n,
                    guint               n_references,
                    gboolean            search)
{
  guint tier = 0;

  while (tiers[tier] < size->tier)
    tier++;

  return n * (model->prices[tier] + n_references * model->reference) + (search ? model->search : 0);
}
