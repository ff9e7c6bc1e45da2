/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account at a provider, without its key. */

#include "config.h"

#include "dio-account.h"

G_DEFINE_BOXED_TYPE (DioAccount, dio_account, dio_account_copy, dio_account_free)

/**
 * dio_account_new:
 * @provider_id: whose account it is
 * @name: what the person calls it
 *
 * Returns: (transfer full): an account at the documented address, with no price
 */
DioAccount *
dio_account_new (const char *provider_id,
                 const char *name)
{
  DioAccount *self;

  g_return_val_if_fail (provider_id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (DioAccount, 1);
  self->provider_id = g_strdup (provider_id);
  self->name = g_strdup (name);
  self->price = -1;

  return self;
}

/**
 * dio_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): a copy with texts of its own
 */
DioAccount *
dio_account_copy (const DioAccount *self)
{
  DioAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = dio_account_new (self->provider_id, self->name);
  copy->kind = g_strdup (self->kind);
  copy->endpoint = g_strdup (self->endpoint);
  copy->upload_url = g_strdup (self->upload_url);
  copy->price = self->price;
  copy->currency = g_strdup (self->currency);
  copy->is_told = self->is_told;

  return copy;
}

/**
 * dio_account_free:
 * @self: (transfer full): an account
 */
void
dio_account_free (DioAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->provider_id);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->endpoint);
  g_free (self->upload_url);
  g_free (self->currency);
  g_free (self);
}
