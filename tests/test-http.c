/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent, what comes back, and how far a request came when nothing does. */

#include "config.h"

#include "http-fixture.h"

#include "dio-error.h"
#include "dio-json.h"

#include <string.h>

#define MEBIBYTE (1 << 20)
#define ENOUGH (8 * MEBIBYTE)

/* The server answers in a way that is no answer. */
static void
assert_fails (HttpFixture  *fixture,
              gsize         max_bytes,
              int           code,
              DioHttpReach  expected)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{\"prompt\":\"a table\"}");
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  reply = http_fixture_send (fixture, request, max_bytes, NULL, NULL, &reach, &error);
  g_assert_null (reply);
  g_assert_error (error, DIO_ERROR, code);
  g_assert_cmpint (reach, ==, expected);
  g_test_message ("%s", error->message);
}

static DioHttpReply *
assert_answered (HttpFixture    *fixture,
                 DioHttpRequest *request,
                 guint           status)
{
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_NOT_SENT;
  DioHttpReply *reply;

  reply = http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpint (reach, ==, DIO_HTTP_ANSWERED);

  return reply;
}

static void
test_http_replies (HttpFixture  *fixture,
                   gconstpointer data)
{
  static const struct {
    guint       status;
    const char *body;
  } cases[] = {
    { 200, "{\"ok\":true}" },
    { 200, "<html>" },
    { 200, "" },
    { 200, "  " },
    { 200, "{\"ok\":" },
    { 204, "" },
    { 400, "{}" },
    { 401, "{}" },
    { 402, "{}" },
    { 404, "" },
    { 408, "{}" },
    { 422, "{}" },
    { 429, "{}" },
    { 500, "oops" },
    { 503, "" },
    { 504, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
      g_autoptr(DioHttpReply) reply = NULL;

      g_test_message ("status %u, body '%s'", cases[i].status, cases[i].body);
      dio_mock_server_push (fixture->server, cases[i].status, cases[i].body);
      reply = assert_answered (fixture, request, cases[i].status);
      g_assert_cmpmem (g_bytes_get_data (reply->bytes, NULL), g_bytes_get_size (reply->bytes),
                       cases[i].body, strlen (cases[i].body));
    }

  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (cases));
}

static void
test_http_reply_headers (HttpFixture  *fixture,
                         gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "GET", NULL);
  g_autoptr(DioHttpReply) reply = NULL;

  dio_mock_server_push_bytes (fixture->server, 429, NULL, "Retry-After", "7", "X-Request-ID", "a", "X-Request-ID", "b", NULL);
  reply = assert_answered (fixture, request, 429);
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "retry-after"), ==, "7");
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "x-request-id"), ==, "a, b");
  g_assert_null (g_hash_table_lookup (reply->headers, "Retry-After"));
}

static void
test_http_request (HttpFixture  *fixture,
                   gconstpointer data)
{
  g_autofree char *url = dio_mock_server_dup_url (fixture->server, "/v1/images/a%20b?id=1&x=%2F");
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(JsonNode) root = json_from_string ("{\"prompt\":\"a table\"}", NULL);
  g_autofree char *body = NULL;
  const DioMockRequest *seen;

  dio_http_request_set_header (request, "Authorization", "Bearer sk-123");
  request->body = dio_body_new ();
  dio_body_set_json (request->body, root);
  dio_mock_server_push (fixture->server, 200, "{}");
  reply = assert_answered (fixture, request, 200);

  seen = dio_mock_server_get_request (fixture->server, 0);
  body = dio_mock_request_dup_body (seen);
  g_assert_cmpstr (seen->method, ==, "POST");
  g_assert_cmpstr (seen->path, ==, "/v1/images/a%20b?id=1&x=%2F");
  g_assert_cmpstr (body, ==, "{\"prompt\":\"a table\"}");
  g_assert_cmpstr (dio_mock_request_get_header (seen, "Authorization"), ==, "Bearer sk-123");
  g_assert_cmpstr (dio_mock_request_get_header (seen, "Content-Type"), ==, "application/json");
  g_assert_cmpstr (dio_mock_request_get_header (seen, "Content-Length"), ==, "20");
  g_assert_cmpstr (dio_mock_request_get_header (seen, "User-Agent"), ==, "Diorama/" PACKAGE_VERSION);
}

