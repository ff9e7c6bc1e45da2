/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture's file tells of how it was made. */

#include "config.h"

#include "dio-picture-metadata.h"

#include "dio-error.h"
#include "dio-foreign-metadata-private.h"
#include "dio-image-texts-private.h"
#include "dio-picture-inscribe-private.h"
#include "dio-xmp-private.h"

#include <string.h>

static void
parent_free (DioMetadataParent *parent)
{
  g_free (parent->hash);
  g_free (parent->name);
  g_free (parent);
}

/**
 * dio_picture_metadata_new:
 * @writer: who writes it
 *
 * Returns: (transfer full): metadata that tells nothing yet
 */
DioPictureMetadata *
dio_picture_metadata_new (DioMetadataWriter writer)
{
  DioPictureMetadata *self = g_new0 (DioPictureMetadata, 1);

  self->writer = writer;
  self->seed = -1;
  self->guidance = -1;
  self->parents = g_ptr_array_new_with_free_func ((GDestroyNotify) parent_free);

  return self;
}

/**
 * dio_picture_metadata_free:
 * @self: (transfer full) (nullable): metadata
 *
 * Frees it.
 */
void
dio_picture_metadata_free (DioPictureMetadata *self)
{
  if (self == NULL)
    return;

  g_free (self->software);
  g_free (self->prompt);
  g_free (self->negative_prompt);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->parameters);
  g_free (self->recipe);
  g_ptr_array_unref (self->parents);
  g_free (self);
}

/**
 * dio_picture_metadata_add_parent:
 * @self: metadata
 * @hash: the content hash of a reference
 * @name: (nullable): what the prompt calls it
 * @role: what it was for
 *
 * Adds a reference behind those that are there.
 */
void
dio_picture_metadata_add_parent (DioPictureMetadata *self,
                                 const char         *hash,
                                 const char         *name,
                                 DioRole             role)
{
  DioMetadataParent *parent = g_new0 (DioMetadataParent, 1);

  parent->hash = g_strdup (hash);
  parent->name = g_strdup (name);
  parent->role = role;
  g_ptr_array_add (self->parents, parent);
}

/**
 * dio_picture_metadata_read:
 * @file: a picture file of anybody
 *
 * Our own comes before that of other programs: a picture made here of one of
 * theirs may bring both. Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): what it tells, or %NULL where it tells
 *   nothing that is understood
 */
DioPictureMetadata *
dio_picture_metadata_read (GBytes *file)
{
  g_autoptr(GHashTable) texts = NULL;
  DioPictureMetadata *self = NULL;
  const char *packet;

  g_return_val_if_fail (file != NULL, NULL);

  texts = dio_image_texts_read (file);
  packet = g_hash_table_lookup (texts, DIO_XMP_PNG_KEY);
  if (packet != NULL)
    self = dio_xmp_read (packet, strlen (packet));

  return self != NULL ? self : dio_foreign_metadata_read (texts);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, dio_picture_metadata_read (task_data), (GDestroyNotify) dio_picture_metadata_free);
}

/**
 * dio_picture_metadata_read_async:
 * @file: a picture file of anybody
 * @cancellable: (nullable): ends the reading
 * @callback: called with what it tells
 * @user_data: data for @callback
 */
void
dio_picture_metadata_read_async (GBytes              *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (file != NULL);

  g_task_set_source_tag (task, dio_picture_metadata_read_async);
  g_task_set_task_data (task, g_bytes_ref (file), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, read_thread);
}

/**
 * dio_picture_metadata_read_finish:
 * @result: what the callback was given
 * @error: return location for an error: only that it was cancelled
 *
 * Returns: (transfer full) (nullable): as dio_picture_metadata_read()
 */
DioPictureMetadata *
dio_picture_metadata_read_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_picture_metadata_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
append_line (GString    *lines,
             const char *name,
             const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (lines, "\n%s: %s", name, value);
}

static char *
make_comment (const DioPictureMetadata *self)
{
  GString *lines = g_string_new (DIO_INSCRIBE_COMMENT_START);
  g_autofree char *seed = self->seed >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, self->seed) : NULL;

  g_string_append (lines, self->provider != NULL ? self->provider : "");
  append_line (lines, "Model", self->model);
  append_line (lines, "Seed", seed);
  append_line (lines, "Negative prompt", self->negative_prompt);
  append_line (lines, "Parameters", self->parameters);

  return g_string_free (lines, FALSE);
}

/**
 * dio_picture_metadata_inscribe:
 * @self: what to tell
 * @file: a whole picture file
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): the pieces of a file
 *   with the same picture that tells it; %NULL where the file has no place for it
 */
GPtrArray *
dio_picture_metadata_inscribe (const DioPictureMetadata  *self,
                               GBytes                    *file,
                               GError                   **error)
{
  g_autofree char *packet = NULL;
  g_autofree char *comment = NULL;
  DioInscribeTexts texts;
  DioImageHeader header;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  if (!dio_image_header_read (file, &header, error))
    return NULL;

  packet = dio_xmp_write (self, dio_picture_inscribe_get_room (header.format));
  if (packet == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is no place for as much metadata in a %s file",
                   dio_image_format_get_name (header.format));
      return NULL;
    }

  comment = make_comment (self);
  texts = (DioInscribeTexts) { self->software, self->prompt, comment };

  return dio_picture_inscribe (file, packet, &texts, error);
}
