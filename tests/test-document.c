/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of compositions: what was written is read, and whatever is not whole, or
 * comes from tomorrow, is refused with a reason. */

#include "config.h"

#include "dio-crc.h"
#include "dio-document.h"
#include "dio-error.h"
#include "dio-hash.h"
#include "dio-zip.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct
{
  char  *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("diorama-document-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "Still Life.diorama", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (g_file_peek_path (fixture->file));

  /* Nothing else was left there. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
}

static JsonNode *
parse (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);

  return node;
}

static DioDocument *
make_document (guint n_photos)
{
  g_autoptr(GString) text = g_string_new ("{\"version\":1,\"prompt\":\"größer\",\"references\":[");
  g_autoptr(GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(JsonNode) root = NULL;
  DioDocument *document;

  for (guint i = 0; i < n_photos; i++)
    {
      char *content = g_strdup_printf ("photo %u", i);
      GBytes *bytes = g_bytes_new_take (content, strlen (content));
      g_autofree char *hash = dio_hash_bytes (bytes);

      g_ptr_array_add (photos, bytes);
      g_string_append_printf (text, "%s{\"hash\":\"%s\",\"type\":\"image/jpeg\"}", i > 0 ? "," : "", hash);
    }

  g_string_append (text, "]}");
  root = parse (text->str);
  document = dio_document_new (root);
  for (guint i = 0; i < n_photos; i++)
    {
      GBytes *bytes = g_ptr_array_index (photos, i);

      g_hash_table_insert (document->photos, dio_hash_bytes (bytes), g_bytes_ref (bytes));
    }

  return document;
}

static GBytes *
load (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (fixture->file, NULL, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

/* A new file, for some thousands are written: one that is cut to nothing and
 * written again is put on the disk at once by ext4. */
static void
store (Fixture    *fixture,
       const void *data,
       gsize       size)
{
  FILE *stream;

  g_remove (g_file_peek_path (fixture->file));
  stream = g_fopen (g_file_peek_path (fixture->file), "wb");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (data, 1, size, stream), ==, size);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static void
store_entries (Fixture   *fixture,
               GPtrArray *entries)
{
  g_autoptr(GPtrArray) pieces = dio_zip_pack (entries);
  g_autoptr(GByteArray) whole = g_byte_array_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (pieces, i), &size);

      g_byte_array_append (whole, data, size);
    }

  store (fixture, whole->data, whole->len);
}

static void
assert_refused (Fixture    *fixture,
                const char *reason)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_document_read (fixture->file, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  if (reason != NULL && strstr (error->message, reason) == NULL)
    g_error ("“%s” does not tell of “%s”", error->message, reason);
}

static void
test_document_round_trip (Fixture       *fixture,
                          gconstpointer  data)
{
  /* None, and again over what is there. */
  for (guint n_photos = 0; n_photos < 4; n_photos++)
    {
      g_autoptr(DioDocument) written = make_document (n_photos);
      g_autoptr(DioDocument) read = NULL;
      g_autoptr(GError) error = NULL;
      GHashTableIter iter;
      gpointer hash;
      gpointer bytes;

      g_assert_true (dio_document_write (written, fixture->file, NULL, &error));
      g_assert_no_error (error);
      read = dio_document_read (fixture->file, NULL, &error);
      g_assert_no_error (error);

      g_assert_true (json_node_equal (read->root, written->root));
      g_assert_cmpuint (g_hash_table_size (read->photos), ==, n_photos);
      g_hash_table_iter_init (&iter, written->photos);
      while (g_hash_table_iter_next (&iter, &hash, &bytes))
        g_assert_true (g_bytes_equal (g_hash_table_lookup (read->photos, hash), bytes));
    }
}

/* As the MIME database wants it, and readable by any archive program. */
static void
test_document_magic (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (2);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *unzip = g_find_program_in_path ("unzip");
  const char *start;

  g_assert_true (dio_document_write (document, fixture->file, NULL, NULL));
  bytes = load (fixture);
  start = g_bytes_get_data (bytes, NULL);
  g_assert_cmpmem (start, 4, "PK\003\004", 4);
  g_assert_cmpmem (start + 30, 33, "mimetypeapplication/x-diorama+zip", 33);

  g_assert_true (dio_document_is (fixture->file));
  if (unzip != NULL)
    {
      const char *const argv[] = { unzip, "-tq", g_file_peek_path (fixture->file), NULL };
      int status = -1;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
    }
}

