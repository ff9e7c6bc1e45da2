/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A downloaded file is whole or not there, and nothing of ours is told for it. */

#include "config.h"

#include "http-fixture.h"

#include "dio-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define ENOUGH (8 << 20)

static GFile *
get_destination (HttpFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "picture.png", NULL);

  return g_file_new_for_path (path);
}

static char *
dup_url (HttpFixture *fixture)
{
  return dio_mock_server_dup_url (fixture->server, "/picture.png?signature=abc");
}

static GBytes *
make_bytes (gsize size)
{
  guchar *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = i % 251;

  return g_bytes_new_take (bytes, size);
}

static void
assert_file (GFile      *file,
             const char *data,
             gsize       size)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, &length, NULL));
  g_assert_cmpmem (contents, length, data, size);
}

static void
assert_downloads (HttpFixture *fixture,
                  const char  *data,
                  gsize        size)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_true (http_fixture_download (fixture, url, file, ENOUGH, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_file (file, data, size);
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 1);
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
}

static void
assert_fails (HttpFixture *fixture,
              goffset      max_bytes,
              int          code)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_false (http_fixture_download (fixture, url, file, max_bytes, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, "signature"));
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 0);
}

static void
test_download_whole (HttpFixture  *fixture,
                     gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 1000000, 5000000 };
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) bytes = make_bytes (sizes[i]);
      g_autoptr(GError) error = NULL;
      HttpProgress progress = { 0 };

      dio_mock_server_push_bytes (fixture->server, 200, bytes, "Content-Type", "image/png", NULL);
      /* What lies there is replaced. */
      g_assert_true (http_fixture_download (fixture, url, file, sizes[i], &progress, NULL, &error));
      g_assert_no_error (error);
      assert_file (file, g_bytes_get_data (bytes, NULL), sizes[i]);
      g_assert_cmpuint (http_fixture_count_files (fixture), ==, 1);
      g_assert_cmpint (progress.received, ==, sizes[i]);
      g_assert_cmpint (progress.to_receive, ==, sizes[i]);
      g_assert_cmpint (progress.to_send, ==, 0);
    }
}

static void
test_download_tells_nothing (HttpFixture  *fixture,
                             gconstpointer data)
{
  static const char *const allowed[] = { "host", "user-agent", "connection", NULL };
  GHashTableIter iter;
  gpointer name;

  dio_mock_server_push (fixture->server, 200, "x");
  assert_downloads (fixture, "x", 1);

  g_hash_table_iter_init (&iter, dio_mock_server_get_request (fixture->server, 0)->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_test_message ("%s", (char *) name);
      g_assert_true (g_strv_contains (allowed, name));
    }
  g_assert_cmpstr (dio_mock_server_get_request (fixture->server, 0)->path, ==, "/picture.png?signature=abc");
}

static void
test_download_statuses (HttpFixture  *fixture,
                        gconstpointer data)
{
  static const struct {
    guint status;
    int   code;
  } cases[] = {
    { 204, DIO_ERROR_REPLY },
    { 206, DIO_ERROR_REPLY },
    { 304, DIO_ERROR_REPLY },
    { 400, DIO_ERROR_REPLY },
    { 401, DIO_ERROR_PERMISSION },
    { 403, DIO_ERROR_NOT_FOUND },
    { 404, DIO_ERROR_NOT_FOUND },
    { 410, DIO_ERROR_EXPIRED },
    { 429, DIO_ERROR_BUSY },
    { 500, DIO_ERROR_SERVER },
    { 503, DIO_ERROR_BUSY },
    { 504, DIO_ERROR_TIMEOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      dio_mock_server_push (fixture->server, cases[i].status, "");
      assert_fails (fixture, ENOUGH, cases[i].code);
    }
}

static void
test_download_cut (HttpFixture  *fixture,
                   gconstpointer data)
{
  static const char *const answers[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012345678",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n012345678",
    "no HTTP\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      dio_mock_server_push_raw (fixture->server, answers[i]);
      assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY);
    }

  /* No length is told: the end of the connection is that of the file. */
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123");
  assert_downloads (fixture, "0123", 4);
}

static void
test_download_too_long (HttpFixture  *fixture,
                        gconstpointer data)
{
  g_autoptr(GBytes) bytes = make_bytes (300000);

  dio_mock_server_push_bytes (fixture->server, 200, bytes, NULL);
  assert_fails (fixture, 299999, DIO_ERROR_REPLY);
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789");
  assert_fails (fixture, 9, DIO_ERROR_REPLY);
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
  assert_fails (fixture, 9, DIO_ERROR_REPLY);
}

static void
test_download_encoded (HttpFixture  *fixture,
                       gconstpointer data)
{
  g_autoptr(GBytes) bytes = make_bytes (100);

  dio_mock_server_push_bytes (fixture->server, 200, bytes, "Content-Encoding", "gzip", NULL);
  assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY);
  dio_mock_server_push_bytes (fixture->server, 200, bytes, "Content-Encoding", "identity", NULL);
  assert_downloads (fixture, g_bytes_get_data (bytes, NULL), 100);
}

