/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body is as long as it says, holds what was put in, and is never in memory. */

#include "config.h"

#include "dio-body.h"
#include "dio-error.h"
#include "dio-json.h"

#include <glib/gstdio.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct
{
  char  *folder; /* (owned) */
  GFile *file;   /* (owned) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("dio-body-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  path = g_build_filename (fixture->folder, "watch.jpg", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_assert_finalize_object (fixture->file);
  g_free (fixture->folder);
}

static guchar
get_byte (gsize i)
{
  return (i * 2654435761u) >> 13;
}

static void
write_file (Fixture *fixture,
            gsize    size)
{
  g_autofree guchar *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = get_byte (i);

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), (char *) bytes, size, NULL));
}

/* {"prompt": prompt, "image": the file's token} */
static DioBody *
make_body (Fixture    *fixture,
           goffset     size,
           const char *prefix,
           const char *prompt)
{
  DioBody *body = dio_body_new ();
  g_autofree char *token = dio_body_add_file (body, fixture->file, size, prefix, "watch.jpg, some bytes");
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (root, json_object_new ());
  json_object_set_string_member (json_node_get_object (root), "prompt", prompt);
  json_object_set_string_member (json_node_get_object (root), "image", token);
  dio_body_set_json (body, root);

  return body;
}

static char *
read_whole (DioBody *body,
            gsize    chunk,
            gsize   *length,
            GError **error)
{
  g_autoptr(GInputStream) stream = dio_body_open (body);
  g_autoptr(GByteArray) read = g_byte_array_new ();
  g_autofree guchar *buffer = g_malloc (chunk);
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, buffer, chunk, NULL, error)) > 0)
    g_byte_array_append (read, buffer, n_read);

  g_assert_finalize_object (g_steal_pointer (&stream));
  if (n_read < 0)
    return NULL;

  *length = read->len;
  g_byte_array_append (read, (const guint8 *) "", 1);

  return (char *) g_byte_array_free (g_steal_pointer (&read), FALSE);
}

static void
assert_body (Fixture    *fixture,
             gsize       size,
             gsize       chunk,
             const char *prefix,
             const char *prompt)
{
  g_autoptr(DioBody) body = make_body (fixture, size, prefix, prompt);
  g_autofree guchar *decoded = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  const char *image;
  gsize n_decoded;
  gsize length;

  text = read_whole (body, chunk, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (length, ==, dio_body_get_length (body));

  root = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_json_get_string (json_node_get_object (root), "prompt"), ==, prompt);

  image = dio_json_get_string (json_node_get_object (root), "image");
  g_assert_true (g_str_has_prefix (image, prefix != NULL ? prefix : ""));
  decoded = g_base64_decode (image + strlen (prefix != NULL ? prefix : ""), &n_decoded);
  g_assert_cmpuint (n_decoded, ==, size);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpuint (decoded[i], ==, get_byte (i));

  g_assert_finalize_object (g_steal_pointer (&body));
}

static void
test_body_sizes (Fixture      *fixture,
                 gconstpointer data)
{
  static const gsize around[] = { 0, 3, 48 * 1024, 2 * 48 * 1024, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      for (int off = -4; off <= 4; off++)
        {
          if ((int) around[i] + off < 0)
            continue;

          write_file (fixture, around[i] + off);
          assert_body (fixture, around[i] + off, 8192, NULL, "a table");
          assert_body (fixture, around[i] + off, 65536, "data:image/jpeg;base64,", "a table");
        }
    }

  write_file (fixture, 100);
  assert_body (fixture, 100, 1, "data:image/jpeg;base64,", "a table");
}

