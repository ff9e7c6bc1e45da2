/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from one line of C. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *object_make        (const char *members,
                                ...);
void        object_add         (JsonObject *object,
                                const char *members,
                                ...);
JsonNode   *object_to_node     (JsonObject *object);
JsonArray  *strings_make       (const char *first,
                                ...) G_GNUC_NULL_TERMINATED;
GBytes     *json_to_bytes      (JsonNode   *node);

G_END_DECLS
