/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the library share: results, jobs, accounts, caps. */

#pragma once

#include "dio-library.h"

#include "dio-archive.h"
#include "dio-storage-thread.h"

G_BEGIN_DECLS

/* Which results there are, and some of them. */
typedef struct _DioListPage DioListPage;

struct _DioLibrary
{
  GObject           parent_instance;

  char             *folder;    /* (owned) */
  DioArchive       *archive;   /* (owned): the thread's, but for its references */
  DioStorageThread *thread;    /* (owned) */
  DioArchive       *reader;    /* (owned): the reading thread's */
  DioStorageThread *reading;   /* (owned): so that nobody who looks waits for what is written */
  DioStorageThread *worker;    /* (owned): for what takes long, and is not urgent */
  GFileMonitor     *monitor;   /* (owned) (nullable): of the database's log */
  GHashTable       *results;   /* (owned): id to DioResult, which others hold */
  DioAccountList   *accounts;  /* (owned) */
  GHashTable       *caps;      /* (owned): currency to double */
  DioListPage      *ahead;     /* (owned) (nullable): read before it was asked for */
  GHashTable       *sending;   /* (owned): ids of jobs whose sending is being decided on */

  gboolean          reads_ahead;
  gboolean          is_open;
  gboolean          is_hashing;
  gboolean          was_cared_for;
  guint             care_id;   /* timer until the library does what is not urgent */
  GQueue            showing;   /* (element-type GTask): changes on the disk that objects have yet to show */
  guint             n_changes; /* of results, asked for or done: what was read meanwhile may be old */
};

void       _dio_library_job_store_init (DioJobStoreInterface *iface);
DioResult *_dio_library_share          (DioLibrary           *self,
                                        DioResult            *read,
                                        gboolean              is_latest);
void       _dio_library_share_some     (DioLibrary           *self,
                                        GPtrArray            *results,
                                        guint                 first,
                                        guint                 end,
                                        gboolean              is_latest);
void       _dio_library_share_all      (DioLibrary           *self,
                                        GPtrArray            *results,
                                        gboolean              is_latest);
DioListPage *_dio_list_page_new_first  (void);
void       _dio_list_page_read_ahead   (DioListPage          *page,
                                        DioArchive           *archive);
void       _dio_list_page_free         (DioListPage          *page);
void       _dio_library_emit_added     (DioLibrary           *self,
                                        DioResult            *result);
void       _dio_library_emit_changed   (DioLibrary           *self,
                                        DioLibraryChange      change);
void       _dio_library_emit_damaged   (DioLibrary           *self,
                                        const GError         *error);
void       _dio_library_care_later     (DioLibrary           *self);
void       _dio_library_push_reading   (GTask                *task,
                                        gpointer              data,
                                        GDestroyNotify        free_data,
                                        DioStorageFunc        func,
                                        DioStorageDoneFunc    done);
void       _dio_library_claim_async    (DioJobStore          *store,
                                        DioJob               *job,
                                        const char           *remote_id,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean   _dio_library_claim_finish   (DioJobStore          *store,
                                        GAsyncResult         *result,
                                        GError              **error);
void       _dio_library_push           (GTask                *task,
                                        gpointer              data,
                                        GDestroyNotify        free_data,
                                        DioStorageFunc        func,
                                        DioStorageDoneFunc    done);
void       _dio_library_return_true    (GTask                *task);
gboolean   _dio_library_finish_boolean (gpointer              self,
                                        GAsyncResult         *result,
                                        gpointer              tag,
                                        GError              **error);
gpointer   _dio_library_finish_pointer (gpointer              self,
                                        GAsyncResult         *result,
                                        gpointer              tag,
                                        GError              **error);

G_END_DECLS
