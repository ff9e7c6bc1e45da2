/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: database, picture files, references. Everything
 * blocks: for one worker thread at a time. */

#pragma once

#include "dio-job-record.h"
#include "dio-reference-store.h"

G_BEGIN_DECLS

typedef struct _DioArchive DioArchive;

DioArchive        *dio_archive_new            (const char          *folder);
void               dio_archive_free           (DioArchive          *self);
DioReferenceStore *dio_archive_get_references (DioArchive          *self);
gboolean           dio_archive_open           (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_add_job        (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               GError             **error);
gboolean           dio_archive_update_job     (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               GError             **error);
DioResult         *dio_archive_add_picture    (DioArchive          *self,
                                               const DioJobRecord  *job,
                                               DioPicture          *picture,
                                               gboolean            *is_new,
                                               GError             **error);
GPtrArray         *dio_archive_load_results   (DioArchive          *self,
                                               GError             **error);
gboolean           dio_archive_remove_result  (DioArchive          *self,
                                               const char          *id,
                                               const char          *path,
                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioArchive, dio_archive_free)

G_END_DECLS
