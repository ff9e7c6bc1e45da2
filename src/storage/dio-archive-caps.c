/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: how much may be spent in a day, and whether a price
 * still fits. Currencies are never converted: a cap counts what is known in its
 * own. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"

/* Sums of decimal fractions are a little off; no vendor's unit is this small. */
#define TOLERANCE 1e-7

/* A provider may tell its figure in units of its own; the cap then counts the
 * estimate, or it would never be reached. And it tells picture by picture: until
 * all have come, what was told is less than what will be asked. */
#define COST     "iif (cost_currency = ?1, cost_amount, NULL)"
#define ESTIMATE "iif (estimate_currency = ?1, estimate_amount, NULL)"
#define SPENT_IN_CURRENCY \
  "coalesce (sum (CASE WHEN " COST " IS NULL OR (state <> 'done' AND " ESTIMATE " > " COST ") " \
  "                    THEN " ESTIMATE " ELSE " COST " END), 0)"

/* From midnight to midnight, here and today. */
static void
get_today (gint64 *start,
           gint64 *end)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr(GDateTime) next = g_date_time_add_days (midnight, 1);

  *start = g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
  *end = g_date_time_to_unix (next) * G_USEC_PER_SEC;
}

/* Reads one number. @is_there: whether there was a row */
static gboolean
read_number (DioStatement  *statement,
             double        *number,
             gboolean      *is_there,
             GError       **error)
{
  if (statement == NULL || !dio_statement_next (statement, is_there, error))
    return FALSE;

  *number = *is_there ? dio_statement_get_number (statement, 0) : 0;

  return TRUE;
}

static gboolean
read_spent_today (DioArchive  *self,
                  const char  *currency,
                  const char  *except_job_id,
                  double      *spent,
                  GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean is_there;
  gint64 start, end;

  get_today (&start, &end);
  statement = dio_database_query (self->database, error,
                                  "SELECT " SPENT_IN_CURRENCY " FROM jobs "
                                  "WHERE sent_at >= ?2 AND sent_at < ?3 AND id IS NOT ?4 "
                                  "AND billed <> 'no' AND state NOT IN ('stored', 'waiting')",
                                  "sxxs", currency, start, end, except_job_id);

  return read_number (statement, spent, &is_there, error);
}

static gboolean
read_cap (DioArchive  *self,
          const char  *currency,
          double      *cap,
          gboolean    *is_set,
          GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT amount FROM caps WHERE currency = ?", "s", currency);

  return read_number (statement, cap, is_set, error);
}

static gboolean
check_unknown (DioArchive  *self,
               GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean is_there;
  double n_caps;

  statement = dio_database_query (self->database, error, "SELECT count (*) FROM caps", "");
  if (!read_number (statement, &n_caps, &is_there, error))
    return FALSE;

  if (n_caps < 1)
    return TRUE;

  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_BUDGET, "There is a cap, and nobody knows the price");

  return FALSE;
}

static gboolean
check_known (DioArchive      *self,
             const DioPrice  *price,
             const char      *except_job_id,
             GError         **error)
{
  g_autofree char *wanted = NULL;
  g_autofree char *used = NULL;
  g_autofree char *limit = NULL;
  gboolean is_set;
  double spent;
  double cap;

  if (!read_cap (self, price->currency, &cap, &is_set, error))
    return FALSE;
  if (!is_set)
    return TRUE;

  if (!read_spent_today (self, price->currency, except_job_id, &spent, error))
    return FALSE;
  if (spent + price->amount <= cap + TOLERANCE)
    return TRUE;

  wanted = dio_price_format_amount (price->amount, price->currency);
  used = dio_price_format_amount (spent, price->currency);
  limit = dio_price_format_amount (cap, price->currency);
  g_set_error (error, DIO_ERROR, DIO_ERROR_BUDGET,
               "%s more than the %s of today would exceed the cap of %s a day", wanted, used, limit);

  return FALSE;
}

/* The one rule, whoever asks and when: does @price fit into what is left of the
 * day? */
gboolean
_dio_archive_check_cap (DioArchive      *self,
                        const DioPrice  *price,
                        const char      *except_job_id,
                        GError         **error)
{
  if (price->source == DIO_PRICE_FREE)
    return TRUE;

  return g_str_equal (_dio_archive_get_source (price), dio_price_source_get_nick (DIO_PRICE_UNKNOWN))
           ? check_unknown (self, error)
           : check_known (self, price, except_job_id, error);
}

/**
 * dio_archive_check_cap:
 * @self: an open archive
 * @price: of a request that is to be made
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_BUDGET where it could not be sent now
 */
gboolean
dio_archive_check_cap (DioArchive      *self,
                       const DioPrice  *price,
                       GError         **error)
{
  return _dio_archive_check_open (self, error) && _dio_archive_check_cap (self, price, NULL, error);
}

/**
 * dio_archive_set_cap:
 * @self: an open archive
 * @currency: of @amount
 * @amount: what may be spent in a day; below 0 for no cap
 * @error: return location for a #GError
 */
gboolean
dio_archive_set_cap (DioArchive  *self,
                     const char  *currency,
                     double       amount,
                     GError     **error)
{
  if (!_dio_archive_check_open (self, error))
    return FALSE;

  if (amount < 0)
    return dio_database_run (self->database, error, "DELETE FROM caps WHERE currency = ?", "s", currency);

  return dio_database_run (self->database, error,
                           "INSERT INTO caps (currency, amount) VALUES (?, ?) "
                           "ON CONFLICT (currency) DO UPDATE SET amount = excluded.amount",
                           "sd", currency, amount);
}

/**
 * dio_archive_load_caps:
 * @self: an open archive
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type utf8 gdouble): currencies and amounts
 */
GHashTable *
dio_archive_load_caps (DioArchive  *self,
                       GError     **error)
{
  g_autoptr(GHashTable) caps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error, "SELECT currency, amount FROM caps", "");
  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          double amount = dio_statement_get_number (statement, 1);

          g_hash_table_insert (caps, g_strdup (dio_statement_get_text (statement, 0)),
                               g_memdup2 (&amount, sizeof amount));
        }
    }

  return statement != NULL ? g_steal_pointer (&caps) : NULL;
}
