/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose --recall: a picture is all that is needed to make it again,
 * and it tells nothing that is nobody's business. */

#include "config.h"

#include "cli-hosted.h"
#include "cli-pictures.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-picture-metadata.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_ROUNDS 8

/* File names as people have them. */
#define PERSON "Mustermann"

typedef struct
{
  const char *id;
  const char *seed;      /* (nullable): its name there */
  const char *values[6]; /* some of what can be set */
} Vendor;

static const Vendor vendors[] = {
  { "local", "seed", { "match=35", "shadow=0", "width=320", "height=256", "jitter=100" } },
  { "modelslab", "seed", { "negative_prompt=blurry & “grey”", "noise_scale_end=0.5", "width=1536", "temp=true" } },
  { "kling", NULL, { "aspect_ratio=16:9" } },
  { "runware", "seed", { "outputFormat=JPEG", "resolution=1k", "outputQuality=80" } },
};

static const char *const words[] = { "blue", "an „alte“ clock", "<&>", "at night", "🌱", "in the rain\non stone" };

static void
set_up (Hosted        *hosted,
        gconstpointer  script)
{
  hosted_set_up (hosted, script);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("Erika " PERSON " %u.png", i);

      bench_write (&hosted->bench, name, picture_subject (320 + 4 * i));
    }
}

static void
add (GPtrArray  *arguments,
     const char *option,
     char       *value)
{
  g_ptr_array_add (arguments, g_strdup (option));
  g_ptr_array_add (arguments, value);
}

static char *
make_prompt (GRand *rand,
             guint  n_photos)
{
  g_autoptr(GString) prompt = g_string_new ("A picture of");

  for (guint i = 0; i < n_photos; i++)
    g_string_append_printf (prompt, " @thing%u %s,", i, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);

  return g_strdup (prompt->str);
}

/* The first is a subject, without which no picture is made here. */
static GPtrArray *
make_arguments (const Vendor *vendor,
                GRand        *rand)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  guint n_photos = g_rand_int_range (rand, 1, 5);
  guint scene = g_rand_int_range (rand, 1, 5);
  guint style = g_rand_int_range (rand, 1, 5);

  for (guint i = 0; i < n_photos; i++)
    add (arguments, i == scene ? "--scene" : i == style ? "--style" : "--subject",
         g_strdup_printf ("Erika " PERSON " %u.png=thing%u", i, i));
  add (arguments, "--prompt", make_prompt (rand, n_photos));
  if (vendor->seed != NULL)
    add (arguments, "--set", g_strdup_printf ("%s=%d", vendor->seed, g_rand_int_range (rand, 0, 1000000)));
  for (guint i = 0; vendor->values[i] != NULL; i++)
    if (g_rand_boolean (rand))
      add (arguments, "--set", g_strdup (vendor->values[i]));
  if (g_rand_boolean (rand))
    add (arguments, "--roles", g_strdup ("The first is the one"));

  return arguments;
}

static Run *
compose (Hosted            *hosted,
         const Vendor      *vendor,
         GPtrArray         *first,
         const char *const *last)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_add (all, (char *) "compose");
  if (!g_str_equal (vendor->id, "local"))
    {
      g_ptr_array_add (all, (char *) "--endpoint");
      g_ptr_array_add (all, hosted->server->url);
    }
  for (guint i = 0; first != NULL && i < first->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (first, i));
  for (; *last != NULL; last++)
    g_ptr_array_add (all, (char *) *last);
  g_ptr_array_add (all, NULL);

  return bench_run_argv (&hosted->bench, SERVER_KEY "\n", (const char *const *) all->pdata);
}

/* What is drawn by lot for each request, and what photos are called, is another
 * each time. */
static char *
mask (const char *text)
{
  g_autoptr(GRegex) ids = g_regex_new ("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", 0, 0, NULL);
  g_autoptr(GRegex) names = g_regex_new ("Erika " PERSON " ([0-9])", 0, 0, NULL);
  g_autofree char *masked = g_regex_replace (ids, text, -1, 0, "<id>", 0, NULL);

  return g_regex_replace (names, masked, -1, 0, "thing\\1", 0, NULL);
}