static void
test_http_nothing_is_remembered (HttpFixture  *fixture,
                                 gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(DioHttpReply) first = NULL;
  g_autoptr(DioHttpReply) second = NULL;

  dio_mock_server_push_bytes (fixture->server, 200, NULL, "Set-Cookie", "a=b", NULL);
  dio_mock_server_push_bytes (fixture->server, 401, NULL, "WWW-Authenticate", "Basic realm=\"x\"", NULL);
  first = assert_answered (fixture, request, 200);
  /* Once: a 401 is not answered by asking again. */
  second = assert_answered (fixture, request, 401);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 2);
  g_assert_null (dio_mock_request_get_header (dio_mock_server_get_request (fixture->server, 1), "Cookie"));
}

static void
test_http_files (HttpFixture  *fixture,
                 gconstpointer data)
{
  const goffset size = 3 * MEBIBYTE + 1;
  g_autoptr(GFile) file = http_fixture_write (fixture, "watch.jpg", size);
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", NULL);
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GInputStream) expected = NULL;
  g_autofree char *token = NULL;
  g_autofree char *whole = NULL;
  g_autoptr(GError) error = NULL;
  HttpProgress progress = { 0 };
  const DioMockRequest *seen;
  gsize length;

  request->body = dio_body_new ();
  token = dio_body_add_file (request->body, file, size, NULL, "watch.jpg");
  json_node_take_array (root, json_array_new ());
  json_array_add_string_element (json_node_get_array (root), token);
  dio_body_set_json (request->body, root);

  dio_mock_server_push (fixture->server, 200, "{\"ok\":true}");
  reply = http_fixture_send (fixture, request, ENOUGH, &progress, NULL, NULL, &error);
  g_assert_no_error (error);

  seen = dio_mock_server_get_request (fixture->server, 0);
  expected = dio_body_open (request->body);
  whole = g_malloc (dio_body_get_length (request->body));
  g_assert_true (g_input_stream_read_all (expected, whole, dio_body_get_length (request->body), &length, NULL, NULL));
  g_assert_cmpmem (g_bytes_get_data (seen->body, NULL), g_bytes_get_size (seen->body), whole, length);

  g_assert_cmpuint (progress.n_calls, >, 1);
  g_assert_cmpint (progress.sent, ==, length);
  g_assert_cmpint (progress.to_send, ==, length);
  g_assert_cmpint (progress.received, ==, 11);
  g_assert_cmpint (progress.to_receive, ==, 11);
}

/* A photo that changed while it was sent: the server must not take what came of
 * it for a request. */
static void
test_http_file_changed (HttpFixture  *fixture,
                        gconstpointer data)
{
  g_autoptr(GFile) file = http_fixture_write (fixture, "watch.jpg", MEBIBYTE);
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", NULL);
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_VALUE);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autofree char *token = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach;

  request->body = dio_body_new ();
  token = dio_body_add_file (request->body, file, MEBIBYTE + 1, NULL, "watch.jpg");
  json_node_set_string (root, token);
  dio_body_set_json (request->body, root);

  dio_mock_server_push (fixture->server, 200, "{}");
  reply = http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error);
  g_assert_null (reply);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 0);
}

static void
assert_address_refused (HttpFixture *fixture,
                        const char  *url)
{
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autofree char *path = g_build_filename (fixture->folder, "picture", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) download_error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  g_test_message ("%s", url);
  g_assert_null (http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);

  g_assert_false (http_fixture_download (fixture, url, file, ENOUGH, NULL, NULL, &download_error));
  g_assert_error (download_error, DIO_ERROR, DIO_ERROR_INVALID);

  g_assert_cmpuint (http_fixture_get_n_messages (), ==, 0);
  g_assert_cmpuint (http_fixture_count_files (fixture), ==, 0);
}