/* What a person types never becomes bytes of a file, and comes through as typed. */
static void
test_body_prompts (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const prompts[] = {
    "",
    "\"}, {\"image\": \"<watch.jpg, some bytes>\"",
    "back\\slash \"quoted\" / {braces} [brackets]",
    "line\nbreak\ttab\rreturn \x01\x1f\x7f",
    "00000000-0000-0000-0000-000000000000:0;",
    ":0; :1;",
    "snow ☃, an emoji 🪟, line\xe2\x80\xa8separator",
  };

  write_file (fixture, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    assert_body (fixture, 1000, 4096, "data:image/png;base64,", prompts[i]);
}

/* Not even who has seen the token of another body can name a file of this one. */
static void
test_body_token_of_another (Fixture      *fixture,
                            gconstpointer data)
{
  g_autoptr(DioBody) other = dio_body_new ();
  g_autofree char *token = dio_body_add_file (other, fixture->file, 1000, NULL, "label");

  write_file (fixture, 1000);
  assert_body (fixture, 1000, 4096, NULL, token);
}

static void
test_body_many_files (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr(DioBody) body = dio_body_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(JsonNode) sent = NULL;
  g_autofree char *text = NULL;
  JsonArray *array = json_array_new ();
  gsize length;

  json_node_take_array (root, array);
  write_file (fixture, 4);
  /* More than ten: no token is the beginning of another. */
  for (guint i = 0; i < 14; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%u,", i);
      g_autofree char *token = dio_body_add_file (body, fixture->file, 4, prefix, "label");

      json_array_add_string_element (array, token);
    }
  /* The first again. */
  json_array_add_string_element (array, json_array_get_string_element (array, 0));
  dio_body_set_json (body, root);

  text = read_whole (body, 4096, &length, NULL);
  g_assert_nonnull (text);
  g_assert_cmpint (length, ==, dio_body_get_length (body));
  sent = json_from_string (text, NULL);
  for (guint i = 0; i < 15; i++)
    {
      const guchar bytes[] = { get_byte (0), get_byte (1), get_byte (2), get_byte (3) };
      g_autofree char *base64 = g_base64_encode (bytes, 4);
      g_autofree char *expected = g_strdup_printf ("%u,%s", i % 14, base64);

      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (sent), i), ==, expected);
    }
}

static void
test_body_without_files (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr(DioBody) body = dio_body_new ();
  g_autoptr(JsonNode) root = json_from_string ("{\"key\":\"abc\",\"n\":[1,null,true,0.5]}", NULL);
  g_autoptr(GInputStream) empty = dio_body_open (body);
  g_autofree char *text = NULL;
  char byte;
  gsize length;

  g_assert_cmpint (dio_body_get_length (body), ==, 0);
  g_assert_cmpint (g_input_stream_read (empty, &byte, 1, NULL, NULL), ==, 0);
  g_clear_object (&empty);

  dio_body_set_json (body, root);
  text = read_whole (body, 7, &length, NULL);
  g_assert_cmpstr (text, ==, "{\"key\":\"abc\",\"n\":[1,null,true,0.5]}");
  g_assert_finalize_object (g_steal_pointer (&body));
}

static void
test_body_readable (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr(DioBody) body = make_body (fixture, 1203345, "data:image/jpeg;base64,", "a <table>\n\"x\"");
  g_autoptr(JsonNode) root = dio_body_dup_readable (body);
  g_autofree char *text = json_to_string (root, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"prompt\":\"a <table>\\n\\\"x\\\"\","
                   "\"image\":\"data:image/jpeg;base64,<watch.jpg, some bytes>\"}");
}

static void
assert_fails (Fixture *fixture,
              goffset  declared,
              int      code)
{
  g_autoptr(DioBody) body = make_body (fixture, declared, NULL, "a table");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = read_whole (body, 8192, &length, &error);
  g_assert_null (text);
  g_assert_error (error, DIO_ERROR, code);
  g_assert_nonnull (error->message);
  g_test_message ("%s", error->message);
  g_assert_finalize_object (g_steal_pointer (&body));
}

static void
test_body_other_length (Fixture      *fixture,
                        gconstpointer data)
{
  static const gsize sizes[] = { 1, 2, 3, 1000, 48 * 1024, 48 * 1024 + 1, 100000 };

  assert_fails (fixture, 10, DIO_ERROR_NOT_FOUND);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      write_file (fixture, sizes[i]);
      assert_fails (fixture, sizes[i] - 1, DIO_ERROR_STORAGE);
      assert_fails (fixture, sizes[i] + 1, DIO_ERROR_STORAGE);
      assert_fails (fixture, 0, DIO_ERROR_STORAGE);
    }
}

