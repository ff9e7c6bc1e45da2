/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees of passes, from what is known of a library that does not exist. */

#include "config.h"

#include "dio-lineage.h"

#include <stdarg.h>

/* A result whose content hash is its id, made from the references that follow. */
static DioResult *
make_result (const char *id,
             ...)
{
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", 0, 64, 64);
  g_autoptr(GStrvBuilder) parents = g_strv_builder_new ();
  g_auto(GStrv) hashes = NULL;
  DioResult *result = dio_result_new (id, "job", "/nowhere.png", 0, "local", "local/compositor", "", picture);
  va_list args;

  va_start (args, id);
  for (const char *hash = va_arg (args, const char *); hash != NULL; hash = va_arg (args, const char *))
    g_strv_builder_add (parents, hash);
  va_end (args);

  hashes = g_strv_builder_end (parents);
  dio_result_set_hash (result, id);
  dio_result_set_parents (result, (const char * const *) hashes);

  return result;
}

/* “A(B(photo) missing?)+2”: what is near in brackets, = for what stands elsewhere,
 * + for what is hidden. */
static void
write_node (GString              *text,
            const DioLineageNode *node)
{
  g_string_append (text, node->hash);
  if (node->kind == DIO_LINEAGE_PHOTO)
    g_string_append_c (text, '*');
  if (node->kind == DIO_LINEAGE_MISSING)
    g_string_append_c (text, '?');
  if (node->is_repeated)
    g_string_append_c (text, '=');
  if (node->nodes->len > 0)
    {
      for (guint i = 0; i < node->nodes->len; i++)
        {
          g_string_append_c (text, i == 0 ? '(' : ' ');
          write_node (text, g_ptr_array_index (node->nodes, i));
        }
      g_string_append_c (text, ')');
    }
  if (node->n_hidden > 0)
    g_string_append_printf (text, "+%u", node->n_hidden);
}

static void
assert_tree (DioLineageFacts     *facts,
             DioResult           *result,
             DioLineageDirection  direction,
             const char          *expected)
{
  DioLineageQuestion question;
  g_autofree char *hash = NULL;
  g_autoptr(DioLineageNode) root = dio_lineage_build (facts, result, direction, &question, &hash);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_cmpint (question, ==, DIO_LINEAGE_NO_QUESTION);
  g_assert_null (hash);
  write_node (text, root);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_question (DioLineageFacts     *facts,
                 DioResult           *result,
                 DioLineageDirection  direction,
                 DioLineageQuestion   expected,
                 const char          *about)
{
  DioLineageQuestion question;
  g_autofree char *hash = NULL;
  g_autoptr(DioLineageNode) root = dio_lineage_build (facts, result, direction, &question, &hash);

  g_assert_nonnull (root);
  g_assert_cmpint (question, ==, expected);
  g_assert_cmpstr (hash, ==, about);
}

static void
add_children (DioLineageFacts *facts,
              const char      *hash,
              ...)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  va_list args;

  va_start (args, hash);
  for (DioResult *child = va_arg (args, DioResult *); child != NULL; child = va_arg (args, DioResult *))
    g_ptr_array_add (children, g_object_ref (child));
  va_end (args);

  dio_lineage_facts_add_children (facts, hash, children);
}

/* A photo, a pass, a second pass with a source that is gone. */
static void
test_passes (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(DioResult) first = make_result ("first", "photo", NULL);
  g_autoptr(DioResult) second = make_result ("second", "first", "gone", NULL);

  dio_lineage_facts_add_result (facts, "photo", NULL);
  dio_lineage_facts_add_result (facts, "gone", NULL);
  dio_lineage_facts_add_result (facts, "first", first);
  dio_lineage_facts_add_photo (facts, "photo", TRUE);
  dio_lineage_facts_add_photo (facts, "gone", FALSE);
  add_children (facts, "first", second, NULL);
  add_children (facts, "second", NULL);

  assert_tree (facts, second, DIO_LINEAGE_UP, "second(first(photo*) gone?)");
  assert_tree (facts, first, DIO_LINEAGE_UP, "first(photo*)");
  assert_tree (facts, first, DIO_LINEAGE_DOWN, "first(second)");
  assert_tree (facts, second, DIO_LINEAGE_DOWN, "second");
}

