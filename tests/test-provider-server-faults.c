/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: everything that a script can make go wrong, as a client
 * sees it and as the ledger has it. */

#include "config.h"

#include "provider-server-fixture.h"

#include <string.h>

#define TASK     "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"
#define CREATES  "dialects.runware.totals.creates"
#define CHARGES  "dialects.runware.totals.charges"

static const char create[] =
  "[{\"taskType\":\"imageInference\",\"taskUUID\":\"" TASK "\",\"model\":\"google:4@3\",\"positivePrompt\":\"abc\","
  "\"width\":1024,\"height\":1024,\"numberResults\":3,\"outputFormat\":\"PNG\",\"deliveryMethod\":\"async\"}]";
static const char poll[] = "[{\"taskType\":\"getResponse\",\"taskUUID\":\"" TASK "\"}]";

/* What is sent or asked, of a task that was not there before. */
static char *
with_id (const char *body,
         const char *id)
{
  g_auto(GStrv) parts = g_strsplit (body, TASK, -1);

  return g_strjoinv (id, parts);
}

static ProviderReply *
ask (ProviderFixture *fixture,
     const char      *body)
{
  return provider_fixture_ask (fixture, "POST", "/v1", BEARER, body);
}

/* A rule for the first create. */
static void
script_create (ProviderFixture *fixture,
               const char      *details)
{
  provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0},\"rules\":[{\"name\":\"it\",\"match\":"
                                    "{\"call\":\"create\",\"times\":1},%s}]}", details);
}

/* A job that is done, and the address of its first picture. */
static char *
make_picture (ProviderFixture *fixture,
              const char      *rules)
{
  g_autoptr(ProviderReply) created = NULL;
  g_autoptr(ProviderReply) done = NULL;

  provider_fixture_script (fixture, "{\"settings\":{\"queue-polls\":0},\"rules\":[%s]}", rules);
  created = ask (fixture, create);
  g_assert_cmpuint (created->status, ==, 200);
  done = ask (fixture, poll);

  return g_strdup (provider_get_string (done->root, "data.0.imageURL"));
}

typedef struct
{
  const char *details;
  guint       status;   /* 0: no answer at all */
  gboolean    is_json;
  gboolean    is_whole; /* as long as it said */
  guint       charges;
} Case;

static const Case cases[] = {
  { "\"do\":\"close\"", 0, FALSE, FALSE, 0 },
  { "\"do\":\"close\",\"accept\":true", 0, FALSE, FALSE, 1 },
  { "\"do\":\"cut-header\"", 0, FALSE, FALSE, 1 },
  { "\"do\":\"cut-body\"", 200, FALSE, FALSE, 1 },
  { "\"do\":\"truncated\"", 200, FALSE, TRUE, 1 },
  { "\"do\":\"empty\"", 200, FALSE, TRUE, 0 },
  { "\"do\":\"empty\",\"accept\":true", 200, FALSE, TRUE, 1 },
  { "\"do\":\"html\"", 200, FALSE, TRUE, 0 },
  { "\"do\":\"wrong-types\"", 200, TRUE, TRUE, 1 },
  { "\"do\":\"status\",\"status\":504", 504, FALSE, TRUE, 0 },
  { "\"do\":\"status\",\"status\":504,\"accept\":true", 504, FALSE, TRUE, 1 },
  { "\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"7\"},\"body\":{\"errors\":[]}", 429, TRUE, TRUE, 0 },
  { "\"do\":\"redirect\"", 307, FALSE, TRUE, 0 },
  { "\"do\":\"endless\",\"bytes\":1000000", 200, FALSE, TRUE, 0 },
  { "\"do\":\"proceed\",\"delay\":20", 200, TRUE, TRUE, 1 },
  { "\"do\":\"refuse\",\"what\":\"prompt\"", 400, TRUE, TRUE, 0 },
  { "\"do\":\"refuse\",\"what\":\"reference\"", 400, TRUE, TRUE, 0 },
};

static void
test_faults_creates (ProviderFixture *fixture,
                     gconstpointer    data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 charges = provider_fixture_count (fixture, CHARGES);
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *body = with_id (create, id);
      g_autoptr(ProviderReply) reply = NULL;

      script_create (fixture, cases[i].details);
      reply = ask (fixture, body);
      g_test_message ("%s", cases[i].details);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_cmpint (reply->root != NULL, ==, cases[i].is_json);
      g_assert_cmpint (reply->error == NULL, ==, cases[i].is_whole);
      g_assert_cmpint (provider_fixture_count (fixture, CHARGES) - charges, ==, cases[i].charges);
      g_assert_cmpint (provider_fixture_count (fixture, CREATES), ==, i + 1);
      g_assert_cmpint (provider_fixture_count (fixture, "rules.0.hits"), ==, 1);
      if (cases[i].status == 429)
        g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Retry-After"), ==, "7");
    }
}

static void
got_chunk_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  gssize *size = user_data;

  *size = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);
}

