/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with their names and what is said of them, on one page: what it holds,
 * and how it becomes a file. The words are the caller’s. */

#include "config.h"

#include "dio-sheet-private.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-thumbnail.h"

static void
picture_free (DioSheetPicture *picture)
{
  g_free (picture->caption);
  g_clear_object (&picture->file);
  g_clear_pointer (&picture->bytes, g_bytes_unref);
  g_free (picture);
}

static void
row_free (DioSheetRow *row)
{
  g_free (row->title);
  g_strfreev (row->values);
  g_free (row);
}

/**
 * dio_sheet_new:
 * @title: above the pictures
 *
 * Returns: (transfer full): an empty sheet
 */
DioSheet *
dio_sheet_new (const char *title)
{
  DioSheet *self = g_new0 (DioSheet, 1);

  self->title = g_strdup (title);
  self->unread = g_strdup ("");
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self->columns = g_new0 (char *, 1);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);

  return self;
}

/**
 * dio_sheet_free:
 * @self: (transfer full): a sheet
 */
void
dio_sheet_free (DioSheet *self)
{
  g_free (self->title);
  g_free (self->unread);
  g_ptr_array_unref (self->pictures);
  g_strfreev (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * dio_sheet_add_picture:
 * @self: a sheet
 * @caption: below the picture
 * @file: (nullable): where it is, unless there are @bytes
 * @bytes: (nullable): the whole file
 */
void
dio_sheet_add_picture (DioSheet   *self,
                       const char *caption,
                       GFile      *file,
                       GBytes     *bytes)
{
  DioSheetPicture *picture = g_new0 (DioSheetPicture, 1);

  picture->caption = g_strdup (caption);
  picture->file = file != NULL ? g_object_ref (file) : NULL;
  picture->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_ptr_array_add (self->pictures, picture);
}

/**
 * dio_sheet_set_unread:
 * @self: a sheet
 * @text: what stands in the place of a picture that cannot be read
 */
void
dio_sheet_set_unread (DioSheet   *self,
                      const char *text)
{
  g_free (self->unread);
  self->unread = g_strdup (text);
}

/**
 * dio_sheet_set_columns:
 * @self: a sheet
 * @names: what the values of each row are about
 */
void
dio_sheet_set_columns (DioSheet           *self,
                       const char * const *names)
{
  g_strfreev (self->columns);
  self->columns = g_strdupv ((char **) names);
}

/**
 * dio_sheet_add_row:
 * @self: a sheet
 * @title: what is said
 * @values: of each column
 */
void
dio_sheet_add_row (DioSheet           *self,
                   const char         *title,
                   const char * const *values)
{
  DioSheetRow *row = g_new0 (DioSheetRow, 1);

  row->title = g_strdup (title);
  row->values = g_strdupv ((char **) values);
  g_ptr_array_add (self->rows, row);
}

/* NULL where it cannot be read: the others are there all the same. */
DioPixels *
_dio_sheet_picture_load (const DioSheetPicture *picture,
                         int                    max_side,
                         GCancellable          *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  DioPixels *pixels = NULL;

  if (picture->bytes != NULL)
    bytes = g_bytes_ref (picture->bytes);
  else if (picture->file != NULL)
    bytes = dio_image_read_file (picture->file, cancellable, &error);

  if (bytes != NULL)
    pixels = dio_thumbnail_make (bytes, max_side, cancellable, &error);
  if (error != NULL)
    g_message ("%s", error->message);

  return pixels;
}

typedef struct
{
  DioSheet *sheet;  /* (owned) */
  GFile    *target; /* (owned) */
} Saving;

static void
saving_free (Saving *saving)
{
  dio_sheet_free (saving->sheet);
  g_object_unref (saving->target);
  g_free (saving);
}

static gboolean
has_ending (const char *name,
            const char *ending)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ending);
}

/**
 * dio_sheet_is_html:
 * @name: of a file
 *
 * Returns: whether a sheet of that name is a page for a browser
 */
gboolean
dio_sheet_is_html (const char *name)
{
  return has_ending (name, ".html") || has_ending (name, ".htm");
}

/**
 * dio_sheet_is_png:
 * @name: of a file
 *
 * Returns: whether the name says that it is a picture
 */
gboolean
dio_sheet_is_png (const char *name)
{
  return has_ending (name, ".png");
}

/**
 * dio_sheet_encode:
 * @self: a sheet
 * @name: of a file; HTML if it is called so, or else PNG
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): a file
 */
GBytes *
dio_sheet_encode (DioSheet      *self,
                  const char    *name,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dio_sheet_is_html (name) ? dio_sheet_to_html (self, cancellable, error)
                                  : dio_sheet_to_png (self, cancellable, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_file_get_basename (saving->target);
  g_autoptr(GBytes) bytes = dio_sheet_encode (saving->sheet, name, cancellable, &error);

  if (bytes == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_file_replace_contents (saving->target, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &error))
    g_task_return_error (task, dio_error_from_io (error, "The sheet could not be written"));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dio_sheet_save_async:
 * @self: (transfer full): a sheet
 * @target: a file; HTML if it is called so, or else PNG
 * @cancellable: (nullable): ends the work
 * @callback: called when it is written
 * @user_data: data for @callback
 */
void
dio_sheet_save_async (DioSheet            *self,
                      GFile               *target,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->sheet = self;
  saving->target = g_object_ref (target);
  g_task_set_source_tag (task, dio_sheet_save_async);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_thread);
}

/**
 * dio_sheet_save_finish:
 * @result: given to the callback
 * @error: return location for an error, or %NULL
 *
 * Returns: whether it was written
 */
gboolean
dio_sheet_save_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_sheet_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
