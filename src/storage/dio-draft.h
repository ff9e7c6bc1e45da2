/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as it is kept while it is edited, for whatever may happen. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DioDraft DioDraft;

DioDraft  *dio_draft_new    (const char  *folder,
                             GError     **error);
GPtrArray *dio_draft_find   (const char  *folder);
void       dio_draft_free   (DioDraft    *self);
GBytes    *dio_draft_read   (DioDraft    *self,
                             GError     **error);
gboolean   dio_draft_write  (DioDraft    *self,
                             GBytes      *bytes,
                             GError     **error);
void       dio_draft_remove (DioDraft    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDraft, dio_draft_free)

G_END_DECLS
