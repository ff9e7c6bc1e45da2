/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose and cutout, from photos to files. */

#include "config.h"

#include "cli-pictures.h"
#include "cli-runner.h"
#include "dio-document.h"
#include "dio-hash.h"
#include "dio-image-decode.h"

#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* As small as it gets: what is tested here is not the engine. */
#define SMALL "--set", "width=256", "--set", "height=256"

static void
set_up (Bench        *bench,
        gconstpointer data)
{
  bench_set_up (bench, data);
  bench_write (bench, "mug.png", picture_subject (320));
  bench_write (bench, "beach.jpg", picture_scene (320, 240));
}

static Run *
compose (Bench      *bench,
         const char *prompt,
         const char *seed,
         const char *output)
{
  g_autofree char *setting = g_strdup_printf ("seed=%s", seed);

  return bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg",
                    "--prompt", prompt, SMALL, "--set", setting, "--output", output, "--json", NULL);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

static DioPixels *
read_pixels (const char *path)
{
  g_autoptr(GBytes) bytes = read_file (path);
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

static gboolean
has_same_pixels (const char *one_path,
                 const char *other_path)
{
  g_autoptr(DioPixels) one = read_pixels (one_path);
  g_autoptr(DioPixels) other = read_pixels (other_path);

  g_assert_cmpint (one->width, ==, other->width);
  g_assert_cmpint (one->channels, ==, other->channels);
  for (int y = 0; y < one->height; y++)
    {
      if (memcmp (dio_pixels_row (one, y), dio_pixels_row (other, y), one->width * one->channels) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Relative to where the program ran. */
static char *
get_file (Bench *bench,
          Run   *run)
{
  g_autoptr(JsonNode) node = parse_json (run->out);

  return bench_path (bench, json_object_get_string_member (json_node_get_object (node), "file"));
}

static sqlite3 *
open_library (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->folder, "home", "XDG_DATA_HOME", "diorama", "library.db", NULL);
  sqlite3 *database = NULL;

  sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL);
  sqlite3_busy_timeout (database, 10000);

  return database;
}

/* How the library remembers the last job. */
static char *
read_job_state (Bench *bench)
{
  sqlite3 *database = open_library (bench);
  sqlite3_stmt *statement = NULL;
  char *state;

  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT state FROM jobs ORDER BY created DESC", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  state = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (database);

  return state;
}

/* None where there is no library yet. */
static int
count_jobs (Bench *bench)
{
  sqlite3 *database = open_library (bench);
  sqlite3_stmt *statement = NULL;
  int n = 0;

  if (sqlite3_prepare_v2 (database, "SELECT count (*) FROM jobs", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);

  return n;
}

static void
test_json (Bench        *bench,
           gconstpointer data)
{
  g_autoptr(Run) run = compose (bench, "big @mug on the left", "7", "output");
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *members = NULL;
  g_autofree char *file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_auto(GStrv) names = bench_list (bench->output);
  g_autoptr(GError) error = NULL;
  DioImageHeader header;
  JsonObject *object;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_true (strchr (run->out, '\n') == run->out + strlen (run->out) - 1);

  node = parse_json (run->out);
  members = join_members (node);
  g_assert_cmpstr (members, ==, "file,width,height,seed,seconds,used,unused");

  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "width"), ==, 256);
  g_assert_cmpint (json_object_get_int_member (object, "height"), ==, 256);
  g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (object, "seconds"), >, 0);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "used")));
  g_assert_true (JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "unused")));

  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "big mug on the left 1.png");

  file = get_file (bench, run);
  bytes = read_file (file);
  dio_image_header_read (bytes, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpint (header.format, ==, DIO_IMAGE_FORMAT_PNG);
  g_assert_cmpint (header.width, ==, 256);
  g_assert_cmpint (header.height, ==, 256);
}

