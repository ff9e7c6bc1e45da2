/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent over TLS: to whom, and never twice. */

#include "config.h"

#include "http-fixture.h"

#include "dio-error.h"

#include <string.h>

#define MEBIBYTE (1 << 20)

static void
assert_not_trusted (HttpFixture *fixture,
                    const char  *word)
{
  g_autoptr(DioHttpRequest) request = http_fixture_new_request (fixture, "POST", "{\"key\":\"sk-123\"}");
  g_autoptr(GFile) file = g_file_new_build_filename (fixture->folder, "picture.png", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) download_error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNTRUSTED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "not trusted"));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);

  g_assert_false (http_fixture_download (fixture, request->url, file, MEBIBYTE, NULL, NULL, &download_error));
  g_assert_error (download_error, DIO_ERROR, DIO_ERROR_UNTRUSTED);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_tls_unknown_issuer (HttpFixture  *fixture,
                         gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(GTlsCertificate) certificate = http_fixture_make_certificate (fixture, "IP:127.0.0.1", &path);

  if (certificate == NULL)
    return;

  http_fixture_use_tls (fixture, certificate, NULL);
  assert_not_trusted (fixture, "unknown issuer");
}

static void
test_tls_other_host (HttpFixture  *fixture,
                     gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(GTlsCertificate) certificate = http_fixture_make_certificate (fixture, "DNS:example.com", &path);

  if (certificate == NULL)
    return;

  http_fixture_use_tls (fixture, certificate, path);
  assert_not_trusted (fixture, "another host");
}

static gboolean
answer_plainly_cb (GSocketService    *service,
                   GSocketConnection *connection,
                   GObject           *source,
                   gpointer           user_data)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (output, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, NULL, NULL, NULL);

  return TRUE;
}

/* The server speaks plain http on a port that TLS was asked of. */
static void
test_tls_with_no_tls_server (HttpFixture  *fixture,
                             gconstpointer data)
{
  g_autoptr(GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/v1", port);
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS: glib-networking is not installed");
      return;
    }

  g_signal_connect (service, "incoming", G_CALLBACK (answer_plainly_cb), NULL);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_OFFLINE);
  g_test_message ("%s", error->message);
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);
  g_socket_service_stop (service);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* A server that takes connections and says nothing, so that TLS never begins. */
static void
test_tls_never_begins (HttpFixture  *fixture,
                             gconstpointer data)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/v1", port);
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS: glib-networking is not installed");
      return;
    }

  g_timeout_add (200, cancel_cb, cancellable);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, cancellable, &reach, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);
  g_clear_error (&error);

  http_fixture_use_timeout (fixture, 1);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_TIMEOUT);
  g_assert_cmpint (reach, ==, DIO_HTTP_NOT_SENT);
}

static DioHttpRequest *
make_request_with_file (HttpFixture *fixture,
                        goffset      size,
                        goffset      declared)
{
  g_autoptr(GFile) file = http_fixture_write (fixture, "watch.jpg", size);
  DioHttpRequest *request = http_fixture_new_request (fixture, "POST", NULL);
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_VALUE);
  g_autofree char *token = NULL;

  request->body = dio_body_new ();
  token = dio_body_add_file (request->body, file, declared, NULL, "watch.jpg");
  json_node_set_string (root, token);
  dio_body_set_json (request->body, root);

  return request;
}

static gboolean
set_up_trusted (HttpFixture *fixture)
{
  g_autofree char *path = NULL;
  g_autoptr(GTlsCertificate) certificate = http_fixture_make_certificate (fixture, "IP:127.0.0.1", &path);

  if (certificate == NULL)
    return FALSE;

  http_fixture_use_tls (fixture, certificate, path);

  return TRUE;
}

static void
test_tls_trusted (HttpFixture  *fixture,
                  gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(DioHttpReply) first = NULL;
  g_autoptr(DioHttpReply) second = NULL;
  g_autoptr(GError) error = NULL;
  HttpProgress progress = { 0 };
  DioHttpReach reach = DIO_HTTP_NOT_SENT;
  const DioMockRequest *seen;
  goffset length;

  if (!set_up_trusted (fixture))
    return;

  request = make_request_with_file (fixture, 2 * MEBIBYTE, 2 * MEBIBYTE);
  length = dio_body_get_length (request->body);
  dio_http_request_set_header (request, "Authorization", "Bearer sk-123");
  dio_mock_server_push (fixture->server, 200, "{\"ok\":true}");
  dio_mock_server_push (fixture->server, 429, "{}");

  first = http_fixture_send (fixture, request, MEBIBYTE, &progress, NULL, &reach, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reach, ==, DIO_HTTP_ANSWERED);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (first->bytes), ==, 11);
  g_assert_cmpint (progress.sent, ==, length);
  g_assert_cmpint (progress.received, ==, 11);

  second = http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->status, ==, 429);

  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 2);
  seen = dio_mock_server_get_request (fixture->server, 1);
  g_assert_cmpint (g_bytes_get_size (seen->body), ==, length);
  g_assert_cmpstr (dio_mock_request_get_header (seen, "Authorization"), ==, "Bearer sk-123");
}

