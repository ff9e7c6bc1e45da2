/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was typed after “compose” to a composition. What the model cannot
 * take is said before a photo is read. */

#include "config.h"

#include "dio-cli-composition.h"

#include "dio-cli.h"
#include "dio-document.h"
#include "dio-error.h"
#include "dio-hash.h"
#include "dio-image-decode.h"
#include "dio-studio-recall.h"

#include <string.h>

static gboolean
set_value (DioComposition  *composition,
           const char      *setting,
           GError         **error)
{
  DioModelInfo *model = dio_composition_get_model (composition);
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

  if (dio_model_info_find_parameter (model, text) == NULL)
    {
      const DioModelSpec *spec = dio_model_info_get_spec (model);
      g_autoptr(GString) known = g_string_new (NULL);

      for (guint i = 0; i < spec->n_parameters; i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", spec->parameters[i].name);
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s has no parameter “%s”; there is: %s", spec->title, text, known->str);
      return FALSE;
    }

  return dio_values_set_text (dio_composition_get_values (composition, model), text, equals + 1, error);
}

static gboolean
set_count (DioComposition  *composition,
           const char      *count,
           GError         **error)
{
  DioModelInfo *model = dio_composition_get_model (composition);
  const DioParameter *parameter = dio_model_info_find_flagged (model, DIO_PARAMETER_COUNT);

  if (count == NULL)
    return TRUE;

  if (parameter == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s makes one picture at a time", dio_model_info_get_title (model));
      return FALSE;
    }

  return dio_values_set_text (dio_composition_get_values (composition, model), parameter->name, count, error);
}

static gboolean
set_values (DioComposition              *composition,
            const DioCliComposeOptions  *options,
            GError                     **error)
{
  for (char **setting = options->settings; setting != NULL && *setting != NULL; setting++)
    {
      if (!set_value (composition, *setting, error))
        return FALSE;
    }

  return set_count (composition, options->count, error);
}

static gboolean
check_prompt (DioComposition              *composition,
              const DioCliComposeOptions  *options,
              GError                     **error)
{
  DioModelInfo *model = dio_composition_get_model (composition);
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  g_autofree char *loaded = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  const char *prompt = options->prompt != NULL ? options->prompt : loaded;

  if (spec->prompt_required && *prompt == '\0' && options->prompt == NULL)
    {
      dio_cli_set_usage_error (error, "--prompt is missing: %s needs one", spec->title);
      return FALSE;
    }

  return dio_model_info_check_prompt (model, prompt, error);
}

static void
count_photos (DioComposition              *composition,
              const DioCliComposeOptions  *options,
              guint                        counts[DIO_N_ROLES])
{
  GListModel *loaded = dio_composition_get_references (composition);

  for (guint i = 0; i < g_list_model_get_n_items (loaded); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (loaded, i);

      counts[dio_reference_get_role (reference)]++;
    }

  for (guint i = 0; i < options->photos->len; i++)
    {
      const DioCliPhoto *photo = g_ptr_array_index (options->photos, i);

      counts[photo->role]++;
    }
}

/* On this computer, what is too much is told and left out: one sees it and
 * tries again. What is paid must be what was meant. */
static gboolean
check_roles (const DioModelSpec  *spec,
             const guint          counts[DIO_N_ROLES],
             GError             **error)
{
  for (guint role = 0; role < DIO_N_ROLES; role++)
    {
      if (spec->max_of_role[role] > 0 && counts[role] > spec->max_of_role[role])
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%u photos with --%s are too many: %s takes up to %u",
                       counts[role], dio_role_get_nick (role), spec->title, spec->max_of_role[role]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_photos (DioComposition              *composition,
              const DioCliComposeOptions  *options,
              GError                     **error)
{
  DioModelInfo *model = dio_composition_get_model (composition);
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  gboolean is_local = g_str_equal (dio_model_info_get_provider_id (model), "local");
  guint counts[DIO_N_ROLES] = { 0 };
  guint n_photos = 0;

  count_photos (composition, options, counts);
  for (guint role = 0; role < DIO_N_ROLES; role++)
    n_photos += counts[role];

  if (n_photos == 0 && is_local)
    dio_cli_set_usage_error (error, "--subject is missing: %s makes a picture from at least one photo", spec->title);
  else if (spec->max_references > 0 && n_photos > spec->max_references)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%u photos are too many: %s takes up to %u", n_photos, spec->title, spec->max_references);
  else
    return is_local || check_roles (spec, counts, error);

  return FALSE;
}

static gboolean
check_limits (DioComposition              *composition,
              const DioCliComposeOptions  *options,
              GError                     **error)
{
  return set_values (composition, options, error) &&
         check_photos (composition, options, error) &&
         check_prompt (composition, options, error);
}

static gboolean
has_typed_model (const DioCliComposeOptions *options)
{
  return options->model != NULL || options->provider != NULL;
}

static gboolean
read_folder (DioComposition  *composition,
             DioStudio       *studio,
             GFile           *folder,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_load_folder_async (studio, folder, composition, cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_studio_load_folder_finish (studio, result, error);
}

static gboolean
read_document (DioComposition  *composition,
               DioStudio       *studio,
               GFile           *file,
               GCancellable    *cancellable,
               GError         **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_open_document_async (studio, file, composition, cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  if (dio_studio_open_document_finish (studio, result, error))
    return TRUE;

  dio_cli_prefix_error (error, g_file_peek_path (file));

  return FALSE;
}

static gboolean
has_start (const DioCliComposeOptions *options)
{
  return options->document != NULL || options->recall != NULL;
}

/* Returns: (transfer full) (nullable): what the file of a picture tells */
static DioPictureMetadata *
read_metadata (const char    *path,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = dio_image_read_file (file, cancellable, error);
  DioPictureMetadata *metadata;

  if (bytes == NULL)
    return NULL;

  metadata = dio_picture_metadata_read (bytes);
  if (metadata == NULL)
    g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The file does not tell how it was made");

  return metadata;
}

static gboolean
recall_picture (DioComposition  *composition,
                DioStudio       *studio,
                const char      *path,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr(DioPictureMetadata) metadata = read_metadata (path, cancellable, error);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  if (metadata != NULL)
    {
      dio_studio_recall_async (studio, metadata, composition, cancellable, dio_cli_result_cb, &pending);
      result = dio_cli_wait (&pending);
      if (dio_studio_recall_finish (studio, result, error))
        return TRUE;
    }
  dio_cli_prefix_error (error, path);

  return FALSE;
}

static gboolean
read_start (DioComposition              *composition,
            DioStudio                   *studio,
            const DioCliComposeOptions  *options,
            GCancellable                *cancellable,
            GError                     **error)
{
  g_autoptr(GFile) file = NULL;

  if (options->recall != NULL)
    return recall_picture (composition, studio, options->recall, cancellable, error);

  file = g_file_new_for_path (options->document);
  if (!dio_document_is (file) || g_file_test (options->document, G_FILE_TEST_IS_DIR))
    return read_folder (composition, studio, file, cancellable, error);

  return read_document (composition, studio, file, cancellable, error);
}

/* What is typed comes after what the document or picture says, and overrides it. */
static gboolean
load_start (DioComposition              *composition,
               DioStudio                   *studio,
               const DioCliComposeOptions  *options,
               GCancellable                *cancellable,
               GError                     **error)
{
  DioModelInfo *typed = dio_composition_get_model (composition);

  if (!read_start (composition, studio, options, cancellable, error))
    return FALSE;

  if (has_typed_model (options))
    dio_composition_set_model (composition, typed);
  else if (dio_composition_get_model (composition) == NULL)
    dio_composition_set_model (composition, dio_cli_composition_find_model (studio, options, NULL));

  return check_limits (composition, options, error);
}

/* What only goes by its address is not fetched to show what would be sent. */
static DioReference *
refer_to (const char  *address,
          gboolean     goes_by_address,
          GError     **error)
{
  g_autoptr(GBytes) text = g_bytes_new (address, strlen (address));
  g_autoptr(GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *hash = dio_hash_bytes (text);
  g_autofree char *file_name = NULL;

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Not a secure address: %s", address);
      return NULL;
    }

  if (!goes_by_address)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Nothing is fetched to show what would be sent: %s", address);
      return NULL;
    }

  file_name = g_path_get_basename (g_uri_get_path (uri));

  return dio_reference_new_known (nothing, hash, "application/octet-stream", 0, 0, file_name);
}

static DioReference *
import_photo (DioStudio          *studio,
              const DioCliPhoto  *photo,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  if (photo->is_address)
    {
      dio_studio_import_address_async (studio, photo->path, cancellable, dio_cli_result_cb, &pending);
    }
  else
    {
      file = g_file_new_for_path (photo->path);
      dio_studio_import_file_async (studio, file, cancellable, dio_cli_result_cb, &pending);
    }
  result = dio_cli_wait (&pending);

  return dio_studio_import_finish (studio, result, error);
}

static gboolean
takes_addresses (DioComposition *composition,
                 DioStudio      *studio)
{
  DioModelInfo *model = dio_composition_get_model (composition);
  DioProvider *provider = dio_studio_find_provider (studio, dio_model_info_get_provider_id (model));
  const DioProviderFacts *facts = dio_provider_get_facts (provider);

  return facts != NULL && facts->takes_addresses;
}

static gboolean
add_photo (DioComposition              *composition,
           DioStudio                   *studio,
           const DioCliComposeOptions  *options,
           const DioCliPhoto           *photo,
           GCancellable                *cancellable,
           GError                     **error)
{
  gboolean goes_by_address = photo->is_address && takes_addresses (composition, studio);
  gboolean is_shown_only = options->dry_run || options->price || options->ask_price;
  g_autoptr(DioReference) reference = NULL;

  if (photo->is_address && is_shown_only)
    reference = refer_to (photo->path, goes_by_address, error);
  else
    reference = import_photo (studio, photo, cancellable, error);
  if (reference == NULL)
    {
      dio_cli_prefix_error (error, photo->path);
      return FALSE;
    }

  if (photo->is_address)
    {
      dio_reference_set_address (reference, photo->path);
      dio_reference_set_by_address (reference, goes_by_address);
    }

  dio_reference_set_role (reference, photo->role);
  dio_composition_add_reference (composition, reference, G_MAXUINT);

  return photo->name == NULL ||
         dio_composition_rename_reference (composition, reference, photo->name, error);
}

/**
 * dio_cli_composition_find_model:
 * @studio: a studio
 * @options: what was typed
 * @error: return location for %DIO_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): the model that is meant by @options alone
 */
DioModelInfo *
dio_cli_composition_find_model (DioStudio                   *studio,
                                const DioCliComposeOptions  *options,
                                GError                     **error)
{
  return dio_cli_find_model (studio, options->provider, options->model, error);
}

/**
 * dio_cli_composition_begin:
 * @model: what the options alone say
 * @options: what was typed
 * @error: return location for a #GError
 *
 * Reads no file. What a document is needed for is checked after that is loaded.
 *
 * Returns: (transfer full) (nullable): a composition with the values that were typed
 */
DioComposition *
dio_cli_composition_begin (DioModelInfo                *model,
                           const DioCliComposeOptions  *options,
                           GError                     **error)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();

  /* Without a typed model, a document says for which one values are meant. */
  if (options->document == NULL || has_typed_model (options))
    dio_composition_set_model (composition, model);

  if (!has_start (options) && !check_limits (composition, options, error))
    return NULL;

  return g_steal_pointer (&composition);
}

/**
 * dio_cli_composition_load:
 * @composition: made by dio_cli_composition_begin()
 * @studio: a studio that can import photos
 * @options: what was typed
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * Reads the document and the photos, then sets the prompt, whose mentions find them.
 */
gboolean
dio_cli_composition_load (DioComposition              *composition,
                          DioStudio                   *studio,
                          const DioCliComposeOptions  *options,
                          GCancellable                *cancellable,
                          GError                     **error)
{
  if (has_start (options) && !load_start (composition, studio, options, cancellable, error))
    return FALSE;

  for (guint i = 0; i < options->photos->len; i++)
    {
      if (!add_photo (composition, studio, options, g_ptr_array_index (options->photos, i), cancellable, error))
        return FALSE;
    }

  if (options->prompt != NULL)
    dio_prompt_set_text (dio_composition_get_prompt (composition), options->prompt);
  if (options->roles != NULL)
    dio_composition_set_roles (composition, options->roles);

  return TRUE;
}
