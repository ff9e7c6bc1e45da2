/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results and the history of jobs, on disk. */

#pragma once

#include "dio-account-list.h"
#include "dio-job-store.h"
#include "dio-job-summary.h"
#include "dio-spend.h"

G_BEGIN_DECLS

#define DIO_TYPE_LIBRARY (dio_library_get_type ())
G_DECLARE_FINAL_TYPE (DioLibrary, dio_library, DIO, LIBRARY, GObject)

DioLibrary *dio_library_new              (const char           *folder);
const char *dio_library_get_folder       (DioLibrary           *self);
void        dio_library_open_async       (DioLibrary           *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_open_finish      (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* Results, newest first; grows as pictures come. */
GListModel *dio_library_get_results      (DioLibrary           *self);

/* Moves a result's file to the trash and forgets its row. */
void        dio_library_remove_async     (DioLibrary           *self,
                                          DioResult            *result,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    dio_library_remove_finish    (DioLibrary           *self,
                                          GAsyncResult         *result,
                                          GError              **error);

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

/* Reference bytes by content hash; blocking, for worker threads. */
GBytes     *dio_library_keep_reference   (DioLibrary           *self,
                                          GBytes               *bytes,
                                          GError              **error);
GBytes     *dio_library_load_reference   (DioLibrary           *self,
                                          const char           *hash,
                                          GError              **error);

G_END_DECLS
