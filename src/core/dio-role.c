/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference is for. */

#include "config.h"

#include "dio-role.h"

/* Stored in files and typed on the command line: never changed. */
static const GEnumValue values[] = {
  { DIO_ROLE_SUBJECT, "DIO_ROLE_SUBJECT", "subject" },
  { DIO_ROLE_SCENE, "DIO_ROLE_SCENE", "scene" },
  { DIO_ROLE_STYLE, "DIO_ROLE_STYLE", "style" },
  { 0, NULL, NULL },
};

GType
dio_role_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("DioRole", values));

  return type;
}

const char *
dio_role_get_nick (DioRole role)
{
  g_return_val_if_fail ((guint) role < DIO_N_ROLES, NULL);

  return values[role].value_nick;
}

/**
 * dio_role_from_nick:
 * @nick: (nullable): "subject", "scene" or "style"
 * @role: (out): the role of that name
 *
 * Returns: %FALSE when there is no such role
 */
gboolean
dio_role_from_nick (const char *nick,
                    DioRole    *role)
{
  for (guint i = 0; nick != NULL && i < DIO_N_ROLES; i++)
    {
      if (g_str_equal (nick, values[i].value_nick))
        {
          *role = values[i].value;
          return TRUE;
        }
    }

  return FALSE;
}
