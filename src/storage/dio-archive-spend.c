/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what was spent. Amounts of one currency are added
 * up, and never to those of another. */

#include "config.h"

#include "dio-archive-private.h"

/* A job that was sent, and what is known of its price. */
typedef struct
{
  const char *id;
  gint64      sent_at;
  const char *provider_id;
  const char *model_id;
  const char *account;
  DioBilled   billed;
  DioPrice    cost;
  DioPrice    estimate;
} Sent;

/* Rows under way. */
typedef struct
{
  DioSpendPeriod  period;
  GPtrArray      *rows;   /* (owned) (element-type DioSpendRow): newest first */
  GHashTable     *by_key; /* (owned): period and currency to row */
} Sums;

static char *
make_period (Sums       *sums,
             const Sent *sent)
{
  const char *format = sums->period == DIO_SPEND_OF_DAYS ? "%Y-%m-%d" : "%Y-%m";
  g_autoptr(GDateTime) time = NULL;

  if (sums->period == DIO_SPEND_OF_JOBS)
    return g_strdup (sent->id);
  if (sums->period == DIO_SPEND_IN_ALL)
    return g_strdup ("");

  time = g_date_time_new_from_unix_local (sent->sent_at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

static DioSpendRow *
find_row (Sums       *sums,
          const Sent *sent,
          const char *currency)
{
  g_autofree char *period = make_period (sums, sent);
  g_autofree char *key = g_strconcat (period, "\n", currency, NULL);
  DioSpendRow *row = g_hash_table_lookup (sums->by_key, key);

  if (row != NULL)
    return row;

  row = g_new0 (DioSpendRow, 1);
  row->period = g_steal_pointer (&period);
  row->time = sent->sent_at;
  row->currency = g_strdup (currency);
  g_ptr_array_add (sums->rows, row);
  g_hash_table_insert (sums->by_key, g_steal_pointer (&key), row);

  return row;
}

/* Adds one amount of a job, as @price tells it; a job may have been told in
 * other units than it was estimated in. */
static void
add_price (Sums           *sums,
           const Sent     *sent,
           const DioPrice *price,
           double          told,
           double          estimated)
{
  DioSpendRow *row = find_row (sums, sent, price->currency);

  row->told += told;
  row->estimated += estimated;
  row->n_jobs++;
  row->n_unknown += price->source == DIO_PRICE_UNKNOWN && sent->billed != DIO_BILLED_NO;

  if (sums->period == DIO_SPEND_OF_JOBS)
    {
      row->provider_id = g_strdup (sent->provider_id);
      row->model_id = g_strdup (sent->model_id);
      row->account = g_strdup (sent->account);
      row->source = g_strdup (dio_price_source_get_nick (price->source));
      row->billed = g_strdup (dio_billed_get_nick (sent->billed));
    }
}

/* In a list of jobs it has a place; to a sum it adds nothing. */
static void
add_unpaid (Sums           *sums,
            const Sent     *sent,
            const DioPrice *price)
{
  if (sums->period == DIO_SPEND_OF_JOBS)
    add_price (sums, sent, price, 0, 0);
}

static void
add_sent (Sums       *sums,
          const Sent *sent)
{
  gboolean is_told = dio_price_is_known (&sent->cost);
  gboolean is_estimated = dio_price_is_known (&sent->estimate) &&
                          !(is_told && g_str_equal (sent->cost.currency, sent->estimate.currency));
  const DioPrice *best = is_told ? &sent->cost : &sent->estimate;

  if (sent->billed == DIO_BILLED_NO || best->source == DIO_PRICE_FREE)
    {
      add_unpaid (sums, sent, best);
      return;
    }

  if (is_told)
    add_price (sums, sent, &sent->cost, sent->cost.amount, 0);
  if (is_estimated)
    add_price (sums, sent, &sent->estimate, 0, sent->estimate.amount);
  if (!is_told && !is_estimated)
    add_price (sums, sent, &(DioPrice) { 0 }, 0, 0);
}

static void
read_sent (DioStatement *row,
           Sent         *sent)
{
  sent->id = dio_statement_get_text (row, 0);
  sent->sent_at = dio_statement_get_integer (row, 1);
  sent->provider_id = dio_statement_get_text (row, 2);
  sent->model_id = dio_statement_get_text (row, 3);
  sent->account = dio_statement_get_text (row, 4);
  if (!dio_billed_from_nick (dio_statement_get_text (row, 5), &sent->billed))
    sent->billed = DIO_BILLED_UNKNOWN;
  _dio_archive_read_price (row, 6, &sent->cost);
  _dio_archive_read_price (row, 9, &sent->estimate);
}

static gboolean
add_all (Sums          *sums,
         DioStatement  *statement,
         GError       **error)
{
  gboolean has_row = statement != NULL;
  Sent sent;

  while (has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          read_sent (statement, &sent);
          add_sent (sums, &sent);
        }
    }

  return statement != NULL;
}

/**
 * dio_archive_load_spend:
 * @self: an open archive
 * @period: what to add up
 * @error: return location for a #GError
 *
 * A job counts from when it may have reached its provider, unless it is known
 * that it was not billed.
 *
 * Returns: (transfer full) (element-type DioSpendRow): newest first
 */
GPtrArray *
dio_archive_load_spend (DioArchive      *self,
                        DioSpendPeriod   period,
                        GError         **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_spend_row_free);
  g_autoptr(GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(DioStatement) statement = NULL;
  Sums sums = { period, rows, by_key };

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT id, sent_at, provider, model, account_name, billed,"
                                  "       cost_source, cost_amount, cost_currency,"
                                  "       estimate_source, estimate_amount, estimate_currency "
                                  "FROM jobs WHERE sent_at > 0 AND state NOT IN ('stored', 'waiting') "
                                  "ORDER BY sent_at DESC, rowid DESC", "");

  return add_all (&sums, statement, error) ? g_steal_pointer (&rows) : NULL;
}
