/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders of this person that the program keeps its things in. */

#include "config.h"

#include "dio-paths.h"

#include "dio-error.h"

#include <errno.h>
#include <glib/gstdio.h>

/* A development build never touches the pictures of the installed one. */
static const char *
get_folder_name (void)
{
  return g_str_equal (PROFILE, "development") ? "diorama-devel" : "diorama";
}

/* A relative folder would be another one wherever the program runs; the base
 * directory specification has it ignored, GLib takes it. */
static char *
build_folder (const char *base,
              const char *fallback)
{
  if (g_path_is_absolute (base))
    return g_build_filename (base, get_folder_name (), NULL);

  return g_build_filename (g_get_home_dir (), fallback, get_folder_name (), NULL);
}

/**
 * dio_paths_dup_data_folder:
 *
 * Returns: (transfer full): where the library is; it need not exist yet
 */
char *
dio_paths_dup_data_folder (void)
{
  return build_folder (g_get_user_data_dir (), ".local/share");
}

/**
 * dio_paths_dup_cache_folder:
 *
 * Returns: (transfer full): where things are that can be made again; it need
 *   not exist yet
 */
char *
dio_paths_dup_cache_folder (void)
{
  return build_folder (g_get_user_cache_dir (), ".cache");
}

/**
 * dio_paths_make_folder:
 * @folder: a folder
 * @error: return location for a #GError
 *
 * Makes @folder, and those above it, for nobody but this person. One that is
 * there already stays as it is.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE when there is no such folder now
 */
gboolean
dio_paths_make_folder (const char  *folder,
                       GError     **error)
{
  int code;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  code = errno;
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
               "The folder %s cannot be made: %s", folder, g_strerror (code));

  return FALSE;
}
