/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the built diorama-cli in a folder and a home of its own, without a
 * display and with a session bus that cannot be reached. */

#include "config.h"

#include "cli-runner.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

void
bench_set_up (Bench        *bench,
              gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  bench->folder = g_dir_make_tmp ("diorama-cli-XXXXXX", &error);
  g_assert_no_error (error);
  bench->output = bench_path (bench, "output");
  bench->variables = g_new0 (char *, 1);
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_auto(GStrv) names = bench_list (path);

      for (char **name = names; *name != NULL; name++)
        {
          g_autofree char *child = g_build_filename (path, *name, NULL);

          remove_tree (child);
        }
    }

  g_remove (path);
}

void
bench_tear_down (Bench        *bench,
                 gconstpointer data)
{
  remove_tree (bench->folder);
  g_free (bench->folder);
  g_free (bench->output);
  g_strfreev (bench->variables);
}

char *
bench_path (Bench      *bench,
            const char *name)
{
  return g_build_filename (bench->folder, name, NULL);
}

void
bench_write (Bench      *bench,
             const char *name,
             GBytes     *bytes)
{
  g_autofree char *path = bench_path (bench, name);
  g_autoptr(GBytes) owned = bytes;
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (owned, &size);

  g_file_set_contents (path, size > 0 ? data : "", size, &error);
  g_assert_no_error (error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: the names in a folder, sorted; none for one that does not exist */
char **
bench_list (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_steal (names, NULL);
}

static GSubprocessLauncher *
make_launcher (Bench *bench)
{
  static const char *const homes[] = { "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME" };
  GSubprocessLauncher *launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_set_cwd (launcher, bench->folder);
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *home = g_build_filename (bench->folder, "home", homes[i], NULL);

      g_mkdir_with_parents (home, 0700);
      g_subprocess_launcher_setenv (launcher, homes[i], home, TRUE);
    }

  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  /* What is compared is English, and UTF-8 has to work all the same. */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_subprocess_launcher_setenv (launcher, "USER", CLI_USER, TRUE);
  g_subprocess_launcher_setenv (launcher, "LOGNAME", CLI_USER, TRUE);

  for (char **variable = bench->variables; *variable != NULL; variable++)
    {
      g_auto(GStrv) parts = g_strsplit (*variable, "=", 2);

      g_subprocess_launcher_setenv (launcher, parts[0], parts[1], TRUE);
    }

  return launcher;
}

/* Starts the program with everything it is given behind its name. */
GSubprocess *
bench_start (Bench             *bench,
             const char *const *arguments)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher (bench);
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_assert_nonnull (g_getenv ("DIORAMA_CLI"));

  if (bench->shell != NULL)
    {
      g_ptr_array_add (argv, (char *) "sh");
      g_ptr_array_add (argv, (char *) "-c");
      g_ptr_array_add (argv, (char *) bench->shell);
      g_ptr_array_add (argv, (char *) "sh");
    }
  g_ptr_array_add (argv, (char *) g_getenv ("DIORAMA_CLI"));
  for (const char *const *argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, (char *) *argument);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

/* Nothing has no data, not even an empty text. */
static char *
dup_text (GBytes *bytes)
{
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  return size > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), size) : g_strdup ("");
}

static GBytes *
read_all (GInputStream *stream)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Waits for the end of a program that bench_start() has started. */
Run *
bench_finish (GSubprocess *process,
              const char  *input)
{
  g_autoptr(GBytes) in = g_bytes_new (input, input != NULL ? strlen (input) : 0);
  g_autoptr(GBytes) out = NULL;
  g_autoptr(GBytes) err = NULL;
  Run *run = g_new0 (Run, 1);

  if (g_output_stream_is_closed (g_subprocess_get_stdin_pipe (process)))
    {
      /* It has its input, and says little. */
      out = read_all (g_subprocess_get_stdout_pipe (process));
      err = read_all (g_subprocess_get_stderr_pipe (process));
    }
  else
    {
      /* A program that does not read its input breaks the pipe: no failure. */
      g_subprocess_communicate (process, in, NULL, &out, &err, NULL);
    }
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));

  run->status = g_subprocess_get_exit_status (process);
  run->out = dup_text (out);
  run->err = dup_text (err);
  if (*run->err != '\0')
    g_test_message ("stderr: %s", run->err);

  return run;
}

Run *
bench_run_argv (Bench             *bench,
                const char        *input,
                const char *const *arguments)
{
  g_autoptr(GSubprocess) process = bench_start (bench, arguments);

  return bench_finish (process, input);
}

Run *
bench_run (Bench      *bench,
           const char *first,
           ...)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  const char *argument = first;
  va_list args;

  va_start (args, first);
  for (; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (arguments, (char *) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);

  return bench_run_argv (bench, NULL, (const char *const *) arguments->pdata);
}

void
run_free (Run *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

JsonNode *
parse_json (const char *line)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (line, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  return node;
}

/* Returns: the names of an object's members, in their order, with commas */
char *
join_members (JsonNode *node)
{
  g_autoptr(GList) members = json_object_get_members (json_node_get_object (node));
  GString *text = g_string_new (NULL);

  for (GList *l = members; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", (const char *) l->data);

  return g_string_free (text, FALSE);
}

/* A sentence for a person, the place of the fault, and nothing on stdout. */
void
assert_error (Run        *run,
              int         status,
              const char *mentioned)
{
  if (run->status != status)
    g_error ("The status is %d where %d was expected: %s", run->status, status, run->err);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "diorama-cli: "));
  g_assert_nonnull (strchr (run->err, '.'));
  if (mentioned != NULL && strstr (run->err, mentioned) == NULL)
    g_error ("“%s” is not mentioned in: %s", mentioned, run->err);
}

void
assert_json_error (Run        *run,
                   const char *class)
{
  g_autoptr(JsonNode) node = parse_json (run->out);
  g_autofree char *outer = join_members (node);
  g_autofree char *inner = NULL;
  JsonNode *error = json_object_get_member (json_node_get_object (node), "error");

  g_assert_cmpstr (outer, ==, "error");
  inner = join_members (error);
  g_assert_cmpstr (inner, ==, "class,message,billed");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (error), "class"), ==, class);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (error), "message"), !=, "");
  g_assert_false (json_object_get_boolean_member (json_node_get_object (error), "billed"));
  g_assert_true (strchr (run->out, '\n') == run->out + strlen (run->out) - 1);
  g_assert_cmpstr (run->err, ==, "");
}

void
assert_no_files (const char *folder)
{
  g_auto(GStrv) names = bench_list (folder);

  g_assert_cmpstr (names[0], ==, NULL);
}
