/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a list of results share. */

#pragma once

#include "dio-result-list.h"

G_BEGIN_DECLS

/* Some screens full. */
#define DIO_RESULT_LIST_PAGE_SIZE 96

struct _DioResultList
{
  GObject         parent_instance;

  /* Owned */
  DioLibrary     *library;
  DioResultQuery *query;
  GArray         *numbers;   /* of gint64, in order */
  GHashTable     *slots;     /* number to DioResultSlot, which others or kept hold */
  GQueue          waiting;   /* borrowed DioResultSlot without result, asked for last first */
  GQueue          kept;      /* DioResultSlot with result, read last first */

  DioResultSort   listed_sort; /* that the numbers are in */
  gboolean        is_listing; /* the numbers are being read */
  gboolean        is_stale;   /* and have to be read again */
  gboolean        is_reading; /* a page is being read */
};

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

/* The slots, and the pages that fill them. */
DioResultSlot *_dio_result_list_make_slot      (DioResultList *self,
                                                gint64         number);
void           _dio_result_list_take_page      (DioResultList *self,
                                                GPtrArray     *results);
void           _dio_result_list_update_starts  (DioResultList *self,
                                                guint          position);
void           _dio_result_list_read_next_page (DioResultList *self);

/* The list itself. */
void           _dio_result_list_read_numbers   (DioResultList *self);
void           _dio_result_list_fail           (DioResultList *self,
                                                const GError  *error);

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
