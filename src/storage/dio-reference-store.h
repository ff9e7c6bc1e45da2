/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of references by their hash. Blocks; any thread may use it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioReferenceStore DioReferenceStore;

DioReferenceStore *dio_reference_store_new       (const char         *folder);
void               dio_reference_store_free      (DioReferenceStore  *self);
void               dio_reference_store_set_owner (DioReferenceStore  *self,
                                                  const char         *owner);
GBytes            *dio_reference_store_keep      (DioReferenceStore  *self,
                                                  GBytes             *bytes,
                                                  const char         *hash,
                                                  GError            **error);
GBytes            *dio_reference_store_load      (DioReferenceStore  *self,
                                                  const char         *hash,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReferenceStore, dio_reference_store_free)

G_END_DECLS
