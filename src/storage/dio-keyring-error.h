/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keyring's errors mean to a person. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  dio_keyring_error_is_absence (const GError *error);
GError   *dio_keyring_error_new_locked (void);
GError   *dio_keyring_error_translate  (const GError *error);

G_END_DECLS
