/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip of a composition: its references, whose names are apart. */

#include "config.h"

#include "dio-composition-private.h"

#include "dio-error.h"

#include <string.h>

static GListStore *
get_strip (DioComposition *self)
{
  return G_LIST_STORE (dio_composition_get_references (self));
}

/**
 * dio_composition_find_reference:
 * @self: a composition
 * @name: a name, without the "@"; case does not matter
 *
 * Returns: (transfer none) (nullable): the reference of that name
 */
DioReference *
dio_composition_find_reference (DioComposition *self,
                                const char     *name)
{
  g_autofree char *wanted = NULL;
  GListModel *list;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  wanted = g_utf8_casefold (name, -1);
  list = dio_composition_get_references (self);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (list, i);
      g_autofree char *folded = g_utf8_casefold (dio_reference_get_name (reference), -1);

      if (g_str_equal (folded, wanted))
        return reference;
    }

  return NULL;
}

/* "My Photo (2).JPG" -> "my-photo-2" */
static char *
make_base_name (const char *file_name)
{
  g_autofree char *stem = g_utf8_make_valid (file_name, -1);
  g_autofree char *lower = NULL;
  g_autoptr(GString) name = g_string_new (NULL);
  char *dot = strrchr (stem, '.');
  guint n = 0;

  if (dot != NULL && dot != stem)
    *dot = '\0';

  lower = g_utf8_strdown (stem, -1);
  for (const char *p = lower; *p != '\0' && n < 32; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_')
        g_string_append_unichar (name, c);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
      else
        continue;
      n++;
    }

  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);

  return g_strdup (name->len > 0 ? name->str : "photo");
}

/**
 * dio_composition_make_name:
 * @self: a composition
 * @file_name: a file's name, or a name to keep apart from the others
 *
 * Returns: (transfer full): a name made from @file_name that no reference has
 */
char *
dio_composition_make_name (DioComposition *self,
                           const char     *file_name)
{
  g_autofree char *base = NULL;
  char *name;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), NULL);

  base = make_base_name (file_name);
  name = g_strdup (base);

  for (guint i = 2; dio_composition_find_reference (self, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", base, i);
    }

  return name;
}

/**
 * dio_composition_add_reference:
 * @self: a composition
 * @reference: a reference that is in no composition
 * @position: where in the strip; beyond its end for the end
 *
 * Names the reference by its file when it has no name, or one that is taken.
 */
void
dio_composition_add_reference (DioComposition *self,
                               DioReference   *reference,
                               guint           position)
{
  g_autofree char *name = NULL;
  const char *wish;
  guint n_items;

  g_return_if_fail (DIO_IS_COMPOSITION (self));
  g_return_if_fail (DIO_IS_REFERENCE (reference));

  wish = dio_reference_get_name (reference);
  if (!dio_reference_is_name (wish))
    wish = dio_reference_get_file_name (reference);

  if (!dio_reference_is_name (wish) || dio_composition_find_reference (self, wish) != NULL)
    name = dio_composition_make_name (self, wish);
  else
    name = g_strdup (wish);

  dio_reference_set_name (reference, name);

  n_items = g_list_model_get_n_items (dio_composition_get_references (self));
  g_list_store_insert (get_strip (self), MIN (position, n_items), reference);
}

/**
 * dio_composition_remove_reference:
 * @self: a composition
 * @reference: a reference
 *
 * Takes @reference out of the strip; mentions of it stay in the prompt.
 */
void
dio_composition_remove_reference (DioComposition *self,
                                  DioReference   *reference)
{
  guint position;

  g_return_if_fail (DIO_IS_COMPOSITION (self));

  if (g_list_store_find (get_strip (self), reference, &position))
    g_list_store_remove (get_strip (self), position);
}

/**
 * dio_composition_move_reference:
 * @self: a composition
 * @reference: a reference in it
 * @position: where it stands afterwards
 */
void
dio_composition_move_reference (DioComposition *self,
                                DioReference   *reference,
                                guint           position)
{
  g_autoptr(DioReference) kept = g_object_ref (reference);
  guint n_items;
  guint old;

  g_return_if_fail (DIO_IS_COMPOSITION (self));

  if (!g_list_store_find (get_strip (self), reference, &old))
    return;

  n_items = g_list_model_get_n_items (dio_composition_get_references (self));
  position = MIN (position, n_items - 1);
  if (position == old)
    return;

  g_list_store_remove (get_strip (self), old);
  g_list_store_insert (get_strip (self), position, kept);
}

static gboolean
is_at (DioComposition *self,
       guint           position,
       DioReference   *reference)
{
  g_autoptr(DioReference) held = g_list_model_get_item (dio_composition_get_references (self), position);

  return held == reference;
}

/* Makes @references, whose names are apart, the strip; what stays at either end
 * of it is not told to have changed. */
void
dio_composition_set_references (DioComposition *self,
                                GPtrArray      *references)
{
  GListModel *list = dio_composition_get_references (self);
  guint n_old = g_list_model_get_n_items (list);
  guint n_new = references->len;
  guint start = 0;

  while (start < MIN (n_old, n_new) && is_at (self, start, g_ptr_array_index (references, start)))
    start++;
  while (MIN (n_old, n_new) > start && is_at (self, n_old - 1, g_ptr_array_index (references, n_new - 1)))
    {
      n_old--;
      n_new--;
    }

  if (n_old > start || n_new > start)
    g_list_store_splice (get_strip (self), start, n_old - start,
                         references->pdata + start, n_new - start);
}

/**
 * dio_composition_rename_reference:
 * @self: a composition
 * @reference: a reference in it
 * @name: its new name, without the "@"
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: %FALSE when @name is no name or another reference has it
 */
gboolean
dio_composition_rename_reference (DioComposition  *self,
                                  DioReference    *reference,
                                  const char      *name,
                                  GError         **error)
{
  DioReference *holder;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), FALSE);

  if (!dio_reference_is_name (name))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "“%s” is no name: letters, digits, “-” and “_”", name);
      return FALSE;
    }

  holder = dio_composition_find_reference (self, name);
  if (holder != NULL && holder != reference)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "Another photo is named “%s”", name);
      return FALSE;
    }

  dio_reference_set_name (reference, name);

  return TRUE;
}