/* Wherever a copy stopped. */
static void
test_document_cut_off (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (2);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_true (dio_document_write (document, fixture->file, NULL, NULL));
  bytes = load (fixture);
  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      store (fixture, g_bytes_get_data (bytes, NULL), size);
      assert_refused (fixture, NULL);
    }
}

/* No byte of a photo or the description can be another without being noticed. */
static void
test_document_damaged (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (2);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *copy = NULL;
  gsize size;

  g_assert_true (dio_document_write (document, fixture->file, NULL, NULL));
  bytes = load (fixture);
  size = g_bytes_get_size (bytes);
  copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  for (gsize i = 0; i < size; i++)
    {
      g_autoptr(DioDocument) read = NULL;

      copy[i] ^= 0x21;
      store (fixture, copy, size);
      copy[i] ^= 0x21;
      read = dio_document_read (fixture->file, NULL, NULL);

      /* Dates, and what stands twice, are not looked at. */
      if (read != NULL)
        g_assert_true (json_node_equal (read->root, document->root) && g_hash_table_size (read->photos) == 2);
    }
}

static GPtrArray *
make_entries (const char *description)
{
  GPtrArray *entries = dio_zip_new ();
  g_autoptr(GBytes) type = g_bytes_new_static (DIO_DOCUMENT_MIME_TYPE, strlen (DIO_DOCUMENT_MIME_TYPE));
  g_autoptr(GBytes) json = g_bytes_new (description, strlen (description));

  dio_zip_add (entries, "mimetype", type);
  dio_zip_add (entries, "composition.json", json);

  return entries;
}

static void
test_document_of_strangers (Fixture       *fixture,
                            gconstpointer  data)
{
  static const struct { const char *json; const char *reason; } cases[] = {
    { "", NULL },
    { "{", NULL },
    { "[]", "no references" },
    { "{\"version\":1}", "no references" },
    { "{\"references\":[7]}", "Photo 1 is not in the file" },
    { "{\"references\":[{\"hash\":\"../../etc/passwd\"}]}", "Photo 1 is not in the file" },
  };
  g_autoptr(GBytes) content = g_bytes_new_static ("photo", 5);
  g_autoptr(GBytes) large = g_bytes_new_take (g_malloc0 (5 * 1024 * 1024), 5 * 1024 * 1024);
  g_autoptr(GPtrArray) many = make_entries ("{\"references\":[]}");
  g_autoptr(GPtrArray) wrong = make_entries ("{\"references\":[]}");
  g_autoptr(GPtrArray) too_large = dio_zip_new ();
  g_autoptr(GPtrArray) other = dio_zip_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) entries = make_entries (cases[i].json);

      store_entries (fixture, entries);
      assert_refused (fixture, cases[i].reason);
    }

  for (guint i = 0; i < 1100; i++)
    dio_zip_add (many, "other", content);
  store_entries (fixture, many);
  assert_refused (fixture, "too many");

  /* A photo that is not what its name says. */
  dio_zip_add (wrong, "photos/0000000000000000000000000000000000000000000000000000000000000000.jpg", content);
  store_entries (fixture, wrong);
  assert_refused (fixture, "damaged");

  dio_zip_add (too_large, "mimetype", content);
  dio_zip_add (too_large, "composition.json", large);
  store_entries (fixture, too_large);
  assert_refused (fixture, "no composition");

  dio_zip_add (other, "../../evil", content);
  store_entries (fixture, other);
  assert_refused (fixture, "no composition");

  store (fixture, "a text", 6);
  assert_refused (fixture, "no composition");
}

/* It is not damaged, and it is said what helps. */
static void
test_document_of_tomorrow (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GPtrArray) entries = make_entries ("{\"version\":2,\"photos\":{}}");
  g_autoptr(GError) error = NULL;

  store_entries (fixture, entries);
  g_assert_null (dio_document_read (fixture->file, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NEWER);
}

