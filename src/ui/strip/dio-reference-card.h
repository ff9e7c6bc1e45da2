/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One photo in the strip. */

#pragma once

#include "dio-composition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_REFERENCE_CARD (dio_reference_card_get_type ())
G_DECLARE_FINAL_TYPE (DioReferenceCard, dio_reference_card, DIO, REFERENCE_CARD, GtkBox)

GtkWidget    *dio_reference_card_new           (DioComposition   *composition,
                                                DioReference     *reference);
DioReference *dio_reference_card_get_reference (DioReferenceCard *self);
void          dio_reference_card_set_number    (DioReferenceCard *self,
                                                guint             number);
void          dio_reference_card_set_status    (DioReferenceCard *self,
                                                const char       *status);
void          dio_reference_card_set_place     (DioReferenceCard *self,
                                                gboolean          is_first,
                                                gboolean          is_last);

G_END_DECLS
