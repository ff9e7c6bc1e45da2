/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs of width and height that each model makes, as the vendor prints
 * them. A list is expanded twice, into sizes for the checks and into choices for
 * the panel, so that no pair is written twice; nobody else includes this. */

#pragma once

/* 792 x 168 is not 21:9; Google and the vendor both print it. */
#define SIZES_HALF(X) \
  X ("1:1", HALF, "0.5K", 512, 512) \
  X ("3:2", HALF, "0.5K", 632, 424) \
  X ("2:3", HALF, "0.5K", 424, 632) \
  X ("4:3", HALF, "0.5K", 600, 448) \
  X ("3:4", HALF, "0.5K", 448, 600) \
  X ("5:4", HALF, "0.5K", 576, 464) \
  X ("4:5", HALF, "0.5K", 464, 576) \
  X ("16:9", HALF, "0.5K", 688, 384) \
  X ("9:16", HALF, "0.5K", 384, 688) \
  X ("21:9", HALF, "0.5K", 792, 168) \
  X ("4:1", HALF, "0.5K", 1024, 256) \
  X ("1:4", HALF, "0.5K", 256, 1024) \
  X ("8:1", HALF, "0.5K", 1536, 192) \
  X ("1:8", HALF, "0.5K", 192, 1536)

#define SIZES_1K(X) \
  X ("1:1", 1K, "1K", 1024, 1024) \
  X ("3:2", 1K, "1K", 1264, 848) \
  X ("2:3", 1K, "1K", 848, 1264) \
  X ("4:3", 1K, "1K", 1200, 896) \
  X ("3:4", 1K, "1K", 896, 1200) \
  X ("5:4", 1K, "1K", 1152, 928) \
  X ("4:5", 1K, "1K", 928, 1152) \
  X ("16:9", 1K, "1K", 1376, 768) \
  X ("9:16", 1K, "1K", 768, 1376)

#define SIZES_2K(X) \
  X ("1:1", 2K, "2K", 2048, 2048) \
  X ("3:2", 2K, "2K", 2528, 1696) \
  X ("2:3", 2K, "2K", 1696, 2528) \
  X ("4:3", 2K, "2K", 2400, 1792) \
  X ("3:4", 2K, "2K", 1792, 2400) \
  X ("5:4", 2K, "2K", 2304, 1856) \
  X ("4:5", 2K, "2K", 1856, 2304) \
  X ("16:9", 2K, "2K", 2752, 1536) \
  X ("9:16", 2K, "2K", 1536, 2752) \
  X ("21:9", 2K, "2K", 3168, 1344)

#define SIZES_4K(X) \
  X ("1:1", 4K, "4K", 4096, 4096) \
  X ("3:2", 4K, "4K", 5056, 3392) \
  X ("2:3", 4K, "4K", 3392, 5056) \
  X ("4:3", 4K, "4K", 4800, 3584) \
  X ("3:4", 4K, "4K", 3584, 4800) \
  X ("5:4", 4K, "4K", 4608, 3712) \
  X ("4:5", 4K, "4K", 3712, 4608) \
  X ("16:9", 4K, "4K", 5504, 3072) \
  X ("9:16", 4K, "4K", 3072, 5504) \
  X ("21:9", 4K, "4K", 6336, 2688)

/* google:4@3 */
#define SIZES_NANO_BANANA_2(X) \
  SIZES_1K (X) \
  X ("21:9", 1K, "1K", 1584, 672) \
  X ("4:1", 1K, "1K", 2048, 512) \
  X ("1:4", 1K, "1K", 512, 2048) \
  X ("8:1", 1K, "1K", 3072, 384) \
  X ("1:8", 1K, "1K", 384, 3072) \
  SIZES_2K (X) \
  X ("4:1", 2K, "2K", 4096, 1024) \
  X ("1:4", 2K, "2K", 1024, 4096) \
  X ("8:1", 2K, "2K", 6144, 768) \
  X ("1:8", 2K, "2K", 768, 6144) \
  SIZES_4K (X) \
  X ("4:1", 4K, "4K", 8192, 2048) \
  X ("1:4", 4K, "4K", 2048, 8192) \
  X ("8:1", 4K, "4K", 12288, 1536) \
  X ("1:8", 4K, "4K", 1536, 12288) \
  SIZES_HALF (X)

/* google:4@2. The vendor prints 1548 where Google makes 1584; its server checks
 * requests against what it prints. */
#define SIZES_NANO_BANANA_PRO(X) \
  SIZES_1K (X) \
  X ("21:9", 1K, "1K", 1548, 672) \
  SIZES_2K (X) \
  SIZES_4K (X)

/* google:4@1, an older model with pairs of its own. */
#define SIZES_NANO_BANANA(X) \
  X ("1:1", 1K, "1K", 1024, 1024) \
  X ("3:2", 1K, "1K", 1248, 832) \
  X ("2:3", 1K, "1K", 832, 1248) \
  X ("4:3", 1K, "1K", 1184, 864) \
  X ("3:4", 1K, "1K", 864, 1184) \
  X ("5:4", 1K, "1K", 1152, 896) \
  X ("4:5", 1K, "1K", 896, 1152) \
  X ("16:9", 1K, "1K", 1344, 768) \
  X ("9:16", 1K, "1K", 768, 1344) \
  X ("21:9", 1K, "1K", 1536, 672)