static void
test_http_addresses_refused (HttpFixture  *fixture,
                             gconstpointer data)
{
  static const char *const urls[] = {
    "http://example.com/v1",
    "http://127.0.0.1.example.com/v1",
    "http://localhost.example.com/v1",
    "http://10.0.0.1/v1",
    "http://0.0.0.0/v1",
    "http://[::2]/v1",
    "HTTP://example.com/v1",
    "http://127.0.0.1@example.com/v1",
    "https://user:password@example.com/v1",
    "http://user@127.0.0.1/v1",
    "ftp://127.0.0.1/v1",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "https:///v1",
    "/v1",
    "",
    "no address",
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    assert_address_refused (fixture, urls[i]);
}

static void
test_http_loopback (HttpFixture  *fixture,
                    gconstpointer data)
{
  g_autofree char *url = dio_mock_server_dup_url (fixture->server, "/v1");
  g_autoptr(GString) named = g_string_new (url);
  g_autoptr(DioHttpRequest) by_number = dio_http_request_new ("GET", url);
  g_autoptr(DioHttpRequest) by_name = NULL;
  g_autoptr(DioHttpReply) first = NULL;
  g_autoptr(DioHttpReply) second = NULL;

  g_string_replace (named, "127.0.0.1", "LocalHost", 0);
  by_name = dio_http_request_new ("GET", named->str);
  dio_mock_server_push (fixture->server, 200, "{}");
  dio_mock_server_push (fixture->server, 200, "{}");
  first = assert_answered (fixture, by_number, 200);
  second = assert_answered (fixture, by_name, 200);
}

/* A key that was pasted with a line end. */
static void
test_http_bad_header (HttpFixture  *fixture,
                      gconstpointer data)
{
  static const char *const keys[] = { "sk-123\n", "sk\r\nX-Other: 1", "sk\x7f", "\tsk" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
      g_autoptr(GError) error = NULL;
      DioHttpReach reach;

      dio_http_request_set_header (request, "Authorization", keys[i]);
      g_assert_null (http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
      g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);
      g_assert_null (strstr (error->message, "sk"));
    }

  g_assert_cmpuint (http_fixture_get_n_messages (), ==, 0);
}

static void
test_http_redirect (HttpFixture  *fixture,
                    gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr(DioMockServer) other = dio_mock_server_new (NULL);
  g_autofree char *location = dio_mock_server_dup_url (other, "/take");

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(DioHttpRequest) post = http_fixture_new_request (fixture, "POST", "{\"key\":\"sk-123\"}");
      g_autoptr(DioHttpRequest) get = http_fixture_new_request (fixture, "GET", NULL);
      g_autoptr(DioHttpReply) post_reply = NULL;
      g_autoptr(DioHttpReply) get_reply = NULL;

      dio_http_request_set_header (get, "Authorization", "Bearer sk-123");
      dio_mock_server_push_redirect (fixture->server, statuses[i], location);
      dio_mock_server_push_redirect (fixture->server, statuses[i], location);
      post_reply = assert_answered (fixture, post, statuses[i]);
      get_reply = assert_answered (fixture, get, statuses[i]);
      g_assert_cmpstr (g_hash_table_lookup (get_reply->headers, "location"), ==, location);
    }

  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (dio_mock_server_get_n_requests (other), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&other));
}

static void
test_http_refused_connection (HttpFixture  *fixture,
                              gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  /* Nobody listens where the server was. */
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  g_assert_null (http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_OFFLINE);
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);
  fixture->server = dio_mock_server_new (NULL);
}

static void
test_http_silence (HttpFixture  *fixture,
                   gconstpointer data)
{
  http_fixture_use_timeout (fixture, 1);
  dio_mock_server_push_hang (fixture->server);
  assert_fails (fixture, ENOUGH, DIO_ERROR_TIMEOUT, DIO_HTTP_PERHAPS_SENT);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 1);
}

/* One second of silence, not one second in all. */
static void
test_http_slow_but_alive (HttpFixture  *fixture,
                          gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(DioHttpReply) reply = NULL;
  g_autofree char *body = g_strnfill (400, 'x');
  g_autofree char *raw = g_strconcat ("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", body, NULL);
  gint64 begin = g_get_monotonic_time ();

  http_fixture_use_timeout (fixture, 1);
  dio_mock_server_push_drip (fixture->server, raw, 40, 150);
  reply = assert_answered (fixture, request, 200);
  g_assert_cmpuint (g_bytes_get_size (reply->bytes), ==, 400);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, G_TIME_SPAN_SECOND);
}

