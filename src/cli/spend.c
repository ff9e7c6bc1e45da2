/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli spend: what was paid, and the most that may be paid in a day. */

#include "config.h"

#include "dio-cli-price.h"
#include "dio-cli.h"

#include <glib/gi18n.h>

typedef struct
{
  char         *by;          /* (owned) (nullable) */
  gboolean      csv;
  gboolean      json;
  GCancellable *cancellable; /* (owned) */
  DioStudio    *studio;      /* (owned) */
} Spend;

static gboolean
get_period (Spend           *self,
            DioSpendPeriod  *period,
            GError         **error)
{
  static const char *const words[] = {
    [DIO_SPEND_OF_JOBS] = "job",
    [DIO_SPEND_OF_DAYS] = "day",
    [DIO_SPEND_OF_MONTHS] = "month",
  };

  *period = DIO_SPEND_IN_ALL;
  if (self->by == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i], self->by))
        {
          *period = i;
          return TRUE;
        }
    }

  dio_cli_set_usage_error (error, "--by takes job, day or month, not “%s”", self->by);

  return FALSE;
}

static void
add_row (JsonBuilder       *builder,
         const DioSpendRow *row,
         DioSpendPeriod     period)
{
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "period", row->period);
  dio_cli_add_text (builder, "currency", row->currency);
  json_builder_set_member_name (builder, "told");
  json_builder_add_double_value (builder, row->told);
  json_builder_set_member_name (builder, "estimated");
  json_builder_add_double_value (builder, row->estimated);
  json_builder_set_member_name (builder, "jobs");
  json_builder_add_int_value (builder, row->n_jobs);
  json_builder_set_member_name (builder, "unknown");
  json_builder_add_int_value (builder, row->n_unknown);
  if (period == DIO_SPEND_OF_JOBS)
    {
      dio_cli_add_time (builder, "time", row->time);
      dio_cli_add_text (builder, "provider", row->provider_id);
      dio_cli_add_text (builder, "model", row->model_id);
      dio_cli_add_text (builder, "account", row->account);
      dio_cli_add_text (builder, "source", row->source);
      dio_cli_add_text (builder, "billed", row->billed);
    }
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray      *rows,
            DioSpendPeriod  period)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_row (builder, g_ptr_array_index (rows, i), period);
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

/* What nobody has told and what nobody knows are said apart from what is sure. */
static void
print_row (const DioSpendRow *row,
           DioSpendPeriod     period)
{
  const char *currency = row->currency != NULL ? row->currency : "";
  gboolean has_amount = *currency != '\0';
  g_autofree char *heading = dio_cli_pad (row->period != NULL && *row->period != '\0' ? row->period : _("in all"),
                                          period == DIO_SPEND_OF_JOBS ? 36 : 10);
  g_autofree char *amount = has_amount ? dio_price_format_amount (row->told + row->estimated, currency) : NULL;
  g_autofree char *estimated = has_amount ? dio_price_format_amount (row->estimated, currency) : NULL;
  g_autoptr(GString) line = g_string_new (heading);

  if (has_amount)
    {
      g_autofree char *cell = dio_cli_pad (amount, 12);

      g_string_append_printf (line, "  %s", cell);
    }
  if (has_amount && row->estimated > 0)
    /* Translators: a part of a sum that the provider has not confirmed. */
    g_string_append_printf (line, _("  %s of it estimated"), estimated);
  if (row->n_unknown > 0)
    g_string_append_printf (line, ngettext ("  %u job of unknown price", "  %u jobs of unknown price", row->n_unknown),
                            row->n_unknown);

  dio_cli_print (g_strchomp (line->str));
}

static gboolean
show (Spend   *self,
      GError **error)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *csv = NULL;
  DioSpendPeriod period;

  if (!get_period (self, &period, error))
    return FALSE;

  dio_library_load_spend_async (library, period, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  rows = dio_library_load_spend_finish (library, result, error);
  if (rows == NULL)
    return FALSE;

  if (self->csv)
    {
      csv = g_strchomp (dio_spend_to_csv (rows));
      dio_cli_print (csv);
    }
  else if (self->json)
    {
      print_json (rows, period);
    }

  for (guint i = 0; !self->csv && !self->json && i < rows->len; i++)
    print_row (g_ptr_array_index (rows, i), period);

  return TRUE;
}

static void
add_cap (JsonBuilder *builder,
         const char  *currency,
         double       amount)
{
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "currency", currency);
  json_builder_set_member_name (builder, "amount");
  json_builder_add_double_value (builder, amount);
  json_builder_end_object (builder);
}

static void
show_caps (Spend *self)
{
  g_autoptr(GHashTable) caps = dio_library_dup_caps (dio_studio_get_library (self->studio));
  g_autoptr(GList) currencies = g_list_sort (g_hash_table_get_keys (caps), (GCompareFunc) g_strcmp0);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (GList *l = currencies; l != NULL; l = l->next)
    {
      double amount = *(double *) g_hash_table_lookup (caps, l->data);
      g_autofree char *shown = dio_price_format_amount (amount, l->data);
      /* Translators: %s is an amount of money. */
      g_autofree char *line = g_strdup_printf (_("up to %s a day"), shown);

      add_cap (builder, l->data, amount);
      if (!self->json)
        dio_cli_print (line);
    }
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  if (self->json)
    dio_cli_print_json (node);
}

static gboolean
set_cap (Spend       *self,
         const char  *currency,
         const char  *text,
         GError     **error)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *parsed = dio_cli_price_parse_currency (currency, error);
  double amount = -1;

  if (parsed == NULL ||
      (!g_str_equal (text, "none") && !dio_cli_price_parse_amount (text, &amount, error)))
    return FALSE;

  dio_library_set_cap_async (library, parsed, amount, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_library_set_cap_finish (library, result, error);
}

static gboolean
run (Spend   *self,
     char   **arguments,
     GError **error)
{
  gboolean is_cap = g_strcmp0 (arguments[1], "cap") == 0;

  if (self->csv && self->json)
    {
      dio_cli_set_usage_error (error, "--csv and --json are two ways to print the same");
      return FALSE;
    }
  if (!is_cap || arguments[2] != NULL)
    {
      if (!dio_cli_check_n (arguments, is_cap ? 3 : 0, "CURRENCY AMOUNT", error))
        return FALSE;
    }

  self->studio = dio_cli_studio_new ();
  if (!dio_cli_studio_open (self->studio, self->cancellable, error))
    return FALSE;
  if (!is_cap)
    return show (self, error);
  if (arguments[2] != NULL)
    return set_cap (self, arguments[2], arguments[3], error);

  show_caps (self);

  return TRUE;
}

int
dio_cli_spend (char ***arguments)
{
  Spend self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &self.by, N_ ("Sum up by job, day or month (in all)"), N_ ("PERIOD") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &self.csv, N_ ("Print comma-separated values"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("[cap [CURRENCY AMOUNT|none]]"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Tell what was paid, each currency by itself.\n"
                                             "“cap” shows or sets the most that may be paid in a day: nothing that would\n"
                                             "go beyond it is sent."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) || !run (&self, *arguments, &error))
    status = dio_cli_fail (error, self.json);

  g_free (self.by);
  g_clear_pointer (&self.studio, dio_cli_studio_close);
  g_clear_object (&self.cancellable);

  return status;
}
