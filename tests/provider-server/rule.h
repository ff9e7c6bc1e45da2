/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule of a script, read. */

#pragma once

#include "faults.h"

G_BEGIN_DECLS

Rule *rule_read (JsonNode  *node,
                 guint      index,
                 GError   **error);
void  rule_free (Rule      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rule, rule_free)

G_END_DECLS
