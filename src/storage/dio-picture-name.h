/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of results are called. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dio_picture_name_make      (gint64      created,
                                  const char *text,
                                  guint       index,
                                  const char *extension,
                                  guint       attempt);
char *dio_picture_name_make_slug (const char *text);

G_END_DECLS