/* What is not known is asked for, one thing at a time, and nothing twice. */
static void
test_questions (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(DioResult) result = make_result ("result", "source", NULL);

  assert_question (facts, result, DIO_LINEAGE_UP, DIO_LINEAGE_ASK_RESULT, "source");
  dio_lineage_facts_add_result (facts, "source", NULL);
  assert_question (facts, result, DIO_LINEAGE_UP, DIO_LINEAGE_ASK_PHOTO, "source");
  dio_lineage_facts_add_photo (facts, "source", TRUE);
  assert_tree (facts, result, DIO_LINEAGE_UP, "result(source*)");

  assert_question (facts, result, DIO_LINEAGE_DOWN, DIO_LINEAGE_ASK_CHILDREN, "result");
  add_children (facts, "result", NULL);
  assert_tree (facts, result, DIO_LINEAGE_DOWN, "result");
}

/* Two ways to one source: its own sources are told once. */
static void
test_diamond (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(DioResult) source = make_result ("source", "photo", NULL);
  g_autoptr(DioResult) left = make_result ("left", "source", NULL);
  g_autoptr(DioResult) right = make_result ("right", "source", NULL);
  g_autoptr(DioResult) both = make_result ("both", "left", "right", NULL);

  dio_lineage_facts_add_result (facts, "photo", NULL);
  dio_lineage_facts_add_photo (facts, "photo", TRUE);
  dio_lineage_facts_add_result (facts, "source", source);
  dio_lineage_facts_add_result (facts, "left", left);
  dio_lineage_facts_add_result (facts, "right", right);

  assert_tree (facts, both, DIO_LINEAGE_UP, "both(left(source(photo*)) right(source=))");
}

/* No library can hold one unless somebody has changed its rows. */
static void
test_circle (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(DioResult) one = make_result ("one", "two", NULL);
  g_autoptr(DioResult) two = make_result ("two", "one", "two", NULL);

  dio_lineage_facts_add_result (facts, "one", one);
  dio_lineage_facts_add_result (facts, "two", two);
  add_children (facts, "one", two, NULL);
  add_children (facts, "two", one, two, NULL);

  assert_tree (facts, one, DIO_LINEAGE_UP, "one(two(one= two=))");
  assert_tree (facts, one, DIO_LINEAGE_DOWN, "one(two(one= two=))");
}

/* Neither long rows of passes nor many children make it large. */
static void
test_limits (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);
      g_autofree char *parent = g_strdup_printf ("%d", i + 1);

      g_ptr_array_add (results, make_result (id, parent, NULL));
      dio_lineage_facts_add_result (facts, id, results->pdata[i]);
    }
  assert_tree (facts, results->pdata[0], DIO_LINEAGE_UP, "0(1(2(3(4))))");

  for (int i = 0; i < 20; i++)
    g_ptr_array_add (children, make_result ("c", "0", NULL));
  dio_lineage_facts_add_children (facts, "0", children);
  add_children (facts, "c", NULL);
  assert_tree (facts, results->pdata[0], DIO_LINEAGE_DOWN, "0(c c= c= c= c= c= c= c=)+12");
}

/* However they branch, there is an end, and what is near comes first. */
static void
test_many (void)
{
  g_autoptr(DioLineageFacts) facts = dio_lineage_facts_new ();
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  DioLineageQuestion question;
  g_autofree char *hash = NULL;
  g_autoptr(DioLineageNode) root = NULL;
  guint n_next = 1;

  /* Node n has the children 6n + 1 to 6n + 6. */
  for (guint i = 0; i < 259; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_ptr_array_add (all, make_result (id, NULL));
    }
  for (guint i = 0; i < 259; i++)
    {
      g_autoptr(GPtrArray) children = g_ptr_array_new ();

      for (guint j = 0; j < 6 && n_next < 259; j++)
        g_ptr_array_add (children, all->pdata[n_next++]);
      dio_lineage_facts_add_children (facts, dio_result_get_hash (all->pdata[i]), children);
    }

  root = dio_lineage_build (facts, all->pdata[0], DIO_LINEAGE_DOWN, &question, &hash);
  g_assert_cmpint (question, ==, DIO_LINEAGE_NO_QUESTION);
  g_assert_cmpuint (root->nodes->len, ==, 6);
  g_assert_cmpuint (root->n_hidden, ==, 0);
  g_assert_cmpuint (((DioLineageNode *) root->nodes->pdata[5])->n_hidden, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lineage/passes", test_passes);
  g_test_add_func ("/lineage/questions", test_questions);
  g_test_add_func ("/lineage/diamond", test_diamond);
  g_test_add_func ("/lineage/circle", test_circle);
  g_test_add_func ("/lineage/limits", test_limits);
  g_test_add_func ("/lineage/many", test_many);

  return g_test_run ();
}
