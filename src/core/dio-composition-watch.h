/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that anything in a composition is another than before. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

#define DIO_TYPE_COMPOSITION_WATCH (dio_composition_watch_get_type ())
G_DECLARE_FINAL_TYPE (DioCompositionWatch, dio_composition_watch, DIO, COMPOSITION_WATCH, GObject)

DioCompositionWatch *dio_composition_watch_new (DioComposition *composition);

G_END_DECLS
