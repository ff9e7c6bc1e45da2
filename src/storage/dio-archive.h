/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: database, picture files, references. Everything
 * blocks: for one worker thread at a time. */

#pragma once

#include "dio-inscribe.h"
#include "dio-job-record.h"
#include "dio-job-summary.h"
#include "dio-reference-store.h"
#include "dio-result-day.h"
#include "dio-result-query.h"
#include "dio-spend.h"

G_BEGIN_DECLS

typedef struct _DioArchive DioArchive;

/**
 * DioTakenJob:
 * @job: a job that this process drives now, without its results
 * @results: (element-type DioResult): they may be in a list already
 */
typedef struct
{
  DioJob    *job;
  GPtrArray *results;
} DioTakenJob;

void dio_taken_job_free (DioTakenJob *self);

/**
 * DioSurvey:
 * @n_results: how many rows there are, with those in the trash
 * @missing: (element-type filename): files of results that are not there
 * @strays: (element-type filename): files in pictures/ that are no result's
 */
typedef struct
{
  guint      n_results;
  GPtrArray *missing;
  GPtrArray *strays;
} DioSurvey;

void dio_survey_clear (DioSurvey *self);

/**
 * DioStray:
 * @width: in pixels
 * @height: in pixels
 * @seed: the seed it was made with, or -1
 * @created: when it was asked for, in microseconds since 1970, or 0
 * @prompt: (nullable): what was asked for
 * @provider: (nullable): id of who made it
 * @model: (nullable): with which model
 *
 * What is known of a picture that has no row.
 */
typedef struct
{
  int         width;
  int         height;
  gint64      seed;
  gint64      created;
  const char *prompt;
  const char *provider;
  const char *model;
} DioStray;

DioArchive        *dio_archive_new            (const char          *folder);
void               dio_archive_free           (DioArchive          *self);
DioReferenceStore *dio_archive_get_references (DioArchive          *self);
void               dio_archive_set_inscribe   (DioArchive          *self,
                                               DioInscribeFunc      inscribe,
                                               gpointer             user_data,
                                               GDestroyNotify       free_data);
gboolean           dio_archive_open           (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_open_to_read   (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_add_job        (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               GError             **error);
gboolean           dio_archive_update_job     (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               GError             **error);
gboolean           dio_archive_begin_sending  (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               gint64              *sent_at,
                                               GError             **error);
GPtrArray         *dio_archive_take_open      (DioArchive          *self,
                                               GError             **error);
DioTakenJob       *dio_archive_take_job       (DioArchive          *self,
                                               const char          *id,
                                               GError             **error);
GStrv              dio_archive_list_remote_ids (DioArchive         *self,
                                               const char          *provider_id,
                                               GError             **error);
gboolean           dio_archive_claim          (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               const char          *remote_id,
                                               GError             **error);
DioResult         *dio_archive_add_picture    (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               DioPicture          *picture,
                                               gboolean            *is_new,
                                               GError             **error);

/* Results, read. */
DioResult         *dio_archive_load_result    (DioArchive          *self,
                                               const char          *id,
                                               GError             **error);
DioResult         *dio_archive_load_result_by_hash (DioArchive     *self,
                                               const char          *hash,
                                               GError             **error);
GPtrArray         *dio_archive_load_results_of_job (DioArchive     *self,
                                               const char          *job_id,
                                               GError             **error);
GPtrArray         *dio_archive_load_children  (DioArchive          *self,
                                               const char          *hash,
                                               GError             **error);
GArray            *dio_archive_list_numbers   (DioArchive          *self,
                                               const DioResultQuery *query,
                                               GError             **error);
GPtrArray         *dio_archive_load_numbered  (DioArchive          *self,
                                               const gint64        *numbers,
                                               guint                n,
                                               GError             **error);
GArray            *dio_archive_list_days      (DioArchive          *self,
                                               const DioResultQuery *query,
                                               GError             **error);
DioRequest        *dio_archive_load_request   (DioArchive          *self,
                                               const char          *job_id,
                                               GError             **error);

/* Results, changed: many at once, all or none. */
gboolean           dio_archive_rate           (DioArchive          *self,
                                               const char * const  *ids,
                                               guint                rating,
                                               GError             **error);
gboolean           dio_archive_judge          (DioArchive          *self,
                                               const char * const  *ids,
                                               DioVerdict           verdict,
                                               GError             **error);
gboolean           dio_archive_tag            (DioArchive          *self,
                                               const char * const  *ids,
                                               const char * const  *add,
                                               const char * const  *remove,
                                               GError             **error);
GStrv              dio_archive_list_tags      (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_delete         (DioArchive          *self,
                                               const char * const  *ids,
                                               gint64               deleted,
                                               GError             **error);
gboolean           dio_archive_restore        (DioArchive          *self,
                                               const char * const  *ids,
                                               GError             **error);
gboolean           dio_archive_empty_trash    (DioArchive          *self,
                                               gint64               before,
                                               guint               *n_removed,
                                               GError             **error);
gboolean           dio_archive_remove         (DioArchive          *self,
                                               const char * const  *ids,
                                               guint               *n_removed,
                                               GError             **error);
gboolean           dio_archive_forget         (DioArchive          *self,
                                               const char * const  *ids,
                                               GError             **error);
gboolean           dio_archive_locate         (DioArchive          *self,
                                               const char          *id,
                                               const char          *path,
                                               GError             **error);
gboolean           dio_archive_set_hash       (DioArchive          *self,
                                               const char          *id,
                                               const char          *hash,
                                               GError             **error);

gboolean           dio_archive_find_unread    (DioArchive          *self,
                                               gint64               after,
                                               char               **id,
                                               char               **path,
                                               gint64              *number,
                                               GError             **error);
gboolean           dio_archive_has_news       (DioArchive          *self,
                                               gboolean            *has_news,
                                               GError             **error);

gboolean           dio_archive_survey         (DioArchive          *self,
                                               DioSurvey           *survey,
                                               GError             **error);

gboolean           dio_archive_adopt          (DioArchive          *self,
                                               const char          *path,
                                               const DioStray      *stray,
                                               gboolean            *is_new,
                                               GError             **error);

/* Small things to remember. */
gboolean           dio_archive_get_setting    (DioArchive          *self,
                                               const char          *name,
                                               char               **value,
                                               GError             **error);
gboolean           dio_archive_set_setting    (DioArchive          *self,
                                               const char          *name,
                                               const char          *value,
                                               GError             **error);

/* Accounts, caps. */
GPtrArray         *dio_archive_load_accounts  (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_save_account   (DioArchive          *self,
                                               const DioAccount    *account,
                                               GError             **error);
gboolean           dio_archive_remove_account (DioArchive          *self,
                                               const char          *provider_id,
                                               const char          *name,
                                               GError             **error);
GHashTable        *dio_archive_load_caps      (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_set_cap        (DioArchive          *self,
                                               const char          *currency,
                                               double               amount,
                                               GError             **error);
gboolean           dio_archive_check_cap      (DioArchive          *self,
                                               const DioPrice      *price,
                                               GError             **error);

/* The history. */
GPtrArray         *dio_archive_load_spend     (DioArchive          *self,
                                               DioSpendPeriod       period,
                                               GError             **error);
DioJob            *dio_archive_load_job       (DioArchive          *self,
                                               const char          *id,
                                               GError             **error);
GPtrArray         *dio_archive_load_jobs      (DioArchive          *self,
                                               guint                offset,
                                               guint                n,
                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioArchive, dio_archive_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTakenJob, dio_taken_job_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioSurvey, dio_survey_clear)

G_END_DECLS
