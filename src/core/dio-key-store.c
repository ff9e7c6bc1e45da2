/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where keys are kept. */

#include "config.h"

#include "dio-key-store.h"

G_DEFINE_INTERFACE (DioKeyStore, dio_key_store, G_TYPE_OBJECT)

static void
dio_key_store_default_init (DioKeyStoreInterface *iface)
{
}
