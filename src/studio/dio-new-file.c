/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New files in a folder of the person's, whole or not at all: what is written has
 * a hidden name until it is, so that a program that is killed leaves nothing
 * behind that looks like a picture. Blocks: for worker threads. */

#include "config.h"

#include "dio-new-file.h"

#include "dio-error.h"

#define PREFIX ".diorama-part-"
#define MAX_PART_SECONDS 3600
#define MAX_ATTEMPTS 10000

/**
 * dio_new_file_sweep:
 * @folder: where new files will be
 *
 * A part is there for moments. One that is older was left by a program that was
 * killed; in a folder of the person's own nobody else clears it away. Reads the
 * whole folder: once is enough for many files.
 */
void
dio_new_file_sweep (GFile *folder)
{
  g_autoptr(GFileEnumerator) children = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GFileInfo *info;
  GFile *child;

  g_return_if_fail (G_IS_FILE (folder));

  children = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, NULL) && info != NULL)
    {
      gint64 modified = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);

      if (g_str_has_prefix (g_file_info_get_name (info), PREFIX) && modified < now - MAX_PART_SECONDS)
        g_file_delete (child, NULL, NULL);
    }
}

/**
 * dio_new_file_begin:
 * @folder: where the file will be
 *
 * Returns: (transfer full): where to write it to; nothing is there
 */
GFile *
dio_new_file_begin (GFile *folder)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (PREFIX, id, NULL);

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  return g_file_get_child (folder, name);
}

/**
 * dio_new_file_end:
 * @part: what dio_new_file_begin() gave, written
 * @stem: what its name is to begin with
 * @extension: what it ends with, without the dot; empty for none
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Gives @part its name: "watch 1.png", or "watch 1 (2).png" where that is taken.
 * Replaces nothing.
 *
 * Returns: %FALSE when it could not, and nothing is left of @part
 */
gboolean
dio_new_file_end (GFile         *part,
                  const char    *stem,
                  const char    *extension,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GFile) folder = g_file_get_parent (part);
  const char *dot = *extension != '\0' ? "." : "";
  g_autoptr(GError) local_error = NULL;

  for (guint attempt = 1; attempt < MAX_ATTEMPTS; attempt++)
    {
      g_autofree char *name = attempt == 1 ? g_strconcat (stem, dot, extension, NULL)
                                           : g_strdup_printf ("%s (%u)%s%s", stem, attempt, dot, extension);
      g_autoptr(GFile) file = g_file_get_child (folder, name);

      g_clear_error (&local_error);
      if (g_file_move (part, file, G_FILE_COPY_NONE, cancellable, NULL, NULL, &local_error))
        return TRUE;
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }

  g_file_delete (part, NULL, NULL);
  g_propagate_error (error, dio_error_from_io (local_error, stem));

  return FALSE;
}
