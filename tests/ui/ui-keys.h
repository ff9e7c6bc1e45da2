/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys in memory, as a keyring would keep them. */

#pragma once

#include "dio-key-store.h"

G_BEGIN_DECLS

#define UI_TYPE_KEYS (ui_keys_get_type ())
G_DECLARE_FINAL_TYPE (UiKeys, ui_keys, UI, KEYS, GObject)

/**
 * UiKeys:
 * @keys: (owned): "provider/account" to key
 * @is_lasting: what it says of all of them
 */
struct _UiKeys
{
  GObject     parent_instance;

  GHashTable *keys;
  gboolean    is_lasting;
};

UiKeys     *ui_keys_new (void);
const char *ui_keys_get (UiKeys     *self,
                         const char *name);

G_END_DECLS
