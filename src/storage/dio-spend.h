/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent, for people and for their spreadsheets. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioSpendPeriod:
 * @DIO_SPEND_OF_JOBS: job by job
 * @DIO_SPEND_OF_DAYS: by the days of this place's calendar
 * @DIO_SPEND_OF_MONTHS: by its months
 * @DIO_SPEND_IN_ALL: everything
 */
typedef enum
{
  DIO_SPEND_OF_JOBS,
  DIO_SPEND_OF_DAYS,
  DIO_SPEND_OF_MONTHS,
  DIO_SPEND_IN_ALL,
} DioSpendPeriod;

/**
 * DioSpendRow:
 * @period: "2026-11-21", "2026-11", a job's id, or "" for all
 * @time: when its latest job was sent, in microseconds since 1970
 * @provider_id: (nullable): of a job
 * @model_id: (nullable): of a job
 * @account: (nullable): name of a job's account
 * @currency: of the amounts; "" where no price is known
 * @told: as the providers have told it
 * @estimated: what no provider has confirmed
 * @n_jobs: how many jobs are in it
 * @n_unknown: how many of them have a price that nobody knows, which is not 0
 * @source: (nullable): of a job's amount, the nick of a #DioPriceSource
 * @billed: (nullable): of a job, the nick of a #DioBilled
 *
 * One currency of one period.
 */
typedef struct
{
  char   *period;
  gint64  time;
  char   *provider_id;
  char   *model_id;
  char   *account;
  char   *currency;
  double  told;
  double  estimated;
  guint   n_jobs;
  guint   n_unknown;
  char   *source;
  char   *billed;
} DioSpendRow;

void  dio_spend_row_free (DioSpendRow *self);
char *dio_spend_to_csv   (GPtrArray   *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSpendRow, dio_spend_row_free)

G_END_DECLS
