/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sizes that can be asked of a model: pairs, no other width and height. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

typedef enum
{
  DIO_RUNWARE_TIER_HALF,
  DIO_RUNWARE_TIER_1K,
  DIO_RUNWARE_TIER_2K,
  DIO_RUNWARE_TIER_4K,
} DioRunwareTier;

#define DIO_RUNWARE_N_TIERS (DIO_RUNWARE_TIER_4K + 1)

/**
 * DioRunwareSize:
 * @ratio: as the vendor calls it, such as "16:9"
 * @tier: what it is priced by
 * @width: in pixels
 * @height: in pixels
 */
typedef struct
{
  const char     *ratio;
  DioRunwareTier  tier;
  int             width;
  int             height;
} DioRunwareSize;

const DioRunwareSize *dio_runware_get_sizes       (const char      *model_id,
                                                   guint           *n_sizes);
const DioRunwareSize *dio_runware_find_size       (const char      *model_id,
                                                   gint64           width,
                                                   gint64           height);
gboolean              dio_runware_parse_size      (const char      *text,
                                                   gint64          *width,
                                                   gint64          *height);
gboolean              dio_runware_tier_from_word  (const char      *resolution,
                                                   DioRunwareTier  *tier);

G_END_DECLS
