/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program with windows. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_APPLICATION (dio_application_get_type ())
G_DECLARE_FINAL_TYPE (DioApplication, dio_application, DIO, APPLICATION, AdwApplication)

DioApplication *dio_application_new (void);

G_END_DECLS