static void
got_stream_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GInputStream **stream = user_data;

  *stream = soup_session_send_finish (SOUP_SESSION (object), result, NULL);
  g_assert_nonnull (*stream);
}

/* Reads until @want bytes have come, and hangs up. */
static void
read_some (ProviderFixture *fixture,
           gsize            want)
{
  g_autofree char *url = dio_provider_server_dup_url (fixture->server, "/v1");
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GInputStream) stream = NULL;
  g_autofree char *buffer = g_malloc (65536);
  gsize read = 0;

  soup_session_send_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, got_stream_cb, &stream);
  while (stream == NULL)
    g_main_context_iteration (NULL, TRUE);

  while (read < want)
    {
      gssize size = G_MINSSIZE;

      g_input_stream_read_async (stream, buffer, 65536, G_PRIORITY_DEFAULT, NULL, got_chunk_cb, &size);
      while (size == G_MINSSIZE)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (size, >, 0);
      read += size;
    }
}

/* 200 MB as announced, and single bytes for ever: neither ends by itself, and
 * both end with the client. */
static void
test_faults_endless (ProviderFixture *fixture,
                     gconstpointer    data)
{
  provider_fixture_script (fixture, "{\"rules\":[{\"do\":\"endless\"}]}");
  read_some (fixture, 20 * 1024 * 1024);
  provider_fixture_script (fixture, "{\"rules\":[{\"do\":\"drip\",\"interval\":1}]}");
  read_some (fixture, 50);
}

static void
test_faults_endless_declared (ProviderFixture *fixture,
                              gconstpointer    data)
{
  g_autoptr(ProviderReply) reply = NULL;

  provider_fixture_script (fixture, "{\"rules\":[{\"do\":\"endless\",\"declared\":true,\"bytes\":300000}]}");
  reply = ask (fixture, create);
  g_assert_cmpuint (g_bytes_get_size (reply->bytes), ==, 300000);
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Content-Length"), ==, "300000");
}

/* One value after the other, each once. */
static void
test_faults_wrong_types (ProviderFixture *fixture,
                         gconstpointer    data)
{
  g_autofree char *picture = make_picture (fixture, "");
  g_autoptr(ProviderReply) right = ask (fixture, poll);
  g_autofree char *text = json_to_string (right->root, FALSE);
  gint64 n = 1;

  g_assert_nonnull (picture);
  for (int i = 0; i < n; i++)
    {
      g_autoptr(ProviderReply) wrong = NULL;
      g_autofree char *other = NULL;

      provider_fixture_script (fixture, "{\"rules\":[{\"do\":\"wrong-types\",\"node\":%d}]}", i);
      wrong = ask (fixture, poll);
      g_assert_nonnull (wrong->root);
      other = json_to_string (wrong->root, FALSE);
      g_assert_cmpstr (other, !=, text);
      n = provider_fixture_count (fixture, "rules.0.nodes");
    }

  /* The root, data, three items, and what each of them has. */
  g_assert_cmpint (n, ==, 2 + 3 * 7);
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
send_and_wait_for_hold (ProviderFixture  *fixture,
                        const char       *body,
                        GCancellable     *cancellable,
                        GAsyncResult    **result)
{
  g_autofree char *url = dio_provider_server_dup_url (fixture->server, "/v1");
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", BEARER);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, cancellable, store_result_cb,
                                    result);
  g_assert_true (provider_fixture_wait (fixture, 1));
}

static void
held_cb (DioProviderServer *server,
         const char        *rule,
         gpointer           user_data)
{
  char **name = user_data;

  g_free (*name);
  *name = g_strdup (rule);
}

/* Held before or after the job is made; let go on, or given up. */
static void
test_faults_hold (ProviderFixture *fixture,
                  gconstpointer    data)
{
  for (guint accept = 0; accept < 2; accept++)
    {
      g_autofree char *name = NULL;
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *body = with_id (create, id);
      g_autofree char *details = g_strdup_printf ("\"do\":\"hold\",\"accept\":%s", accept ? "true" : "false");
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GError) error = NULL;
      gint64 charges = provider_fixture_count (fixture, CHARGES);
      gulong handler = g_signal_connect (fixture->server, "held", G_CALLBACK (held_cb), &name);

      script_create (fixture, details);
      send_and_wait_for_hold (fixture, body, NULL, &result);
      g_assert_cmpstr (name, ==, "it");
      g_assert_cmpint (provider_fixture_count (fixture, "held"), ==, 1);
      g_assert_cmpint (provider_fixture_count (fixture, CHARGES) - charges, ==, accept);

      dio_provider_server_release (fixture->server, "another");
      g_assert_cmpuint (dio_provider_server_get_n_held (fixture->server), ==, 1);
      dio_provider_server_release (fixture->server, "it");
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      bytes = soup_session_send_and_read_finish (fixture->session, result, &error);
      g_assert_no_error (error);
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), id));
      g_assert_cmpint (provider_fixture_count (fixture, CHARGES), ==, charges + 1);
      g_assert_cmpint (provider_fixture_count (fixture, CREATES), ==, charges + 1);
      g_signal_handler_disconnect (fixture->server, handler);
    }
}

