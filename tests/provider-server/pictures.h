/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results: composed by our own engine from the photos that were sent, or
 * drawn where none was. Made in a thread of their own, when they are fetched. */

#pragma once

#include "jobs.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PictureFunc:
 * @bytes: the file
 * @user_data: data given with the function
 */
typedef void (*PictureFunc) (GBytes   *bytes,
                             gpointer  user_data);

typedef struct _Pictures Pictures;

Pictures *pictures_new  (void);
void      pictures_free (Pictures       *self);
void      pictures_make (Pictures       *self,
                         Job            *job,
                         guint           index,
                         gboolean        compose,
                         int             grain,
                         PictureFunc     func,
                         gpointer        user_data,
                         GDestroyNotify  destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pictures, pictures_free)

G_END_DECLS
