/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a library of many results to measure with: some dozen small pictures of
 * mixed sizes and shapes, each the content of many files, prompts that differ,
 * jobs of one to four pictures over two years. The same number gives the same
 * library. */

#include "config.h"

#include "library-fixture.h"

#include "dio-hash.h"
#include "dio-image-encode.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#define N_PICTURES 48
/* A file has at most some ten thousand names. */
#define MAX_LINKS 2000
#define N_ROOTS 12
#define NEWEST G_GINT64_CONSTANT (1795867200000000) /* 28 November 2026 */
#define SPAN (730 * G_TIME_SPAN_DAY)

typedef struct
{
  GBytes *bytes;
  char   *hash;
  char   *source;  /* the file that others are names of */
  guint   n_links;
  int     width;
  int     height;
  gboolean is_png;
} Picture;

typedef struct
{
  const char   *folder;
  sqlite3      *database;
  sqlite3_stmt *add_job;
  sqlite3_stmt *add_result;
  GRand        *random;
  Picture       pictures[N_PICTURES];
} Maker;

static const struct
{
  int width;
  int height;
} shapes[] = {
  { 512, 512 }, { 640, 480 }, { 480, 640 }, { 768, 432 }, { 432, 768 }, { 1024, 1024 },
  { 800, 533 }, { 533, 800 }, { 960, 320 }, { 320, 960 }, { 1200, 800 }, { 256, 256 },
};

static const char *const things[] = {
  "watch", "teapot", "lamp", "chair", "violin", "backpack", "bottle", "sneaker", "camera", "vase", "clock", "bicycle",
};
static const char *const places[] = {
  "wooden table", "marble shelf", "beach at dusk", "rainy street", "snowy forest", "kitchen counter", "rooftop",
  "desert road", "museum hall", "greenhouse", "harbour", "attic",
};
static const char *const lights[] = {
  "soft morning light", "hard noon sun", "candle light", "blue hour", "studio light", "neon signs", "fog", "backlight",
};
static const char *const looks[] = {
  "oil painting", "photograph", "watercolour", "pencil drawing", "film still", "poster", "woodcut", "polaroid",
};
static const struct
{
  const char *provider;
  const char *model;
} makers[] = {
  { "local", "local" }, { "runware", "google:4@3" }, { "kling", "kling-v2" }, { "modelslab", "nano-banana-pro" },
};

static void
check (sqlite3 *database,
       int      code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (database));
}

/* A slope of two colours with a disc in it, so that each can be told apart. */
static DioPixels *
draw (guint number,
      int   width,
      int   height)
{
  DioPixels *pixels = dio_pixels_new (width, height, 3);
  int radius = MIN (width, height) / 3;

  for (int y = 0; y < height; y++)
    {
      guint8 *row = dio_pixels_row (pixels, y);

      for (int x = 0; x < width; x++)
        {
          int dx = x - width / 2;
          int dy = y - height / 2;
          gboolean is_disc = dx * dx + dy * dy < radius * radius;

          row[3 * x] = is_disc ? (int) number * 53 : x * 255 / width;
          row[3 * x + 1] = is_disc ? (int) number * 97 : y * 255 / height;
          row[3 * x + 2] = is_disc ? number * 193 : number * 5;
        }
    }

  return pixels;
}

static void
make_pictures (Maker *self)
{
  for (guint i = 0; i < N_PICTURES; i++)
    {
      Picture *picture = &self->pictures[i];
      g_autoptr(DioPixels) pixels = NULL;
      g_autoptr(GError) error = NULL;

      picture->width = shapes[i % G_N_ELEMENTS (shapes)].width;
      picture->height = shapes[i % G_N_ELEMENTS (shapes)].height;
      picture->is_png = i % 4 == 0;
      pixels = draw (i, picture->width, picture->height);
      picture->bytes = picture->is_png ? dio_image_encode_png (pixels, NULL, &error)
                                       : dio_image_encode_jpeg (pixels, 85, &error);
      g_assert_no_error (error);
      picture->hash = dio_hash_bytes (picture->bytes);
    }
}

