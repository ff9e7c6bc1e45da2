/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which results, and in what order; as data, and as SQL. */

#include "config.h"

#include "dio-result-query.h"

G_DEFINE_BOXED_TYPE (DioResultQuery, dio_result_query, dio_result_query_copy, dio_result_query_free)

/* The orders end with seq, so that equal ones never change places. */
static const char *const orders[] = {
  [DIO_RESULT_SORT_NEWEST] = "seq DESC",
  [DIO_RESULT_SORT_OLDEST] = "seq",
  [DIO_RESULT_SORT_RATING] = "rating DESC, seq DESC",
  [DIO_RESULT_SORT_NAME] = "path COLLATE NOCASE, seq",
};

DioResultQuery *
dio_result_query_new (void)
{
  return g_new0 (DioResultQuery, 1);
}

DioResultQuery *
dio_result_query_copy (const DioResultQuery *self)
{
  DioResultQuery *copy = dio_result_query_new ();

  *copy = *self;
  copy->text = g_strdup (self->text);
  copy->provider_id = g_strdup (self->provider_id);
  copy->model_id = g_strdup (self->model_id);
  copy->tag = g_strdup (self->tag);
  copy->job_id = g_strdup (self->job_id);
  copy->parent = g_strdup (self->parent);

  return copy;
}

void
dio_result_query_free (DioResultQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->tag);
  g_free (self->job_id);
  g_free (self->parent);
  g_free (self);
}

gboolean
dio_result_query_equal (const DioResultQuery *self,
                        const DioResultQuery *other)
{
  return g_strcmp0 (self->text, other->text) == 0 &&
         g_strcmp0 (self->provider_id, other->provider_id) == 0 &&
         g_strcmp0 (self->model_id, other->model_id) == 0 &&
         g_strcmp0 (self->tag, other->tag) == 0 &&
         g_strcmp0 (self->job_id, other->job_id) == 0 &&
         g_strcmp0 (self->parent, other->parent) == 0 &&
         self->has_verdict == other->has_verdict &&
         (!self->has_verdict || self->verdict == other->verdict) &&
         self->hides_rejected == other->hides_rejected &&
         self->min_rating == other->min_rating &&
         self->in_trash == other->in_trash &&
         self->sort == other->sort;
}

/**
 * dio_result_query_is_narrow:
 * @self: a query
 *
 * Returns: whether it may leave out results that are not in the trash
 */
gboolean
dio_result_query_is_narrow (const DioResultQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->text != NULL && *self->text != '\0') ||
         self->provider_id != NULL || self->model_id != NULL || self->tag != NULL ||
         self->job_id != NULL || self->parent != NULL ||
         self->has_verdict || self->hides_rejected || self->min_rating > 0 || self->in_trash;
}

/**
 * dio_result_query_reads_marks:
 * @self: a query
 *
 * Returns: whether stars, verdicts or tags decide on what matches, or where it
 *   stands
 */
gboolean
dio_result_query_reads_marks (const DioResultQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->text != NULL && *self->text != '\0') || self->tag != NULL ||
         self->has_verdict || self->hides_rejected || self->min_rating > 0 || self->sort == DIO_RESULT_SORT_RATING;
}

static gboolean
is_word_character (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character) ||
         g_unichar_type (character) == G_UNICODE_PRIVATE_USE;
}

/* As the index takes text apart: letters and digits are words, and all else is
 * between them. Whatever a person types is then no syntax of the index.
 * Returns: (transfer full): “"blue"* "wat"*”, empty where there is no word */
static char *
make_match (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr(GString) match = g_string_new (NULL);
  gboolean is_inside = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean is_word = is_word_character (character);

      if (is_word && !is_inside)
        g_string_append (match, match->len > 0 ? " \"" : "\"");
      if (is_word)
        g_string_append_unichar (match, character);
      if (!is_word && is_inside)
        g_string_append (match, "\"*");
      is_inside = is_word;
    }
  if (is_inside)
    g_string_append (match, "\"*");

  return g_strdup (match->str);
}

static void
add_condition (GString      *sql,
               GStrvBuilder *values,
               const char   *condition,
               const char   *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (sql, " AND %s", condition);
  g_strv_builder_add (values, value);
}

/* Text alone, in order of time: the index has its words in that order, and what
 * is in the trash is little. */
static gboolean
is_text_only (const DioResultQuery *self)
{
  DioResultQuery rest = *self;

  rest.text = NULL;

  return !dio_result_query_is_narrow (&rest) && self->sort <= DIO_RESULT_SORT_OLDEST;
}

/**
 * dio_result_query_to_sql:
 * @self: a query
 * @columns: what to read; seq alone needs nothing but an index
 * @values: (out) (transfer full): a text for each "?"
 *
 * Returns: (transfer full): a SELECT of what matches, in order
 */
char *
dio_result_query_to_sql (const DioResultQuery  *self,
                         const char            *columns,
                         GStrv                 *values)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *match = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) self->sort < G_N_ELEMENTS (orders), NULL);
  g_return_val_if_fail (values != NULL, NULL);

  match = self->text != NULL ? make_match (self->text) : NULL;
  if (match != NULL && *match != '\0' && is_text_only (self) && g_str_equal (columns, "seq"))
    {
      g_strv_builder_add (builder, match);
      *values = g_strv_builder_end (builder);
      return g_strdup_printf ("SELECT rowid FROM results_text WHERE results_text MATCH ? AND rowid NOT IN "
                              "(SELECT seq FROM results WHERE deleted > 0) ORDER BY rowid%s",
                              self->sort == DIO_RESULT_SORT_NEWEST ? " DESC" : "");
    }

  g_string_append_printf (sql, "SELECT %s FROM results WHERE ", columns);
  g_string_append (sql, self->in_trash ? "deleted > 0" : "deleted = 0");
  add_condition (sql, builder, "provider = ?", self->provider_id);
  add_condition (sql, builder, "model = ?", self->model_id);
  add_condition (sql, builder, "job_id = ?", self->job_id);
  add_condition (sql, builder, "verdict = ?",
                 self->has_verdict ? dio_verdict_get_nick (self->verdict) : NULL);
  add_condition (sql, builder, "verdict != ?",
                 self->hides_rejected ? dio_verdict_get_nick (DIO_VERDICT_REJECT) : NULL);
  add_condition (sql, builder, "seq IN (SELECT seq FROM result_tags WHERE tag = ?)", self->tag);
  add_condition (sql, builder, "seq IN (SELECT seq FROM result_parents WHERE hash = ?)", self->parent);
  if (self->min_rating > 0)
    g_string_append_printf (sql, " AND rating >= %u", self->min_rating);

  if (match != NULL && *match != '\0')
    add_condition (sql, builder, "seq IN (SELECT rowid FROM results_text WHERE results_text MATCH ?)", match);

  g_string_append_printf (sql, " ORDER BY %s", orders[self->sort]);
  *values = g_strv_builder_end (builder);

  return g_strdup (sql->str);
}
