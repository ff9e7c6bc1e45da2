/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A home whose programs are killed: what is left in it, and what the server says
 * of that. */

#include "config.h"

#include "crash-home.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>

static void
held_cb (DioProviderServer *server,
         const char        *rule,
         CrashHome         *self)
{
  self->n_held++;
}

void
crash_home_set_up (CrashHome *self)
{
  g_autoptr(GError) error = NULL;

  bench_set_up (&self->bench, NULL);
  self->server = dio_provider_server_new (NULL, &error);
  g_assert_no_error (error);
  self->endpoint = dio_provider_server_dup_url (self->server, "");
  g_signal_connect (self->server, "held", G_CALLBACK (held_cb), self);
}

void
crash_home_tear_down (CrashHome *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->server));
  bench_tear_down (&self->bench, NULL);
  g_free (self->endpoint);
}

void
crash_home_set_script (CrashHome  *self,
                       const char *script)
{
  g_autoptr(GError) error = NULL;

  self->n_held = 0;
  dio_provider_server_set_script (self->server, script, &error);
  g_assert_no_error (error);
}

/* @kind is "DATA" or "CACHE". Returns: (transfer full) */
char *
crash_home_path (CrashHome  *self,
                 const char *kind,
                 const char *name)
{
  g_autofree char *variable = g_strdup_printf ("XDG_%s_HOME", kind);

  return g_build_filename (self->bench.folder, "home", variable, "diorama", name, NULL);
}

/* Returns: (nullable): the first column of the first row, or what there is of it
 * where the library is not there yet */
char *
crash_home_query (CrashHome  *self,
                  const char *sql)
{
  g_autofree char *path = crash_home_path (self, "DATA", "library.db");
  sqlite3_stmt *statement = NULL;
  sqlite3 *database = NULL;
  char *text = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      sqlite3_busy_timeout (database, 5000);
      if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) == SQLITE_OK &&
          sqlite3_step (statement) == SQLITE_ROW)
        text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      sqlite3_finalize (statement);
    }
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);

  return text;
}

/* Returns: the number that it finds, or -1 */
gint64
crash_home_count (CrashHome  *self,
                  const char *sql)
{
  g_autofree char *text = crash_home_query (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : -1;
}

/* The server writes a word of its own into each picture that it gives away. */
static char *
read_token (const char *path)
{
  static const char word[] = "Comment";
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  const char *mark;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  mark = memmem (data, MIN (size, 200), word, sizeof word);
  g_assert_nonnull (mark);

  return g_strndup (mark + sizeof word, strlen ("00000000-0000-0000-0000-000000000000"));
}

/**
 * crash_home_list_tokens:
 * @self: a home
 *
 * Returns: (transfer full) (element-type utf8): the server's words for all the
 *   files that are with the pictures, PNG each
 */
GPtrArray *
crash_home_list_tokens (CrashHome *self)
{
  g_autofree char *folder = crash_home_path (self, "DATA", "pictures");
  g_auto(GStrv) names = bench_list (folder);
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_assert_false (g_str_has_prefix (*name, "."));
      g_ptr_array_add (tokens, read_token (path));
    }

  return tokens;
}

/* Returns: (transfer full): what the server was asked */
JsonObject *
crash_home_dup_ledger (CrashHome *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);

  return json_node_dup_object (ledger);
}

/* Nothing is left but a whole library. */
void
crash_home_assert_tidy (CrashHome *self)
{
  g_autofree char *check = crash_home_query (self, "PRAGMA integrity_check");
  g_autofree char *keys = crash_home_query (self, "PRAGMA foreign_key_check");
  g_autofree char *downloads = crash_home_path (self, "CACHE", "downloads");
  g_autofree char *owners = crash_home_path (self, "DATA", "owners");
  g_autofree char *references = crash_home_path (self, "DATA", "references");
  g_autofree char *pictures = crash_home_path (self, "DATA", "pictures");
  g_auto(GStrv) kept = bench_list (references);
  g_auto(GStrv) shown = bench_list (pictures);

  g_assert_cmpstr (check, ==, "ok");
  g_assert_null (keys);
  assert_no_files (downloads);
  assert_no_files (owners);
  for (char **name = kept; *name != NULL; name++)
    g_assert_false (g_str_has_prefix (*name, "."));
  g_assert_cmpint (g_strv_length (shown), ==, crash_home_count (self, "SELECT count (*) FROM results"));
}

static char *
take_text (GBytes *bytes)
{
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  return size > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), size) : g_strdup ("");
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  CrashProcess *self = user_data;
  g_autoptr(GBytes) out = NULL;
  g_autoptr(GBytes) err = NULL;

  /* One that is killed breaks the pipe: no failure. */
  g_subprocess_communicate_finish (G_SUBPROCESS (object), result, &out, &err, NULL);
  self->out = take_text (out);
  self->err = take_text (err);
  self->is_over = TRUE;
}

/* Takes a program that reads @input. */
static CrashProcess *
follow (GSubprocess *process,
        const char  *input)
{
  CrashProcess *self = g_new0 (CrashProcess, 1);
  g_autoptr(GBytes) in = g_bytes_new (input, strlen (input));

  self->process = process;
  g_subprocess_communicate_async (self->process, in, NULL, ended_cb, self);

  return self;
}

/**
 * crash_process_start:
 * @home: where it runs
 * @input: what it reads
 * @arguments: behind the program's name
 *
 * Returns: (transfer full): a diorama-cli
 */
CrashProcess *
crash_process_start (CrashHome         *home,
                     const char        *input,
                     const char *const *arguments)
{
  return follow (bench_start (&home->bench, arguments), input);
}

/**
 * crash_process_start_driver:
 * @home: where it runs
 * @n: how many jobs there are to be
 * @verb: "drive", "check" or "fill"
 *
 * Returns: (transfer full): a crash-driver
 */
CrashProcess *
crash_process_start_driver (CrashHome  *home,
                            guint       n,
                            const char *verb)
{
  g_autofree char *data = crash_home_path (home, "DATA", NULL);
  g_autofree char *cache = crash_home_path (home, "CACHE", NULL);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_assert_nonnull (g_getenv ("CRASH_DRIVER"));
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("CRASH_DRIVER"), data, cache,
                                         home->endpoint, number, verb, NULL);
  g_assert_no_error (error);

  return follow (process, "");
}

/* Kills that process, and no other. */
void
crash_process_kill (CrashProcess *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  crash_process_wait (self);
}

void
crash_process_wait (CrashProcess *self)
{
  while (!self->is_over)
    g_main_context_iteration (NULL, TRUE);

  g_subprocess_wait (self->process, NULL, NULL);
}

/* Returns: what it ended with; it was not killed */
int
crash_process_get_status (CrashProcess *self)
{
  g_assert_true (g_subprocess_get_if_exited (self->process));

  return g_subprocess_get_exit_status (self->process);
}

void
crash_process_free (CrashProcess *self)
{
  g_object_unref (self->process);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}
