/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program remembers of its window and what was chosen. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIO_TYPE_SETTINGS (dio_settings_get_type ())
G_DECLARE_FINAL_TYPE (DioSettings, dio_settings, DIO, SETTINGS, GObject)

DioSettings *dio_settings_new                  (const char  *schema_folder);
gboolean     dio_settings_is_kept              (DioSettings *self);
int          dio_settings_get_window_width     (DioSettings *self);
int          dio_settings_get_window_height    (DioSettings *self);
void         dio_settings_set_window_size      (DioSettings *self,
                                                int          width,
                                                int          height);
gboolean     dio_settings_get_window_maximized (DioSettings *self);
void         dio_settings_set_window_maximized (DioSettings *self,
                                                gboolean     maximized);
gboolean     dio_settings_get_show_parameters  (DioSettings *self);
void         dio_settings_set_show_parameters  (DioSettings *self,
                                                gboolean     show);
const char  *dio_settings_get_last_model       (DioSettings *self);
void         dio_settings_set_last_model       (DioSettings *self,
                                                const char  *model_id);
const char  *dio_settings_get_default_model    (DioSettings *self);
void         dio_settings_set_default_model    (DioSettings *self,
                                                const char  *model_id);
const char  *dio_settings_get_result_folder    (DioSettings *self);
void         dio_settings_set_result_folder    (DioSettings *self,
                                                const char  *uri);
const char  *dio_settings_get_photo_folder    (DioSettings *self);
void         dio_settings_set_photo_folder    (DioSettings *self,
                                                const char  *uri);
gboolean     dio_settings_get_notify_of_jobs   (DioSettings *self);
void         dio_settings_set_notify_of_jobs   (DioSettings *self,
                                                gboolean     notify);
gboolean     dio_settings_get_work_in_background (DioSettings *self);
void         dio_settings_set_work_in_background (DioSettings *self,
                                                gboolean     work);

G_END_DECLS
