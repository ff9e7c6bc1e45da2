/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the library to the folder that a person named, and a line for each. */

#include "config.h"

#include "dio-cli-results.h"

#include "dio-cli.h"
#include "dio-cli-file.h"
#include "dio-image-decode.h"
#include "dio-picture-name.h"

#include <string.h>

static void
add_words (JsonBuilder        *builder,
           const char         *name,
           const char *const  *words)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; words != NULL && *words != NULL; words++)
    json_builder_add_string_value (builder, *words);
  json_builder_end_array (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  if (number >= 0)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
print_result_json (DioResult  *result,
                   const char *path)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, shown);
  add_number (builder, "width", dio_result_get_width (result));
  add_number (builder, "height", dio_result_get_height (result));
  add_number (builder, "seed", dio_result_get_seed (result));
  json_builder_set_member_name (builder, "seconds");
  if (dio_result_get_seconds (result) >= 0)
    json_builder_add_double_value (builder, dio_result_get_seconds (result));
  else
    json_builder_add_null_value (builder);
  add_words (builder, "used", dio_result_get_used (result));
  add_words (builder, "unused", dio_result_get_unused (result));
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

/* Returns: (transfer full): what the pictures' names begin with */
static char *
make_stem (const char *title,
           const char *prompt)
{
  return dio_picture_name_make_slug (title != NULL && *title != '\0' ? title : prompt);
}

static gboolean
write_result (DioResult   *result,
              const char  *folder,
              const char  *stem,
              gboolean     json,
              GError     **error)
{
  const char *source = dio_result_get_path (result);
  const char *dot = strrchr (source, '.');
  g_autoptr(GFile) file = g_file_new_for_path (source);
  g_autoptr(GBytes) bytes = dio_image_read_file (file, NULL, error);
  g_autofree char *path = NULL;

  if (bytes == NULL)
    return FALSE;

  path = dio_cli_file_write_number (folder, stem, dot != NULL ? dot + 1 : "png", bytes, error);
  if (path == NULL)
    return FALSE;

  if (json)
    print_result_json (result, path);
  else
    dio_cli_print (path);

  return TRUE;
}

static int
compare_index (gconstpointer a,
               gconstpointer b)
{
  DioResult *first = *(DioResult **) a;
  DioResult *second = *(DioResult **) b;

  return (int) dio_result_get_index (first) - (int) dio_result_get_index (second);
}

static gboolean
write_all (GPtrArray   *results,
           const char  *folder,
           const char  *stem,
           gboolean     json,
           guint       *n_written,
           GError     **error)
{
  g_ptr_array_sort (results, compare_index);

  for (*n_written = 0; *n_written < results->len; (*n_written)++)
    {
      if (!write_result (g_ptr_array_index (results, *n_written), folder, stem, json, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (element-type DioResult): those of one job */
static GPtrArray *
collect (GListModel *results)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    g_ptr_array_add (array, g_list_model_get_item (results, i));

  return array;
}

/* Returns: (element-type DioResult): those that the library has of one job */
static GPtrArray *
load (DioLibrary  *library,
      const char  *job_id,
      GError     **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_library_load_results_of_job_async (library, job_id, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_library_load_results_of_job_finish (library, result, error);
}

/**
 * dio_cli_results_write:
 * @job: a job that is over
 * @folder: where its pictures go
 * @json: whether to tell each as a line of JSON, not by its path
 * @n_written: (out): how many were written
 * @error: return location for a #GError
 *
 * Copies what came to where the person wants it, in the order of asking.
 */
gboolean
dio_cli_results_write (DioJob      *job,
                       const char  *folder,
                       gboolean     json,
                       guint       *n_written,
                       GError     **error)
{
  DioRequest *request = dio_job_get_request (job);
  g_autoptr(GPtrArray) results = collect (dio_job_get_results (job));
  g_autofree char *stem = make_stem (dio_request_get_title (request), dio_request_get_prompt (request));

  return write_all (results, folder, stem, json, n_written, error);
}

/**
 * dio_cli_results_write_kept:
 * @library: an open library
 * @summary: a job in it
 * @folder: where its pictures go
 * @json: whether to tell each as a line of JSON, not by its path
 * @n_written: (out): how many were written
 * @error: return location for a #GError
 *
 * The same for a job of an earlier run.
 */
gboolean
dio_cli_results_write_kept (DioLibrary           *library,
                            const DioJobSummary  *summary,
                            const char           *folder,
                            gboolean              json,
                            guint                *n_written,
                            GError              **error)
{
  g_autoptr(GPtrArray) results = load (library, summary->id, error);
  g_autofree char *stem = make_stem (summary->title, summary->prompt);

  return results != NULL && write_all (results, folder, stem, json, n_written, error);
}

/**
 * dio_cli_results_print_kept:
 * @library: an open library
 * @job_id: a job
 * @json: whether to tell each as a line of JSON, not by its path
 *
 * Tells where in the library the pictures of a job are.
 */
void
dio_cli_results_print_kept (DioLibrary *library,
                            const char *job_id,
                            gboolean    json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) results = load (library, job_id, &error);

  if (results == NULL)
    {
      g_message ("Job %s: %s", job_id, error->message);
      return;
    }

  g_ptr_array_sort (results, compare_index);
  for (guint i = 0; i < results->len; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);

      if (json)
        print_result_json (result, dio_result_get_path (result));
      else
        dio_cli_print (dio_result_get_path (result));
    }
}
