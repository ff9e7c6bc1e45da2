/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What compared pictures are called. */

#include "config.h"

#include "dio-compare-words.h"

#include <glib/gi18n.h>

/* 0 where it is no longer in the strip. */
static guint
find_number (DioReference *reference,
             GListModel   *references)
{
  for (guint i = 0; references != NULL && i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) other = g_list_model_get_item (references, i);

      if (g_str_equal (dio_reference_get_hash (other), dio_reference_get_hash (reference)))
        return i + 1;
    }

  return 0;
}

/**
 * dio_compare_format_name:
 * @entry: what is compared
 * @references: (nullable): photos, by whose numbers references are called
 *
 * Returns: (transfer full): a short name, told apart from all others: “A”, “Reference 1”
 */
char *
dio_compare_format_name (DioCompareEntry *entry,
                         GListModel      *references)
{
  DioReference *reference = dio_compare_entry_get_reference (entry);
  guint number;

  if (reference == NULL)
    return g_strdup_printf ("%c", dio_compare_entry_get_letter (entry));

  number = find_number (reference, references);
  if (number > 0)
    /* Translators: a photo of the strip by its number: “Reference 1”. */
    return g_strdup_printf (_("Reference %u"), number);

  return g_strdup (_("Reference"));
}

static char *
format_reference (DioReference *reference,
                  const char   *name)
{
  const char *mention = dio_reference_get_name (reference);

  if (mention == NULL || *mention == '\0')
    return g_strdup (name);

  /* Translators: on a photo that is compared: “Reference 1 · @ladybird”. */
  return g_strdup_printf (_("%1$s · @%2$s"), name, mention);
}

/**
 * dio_compare_format_badge:
 * @entry: what is compared
 * @references: (nullable): photos, by whose numbers references are called
 * @studio: who knows providers
 *
 * Returns: (transfer full): its name with what it is
 */
char *
dio_compare_format_badge (DioCompareEntry *entry,
                          GListModel      *references,
                          DioStudio       *studio)
{
  DioResult *result = dio_compare_entry_get_result (entry);
  g_autofree char *name = dio_compare_format_name (entry, references);
  DioProvider *provider;

  if (result == NULL)
    return format_reference (dio_compare_entry_get_reference (entry), name);

  provider = dio_studio_find_provider (studio, dio_result_get_provider_id (result));
  /* Translators: on a picture that is compared: its letter, who made it, and how large
   * it is: “A · Runware · 4096×4096”. */
  return g_strdup_printf (_("%1$s · %2$s · %3$d×%4$d"), name,
                          provider != NULL ? _(dio_provider_get_display_name (provider))
                                           : dio_result_get_provider_id (result),
                          dio_result_get_width (result), dio_result_get_height (result));
}
