/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli library: look after the library: back it up, bring it back, check
 * and repair it, search it, empty its trash. */

#include "config.h"

#include "dio-cli-library.h"
#include "dio-cli.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  guint       n_arguments;
  const char *arguments; /* what they are, for who has them wrong */
  gboolean  (*run) (DioCliLibrary *self, GError **error);
} Action;

static const Action actions[] = {
  { "backup", 1, "FOLDER", dio_cli_library_back_up },
  { "restore", 1, "FOLDER", dio_cli_library_restore },
  { "check", 0, NULL, dio_cli_library_check },
  { "repair", 0, NULL, dio_cli_library_repair },
  { "search", 1, "TEXT", dio_cli_library_search },
  { "empty-trash", 0, NULL, dio_cli_library_empty_trash },
};

static const Action *
find_action (const char  *name,
             GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].name, name))
        return &actions[i];
    }

  dio_cli_set_usage_error (error, "“library” can backup, restore, check, repair, search or empty-trash, not “%s”", name);

  return NULL;
}

static gboolean
check_arguments (const Action  *action,
                 char         **arguments,
                 GError       **error)
{
  guint n = g_strv_length (arguments) - 2;

  if (n == action->n_arguments)
    return TRUE;

  if (n > action->n_arguments)
    dio_cli_set_usage_error (error, "Too much is typed after “%s”", action->name);
  else
    dio_cli_set_usage_error (error, "“%s” needs %s", action->name, action->arguments);

  return FALSE;
}

static gboolean
run (DioCliLibrary  *self,
     char          **arguments,
     GError        **error)
{
  const Action *action;

  if (arguments[1] == NULL)
    {
      dio_cli_set_usage_error (error, "“library” needs backup, restore, check, repair, search or empty-trash");
      return FALSE;
    }

  action = find_action (arguments[1], error);
  if (action == NULL || !check_arguments (action, arguments, error))
    return FALSE;

  if (self->days < 0)
    {
      dio_cli_set_usage_error (error, "“--days” is a number from 0 on");
      return FALSE;
    }

  self->argument = arguments[2];
  self->studio = dio_cli_studio_new ();
  self->folder = dio_library_get_folder (dio_studio_get_library (self->studio));

  return action->run (self, error);
}

int
dio_cli_library (char ***arguments)
{
  DioCliLibrary self = { .json = dio_cli_wants_json (*arguments), .days = 30 };
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &self.force, N_ ("Restore although there is a library, which is put aside"), NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &self.days, N_ ("Empty the trash of what was deleted longer ago (30)"), N_ ("N") },
    { "trash", 0, 0, G_OPTION_ARG_NONE, &self.trash, N_ ("Search what is in the trash"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("backup|restore|check|repair|search|empty-trash …"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Look after the library.\n"
                                             "“backup FOLDER” writes all of it into a new folder, “restore FOLDER” brings it\n"
                                             "back. “check” tells what is damaged or missing, “repair” makes a damaged\n"
                                             "database anew. “search TEXT” lists pictures. “empty-trash” removes for good\n"
                                             "what was deleted some time ago."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !run (&self, *arguments, &error))
    status = dio_cli_fail (error, self.json);

  g_clear_pointer (&self.studio, dio_cli_studio_close);
  g_clear_object (&self.cancellable);

  return status;
}
