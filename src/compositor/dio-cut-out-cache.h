/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-outs kept on disk by the hash of the picture they were made from. */

#pragma once

#include "dio-cut-out.h"

G_BEGIN_DECLS

#define DIO_TYPE_CUT_OUT_CACHE (dio_cut_out_cache_get_type ())
G_DECLARE_FINAL_TYPE (DioCutOutCache, dio_cut_out_cache, DIO, CUT_OUT_CACHE, GObject)

DioCutOutCache *dio_cut_out_cache_new    (const char      *folder);
DioCutOut      *dio_cut_out_cache_lookup (DioCutOutCache  *self,
                                          const char      *hash);
void            dio_cut_out_cache_store  (DioCutOutCache  *self,
                                          const char      *hash,
                                          DioCutOut       *cut_out);

G_END_DECLS
