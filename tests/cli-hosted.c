/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench with a server beside it, and photos to send. */

#include "config.h"

#include "cli-hosted.h"

#include "cli-pictures.h"

#include <string.h>

void
hosted_set_up (Hosted        *self,
               gconstpointer  script)
{
  bench_set_up (&self->bench, NULL);
  self->server = server_start (script);
  bench_write (&self->bench, "watch.png", picture_subject (320));
  bench_write (&self->bench, "table.jpg", picture_scene (640, 480));
}

void
hosted_tear_down (Hosted        *self,
                  gconstpointer  script)
{
  g_clear_pointer (&self->server, server_stop);
  bench_tear_down (&self->bench, NULL);
}

static void
append (GPtrArray *arguments,
        va_list    args)
{
  const char *argument;

  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (char *) argument);
  g_ptr_array_add (arguments, NULL);
}

/* Runs the program with @input on its standard input. */
Run *
hosted_run (Hosted     *self,
            const char *input,
            ...)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  va_list args;

  va_start (args, input);
  append (arguments, args);
  va_end (args);

  return bench_run_argv (&self->bench, input, (const char *const *) arguments->pdata);
}

static void
begin_compose (Hosted     *self,
               GPtrArray  *arguments,
               const char *provider)
{
  const char *const start[] = {
    "compose", "--provider", provider, "--endpoint", self->server->url, "--key-stdin", "--yes",
    "--subject", "watch.png", "--scene", "table.jpg", "--prompt", "@watch on @table", "--output", "output",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (start); i++)
    g_ptr_array_add (arguments, (char *) start[i]);
}

/* Has the right key make pictures of two photos, with more options behind. */
Run *
hosted_compose (Hosted     *self,
                const char *provider,
                ...)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  va_list args;

  begin_compose (self, arguments, provider);
  va_start (args, provider);
  append (arguments, args);
  va_end (args);

  return bench_run_argv (&self->bench, SERVER_KEY "\n", (const char *const *) arguments->pdata);
}

/* The same, and does not wait: what it prints is lost. */
GSubprocess *
hosted_start_compose (Hosted     *self,
                      const char *provider,
                      const char *key)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *line = g_strconcat (key, "\n", NULL);
  GSubprocess *process;
  GOutputStream *input;

  begin_compose (self, arguments, provider);
  g_ptr_array_add (arguments, (char *) "--quiet");
  g_ptr_array_add (arguments, NULL);
  process = bench_start (&self->bench, (const char *const *) arguments->pdata);

  input = g_subprocess_get_stdin_pipe (process);
  g_assert_true (g_output_stream_write_all (input, line, strlen (line), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));

  return process;
}

/* Returns: (transfer full): the id of the only job, which is in @state */
char *
hosted_get_job (Hosted     *self,
                const char *state)
{
  g_autoptr(Run) run = hosted_run (self, NULL, "jobs", "--all", "--json", NULL);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *job;

  g_assert_cmpint (run->status, ==, 0);
  node = parse_json (run->out);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
  job = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpstr (json_object_get_string_member (job, "state"), ==, state);

  return g_strdup (json_object_get_string_member (job, "id"));
}

/* Like assert_error(), behind what was told before it went wrong. */
void
hosted_assert_error (Run        *run,
                     int         status,
                     const char *mentioned)
{
  const char *begin = strstr (run->err, "diorama-cli: ");

  g_assert_cmpint (run->status, ==, status);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (begin);
  if (mentioned != NULL && strstr (begin, mentioned) == NULL)
    g_error ("“%s” is not mentioned in: %s", mentioned, begin);
}

static void
search (const char *path,
        const char *secret)
{
  g_auto(GStrv) names = bench_list (path);
  g_autofree char *data = NULL;
  gsize size;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      for (char **name = names; *name != NULL; name++)
        {
          g_autofree char *child = g_build_filename (path, *name, NULL);

          search (child, secret);
        }
    }
  else if (g_file_get_contents (path, &data, &size, NULL) && memmem (data, size, secret, strlen (secret)) != NULL)
    {
      g_error ("The key is in %s", path);
    }
}

/* Neither in what the program keeps nor in what it made. */
void
hosted_assert_no_secret (Hosted     *self,
                         const char *secret)
{
  search (self->bench.folder, secret);
}