static void
test_tls_file_changed (HttpFixture  *fixture,
                       gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  if (!set_up_trusted (fixture))
    return;

  request = make_request_with_file (fixture, MEBIBYTE, MEBIBYTE + 1);
  dio_mock_server_push (fixture->server, 200, "{}");
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
  g_assert_cmpuint (dio_mock_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_tls_too_long (HttpFixture  *fixture,
                   gconstpointer data)
{
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(GBytes) large = NULL;
  g_autoptr(GError) error = NULL;

  if (!set_up_trusted (fixture))
    return;

  large = g_bytes_new_take (g_malloc0 (4 * MEBIBYTE), 4 * MEBIBYTE);
  request = http_fixture_new_request (fixture, "POST", "{}");
  dio_mock_server_push_bytes (fixture->server, 200, large, NULL);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
}

static void
handshake_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTlsConnection *connection = G_TLS_CONNECTION (object);
  char **protocol = user_data;

  g_assert_true (g_tls_connection_handshake_finish (connection, result, NULL));
  *protocol = g_strdup (g_tls_connection_get_negotiated_protocol (connection));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_object_unref (connection);
}

typedef struct
{
  GTlsCertificate *certificate; /* (borrowed) */
  char            *protocol;    /* (owned) (nullable) */
} Negotiation;

static gboolean
negotiate_cb (GSocketService    *service,
              GSocketConnection *connection,
              GObject           *source,
              gpointer           user_data)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };
  Negotiation *negotiation = user_data;
  GIOStream *server = g_tls_server_connection_new (G_IO_STREAM (connection), negotiation->certificate, NULL);

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (server), protocols);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (server), G_PRIORITY_DEFAULT, NULL, handshake_cb, &negotiation->protocol);

  return TRUE;
}

/* A server that would rather speak HTTP/2, of which libsoup 3.2 loses the ends. */
static void
test_tls_no_http2 (HttpFixture  *fixture,
                   gconstpointer data)
{
  g_autoptr(GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/v1", port);
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", url);
  g_autofree char *path = NULL;
  g_autoptr(GTlsCertificate) certificate = http_fixture_make_certificate (fixture, "IP:127.0.0.1", &path);
  Negotiation negotiation = { certificate, NULL };
  g_autoptr(GError) error = NULL;

  if (certificate == NULL)
    return;

  http_fixture_use_tls (fixture, certificate, path);
  g_signal_connect (service, "incoming", G_CALLBACK (negotiate_cb), &negotiation);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (negotiation.protocol, ==, "http/1.1");
  g_socket_service_stop (service);
  g_free (negotiation.protocol);
}

static void
test_tls_cancel (HttpFixture  *fixture,
                 gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  if (!set_up_trusted (fixture))
    return;

  request = http_fixture_new_request (fixture, "POST", "{}");
  dio_mock_server_push_hang (fixture->server);
  http_fixture_cancel_when_asked (fixture, 50, cancellable);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, cancellable, &reach, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
}

static void
test_tls_silence (HttpFixture  *fixture,
                  gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(GTlsCertificate) certificate = http_fixture_make_certificate (fixture, "IP:127.0.0.1", &path);
  g_autoptr(GTlsDatabase) database = NULL;
  g_autoptr(DioHttpRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  DioHttpReach reach = DIO_HTTP_ANSWERED;

  if (certificate == NULL)
    return;

  http_fixture_use_tls (fixture, certificate, path);
  g_assert_finalize_object (g_steal_pointer (&fixture->http));
  database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  fixture->http = g_object_new (DIO_TYPE_HTTP, "tls-database", database, "timeout", 1, NULL);

  request = http_fixture_new_request (fixture, "POST", "{}");
  dio_mock_server_push_hang (fixture->server);
  g_assert_null (http_fixture_send (fixture, request, MEBIBYTE, NULL, NULL, &reach, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_TIMEOUT);
  g_assert_cmpint (reach, ==, DIO_HTTP_PERHAPS_SENT);
}

/* https leads to https alone, but for this computer. */
static void
test_tls_download (HttpFixture  *fixture,
                   gconstpointer data)
{
  g_autoptr(GFile) file = g_file_new_build_filename (fixture->folder, "picture.png", NULL);
  g_autofree char *url = NULL;
  g_autoptr(GError) error = NULL;

  if (!set_up_trusted (fixture))
    return;

  url = dio_mock_server_dup_url (fixture->server, "/1.png");
  dio_mock_server_push_redirect (fixture->server, 302, "/2.png");
  dio_mock_server_push (fixture->server, 200, "picture");
  g_assert_true (http_fixture_download (fixture, url, file, MEBIBYTE, NULL, NULL, &error));
  g_assert_no_error (error);

  dio_mock_server_push_redirect (fixture->server, 302, "http://example.com/2.png");
  g_assert_false (http_fixture_download (fixture, url, file, MEBIBYTE, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

/* LeakSanitizer of gcc 12 crashes where GnuTLS was loaded and a thread has ended.
 * That messages die is asserted here all the same; without the sanitizer nobody
 * calls this. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/http-tls/" name, HttpFixture, NULL, http_fixture_set_up, func, http_fixture_tear_down)

  ADD ("unknown-issuer", test_tls_unknown_issuer);
  ADD ("other-host", test_tls_other_host);
  ADD ("with-no-tls-server", test_tls_with_no_tls_server);
  ADD ("never-begins", test_tls_never_begins);
  ADD ("no-http2", test_tls_no_http2);
  ADD ("trusted", test_tls_trusted);
  ADD ("file-changed", test_tls_file_changed);
  ADD ("too-long", test_tls_too_long);
  ADD ("cancel", test_tls_cancel);
  ADD ("silence", test_tls_silence);
  ADD ("download", test_tls_download);

  return g_test_run ();
}
