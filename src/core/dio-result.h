/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in the library: its file and how it came about. */

#pragma once

#include "dio-picture.h"
#include "dio-request.h"

G_BEGIN_DECLS

#define DIO_TYPE_RESULT (dio_result_get_type ())
G_DECLARE_FINAL_TYPE (DioResult, dio_result, DIO, RESULT, GObject)

DioResult  *dio_result_new             (const char *id,
                                        const char *job_id,
                                        const char *path,
                                        gint64      created,
                                        const char *provider_id,
                                        const char *model_id,
                                        const char *prompt,
                                        DioPicture *picture);
const char *dio_result_get_id          (DioResult  *self);
const char *dio_result_get_job_id      (DioResult  *self);
const char *dio_result_get_path        (DioResult  *self);
gint64      dio_result_get_created     (DioResult  *self);
const char *dio_result_get_provider_id (DioResult  *self);
const char *dio_result_get_model_id    (DioResult  *self);
const char *dio_result_get_prompt      (DioResult  *self);
guint       dio_result_get_index       (DioResult  *self);
int         dio_result_get_width       (DioResult  *self);
int         dio_result_get_height      (DioResult  *self);
gint64      dio_result_get_seed        (DioResult  *self);
double      dio_result_get_seconds     (DioResult  *self);
const char * const *dio_result_get_used (DioResult  *self);
const char * const *dio_result_get_unused (DioResult *self);
GPtrArray  *dio_result_get_notes       (DioResult  *self);
const char *dio_result_get_remote_id   (DioResult  *self);
double      dio_result_get_cost        (DioResult  *self);
const char *dio_result_get_currency    (DioResult  *self);
gint64      dio_result_get_expires     (DioResult  *self);

G_END_DECLS
