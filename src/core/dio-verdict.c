/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person thinks of a result. */

#include "config.h"

#include "dio-result.h"

/* The nicks are stored in the database: never changed. */
static const GEnumValue values[] = {
  { DIO_VERDICT_NONE, "DIO_VERDICT_NONE", "none" },
  { DIO_VERDICT_PICK, "DIO_VERDICT_PICK", "pick" },
  { DIO_VERDICT_REJECT, "DIO_VERDICT_REJECT", "reject" },
  { 0, NULL, NULL }
};

GType
dio_verdict_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("DioVerdict", values));

  return type;
}

const char *
dio_verdict_get_nick (DioVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < DIO_N_VERDICTS, NULL);

  return values[verdict].value_nick;
}

gboolean
dio_verdict_from_nick (const char *nick,
                       DioVerdict *verdict)
{
  for (guint i = 0; nick != NULL && i < DIO_N_VERDICTS; i++)
    {
      if (g_str_equal (nick, values[i].value_nick))
        {
          *verdict = i;
          return TRUE;
        }
    }

  return FALSE;
}