static void
test_seed (Bench        *bench,
           gconstpointer data)
{
  g_autoptr(Run) first = compose (bench, "@mug", "7", "output");
  g_autoptr(Run) again = compose (bench, "@mug", "7", "output");
  g_autoptr(Run) other = compose (bench, "@mug", "8", "output");
  g_autofree char *first_file = get_file (bench, first);
  g_autofree char *again_file = get_file (bench, again);
  g_autofree char *other_file = get_file (bench, other);
  g_auto(GStrv) names = bench_list (bench->output);

  g_assert_true (has_same_pixels (first_file, again_file));
  g_assert_false (has_same_pixels (first_file, other_file));

  /* Nothing was replaced. */
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_cmpstr (names[0], ==, "mug 1.png");
  g_assert_cmpstr (names[1], ==, "mug 2.png");
  g_assert_cmpstr (names[2], ==, "mug 3.png");
}

static void
test_count (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                                  "--count", "3", "--output", "output", "--json", NULL);
  g_auto(GStrv) names = bench_list (bench->output);
  g_auto(GStrv) lines = g_strsplit (run->out, "\n", -1);
  g_autoptr(GHashTable) seeds = g_hash_table_new (NULL, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[3], ==, "");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(JsonNode) node = parse_json (lines[i]);
      gint64 seed = json_object_get_int_member (json_node_get_object (node), "seed");

      g_assert_true (g_hash_table_add (seeds, GSIZE_TO_POINTER ((gsize) seed)));
    }
}

/* What a folder's composition.json says is the beginning, and what is typed
 * overrides it. */
static void
test_folder (Bench        *bench,
             gconstpointer data)
{
  static const char description[] =
    "{\"title\":\"Still Life\",\"prompt\":\"@cup on the left\",\"model\":\"local\","
    "\"references\":[{\"file\":\"mug.png\",\"name\":\"cup\",\"role\":\"subject\"},"
    "{\"file\":\"beach.jpg\",\"role\":\"scene\"}],"
    "\"values\":{\"width\":264,\"height\":272,\"seed\":5}}";
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) missing = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  bench_write (bench, "composition.json", g_bytes_new_static (description, strlen (description)));
  run = bench_run (bench, "compose", "--composition", ".", "--set", "width=256",
                   "--output", "output", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  node = parse_json (run->out);
  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "width"), ==, 256);
  g_assert_cmpint (json_object_get_int_member (object, "height"), ==, 272);
  g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, 5);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (object, "file"), "Still Life 1.png"));

  missing = bench_run (bench, "compose", "--composition", "nowhere", "--output", "output", NULL);
  assert_error (missing, 19, "composition.json");
}

static void
write_document (Bench      *bench,
                const char *name,
                int         version)
{
  g_autoptr(GBytes) photo = picture_subject (320);
  g_autofree char *hash = dio_hash_bytes (photo);
  g_autofree char *path = bench_path (bench, name);
  g_autofree char *description = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(DioDocument) document = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  description = g_strdup_printf ("{\"version\":%d,\"title\":\"Mug\",\"prompt\":\"@cup\",\"model\":\"local\","
                                 "\"references\":[{\"name\":\"cup\",\"role\":\"subject\",\"hash\":\"%s\",\"file\":\"mug.png\"}],"
                                 "\"values\":{\"width\":264,\"height\":272,\"seed\":5}}",
                                 version, hash);
  root = parse_json (description);
  document = dio_document_new (root);
  g_hash_table_insert (document->photos, g_strdup (hash), g_bytes_ref (photo));
  g_assert_true (dio_document_write (document, file, NULL, &error));
  g_assert_no_error (error);
}

/* A document is a beginning as a folder is. */
static void
test_document (Bench        *bench,
               gconstpointer data)
{
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) newer = NULL;
  g_autoptr(Run) missing = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  write_document (bench, "Mug.diorama", 1);
  run = bench_run (bench, "compose", "--composition", "Mug.diorama", "--set", "width=256",
                   "--output", "output", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  node = parse_json (run->out);
  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "width"), ==, 256);
  g_assert_cmpint (json_object_get_int_member (object, "height"), ==, 272);
  g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, 5);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (object, "file"), "Mug 1.png"));

  write_document (bench, "Tomorrow.diorama", 2);
  newer = bench_run (bench, "compose", "--composition", "Tomorrow.diorama", "--output", "output", NULL);
  assert_error (newer, 25, "newer version");

  bench_write (bench, "text.diorama", g_bytes_new_static ("text", 4));
  missing = bench_run (bench, "compose", "--composition", "text.diorama", "--output", "output", NULL);
  assert_error (missing, 18, "text.diorama");
}

