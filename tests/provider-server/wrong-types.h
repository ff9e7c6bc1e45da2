/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON whose values have other types than they should. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GBytes *wrong_types_make (JsonNode *node,
                          int       which,
                          guint    *n_nodes);

G_END_DECLS
