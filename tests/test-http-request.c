/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request is shown whole, without a key and without bytes, and a shell takes
 * the line for what it is. */

#include "config.h"

#include "dio-error.h"
#include "dio-http.h"

#include <string.h>

static DioHttpRequest *
make_request (const char *json)
{
  DioHttpRequest *request = dio_http_request_new ("POST", "https://api.example.com/v1/images?key=sk-1%2F%2B2&n=1");
  g_autoptr(JsonNode) root = json_from_string (json, NULL);

  dio_http_request_set_header (request, "X-Trace", "abc");
  dio_http_request_set_header (request, "Authorization", "Bearer sk-1/+2");
  dio_http_request_add_secret (request, "");
  dio_http_request_add_secret (request, "sk-1");
  dio_http_request_add_secret (request, "sk-1/+2");
  request->body = dio_body_new ();
  dio_body_set_json (request->body, root);

  return request;
}

static void
test_request_json (void)
{
  g_autoptr(DioHttpRequest) request = make_request ("{\"key\":\"sk-1/+2\",\"list\":[\"x sk-1/+2 y\",{\"deep\":\"sk-1\"},4,null,true,0.5]}");
  g_autoptr(JsonNode) root = dio_http_request_to_json (request);
  g_autofree char *text = json_to_string (root, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"method\":\"POST\","
                   "\"url\":\"https://api.example.com/v1/images?key=<key>&n=1\","
                   "\"headers\":{\"Authorization\":\"Bearer <key>\",\"X-Trace\":\"abc\",\"Content-Type\":\"application/json\"},"
                   "\"body\":{\"key\":\"<key>\",\"list\":[\"x <key> y\",{\"deep\":\"<key>\"},4,null,true,0.5]}}");
}

static void
test_request_without_body (void)
{
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("GET", "https://api.example.com/v1");
  g_autoptr(JsonNode) root = dio_http_request_to_json (request);
  g_autofree char *text = json_to_string (root, FALSE);
  g_autofree char *line = dio_http_request_to_curl (request);

  g_assert_cmpstr (text, ==, "{\"method\":\"GET\",\"url\":\"https://api.example.com/v1\",\"headers\":{},\"body\":null}");
  g_assert_cmpstr (line, ==, "curl --request 'GET' --url 'https://api.example.com/v1'");
}

static void
test_request_files (void)
{
  g_autoptr(DioHttpRequest) request = dio_http_request_new ("POST", "https://api.example.com/v1");
  g_autoptr(GFile) file = g_file_new_for_path ("/home/somebody/watch.jpg");
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_VALUE);
  g_autoptr(JsonNode) shown = NULL;
  g_autofree char *token = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  request->body = dio_body_new ();
  token = dio_body_add_file (request->body, file, 1203345, "data:image/jpeg;base64,", "watch.jpg, 1203345 bytes");
  json_node_set_string (root, token);
  dio_body_set_json (request->body, root);

  shown = dio_http_request_to_json (request);
  text = json_to_string (shown, FALSE);
  line = dio_http_request_to_curl (request);
  g_assert_nonnull (strstr (text, "\"body\":\"data:image/jpeg;base64,<watch.jpg, 1203345 bytes>\""));
  g_assert_nonnull (strstr (line, "--data '\"data:image/jpeg;base64,<watch.jpg, 1203345 bytes>\"'"));
  g_assert_null (strstr (text, "somebody"));
  g_assert_null (strstr (line, "somebody"));
}

/* A shell must see one argument in what a person typed. */
static void
test_request_curl (void)
{
  static const char *const prompts[] = {
    "a table",
    "it's a 'table'",
    "$(touch /tmp/x) `id` $HOME !! \\ \" ; & | > < * ?",
    "line\nbreak",
    "-o /tmp/x",
    "@/etc/passwd",
    "☃",
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr(JsonNode) prompt = json_node_new (JSON_NODE_VALUE);
      g_autofree char *json = NULL;
      g_autofree char *line = NULL;
      g_autofree char *script = NULL;
      g_autofree char *output = NULL;
      g_auto(GStrv) arguments = NULL;
      g_autoptr(DioHttpRequest) request = NULL;
      const char *argv[] = { "/bin/sh", "-c", NULL, NULL };
      g_autoptr(GError) error = NULL;

      json_node_set_string (prompt, prompts[i]);
      json = json_to_string (prompt, FALSE);
      request = make_request (json);
      dio_http_request_set_header (request, "X-Trace", prompts[i]);
      line = dio_http_request_to_curl (request);
      g_assert_null (strstr (line, "sk-1"));

      script = g_strdup_printf ("curl () { printf '%%s\\037' \"$@\"; }; %s", line);
      argv[2] = script;
      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error));
      g_assert_no_error (error);

      arguments = g_strsplit (output, "\037", -1);
      g_assert_cmpuint (g_strv_length (arguments), ==, 13);
      g_assert_cmpstr (arguments[1], ==, "POST");
      g_assert_cmpstr (arguments[3], ==, "https://api.example.com/v1/images?key=<key>&n=1");
      g_assert_cmpstr (arguments[5], ==, "Authorization: Bearer <key>");
      g_assert_true (g_str_has_suffix (arguments[7], prompts[i]));
      g_assert_cmpstr (arguments[9], ==, "Content-Type: application/json");
      g_assert_cmpstr (arguments[10], ==, "--data");
      g_assert_cmpstr (arguments[11], ==, json);
    }
}

static void
test_base_address (void)
{
  static const struct
  {
    const char *typed;
    const char *base; /* NULL where it is refused */
  } cases[] = {
    { "https://example.org", "https://example.org" },
    { " https://example.org/ ", "https://example.org" },
    { "https://example.org:8443/kling//", "https://example.org:8443/kling" },
    { "http://localhost:8080", "http://localhost:8080" },
    { "http://127.0.0.1/prefix", "http://127.0.0.1/prefix" },
    { "http://[::1]:9", "http://[::1]:9" },
    { "http://example.org", NULL },
    { "http://127.0.0.1.example.org", NULL },
    { "ftp://localhost", NULL },
    { "https://name:word@example.org", NULL },
    { "https://example.org/?a=1", NULL },
    { "https://example.org/#a", NULL },
    { "https://", NULL },
    { "example.org", NULL },
    { "", NULL },
    { "///", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *base = dio_http_dup_base_address (cases[i].typed, &error);

      g_assert_cmpstr (base, ==, cases[i].base);
      if (cases[i].base == NULL)
        g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-request/json", test_request_json);
  g_test_add_func ("/http-request/without-body", test_request_without_body);
  g_test_add_func ("/http-request/files", test_request_files);
  g_test_add_func ("/http-request/curl", test_request_curl);
  g_test_add_func ("/http-request/base-address", test_base_address);

  return g_test_run ();
}
