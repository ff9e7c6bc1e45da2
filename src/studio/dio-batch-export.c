/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many pictures of the library as files of a folder, called by a pattern. A file
 * that is there already is never touched: the new one gets a number. */

#include "config.h"

#include "dio-batch-export.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-new-file.h"
#include "dio-picture-name.h"

#include <string.h>

/* A name has 255 bytes at most. */
#define MAX_BYTES 200

typedef struct
{
  GPtrArray            *paths;
  GPtrArray            *names;   /* without extension */
  GFile                *folder;
  DioExportOptions      options;
  DioBatchProgressFunc  progress;
  gpointer              progress_data;
  int                   n_done;  /* atomic */
  GMainContext         *context; /* that progress is told in */
} Batch;

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->paths);
  g_ptr_array_unref (batch->names);
  g_object_unref (batch->folder);
  g_main_context_unref (batch->context);
  g_free (batch);
}

/* Returns: (transfer full) (nullable): what stands for a token */
static char *
expand (DioResult  *result,
        const char *token,
        guint       number)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (dio_result_get_created (result) / G_USEC_PER_SEC);
  g_autofree char *name = NULL;
  char *dot;

  if (g_str_equal (token, "number"))
    return g_strdup_printf ("%03u", number);
  if (g_str_equal (token, "date"))
    return g_date_time_format (time, "%Y-%m-%d");
  if (g_str_equal (token, "time"))
    return g_date_time_format (time, "%H%M%S");
  if (g_str_equal (token, "prompt"))
    return dio_picture_name_make_slug (dio_result_get_prompt (result));
  if (g_str_equal (token, "provider"))
    return dio_picture_name_make_slug (dio_result_get_provider_id (result));
  if (g_str_equal (token, "model"))
    return dio_picture_name_make_slug (dio_result_get_model_id (result));
  if (g_str_equal (token, "rating"))
    return g_strdup_printf ("%u", dio_result_get_rating (result));
  if (g_str_equal (token, "seed"))
    return dio_result_get_seed (result) < 0 ? g_strdup ("no seed")
                                            : g_strdup_printf ("%" G_GINT64_FORMAT, dio_result_get_seed (result));
  if (!g_str_equal (token, "name"))
    return NULL;

  name = g_path_get_basename (dio_result_get_path (result));
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_steal_pointer (&name);
}

/* Neither a folder nor what other systems do not take. */
static void
make_safe (GString *name)
{
  g_autofree char *valid = NULL;

  for (gsize i = 0; i < name->len; i++)
    {
      if (strchr ("/\\:*?\"<>|", name->str[i]) != NULL || g_ascii_iscntrl (name->str[i]))
        name->str[i] = '_';
    }

  if (name->len > MAX_BYTES)
    {
      g_string_truncate (name, MAX_BYTES);
      valid = g_utf8_make_valid (name->str, -1);
      g_string_assign (name, valid);
    }

  while (name->len > 0 && (name->str[name->len - 1] == ' ' || name->str[name->len - 1] == '.'))
    g_string_truncate (name, name->len - 1);
  while (name->len > 0 && (name->str[0] == '.' || name->str[0] == ' '))
    g_string_erase (name, 0, 1);
}

/**
 * dio_batch_export_make_name:
 * @result: a picture
 * @pattern: words and tokens: {name}, {number}, {date}, {time}, {prompt},
 *   {provider}, {model}, {seed}, {rating}; others stay as they are
 * @number: of the picture among those that are exported, from 1
 *
 * Returns: (transfer full): what its file is called, without extension
 */