static void
test_http_silence_in_body (HttpFixture  *fixture,
                           gconstpointer data)
{
  http_fixture_use_timeout (fixture, 1);
  dio_mock_server_push_drip (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{\"a\":1", 40, 5000);
  assert_fails (fixture, ENOUGH, DIO_ERROR_TIMEOUT, DIO_HTTP_PERHAPS_SENT);
}

static void
test_http_cut (HttpFixture  *fixture,
               gconstpointer data)
{
  static const char *const answers[] = {
    "",
    "HTTP/1.1 200",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":true}",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"ok\"",
    "SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "<html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("%s", answers[i]);
      dio_mock_server_push_raw (fixture->server, answers[i]);
      assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY, DIO_HTTP_PERHAPS_SENT);
    }

  /* Each was asked once. */
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (answers));
}

/* libsoup 3.2 takes the end of the connection between two chunks for the end of
 * the answer. Of JSON nothing is lost by that: what is cut does not parse. */
static void
test_http_cut_between_chunks (HttpFixture  *fixture,
                              gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;

  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"ok\":\r\n");
  reply = assert_answered (fixture, request, 200);
  root = dio_json_parse (reply->bytes, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
}

/* The server goes away before it has read the photo. */
static void
test_http_upload_cut (HttpFixture  *fixture,
                      gconstpointer data)
{
  g_autoptr(GString) prompt = g_string_new ("\"");
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach;

  g_string_set_size (prompt, 16 * MEBIBYTE);
  memset (prompt->str + 1, 'a', prompt->len - 1);
  g_string_append_c (prompt, '"');
  request = http_fixture_new_request (fixture, "POST", prompt->str);

  dio_mock_server_push_unread (fixture->server, FALSE);
  g_assert_null (http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_OFFLINE);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 1);
}

/* The server closes a connection that was kept open, just as the next request
 * arrives. A create must not be repeated, since it may have been taken. A GET that
 * libsoup repeats may crash in it, and so never goes over such a connection. */
static void
test_http_kept_connection_closes (HttpFixture  *fixture,
                                  gconstpointer data)
{
  g_autoptr(DioHttpRequest) get = http_fixture_new_request (fixture, "GET", NULL);
  g_autoptr(DioHttpReply) first = NULL;
  g_autoptr(DioHttpReply) second = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach;

  dio_mock_server_push (fixture->server, 200, "{}");
  dio_mock_server_push_raw (fixture->server, "");
  dio_mock_server_push (fixture->server, 200, "{}");
  first = assert_answered (fixture, get, 200);
  g_assert_null (http_fixture_send (fixture, get, ENOUGH, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 2);

  second = assert_answered (fixture, get, 200);
  dio_mock_server_push_raw (fixture->server, "");
  dio_mock_server_push (fixture->server, 200, "{}");
  assert_fails (fixture, ENOUGH, DIO_ERROR_REPLY, DIO_HTTP_PERHAPS_SENT);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 4);
  g_assert_cmpuint (dio_mock_server_get_n_pending (fixture->server), ==, 1);
}

/* OPTIONS stands for what another libsoup may repeat: this one does, as it does a
 * GET, and is stopped. */
static void
test_http_repetition_is_stopped (HttpFixture  *fixture,
                                 gconstpointer data)
{
  g_autoptr(DioHttpRequest) get = http_fixture_new_request (fixture, "GET", NULL);
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "OPTIONS", NULL);
  g_autoptr(DioHttpReply) first = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach;

  dio_mock_server_push (fixture->server, 200, "{}");
  dio_mock_server_push_raw (fixture->server, "");
  dio_mock_server_push (fixture->server, 200, "{}");
  first = assert_answered (fixture, get, 200);
  g_assert_null (http_fixture_send (fixture, request, ENOUGH, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 2);
}

