/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli cutout: a photo in, its subject without the backdrop out. The
 * work is done in a thread, so that Ctrl+C is heard. */

#include "config.h"

#include "dio-cli.h"
#include "dio-cli-file.h"

#include "dio-cut-out.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char     *input;  /* (owned) (nullable) */
  char     *output; /* (owned) (nullable) */
  gboolean  force;
  gboolean  json;
} Options;

/* What the thread hands over. */
typedef struct
{
  DioCutOut *cut_out; /* (owned) */
  GBytes    *png;     /* (owned) */
  double     seconds;
} Outcome;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->input, g_free);
  g_clear_pointer (&options->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
outcome_free (Outcome *outcome)
{
  g_clear_pointer (&outcome->cut_out, dio_cut_out_unref);
  g_clear_pointer (&outcome->png, g_bytes_unref);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static Outcome *
cut_out (GFile         *file,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (0, cancellable);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(DioPixels) picture = NULL;
  g_autoptr(Outcome) outcome = g_new0 (Outcome, 1);
  gint64 start = g_get_monotonic_time ();

  bytes = dio_image_read_file (file, cancellable, error);
  if (bytes == NULL)
    return NULL;

  picture = dio_image_decode (bytes, 0, NULL, cancellable, error);
  if (picture == NULL)
    return NULL;

  outcome->cut_out = dio_cut_out_new (picture, workers, error);
  if (outcome->cut_out == NULL)
    return NULL;

  outcome->png = dio_image_encode_png (outcome->cut_out->rgba, NULL, error);
  if (outcome->png == NULL)
    return NULL;

  outcome->seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;

  return g_steal_pointer (&outcome);
}

static void
cut_out_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  Outcome *outcome = cut_out (task_data, cancellable, &error);

  if (outcome != NULL)
    g_task_return_pointer (task, outcome, (GDestroyNotify) outcome_free);
  else
    g_task_return_error (task, error);
}

static Outcome *
wait_for_cut_out (const char  *path,
                  GError     **error)
{
  g_autoptr(GCancellable) cancellable = dio_cli_watch_signals ();
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, dio_cli_result_cb, &pending);

  g_task_set_source_tag (task, wait_for_cut_out);
  g_task_set_task_data (task, g_file_new_for_path (path), g_object_unref);
  g_task_run_in_thread (task, cut_out_thread);
  result = dio_cli_wait (&pending);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
make_output_name (const char *input)
{
  g_autofree char *name = g_path_get_basename (input);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_strconcat (name, "-cutout.png", NULL);
}

static gboolean
parse (Options   *options,
       char    ***arguments,
       GError   **error)
{
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output, N_ ("The new file (NAME-cutout.png in the current folder)"), N_ ("FILE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options->force, N_ ("Replace the new file if it exists"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("FILE"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Take the backdrop out of a photo: a PNG with transparency."));
  g_option_context_set_description (context, N_ ("The word that is printed tells how far the cut-out can be trusted: “clean”,\n"
                                                 "“check-edges”, “busy-backdrop”, or “own-alpha” for a photo that was cut out before."));
  if (!dio_cli_parse (context, arguments, error) || !dio_cli_check_n (*arguments, 1, "FILE", error))
    return FALSE;

  options->input = g_strdup ((*arguments)[1]);
  if (options->output == NULL)
    options->output = make_output_name (options->input);

  return TRUE;
}

static void
print_json (const Options *options,
            const Outcome *outcome)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *shown = g_filename_display_name (options->output);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, shown);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, outcome->cut_out->rgba->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, outcome->cut_out->rgba->height);
  json_builder_set_member_name (builder, "flag");
  json_builder_add_string_value (builder, dio_cut_out_flag_get_nick (outcome->cut_out->flag));
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, outcome->seconds);
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static void
print_text (const Options *options,
            const Outcome *outcome)
{
  const DioCutOut *cut = outcome->cut_out;
  g_autofree char *box = g_strdup_printf ("%s %dx%d+%d+%d", dio_cut_out_flag_get_nick (cut->flag),
                                          cut->box_width, cut->box_height, cut->x, cut->y);

  dio_cli_print (options->output);
  dio_cli_print (box);
}

static gboolean
run (const Options  *options,
     GError        **error)
{
  g_autoptr(Outcome) outcome = NULL;

  if (!dio_cli_file_check_target (options->output, options->force, error))
    return FALSE;

  outcome = wait_for_cut_out (options->input, error);
  if (outcome == NULL)
    {
      dio_cli_prefix_error (error, options->input);
      return FALSE;
    }

  if (!dio_cli_file_write (options->output, outcome->png, options->force, error))
    return FALSE;

  if (options->json)
    print_json (options, outcome);
  else
    print_text (options, outcome);

  return TRUE;
}

int
dio_cli_cut_out (char ***arguments)
{
  gboolean json = dio_cli_wants_json (*arguments);
  g_auto(Options) options = { 0 };
  g_autoptr(GError) error = NULL;

  if (!parse (&options, arguments, &error) || !run (&options, &error))
    return dio_cli_fail (error, json);

  return DIO_CLI_EXIT_SUCCESS;
}
