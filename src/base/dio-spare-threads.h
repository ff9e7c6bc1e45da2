/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that work in the time that others leave. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioSpareThreads DioSpareThreads;

DioSpareThreads *dio_spare_threads_new  (guint            n_threads,
                                         GFunc            func,
                                         gpointer         user_data);
void             dio_spare_threads_free (DioSpareThreads *self);
void             dio_spare_threads_push (DioSpareThreads *self,
                                         gpointer         data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSpareThreads, dio_spare_threads_free)

G_END_DECLS
