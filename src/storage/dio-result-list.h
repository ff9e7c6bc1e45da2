/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results that a query finds, read as somebody looks at them. */

#pragma once

#include "dio-library.h"
#include "dio-result-slot.h"

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_LIST (dio_result_list_get_type ())
G_DECLARE_FINAL_TYPE (DioResultList, dio_result_list, DIO, RESULT_LIST, GObject)

DioResultList        *dio_result_list_new           (DioLibrary           *library);
DioLibrary           *dio_result_list_get_library   (DioResultList        *self);
void                  dio_result_list_set_query     (DioResultList        *self,
                                                     const DioResultQuery *query);
const DioResultQuery *dio_result_list_get_query     (DioResultList        *self);
gboolean              dio_result_list_get_is_loading (DioResultList       *self);

DioResultSlot        *dio_result_list_peek          (DioResultList        *self,
                                                     gint64                number);
gint64                dio_result_list_get_number    (DioResultList        *self,
                                                     guint                 position);

/* Where a result is, by its number at once, or by its id. */
gboolean              dio_result_list_find          (DioResultList        *self,
                                                     gint64                number,
                                                     guint                *position);
void                  dio_result_list_find_async    (DioResultList        *self,
                                                     const char           *id,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean              dio_result_list_find_finish   (DioResultList        *self,
                                                     GAsyncResult         *result,
                                                     guint                *position,
                                                     GError              **error);

G_END_DECLS
