/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns the providers, the queue and the library; made in main() and handed down. */

#pragma once

#include "dio-draft.h"
#include "dio-job-queue.h"
#include "dio-library.h"

G_BEGIN_DECLS

#define DIO_TYPE_STUDIO (dio_studio_get_type ())
G_DECLARE_FINAL_TYPE (DioStudio, dio_studio, DIO, STUDIO, GObject)

DioStudio    *dio_studio_new                 (const char           *data_folder,
                                              const char           *cache_folder,
                                              DioKeyStore          *keys,
                                              DioHttp              *http);
void          dio_studio_open_async          (DioStudio            *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dio_studio_open_finish         (DioStudio            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
GListModel   *dio_studio_get_providers       (DioStudio            *self);
DioProvider  *dio_studio_find_provider       (DioStudio            *self,
                                              const char           *id);
DioModelInfo *dio_studio_find_model          (DioStudio            *self,
                                              const char           *id);
GListModel   *dio_studio_get_models          (DioStudio            *self);
DioJobQueue  *dio_studio_get_queue           (DioStudio            *self);
DioLibrary   *dio_studio_get_library         (DioStudio            *self);
DioKeyStore  *dio_studio_get_keys            (DioStudio            *self);
DioHttp      *dio_studio_get_http            (DioStudio            *self);
const char   *dio_studio_get_cache_folder    (DioStudio            *self);
const char   *dio_studio_get_draft_folder    (DioStudio            *self);
gboolean      dio_studio_get_restores_jobs   (DioStudio            *self);
void          dio_studio_set_restores_jobs   (DioStudio            *self,
                                              gboolean              restores_jobs);

/* From a composition to a job, and what comes before that. */
DioAccountList *dio_studio_get_accounts      (DioStudio            *self);
DioAccount   *dio_studio_dup_account         (DioStudio            *self,
                                              const char           *provider_id,
                                              const char           *name);
DioRequest   *dio_studio_freeze              (DioStudio            *self,
                                              DioComposition       *composition,
                                              GError              **error);
void          dio_studio_estimate            (DioStudio            *self,
                                              DioComposition       *composition,
                                              const DioAccount     *account,
                                              DioPrice             *price);
void          dio_studio_preview_async       (DioStudio            *self,
                                              DioComposition       *composition,
                                              const DioAccount     *account,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
DioPreview   *dio_studio_preview_finish      (DioStudio            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
DioJob       *dio_studio_generate            (DioStudio            *self,
                                              DioComposition       *composition,
                                              const DioAccount     *account,
                                              gboolean              accepts_unknown_price,
                                              GError              **error);

/* Photos into references. */
gboolean      dio_studio_get_keeps_photos    (DioStudio            *self);
void          dio_studio_set_keeps_photos    (DioStudio            *self,
                                              gboolean              keeps_photos);
void          dio_studio_import_file_async   (DioStudio            *self,
                                              GFile                *file,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
void          dio_studio_import_bytes_async  (DioStudio            *self,
                                              GBytes               *bytes,
                                              const char           *file_name,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
void          dio_studio_import_address_async (DioStudio          *self,
                                              const char           *address,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
DioReference *dio_studio_import_finish       (DioStudio            *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* A composition as a file. */
void          dio_studio_open_document_async (DioStudio            *self,
                                              GFile                *file,
                                              DioComposition       *composition,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dio_studio_open_document_finish (DioStudio           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void          dio_studio_save_document_async (DioStudio            *self,
                                              DioComposition       *composition,
                                              GFile                *file,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dio_studio_save_document_finish (DioStudio           *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Compositions that were being edited when the program ended. */
void          dio_studio_find_drafts_async   (DioStudio            *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray    *dio_studio_find_drafts_finish  (GAsyncResult         *result,
                                              GError              **error);
void          dio_studio_load_draft_async    (DioStudio            *self,
                                              DioDraft             *draft,
                                              DioComposition       *composition,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dio_studio_load_draft_finish   (DioStudio            *self,
                                              GAsyncResult         *result,
                                              gboolean             *is_saved,
                                              GError              **error);

/* A folder with a composition.json, such as the sample. */
void          dio_studio_load_folder_async   (DioStudio            *self,
                                              GFile                *folder,
                                              DioComposition       *composition,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dio_studio_load_folder_finish  (DioStudio            *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
