/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content hashes and ids made from chance. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioHash DioHash;

DioHash *dio_hash_new       (void);
void     dio_hash_update    (DioHash       *self,
                             gconstpointer  data,
                             gsize          size);
char    *dio_hash_end       (DioHash       *self);
void     dio_hash_free      (DioHash       *self);

char    *dio_hash_bytes     (GBytes        *bytes);
char    *dio_hash_file      (const char    *path,
                             GError       **error);
guint32  dio_random_seed    (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioHash, dio_hash_free)

G_END_DECLS
