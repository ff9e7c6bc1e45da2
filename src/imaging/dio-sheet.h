/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with their names and what is said of them, on one page. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DioSheet DioSheet;

DioSheet *dio_sheet_new          (const char          *title);
void      dio_sheet_free         (DioSheet            *self);
void      dio_sheet_add_picture  (DioSheet            *self,
                                  const char          *caption,
                                  GFile               *file,
                                  GBytes              *bytes);
void      dio_sheet_set_unread   (DioSheet            *self,
                                  const char          *text);
void      dio_sheet_set_columns  (DioSheet            *self,
                                  const char * const  *names);
void      dio_sheet_add_row      (DioSheet            *self,
                                  const char          *title,
                                  const char * const  *values);
gboolean  dio_sheet_is_html      (const char          *name);
gboolean  dio_sheet_is_png       (const char          *name);
GBytes   *dio_sheet_encode       (DioSheet            *self,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GError             **error);
GBytes   *dio_sheet_to_png       (DioSheet            *self,
                                  GCancellable        *cancellable,
                                  GError             **error);
GBytes   *dio_sheet_to_html      (DioSheet            *self,
                                  GCancellable        *cancellable,
                                  GError             **error);
void      dio_sheet_save_async   (DioSheet            *self,
                                  GFile               *target,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean  dio_sheet_save_finish  (GAsyncResult        *result,
                                  GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSheet, dio_sheet_free)

G_END_DECLS
