/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a library that it knows nothing of any more. Blocks. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dio_studio_adopt_strays (const char  *folder,
                                  guint       *n_adopted,
                                  GError     **error);

G_END_DECLS
