/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which results, and in what order. */

#pragma once

#include "dio-result.h"

G_BEGIN_DECLS

/**
 * DioResultSort:
 * @DIO_RESULT_SORT_NEWEST: what came last comes first
 * @DIO_RESULT_SORT_OLDEST: the other way round
 * @DIO_RESULT_SORT_RATING: most stars first, and newest first among equals
 * @DIO_RESULT_SORT_NAME: by the names of their files
 */
typedef enum
{
  DIO_RESULT_SORT_NEWEST,
  DIO_RESULT_SORT_OLDEST,
  DIO_RESULT_SORT_RATING,
  DIO_RESULT_SORT_NAME,
} DioResultSort;

/**
 * DioResultQuery:
 * @text: (nullable): words that all begin words of the prompt, title, names of
 *   references, tags, provider or model
 * @provider_id: (nullable): made by this provider only
 * @model_id: (nullable): made with this model only
 * @tag: (nullable): with this tag only
 * @job_id: (nullable): of this job only
 * @parent: (nullable): made from a reference of this content hash only
 * @has_verdict: whether @verdict counts
 * @verdict: judged like that only
 * @hides_rejected: those that are not rejected only
 * @min_rating: with as many stars or more
 * @in_trash: what is in the trash, instead of what is not
 * @sort: the order
 *
 * All fields but @sort narrow down what matches; a query of zeros is everything
 * that is not in the trash, newest first. A caller may write to the fields.
 */
typedef struct
{
  char          *text;
  char          *provider_id;
  char          *model_id;
  char          *tag;
  char          *job_id;
  char          *parent;
  gboolean       has_verdict;
  DioVerdict     verdict;
  gboolean       hides_rejected;
  guint          min_rating;
  gboolean       in_trash;
  DioResultSort  sort;
} DioResultQuery;

#define DIO_TYPE_RESULT_QUERY (dio_result_query_get_type ())
GType           dio_result_query_get_type      (void);

DioResultQuery *dio_result_query_new           (void);
DioResultQuery *dio_result_query_copy          (const DioResultQuery *self);
void            dio_result_query_free          (DioResultQuery       *self);
gboolean        dio_result_query_equal         (const DioResultQuery *self,
                                                const DioResultQuery *other);
gboolean        dio_result_query_is_narrow     (const DioResultQuery *self);
gboolean        dio_result_query_reads_marks   (const DioResultQuery *self);
char           *dio_result_query_to_sql        (const DioResultQuery *self,
                                                const char           *columns,
                                                GStrv                *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioResultQuery, dio_result_query_free)

G_END_DECLS
