/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be typed after “diorama-cli compose”. */

#include "config.h"

#include "dio-cli-compose-options.h"

#include "dio-cli.h"
#include "dio-error.h"
#include "dio-reference.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* No model takes more; what somebody pipes in by mistake may be endless. */
#define MAX_PROMPT_BYTES (256 * 1024)

static const char description[] = N_ (
  "FILE=NAME calls a photo NAME in the prompt: --subject DSC_0042.jpg=watch, then\n"
  "“@watch on the table”. Without it the name is made from the file’s. The photos\n"
  "are used in the order in which they are given. FILE may be an https address: a\n"
  "provider that takes addresses is sent it as it is.\n"
  "\n"
  "A run that is paid asks before it sends; where there is no terminal to ask on,\n"
  "it needs --yes. The key is the account’s (see “key”), or with --key-stdin what\n"
  "the standard input holds; one of two halves is on two lines.\n"
  "\n"
  "Example:\n"
  "  diorama-cli compose --subject watch.jpg --scene desk.jpg \\\n"
  "      --prompt \"@watch left of the centre\" --set width=1536 --output pictures");

static void
photo_free (DioCliPhoto *photo)
{
  g_free (photo->path);
  g_free (photo->name);
  g_free (photo);
}

void
dio_cli_compose_options_free (DioCliComposeOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->provider);
  g_free (self->model);
  g_free (self->document);
  g_free (self->recall);
  g_ptr_array_unref (self->photos);
  g_free (self->prompt);
  g_free (self->roles);
  g_strfreev (self->settings);
  g_free (self->count);
  g_free (self->output);
  dio_cli_account_options_clear (&self->account);
  g_free (self);
}

/* What stands behind a “?” belongs to the address. */
static gboolean
is_whole (const char *text,
          gboolean    is_address)
{
  return is_address ? strchr (text, '?') != NULL : g_file_test (text, G_FILE_TEST_EXISTS);
}

/* A file whose own name has a “=” in it comes before one with a name. */
static DioCliPhoto *
split_photo (const char *text)
{
  DioCliPhoto *photo = g_new0 (DioCliPhoto, 1);
  const char *equals = strrchr (text, '=');

  photo->is_address = g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://");
  if (equals != NULL && !is_whole (text, photo->is_address))
    {
      photo->path = g_strndup (text, equals - text);
      photo->name = g_strdup (equals + 1);
    }
  else
    {
      photo->path = g_strdup (text);
    }

  return photo;
}

static gboolean
photo_given_cb (const char  *option,
                const char  *value,
                gpointer     user_data,
                GError     **error)
{
  DioCliComposeOptions *self = user_data;
  DioCliPhoto *photo = split_photo (value);

  if (!dio_role_from_nick (option + strlen ("--"), &photo->role))
    g_assert_not_reached ();
  g_ptr_array_add (self->photos, photo);

  return TRUE;
}

static gboolean
check_name (DioCliPhoto  *photo,
            GError      **error)
{
  g_autofree char *shown = NULL;

  if (photo->name == NULL)
    return TRUE;

  if (g_utf8_validate (photo->name, -1, NULL) && dio_reference_is_name (photo->name))
    return TRUE;

  shown = g_utf8_make_valid (photo->name, -1);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "“%s” is no name for a photo: up to 40 letters, digits, “-” and “_”", shown);

  return FALSE;
}

static char *
read_prompt (GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 block[4096];
  ssize_t n;

  while ((n = read (STDIN_FILENO, block, sizeof block)) > 0)
    {
      g_byte_array_append (bytes, block, n);
      if (bytes->len > MAX_PROMPT_BYTES)
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                       "The prompt on the standard input is longer than %d bytes", MAX_PROMPT_BYTES);
          return NULL;
        }
    }

  if (n < 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE,
                           "The prompt could not be read from the standard input");
      return NULL;
    }

  if (memchr (bytes->data, '\0', bytes->len) != NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                           "The prompt on the standard input is no text");
      return NULL;
    }

  g_byte_array_append (bytes, (const guint8 *) "", 1);

  return g_strchomp (g_strdup ((const char *) bytes->data));
}

static gboolean
take_prompt (DioCliComposeOptions  *self,
             GError               **error)
{
  g_autofree char *typed = g_steal_pointer (&self->prompt);
  g_autofree char *text = NULL;

  if (typed == NULL)
    return TRUE;

  text = g_str_equal (typed, "-") ? read_prompt (error) : g_strdup (typed);
  if (text == NULL)
    return FALSE;

  self->prompt = dio_cli_decode (text, error);

  return self->prompt != NULL;
}

static gboolean
take_roles (DioCliComposeOptions  *self,
            GError               **error)
{
  g_autofree char *typed = g_steal_pointer (&self->roles);

  if (typed == NULL)
    return TRUE;

  self->roles = dio_cli_decode (typed, error);

  return self->roles != NULL;
}

static gboolean
check_asked (DioCliComposeOptions  *self,
             GError               **error)
{
  gboolean sends = !self->dry_run && !self->price && !self->ask_price;

  if (self->ask_price && (self->dry_run || self->price))
    dio_cli_set_usage_error (error, "--ask-price sends a question, and “%s” is for sending nothing",
                             self->dry_run ? "--dry-run" : "--price");
  else if (self->account.key_stdin && g_strcmp0 (self->prompt, "-") == 0)
    dio_cli_set_usage_error (error, "The standard input cannot hold both the prompt and the key");
  else if (self->document != NULL && self->recall != NULL)
    dio_cli_set_usage_error (error, "A run begins with --composition or with --recall");
  else if (self->output == NULL && sends)
    dio_cli_set_usage_error (error, "--output is missing: the folder for the pictures");
  else
    return TRUE;

  return FALSE;
}

