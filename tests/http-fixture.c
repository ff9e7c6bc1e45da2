/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sender, a server to send to and a folder. */

#include "config.h"

#include "http-fixture.h"

#include <glib/gstdio.h>

/* Messages of all sessions: no leak tool sees one that is not freed. */
static guint n_messages;
static guint n_alive;

static void
message_died_cb (gpointer  data,
                 GObject  *message)
{
  n_alive--;
}

static gboolean
message_queued_cb (GSignalInvocationHint *hint,
                   guint                  n_values,
                   const GValue          *values,
                   gpointer               data)
{
  n_messages++;
  n_alive++;
  g_object_weak_ref (g_value_get_object (&values[1]), message_died_cb, NULL);

  return TRUE;
}

static void
watch_messages (void)
{
  static gulong hook;
  gpointer klass = g_type_class_ref (SOUP_TYPE_SESSION);

  if (hook == 0)
    hook = g_signal_add_emission_hook (g_signal_lookup ("request-queued", SOUP_TYPE_SESSION), 0,
                                       message_queued_cb, NULL, NULL);
  g_type_class_unref (klass);
}

static void
progress_cb (goffset  sent,
             goffset  to_send,
             goffset  received,
             goffset  to_receive,
             gpointer user_data)
{
  HttpProgress *progress = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_assert_cmpint (sent, >=, progress->sent);
  g_assert_cmpint (received, >=, progress->received);
  g_assert_cmpint (sent, <=, to_send);
  g_assert_true (to_receive == -1 || received <= to_receive);

  progress->n_calls++;
  progress->sent = sent;
  progress->to_send = to_send;
  progress->received = received;
  progress->to_receive = to_receive;
}

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  DioMockServer *server;      /* (borrowed) */
  GCancellable  *cancellable; /* (owned) */
  guint          n_requests;  /* that had come before */
  guint          delay;
} Cancelling;

static void
cancelling_free (gpointer data)
{
  Cancelling *cancelling = data;

  g_object_unref (cancelling->cancellable);
  g_free (cancelling);
}

static gboolean
delay_is_over_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
look_at_server_cb (gpointer user_data)
{
  Cancelling *cancelling = user_data;

  if (dio_mock_server_get_n_requests (cancelling->server) == cancelling->n_requests)
    return G_SOURCE_CONTINUE;

  g_timeout_add_full (G_PRIORITY_DEFAULT, cancelling->delay, delay_is_over_cb,
                      g_object_ref (cancelling->cancellable), g_object_unref);

  return G_SOURCE_REMOVE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }

  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
