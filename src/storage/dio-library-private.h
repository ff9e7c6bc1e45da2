/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the library share: results, jobs, accounts, caps. */

#pragma once

#include "dio-library.h"

#include "dio-archive.h"
#include "dio-storage-thread.h"

G_BEGIN_DECLS

struct _DioLibrary
{
  GObject           parent_instance;

  char             *folder;   /* (owned) */
  DioArchive       *archive;  /* (owned): the thread's, but for its references */
  DioStorageThread *thread;   /* (owned) */
  GListStore       *results;  /* (owned) (element-type DioResult): newest first */
  DioAccountList   *accounts; /* (owned) */
  GHashTable       *caps;     /* (owned): currency to double */
  GHashTable       *sending;  /* (owned): ids of jobs whose sending is being decided on */
};

void       _dio_library_job_store_init (DioJobStoreInterface *iface);
DioResult *_dio_library_find_result    (DioLibrary           *self,
                                        const char           *id);
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

G_END_DECLS