/* Who hangs up while held before it was made leaves no job. */
static void
test_faults_hold_given_up (ProviderFixture *fixture,
                           gconstpointer    data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  script_create (fixture, "\"do\":\"hold\"");
  send_and_wait_for_hold (fixture, create, cancellable, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (soup_session_send_and_read_finish (fixture->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  soup_session_abort (fixture->session);

  g_assert_true (provider_fixture_wait (fixture, 0));
  g_assert_cmpint (provider_fixture_count (fixture, CREATES), ==, 1);
  g_assert_cmpint (provider_fixture_count (fixture, CHARGES), ==, 0);
}

/* What follows with the key, on either port or under another name, is seen. */
static void
test_faults_redirect (ProviderFixture *fixture,
                      gconstpointer    data)
{
  static const char *const locations[] = { "cdn", "localhost" };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      gint64 leaks = provider_fixture_count (fixture, "key_leaks");
      g_autoptr(ProviderReply) reply = NULL;
      g_autoptr(ProviderReply) quiet = NULL;
      g_autoptr(ProviderReply) loud = NULL;
      const char *location;

      provider_fixture_script (fixture, "{\"rules\":[{\"match\":{\"call\":\"poll\"},\"do\":\"redirect\","
                                        "\"location\":\"%s\"}]}", locations[i]);
      reply = ask (fixture, poll);
      location = soup_message_headers_get_one (reply->headers, "Location");
      g_assert_cmpuint (reply->status, ==, 307);
      g_assert_true (g_str_has_suffix (location, "/redirected"));

      quiet = provider_fixture_ask (fixture, "POST", location, NULL, "{}");
      g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), ==, leaks);
      loud = provider_fixture_ask (fixture, "POST", location, BEARER, "{}");
      g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), >, leaks);
      g_assert_cmpint (provider_fixture_count (fixture, "redirects_followed"), ==, 2 * (i + 1));
    }
}

static void
test_faults_leaks (ProviderFixture *fixture,
                   gconstpointer    data)
{
  static const struct
  {
    const char *path;
    const char *authorization;
    const char *body;
    guint       status;
  } leaks[] = {
    { "/v1?key=" DIO_PROVIDER_SERVER_KEY, NULL, "[]", 401 },
    { "/v1", NULL, "[\"" DIO_PROVIDER_SERVER_SECRET_KEY "\"]", 401 },
    { "/resolve/google%3A4%403", BEARER, NULL, 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (leaks); i++)
    {
      gint64 n = provider_fixture_count (fixture, "key_leaks");
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", leaks[i].path, leaks[i].authorization,
                                                             leaks[i].body);
      g_autofree char *ledger = dio_provider_server_dup_ledger (fixture->server);

      g_assert_cmpuint (reply->status, ==, leaks[i].status);
      g_assert_cmpint (provider_fixture_count (fixture, "key_leaks"), >, n);
      g_assert_null (strstr (ledger, DIO_PROVIDER_SERVER_SECRET_KEY));
    }
}

/* The same over TLS, where faults are written past libsoup too. */
static void
test_faults_tls (void)
{
  DioProviderServerOptions options = { .tls = TRUE };
  g_autoptr(GError) error = NULL;
  ProviderFixture fixture = { dio_provider_server_new (&options, &error), soup_session_new () };
  g_autofree char *certificate = NULL;
  g_autofree char *url = NULL;

  if (fixture.server == NULL)
    {
      g_test_skip (error->message);
      g_object_unref (fixture.session);
      return;
    }

  certificate = g_strdup (dio_provider_server_get_certificate_path (fixture.server));
  g_assert_true (g_file_test (certificate, G_FILE_TEST_IS_REGULAR));
  url = make_picture (&fixture, "");
  g_assert_true (g_str_has_prefix (url, "https://127.0.0.1:"));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *body = with_id (create, id);
      g_autoptr(ProviderReply) reply = NULL;

      script_create (&fixture, cases[i].details);
      reply = ask (&fixture, body);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_nonnull (reply->error);
    }

  provider_fixture_tear_down (&fixture, NULL);
  g_assert_false (g_file_test (certificate, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) \
  g_test_add ("/provider-server-faults/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("creates", test_faults_creates);
  ADD ("endless", test_faults_endless);
  ADD ("endless-declared", test_faults_endless_declared);
  ADD ("wrong-types", test_faults_wrong_types);
  ADD ("hold", test_faults_hold);
  ADD ("hold-given-up", test_faults_hold_given_up);
  ADD ("redirect", test_faults_redirect);
  ADD ("leaks", test_faults_leaks);
  g_test_add_func ("/provider-server-faults/tls", test_faults_tls);

  return g_test_run ();
}