static void
write_composition (Bench      *bench,
                   const char *folder,
                   const char *description)
{
  g_autofree char *path = bench_path (bench, folder);
  g_autofree char *photo = g_build_filename (folder, "mug.png", NULL);
  g_autofree char *name = g_build_filename (folder, "composition.json", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  bench_write (bench, photo, picture_subject (320));
  bench_write (bench, name, g_bytes_new (description, strlen (description)));
}

/* It was composed on this computer as if nothing had been said. */
static void
test_folder_of_unknown_model (Bench        *bench,
                              gconstpointer data)
{
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) typed = NULL;

  write_composition (bench, "other", "{\"model\":\"model-of-tomorrow\",\"references\":[{\"file\":\"mug.png\"}]}");
  run = bench_run (bench, "compose", "--composition", "other", SMALL, "--output", "output", NULL);
  assert_error (run, 19, "model-of-tomorrow");
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));

  typed = bench_run (bench, "compose", "--composition", "other", "--provider", "local", SMALL, "--output", "output", NULL);
  g_assert_cmpint (typed->status, ==, 0);
}

static void
test_folder_broken (Bench        *bench,
                    gconstpointer data)
{
  static const char *const broken[] = { "", "{\"references\":", "[]" };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *folder = g_strdup_printf ("broken-%u", (guint) i);
      g_autoptr(Run) run = NULL;

      write_composition (bench, folder, broken[i]);
      run = bench_run (bench, "compose", "--composition", folder, "--output", "output", NULL);
      assert_error (run, 18, "composition.json");
    }
}

/* What a folder brings counts as what is typed does. */
static void
test_folder_limit (Bench        *bench,
                   gconstpointer data)
{
  g_autoptr(GString) description = g_string_new ("{\"references\":[{\"file\":\"mug.png\"}");
  g_autoptr(Run) enough = NULL;
  g_autoptr(Run) too_many = NULL;

  for (guint i = 1; i < 16; i++)
    g_string_append (description, ",{\"file\":\"mug.png\"}");
  g_string_append (description, "]}");
  /* A name that could be taken for an address. */
  write_composition (bench, "mugs:16", description->str);

  enough = bench_run (bench, "compose", "--composition", "mugs:16", SMALL, "--output", "output", "--json", NULL);
  g_assert_cmpint (enough->status, ==, 0);
  too_many = bench_run (bench, "compose", "--composition", "mugs:16", "--scene", "beach.jpg", SMALL, "--output", "more", NULL);
  assert_error (too_many, 18, "17 photos");
}

static void
test_text (Bench        *bench,
           gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                                  "--prompt", "@mug", "--output", "output", NULL);
  g_auto(GStrv) lines = g_strsplit (run->err, "\n", -1);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "output/mug 1.png\n");

  /* Not a terminal: each step once, and nothing to move the cursor. */
  g_assert_cmpuint (g_strv_length (lines), >=, 4);
  g_assert_null (strpbrk (run->err, "\r\033"));
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_cmpstr (lines[i], !=, lines[i - 1]);
}

/* What is logged is no result, and the job's end is written before the program's. */
static void
test_debug (Bench        *bench,
            gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(Run) run = NULL;

  g_strfreev (bench->variables);
  bench->variables = g_strsplit ("G_MESSAGES_DEBUG=all", "|", -1);
  run = compose (bench, "@mug", "1", "output");
  state = read_job_state (bench);
  node = parse_json (run->out);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (state, ==, "done");
}

static void
test_quiet (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                                  "--prompt", "@mug", "--output", "output", "--quiet", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "output/mug 1.png\n");
  g_assert_null (strstr (run->err, "Reading"));
  g_assert_null (strpbrk (run->err, "\r\033"));
}

/* A root made for tests may have no pseudo-terminals. */
static gboolean
can_open_terminal (void)
{
  int ends[2];

  if (openpty (&ends[0], &ends[1], NULL, NULL, NULL) != 0)
    return FALSE;

  close (ends[0]);
  close (ends[1]);

  return TRUE;
}