char *
dio_batch_export_make_name (DioResult  *result,
                            const char *pattern,
                            guint       number)
{
  GString *name = g_string_new (NULL);

  g_return_val_if_fail (DIO_IS_RESULT (result), NULL);
  g_return_val_if_fail (pattern != NULL, NULL);

  for (const char *p = pattern; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *token = end != NULL ? g_strndup (p + 1, end - p - 1) : NULL;
      g_autofree char *text = token != NULL ? expand (result, token, number) : NULL;

      if (text == NULL)
        {
          g_string_append_c (name, *p++);
          continue;
        }

      g_string_append (name, text);
      p = end + 1;
    }

  make_safe (name);
  if (name->len == 0)
    g_string_assign (name, "picture");

  return g_string_free (name, FALSE);
}

static gboolean
export_one (Batch         *batch,
            guint          i,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (g_ptr_array_index (batch->paths, i));
  g_autoptr(GFile) part = NULL;
  g_autoptr(GBytes) bytes = dio_image_read_file (source, cancellable, error);
  g_autoptr(GBytes) exported = bytes != NULL ? dio_picture_export (bytes, &batch->options, cancellable, error) : NULL;
  g_autoptr(GError) local_error = NULL;

  if (exported == NULL)
    return FALSE;

  part = dio_new_file_begin (batch->folder);
  if (g_file_replace_contents (part, g_bytes_get_data (exported, NULL), g_bytes_get_size (exported), NULL, FALSE,
                               G_FILE_CREATE_NONE, NULL, cancellable, &local_error))
    return dio_new_file_end (part, g_ptr_array_index (batch->names, i),
                             dio_export_format_get_extension (batch->options.format), cancellable, error);

  g_file_delete (part, NULL, NULL);
  g_propagate_error (error, dio_error_from_io (local_error, "picture"));

  return FALSE;
}

static gboolean
progress_cb (gpointer user_data)
{
  GTask *task = user_data;
  Batch *batch = g_task_get_task_data (task);

  if (!g_task_get_completed (task))
    batch->progress (g_atomic_int_get (&batch->n_done), batch->progress_data);
  return G_SOURCE_REMOVE;
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Batch *batch = task_data;
  GError *error = NULL;

  dio_new_file_sweep (batch->folder);
  for (guint i = 0; i < batch->paths->len; i++)
    {
      if (!export_one (batch, i, cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }

      g_atomic_int_inc (&batch->n_done);
      g_main_context_invoke_full (batch->context, G_PRIORITY_DEFAULT, progress_cb, g_object_ref (task), g_object_unref);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * dio_batch_export_async:
 * @results: (element-type DioResult): which pictures, in the order of their numbers
 * @folder: where the files go
 * @pattern: what they are called; see dio_batch_export_make_name()
 * @options: what they are to be
 * @progress: called after each file
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends the work; what is written stays
 * @callback: called when all are written, or one cannot be
 * @user_data: data for @callback
 */
void
dio_batch_export_async (GPtrArray               *results,
                        GFile                   *folder,
                        const char              *pattern,
                        const DioExportOptions  *options,
                        DioBatchProgressFunc     progress,
                        gpointer                 progress_data,
                        GCancellable            *cancellable,
                        GAsyncReadyCallback      callback,
                        gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Batch *batch = g_new0 (Batch, 1);

  g_task_set_source_tag (task, dio_batch_export_async);
  batch->paths = g_ptr_array_new_with_free_func (g_free);
  batch->names = g_ptr_array_new_with_free_func (g_free);
  batch->folder = g_object_ref (folder);
  batch->options = *options;
  batch->progress = progress;
  batch->progress_data = progress_data;
  batch->context = g_main_context_ref_thread_default ();
  for (guint i = 0; i < results->len; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);

      g_ptr_array_add (batch->paths, g_strdup (dio_result_get_path (result)));
      g_ptr_array_add (batch->names, dio_batch_export_make_name (result, pattern, i + 1));
    }

  g_task_set_task_data (task, batch, (GDestroyNotify) batch_free);
  g_task_run_in_thread (task, export_thread);
}

/**
 * dio_batch_export_finish:
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Returns: whether all files are there
 */
gboolean
dio_batch_export_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_batch_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
