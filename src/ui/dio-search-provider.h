/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results found by a search in the desktop. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

#define DIO_TYPE_SEARCH_PROVIDER (dio_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (DioSearchProvider, dio_search_provider, DIO, SEARCH_PROVIDER, GObject)

DioSearchProvider *dio_search_provider_new        (GApplication       *application);
gboolean           dio_search_provider_export     (DioSearchProvider  *self,
                                                   GDBusConnection    *bus,
                                                   const char         *application_path,
                                                   GError            **error);
void               dio_search_provider_unexport   (DioSearchProvider  *self);
void               dio_search_provider_set_studio (DioSearchProvider  *self,
                                                   DioStudio          *studio);

G_END_DECLS