/* A terminal sees a bar; “script” of util-linux gives us one. */
static void
test_terminal (Bench        *bench,
               gconstpointer data)
{
  g_autofree char *script = g_find_program_in_path ("script");
  g_autoptr(Run) run = NULL;

  if (script == NULL || !can_open_terminal ())
    {
      g_test_skip ("There is no script program, or no terminal for it");
      return;
    }

  g_strfreev (bench->variables);
  bench->variables = g_strsplit ("TERM=xterm", "|", -1);
  bench->shell = "line=$1; shift; for word; do line=\"$line '$word'\"; done; "
                 "exec script -qec \"stty cols 60; $line\" /dev/null";
  run = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                   "--prompt", "@mug", "--output", "output", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->out, "\r[#"));
  g_assert_nonnull (strstr (run->out, "\r\033[K"));
  g_assert_nonnull (strstr (run->out, "output/mug 1.png"));

  for (const char *line = run->out; (line = strchr (line, '\r')) != NULL; line++)
    {
      const char *end = strpbrk (line + 1, "\r\n\033");

      g_assert_cmpint (end != NULL ? end - line - 1 : 0, <, 60);
    }
}

static void
test_names (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) named = NULL;
  g_autoptr(Run) whole = NULL;
  g_autoptr(Run) bad = NULL;
  g_autoptr(Run) twice = NULL;

  bench_write (bench, "a=b.png", picture_subject (320));

  named = bench_run (bench, "compose", "--subject", "mug.png=cup", "--scene", "beach.jpg=sea", SMALL,
                     "--prompt", "@cup", "--output", "output", "--quiet", NULL);
  g_assert_cmpint (named->status, ==, 0);

  whole = bench_run (bench, "compose", "--subject", "a=b.png", "--subject", "a=b.png=cup", SMALL,
                     "--prompt", "@cup", "--output", "output", "--quiet", NULL);
  g_assert_cmpint (whole->status, ==, 0);

  bad = bench_run (bench, "compose", "--subject", "mug.png=my cup", SMALL, "--output", "other", NULL);
  assert_error (bad, 18, "my cup");

  twice = bench_run (bench, "compose", "--subject", "mug.png=cup", "--subject", "a=b.png=cup", SMALL, "--output", "other", NULL);
  assert_error (twice, 18, "cup");
}

/* The second scene rests, whichever that is: the order is the command line's. */
static void
test_order (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) first = NULL;
  g_autoptr(Run) second = NULL;

  bench_write (bench, "hill.jpg", picture_scene (200, 160));

  first = bench_run (bench, "compose", "--scene", "beach.jpg", "--subject", "mug.png", "--scene", "hill.jpg", SMALL,
                     "--output", "output", "--quiet", NULL);
  second = bench_run (bench, "compose", "--scene", "hill.jpg", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                      "--output", "output", "--quiet", NULL);

  g_assert_cmpint (first->status, ==, 0);
  g_assert_nonnull (strstr (first->err, "hill is not used: This Computer uses 1 scene\n"));
  g_assert_null (strstr (first->err, "beach"));
  g_assert_cmpint (second->status, ==, 0);
  g_assert_nonnull (strstr (second->err, "beach is not used: This Computer uses 1 scene\n"));
}

static void
test_prompt (Bench        *bench,
             gconstpointer data)
{
  const char *arguments[] = { "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                        "--prompt", "-", "--output", "output", "--quiet", NULL };
  /* One byte too many, so that none is left to be written when nobody reads. */
  g_autofree char *endless = g_strnfill (256 * 1024 + 1, 'a');
  g_autoptr(Run) given = bench_run_argv (bench, "Größe und @mug\n", arguments);
  g_autoptr(Run) too_long = NULL;
  g_autoptr(Run) none = NULL;

  g_assert_cmpint (given->status, ==, 0);
  g_assert_cmpstr (given->out, ==, "output/Größe und mug 1.png\n");

  none = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg", SMALL,
                    "--output", "output", "--quiet", NULL);
  g_assert_cmpint (none->status, ==, 0);
  g_assert_cmpstr (none->out, ==, "output/picture 1.png\n");

  arguments[12] = "other";
  g_assert_cmpstr (arguments[11], ==, "--output");
  too_long = bench_run_argv (bench, endless, arguments);
  assert_error (too_long, 18, "prompt");
}

