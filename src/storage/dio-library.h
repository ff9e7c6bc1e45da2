/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results and the history of jobs, on disk. */

#pragma once

#include "dio-account-list.h"
#include "dio-inscribe.h"
#include "dio-job-store.h"
#include "dio-job-summary.h"
#include "dio-result-day.h"
#include "dio-result-query.h"
#include "dio-spend.h"

G_BEGIN_DECLS

/**
 * DioLibraryChange:
 * @DIO_LIBRARY_CHANGE_RESULTS: some came, went, or came back
 * @DIO_LIBRARY_CHANGE_MARKS: stars, verdicts or tags of some are others
 *
 * What the signal “results-changed” is about.
 */
typedef enum
{
  DIO_LIBRARY_CHANGE_RESULTS = 1 << 0,
  DIO_LIBRARY_CHANGE_MARKS   = 1 << 1,
} DioLibraryChange;

/**
 * DioLibraryManyFunc:
 * @n_done: how many results are read
 * @user_data: data given with the function
 */
typedef void (*DioLibraryManyFunc) (guint    n_done,
                                    gpointer user_data);

#define DIO_TYPE_LIBRARY (dio_library_get_type ())
G_DECLARE_FINAL_TYPE (DioLibrary, dio_library, DIO, LIBRARY, GObject)

DioLibrary *dio_library_new              (const char           *folder);
const char *dio_library_get_folder       (DioLibrary           *self);
gboolean    dio_library_is_open          (DioLibrary           *self);
void        dio_library_set_reads_ahead  (DioLibrary           *self,
                                          gboolean              reads_ahead);
void        dio_library_set_inscribe     (DioLibrary           *self,
                                          DioInscribeFunc       inscribe,
                                          gpointer              user_data,
                                          GDestroyNotify        free_data);
