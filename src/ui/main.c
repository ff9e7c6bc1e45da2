/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start of the program with windows. */

#include "config.h"

#include "dio-application.h"
#include "dio-memory.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr(DioApplication) application = NULL;

  dio_memory_set_up ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = dio_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
