/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition frozen for one model: immutable, storable, printable. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

/**
 * DioRequestReference:
 * @name: as in the prompt
 * @role: what it is for
 * @hash: the content hash of @bytes
 * @mime_type: of @bytes
 * @file_name: as the person knows it, without folders
 * @width: in pixels, upright; 0 in a request of an older version
 * @height: in pixels, upright; 0 in a request of an older version
 * @bytes: (nullable): %NULL in a request read back whose photo is gone
 * @address: (nullable): sent in place of the bytes, where the provider takes it
 */
typedef struct
{
  char    *name;
  DioRole  role;
  char    *hash;
  char    *mime_type;
  char    *file_name;
  int      width;
  int      height;
  GBytes  *bytes;
  char    *address;
} DioRequestReference;

/**
 * DioRequestLoadFunc:
 * @hash: a content hash
 * @user_data: data given with the function
 *
 * Returns: (transfer full) (nullable): the content of that hash, if it is kept
 */
typedef GBytes *(*DioRequestLoadFunc) (const char *hash,
                                       gpointer    user_data);

#define DIO_TYPE_REQUEST (dio_request_get_type ())
G_DECLARE_FINAL_TYPE (DioRequest, dio_request, DIO, REQUEST, GObject)

DioRequest                *dio_request_new              (DioComposition      *composition,
                                                         DioModelInfo        *model,
                                                         GError             **error);
DioRequest                *dio_request_new_to_estimate  (DioComposition      *composition,
                                                         DioModelInfo        *model);
DioRequest                *dio_request_new_again        (DioRequest          *other);
DioRequest                *dio_request_new_rest         (DioRequest          *other,
                                                         DioModelInfo        *model,
                                                         guint                count,
                                                         guint                n_made);
DioRequest                *dio_request_new_from_json    (JsonNode            *node,
                                                         DioRequestLoadFunc   load,
                                                         gpointer             user_data,
                                                         GError             **error);
JsonNode                  *dio_request_to_json          (DioRequest          *self);
DioRequest                *dio_request_new_from_recipe  (const char          *recipe,
                                                         DioRequestLoadFunc   load,
                                                         gpointer             user_data,
                                                         GError             **error);
GVariant                  *dio_request_dup_open_values  (DioRequest          *self);
char                      *dio_request_dup_recipe       (DioRequest          *self);
const char                *dio_request_get_id           (DioRequest          *self);
const char                *dio_request_get_provider_id  (DioRequest          *self);
const char                *dio_request_get_model_id     (DioRequest          *self);
const char                *dio_request_get_title        (DioRequest          *self);
const char                *dio_request_get_prompt       (DioRequest          *self);
const char                *dio_request_get_roles        (DioRequest          *self);
guint                      dio_request_get_n_references (DioRequest          *self);
const DioRequestReference *dio_request_get_reference    (DioRequest          *self,
                                                         guint                position);
GVariant                  *dio_request_lookup           (DioRequest          *self,
                                                         const char          *name);
gint64                     dio_request_get_integer      (DioRequest          *self,
                                                         const char          *name,
                                                         gint64               fallback);
guint                      dio_request_get_count        (DioRequest          *self);
gint64                     dio_request_get_seed         (DioRequest          *self);

G_END_DECLS
