/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How results came about, row by row, in words: of each number it is said where
 * it comes from. */

#include "config.h"

#include "dio-compare-rows.h"

#include "dio-result-words.h"
#include "dio-words.h"

#include <glib/gi18n.h>

/* What a cell is made of. */
typedef struct
{
  DioResult    *result;   /* (unowned) */
  DioJob       *job;      /* (unowned) (nullable): where it is known */
  DioRequest   *request;  /* (unowned) (nullable): the job’s */
  DioModelInfo *model;    /* (unowned) (nullable) */
  DioProvider  *provider; /* (unowned) (nullable) */
} Cell;

typedef char *(*FormatFunc) (const Cell *cell);

/**
 * dio_compare_row_free:
 * @self: (transfer full): a row
 */
void
dio_compare_row_free (DioCompareRow *self)
{
  g_free (self->title);
  g_strfreev (self->values);
  g_free (self);
}

static char *
format_provider (const Cell *cell)
{
  return g_strdup (cell->provider != NULL ? _(dio_provider_get_display_name (cell->provider))
                                          : dio_result_get_provider_id (cell->result));
}

static char *
format_model (const Cell *cell)
{
  return g_strdup (cell->model != NULL ? _(dio_model_info_get_title (cell->model))
                                       : dio_result_get_model_id (cell->result));
}

static char *
format_prompt (const Cell *cell)
{
  const char *prompt = dio_result_get_prompt (cell->result);

  return prompt != NULL && *prompt != '\0' ? g_strdup (prompt) : g_strdup (_("No prompt"));
}

static char *
format_references (const Cell *cell)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  if (cell->request == NULL)
    return NULL;
  if (dio_request_get_n_references (cell->request) == 0)
    /* Translators: a picture was made without any photo. */
    return g_strdup (_("None"));

  for (guint i = 0; i < dio_request_get_n_references (cell->request); i++)
    {
      g_autofree char *name = g_strconcat ("@", dio_request_get_reference (cell->request, i)->name, NULL);

      g_strv_builder_add (builder, name);
    }

  names = g_strv_builder_end (builder);
  return dio_join_words ((const char * const *) names);
}

/* A column is narrow: that a size is the one requested goes without saying. */
static char *
format_size (const Cell *cell)
{
  gboolean is_as_requested =
    cell->request != NULL &&
    dio_request_get_integer (cell->request, "width", 0) == dio_result_get_width (cell->result) &&
    dio_request_get_integer (cell->request, "height", 0) == dio_result_get_height (cell->result);

  return dio_result_dup_size_text (cell->result, is_as_requested ? NULL : cell->request);
}

static gboolean
is_local (const Cell *cell)
{
  return cell->provider != NULL && dio_provider_is_local (cell->provider);
}

/* What is sent to this computer is used by it. */
static char *
format_seed (const Cell *cell)
{
  gint64 seed = dio_result_get_seed (cell->result);
  char *text;

  if (is_local (cell) && seed >= 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, seed);

  text = dio_result_dup_seed_text (cell->result, cell->request, cell->model);
  /* Translators: of a number: the provider did not say. */
  return text != NULL ? text : g_strdup (_("Not told"));
}

static char *
format_cost (const Cell *cell)
{
  char *text = dio_result_dup_cost_text (cell->result, cell->job);

  if (text == NULL && is_local (cell))
    /* Translators: what a picture cost that was made on this computer. */
    return g_strdup (_("Free"));

  return text != NULL ? text : g_strdup (_("Not told"));
}

static char *
format_took (const Cell *cell)
{
  char *text = dio_result_dup_time_text (cell->result, cell->job);

  return text != NULL ? text : g_strdup (_("Not told"));
}

static char *
format_made (const Cell *cell)
{
  return dio_format_date (dio_result_get_created (cell->result));
}

static DioCompareRow *
row_new (const char *title,
         char      **values,
         guint       n)
{
  DioCompareRow *row = g_new0 (DioCompareRow, 1);

  row->title = g_strdup (title);
  row->values = values;
  row->is_equal = TRUE;
  for (guint i = 1; i < n; i++)
    row->is_equal = row->is_equal && g_str_equal (values[i], values[0]);

  return row;
}

