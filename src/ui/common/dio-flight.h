/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture on its way from one place in the window to another. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the picture is to be, in the flight's own coordinates; FALSE where there
 * is no such place. Asked for each frame, after the layout. */
typedef gboolean (*DioFlightPlaceFunc) (GtkWidget       *flight,
                                        graphene_rect_t *place,
                                        gpointer         user_data);

#define DIO_TYPE_FLIGHT (dio_flight_get_type ())
G_DECLARE_FINAL_TYPE (DioFlight, dio_flight, DIO, FLIGHT, GtkWidget)

void     dio_flight_start     (DioFlight             *self,
                               GdkPaintable          *picture,
                               const graphene_rect_t *from,
                               gboolean               grows,
                               DioFlightPlaceFunc     to,
                               gpointer               user_data);
void     dio_flight_stop      (DioFlight             *self);
gboolean dio_flight_is_flying (DioFlight             *self);

G_END_DECLS
