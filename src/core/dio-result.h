/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in the library: its file and how it came about. */

#pragma once

#include "dio-picture.h"
#include "dio-request.h"

G_BEGIN_DECLS

/* As many stars as a result can have. */
#define DIO_RESULT_MAX_RATING 5

/**
 * DioVerdict:
 * @DIO_VERDICT_NONE: not judged yet
 * @DIO_VERDICT_PICK: one to keep
 * @DIO_VERDICT_REJECT: one to leave
 *
 * What a person thinks of a result.
 */
typedef enum
{
  DIO_VERDICT_NONE,
  DIO_VERDICT_PICK,
  DIO_VERDICT_REJECT,
} DioVerdict;

#define DIO_N_VERDICTS (DIO_VERDICT_REJECT + 1)
#define DIO_TYPE_VERDICT (dio_verdict_get_type ())
GType       dio_verdict_get_type       (void);
const char *dio_verdict_get_nick       (DioVerdict  verdict);
gboolean    dio_verdict_from_nick      (const char *nick,
                                        DioVerdict *verdict);

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

/* What may change; the library writes it, and sets it here once it is written. */
gint64      dio_result_get_number      (DioResult  *self);
guint       dio_result_get_rating      (DioResult  *self);
DioVerdict  dio_result_get_verdict     (DioResult  *self);
const char * const *dio_result_get_tags (DioResult *self);
gint64      dio_result_get_deleted     (DioResult  *self);
const char *dio_result_get_hash        (DioResult  *self);
const char * const *dio_result_get_parents (DioResult *self);
void        dio_result_set_number      (DioResult  *self,
                                        gint64      number);
void        dio_result_set_path        (DioResult  *self,
                                        const char *path);
void        dio_result_set_rating      (DioResult  *self,
                                        guint       rating);
void        dio_result_set_verdict     (DioResult  *self,
                                        DioVerdict  verdict);
void        dio_result_set_tags        (DioResult  *self,
                                        const char * const *tags);
void        dio_result_set_deleted     (DioResult  *self,
                                        gint64      deleted);
void        dio_result_set_hash        (DioResult  *self,
                                        const char *hash);
void        dio_result_set_parents     (DioResult  *self,
                                        const char * const *parents);

G_END_DECLS
