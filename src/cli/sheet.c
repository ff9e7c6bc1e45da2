/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli sheet: pictures side by side, with what they are called and in what
 * they differ, as one page. Whatever is named is found first, so that nothing is
 * written of half of it. */

#include "config.h"

#include "dio-cli-file.h"
#include "dio-cli.h"
#include "dio-compare-sheet.h"
#include "dio-error.h"
#include "dio-hash.h"
#include "dio-image-decode.h"

#include <glib/gi18n.h>

#define DEFAULT_OUTPUT "sheet.png"

/* What the thread is given. */
typedef struct
{
  DioSheet *sheet; /* (owned) */
  char     *name;  /* (owned) */
} Encoding;

typedef struct
{
  char           *output;      /* (owned) */
  char           *title;       /* (owned) (nullable) */
  gboolean        force;
  gboolean        json;
  GCancellable   *cancellable; /* (owned) */
  DioStudio      *studio;      /* (owned) */
  DioCompareSet  *set;         /* (owned) */
  DioComposition *composition; /* (owned): gives photos their numbers and names */
  GHashTable     *jobs;        /* (owned) (element-type utf8 DioJob) */
} Work;

static gboolean
check_output (const Work  *self,
              GError     **error)
{
  g_autofree char *shown = g_filename_display_name (self->output);

  if (!dio_sheet_is_html (self->output) && !dio_sheet_is_png (self->output))
    {
      dio_cli_set_usage_error (error, "A sheet is called .png or .html, not “%s”", shown);
      return FALSE;
    }

  return dio_cli_file_check_target (self->output, self->force, error);
}

/* Returns: (transfer full) (nullable): %NULL without an error where there is none */
static DioResult *
find_by_hash (Work        *self,
              const char  *hash,
              GError     **error)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(GError) local_error = NULL;
  DioResult *result;

  dio_library_load_by_hash_async (library, hash, dio_cli_result_cb, &pending);
  found = dio_cli_wait (&pending);
  result = dio_library_load_by_hash_finish (library, found, &local_error);
  if (result == NULL && !g_error_matches (local_error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return result;
}

static DioCompareEntry *
import_photo (Work        *self,
              const char  *path,
              GBytes      *bytes,
              GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) imported = NULL;
  g_autoptr(DioReference) reference = NULL;

  dio_studio_import_bytes_async (self->studio, bytes, name, self->cancellable, dio_cli_result_cb, &pending);
  imported = dio_cli_wait (&pending);
  reference = dio_studio_import_finish (self->studio, imported, error);
  if (reference == NULL)
    return NULL;

  dio_composition_add_reference (self->composition, reference, G_MAXUINT);

  return dio_compare_entry_new_for_reference (reference);
}

/* A copy of a result is that result, wherever it lies. */
static DioCompareEntry *
find_file (Work        *self,
           const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = dio_image_read_file (file, self->cancellable, error);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *hash = NULL;

  if (bytes == NULL)
    return NULL;

  hash = dio_hash_bytes (bytes);
  result = find_by_hash (self, hash, &local_error);
  if (result != NULL)
    return dio_compare_entry_new_for_result (result);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return import_photo (self, path, bytes, error);
}

static DioCompareEntry *
find_id (Work        *self,
         const char  *id,
         GError     **error)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(DioResult) result = NULL;

  dio_library_load_result_async (library, id, dio_cli_result_cb, &pending);
  found = dio_cli_wait (&pending);
  result = dio_library_load_result_finish (library, found, error);

  return result != NULL ? dio_compare_entry_new_for_result (result) : NULL;
}

static gboolean
add_picture (Work        *self,
             const char  *picture,
             GError     **error)
{
  gboolean is_file = g_file_test (picture, G_FILE_TEST_EXISTS) || strchr (picture, G_DIR_SEPARATOR) != NULL;
  g_autoptr(DioCompareEntry) entry = is_file ? find_file (self, picture, error) : find_id (self, picture, error);

  if (entry == NULL)
    dio_cli_prefix_error (error, picture);
  else
    dio_compare_set_add (self->set, entry);

  return entry != NULL;
}

/* What is not known of a job has a dash. */
static void
load_job (Work       *self,
          const char *id)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) loaded = NULL;
  DioJob *job;

  dio_library_load_job_async (library, id, dio_cli_result_cb, &pending);
  loaded = dio_cli_wait (&pending);
  job = dio_library_load_job_finish (library, loaded, NULL);
  if (job != NULL)
    g_hash_table_insert (self->jobs, g_strdup (id), job);
}

