/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos on their way into a composition. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

#define DIO_TYPE_IMPORTER (dio_importer_get_type ())
G_DECLARE_FINAL_TYPE (DioImporter, dio_importer, DIO, IMPORTER, GObject)

DioImporter *dio_importer_new           (DioStudio      *studio,
                                         DioComposition *composition);
void         dio_importer_add_file      (DioImporter    *self,
                                         GFile          *file,
                                         guint           position);
void         dio_importer_add_result    (DioImporter    *self,
                                         GFile          *file);
void         dio_importer_add_result_as (DioImporter   *self,
                                         GFile          *file,
                                         DioRole         role);
void         dio_importer_add_bytes     (DioImporter    *self,
                                         GBytes         *bytes,
                                         const char     *address,
                                         const char     *file_name,
                                         guint           position);
guint        dio_importer_get_n_pending (DioImporter    *self);
void         dio_importer_cancel        (DioImporter    *self);

G_END_DECLS
