/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that was found damaged while it was in use is not opened again before
 * it was read whole, however large it is: an empty file beside it says so. */

#include "config.h"

#include "dio-database-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
build_mark (const char *path)
{
  return g_strconcat (path, "-doubted", NULL);
}

/* Where no mark can be set, the check that comes from time to time has to do. */
void
_dio_database_doubt (const char *path)
{
  g_autofree char *mark = build_mark (path);
  int fd = g_open (mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

gboolean
_dio_database_is_doubted (const char *path)
{
  g_autofree char *mark = build_mark (path);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

void
_dio_database_trust (const char *path)
{
  g_autofree char *mark = build_mark (path);

  g_unlink (mark);
}