static void
write_file (Maker      *self,
            Picture    *picture,
            const char *path)
{
  g_autoptr(GError) error = NULL;

  if (picture->source != NULL && picture->n_links < MAX_LINKS && link (picture->source, path) == 0)
    {
      picture->n_links++;
      return;
    }

  g_file_set_contents_full (path, g_bytes_get_data (picture->bytes, NULL), g_bytes_get_size (picture->bytes),
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  g_free (picture->source);
  picture->source = g_strdup (path);
  picture->n_links = 1;
}

static const char *
pick (Maker             *self,
      const char *const *words,
      guint              n)
{
  return words[g_rand_int_range (self->random, 0, n)];
}

#define PICK(self, words) pick (self, words, G_N_ELEMENTS (words))

static void
bind_text (sqlite3_stmt *statement,
           int           column,
           const char   *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

static void
run (Maker        *self,
     sqlite3_stmt *statement)
{
  check (self->database, sqlite3_step (statement));
  sqlite3_reset (statement);
}

static void
add_job (Maker      *self,
         const char *id,
         guint       maker,
         const char *thing,
         const char *parent,
         const char *prompt,
         gint64      created)
{
  g_autofree char *request =
    g_strdup_printf ("{\"id\":\"%s\",\"provider\":\"%s\",\"model\":\"%s\",\"title\":\"\",\"prompt\":\"%s\",\"roles\":\"\","
                     "\"references\":[{\"name\":\"%s\",\"role\":\"subject\",\"hash\":\"%s\",\"type\":\"image/png\","
                     "\"file\":\"%s.png\"}],\"values\":{}}",
                     id, makers[maker].provider, makers[maker].model, prompt, thing, parent, thing);

  bind_text (self->add_job, 1, id);
  bind_text (self->add_job, 2, makers[maker].provider);
  bind_text (self->add_job, 3, makers[maker].model);
  bind_text (self->add_job, 4, prompt);
  bind_text (self->add_job, 5, request);
  sqlite3_bind_int64 (self->add_job, 6, created);
  run (self, self->add_job);
}

static void
add_result (Maker      *self,
            guint       number,
            const char *job_id,
            guint       index,
            guint       maker,
            const char *thing,
            const char *parent,
            const char *prompt,
            gint64      created)
{
  Picture *picture = &self->pictures[g_rand_int_range (self->random, 0, N_PICTURES)];
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-9000-%012u", number);
  g_autofree char *name = g_strdup_printf ("result %06u %s %u.%s", number, thing, index + 1,
                                           picture->is_png ? "png" : "jpg");
  g_autofree char *path = g_build_filename (self->folder, "pictures", name, NULL);
  g_autofree char *parents = g_strdup_printf ("[\"%s\"]", parent);

  write_file (self, picture, path);
  bind_text (self->add_result, 1, id);
  bind_text (self->add_result, 2, job_id);
  sqlite3_bind_int (self->add_result, 3, index);
  bind_text (self->add_result, 4, name);
  sqlite3_bind_int (self->add_result, 5, picture->width);
  sqlite3_bind_int (self->add_result, 6, picture->height);
  sqlite3_bind_int64 (self->add_result, 7, number);
  sqlite3_bind_int64 (self->add_result, 8, created);
  bind_text (self->add_result, 9, makers[maker].provider);
  bind_text (self->add_result, 10, makers[maker].model);
  bind_text (self->add_result, 11, prompt);
  bind_text (self->add_result, 12, thing);
  sqlite3_bind_int (self->add_result, 13, g_rand_int_range (self->random, 0, 12) % 6);
  bind_text (self->add_result, 14, number % 7 == 0 ? "pick" : number % 11 == 0 ? "reject" : "none");
  bind_text (self->add_result, 15, number % 13 == 0 ? "[\"client\"]" : "[]");
  bind_text (self->add_result, 16, parents);
  bind_text (self->add_result, 17, picture->hash);
  run (self, self->add_result);
}

static void
make_results (Maker *self,
              guint  n)
{
  guint number = 0;

  while (number < n)
    {
      guint maker = g_rand_int_range (self->random, 0, G_N_ELEMENTS (makers));
      guint n_of_job = MIN ((guint) g_rand_int_range (self->random, 1, 5), n - number);
      gint64 created = NEWEST - SPAN + SPAN / n * number;
      const char *thing = PICK (self, things);
      const char *parent = self->pictures[g_rand_int_range (self->random, 0, N_ROOTS)].hash;
      g_autofree char *job_id = g_strdup_printf ("00000000-0000-4000-8000-%012u", number);
      g_autofree char *prompt = g_strdup_printf ("@%s on a %s, %s, %s, take %u", thing, PICK (self, places),
                                                 PICK (self, lights), PICK (self, looks), number);

      add_job (self, job_id, maker, thing, parent, prompt, created);
      for (guint i = 0; i < n_of_job; i++)
        add_result (self, number + i, job_id, i, maker, thing, parent, prompt, created + i);
      number += n_of_job;
    }
}

static void
prepare (Maker *self)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);

  check (self->database, sqlite3_open (path, &self->database));
  check (self->database, sqlite3_exec (self->database, "PRAGMA synchronous = OFF; BEGIN", NULL, NULL, NULL));
  check (self->database,
         sqlite3_prepare_v2 (self->database,
                             "INSERT INTO jobs (id, provider, model, title, prompt, request, state, created, updated) "
                             "VALUES (?1, ?2, ?3, '', ?4, ?5, 'done', ?6, ?6)",
                             -1, &self->add_job, NULL));
  check (self->database,
         sqlite3_prepare_v2 (self->database,
                             "INSERT INTO results (id, job_id, idx, path, width, height, seed, seconds, notes, created,"
                             "                     provider, model, prompt, names, rating, verdict, tags, parents, hash) "
                             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 4.5, '[]', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
                             -1, &self->add_result, NULL));
}

static void
finish (Maker *self)
{
  sqlite3_finalize (self->add_job);
  sqlite3_finalize (self->add_result);
  check (self->database, sqlite3_exec (self->database, "COMMIT", NULL, NULL, NULL));
  check (self->database, sqlite3_close (self->database));
  g_rand_free (self->random);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_bytes_unref (self->pictures[i].bytes);
      g_free (self->pictures[i].hash);
      g_free (self->pictures[i].source);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(DioLibrary) library = NULL;
  g_autofree char *pictures = NULL;
  g_autoptr(GError) error = NULL;
  Maker self = { .random = g_rand_new_with_seed (1) };
  guint64 n;

  if (argc != 3 || !g_ascii_string_to_unsigned (argv[2], 10, 0, 10000000, &n, NULL))
    {
      g_printerr ("Usage: make-library FOLDER NUMBER\n");
      return 2;
    }

  self.folder = argv[1];
  library = dio_library_new (self.folder);
  if (!library_test_open (library, &error) || library_fixture_get_n_results (&(LibraryFixture) { argv[1], library }) > 0)
    g_error ("%s: %s", argv[1], error != NULL ? error->message : "there is a library already");

  pictures = g_build_filename (self.folder, "pictures", NULL);
  if (g_mkdir_with_parents (pictures, 0700) != 0)
    g_error ("%s: %s", pictures, g_strerror (errno));

  prepare (&self);
  make_pictures (&self);
  make_results (&self, n);
  finish (&self);

  return 0;
}