static void
load_jobs (Work *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->set)); i++)
    {
      g_autoptr(DioCompareEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->set), i);
      DioResult *result = dio_compare_entry_get_result (entry);

      if (result != NULL && !g_hash_table_contains (self->jobs, dio_result_get_job_id (result)))
        load_job (self, dio_result_get_job_id (result));
    }
}

static void
encoding_free (Encoding *encoding)
{
  dio_sheet_free (encoding->sheet);
  g_free (encoding->name);
  g_free (encoding);
}

static void
encode_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Encoding *encoding = task_data;
  GError *error = NULL;
  GBytes *bytes = dio_sheet_encode (encoding->sheet, encoding->name, cancellable, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* In a thread, so that Ctrl+C is heard. */
static GBytes *
encode (Work    *self,
        GError **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GTask) task = g_task_new (NULL, self->cancellable, dio_cli_result_cb, &pending);
  Encoding *encoding = g_new0 (Encoding, 1);

  encoding->sheet = dio_compare_sheet_new (self->set, self->studio, dio_composition_get_references (self->composition),
                                           self->jobs, self->title);
  encoding->name = g_strdup (self->output);
  g_task_set_source_tag (task, encode);
  g_task_set_task_data (task, encoding, (GDestroyNotify) encoding_free);
  g_task_run_in_thread (task, encode_thread);
  result = dio_cli_wait (&pending);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
print (const Work *self)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *shown = NULL;

  if (!self->json)
    {
      dio_cli_print (self->output);
      return;
    }

  builder = json_builder_new ();
  shown = g_filename_display_name (self->output);
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "file", shown);
  json_builder_set_member_name (builder, "pictures");
  json_builder_add_int_value (builder, g_list_model_get_n_items (G_LIST_MODEL (self->set)));
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static gboolean
check_pictures (char   **pictures,
                GError **error)
{
  guint n = g_strv_length (pictures);

  if (n == 0)
    dio_cli_set_usage_error (error, "PICTURE is missing");
  else if (n > DIO_COMPARE_MAX)
    dio_cli_set_usage_error (error, "A sheet has no more than %d pictures", DIO_COMPARE_MAX);

  return n > 0 && n <= DIO_COMPARE_MAX;
}

static gboolean
run (Work    *self,
     char   **pictures,
     GError **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (*pictures != NULL && g_str_equal (*pictures, "--"))
    pictures++;
  if (!check_pictures (pictures, error) || !check_output (self, error))
    return FALSE;

  self->studio = dio_cli_studio_new ();
  dio_studio_set_keeps_photos (self->studio, FALSE);
  if (!dio_cli_studio_open (self->studio, self->cancellable, error))
    return FALSE;

  for (; *pictures != NULL; pictures++)
    if (!add_picture (self, *pictures, error))
      return FALSE;

  load_jobs (self);
  bytes = encode (self, error);
  if (bytes == NULL || !dio_cli_file_write (self->output, bytes, self->force, error))
    return FALSE;

  print (self);

  return TRUE;
}

static void
clear (Work *self)
{
  g_free (self->output);
  g_free (self->title);
  g_clear_object (&self->set);
  g_clear_object (&self->composition);
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
}

static gboolean
parse (Work    *self,
       char  ***arguments,
       GError **error)
{
  g_autofree char *title = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self->output, N_ ("The new file, .png or .html (sheet.png in the current folder)"), N_ ("FILE") },
    { "title", 0, 0, G_OPTION_ARG_FILENAME, &title, N_ ("What is written above the pictures"), N_ ("TEXT") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force, N_ ("Replace the new file if it exists"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("PICTURE …"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Put up to nine pictures on one page, with what they are called and in what they\n"
                                             "differ.\n"
                                             "PICTURE is a file, or the id of a result as “library search --json” prints it."));
  if (!dio_cli_parse (context, arguments, error))
    return FALSE;

  self->title = title != NULL ? dio_cli_decode (title, error) : NULL;
  if (title != NULL && self->title == NULL)
    return FALSE;
  if (self->output == NULL)
    self->output = g_strdup (DEFAULT_OUTPUT);

  return TRUE;
}

int
dio_cli_sheet (char ***arguments)
{
  Work self = { .json = dio_cli_wants_json (*arguments) };
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  self.set = dio_compare_set_new ();
  self.composition = dio_composition_new ();
  self.jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self.cancellable = dio_cli_watch_signals ();
  if (!parse (&self, arguments, &error) || !run (&self, *arguments + 1, &error))
    status = dio_cli_fail (error, self.json);

  clear (&self);

  return status;
}
