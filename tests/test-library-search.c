/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query finds: by words, by who made it, by what is said of it, by what it
 * was made from. */

#include "config.h"

#include "dio-hash.h"
#include "library-fixture.h"

typedef struct
{
  LibraryFixture library;
  DioResultList *list;
} Fixture;

static const char *const prompts[] = {
  "A blue watch on a wooden table",
  "Café au lait, crème brûlée",
  "The @teapot from the left; 50 % larger",
  "wooden boat, AND OR NOT NEAR(\"x\")",
};

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  library_fixture_set_up (&self->library, data);
  library_fixture_open (&self->library);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, 100);
      g_autoptr(GBytes) photo = library_test_make_bytes (100 + i, 100);
      g_autoptr(DioJob) job = library_test_make_job ("local", i == 1 ? "Breakfast" : NULL, prompts[i], photo);
      g_autoptr(GError) error = NULL;

      g_assert_true (library_test_add_job (self->library.library, job, &error));
      g_object_unref (library_fixture_add_bytes (&self->library, job, 0, bytes));
    }
  self->list = library_test_list (self->library.library);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->list);
  library_fixture_tear_down (&self->library, data);
}

/* Returns: which prompts are found, newest first: "30" */
static char *
find (Fixture              *self,
      const DioResultQuery *query)
{
  g_autoptr(GString) found = g_string_new (NULL);

  dio_result_list_set_query (self->list, query);
  library_test_wait_for_list (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr(DioResult) result = library_test_read (self->list, i);

      for (guint j = 0; j < G_N_ELEMENTS (prompts); j++)
        if (g_str_equal (dio_result_get_prompt (result), prompts[j]))
          g_string_append_printf (found, "%u", j);
    }

  return g_strdup (found->str);
}

static void
assert_found (Fixture        *self,
              DioResultQuery *query,
              const char     *expected)
{
  g_autofree char *found = find (self, query);

  g_assert_cmpstr (found, ==, expected);
  dio_result_query_free (query);
}

static DioResultQuery *
make_text_query (const char *text)
{
  DioResultQuery *query = dio_result_query_new ();

  query->text = g_strdup (text);

  return query;
}

static void
test_search_text (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "", "3210" }, { "wood", "30" }, { "WOODEN", "30" }, { "blue woo", "0" }, { "woo blue", "0" }, { "ooden", "" },
    { "cafe", "1" }, { "brulee", "1" }, { "crème", "1" }, { "breakfast", "1" }, { "teapot", "2" }, { "@tea", "2" },
    { "50 %", "2" }, { "watch", "3210" /* each has a reference of that name */ }, { "local", "3210" },
    { "and or not near", "3" }, { "\"", "3210" }, { "wood*", "30" }, { "\"wood", "30" }, { "-wooden", "30" },
    { "prompt:wooden", "" }, { "'; DROP TABLE results; --", "" }, { "\xff\xfewood", "30" }, { "w o n", "3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%s", shown);
      assert_found (fixture, make_text_query (cases[i].text), cases[i].found);
    }
}

static void
mark (Fixture    *fixture,
      guint       position,
      guint       rating,
      DioVerdict  verdict,
      const char *tag)
{
  const char *const tags[] = { tag, NULL };
  DioLibrary *library = fixture->library.library;
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) finished = NULL;

  g_ptr_array_add (results, library_fixture_get_result (&fixture->library, position));
  dio_library_rate_async (library, results, rating, NULL, NULL);
  dio_library_judge_async (library, results, verdict, NULL, NULL);
  dio_library_tag_async (library, results, tags, NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (dio_library_tag_finish (library, finished, NULL));
}

static void
test_search_marks (Fixture       *fixture,
                   gconstpointer  data)
{
  DioResultQuery *query;

  mark (fixture, 0, 5, DIO_VERDICT_REJECT, "client");
  mark (fixture, 2, 3, DIO_VERDICT_PICK, "naïve idea");

  query = dio_result_query_new ();
  query->min_rating = 3;
  assert_found (fixture, query, "31");
  query = dio_result_query_new ();
  query->has_verdict = TRUE;
  query->verdict = DIO_VERDICT_PICK;
  assert_found (fixture, query, "1");
  query = dio_result_query_new ();
  query->has_verdict = TRUE;
  assert_found (fixture, query, "20");
  query = dio_result_query_new ();
  query->hides_rejected = TRUE;
  assert_found (fixture, query, "210");
  query = dio_result_query_new ();
  query->tag = g_strdup ("naïve idea");
  assert_found (fixture, query, "1");
  query = dio_result_query_new ();
  query->sort = DIO_RESULT_SORT_RATING;
  assert_found (fixture, query, "3120");
  assert_found (fixture, make_text_query ("naive"), "1");
  query = make_text_query ("wooden");
  query->min_rating = 1;
  assert_found (fixture, query, "3");
}

