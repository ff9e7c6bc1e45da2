/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of colours, as people write them. */

#pragma once

#include "dio-tokens.h"

G_BEGIN_DECLS

gboolean dio_colour_words_match (const DioTokens *tokens,
                                 guint            first,
                                 float           *srgb,
                                 guint           *n_tokens);

G_END_DECLS
