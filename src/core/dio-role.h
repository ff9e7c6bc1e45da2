/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference is for. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DioRole:
 * @DIO_ROLE_SUBJECT: a thing to be placed
 * @DIO_ROLE_SCENE: the place it is put in
 * @DIO_ROLE_STYLE: the manner the whole is painted in
 */
typedef enum
{
  DIO_ROLE_SUBJECT,
  DIO_ROLE_SCENE,
  DIO_ROLE_STYLE,
} DioRole;

#define DIO_N_ROLES (DIO_ROLE_STYLE + 1)

#define DIO_TYPE_ROLE (dio_role_get_type ())
GType       dio_role_get_type  (void);

const char *dio_role_get_nick  (DioRole     role);
gboolean    dio_role_from_nick (const char *nick,
                                DioRole    *role);

G_END_DECLS
