/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells living processes from dead ones, for all who share a data folder. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioOwner DioOwner;

DioOwner   *dio_owner_new     (const char  *folder,
                               GError     **error);
void        dio_owner_free    (DioOwner    *self);
const char *dio_owner_get_id  (DioOwner    *self);

gboolean    dio_owner_is_gone (const char  *folder,
                               const char  *id);
gboolean    dio_owner_lives_any (const char *folder);
gboolean    dio_owner_died_any (const char  *folder);
void        dio_owner_sweep   (const char  *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioOwner, dio_owner_free)

G_END_DECLS