static void
assert_changes_under_way (Fixture *fixture,
                          gsize    size,
                          gsize    new_size)
{
  g_autoptr(DioBody) body = make_body (fixture, size, NULL, "a table");
  g_autoptr(GInputStream) stream = dio_body_open (body);
  g_autoptr(GError) error = NULL;
  guchar buffer[8192];
  gssize n_read;

  write_file (fixture, size);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL), >, 0);

  g_assert_cmpint (truncate (g_file_peek_path (fixture->file), new_size), ==, 0);
  while ((n_read = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error)) > 0)
    ;
  g_assert_cmpint (n_read, ==, -1);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
}

static void
test_body_changes_under_way (Fixture      *fixture,
                             gconstpointer data)
{
  assert_changes_under_way (fixture, 300000, 150000);
  assert_changes_under_way (fixture, 300000, 0);
  assert_changes_under_way (fixture, 300000, 300001);
}

/* Each stream begins anew: what failed may be sent again. */
static void
test_body_opened_twice (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(DioBody) body = make_body (fixture, 100000, NULL, "a table");
  g_autoptr(GInputStream) left = dio_body_open (body);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  char buffer[1000];
  gsize length;

  write_file (fixture, 100000);
  g_assert_cmpint (g_input_stream_read (left, buffer, sizeof buffer, NULL, NULL), >, 0);
  first = read_whole (body, 8192, &length, NULL);
  second = read_whole (body, 1000, &length, NULL);
  g_assert_nonnull (first);
  g_assert_cmpstr (first, ==, second);
}

static long
get_peak_kib (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return usage.ru_maxrss;
}

/* 96 MiB of photo and 128 MiB of text go through a block of 64 KiB. */
static void
test_body_large (Fixture      *fixture,
                 gconstpointer data)
{
  const goffset size = 96 << 20;
  g_autoptr(DioBody) body = make_body (fixture, size, NULL, "a table");
  g_autoptr(GInputStream) stream = dio_body_open (body);
  g_autofree guchar *buffer = g_malloc (65536);
  goffset total = 0;
  gssize n_read;
  long before;

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "", 0, NULL));
  g_assert_cmpint (truncate (g_file_peek_path (fixture->file), size), ==, 0);

  before = get_peak_kib ();
  while ((n_read = g_input_stream_read (stream, buffer, 65536, NULL, NULL)) > 0)
    total += n_read;

  g_assert_cmpint (n_read, ==, 0);
  g_assert_cmpint (total, ==, dio_body_get_length (body));
  g_assert_cmpint (total, >, (96 << 20) / 3 * 4);
  g_test_message ("%ld KiB more at the peak", get_peak_kib () - before);
  g_assert_cmpint (get_peak_kib () - before, <, 4096);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/body/sizes", Fixture, NULL, set_up, test_body_sizes, tear_down);
  g_test_add ("/body/prompts", Fixture, NULL, set_up, test_body_prompts, tear_down);
  g_test_add ("/body/token-of-another", Fixture, NULL, set_up, test_body_token_of_another, tear_down);
  g_test_add ("/body/many-files", Fixture, NULL, set_up, test_body_many_files, tear_down);
  g_test_add ("/body/without-files", Fixture, NULL, set_up, test_body_without_files, tear_down);
  g_test_add ("/body/readable", Fixture, NULL, set_up, test_body_readable, tear_down);
  g_test_add ("/body/other-length", Fixture, NULL, set_up, test_body_other_length, tear_down);
  g_test_add ("/body/changes-under-way", Fixture, NULL, set_up, test_body_changes_under_way, tear_down);
  g_test_add ("/body/opened-twice", Fixture, NULL, set_up, test_body_opened_twice, tear_down);
  g_test_add ("/body/large", Fixture, NULL, set_up, test_body_large, tear_down);

  return g_test_run ();
}