/* A name is no way out of the folder. */
static void
test_file_names (Bench        *bench,
                 gconstpointer data)
{
  g_autofree char *long_prompt = g_strnfill (500, 'x');
  g_autoptr(Run) path = compose (bench, "../../etc/.passwd\n\t\"@mug\"", "1", "output");
  g_autoptr(Run) lengthy = compose (bench, long_prompt, "1", "output");
  g_auto(GStrv) names = bench_list (bench->output);

  g_assert_cmpint (path->status, ==, 0);
  g_assert_cmpint (lengthy->status, ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "etc passwd mug 1.png");
  g_assert_cmpuint (strlen (names[1]), <, 200);
}

static void
assert_cancelled_by (Bench *bench,
                     int    signal)
{
  const char *arguments[] = { "compose", "--subject", "mug.png", "--scene", "beach.jpg",
                              "--set", "width=4096", "--set", "height=4096", "--count", "9",
                              "--output", "output", "--json", NULL };
  int n_jobs = count_jobs (bench);
  g_autoptr(GSubprocess) process = bench_start (bench, arguments);
  g_autofree char *state = NULL;
  g_autoptr(Run) run = NULL;

  /* However slow the computer is: the job is there, and far from done. */
  for (guint i = 0; i < 6000 && count_jobs (bench) == n_jobs; i++)
    g_usleep (G_USEC_PER_SEC / 100);

  g_subprocess_send_signal (process, signal);
  run = bench_finish (process, NULL);
  g_assert_cmpint (run->status, ==, 130);
  assert_json_error (run, "cancelled");
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
  state = read_job_state (bench);
  g_assert_cmpstr (state, ==, "cancelled");
}

static void
test_cancel (Bench        *bench,
             gconstpointer data)
{
  assert_cancelled_by (bench, SIGINT);
  assert_cancelled_by (bench, SIGTERM);
}

/* What was opened first got the number of the closed stream, and messages were
 * written into it. */