/* What vendors document as parameters, and is an option here. */
static char **
find_option (DioCliComposeOptions *self,
             const char           *setting)
{
  if (g_str_has_prefix (setting, "model_name=") || g_str_has_prefix (setting, "model="))
    return &self->model;
  if (g_str_has_prefix (setting, "prompt=") || g_str_has_prefix (setting, "positivePrompt="))
    return &self->prompt;

  return NULL;
}

static gboolean
take_settings (DioCliComposeOptions  *self,
               GError               **error)
{
  g_autoptr(GStrvBuilder) others = g_strv_builder_new ();

  for (char **setting = self->settings; setting != NULL && *setting != NULL; setting++)
    {
      char **option = find_option (self, *setting);

      if (option == NULL)
        {
          g_strv_builder_add (others, *setting);
          continue;
        }
      if (*option != NULL)
        {
          dio_cli_set_usage_error (error, "“--set %.*s” says again what is said already",
                                   (int) strcspn (*setting, "="), *setting);
          return FALSE;
        }
      *option = g_strdup (strchr (*setting, '=') + 1);
    }

  g_strfreev (self->settings);
  self->settings = g_strv_builder_end (others);

  return TRUE;
}

static gboolean
check (DioCliComposeOptions  *self,
       GError               **error)
{
  if (!take_settings (self, error) || !check_asked (self, error))
    return FALSE;

  for (guint i = 0; i < self->photos->len; i++)
    {
      if (!check_name (g_ptr_array_index (self->photos, i), error))
        return FALSE;
    }

  return take_prompt (self, error) && take_roles (self, error);
}

static GOptionContext *
make_context (DioCliComposeOptions *self)
{
  /* File names, and texts that may be UTF-8 in the C locale: not converted. */
  const int raw = G_OPTION_FLAG_FILENAME;
  const GOptionEntry entries[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &self->provider, N_ ("Who makes the picture (local)"), N_ ("ID") },
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, N_ ("With which model (the provider’s first)"), N_ ("ID") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &self->account.account, N_ ("Which of the provider’s accounts pays (the first)"), N_ ("NAME") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &self->account.endpoint, N_ ("Send to scheme://host[:port][/prefix] in place of the documented host"), N_ ("URL") },
    { "key-stdin", 0, 0, G_OPTION_ARG_NONE, &self->account.key_stdin, N_ ("Read the account’s key from the standard input, for this run"), NULL },
    { "composition", 0, 0, G_OPTION_ARG_FILENAME, &self->document, N_ ("Begin with a .diorama file, or a folder with a composition.json and its photos"), N_ ("FILE") },
    { "recall", 0, 0, G_OPTION_ARG_FILENAME, &self->recall, N_ ("Begin with what a picture was made from, as its file tells"), N_ ("FILE") },
    { "subject", 0, raw, G_OPTION_ARG_CALLBACK, photo_given_cb, N_ ("A photo of a thing to be placed; may be repeated"), N_ ("FILE[=NAME]") },
    { "scene", 0, raw, G_OPTION_ARG_CALLBACK, photo_given_cb, N_ ("A photo of the place"), N_ ("FILE[=NAME]") },
    { "style", 0, raw, G_OPTION_ARG_CALLBACK, photo_given_cb, N_ ("A picture in the manner wanted"), N_ ("FILE[=NAME]") },
    { "prompt", 0, 0, G_OPTION_ARG_FILENAME, &self->prompt, N_ ("What to make; “-” reads the standard input"), N_ ("TEXT") },
    { "roles", 0, 0, G_OPTION_ARG_FILENAME, &self->roles, N_ ("Which image is which, in place of the sentence made from the roles"), N_ ("TEXT") },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->settings, N_ ("Set a parameter; may be repeated (see “parameters”)"), N_ ("KEY=VALUE") },
    { "count", 0, 0, G_OPTION_ARG_STRING, &self->count, N_ ("How many pictures to make"), N_ ("N") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self->output, N_ ("The folder for the pictures; made if it is missing"), N_ ("DIR") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_ ("Print what would be sent as JSON, and send nothing"), NULL },
    { "price", 0, 0, G_OPTION_ARG_NONE, &self->price, N_ ("Print what it costs, as far as is known here, and send nothing"), NULL },
    { "ask-price", 0, 0, G_OPTION_ARG_NONE, &self->ask_price, N_ ("Have the provider tell what it costs; nothing is made"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &self->yes, N_ ("Pay without asking"), NULL },
    { "accept-unknown-price", 0, 0, G_OPTION_ARG_NONE, &self->accept_unknown_price, N_ ("Send it although there is a spending cap and nobody knows what it costs"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print a line of JSON for each picture"), NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("Show no progress"), NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("compose", NULL, NULL, self, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context, N_ ("Combine photos into one picture."));
  g_option_context_set_description (context, description);

  return context;
}

/**
 * dio_cli_compose_options_new:
 * @arguments: (inout): the verb and what was typed after it
 * @error: return location for a usage error, or one of the prompt's input
 *
 * Prints and exits where the help was asked for.
 *
 * Returns: (transfer full): the options, as far as they can be checked without a model
 */
DioCliComposeOptions *
dio_cli_compose_options_new (char   ***arguments,
                             GError  **error)
{
  g_autoptr(DioCliComposeOptions) self = g_new0 (DioCliComposeOptions, 1);
  g_autoptr(GOptionContext) context = NULL;

  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) photo_free);
  context = make_context (self);

  if (!dio_cli_parse (context, arguments, error) ||
      !dio_cli_check_n (*arguments, 0, NULL, error) ||
      !check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
