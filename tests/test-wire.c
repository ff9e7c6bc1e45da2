/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the dialects of hosted providers share. */

#include "config.h"

#include "wire-fixture.h"

static void
test_status (void)
{
  static const struct { guint status; DioError error; gboolean arrived; } statuses[] = {
    { 301, DIO_ERROR_REPLY, FALSE },
    { 302, DIO_ERROR_REPLY, FALSE },
    { 400, DIO_ERROR_INVALID, FALSE },
    { 401, DIO_ERROR_AUTH, FALSE },
    { 402, DIO_ERROR_CREDIT, FALSE },
    { 403, DIO_ERROR_PERMISSION, FALSE },
    { 404, DIO_ERROR_NOT_FOUND, FALSE },
    { 408, DIO_ERROR_TIMEOUT, TRUE },
    { 413, DIO_ERROR_INVALID, FALSE },
    { 422, DIO_ERROR_INVALID, FALSE },
    { 429, DIO_ERROR_BUSY, FALSE },
    { 500, DIO_ERROR_SERVER, TRUE },
    { 502, DIO_ERROR_SERVER, TRUE },
    { 503, DIO_ERROR_SERVER, FALSE },
    { 504, DIO_ERROR_SERVER, TRUE },
    { 524, DIO_ERROR_SERVER, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_test_message ("%u", statuses[i].status);
      g_assert_cmpint (dio_wire_classify_status (statuses[i].status), ==, statuses[i].error);
      g_assert_cmpint (dio_wire_may_have_arrived (statuses[i].status), ==, statuses[i].arrived);
    }
}

static void
test_refusal (void)
{
  static const struct { const char *words; const char *what; } refusals[] = {
    { "The prompt triggers the content security policy", "the prompt is refused" },
    { "The reference image was flagged", "a reference is refused" },
    { "The Image triggers the policy", "a reference is refused" },
    { "NSFW content was detected in the generated image", "the provider's own picture is refused" },
    { "no", "the prompt, a reference or the picture is refused" },
    { NULL, "the prompt, a reference or the picture is refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_assert_cmpstr (dio_wire_describe_refusal (refusals[i].words), ==, refusals[i].what);
}

static void
test_parse (void)
{
  static const struct { guint status; const char *text; int error; } replies[] = {
    { 200, "{}", -1 },
    { 200, " [1] ", -1 },
    { 500, "{}", -1 },
    { 200, "", DIO_ERROR_REPLY },
    { 200, "  ", DIO_ERROR_REPLY },
    { 200, "7", DIO_ERROR_REPLY },
    { 200, "{\"a\":", DIO_ERROR_REPLY },
    { 200, "<html>", DIO_ERROR_REPLY },
    { 401, "<html>", DIO_ERROR_AUTH },
    { 502, "", DIO_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(DioHttpReply) reply = wire_fixture_make_reply (replies[i].status, replies[i].text);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = dio_wire_parse (reply, &error);

      g_assert_true ((node != NULL) == (replies[i].error < 0));
      if (replies[i].error >= 0)
        g_assert_error (error, DIO_ERROR, replies[i].error);
    }
}

static void
test_join_url (void)
{
  static const struct { const char *endpoint; const char *documented; const char *path; const char *url; } urls[] = {
    { NULL, "https://a.example", "/v1/x", "https://a.example/v1/x" },
    { "", "https://a.example", "/v1/x", "https://a.example/v1/x" },
    { NULL, "https://a.example/", "v1/x", "https://a.example/v1/x" },
    { NULL, "https://a.example/v1", "", "https://a.example/v1" },
    { NULL, "https://a.example/v1", "/x/7", "https://a.example/v1/x/7" },
    { "http://127.0.0.1:8080", "https://a.example", "/v1/x", "http://127.0.0.1:8080/v1/x" },
    { "https://b.example/pre/", "https://a.example/v1/", "/x", "https://b.example/pre/v1/x" },
    { "https://b.example/pre", "https://a.example", "/v1/x", "https://b.example/pre/v1/x" },
    { "https://b.example", "", "/v1/x", "https://b.example/v1/x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *url = dio_wire_join_url (urls[i].endpoint, urls[i].documented, urls[i].path);

      g_assert_cmpstr (url, ==, urls[i].url);
    }
}

static void
test_members (void)
{
  static const struct { const char *json; const char *text; double number; } members[] = {
    { "{\"a\":\"x\"}", "x", -1 },
    { "{\"a\":\"8\"}", "8", 8 },
    { "{\"a\":\"8.5\"}", "8.5", 8.5 },
    { "{\"a\":\"8 units\"}", "8 units", -1 },
    { "{\"a\":\"inf\"}", "inf", -1 },
    { "{\"a\":\"\"}", NULL, -1 },
    { "{\"a\":867204339712048132}", "867204339712048132", 867204339712048132.0 },
    { "{\"a\":0}", "0", 0 },
    { "{\"a\":1.5}", NULL, 1.5 },
    { "{\"a\":true}", NULL, -1 },
    { "{\"a\":null}", NULL, -1 },
    { "{\"a\":[]}", NULL, -1 },
    { "{\"a\":{}}", NULL, -1 },
    { "{}", NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (members[i].json, NULL);
      g_autofree char *text = dio_wire_dup_text (json_node_get_object (node), "a");

      g_test_message ("%s", members[i].json);
      g_assert_cmpstr (text, ==, members[i].text);
      g_assert_cmpfloat (dio_wire_get_number (json_node_get_object (node), "a", -1), ==, members[i].number);
    }

  g_assert_null (dio_wire_dup_text (NULL, "a"));
  g_assert_cmpfloat (dio_wire_get_number (NULL, "a", 3), ==, 3);
}

static void
test_reply (void)
{
  g_autoptr(DioWireReply) reply = dio_wire_reply_new (DIO_WIRE_MAKING);
  DioWirePicture *picture;

  g_assert_cmpfloat (reply->progress, <, 0);
  g_assert_cmpfloat (reply->wait, <, 0);
  g_assert_cmpint (dio_wire_reply_add (reply, DIO_WIRE_PICTURE_URL, "a")->index, ==, 0);
  picture = dio_wire_reply_add (reply, DIO_WIRE_PICTURE_BASE64, "b");
  g_assert_cmpint (picture->index, ==, 1);
  g_assert_cmpint (picture->seed, ==, -1);
  g_assert_cmpfloat (picture->cost, <, 0);

  dio_wire_reply_fail (reply, DIO_ERROR_BUSY, "first");
  dio_wire_reply_fail (reply, DIO_ERROR_SERVER, "second");
  g_assert_cmpint (reply->state, ==, DIO_WIRE_FAILED);
  g_assert_error (reply->error, DIO_ERROR, DIO_ERROR_SERVER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/status", test_status);
  g_test_add_func ("/wire/parse", test_parse);
  g_test_add_func ("/wire/refusal", test_refusal);
  g_test_add_func ("/wire/join-url", test_join_url);
  g_test_add_func ("/wire/members", test_members);
  g_test_add_func ("/wire/reply", test_reply);

  return g_test_run ();
}
