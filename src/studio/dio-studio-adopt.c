/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a library that it knows nothing of any more: read here, and given
 * back to it. */

#include "config.h"

#include "dio-studio-adopt.h"

#include "dio-archive.h"
#include "dio-image-decode.h"
#include "dio-image-header.h"
#include "dio-picture-metadata.h"

static gboolean
adopt (DioArchive  *archive,
       const char  *path,
       gboolean    *is_new,
       GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = dio_image_read_file (file, NULL, NULL);
  g_autoptr(DioPictureMetadata) metadata = NULL;
  DioImageHeader header;
  DioStray stray = { .seed = -1 };

  /* Whatever it is, it is no picture. */
  if (bytes == NULL || !dio_image_header_read (bytes, &header, NULL))
    return TRUE;

  metadata = dio_picture_metadata_read (bytes);
  stray.width = header.width;
  stray.height = header.height;
  if (metadata != NULL && metadata->writer == DIO_METADATA_DIORAMA)
    {
      stray.seed = metadata->seed;
      stray.created = metadata->created;
      stray.prompt = metadata->prompt;
      stray.provider = metadata->provider;
      stray.model = metadata->model;
    }

  return dio_archive_adopt (archive, path, &stray, is_new, error);
}

/**
 * dio_studio_adopt_strays:
 * @folder: a data folder
 * @n_adopted: (out): how many pictures are results again
 * @error: return location for a #GError
 *
 * Looks through the pictures that have no row, and gives one to those that were
 * made by us. All others stay as they are.
 */
gboolean
dio_studio_adopt_strays (const char  *folder,
                         guint       *n_adopted,
                         GError     **error)
{
  g_autoptr(DioArchive) archive = NULL;
  g_auto(DioSurvey) survey = { 0 };

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (n_adopted != NULL, FALSE);

  *n_adopted = 0;
  archive = dio_archive_new (folder);
  if (!dio_archive_open (archive, error) || !dio_archive_survey (archive, &survey, error))
    return FALSE;

  for (guint i = 0; i < survey.strays->len; i++)
    {
      gboolean is_new = FALSE;

      if (!adopt (archive, g_ptr_array_index (survey.strays, i), &is_new, error))
        return FALSE;
      *n_adopted += is_new;
    }

  return TRUE;
}
