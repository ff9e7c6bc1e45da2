/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys in a real keyring, on a bus and in folders of its own, and where there is
 * none. Each case is a process: the connection to a bus is for life. */

#include "config.h"

#include "dio-error.h"
#include "dio-keyring.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <stdlib.h>

#define PASSWORD "open sesame"
#define KEY "sk-0123456789-secret-ä"

/* What a child does */

typedef struct
{
  DioKeyring   *keyring;  /* (owned) */
  GAsyncResult *finished; /* (owned) (nullable) */
} Child;

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Child *child = user_data;

  child->finished = g_object_ref (result);
}

static void
wait_for (Child *child)
{
  while (child->finished == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
lookup (Child       *child,
        const char  *account,
        gboolean    *is_lasting,
        GError     **error)
{
  char *key;

  dio_key_store_lookup_async (DIO_KEY_STORE (child->keyring), "kling", account, NULL, finished_cb, child);
  wait_for (child);
  key = dio_key_store_lookup_finish (DIO_KEY_STORE (child->keyring), child->finished, is_lasting, error);
  g_clear_object (&child->finished);

  return key;
}

static gboolean
store (Child       *child,
       const char  *account,
       const char  *key,
       gboolean    *is_lasting,
       GError     **error)
{
  gboolean is_stored;

  dio_key_store_store_async (DIO_KEY_STORE (child->keyring), "kling", account, key, NULL, finished_cb, child);
  wait_for (child);
  is_stored = dio_key_store_store_finish (DIO_KEY_STORE (child->keyring), child->finished, is_lasting, error);
  g_clear_object (&child->finished);

  return is_stored;
}

static gboolean
clear (Child       *child,
       const char  *account,
       GError     **error)
{
  gboolean is_cleared;

  dio_key_store_clear_async (DIO_KEY_STORE (child->keyring), "kling", account, NULL, finished_cb, child);
  wait_for (child);
  is_cleared = dio_key_store_clear_finish (DIO_KEY_STORE (child->keyring), child->finished, error);
  g_clear_object (&child->finished);

  return is_cleared;
}

static void
assert_key (Child      *child,
            const char *account,
            const char *expected,
            gboolean    expected_lasting)
{
  g_autoptr(GError) error = NULL;
  gboolean is_lasting = !expected_lasting;
  g_autofree char *key = lookup (child, account, &is_lasting, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, expected);
  g_assert_cmpint (is_lasting, ==, expected_lasting);
}

static void
store_well (Child      *child,
            const char *account,
            const char *key,
            gboolean    expected_lasting)
{
  g_autoptr(GError) error = NULL;
  gboolean is_lasting = !expected_lasting;

  store (child, account, key, &is_lasting, &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_lasting, ==, expected_lasting);
}

static void
clear_well (Child      *child,
            const char *account)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (clear (child, account, &error));
  g_assert_no_error (error);
}

/* Keeping, replacing and forgetting, in whatever place. */
static void
use_keys (Child    *child,
          gboolean  is_lasting)
{
  assert_key (child, "default", NULL, FALSE);
  store_well (child, "default", "first", is_lasting);
  store_well (child, "default", KEY, is_lasting);
  store_well (child, "second account", "access\nsecret", is_lasting);
  assert_key (child, "default", KEY, is_lasting);
  assert_key (child, "second account", "access\nsecret", is_lasting);

  clear_well (child, "second account");
  assert_key (child, "second account", NULL, FALSE);
  clear_well (child, "second account");
  assert_key (child, "default", KEY, is_lasting);
}

/* A key for this run comes first, and leaves the kept one alone. */
static void
use_session_key (Child *child)
{
  dio_keyring_set_session_key (child->keyring, "kling", "default", "of this run");
  assert_key (child, "default", "of this run", FALSE);
  g_assert_finalize_object (child->keyring);
  child->keyring = dio_keyring_new ();
  assert_key (child, "default", KEY, TRUE);

  dio_keyring_set_session_key (child->keyring, "kling", "default", "of this run");
  store_well (child, "default", KEY, TRUE);
  assert_key (child, "default", KEY, TRUE);
}

/* What a person sees of it in their own keyring. */
static void
assert_item (void)
{
  g_autoptr(GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  GList *items;

  g_hash_table_insert (attributes, (gpointer) "xdg:schema", (gpointer) "io.github.diorama.Diorama.Key");
  g_hash_table_insert (attributes, (gpointer) "provider", (gpointer) "kling");
  items = secret_service_search_sync (NULL, NULL, attributes, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  label = secret_item_get_label (items->data);
  g_assert_cmpstr (label, ==, "Diorama: kling, default");
  g_list_free_full (items, g_object_unref);
}

static void
lock_keyring (void)
{
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GError) error = NULL;
  GList objects = { NULL, NULL, NULL };

  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (collection);
  objects.data = collection;
  g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

/* Nobody unlocks it: nothing is found, kept or forgotten, least of all silently. */
static void
use_locked (Child *child)
{
  g_autoptr(GError) error = NULL;
  gboolean is_lasting;

  lock_keyring ();
  g_assert_null (lookup (child, "default", &is_lasting, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_false (store (child, "default", "another", &is_lasting, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);
  g_assert_null (strstr (error->message, "another"));
  g_clear_error (&error);
  g_assert_false (clear (child, "default", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);
}

/* There is a service, and no keyring yet: nobody is there to let it be made. */
static void
use_refused (Child *child)
{
  g_autoptr(GError) error = NULL;
  gboolean is_lasting;

  g_assert_false (store (child, "default", KEY, &is_lasting, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_AUTH);
  assert_key (child, "default", NULL, FALSE);
}

static void
use_cancelled (Child *child)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  dio_key_store_lookup_async (DIO_KEY_STORE (child->keyring), "kling", "default", cancellable, finished_cb, child);
  wait_for (child);
  g_assert_null (dio_key_store_lookup_finish (DIO_KEY_STORE (child->keyring), child->finished, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&child->finished);
}

static void
appeared_cb (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* @password: (nullable): NULL to leave it locked */
static GSubprocess *
start_daemon (const char *password)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_there = FALSE;
  GSubprocess *daemon;
  GOutputStream *input;
  guint watch;

  /* It warns of itself, and is not ours to stop for that. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--components=secrets", password != NULL ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (daemon);
  if (password != NULL)
    g_output_stream_write_all (input, password, strlen (password), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, &error);
  g_assert_no_error (error);

  watch = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_WATCHER_FLAGS_NONE,
                            appeared_cb, NULL, &is_there, NULL);
  while (!is_there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);

  return daemon;
}

static void
stop_daemon (GSubprocess *daemon)
{
  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, NULL);
  g_object_unref (daemon);
}

static int
run_child (const char *what)
{
  Child child = { dio_keyring_new (), NULL };
  GSubprocess *daemon = NULL;

  if (!g_str_equal (what, "without"))
    daemon = start_daemon (g_str_equal (what, "refused") ? NULL : PASSWORD);

  if (g_str_equal (what, "without"))
    {
      use_keys (&child, FALSE);
    }
  else if (g_str_equal (what, "with"))
    {
      use_keys (&child, TRUE);
      use_session_key (&child);
      use_cancelled (&child);
      assert_item ();
    }
  else if (g_str_equal (what, "again"))
    {
      assert_key (&child, "default", KEY, TRUE);
      use_locked (&child);
    }
  else if (g_str_equal (what, "refused"))
    {
      use_refused (&child);
    }

  g_assert_finalize_object (child.keyring);
  if (daemon != NULL)
    stop_daemon (daemon);

  return 0;
}

/* What the parent does */

typedef struct
{
  char *folder; /* (owned): of data, run-time files and the bus's own */
} Fixture;

static const char bus_config[] =
  "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
  "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">"
  "<busconfig><type>session</type><listen>unix:dir=%s</listen><servicedir>%s</servicedir>"
  "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
  "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_remove (path);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *config = NULL;
  g_autofree char *text = NULL;

  self->folder = g_dir_make_tmp ("dio-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  config = g_build_filename (self->folder, "bus.conf", NULL);
  text = g_strdup_printf (bus_config, self->folder, self->folder);
  g_file_set_contents (config, text, -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  remove_tree (self->folder);
  g_free (self->folder);
}

static GSubprocessLauncher *
make_launcher (Fixture *self)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *nowhere = g_strdup_printf ("unix:path=%s/nowhere", self->folder);
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", nowhere, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", self->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");

  return launcher;
}

/* libsecret 0.20 loses a list whenever something is to be unlocked. */
static void
allow_leaks (GSubprocessLauncher *launcher)
{
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *more = g_strconcat (options != NULL ? options : "", ":detect_leaks=0", NULL);

  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", more, TRUE);
}

static void
run_on_bus (Fixture    *self,
            const char *what,
            gboolean    leaks)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher (self);
  g_autofree char *config = g_strdup_printf ("--config-file=%s/bus.conf", self->folder);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GError) error = NULL;

  if (leaks)
    allow_leaks (launcher);
  child = g_subprocess_launcher_spawn (launcher, &error, "dbus-run-session", config, "--",
                                       program, "--child", what, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
find_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  g_autofree char *reason = g_strdup_printf ("%s is not installed", name);

  if (path == NULL)
    g_test_skip (reason);

  return path != NULL;
}

static void
test_keyring_no_bus (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher (fixture);
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GError) error = NULL;

  child = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", "--child", "without", NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
}

static void
test_keyring_no_service (Fixture       *fixture,
                         gconstpointer  data)
{
  if (find_program ("dbus-run-session"))
    run_on_bus (fixture, "without", FALSE);
}

/* Installed, but it does not come up. */
static void
test_keyring_broken_service (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "org.freedesktop.secrets.service", NULL);
  g_autoptr(GError) error = NULL;

  if (!find_program ("dbus-run-session"))
    return;

  g_file_set_contents (path, "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n", -1, &error);
  g_assert_no_error (error);
  run_on_bus (fixture, "without", FALSE);
}

/* Whether the key itself is in a file below @path. */
static gboolean
is_key_in (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *contents = NULL;
  const char *name;
  gsize size;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (is_key_in (child))
        return TRUE;
    }

  return dir == NULL && g_file_get_contents (path, &contents, &size, NULL) &&
         memmem (contents, size, KEY, strlen (KEY)) != NULL;
}

static void
test_keyring_real (Fixture       *fixture,
                   gconstpointer  data)
{
  if (!find_program ("dbus-run-session") || !find_program ("gnome-keyring-daemon"))
    return;

  run_on_bus (fixture, "with", FALSE);
  run_on_bus (fixture, "again", TRUE);
  g_assert_false (is_key_in (fixture->folder));
}

static void
test_keyring_refused (Fixture       *fixture,
                      gconstpointer  data)
{
  if (find_program ("dbus-run-session") && find_program ("gnome-keyring-daemon"))
    run_on_bus (fixture, "refused", TRUE);
}

#define add(path, func) g_test_add ("/keyring/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);

  add ("no-bus", test_keyring_no_bus);
  add ("no-service", test_keyring_no_service);
  add ("broken-service", test_keyring_broken_service);
  add ("real", test_keyring_real);
  add ("refused", test_keyring_refused);

  return g_test_run ();
}
