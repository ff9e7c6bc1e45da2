/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of threads that shares out the rows of one piece of work. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DioWorkers DioWorkers;

/**
 * DioWorkersFunc:
 * @first: the first item of the band
 * @last: one past its last item
 * @user_data: data given to dio_workers_run()
 *
 * Works on a band of items. Bands may run at the same time and in any order:
 * for equal results on any number of threads, what is written for an item
 * must not depend on the band that it fell into.
 */
typedef void (*DioWorkersFunc) (int      first,
                                int      last,
                                gpointer user_data);

DioWorkers *dio_workers_new          (guint           n_threads,
                                      GCancellable   *cancellable);
void        dio_workers_free         (DioWorkers     *self);
guint       dio_workers_get_n_threads (DioWorkers    *self);
void        dio_workers_run          (DioWorkers     *self,
                                      int             n_items,
                                      int             band,
                                      DioWorkersFunc  func,
                                      gpointer        user_data);
gboolean    dio_workers_is_cancelled (DioWorkers     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioWorkers, dio_workers_free)

G_END_DECLS
