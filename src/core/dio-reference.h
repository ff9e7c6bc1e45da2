/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo in the strip, with a role and a name. */

#pragma once

#include "dio-role.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIO_TYPE_REFERENCE (dio_reference_get_type ())
G_DECLARE_FINAL_TYPE (DioReference, dio_reference, DIO, REFERENCE, GObject)

DioReference *dio_reference_new           (GBytes       *bytes,
                                           const char   *mime_type,
                                           int           width,
                                           int           height,
                                           const char   *file_name);
DioReference *dio_reference_new_known     (GBytes       *bytes,
                                           const char   *hash,
                                           const char   *mime_type,
                                           int           width,
                                           int           height,
                                           const char   *file_name);
GBytes       *dio_reference_get_bytes     (DioReference *self);
const char   *dio_reference_get_hash      (DioReference *self);
const char   *dio_reference_get_mime_type (DioReference *self);
const char   *dio_reference_get_file_name (DioReference *self);
int           dio_reference_get_width     (DioReference *self);
int           dio_reference_get_height    (DioReference *self);
const char   *dio_reference_get_name      (DioReference *self);
void          dio_reference_set_name      (DioReference *self,
                                           const char   *name);
DioRole       dio_reference_get_role      (DioReference *self);
void          dio_reference_set_role      (DioReference *self,
                                           DioRole       role);
gboolean      dio_reference_get_enabled   (DioReference *self);
void          dio_reference_set_enabled   (DioReference *self,
                                           gboolean      enabled);

/* Where it came from, for pictures from the web. */
const char   *dio_reference_get_address   (DioReference *self);
void          dio_reference_set_address   (DioReference *self,
                                           const char   *address);
gboolean      dio_reference_get_by_address (DioReference *self);
void          dio_reference_set_by_address (DioReference *self,
                                            gboolean      by_address);

gboolean      dio_reference_is_name       (const char   *text);

G_END_DECLS
