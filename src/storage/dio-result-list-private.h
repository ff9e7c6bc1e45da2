/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a list of results share. */

#pragma once

#include "dio-result-list.h"

G_BEGIN_DECLS

/* Some screens full. */
#define DIO_RESULT_LIST_PAGE_SIZE 96

/**
 * DioResultListChangedFunc:
 * @position: where something changes
 * @n_removed: how many go there
 * @n_added: how many come there
 * @user_data: data given with the function
 *
 * Called when the numbers are as they are after that change.
 */
typedef void (*DioResultListChangedFunc) (guint    position,
                                          guint    n_removed,
                                          guint    n_added,
                                          gpointer user_data);

void _dio_result_list_change (GArray                   *numbers,
                              GArray                   *wanted,
                              DioResultListChangedFunc  changed,
                              gpointer                  user_data);

/* Reads what a query finds and the first of them, or some results by number. */
void     _dio_library_read_list_async  (DioLibrary           *self,
                                        const DioResultQuery *query,
                                        GArray               *numbers,
                                        guint                 n_first,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean _dio_library_read_list_finish (DioLibrary           *self,
                                        GAsyncResult         *result,
                                        GArray              **numbers,
                                        GPtrArray           **results,
                                        GError              **error);

G_END_DECLS
