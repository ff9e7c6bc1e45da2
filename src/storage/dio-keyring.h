/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of accounts, in the keyring of the person's session. */

#pragma once

#include "dio-key-store.h"

G_BEGIN_DECLS

#define DIO_TYPE_KEYRING (dio_keyring_get_type ())
G_DECLARE_FINAL_TYPE (DioKeyring, dio_keyring, DIO, KEYRING, GObject)

DioKeyring *dio_keyring_new             (void);
void        dio_keyring_set_session_key (DioKeyring *self,
                                         const char *provider_id,
                                         const char *account,
                                         const char *key);

G_END_DECLS
