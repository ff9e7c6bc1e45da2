/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli parameters: what can be set for a model, from its own table. */

#include "config.h"

#include "dio-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_CHOICES 12
#define LINE_WIDTH 76

/* In the JSON for scripts: never changed. */
static const char *
get_kind_nick (DioParameterKind kind)
{
  switch (kind)
    {
    case DIO_PARAMETER_INTEGER:
      return "integer";

    case DIO_PARAMETER_NUMBER:
      return "number";

    case DIO_PARAMETER_SWITCH:
      return "switch";

    case DIO_PARAMETER_CHOICE:
      return "choice";

    case DIO_PARAMETER_TEXT:
      return "text";

    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
has_limits (const DioParameter *parameter)
{
  return parameter->kind != DIO_PARAMETER_SWITCH && parameter->kind != DIO_PARAMETER_CHOICE;
}

/* Whole numbers without a “.0”, which some readers take for another type. */
static void
add_limit (JsonBuilder        *builder,
           const char         *name,
           const DioParameter *parameter,
           double              limit)
{
  json_builder_set_member_name (builder, name);
  if (!has_limits (parameter))
    json_builder_add_null_value (builder);
  else if (parameter->kind == DIO_PARAMETER_NUMBER)
    json_builder_add_double_value (builder, limit);
  else
    json_builder_add_int_value (builder, (gint64) limit);
}

static void
add_default (JsonBuilder        *builder,
             const DioParameter *parameter)
{
  g_autoptr(GVariant) value = dio_parameter_dup_default (parameter);

  json_builder_set_member_name (builder, "default");
  if (value != NULL)
    json_builder_add_value (builder, json_gvariant_serialize (value));
  else
    json_builder_add_null_value (builder);
}

static void
add_choices (JsonBuilder        *builder,
             const DioParameter *parameter)
{
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < parameter->n_choices; i++)
    json_builder_add_string_value (builder, parameter->choices[i].value);
  json_builder_end_array (builder);
}

static gboolean
is_optional (const DioParameter *parameter)
{
  return (parameter->flags & (DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SEED)) != 0;
}

static void
add_parameter (JsonBuilder        *builder,
               const DioParameter *parameter)
{
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "name", parameter->name);
  dio_cli_add_text (builder, "kind", get_kind_nick (parameter->kind));
  add_limit (builder, "minimum", parameter, parameter->minimum);
  add_limit (builder, "maximum", parameter, parameter->maximum);
  add_limit (builder, "step", parameter, parameter->step);
  add_default (builder, parameter);
  add_choices (builder, parameter);
  json_builder_set_member_name (builder, "optional");
  json_builder_add_boolean_value (builder, is_optional (parameter));
  json_builder_set_member_name (builder, "soft");
  json_builder_add_boolean_value (builder, (parameter->flags & DIO_PARAMETER_SOFT) != 0);
  dio_cli_add_text (builder, "title", _(dio_parameter_get_title (parameter)));
  dio_cli_add_text (builder, "help", parameter->help != NULL ? _(parameter->help) : "");
  dio_cli_add_text (builder, "group", parameter->group != NULL ? _(parameter->group) : "");
  json_builder_end_object (builder);
}

static void
print_json (const DioModelSpec *spec)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < spec->n_parameters; i++)
    add_parameter (builder, &spec->parameters[i]);
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static char *
format_default (const DioParameter *parameter)
{
  g_autoptr(GVariant) value = dio_parameter_dup_default (parameter);

  if (value != NULL)
    return dio_parameter_format (parameter, value);

  /* Translators: both stand in a column of defaults. */
  return g_strdup ((parameter->flags & DIO_PARAMETER_SEED) != 0 ? _("random") : _("not set"));
}

/* What would leave no place for the other columns is listed below them. */
static gboolean
is_long (const DioParameter *parameter)
{
  return parameter->kind == DIO_PARAMETER_CHOICE && parameter->n_choices > MAX_CHOICES;
}

