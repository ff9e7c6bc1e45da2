/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tasks one after the other, away from the main loop. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DioStorageThread DioStorageThread;

/**
 * DioStorageFunc:
 * @store: what the thread works on
 * @task_data: the task's data; its results go there too
 * @error: return location for a #GError
 *
 * Called in the thread.
 *
 * Returns: %FALSE with @error set
 */
typedef gboolean (*DioStorageFunc) (gpointer   store,
                                    gpointer   task_data,
                                    GError   **error);

/**
 * DioStorageDoneFunc:
 * @task: a task whose #DioStorageFunc went well, to be returned
 *
 * Called in the task's own main context.
 */
typedef void (*DioStorageDoneFunc) (GTask *task);

DioStorageThread *dio_storage_thread_new  (gpointer            store);
void              dio_storage_thread_free (DioStorageThread   *self);
void              dio_storage_thread_push (DioStorageThread   *self,
                                           GTask              *task,
                                           DioStorageFunc      func,
                                           DioStorageDoneFunc  done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioStorageThread, dio_storage_thread_free)

G_END_DECLS
