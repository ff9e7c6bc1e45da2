/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the documents portal lends to a program in a sandbox. Each is shown
 * to it in a folder that is not the one where it lies. */

#include "config.h"

#include "dio-lent-file.h"

#include <string.h>

/* What of the path lies below the portal's folder: "8a7b6c/photo.jpg", where the
 * first part is the portal's. */
static char *
dup_place (GFile *file)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  g_autoptr(GFile) documents = g_file_new_for_path (folder);

  return g_file_get_relative_path (documents, file);
}

/**
 * dio_lent_file_is:
 * @file: a file or folder
 *
 * Returns: whether the portal lends it, so that its path says nothing of where it is
 */
gboolean
dio_lent_file_is (GFile *file)
{
  g_autofree char *place = dup_place (file);

  return place != NULL;
}

/**
 * dio_lent_file_has_fixed_name:
 * @file: a file
 *
 * What is written beside a file that is lent alone is a hidden one for all others,
 * whatever its name. In a folder that is lent, every name is good.
 *
 * Returns: whether it can be written under this name alone
 */
gboolean
dio_lent_file_has_fixed_name (GFile *file)
{
  g_autofree char *place = dup_place (file);
  const char *name = place != NULL ? strchr (place, G_DIR_SEPARATOR) : NULL;

  return name != NULL && strchr (name + 1, G_DIR_SEPARATOR) == NULL;
}

/**
 * dio_lent_file_dup_shown_name:
 * @file: a file or folder
 *
 * Returns: (transfer full): where it is, as far as that can be told to a person
 */
char *
dio_lent_file_dup_shown_name (GFile *file)
{
  g_autofree char *place = dup_place (file);
  const char *name = place != NULL ? strchr (place, G_DIR_SEPARATOR) : NULL;

  return name != NULL ? g_filename_display_name (name + 1) : g_file_get_parse_name (file);
}