static GBytes *
compress_zeros (gsize size)
{
  g_autoptr(GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree char *zeros = g_malloc0 (size);
  g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data (zeros, size, NULL);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (plain, compressor);
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();

  g_assert_cmpint (g_output_stream_splice (output, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL), >=, 0);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

static void
test_http_too_long (HttpFixture  *fixture,
                    gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GBytes) bomb = compress_zeros (64 * MEBIBYTE);
  g_autoptr(GError) error = NULL;
  HttpProgress progress = { 0 };

  /* Just as long as is allowed. */
  dio_mock_server_push (fixture->server, 200, "0123456789");
  reply = http_fixture_send (fixture, request, 10, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (reply->bytes), ==, 10);

  /* The length is told, or not. */
  dio_mock_server_push (fixture->server, 200, "0123456789");
  assert_fails (fixture, 9, DIO_ERROR_REPLY, DIO_HTTP_PERHAPS_SENT);
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
  assert_fails (fixture, 9, DIO_ERROR_REPLY, DIO_HTTP_PERHAPS_SENT);
  dio_mock_server_push_raw (fixture->server, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789");
  assert_fails (fixture, 9, DIO_ERROR_REPLY, DIO_HTTP_PERHAPS_SENT);

  /* Small on the wire. */
  g_assert_cmpuint (g_bytes_get_size (bomb), <, MEBIBYTE);
  dio_mock_server_push_bytes (fixture->server, 200, bomb, "Content-Encoding", "gzip", NULL);
  g_clear_pointer (&reply, dio_http_reply_free);
  reply = http_fixture_send (fixture, request, MEBIBYTE, &progress, NULL, NULL, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
  g_assert_null (reply);
  g_assert_cmpint (progress.received, <=, MEBIBYTE);
}

static void
test_http_gzip (HttpFixture  *fixture,
                gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(GBytes) whole = compress_zeros (100000);
  g_autoptr(DioHttpReply) reply = NULL;

  dio_mock_server_push_bytes (fixture->server, 200, whole, "Content-Encoding", "gzip", NULL);
  reply = assert_answered (fixture, request, 200);
  g_assert_cmpuint (g_bytes_get_size (reply->bytes), ==, 100000);
}

static void
assert_cancelled (HttpFixture    *fixture,
                  DioHttpRequest *request,
                  GCancellable   *cancellable,
                  DioHttpReach    expected)
{
  g_autoptr(GError) error = NULL;
  HttpProgress progress = { 0 };
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  g_assert_null (http_fixture_send (fixture, request, ENOUGH, &progress, cancellable, &reach, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reach, ==, expected);
}

static void
assert_cancelled_when_asked (HttpFixture    *fixture,
                             DioHttpRequest *request,
                             guint           delay)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  http_fixture_cancel_when_asked (fixture, delay, cancellable);
  assert_cancelled (fixture, request, cancellable, DIO_HTTP_PERHAPS_SENT);
  /* Nobody holds it, so nobody is connected to it. */
  g_assert_finalize_object (g_steal_pointer (&cancellable));
}

static void
test_http_cancel (HttpFixture  *fixture,
                  gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(GString) prompt = g_string_new ("\"");
  g_autoptr(DioHttpRequest) large = NULL;
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(DioHttpReply) reply = NULL;

  g_string_set_size (prompt, 16 * MEBIBYTE);
  memset (prompt->str + 1, 'a', prompt->len - 1);
  g_string_append_c (prompt, '"');
  large = http_fixture_new_request (fixture, "POST", prompt->str);

  g_test_message ("before it is sent");
  g_cancellable_cancel (cancelled);
  assert_cancelled (fixture, request, cancelled, DIO_HTTP_NOT_SENT);
  g_assert_cmpuint (http_fixture_get_n_messages (), ==, 0);

  g_test_message ("while it is sent");
  dio_mock_server_push_unread (fixture->server, TRUE);
  assert_cancelled_when_asked (fixture, large, 100);

  g_test_message ("while the answer is waited for");
  dio_mock_server_push_hang (fixture->server);
  assert_cancelled_when_asked (fixture, request, 50);

  g_test_message ("in the header of the answer");
  dio_mock_server_push_drip (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{\"a\":1", 4, 100);
  assert_cancelled_when_asked (fixture, request, 250);

  g_test_message ("in its body");
  dio_mock_server_push_drip (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{\"a\":1", 40, 300);
  assert_cancelled_when_asked (fixture, request, 400);

  /* None of these spoils what comes later. */
  dio_mock_server_push (fixture->server, 200, "{}");
  reply = assert_answered (fixture, request, 200);
}

static void
count_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  guint *n = user_data;

  g_assert_null (dio_http_send_finish (DIO_HTTP (object), result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (*n)++;
}

static void
store_reply_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  DioHttpReply **reply = user_data;

  *reply = dio_http_send_finish (DIO_HTTP (object), result, NULL, NULL);
  g_assert_nonnull (*reply);
}

/* Creates that wait for their pictures do not hold up a poll. */
static void
test_http_many_at_once (HttpFixture  *fixture,
                        gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{}");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(DioHttpReply) reply = NULL;
  guint n_ended = 0;

  for (guint i = 0; i < 12; i++)
    {
      dio_mock_server_push_hang (fixture->server);
      dio_http_send_async (fixture->http, request, ENOUGH, NULL, NULL, cancellable, count_cb, &n_ended);
    }
  while (dio_mock_server_get_n_requests (fixture->server) < 12)
    g_main_context_iteration (NULL, TRUE);

  dio_mock_server_push (fixture->server, 200, "{}");
  dio_http_send_async (fixture->http, request, ENOUGH, NULL, NULL, NULL, store_reply_cb, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_ended, ==, 0);

  g_cancellable_cancel (cancellable);
  while (n_ended < 12)
    g_main_context_iteration (NULL, TRUE);
}

static void
keep_log_cb (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       user_data)
{
  g_string_append (user_data, message);
}

static void
test_http_log (HttpFixture  *fixture,
               gconstpointer data)
{
  g_autofree char *url = dio_mock_server_dup_url (fixture->server, "/v1/sk-123/fetch?token=abc");
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autoptr(JsonNode) root = json_from_string ("{\"key\":\"sk-123\",\"prompt\":\"a table\"}", NULL);
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(DioHttpReply) reply = NULL;
  guint handler;

  dio_http_request_add_secret (request, "sk-123");
  dio_http_request_set_header (request, "Authorization", "Bearer sk-123");
  request->body = dio_body_new ();
  dio_body_set_json (request->body, root);

  handler = g_log_set_handler ("dio-base", G_LOG_LEVEL_MASK, keep_log_cb, log);
  dio_mock_server_push (fixture->server, 200, "{\"picture\":\"made\"}");
  reply = assert_answered (fixture, request, 200);
  g_log_remove_handler ("dio-base", handler);

  g_assert_cmpstr (log->str, ==, "POST 127.0.0.1/v1/<key>/fetch: 200, 35 bytes sent, 18 received");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/http/" name, HttpFixture, NULL, http_fixture_set_up, func, http_fixture_tear_down)

  ADD ("replies", test_http_replies);
  ADD ("reply-headers", test_http_reply_headers);
  ADD ("request", test_http_request);
  ADD ("nothing-is-remembered", test_http_nothing_is_remembered);
  ADD ("files", test_http_files);
  ADD ("file-changed", test_http_file_changed);
  ADD ("addresses-refused", test_http_addresses_refused);
  ADD ("loopback", test_http_loopback);
  ADD ("bad-header", test_http_bad_header);
  ADD ("redirect", test_http_redirect);
  ADD ("refused-connection", test_http_refused_connection);
  ADD ("silence", test_http_silence);
  ADD ("slow-but-alive", test_http_slow_but_alive);
  ADD ("silence-in-body", test_http_silence_in_body);
  ADD ("cut", test_http_cut);
  ADD ("cut-between-chunks", test_http_cut_between_chunks);
  ADD ("upload-cut", test_http_upload_cut);
  ADD ("kept-connection-closes", test_http_kept_connection_closes);
  ADD ("repetition-is-stopped", test_http_repetition_is_stopped);
  ADD ("too-long", test_http_too_long);
  ADD ("gzip", test_http_gzip);
  ADD ("cancel", test_http_cancel);
  ADD ("many-at-once", test_http_many_at_once);
  ADD ("log", test_http_log);

  return g_test_run ();
}