static void
test_closed_stderr (Bench        *bench,
                    gconstpointer data)
{
  const char *arguments[] = { "compose", "--subject", "mug.png", "--scene", "beach.jpg",
                              "--set", "width=4096", "--set", "height=4096", "--count", "9",
                              "--output", "output", NULL };
  g_autofree char *library = g_build_filename (bench->folder, "home", "XDG_DATA_HOME", "diorama", "library.db", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *link = NULL;
  g_autofree char *target = NULL;
  g_autoptr(Run) run = NULL;

  bench->shell = "exec \"$@\" 2>&-";
  process = bench_start (bench, arguments);
  for (guint i = 0; i < 1000 && !g_file_test (library, G_FILE_TEST_EXISTS); i++)
    g_usleep (G_USEC_PER_SEC / 100);

  link = g_strdup_printf ("/proc/%s/fd/2", g_subprocess_get_identifier (process));
  target = g_file_read_link (link, NULL);
  g_assert_cmpstr (target, ==, "/dev/null");

  g_subprocess_send_signal (process, SIGTERM);
  run = bench_finish (process, NULL);
  g_assert_cmpint (run->status, ==, 130);
}

static void
set_age (const char *folder,
         const char *name,
         int         hours)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - hours * 3600;
  struct utimbuf times = { .actime = then, .modtime = then };

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* What a killed run left in the folder stayed there, and stood in the way of
 * the next one with the same process number, as containers give out. */
static void
test_left_over (Bench        *bench,
                gconstpointer data)
{
  g_autoptr(Run) run = NULL;
  g_auto(GStrv) names = NULL;

  g_assert_cmpint (g_mkdir (bench->output, 0700), ==, 0);
  set_age (bench->output, ".part-diorama-cli-1-0", 2);
  set_age (bench->output, ".part-diorama-cli-2-0", 0);
  set_age (bench->output, ".part-of-another", 2);
  set_age (bench->output, "old 1.png", 2);

  bench->shell = "for i in 0 1 2 3 4 5; do echo half > output/.part-diorama-cli-$$-$i; done; exec \"$@\"";
  run = compose (bench, "@mug", "7", "output");
  g_assert_cmpint (run->status, ==, 0);

  names = bench_list (bench->output);
  g_assert_cmpuint (g_strv_length (names), ==, 10);
  g_assert_true (g_strv_contains ((const char *const *) names, ".part-diorama-cli-2-0"));
  g_assert_true (g_strv_contains ((const char *const *) names, ".part-of-another"));
  g_assert_true (g_strv_contains ((const char *const *) names, "mug 1.png"));
  g_assert_true (g_strv_contains ((const char *const *) names, "old 1.png"));
}

static void
test_cut_out (Bench        *bench,
              gconstpointer data)
{
  g_autoptr(Run) text = bench_run (bench, "cutout", "mug.png", NULL);
  g_autoptr(Run) taken = bench_run (bench, "cutout", "mug.png", NULL);
  g_autoptr(Run) json = bench_run (bench, "cutout", "mug.png", "--force", "--json", NULL);
  g_autoptr(Run) own = bench_run (bench, "cutout", "mug-cutout.png", "--output", "again.png", NULL);
  g_autofree char *file = bench_path (bench, "mug-cutout.png");
  g_autofree char *pipe = bench_path (bench, "pipe");
  g_autoptr(Run) forced = NULL;
  g_autoptr(DioPixels) pixels = read_pixels (file);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *members = NULL;
  GStatBuf status;

  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpstr (text->err, ==, "");
  g_assert_true (g_str_has_prefix (text->out, "mug-cutout.png\nclean "));
  assert_error (taken, 18, "--force");

  g_assert_cmpint (json->status, ==, 0);
  node = parse_json (json->out);
  members = join_members (node);
  g_assert_cmpstr (members, ==, "file,width,height,flag,seconds");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "flag"), ==, "clean");

  g_assert_cmpint (own->status, ==, 0);
  g_assert_true (g_str_has_prefix (own->out, "again.png\nown-alpha "));

  /* Only files are replaced: a device or a pipe would be gone. */
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  forced = bench_run (bench, "cutout", "mug.png", "--output", "pipe", "--force", NULL);
  assert_error (forced, 18, "pipe");
  g_assert_cmpint (g_stat (pipe, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));

  g_assert_cmpint (pixels->channels, ==, 4);
  g_assert_cmpint (pixels->width, ==, 320);
  g_assert_cmpint (dio_pixels_row (pixels, 2)[4 * 2 + 3], ==, 0);
  g_assert_cmpint (dio_pixels_row (pixels, 160)[4 * 160 + 3], ==, 255);
}

#define ADD(path, func) g_test_add (path, Bench, NULL, set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/cli-compose/json", test_json);
  ADD ("/cli-compose/seed", test_seed);
  ADD ("/cli-compose/count", test_count);
  ADD ("/cli-compose/folder", test_folder);
  ADD ("/cli-compose/document", test_document);
  ADD ("/cli-compose/folder-of-unknown-model", test_folder_of_unknown_model);
  ADD ("/cli-compose/folder-broken", test_folder_broken);
  ADD ("/cli-compose/folder-limit", test_folder_limit);
  ADD ("/cli-compose/text", test_text);
  ADD ("/cli-compose/debug", test_debug);
  ADD ("/cli-compose/quiet", test_quiet);
  ADD ("/cli-compose/terminal", test_terminal);
  ADD ("/cli-compose/names", test_names);
  ADD ("/cli-compose/order", test_order);
  ADD ("/cli-compose/prompt", test_prompt);
  ADD ("/cli-compose/file-names", test_file_names);
  ADD ("/cli-compose/cancel", test_cancel);
  ADD ("/cli-compose/closed-stderr", test_closed_stderr);
  ADD ("/cli-compose/left-over", test_left_over);
  ADD ("/cli-compose/cut-out", test_cut_out);

  return g_test_run ();
}
