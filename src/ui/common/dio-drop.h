/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes by drag or paste from other programs: files or picture bytes. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DioDrop:
 * @files: (element-type GFile): dropped files
 * @bytes: (nullable): a picture that is no file, where there are no files
 * @address: (nullable): where on the web the picture is; without @bytes it has
 *   to be fetched
 */
typedef struct
{
  GSList *files;
  GBytes *bytes;
  char   *address;
} DioDrop;

void               dio_drop_free           (DioDrop              *drop);
GdkContentFormats *dio_drop_formats        (void);
gboolean           dio_drop_is_welcome     (GdkContentFormats    *formats);
void               dio_read_drop_async     (GdkDrop              *source,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void               dio_read_clipboard_async (GdkClipboard         *source,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DioDrop           *dio_read_drop_finish    (GAsyncResult         *result,
                                            GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDrop, dio_drop_free)

G_END_DECLS
