/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where texts differ, and which changes are one to a person. */

#include "config.h"

#include "dio-typing.h"

static void
test_typing_init (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    DioTyping   typing;
  } cases[] = {
    { "", "a", { 0, 0, 1, FALSE } },
    { "a", "a", { 1, 0, 0, FALSE } },
    { "hel", "hell", { 3, 0, 1, FALSE } },
    { "hell", "hel", { 3, 1, 0, FALSE } },
    { "a ", "a b", { 2, 0, 1, TRUE } },
    { "a ", "a  ", { 2, 0, 1, FALSE } },
    { "one three", "one two three", { 5, 0, 4, FALSE } },
    { "@mug here", "@cup here", { 1, 3, 3, FALSE } },
    /* Two characters whose first bytes are the same, and two whose last are. */
    { "ä", "ö", { 0, 2, 2, FALSE } },
    { "\xc3\xa4", "\xc2\xa4", { 0, 2, 2, FALSE } },
    { "日本", "本", { 0, 3, 0, FALSE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DioTyping typing;

      dio_typing_init (&typing, cases[i].before, cases[i].after);
      g_assert_cmpuint (typing.start, ==, cases[i].typing.start);
      g_assert_cmpuint (typing.removed, ==, cases[i].typing.removed);
      g_assert_cmpuint (typing.inserted, ==, cases[i].typing.inserted);
      g_assert_cmpint (typing.begins_word, ==, cases[i].typing.begins_word);
    }
}

static gboolean
goes_on (const char *first,
         const char *second,
         const char *third)
{
  DioTyping last;
  DioTyping typing;

  dio_typing_init (&last, first, second);
  dio_typing_init (&typing, second, third);

  return dio_typing_goes_on (&typing, &last);
}

/* A word takes the blank before it along, if that is not another’s. */
static void
test_typing_join (void)
{
  DioTyping letter;
  DioTyping blank;
  DioTyping word;

  dio_typing_init (&letter, "", "a");
  dio_typing_init (&blank, "a", "a ");
  dio_typing_init (&word, "a ", "a b");
  g_assert_true (blank.is_blank);
  g_assert_true (dio_typing_goes_on (&word, &blank));
  dio_typing_join (&blank, &letter);
  g_assert_false (dio_typing_goes_on (&word, &blank));
}

static void
test_typing_goes_on (void)
{
  g_assert_true (goes_on ("", "a", "ab"));
  g_assert_true (goes_on ("a", "ab", "ab "));
  g_assert_true (goes_on ("a", "a ", "a  "));
  g_assert_true (goes_on ("a", "a ", "a b"));
  g_assert_false (goes_on ("a", "ab", "cab"));
  g_assert_false (goes_on ("a", "ab", "a"));
  g_assert_false (goes_on ("abc", "ab", "abd"));

  /* A selection that is typed over. */
  g_assert_true (goes_on ("one two", "one x", "one xy"));

  /* Backspace, and Delete. */
  g_assert_true (goes_on ("abc", "ab", "a"));
  g_assert_true (goes_on ("xabc", "abc", "bc"));
  g_assert_false (goes_on ("abcdef", "abcde", "bcde"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typing/init", test_typing_init);
  g_test_add_func ("/typing/goes-on", test_typing_goes_on);
  g_test_add_func ("/typing/join", test_typing_join);

  return g_test_run ();
}
