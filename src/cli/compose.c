/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose: photos and a prompt in, pictures in a folder out. */

#include "config.h"

#include "dio-cli.h"
#include "dio-cli-compose-options.h"
#include "dio-cli-file.h"
#include "dio-cli-notes.h"
#include "dio-cli-progress.h"
#include "dio-cli-results.h"

#include "dio-error.h"

#include <glib/gstdio.h>
#include <string.h>

/**
 * Compose:
 *
 * One run of the verb, from its options to its files.
 */
typedef struct
{
  DioCliComposeOptions *options;     /* (owned) */
  GCancellable         *cancellable; /* (owned): by signals */
  DioStudio            *studio;      /* (owned) */
  DioModelInfo         *model;       /* (borrowed): from the studio */
  DioComposition       *composition; /* (owned) */
  DioJob               *job;         /* (owned) (nullable) */
  gboolean              made_folder;
  guint                 n_written;
} Compose;

static gboolean
set_value (Compose     *self,
           const char  *setting,
           GError     **error)
{
  DioValues *values = dio_composition_get_values (self->composition, self->model);
  g_autofree char *text = dio_cli_decode (setting, error);
  char *equals;

  if (text == NULL)
    return FALSE;

  equals = strchr (text, '=');
  if (equals == NULL)
    {
      dio_cli_set_usage_error (error, "--set takes KEY=VALUE, not “%s”", text);
      return FALSE;
    }
  *equals = '\0';

  if (dio_model_info_find_parameter (self->model, text) == NULL)
    {
      const DioModelSpec *spec = dio_model_info_get_spec (self->model);
      g_autoptr(GString) known = g_string_new (NULL);

      for (guint i = 0; i < spec->n_parameters; i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", spec->parameters[i].name);
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s has no parameter “%s”; there is: %s", spec->title, text, known->str);
      return FALSE;
    }

  return dio_values_set_text (values, text, equals + 1, error);
}

static gboolean
set_count (Compose  *self,
           GError  **error)
{
  const DioParameter *parameter = dio_model_info_find_flagged (self->model, DIO_PARAMETER_COUNT);
  DioValues *values = dio_composition_get_values (self->composition, self->model);

  if (self->options->count == NULL)
    return TRUE;

  if (parameter == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s makes one picture at a time", dio_model_info_get_title (self->model));
      return FALSE;
    }

  return dio_values_set_text (values, parameter->name, self->options->count, error);
}

static gboolean
set_values (Compose  *self,
            GError  **error)
{
  for (char **setting = self->options->settings; setting != NULL && *setting != NULL; setting++)
    {
      if (!set_value (self, *setting, error))
        return FALSE;
    }

  return set_count (self, error);
}

/* Returns: (transfer full): what is typed, else what a folder says */
static char *
dup_prompt (Compose *self)
{
  if (self->options->prompt != NULL)
    return g_strdup (self->options->prompt);

  return dio_prompt_dup_text (dio_composition_get_prompt (self->composition));
}

/* What the model cannot take is said before a typed photo is read. */
static gboolean
check_limits (Compose  *self,
              GError  **error)
{
  const DioModelSpec *spec = dio_model_info_get_spec (self->model);
  GListModel *loaded = dio_composition_get_references (self->composition);
  guint n_photos = g_list_model_get_n_items (loaded) + self->options->photos->len;
  g_autofree char *prompt = dup_prompt (self);

  if (spec->prompt_required && *prompt == '\0' && self->options->prompt == NULL)
    {
      dio_cli_set_usage_error (error, "--prompt is missing: %s needs one", spec->title);
      return FALSE;
    }

  if (spec->max_references > 0 && n_photos > spec->max_references)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%u photos are too many: %s takes up to %u",
                   n_photos, spec->title, spec->max_references);
      return FALSE;
    }

  return dio_model_info_check_prompt (self->model, prompt, error);
}

static gboolean
has_typed_model (Compose *self)
{
  return self->options->model != NULL || self->options->provider != NULL;
}

/* What is typed comes after what the folder says, and overrides it. */
static gboolean
load_folder (Compose  *self,
             GError  **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GFile) folder = NULL;
  DioModelInfo *model;

  if (self->options->folder == NULL)
    return TRUE;

  folder = g_file_new_for_path (self->options->folder);
  dio_studio_load_folder_async (self->studio, folder, self->composition, self->cancellable,
                                dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  if (!dio_studio_load_folder_finish (self->studio, result, error))
    return FALSE;

  model = dio_composition_get_model (self->composition);
  if (model != NULL && !has_typed_model (self))
    self->model = model;
  dio_composition_set_model (self->composition, self->model);

  return set_values (self, error) && check_limits (self, error);
}

