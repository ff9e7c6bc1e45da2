/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP files whose entries are stored and not compressed. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioZipEntry:
 * @name: (owned): ASCII; never a path to write to
 * @bytes: (owned): what is in it
 */
typedef struct
{
  char   *name;
  GBytes *bytes;
} DioZipEntry;

GPtrArray   *dio_zip_new    (void);
void         dio_zip_add    (GPtrArray   *self,
                             const char  *name,
                             GBytes      *bytes);
GPtrArray   *dio_zip_pack   (GPtrArray   *self);
GPtrArray   *dio_zip_unpack (GBytes      *file,
                             guint        max_entries,
                             GError     **error);

G_END_DECLS
