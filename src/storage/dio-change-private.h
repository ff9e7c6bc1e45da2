/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change that a person makes to results, on its way through the thread. */

#pragma once

#include "dio-library-private.h"

G_BEGIN_DECLS

/* One change; of the fields, those that its kind needs. */
typedef struct
{
  /* Given */
  GStrv       ids;       /* (owned) */
  guint       rating;
  DioVerdict  verdict;
  GStrv       add;       /* (owned) (nullable) */
  GStrv       remove;    /* (owned) (nullable) */
  char       *path;      /* (owned) (nullable) */
  gint64      before;

  /* Result */
  GPtrArray  *changed;   /* (owned) (nullable) (element-type DioResult): as they are now */
  guint       n_removed;

  DioLibraryChange what; /* what is told once it is shown */
} DioChange;

DioChange          *_dio_change_new      (GPtrArray            *results);
const char * const *_dio_change_get_ids  (DioChange            *self);
void                _dio_change_start    (DioLibrary           *library,
                                          gpointer              tag,
                                          DioChange            *self,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data,
                                          DioStorageFunc        func,
                                          DioStorageDoneFunc    done);
gboolean            _dio_change_read     (DioChange            *self,
                                          DioArchive           *archive,
                                          GError              **error);
void                _dio_change_show     (GTask                *task,
                                          DioLibraryChange      what);

G_END_DECLS
