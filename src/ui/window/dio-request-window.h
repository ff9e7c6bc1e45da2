/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be sent for a composition, before it is sent. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_REQUEST_WINDOW (dio_request_window_get_type ())
G_DECLARE_FINAL_TYPE (DioRequestWindow, dio_request_window, DIO, REQUEST_WINDOW, AdwWindow)

void dio_request_window_show (GtkWindow        *parent,
                              DioStudio        *studio,
                              DioComposition   *composition,
                              const DioAccount *account);

G_END_DECLS