/* Only the photos and the pictures are left. */
static void
lose_database (Hosted *hosted)
{
  static const char *const names[] = { "library.db", "library.db-wal", "library.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (hosted->bench.folder, "home", "XDG_DATA_HOME", "diorama", names[i], NULL);

      g_unlink (path);
    }
}

static GBytes *
read_file (Hosted     *hosted,
           const char *line)
{
  g_autofree char *name = g_strndup (line, strcspn (line, "\n"));
  g_autofree char *path = bench_path (&hosted->bench, name);
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

/* A shorter one could be in any picture by chance. */
static const char *
get_login (void)
{
  return strlen (g_get_user_name ()) >= 4 ? g_get_user_name () : CLI_USER;
}

static void
assert_no_secret (Hosted *hosted,
                  GBytes *file)
{
  const char *const secrets[] = { SERVER_KEY, PERSON, "Erika", hosted->bench.folder, hosted->server->url,
                                  g_get_home_dir (), CLI_USER, get_login () };
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (memmem (data, size, secrets[i], strlen (secrets[i])) != NULL)
      g_error ("“%s” is in a picture", secrets[i]);
}

static void
assert_same_requests (Hosted       *hosted,
                      const Vendor *vendor,
                      GPtrArray    *arguments,
                      const char   *picture)
{
  const char *const dry[] = { "--provider", vendor->id, "--dry-run", NULL };
  const char *const recalled[] = { "--recall", picture, "--dry-run", NULL };
  g_autoptr(Run) first = compose (hosted, vendor, arguments, dry);
  g_autoptr(Run) second = compose (hosted, vendor, NULL, recalled);
  g_autofree char *expected = mask (first->out);
  g_autofree char *got = mask (second->out);

  g_assert_cmpint (first->status, ==, 0);
  g_test_message ("%s", second->err);
  g_assert_cmpint (second->status, ==, 0);
  g_assert_cmpstr (got, ==, expected);
}

/* What is made of it is the same, and tells the same. */
static void
assert_same_picture (Hosted *hosted,
                     GBytes *file,
                     GBytes *other_file)
{
  g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_read (file);
  g_autoptr(DioPictureMetadata) other_metadata = dio_picture_metadata_read (other_file);
  g_autoptr(DioPixels) pixels = dio_image_decode (file, 0, NULL, NULL, NULL);
  g_autoptr(DioPixels) other = dio_image_decode (other_file, 0, NULL, NULL, NULL);

  g_assert_cmpstr (metadata->recipe, ==, other_metadata->recipe);
  g_assert_cmpint (metadata->seed, ==, other_metadata->seed);
  g_assert_cmpmem (pixels->data, pixels->height * pixels->stride, other->data, other->height * other->stride);
}

static void
test_round_trip (Hosted        *hosted,
                 gconstpointer  script)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261128);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const Vendor *vendor = &vendors[i % G_N_ELEMENTS (vendors)];
      gboolean is_local = g_str_equal (vendor->id, "local");
      g_autoptr(GPtrArray) arguments = make_arguments (vendor, rand);
      g_autofree char *output = g_strdup_printf ("first-%u", i);
      g_autofree char *again = g_strdup_printf ("again-%u", i);
      const char *const make[] = { "--provider", vendor->id, "--yes", "--output", output,
                                   is_local ? NULL : "--key-stdin", NULL };
      g_autoptr(Run) made = compose (hosted, vendor, arguments, make);
      g_autofree char *picture = NULL;
      g_autoptr(GBytes) file = NULL;

      g_test_message ("%s: %s", vendor->id, made->err);
      g_assert_cmpint (made->status, ==, 0);
      picture = g_strndup (made->out, strcspn (made->out, "\n"));
      file = read_file (hosted, picture);
      assert_no_secret (hosted, file);

      lose_database (hosted);
      assert_same_requests (hosted, vendor, arguments, picture);
      if (is_local)
        {
          const char *const remake[] = { "--recall", picture, "--output", again, NULL };
          g_autoptr(Run) remade = compose (hosted, vendor, NULL, remake);
          g_autoptr(GBytes) other = NULL;

          g_assert_cmpint (remade->status, ==, 0);
          other = read_file (hosted, remade->out);
          assert_same_picture (hosted, file, other);
        }
    }
}