/* A tag that is taken away is not found any more. */
static void
test_search_untagged (Fixture       *fixture,
                      gconstpointer  data)
{
  static const char *const add[] = { "second", NULL };
  static const char *const remove[] = { "first", NULL };
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) finished = NULL;
  DioResultQuery *query;
  DioResult *result;

  mark (fixture, 0, 0, DIO_VERDICT_NONE, "first");
  result = library_fixture_get_result (&fixture->library, 0);
  g_ptr_array_add (results, result);
  dio_library_tag_async (fixture->library.library, results, add, remove, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (dio_library_tag_finish (fixture->library.library, finished, NULL));
  g_assert_true (g_strv_equal (dio_result_get_tags (result), add));

  query = dio_result_query_new ();
  query->tag = g_strdup ("first");
  assert_found (fixture, query, "");
  assert_found (fixture, make_text_query ("first"), "");
  assert_found (fixture, make_text_query ("second"), "3");
}

/* Which tags there are, whatever their letters, each once. */
static void
test_search_tags (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const expected[] = { "client", "Ärger", NULL };
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) tags = NULL;

  mark (fixture, 0, 0, DIO_VERDICT_NONE, "client");
  mark (fixture, 1, 0, DIO_VERDICT_NONE, "Ärger");
  mark (fixture, 2, 0, DIO_VERDICT_NONE, "client");

  dio_library_list_tags_async (fixture->library.library, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  tags = dio_library_list_tags_finish (fixture->library.library, finished, &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_equal ((const char * const *) tags, expected));
}

static void
test_search_trash (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DioResult) result = library_fixture_get_result (&fixture->library, 0);
  g_autoptr(GError) error = NULL;
  DioResultQuery *query;

  g_assert_true (library_test_delete (fixture->library.library, result, &error));
  assert_found (fixture, make_text_query ("wooden"), "0");
  query = make_text_query ("wooden");
  query->in_trash = TRUE;
  assert_found (fixture, query, "3");
  query = dio_result_query_new ();
  query->in_trash = TRUE;
  assert_found (fixture, query, "3");
  g_assert_true (library_test_restore (fixture->library.library, result, &error));
  assert_found (fixture, make_text_query ("wooden"), "30");
}

static void
test_search_lineage (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (102, 100);
  g_autofree char *hash = dio_hash_bytes (photo);
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GPtrArray) children = NULL;
  g_autoptr(GError) error = NULL;
  DioResultQuery *query;

  query = dio_result_query_new ();
  query->parent = g_strdup (hash);
  assert_found (fixture, query, "2");

  dio_library_load_children_async (fixture->library.library, hash, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  children = dio_library_load_children_finish (fixture->library.library, finished, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (children->len, ==, 1);
  g_assert_cmpstr (dio_result_get_parents (g_ptr_array_index (children, 0))[0], ==, hash);
}

static void
test_search_request (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DioResult) result = library_fixture_get_result (&fixture->library, 1);
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(GError) error = NULL;

  dio_library_load_request_async (fixture->library.library, dio_result_get_job_id (result), library_test_finished_cb,
                                  &finished);
  library_test_wait_for (&finished);
  request = dio_library_load_request_finish (fixture->library.library, finished, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_request_get_prompt (request), ==, prompts[2]);
  g_assert_nonnull (dio_request_get_reference (request, 0)->bytes);
}

static void
test_search_settings (Fixture       *fixture,
                      gconstpointer  data)
{
  DioLibrary *library = fixture->library.library;
  g_autoptr(GAsyncResult) set = NULL;
  g_autoptr(GAsyncResult) got = NULL;
  g_autoptr(GAsyncResult) missed = NULL;
  g_autofree char *value = NULL;
  g_autoptr(GError) error = NULL;

  dio_library_get_setting_async (library, "compare", library_test_finished_cb, &missed);
  library_test_wait_for (&missed);
  g_assert_null (dio_library_get_setting_finish (library, missed, &error));
  g_assert_no_error (error);

  dio_library_set_setting_async (library, "compare", "a b", library_test_finished_cb, &set);
  library_test_wait_for (&set);
  g_assert_true (dio_library_set_setting_finish (library, set, &error));
  dio_library_get_setting_async (library, "compare", library_test_finished_cb, &got);
  library_test_wait_for (&got);
  value = dio_library_get_setting_finish (library, got, &error);
  g_assert_cmpstr (value, ==, "a b");
}

#define add(path, func) g_test_add ("/library-search/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("text", test_search_text);
  add ("marks", test_search_marks);
  add ("untagged", test_search_untagged);
  add ("tags", test_search_tags);
  add ("trash", test_search_trash);
  add ("lineage", test_search_lineage);
  add ("request", test_search_request);
  add ("settings", test_search_settings);

  return g_test_run ();
}