void        dio_library_open_async       (DioLibrary           *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_open_finish      (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* Results, by what is known of them; lists of them are DioResultList's. */
void        dio_library_load_result_async (DioLibrary            *self,
                                           const char            *id,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
DioResult *dio_library_load_result_finish (DioLibrary            *self,
                                           GAsyncResult          *result,
                                           GError                **error);
void        dio_library_load_many_async (DioLibrary            *self,
                                         GArray                *numbers,
                                         DioLibraryManyFunc     progress,
                                         gpointer               progress_data,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
GPtrArray *dio_library_load_many_finish (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError               **error);
void        dio_library_load_by_hash_async (DioLibrary            *self,
                                            const char            *hash,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
DioResult *dio_library_load_by_hash_finish (DioLibrary            *self,
                                            GAsyncResult          *result,
                                            GError                **error);
void        dio_library_load_children_async (DioLibrary            *self,
                                             const char            *hash,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data);
GPtrArray *dio_library_load_children_finish (DioLibrary            *self,
                                             GAsyncResult          *result,
                                             GError                **error);
void        dio_library_load_results_of_job_async (DioLibrary            *self,
                                                   const char            *job_id,
                                                   GAsyncReadyCallback    callback,
                                                   gpointer               user_data);
GPtrArray *dio_library_load_results_of_job_finish (DioLibrary            *self,
                                                   GAsyncResult          *result,
                                                   GError                **error);
void        dio_library_load_request_async (DioLibrary            *self,
                                            const char            *job_id,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
DioRequest *dio_library_load_request_finish (DioLibrary            *self,
                                             GAsyncResult          *result,
                                             GError                **error);
void        dio_library_list_days_async (DioLibrary            *self,
                                         const DioResultQuery  *query,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
GArray *dio_library_list_days_finish    (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);

/* Results, changed: all of @results (element-type DioResult), or none. */
void        dio_library_rate_async      (DioLibrary            *self,
                                         GPtrArray             *results,
                                         guint                  rating,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_rate_finish     (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_judge_async     (DioLibrary            *self,
                                         GPtrArray             *results,
                                         DioVerdict             verdict,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_judge_finish    (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_tag_async       (DioLibrary            *self,
                                         GPtrArray             *results,
                                         const char * const    *add,
                                         const char * const    *remove,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_tag_finish      (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_list_tags_async (DioLibrary            *self,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
GStrv       dio_library_list_tags_finish (DioLibrary            *self,
                                          GAsyncResult          *result,
                                          GError               **error);
void        dio_library_delete_async    (DioLibrary            *self,
                                         GPtrArray             *results,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_delete_finish   (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_restore_async   (DioLibrary            *self,
                                         GPtrArray             *results,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_restore_finish  (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_forget_async    (DioLibrary            *self,
                                         GPtrArray             *results,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_forget_finish   (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_locate_async    (DioLibrary            *self,
                                         DioResult             *result,
                                         GFile                 *file,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_locate_finish   (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_remove_async    (DioLibrary            *self,
                                         GPtrArray             *results,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_remove_finish   (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError               **error);
void        dio_library_empty_trash_async (DioLibrary            *self,
                                           gint64                 before,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean    dio_library_empty_trash_finish (DioLibrary            *self,
                                            GAsyncResult          *result,
                                            guint                 *n_removed,
                                            GError                **error);

/* Whether the database is whole. */
void        dio_library_check_async     (DioLibrary            *self,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
gboolean    dio_library_check_finish    (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError               **error);

/* Small things to remember, such as what is being compared. */
void        dio_library_get_setting_async (DioLibrary            *self,
                                           const char            *name,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
char *dio_library_get_setting_finish    (DioLibrary            *self,
                                         GAsyncResult          *result,
                                         GError                **error);
void        dio_library_set_setting_async (DioLibrary            *self,
                                           const char            *name,
                                           const char            *value,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean    dio_library_set_setting_finish (DioLibrary            *self,
                                            GAsyncResult          *result,
                                            GError                **error);

/* The person's accounts, without their keys. */
DioAccountList *dio_library_get_accounts (DioLibrary           *self);
void        dio_library_save_account_async (DioLibrary         *self,
                                          const DioAccount     *account,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_save_account_finish (DioLibrary        *self,
                                          GAsyncResult         *result,
                                          GError              **error);
void        dio_library_remove_account_async (DioLibrary       *self,
                                          const char           *provider_id,
                                          const char           *name,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_remove_account_finish (DioLibrary      *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* What may be spent in a day, by currency. */
gboolean    dio_library_has_cap          (DioLibrary           *self);
gboolean    dio_library_get_cap          (DioLibrary           *self,
                                          const char           *currency,
                                          double               *amount);
GHashTable *dio_library_dup_caps         (DioLibrary           *self);
void        dio_library_set_cap_async    (DioLibrary           *self,
                                          const char           *currency,
                                          double                amount,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_set_cap_finish   (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);
void        dio_library_check_cap_async  (DioLibrary           *self,
                                          const DioPrice       *price,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_check_cap_finish (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* The history: what was spent, and all jobs, newest first. */
void        dio_library_load_spend_async (DioLibrary           *self,
                                          DioSpendPeriod        period,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray  *dio_library_load_spend_finish (DioLibrary          *self,
                                          GAsyncResult         *result,
                                          GError              **error);
void        dio_library_load_jobs_async  (DioLibrary           *self,
                                          guint                 offset,
                                          guint                 n,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray  *dio_library_load_jobs_finish (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);
void        dio_library_load_job_async   (DioLibrary           *self,
                                          const char           *id,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
DioJob     *dio_library_load_job_finish  (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* Reference bytes by content hash; blocking, for worker threads. */
GBytes     *dio_library_keep_reference   (DioLibrary           *self,
                                          GBytes               *bytes,
                                          GError              **error);
GBytes     *dio_library_load_reference   (DioLibrary           *self,
                                          const char           *hash,
                                          GError              **error);

G_END_DECLS
