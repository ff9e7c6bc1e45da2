/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person should be told of pictures that were made all the same: plain
 * lines on stderr, each said once however many pictures it holds for. */

#include "config.h"

#include "dio-cli-notes.h"

#include "dio-cli.h"

#include <glib/gi18n.h>

static char *
describe_limit_of_role (DioRole role,
                        guint   limit)
{
  switch (role)
    {
    case DIO_ROLE_SUBJECT:
      return g_strdup_printf (ngettext ("%u subject", "%u subjects", limit), limit);

    case DIO_ROLE_SCENE:
      return g_strdup_printf (ngettext ("%u scene", "%u scenes", limit), limit);

    case DIO_ROLE_STYLE:
      return g_strdup_printf (ngettext ("%u style", "%u styles", limit), limit);

    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * dio_cli_notes_print_benched:
 * @composition: what is to be made
 * @model: a model
 *
 * Tells which references @model has no place for.
 */
void
dio_cli_notes_print_benched (DioComposition *composition,
                             DioModelInfo   *model)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  g_autoptr(GPtrArray) benched = NULL;

  g_ptr_array_unref (dio_model_info_select (model, dio_composition_get_references (composition), &benched));

  for (guint i = 0; i < benched->len; i++)
    {
      DioReference *reference = g_ptr_array_index (benched, i);
      DioRole role = dio_reference_get_role (reference);
      g_autofree char *limit = describe_limit_of_role (role, spec->max_of_role[role]);

      /* Translators: the name of a photo, the name of a model, and a number of
       * photos, such as: “beach is not used: This Computer uses 1 scene”. */
      /* Translators: the name of a photo, and of who makes the picture. */
      dio_cli_print_error (_("%s is not used: %s uses %s"),
                           dio_reference_get_name (reference), _(spec->title), limit);
    }
}

/* Beyond a limit that nobody has documented, the provider decides. */
static gboolean
is_beyond (const DioParameter *parameter,
           GVariant           *value)
{
  DioParameter hard = *parameter;

  hard.flags &= ~DIO_PARAMETER_SOFT;

  return (parameter->flags & DIO_PARAMETER_SOFT) != 0 && value != NULL &&
         !dio_parameter_check (&hard, value, NULL);
}

static void
print_many (DioComposition *composition,
            DioModelInfo   *model)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  g_autoptr(GPtrArray) sent = dio_model_info_select (model, dio_composition_get_references (composition), NULL);

  /* Translators: a warning; the name of a provider’s model, and two numbers of photos. */
  if (spec->warn_references > 0 && sent->len > spec->warn_references)
    dio_cli_print_error (_("%1$s may refuse %2$u photos: more than %3$u are not usual"),
                         _(spec->title), sent->len, spec->warn_references);
}

/**
 * dio_cli_notes_print_beyond:
 * @composition: what is to be made
 *
 * Tells which values, and how many photos, the provider may refuse.
 */
void
dio_cli_notes_print_beyond (DioComposition *composition)
{
  DioModelInfo *model = dio_composition_get_model (composition);
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  DioValues *values = dio_composition_get_values (composition, model);

  print_many (composition, model);
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      const DioParameter *parameter = &spec->parameters[i];
      g_autoptr(GVariant) value = dio_values_get (values, parameter->name);
      g_autofree char *limit = NULL;

      if (!is_beyond (parameter, value))
        continue;

      limit = dio_parameter_describe_limit (parameter);
      /* Translators: the name of a parameter, the name of a provider’s model,
       * and a range such as “1 to 10”. */
      dio_cli_print_error (_("%s: %s may refuse what is not %s"), parameter->name, _(spec->title), limit);
    }
}

static char *
describe_wrong_clock (const char *number)
{
  gulong minutes = strtoul (number, NULL, 10);

  return g_strdup_printf (ngettext ("the clock of this computer is wrong by %lu minute: the provider’s time was used",
                                    "the clock of this computer is wrong by %lu minutes: the provider’s time was used",
                                    minutes),
                          minutes);
}

static char *
describe_note (const DioNote *note,
               DioModelInfo  *model)
{
  switch (note->kind)
    {
    /* Translators: “%s” is the name of a photo in each of these. */
    case DIO_NOTE_CHECK_EDGES:
      /* Translators: %s is the name of a photo. */
      return g_strdup_printf (_("check the edges: %s"), note->name);

    case DIO_NOTE_BUSY_BACKDROP:
      /* Translators: %s is the name of a photo. */
      return g_strdup_printf (_("%s has no plain backdrop: it is placed as a whole photo"), note->name);

    case DIO_NOTE_NOT_USED:
      /* Translators: the name of a photo, and of who makes the picture. */
      return g_strdup_printf (_("%s is not used: %s has no place for it"),
                              note->name, _(dio_model_info_get_title (model)));

    case DIO_NOTE_FIRST_FRAME:
      /* Translators: %s is the name of a photo. */
      return g_strdup_printf (_("%s is an animation: its first frame is used"), note->name);

    case DIO_NOTE_CMYK:
      /* Translators: %s is the name of a photo. */
      return g_strdup_printf (_("%s is made for print: its colours are approximate"), note->name);

    case DIO_NOTE_WRONG_CLOCK:
      return describe_wrong_clock (note->name);

    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
describe_unused (DioResult *result)
{
  const char *const *unused = dio_result_get_unused (result);
  g_autofree char *words = NULL;

  if (unused == NULL || *unused == NULL)
    return NULL;

  words = g_strjoinv (", ", (char **) unused);

  /* Translators: %s is a list of words of the prompt. */
  return g_strdup_printf (_("words without effect: %s"), words);
}

static void
print_once (GHashTable *said,
            char       *line)
{
  if (line != NULL && g_hash_table_add (said, line))
    dio_cli_print_error ("%s", line);
}

/**
 * dio_cli_notes_print_job:
 * @job: a job with results
 * @model: what made them
 */
void
dio_cli_notes_print_job (DioJob       *job,
                         DioModelInfo *model)
{
  GListModel *results = dio_job_get_results (job);
  g_autoptr(GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(DioResult) result = g_list_model_get_item (results, i);
      GPtrArray *notes = dio_result_get_notes (result);

      for (guint j = 0; j < notes->len; j++)
        print_once (said, describe_note (g_ptr_array_index (notes, j), model));
      print_once (said, describe_unused (result));
    }
}
