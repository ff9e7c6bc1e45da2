/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a request, told by its parts: text, and files that are encoded as
 * base64 while they are sent. It is never in memory as a whole. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define DIO_TYPE_BODY (dio_body_get_type ())
G_DECLARE_FINAL_TYPE (DioBody, dio_body, DIO, BODY, GObject)

DioBody      *dio_body_new          (void);
char         *dio_body_add_file     (DioBody       *self,
                                     GFile         *file,
                                     goffset        size,
                                     const char    *prefix,
                                     const char    *label);
void          dio_body_set_json     (DioBody       *self,
                                     JsonNode      *root);
goffset       dio_body_get_length   (DioBody       *self);
GInputStream *dio_body_open         (DioBody       *self);
JsonNode     *dio_body_dup_readable (DioBody       *self);

G_END_DECLS