static void
test_download_redirects (HttpFixture  *fixture,
                         gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr(DioMockServer) other = dio_mock_server_new (NULL);
  g_autofree char *elsewhere = dio_mock_server_dup_url (other, "/cdn/1.png");

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      dio_mock_server_push_redirect (fixture->server, statuses[i], "../moved/1.png");
      dio_mock_server_push_redirect (fixture->server, statuses[i], elsewhere);
      dio_mock_server_push (other, 200, "picture");
      assert_downloads (fixture, "picture", 7);
    }
  g_assert_cmpstr (dio_mock_server_get_request (fixture->server, 1)->path, ==, "/moved/1.png");
  g_assert_cmpuint (dio_mock_server_get_n_requests (other), ==, G_N_ELEMENTS (statuses));

  /* Five, and one too many. */
  for (guint i = 0; i < 5; i++)
    dio_mock_server_push_redirect (fixture->server, 302, "/again");
  dio_mock_server_push (fixture->server, 200, "picture");
  assert_downloads (fixture, "picture", 7);
  for (guint i = 0; i < 6; i++)
    dio_mock_server_push_redirect (fixture->server, 302, "/again");
  assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY);
  g_assert_cmpuint (dio_mock_server_get_n_pending (fixture->server), ==, 0);

  g_assert_finalize_object (g_steal_pointer (&other));
}

static void
test_download_redirected_astray (HttpFixture  *fixture,
                                 gconstpointer data)
{
  static const struct {
    const char *location;
    int         code;
  } cases[] = {
    { "http://example.com/1.png", DIO_ERROR_INVALID },
    { "//example.com/1.png", DIO_ERROR_INVALID },
    { "file:///etc/passwd", DIO_ERROR_INVALID },
    { "http://user:password@127.0.0.1/", DIO_ERROR_INVALID },
    { "http://[", DIO_ERROR_REPLY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_messages = http_fixture_get_n_messages ();

      dio_mock_server_push_redirect (fixture->server, 302, cases[i].location);
      assert_fails (fixture, ENOUGH, cases[i].code);
      g_assert_cmpuint (http_fixture_get_n_messages (), ==, n_messages + 1);
    }

  dio_mock_server_push (fixture->server, 302, "");
  assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY);
}

static void
test_download_no_folder (HttpFixture  *fixture,
                         gconstpointer data)
{
  g_autofree char *url = dup_url (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "picture.png", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  dio_mock_server_push (fixture->server, 200, "picture");
  g_assert_false (http_fixture_download (fixture, url, file, ENOUGH, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
}

/* The name is taken by a folder: what has come is removed. */
static void
test_download_onto_folder (HttpFixture  *fixture,
                           gconstpointer data)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (g_file_peek_path (file), 0700), ==, 0);
  dio_mock_server_push (fixture->server, 200, "picture");
  g_assert_false (http_fixture_download (fixture, url, file, ENOUGH, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 1);
  g_assert_cmpint (g_rmdir (g_file_peek_path (file)), ==, 0);
}

static void
test_download_failure_keeps_old (HttpFixture  *fixture,
                                 gconstpointer data)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "old", 3, NULL));
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012345678");
  g_assert_false (http_fixture_download (fixture, url, file, ENOUGH, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  assert_file (file, "old", 3);
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 1);
}

static void
assert_cancelled (HttpFixture *fixture,
                  int          delay)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr(GFile) file = get_destination (fixture);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  if (delay < 0)
    g_cancellable_cancel (cancellable);
  else
    http_fixture_cancel_when_asked (fixture, delay, cancellable);

  g_assert_false (http_fixture_download (fixture, url, file, ENOUGH, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&cancellable));
}

static void
test_download_cancel (HttpFixture  *fixture,
                      gconstpointer data)
{
  assert_cancelled (fixture, -1);
  g_assert_cmpuint (http_fixture_get_n_messages (), ==, 0);
  dio_mock_server_push_hang (fixture->server);
  assert_cancelled (fixture, 50);
  dio_mock_server_push_drip (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n0123456789", 42, 300);
  assert_cancelled (fixture, 400);
}

static void
test_download_silence (HttpFixture  *fixture,
                       gconstpointer data)
{
  http_fixture_use_timeout (fixture, 1);
  dio_mock_server_push_drip (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n0123456789", 42, 3000);
  assert_fails (fixture, ENOUGH, DIO_ERROR_TIMEOUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/http-download/" name, HttpFixture, NULL, http_fixture_set_up, func, http_fixture_tear_down)

  ADD ("whole", test_download_whole);
  ADD ("tells-nothing", test_download_tells_nothing);
  ADD ("statuses", test_download_statuses);
  ADD ("cut", test_download_cut);
  ADD ("too-long", test_download_too_long);
  ADD ("encoded", test_download_encoded);
  ADD ("redirects", test_download_redirects);
  ADD ("redirected-astray", test_download_redirected_astray);
  ADD ("no-folder", test_download_no_folder);
  ADD ("onto-folder", test_download_onto_folder);
  ADD ("failure-keeps-old", test_download_failure_keeps_old);
  ADD ("cancel", test_download_cancel);
  ADD ("silence", test_download_silence);

  return g_test_run ();
}
