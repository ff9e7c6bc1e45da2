/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library as files: backed up, brought back, checked, repaired. None of it
 * opens the library as others do, since that may be what does not work. */

#include "config.h"

#include "dio-cli-library.h"

#include "dio-archive.h"
#include "dio-backup.h"
#include "dio-cli.h"
#include "dio-database.h"
#include "dio-error.h"
#include "dio-repair.h"
#include "dio-studio-adopt.h"

#include <glib/gi18n.h>

static gboolean
check_there (DioCliLibrary  *self,
             GError        **error)
{
  if (dio_cli_studio_has_library (self->studio))
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no library in %s", self->folder);

  return FALSE;
}

/* @line: (transfer full) */
static void
print_line (char *line)
{
  g_autofree char *owned = line;

  dio_cli_print (owned);
}

gboolean
dio_cli_library_back_up (DioCliLibrary  *self,
                         GError        **error)
{
  if (!check_there (self, error) ||
      !dio_backup_make (self->folder, self->argument, self->cancellable, error))
    return FALSE;

  if (!self->json)
    print_line (g_filename_display_name (self->argument));

  return TRUE;
}

gboolean
dio_cli_library_restore (DioCliLibrary  *self,
                         GError        **error)
{
  g_autofree char *aside = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!dio_backup_restore (self->argument, self->folder, self->force, self->cancellable, &aside, &local_error))
    {
      if (!self->force && g_error_matches (local_error, DIO_ERROR, DIO_ERROR_INVALID))
        g_prefix_error_literal (&local_error, "With “--force” it is put aside. ");
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (aside != NULL && !self->json)
    {
      g_autofree char *shown = g_filename_display_name (aside);

      /* Translators: %s is a folder. */
      print_line (g_strdup_printf (_("What was there before is in %s."), shown));
    }

  return TRUE;
}

static void
add_paths (JsonBuilder *builder,
           const char  *name,
           GPtrArray   *paths)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *shown = g_filename_display_name (g_ptr_array_index (paths, i));

      json_builder_add_string_value (builder, shown);
    }
  json_builder_end_array (builder);
}

static void
print_survey_json (const DioSurvey *survey)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_add_int_value (builder, survey->n_results);
  add_paths (builder, "missing", survey->missing);
  add_paths (builder, "foreign", survey->strays);
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static void
print_survey (const DioSurvey *survey)
{
  dio_cli_print (_("The database is whole."));
  print_line (g_strdup_printf (ngettext ("%u result", "%u results", survey->n_results), survey->n_results));
  for (guint i = 0; i < survey->missing->len; i++)
    {
      g_autofree char *shown = g_filename_display_name (g_ptr_array_index (survey->missing, i));

      /* Translators: %s is a file. */
      print_line (g_strdup_printf (_("Missing: %s"), shown));
    }
  for (guint i = 0; i < survey->strays->len; i++)
    {
      g_autofree char *shown = g_filename_display_name (g_ptr_array_index (survey->strays, i));

      /* Translators: a file that the library knows nothing of; %s is its path. */
      print_line (g_strdup_printf (_("Not of the library: %s"), shown));
    }
}

gboolean
dio_cli_library_check (DioCliLibrary  *self,
                       GError        **error)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);
  g_autoptr(DioArchive) archive = NULL;
  g_auto(DioSurvey) survey = { 0 };

  if (!check_there (self, error))
    return FALSE;

  if (!dio_database_check (path, error))
    {
      g_prefix_error_literal (error, "“diorama-cli library repair” saves what can be read. ");
      return FALSE;
    }

  archive = dio_archive_new (self->folder);
  if (!dio_archive_open (archive, error) || !dio_archive_survey (archive, &survey, error))
    return FALSE;

  if (self->json)
    print_survey_json (&survey);
  else
    print_survey (&survey);

  return TRUE;
}

static void
print_repair (const DioRepair *report,
              guint            n_adopted)
{
  g_autofree char *aside = g_filename_display_name (report->aside);

  if (report->is_from_backup)
    dio_cli_print (_("Nothing could be read. What is there now is from before the last update of Diorama."));
  print_line (g_strdup_printf (ngettext ("%u result was saved.", "%u results were saved.", report->n_results),
                               report->n_results));
  print_line (g_strdup_printf (ngettext ("%u job was saved.", "%u jobs were saved.", report->n_jobs),
                               report->n_jobs));
  if (n_adopted > 0)
    print_line (g_strdup_printf (ngettext ("%u more was found by its picture.", "%u more were found by their pictures.",
                                           n_adopted),
                                 n_adopted));
  /* Translators: %s is a file. */
  print_line (g_strdup_printf (_("The damaged file is kept as %s."), aside));
}

gboolean
dio_cli_library_repair (DioCliLibrary  *self,
                        GError        **error)
{
  g_auto(DioRepair) report = { 0 };
  guint n_adopted;

  if (!check_there (self, error) ||
      !dio_repair_library (self->folder, &report, error) ||
      !dio_studio_adopt_strays (self->folder, &n_adopted, error))
    return FALSE;

  if (!self->json)
    print_repair (&report, n_adopted);

  return TRUE;
}
