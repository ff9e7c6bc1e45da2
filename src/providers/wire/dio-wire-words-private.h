/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words around a mention, and words for a reference. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

/**
 * DioWireBefore:
 * @DIO_WIRE_BEFORE_NOTHING: a mention needs an article of its own
 * @DIO_WIRE_BEFORE_ARTICLE: "the", "a" or "an" stands before it
 * @DIO_WIRE_BEFORE_OTHER: so does "my", "two" or "golden", which take no article
 *   behind them
 */
typedef enum
{
  DIO_WIRE_BEFORE_NOTHING,
  DIO_WIRE_BEFORE_ARTICLE,
  DIO_WIRE_BEFORE_OTHER,
} DioWireBefore;

DioWireBefore dio_wire_words_look_before   (const char    *text,
                                            gsize         *start,
                                            gboolean      *linked);
gboolean      dio_wire_words_tell_position (const char    *rest);
gboolean      dio_wire_words_possess       (const char    *rest);
gboolean      dio_wire_words_is_camera     (const char    *name);
char         *dio_wire_words_speak         (const char    *name);
char         *dio_wire_words_ordinal       (guint          position);
guint64       dio_wire_words_find_told     (const char    *text);

G_END_DECLS
