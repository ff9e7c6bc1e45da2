/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account at a provider: everything but its key, which is in the keyring. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioAccount:
 * @provider_id: whose account it is
 * @name: what the person calls it; unique among the provider's accounts
 * @kind: (nullable): what sort of account, in words of the provider's own table
 * @endpoint: (nullable): scheme://host[:port][/prefix] in place of the documented one
 * @upload_url: (nullable): an upload address of the person's own
 * @price: of one picture, as typed; below 0 where none was typed
 * @currency: (nullable): of @price, such as "USD"
 * @is_told: the person was told where the photos go
 */
typedef struct
{
  char     *provider_id;
  char     *name;
  char     *kind;
  char     *endpoint;
  char     *upload_url;
  double    price;
  char     *currency;
  gboolean  is_told;
} DioAccount;

#define DIO_TYPE_ACCOUNT (dio_account_get_type ())
GType       dio_account_get_type (void);
DioAccount *dio_account_new      (const char       *provider_id,
                                  const char       *name);
DioAccount *dio_account_copy     (const DioAccount *self);
void        dio_account_free     (DioAccount       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioAccount, dio_account_free)

G_END_DECLS
