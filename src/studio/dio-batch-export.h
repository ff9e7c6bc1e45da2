/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many pictures of the library as files of a folder. */

#pragma once

#include "dio-picture-export.h"
#include "dio-result.h"

G_BEGIN_DECLS

/**
 * DioBatchProgressFunc:
 * @n_done: how many files are there
 * @user_data: data given with the function
 *
 * Called in the thread that has begun the export.
 */
typedef void (*DioBatchProgressFunc) (guint    n_done,
                                      gpointer user_data);

char    *dio_batch_export_make_name (DioResult               *result,
                                     const char              *pattern,
                                     guint                    number);
void     dio_batch_export_async     (GPtrArray               *results,
                                     GFile                   *folder,
                                     const char              *pattern,
                                     const DioExportOptions  *options,
                                     DioBatchProgressFunc     progress,
                                     gpointer                 progress_data,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data);
gboolean dio_batch_export_finish    (GAsyncResult            *result,
                                     GError                 **error);

G_END_DECLS
