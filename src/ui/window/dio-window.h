/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: one composition, and what was made. */

#pragma once

#include "dio-settings.h"
#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_WINDOW (dio_window_get_type ())
G_DECLARE_FINAL_TYPE (DioWindow, dio_window, DIO, WINDOW, AdwApplicationWindow)

DioWindow      *dio_window_new             (AdwApplication  *application,
                                            DioStudio       *studio,
                                            DioSettings     *settings);
DioComposition *dio_window_get_composition (DioWindow       *self);
void            dio_window_import_files    (DioWindow       *self,
                                            GFile          **files,
                                            int              n_files);
gboolean        dio_window_is_free         (DioWindow       *self);
void            dio_window_restore_draft   (DioWindow       *self,
                                            DioDraft        *draft);
void            dio_window_open_document   (DioWindow       *self,
                                            GFile           *file);
void            dio_window_load_sample     (DioWindow       *self);
void            dio_window_show_gallery    (DioWindow       *self);
void            dio_window_search          (DioWindow       *self,
                                            const char      *text);
void            dio_window_show_result     (DioWindow       *self,
                                            const char      *id);
void            dio_window_tell            (DioWindow       *self,
                                            const char      *text);
void            dio_window_tell_error      (DioWindow       *self,
                                            const GError    *error);

G_END_DECLS
