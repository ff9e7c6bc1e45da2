/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos that clients have left, for as long as the vendor keeps them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Uploads Uploads;

Uploads    *uploads_new    (void);
void        uploads_free   (Uploads    *self);
const char *uploads_add    (Uploads    *self,
                            GBytes     *bytes,
                            guint       seconds);
GBytes     *uploads_find   (Uploads    *self,
                            const char *id);
gboolean    uploads_remove (Uploads    *self,
                            const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Uploads, uploads_free)

G_END_DECLS
