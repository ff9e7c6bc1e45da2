/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Getters for JSON of strangers: of a wrong type or absent, a member is simply
 * not there, where json-glib's own raise criticals. And members for JSON of ours. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DioJsonMap:
 * @string: a text
 * @user_data: data given with the function
 *
 * Returns: (transfer full): what is put in its place
 */
typedef char *(*DioJsonMap) (const char *string,
                             gpointer    user_data);

const char *dio_json_get_string        (JsonObject  *object,
                                        const char  *member);
gint64      dio_json_get_integer       (JsonObject  *object,
                                        const char  *member,
                                        gint64       fallback);
double      dio_json_get_number        (JsonObject  *object,
                                        const char  *member,
                                        double       fallback);
gboolean    dio_json_get_boolean       (JsonObject  *object,
                                        const char  *member,
                                        gboolean     fallback);
JsonObject *dio_json_get_object        (JsonObject  *object,
                                        const char  *member);
JsonArray  *dio_json_get_array         (JsonObject  *object,
                                        const char  *member);
JsonNode   *dio_json_parse             (GBytes      *bytes,
                                        GError     **error);
JsonNode   *dio_json_map_strings       (JsonNode    *node,
                                        DioJsonMap   map,
                                        gpointer     user_data);

void        dio_json_add_string        (JsonBuilder *builder,
                                        const char  *member,
                                        const char  *value);
void        dio_json_add_filled_string (JsonBuilder *builder,
                                        const char  *member,
                                        const char  *value);
void        dio_json_add_integer       (JsonBuilder *builder,
                                        const char  *member,
                                        gint64       value);
void        dio_json_add_number        (JsonBuilder *builder,
                                        const char  *member,
                                        double       value);
void        dio_json_add_boolean       (JsonBuilder *builder,
                                        const char  *member,
                                        gboolean     value);

G_END_DECLS