/* A cell that nothing is known of has a dash; a row of dashes is not there. */
static void
add_row (GPtrArray  *rows,
         const char *title,
         GArray     *cells,
         FormatFunc  format)
{
  char **values = g_new0 (char *, cells->len + 1);
  gboolean has_any = FALSE;

  for (guint i = 0; i < cells->len; i++)
    {
      values[i] = format (&g_array_index (cells, Cell, i));
      has_any = has_any || values[i] != NULL;
      if (values[i] == NULL)
        values[i] = g_strdup ("–");
    }

  if (has_any)
    g_ptr_array_add (rows, row_new (title, values, cells->len));
  else
    g_strfreev (values);
}

static char *
format_value (const Cell *cell,
              const char *name)
{
  const DioParameter *parameter = cell->model != NULL ? dio_model_info_find_parameter (cell->model, name) : NULL;
  g_autoptr(GVariant) value = NULL;

  if (cell->request == NULL)
    return g_strdup ("–");
  if (parameter == NULL)
    return g_strdup (_("Not supported"));

  value = dio_request_lookup (cell->request, name);
  if (value == NULL)
    /* Translators: of a parameter: it was not sent, so that the provider decided. */
    return g_strdup (_("Provider decides"));

  return dio_parameter_format (parameter, value);
}

static void
add_parameter (GPtrArray          *rows,
               GArray             *cells,
               const DioParameter *parameter)
{
  char **values = g_new0 (char *, cells->len + 1);

  for (guint i = 0; i < cells->len; i++)
    values[i] = format_value (&g_array_index (cells, Cell, i), parameter->name);

  g_ptr_array_add (rows, row_new (_(dio_parameter_get_title (parameter)), values, cells->len));
}

/* Those that have a row of their own, beside what came of them. */
static gboolean
is_told_elsewhere (const DioParameter *parameter)
{
  return (parameter->flags & (DIO_PARAMETER_SEED | DIO_PARAMETER_COUNT)) != 0 ||
         g_str_equal (parameter->name, "width") || g_str_equal (parameter->name, "height");
}

/* Each parameter once, in the order of the first model that has it. */
static void
add_parameters (GPtrArray *rows,
                GArray    *cells)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const DioModelSpec *spec = cell->model != NULL ? dio_model_info_get_spec (cell->model) : NULL;

      for (guint j = 0; cell->request != NULL && spec != NULL && j < spec->n_parameters; j++)
        {
          const DioParameter *parameter = &spec->parameters[j];

          if (!is_told_elsewhere (parameter) && g_hash_table_add (seen, (gpointer) parameter->name))
            add_parameter (rows, cells, parameter);
        }
    }
}

/**
 * dio_compare_rows_new:
 * @studio: who knows models and providers
 * @results: (element-type DioResult): the columns
 * @jobs: (element-type DioJob): that of each; %NULL where it is not known
 *
 * Returns: (transfer full) (element-type DioCompareRow): how they came about
 */
GPtrArray *
dio_compare_rows_new (DioStudio *studio,
                      GPtrArray *results,
                      GPtrArray *jobs)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_compare_row_free);
  g_autoptr(GArray) cells = g_array_new (FALSE, TRUE, sizeof (Cell));

  for (guint i = 0; i < results->len; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);
      Cell cell = { result, g_ptr_array_index (jobs, i) };

      cell.request = cell.job != NULL ? dio_job_get_request (cell.job) : NULL;
      cell.model = dio_studio_find_model (studio, dio_result_get_model_id (result));
      cell.provider = dio_studio_find_provider (studio, dio_result_get_provider_id (result));
      g_array_append_val (cells, cell);
    }

  if (results->len == 0)
    return rows;

  add_row (rows, _("Provider"), cells, format_provider);
  add_row (rows, _("Model"), cells, format_model);
  add_row (rows, _("Prompt"), cells, format_prompt);
  add_row (rows, _("References"), cells, format_references);
  add_row (rows, _("Size"), cells, format_size);
  add_row (rows, _("Seed"), cells, format_seed);
  add_parameters (rows, cells);
  add_row (rows, _("Cost"), cells, format_cost);
  /* Translators: how long a picture took to make. */
  add_row (rows, _("Took"), cells, format_took);
  add_row (rows, _("Date"), cells, format_made);

  return rows;
}
