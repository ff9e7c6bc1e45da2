/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose: photos and a prompt in, pictures in a folder out. */

#include "config.h"

#include "dio-cli-composition.h"
#include "dio-cli-consent.h"
#include "dio-cli-file.h"
#include "dio-cli-job.h"
#include "dio-cli-notes.h"
#include "dio-cli-preview.h"
#include "dio-cli-price.h"
#include "dio-cli-results.h"
#include "dio-cli.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

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
  DioComposition       *composition; /* (owned) */
  DioAccount           *account;     /* (owned) (nullable): none where nothing is paid */
  DioJob               *job;         /* (owned) (nullable) */
  gboolean              made_folder;
  guint                 n_written;
} Compose;

static gboolean
makes_pictures (Compose *self)
{
  return !self->options->dry_run && !self->options->price && !self->options->ask_price;
}

static gboolean
choose_account (Compose  *self,
                GError  **error)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  DioProvider *provider = dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model));
  const DioCliAccountOptions *options = &self->options->account;

  return dio_cli_account_choose (self->studio, provider, options, &self->account, error) &&
         (!options->key_stdin || dio_cli_account_take_key (self->studio, self->account, error));
}

static gboolean
load (Compose  *self,
      GError  **error)
{
  return dio_cli_composition_load (self->composition, self->studio, self->options, self->cancellable, error);
}

/* A library is opened only to look for accounts in it, and never made. */
static gboolean
load_for_preview (Compose  *self,
                  GError  **error)
{
  gboolean needs_library = self->options->account.account != NULL || dio_cli_studio_has_library (self->studio);

  dio_studio_set_keeps_photos (self->studio, FALSE);

  return load (self, error) &&
         (!needs_library || dio_cli_studio_open (self->studio, self->cancellable, error)) &&
         choose_account (self, error);
}

static gboolean
load_for_pictures (Compose  *self,
                   GError  **error)
{
  return dio_cli_file_open_folder (self->options->output, &self->made_folder, error) &&
         dio_cli_studio_open (self->studio, self->cancellable, error) &&
         load (self, error) &&
         choose_account (self, error);
}

static gboolean
prepare (Compose  *self,
         GError  **error)
{
  DioModelInfo *model;

  self->studio = dio_cli_studio_new ();
  model = dio_cli_composition_find_model (self->studio, self->options, error);
  if (model == NULL)
    return FALSE;

  self->composition = dio_cli_composition_begin (model, self->options, error);
  if (self->composition == NULL)
    return FALSE;

  return makes_pictures (self) ? load_for_pictures (self, error) : load_for_preview (self, error);
}

static void
print_price (Compose        *self,
             const DioPrice *price)
{
  g_autofree char *described = dio_cli_price_describe (price);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  if (self->options->dry_run)
    {
      /* The standard output is for the requests. */
      dio_cli_print_error ("%s", described);
      return;
    }

  if (!self->options->json)
    {
      dio_cli_print (described);
      return;
    }

  json_builder_begin_object (builder);
  dio_cli_price_add (builder, "price", price);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static gboolean
preview (Compose  *self,
         GError  **error)
{
  DioCliComposeOptions *options = self->options;
  DioPrice price;
  gboolean has_price;

  if (options->dry_run &&
      !dio_cli_preview_print_requests (self->studio, self->composition, self->account, self->cancellable, error))
    return FALSE;
  if (!options->price && !options->ask_price)
    return TRUE;

  has_price = options->ask_price
                ? dio_cli_preview_ask_price (self->studio, self->composition, self->account,
                                             self->cancellable, &price, error)
                : dio_cli_preview_get_price (self->studio, self->composition, self->account, &price, error);
  if (has_price)
    print_price (self, &price);

  return has_price;
}

static gboolean
generate (Compose  *self,
          GError  **error)
{
  gboolean accepts_unknown_price = FALSE;
  g_autoptr(DioRequest) request = dio_studio_freeze (self->studio, self->composition, error);
  DioJob *job;

  /* What cannot be sent is not asked about. */
  if (request == NULL)
    return FALSE;

  if (self->account != NULL &&
      !dio_cli_consent_ask (self->studio, self->composition, self->account, self->options,
                            &accepts_unknown_price, self->cancellable, error))
    return FALSE;

  if (!self->options->json)
    dio_cli_notes_print_benched (self->composition, dio_composition_get_model (self->composition));

  job = dio_studio_generate (self->studio, self->composition, self->account, accepts_unknown_price, error);
  if (job == NULL)
    return FALSE;

  self->job = g_object_ref (job);

  return dio_cli_job_wait (job, self->cancellable, !self->options->json && !self->options->quiet, error);
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
  if (!self->options->json)
    dio_cli_notes_print_beyond (self->composition);
  if (!makes_pictures (self))
    return preview (self, error);

  if (generate (self, error))
    {
      if (!self->options->json)
        dio_cli_notes_print_job (self->job, dio_composition_get_model (self->composition));
      return write_results (self, error);
    }

  /* Pictures that came before a failure may have been paid for. */
  if (self->job != NULL && (self->account != NULL || dio_job_get_state (self->job) != DIO_JOB_CANCELLED))
    write_results (self, &ignored);

  return FALSE;
}

static void
clear (Compose *self)
{
  if (self->made_folder && self->n_written == 0)
    g_rmdir (self->options->output);

  g_clear_object (&self->job);
  g_clear_pointer (&self->account, dio_account_free);
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
    status = dio_cli_fail_job (error, json, self.job,
                               self.job != NULL ? dio_cli_job_get_cancel_bills (self.studio, self.job) : NULL);

  clear (&self);

  return status;
}
