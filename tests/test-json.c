/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of strangers is read or refused, and never ends the program. */

#include "config.h"

#include "dio-error.h"
#include "dio-json.h"

#include <string.h>

static JsonNode *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return dio_json_parse (bytes, error);
}

static void
test_json_refused (void)
{
  static const char *const texts[] = { "", "  ", "{", "[1,", "<html>", "{\"a\":}", "nul" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
    }
}

static void
test_json_deep (void)
{
  static const char *const openings[] = { "[", "{\"a\":" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      for (guint n = 0; n < 400000; n++)
        g_string_append (text, openings[i]);

      g_assert_null (parse (text->str, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
    }
}

/* What json-glib passes over must not hide how deep the rest is. */
static void
test_json_hidden (void)
{
  static const char *const openings[] = { "/* \" */", "// \"\n", "['\"',", "'\\'\"'" };
  g_autofree char *brackets = g_strnfill (400000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autofree char *text = g_strconcat (openings[i], brackets, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (text, &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
    }
}

/* They would be bytes, of which not every row is UTF-8. */
static void
test_json_octal (void)
{
  static const char *const texts[] = { "[\"\\377\"]", "{\"\\200\":1}", "[\"\\\\\\0\"]" };
  g_autoptr(JsonNode) node = parse ("[\"\\\\377\"]", NULL);

  g_assert_nonnull (node);
  g_assert_cmpstr (json_array_get_string_element (json_node_get_array (node), 0), ==, "\\377");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, DIO_ERROR, DIO_ERROR_REPLY);
    }
}

/* Where a text was cut within a character. */
static void
test_json_halves (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } halves[] = {
    { "[\"a\\ud800bc\"]", "a\xef\xbf\xbd" "bc" },
    { "[\"\\udc00\"]", "\xef\xbf\xbd" },
    { "[\"\\ud83d\\u0041\"]", "\xef\xbf\xbd" "A" },
    { "[\"\\ud83d\"]", "\xef\xbf\xbd" },
    { "[\"\\ud83d\\ude00!\"]", "\xf0\x9f\x98\x80!" },
  };
  static const char *const wrong[] = { "[\"\\u00g9\"]", "[\"\\u00", "[\"\\u\"]", "[\"\\ud83d\\u12" };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr(JsonNode) node = parse (halves[i].json, NULL);

      g_assert_nonnull (node);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (node), 0), ==, halves[i].text);
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (parse (wrong[i], NULL));
}

/* Brackets inside a string, behind an escaped quote too, nest nothing. */
static void
test_json_brackets_in_strings (void)
{
  g_autofree char *brackets = g_strnfill (1000, '[');
  g_autofree char *text = g_strdup_printf ("[\"\\\"%s\\\\\",[[{\"%s\":1}]]]", brackets, brackets);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 2);
}

static void
test_json_wrong_types (void)
{
  g_autoptr(JsonNode) node = parse ("{\"s\":1,\"i\":\"x\",\"d\":[],\"b\":{},\"o\":[],\"a\":{},\"n\":null}", NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_null (dio_json_get_string (object, "s"));
  g_assert_null (dio_json_get_string (object, "n"));
  g_assert_null (dio_json_get_string (object, "absent"));
  g_assert_null (dio_json_get_string (NULL, "s"));
  g_assert_cmpint (dio_json_get_integer (object, "i", 7), ==, 7);
  g_assert_cmpfloat (dio_json_get_number (object, "d", 0.5), ==, 0.5);
  g_assert_true (dio_json_get_boolean (object, "b", TRUE));
  g_assert_null (dio_json_get_object (object, "o"));
  g_assert_null (dio_json_get_array (object, "a"));
  g_assert_cmpint (dio_json_get_integer (object, "s", 7), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/refused", test_json_refused);
  g_test_add_func ("/json/deep", test_json_deep);
  g_test_add_func ("/json/hidden", test_json_hidden);
  g_test_add_func ("/json/octal", test_json_octal);
  g_test_add_func ("/json/halves", test_json_halves);
  g_test_add_func ("/json/brackets-in-strings", test_json_brackets_in_strings);
  g_test_add_func ("/json/wrong-types", test_json_wrong_types);

  return g_test_run ();
}