static DioReference *
import_photo (Compose            *self,
              const DioCliPhoto  *photo,
              GError            **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (photo->path);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_import_file_async (self->studio, file, self->cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_studio_import_finish (self->studio, result, error);
}

static gboolean
add_photos (Compose  *self,
            GError  **error)
{
  for (guint i = 0; i < self->options->photos->len; i++)
    {
      const DioCliPhoto *photo = g_ptr_array_index (self->options->photos, i);
      g_autoptr(DioReference) reference = import_photo (self, photo, error);

      if (reference == NULL)
        {
          dio_cli_prefix_error (error, photo->path);
          return FALSE;
        }

      dio_reference_set_role (reference, photo->role);
      dio_composition_add_reference (self->composition, reference, G_MAXUINT);

      if (photo->name != NULL &&
          !dio_composition_rename_reference (self->composition, reference, photo->name, error))
        return FALSE;
    }

  return TRUE;
}

static void
cancelled_cb (GCancellable *cancellable,
              DioJob       *job)
{
  dio_job_cancel (job);
}

static gboolean
wait_for_job (Compose  *self,
              GError  **error)
{
  g_autoptr(DioCliProgress) progress = NULL;
  gulong id;

  if (!self->options->json && !self->options->quiet)
    progress = dio_cli_progress_new (self->job);

  id = g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), self->job, NULL);
  while (!dio_job_state_is_over (dio_job_get_state (self->job)))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_disconnect (self->cancellable, id);

  if (dio_job_get_state (self->job) == DIO_JOB_DONE)
    return TRUE;

  if (dio_job_get_state (self->job) == DIO_JOB_CANCELLED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else
    g_propagate_error (error, g_error_copy (dio_job_get_error (self->job)));

  return FALSE;
}

static gboolean
prepare (Compose  *self,
         GError  **error)
{
  DioCliComposeOptions *options = self->options;

  self->studio = dio_cli_studio_new ();
  self->model = dio_cli_find_model (self->studio, options->provider, options->model, error);
  if (self->model == NULL)
    return FALSE;

  self->composition = dio_composition_new ();
  /* Without a typed model, a folder says for which one values are meant. */
  if (options->folder == NULL || has_typed_model (self))
    dio_composition_set_model (self->composition, self->model);

  if (options->folder == NULL && !(set_values (self, error) && check_limits (self, error)))
    return FALSE;

  return dio_cli_file_open_folder (options->output, &self->made_folder, error) &&
         dio_cli_studio_open (self->studio, self->cancellable, error) &&
         load_folder (self, error) &&
         add_photos (self, error);
}

static gboolean
generate (Compose  *self,
          GError  **error)
{
  DioJob *job;

  /* After the photos, so that mentions find them. */
  if (self->options->prompt != NULL)
    dio_prompt_set_text (dio_composition_get_prompt (self->composition), self->options->prompt);
  if (!self->options->json)
    dio_cli_notes_print_benched (self->composition, self->model);

  job = dio_studio_generate (self->studio, self->composition, NULL, FALSE, error);
  if (job == NULL)
    return FALSE;

  self->job = g_object_ref (job);

  return wait_for_job (self, error);
}

static gboolean
write_results (Compose  *self,
               GError  **error)
{
  return dio_cli_results_write (self->job, self->options->output, self->options->json,
                                &self->n_written, error);
}

static gboolean
run (Compose  *self,
     GError  **error)
{
  g_autoptr(GError) ignored = NULL;

  if (!prepare (self, error))
    return FALSE;

  if (generate (self, error))
    {
      if (!self->options->json)
        dio_cli_notes_print_job (self->job, self->model);
      return write_results (self, error);
    }

  /* Pictures that came before a failure may have been paid for. */
  if (self->job != NULL && dio_job_get_state (self->job) != DIO_JOB_CANCELLED)
    write_results (self, &ignored);

  return FALSE;
}

static void
clear (Compose *self)
{
  if (self->made_folder && self->n_written == 0)
    g_rmdir (self->options->output);

  g_clear_object (&self->job);
  g_clear_object (&self->composition);
  g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->options, dio_cli_compose_options_free);
}

int
dio_cli_compose (char ***arguments)
{
  gboolean json = dio_cli_wants_json (*arguments);
  Compose self = { 0 };
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  self.options = dio_cli_compose_options_new (arguments, &error);
  if (self.options == NULL)
    return dio_cli_fail (error, json);

  self.cancellable = dio_cli_watch_signals ();
  if (!run (&self, &error))
    status = dio_cli_fail_job (error, json, self.job, NULL);

  clear (&self);

  return status;
}
