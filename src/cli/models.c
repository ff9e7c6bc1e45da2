/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli models: what can make pictures, and how much each takes. */

#include "config.h"

#include "dio-cli.h"

#include <glib/gi18n.h>

static void
add_limit (JsonBuilder *builder,
           const char  *name,
           guint        limit)
{
  json_builder_set_member_name (builder, name);
  if (limit > 0)
    json_builder_add_int_value (builder, limit);
  else
    json_builder_add_null_value (builder);
}

static void
add_model (JsonBuilder  *builder,
           DioModelInfo *model)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);

  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "id", spec->id);
  dio_cli_add_text (builder, "provider", dio_model_info_get_provider_id (model));
  dio_cli_add_text (builder, "title", _(spec->title));
  dio_cli_add_text (builder, "summary", _(spec->summary));
  add_limit (builder, "max_references", spec->max_references);
  add_limit (builder, "warn_references", spec->warn_references);
  add_limit (builder, "max_subjects", spec->max_of_role[DIO_ROLE_SUBJECT]);
  add_limit (builder, "max_scenes", spec->max_of_role[DIO_ROLE_SCENE]);
  add_limit (builder, "max_styles", spec->max_of_role[DIO_ROLE_STYLE]);
  add_limit (builder, "max_prompt", spec->max_prompt);
  json_builder_set_member_name (builder, "prompt_required");
  json_builder_add_boolean_value (builder, spec->prompt_required);
  json_builder_end_object (builder);
}

static void
print_json (GListModel *models)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (models, i);

      add_model (builder, model);
    }
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static void
print_row (const char *label,
           const char *value)
{
  g_autofree char *cell = dio_cli_pad (label, 12);
  g_autofree char *line = g_strdup_printf ("  %s  %s", cell, value);

  dio_cli_print (line);
}

static void
print_limit (const char *label,
             guint       limit)
{
  g_autofree char *value = NULL;

  if (limit == 0)
    return;

  value = g_strdup_printf (_("up to %u"), limit);
  print_row (label, value);
}

static void
print_model (DioModelInfo *model)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  g_autofree char *prompt = NULL;

  dio_cli_print (spec->id);
  print_row (_("Title"), _(spec->title));
  print_row ("", _(spec->summary));
  print_row (_("Provider"), dio_model_info_get_provider_id (model));
  print_limit (_("Photos"), spec->max_references);
  print_limit (_("Subjects"), spec->max_of_role[DIO_ROLE_SUBJECT]);
  print_limit (_("Scenes"), spec->max_of_role[DIO_ROLE_SCENE]);
  print_limit (_("Styles"), spec->max_of_role[DIO_ROLE_STYLE]);

  prompt = spec->max_prompt > 0
             ? g_strdup_printf (_("up to %u characters"), spec->max_prompt)
             : g_strdup (_("any length"));
  print_row (_("Prompt"), prompt);
  if (spec->prompt_required)
    print_row ("", _("needed"));

}

int
dio_cli_models (char ***arguments)
{
  gboolean json = dio_cli_wants_json (*arguments);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(DioStudio) studio = NULL;
  g_autoptr(GError) error = NULL;
  GListModel *models;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("List the models that make pictures."));
  if (!dio_cli_parse (context, arguments, &error) || !dio_cli_check_n (*arguments, 0, NULL, &error))
    return dio_cli_fail (error, json);

  studio = dio_cli_studio_new ();
  models = dio_studio_get_models (studio);
  if (json)
    print_json (models);

  for (guint i = 0; !json && i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (models, i);

      print_model (model);
    }

  return DIO_CLI_EXIT_SUCCESS;
}
