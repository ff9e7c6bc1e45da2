/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that appear under their name whole, or not at all. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *dio_part_file_write   (const char  *folder,
                                 const char  *owner,
                                 GBytes      *bytes,
                                 GError     **error);
char     *dio_part_file_write_pieces (const char  *folder,
                                 const char  *owner,
                                 GPtrArray   *pieces,
                                 char       **hash,
                                 GError     **error);
char     *dio_part_file_take    (const char  *folder,
                                 const char  *owner,
                                 const char  *path,
                                 GError     **error);
gboolean  dio_part_file_publish (const char  *part,
                                 const char  *name,
                                 gboolean    *taken,
                                 GError     **error);
gboolean  dio_part_file_is_part (const char  *name);
int       dio_part_file_move    (const char  *from,
                                 const char  *to);
gboolean  dio_part_file_sync    (const char  *folder,
                                 GError     **error);
void      dio_part_file_sweep   (const char  *folder,
                                 const char  *owners);

G_END_DECLS