static char *
format_limit (const DioParameter *parameter)
{
  g_autofree char *limit = NULL;

  if (is_long (parameter))
    return g_strdup_printf (ngettext ("%u value, see below", "%u values, see below", parameter->n_choices),
                            parameter->n_choices);

  limit = dio_parameter_describe_limit (parameter);
  if ((parameter->flags & DIO_PARAMETER_SOFT) == 0)
    return g_steal_pointer (&limit);

  /* Translators: in a column of limits, for one that is not documented. */
  return g_strdup_printf (_("usually %s"), limit);
}

static void
widen (guint      *width,
       const char *text)
{
  *width = MAX (*width, (guint) g_utf8_strlen (text, -1));
}

static void
print_cells (const char *const cells[4],
             const guint       widths[3])
{
  g_autofree char *name = dio_cli_pad (cells[0], widths[0]);
  g_autofree char *limit = dio_cli_pad (cells[1], widths[1]);
  g_autofree char *fallback = dio_cli_pad (cells[2], widths[2]);
  g_autofree char *line = g_strjoin ("  ", name, limit, fallback, cells[3], NULL);

  dio_cli_print (g_strchomp (line));
}

static void
print_table (const DioModelSpec *spec)
{
  const char *const heading[4] = { _("Name"), _("Range"), _("Default"), _("Help") };
  guint widths[3] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    widen (&widths[i], heading[i]);

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      g_autofree char *limit = format_limit (&spec->parameters[i]);
      g_autofree char *fallback = format_default (&spec->parameters[i]);

      widen (&widths[0], spec->parameters[i].name);
      widen (&widths[1], limit);
      widen (&widths[2], fallback);
    }

  print_cells (heading, widths);
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];
      g_autofree char *limit = format_limit (parameter);
      g_autofree char *fallback = format_default (parameter);
      const char *help = parameter->help != NULL ? _(parameter->help) : "";

      print_cells ((const char *const[4]) { parameter->name, limit, fallback, help }, widths);
    }
}

static void
print_choices (const DioParameter *parameter)
{
  g_autoptr(GString) line = g_string_new (NULL);

  dio_cli_print ("");
  dio_cli_print (parameter->name);
  for (guint i = 0; i < parameter->n_choices; i++)
    {
      const char *value = parameter->choices[i].value;

      if (line->len + strlen (value) > LINE_WIDTH)
        {
          dio_cli_print (line->str);
          g_string_truncate (line, 0);
        }
      g_string_append_printf (line, "  %s", value);
    }
  dio_cli_print (line->str);
}

static void
print_long_lists (const DioModelSpec *spec)
{
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      if (is_long (&spec->parameters[i]))
        print_choices (&spec->parameters[i]);
    }
}

/* A provider's id stands for its first model. */
static DioModelInfo *
find_model (DioStudio   *studio,
            const char  *id,
            GError     **error)
{
  DioModelInfo *model = dio_studio_find_model (studio, id);

  if (model != NULL)
    return model;
  if (dio_studio_find_provider (studio, id) != NULL)
    return dio_cli_find_model (studio, id, NULL, error);

  return dio_cli_find_model (studio, NULL, id, error);
}

int
dio_cli_parameters (char ***arguments)
{
  gboolean json = dio_cli_wants_json (*arguments);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("MODEL"));
  g_autoptr(DioStudio) studio = NULL;
  g_autoptr(GError) error = NULL;
  DioModelInfo *model = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("List what can be set for a model.\n"
                                             "MODEL is the id of a model, or of a provider for its first model."));
  if (!dio_cli_parse (context, arguments, &error) || !dio_cli_check_n (*arguments, 1, "MODEL", &error))
    return dio_cli_fail (error, json);

  studio = dio_cli_studio_new ();
  model = find_model (studio, (*arguments)[1], &error);
  if (model == NULL)
    return dio_cli_fail (error, json);

  if (json)
    {
      print_json (dio_model_info_get_spec (model));
    }
  else
    {
      print_table (dio_model_info_get_spec (model));
      print_long_lists (dio_model_info_get_spec (model));
    }

  return DIO_CLI_EXIT_SUCCESS;
}