/* What is typed comes after it. */
static void
test_override (Hosted        *hosted,
               gconstpointer  script)
{
  g_autoptr(Run) made = bench_run (&hosted->bench, "compose", "--subject", "watch.png", "--prompt", "@watch",
                                   "--set", "seed=7", "--set", "width=256", "--set", "height=256",
                                   "--output", "first", NULL);
  g_autofree char *picture = g_strndup (made->out, strcspn (made->out, "\n"));
  g_autoptr(Run) again = bench_run (&hosted->bench, "compose", "--recall", picture, "--set", "seed=8",
                                    "--output", "again", NULL);
  g_autoptr(GBytes) file = read_file (hosted, again->out);
  g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_read (file);

  g_assert_cmpint (metadata->seed, ==, 8);
  g_assert_true (metadata->is_composite);
  g_assert_cmpstr (metadata->prompt, ==, "@watch");
  g_assert_cmpuint (metadata->parents->len, ==, 1);
}

/* Each is told: no metadata, no file, no photos. */
static void
test_not_recalled (Hosted        *hosted,
                   gconstpointer  script)
{
  g_autofree char *photos = g_build_filename (hosted->bench.folder, "home", "XDG_DATA_HOME", "diorama", "references", NULL);
  g_autofree char *away = bench_path (&hosted->bench, "away");
  g_autoptr(Run) made = bench_run (&hosted->bench, "compose", "--subject", "watch.png", "--prompt", "@watch",
                                   "--set", "width=256", "--set", "height=256", "--output", "first", NULL);
  g_autofree char *picture = g_strndup (made->out, strcspn (made->out, "\n"));
  g_autoptr(Run) photo = bench_run (&hosted->bench, "compose", "--recall", "watch.png", "--dry-run", NULL);
  g_autoptr(Run) nothing = bench_run (&hosted->bench, "compose", "--recall", "nothing.png", "--dry-run", NULL);
  g_autoptr(Run) both = bench_run (&hosted->bench, "compose", "--recall", picture, "--composition", "x", "--dry-run", NULL);
  g_autoptr(Run) gone = NULL;

  assert_error (photo, 18, "does not tell how it was made");
  g_assert_cmpint (nothing->status, !=, 0);
  g_assert_cmpint (both->status, ==, 2);

  g_assert_cmpint (g_rename (photos, away), ==, 0);
  gone = bench_run (&hosted->bench, "compose", "--recall", picture, "--dry-run", NULL);
  g_assert_cmpint (gone->status, !=, 0);
  g_assert_nonnull (strstr (gone->err, "watch"));
}

/* Of another program: the prompt, and what the model has a place for. */
static void
test_foreign (Hosted        *hosted,
              gconstpointer  script)
{
  g_autoptr(GHashTable) text = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(DioPixels) pixels = dio_pixels_new (16, 16, 3);
  g_autoptr(GBytes) picture = NULL;
  g_autoptr(Run) run = NULL;
  g_autoptr(GBytes) file = NULL;
  g_autoptr(DioPictureMetadata) metadata = NULL;

  memset (pixels->data, 0, (gsize) pixels->height * pixels->stride);
  g_hash_table_insert (text, (char *) "parameters",
                       (char *) "a watch\nNegative prompt: blurry\nSteps: 20, Seed: 42, Size: 320x256, Model: m");
  picture = dio_image_encode_png (pixels, text, NULL);
  bench_write (&hosted->bench, "foreign.png", g_steal_pointer (&picture));

  run = bench_run (&hosted->bench, "compose", "--recall", "foreign.png", "--subject", "watch.png",
                   "--output", "first", NULL);
  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 0);
  file = read_file (hosted, run->out);
  metadata = dio_picture_metadata_read (file);
  g_assert_cmpint (metadata->writer, ==, DIO_METADATA_DIORAMA);
  g_assert_cmpstr (metadata->prompt, ==, "a watch");
  g_assert_cmpint (metadata->seed, ==, 42);
  g_assert_nonnull (strstr (metadata->recipe, "\"width\":320,\"height\":256"));
}

#define ADD(path, func) g_test_add ("/cli-recall/" path, Hosted, NO_RULES, set_up, func, hosted_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("override", test_override);
  ADD ("not-recalled", test_not_recalled);
  ADD ("foreign", test_foreign);

  return g_test_run ();
}
