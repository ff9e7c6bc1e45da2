/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent, for people and for their spreadsheets. */

#include "config.h"

#include "dio-spend.h"

#include <string.h>

void
dio_spend_row_free (DioSpendRow *self)
{
  if (self == NULL)
    return;

  g_free (self->period);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->account);
  g_free (self->currency);
  g_free (self->source);
  g_free (self->billed);
  g_free (self);
}

/* As RFC 4180 has it. */
static void
add_text (GString    *csv,
          const char *text)
{
  g_autofree char *doubled = NULL;
  g_auto(GStrv) parts = NULL;

  if (text == NULL || strpbrk (text, "\",\r\n") == NULL)
    {
      g_string_append (csv, text != NULL ? text : "");
      return;
    }

  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (csv, "\"%s\"", doubled);
}

/* With a point everywhere, and without the dust of binary fractions. */
static void
add_amount (GString *csv,
            double   amount)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, "%.10g", amount));
}

static void
add_time (GString *csv,
          gint64   microseconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  add_text (csv, text);
}

static void
add_row (GString           *csv,
         const DioSpendRow *row)
{
  const char *texts[] = { row->provider_id, row->model_id, row->account, row->currency };

  add_text (csv, row->period);
  g_string_append_c (csv, ',');
  add_time (csv, row->time);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_c (csv, ',');
      add_text (csv, texts[i]);
    }

  /* What nobody knows is left empty: a 0 would be a claim. */
  g_string_append_c (csv, ',');
  if (row->n_unknown < row->n_jobs)
    add_amount (csv, row->told);
  g_string_append_c (csv, ',');
  if (row->n_unknown < row->n_jobs)
    add_amount (csv, row->estimated);

  g_string_append_printf (csv, ",%u,%u,", row->n_jobs, row->n_unknown);
  add_text (csv, row->source);
  g_string_append_c (csv, ',');
  add_text (csv, row->billed);
  g_string_append (csv, "\r\n");
}

/**
 * dio_spend_to_csv:
 * @rows: (element-type DioSpendRow): what was spent
 *
 * Returns: (transfer full): the rows below a line of titles, separated by commas
 */
char *
dio_spend_to_csv (GPtrArray *rows)
{
  g_autoptr(GString) csv = g_string_new ("period,time,provider,model,account,currency,"
                                         "told,estimated,jobs,unknown,source,billed\r\n");

  g_return_val_if_fail (rows != NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    add_row (csv, g_ptr_array_index (rows, i));

  return g_strdup (csv->str);
}