http_fixture_set_up (HttpFixture  *self,
                     gconstpointer data)
{
  watch_messages ();
  n_messages = 0;
  self->server = dio_mock_server_new (NULL);
  self->http = dio_http_new ();
  self->folder = g_dir_make_tmp ("dio-http-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

void
http_fixture_tear_down (HttpFixture  *self,
                        gconstpointer data)
{
  http_fixture_assert_no_message ();
  g_assert_finalize_object (g_steal_pointer (&self->http));
  g_assert_finalize_object (g_steal_pointer (&self->server));
  remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

void
http_fixture_use_timeout (HttpFixture *self,
                          guint        seconds)
{
  g_assert_finalize_object (g_steal_pointer (&self->http));
  self->http = g_object_new (DIO_TYPE_HTTP, "timeout", seconds, NULL);
}

/**
 * http_fixture_make_certificate:
 * @names: such as "IP:127.0.0.1"
 * @path: (out): where it lies, for those who trust it
 *
 * Returns: (transfer full) (nullable): a certificate that nobody else has;
 *   %NULL where openssl or TLS is not installed, and the test is skipped
 */
GTlsCertificate *
http_fixture_make_certificate (HttpFixture *self,
                               const char  *names,
                               char       **path)
{
  g_autofree char *key = g_build_filename (self->folder, "key.pem", NULL);
  g_autofree char *alternative = g_strconcat ("subjectAltName=", names, NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS: glib-networking is not installed");
      return NULL;
    }

  *path = g_build_filename (self->folder, "certificate.pem", NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                              "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                              "-nodes", "-days", "2", "-subj", "/CN=Diorama test", "-addext", alternative,
                              "-keyout", key, "-out", *path, NULL);
  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    {
      g_test_skip ("no certificate: openssl is not installed");
      g_clear_pointer (path, g_free);
      return NULL;
    }

  certificate = g_tls_certificate_new_from_files (*path, key, &error);
  g_assert_no_error (error);

  return certificate;
}

/* A server with @certificate, and a sender that trusts @trusted or, where that is
 * NULL, what the system trusts. */
void
http_fixture_use_tls (HttpFixture     *self,
                      GTlsCertificate *certificate,
                      const char      *trusted)
{
  g_autoptr(GTlsDatabase) database = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&self->server));
  g_assert_finalize_object (g_steal_pointer (&self->http));

  if (trusted != NULL)
    {
      database = g_tls_file_database_new (trusted, &error);
      g_assert_no_error (error);
    }

  self->server = dio_mock_server_new (certificate);
  self->http = g_object_new (DIO_TYPE_HTTP, "tls-database", database, NULL);
}

/* A request to /v1 of the server; @json may be NULL. */
DioHttpRequest *
http_fixture_new_request (HttpFixture *self,
                          const char  *method,
                          const char  *json)
{
  g_autofree char *url = dio_mock_server_dup_url (self->server, "/v1");
  DioHttpRequest *request = dio_http_request_new (method, url);

  if (json != NULL)
    {
      g_autoptr(JsonNode) root = json_from_string (json, NULL);

      request->body = dio_body_new ();
      dio_body_set_json (request->body, root);
    }

  return request;
}

/* A file whose byte number i is i modulo 251. */
GFile *
http_fixture_write (HttpFixture *self,
                    const char  *name,
                    gsize        size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (i % 251);
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));

  return g_file_new_for_path (path);
}

guint
http_fixture_count_files (HttpFixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* How many messages were given to libsoup since the test began. */
guint
http_fixture_get_n_messages (void)
{
  return n_messages;
}

DioHttpReply *
http_fixture_send (HttpFixture    *self,
                   DioHttpRequest *request,
                   gsize           max_bytes,
                   HttpProgress   *progress,
                   GCancellable   *cancellable,
                   DioHttpReach   *reach,
                   GError        **error)
{
  GAsyncResult *result = NULL;
  DioHttpReply *reply;
  guint n_calls;

  dio_http_send_async (self->http, request, max_bytes, progress != NULL ? progress_cb : NULL, progress,
                       cancellable, store_result_cb, &result);
  wait_for (&result);
  reply = dio_http_send_finish (self->http, result, reach, error);
  n_calls = progress != NULL ? progress->n_calls : 0;

  g_assert_finalize_object (result);
  http_fixture_assert_no_message ();
  g_assert_true (progress == NULL || progress->n_calls == n_calls);

  return reply;
}

gboolean
http_fixture_download (HttpFixture  *self,
                       const char   *url,
                       GFile        *destination,
                       goffset       max_bytes,
                       HttpProgress *progress,
                       GCancellable *cancellable,
                       GError      **error)
{
  GAsyncResult *result = NULL;
  gboolean done;

  dio_http_download_async (self->http, url, destination, max_bytes, progress != NULL ? progress_cb : NULL, progress,
                           cancellable, store_result_cb, &result);
  wait_for (&result);
  done = dio_http_download_finish (self->http, result, error);

  g_assert_finalize_object (result);
  http_fixture_assert_no_message ();

  return done;
}

/* Cancels @delay milliseconds after the server has seen the next request. */
void
http_fixture_cancel_when_asked (HttpFixture  *self,
                                guint         delay,
                                GCancellable *cancellable)
{
  Cancelling *cancelling = g_new (Cancelling, 1);

  cancelling->server = self->server;
  cancelling->cancellable = g_object_ref (cancellable);
  cancelling->n_requests = dio_mock_server_get_n_requests (self->server);
  cancelling->delay = delay;
  g_timeout_add_full (G_PRIORITY_DEFAULT, 5, look_at_server_cb, cancelling, cancelling_free);
}

void
http_fixture_assert_no_message (void)
{
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  while (n_alive > 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (n_alive, ==, 0);
}