/* Nothing is unpacked, so nothing can swell; it is said who did it. */
static void
test_document_compressed (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (1);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *copy = NULL;
  gsize size;

  g_assert_true (dio_document_write (document, fixture->file, NULL, NULL));
  bytes = load (fixture);
  size = g_bytes_get_size (bytes);
  copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  copy[8] = 8;
  store (fixture, copy, size);
  assert_refused (fixture, "another program");

  /* A length beyond the end, as in a file that claims four gigabytes. */
  copy[8] = 0;
  memset (copy + 18, 0xff, 8);
  store (fixture, copy, size);
  assert_refused (fixture, "cut off");
}

/* A folder that takes nothing: what is there stays, and no part of a file. */
static void
test_document_unwritable (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (1);
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "a.diorama", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_false (dio_document_write (document, file, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
}

/* Who may read a file, and that it is a link, is none of our business. */
static void
test_document_keeps_nature (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (1);
  g_autofree char *path = g_build_filename (fixture->folder, "link.diorama", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GStatBuf info;

  store (fixture, "", 0);
  g_assert_cmpint (g_chmod (g_file_peek_path (fixture->file), 0640), ==, 0);
  g_assert_cmpint (symlink ("Still Life.diorama", path), ==, 0);

  g_assert_true (dio_document_write (document, file, NULL, NULL));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (g_file_peek_path (fixture->file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpint (info.st_size, >, 0);
  g_remove (path);
}

/* As long as the names of files may be. */
static void
test_document_long_name (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (1);
  g_autofree char *stem = g_strnfill (247, 'n');
  g_autofree char *path = g_strconcat (fixture->folder, "/", stem, ".diorama", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  dio_document_write (document, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* A file of another computer: whatever it is, it has no path. */

#define REMOTE_TYPE_FILE (remote_file_get_type ())
G_DECLARE_FINAL_TYPE (RemoteFile, remote_file, REMOTE, FILE, GObject)

struct _RemoteFile
{
  GObject  parent_instance;

  GFile   *file; /* (borrowed): where its content is */
};

static char *
remote_file_get_path (GFile *file)
{
  return NULL;
}

static GFileOutputStream *
remote_file_replace (GFile             *file,
                     const char        *etag,
                     gboolean           make_backup,
                     GFileCreateFlags   flags,
                     GCancellable      *cancellable,
                     GError           **error)
{
  return g_file_replace (REMOTE_FILE (file)->file, etag, make_backup, flags, cancellable, error);
}

static void
remote_file_iface_init (GFileIface *iface)
{
  iface->get_path = remote_file_get_path;
  iface->replace = remote_file_replace;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RemoteFile, remote_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, remote_file_iface_init))

static void
remote_file_class_init (RemoteFileClass *klass)
{
}

static void
remote_file_init (RemoteFile *self)
{
}

static void
test_document_remote (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioDocument) document = make_document (1);
  g_autoptr(RemoteFile) remote = g_object_new (REMOTE_TYPE_FILE, NULL);
  g_autoptr(DioDocument) read = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit unlimited;
  struct rlimit limited;

  remote->file = fixture->file;
  store (fixture, "whole", 5);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  limited = (struct rlimit) { 100, unlimited.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);
  g_assert_false (dio_document_write (document, G_FILE (remote), NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);
  bytes = load (fixture);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "whole", 5);

  dio_document_write (document, G_FILE (remote), NULL, &error);
  g_assert_no_error (error);
  read = dio_document_read (fixture->file, NULL, &error);
  g_assert_no_error (error);
}

/* The value that everybody gives for it. */
static void
test_document_crc (void)
{
  g_assert_cmphex (dio_crc32 ((const guint8 *) "123456789", 9), ==, 0xcbf43926);
  g_assert_cmphex (dio_crc32 (NULL, 0), ==, 0);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/document/round-trip", test_document_round_trip);
  ADD ("/document/magic", test_document_magic);
  ADD ("/document/cut-off", test_document_cut_off);
  ADD ("/document/damaged", test_document_damaged);
  ADD ("/document/of-strangers", test_document_of_strangers);
  ADD ("/document/of-tomorrow", test_document_of_tomorrow);
  ADD ("/document/compressed", test_document_compressed);
  ADD ("/document/unwritable", test_document_unwritable);
  ADD ("/document/keeps-nature", test_document_keeps_nature);
  ADD ("/document/long-name", test_document_long_name);
  ADD ("/document/remote", test_document_remote);
  g_test_add_func ("/document/crc", test_document_crc);

  return g_test_run ();
}
