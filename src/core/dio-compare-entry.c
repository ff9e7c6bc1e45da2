/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture that is compared: a result or a reference. */

#include "config.h"

#include "dio-compare-entry-private.h"

#define RESULT_PREFIX "result:"
#define REFERENCE_PREFIX "reference:"

struct _DioCompareEntry
{
  GObject       parent_instance;

  /* One of the two */
  DioResult    *result;    /* (owned) (nullable) */
  DioReference *reference; /* (owned) (nullable) */

  char          letter;    /* 0 for references */
};

G_DEFINE_FINAL_TYPE (DioCompareEntry, dio_compare_entry, G_TYPE_OBJECT)

static void
dio_compare_entry_finalize (GObject *object)
{
  DioCompareEntry *self = DIO_COMPARE_ENTRY (object);

  g_clear_object (&self->result);
  g_clear_object (&self->reference);

  G_OBJECT_CLASS (dio_compare_entry_parent_class)->finalize (object);
}

static void
dio_compare_entry_class_init (DioCompareEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_compare_entry_finalize;
}

static void
dio_compare_entry_init (DioCompareEntry *self)
{
}

/**
 * dio_compare_entry_new_for_result:
 * @result: a picture of the library
 *
 * Returns: (transfer full): it, to be compared
 */
DioCompareEntry *
dio_compare_entry_new_for_result (DioResult *result)
{
  DioCompareEntry *self = g_object_new (DIO_TYPE_COMPARE_ENTRY, NULL);

  self->result = g_object_ref (result);
  return self;
}

/**
 * dio_compare_entry_new_for_reference:
 * @reference: a photo
 *
 * Returns: (transfer full): it, to be compared
 */
DioCompareEntry *
dio_compare_entry_new_for_reference (DioReference *reference)
{
  DioCompareEntry *self = g_object_new (DIO_TYPE_COMPARE_ENTRY, NULL);

  self->reference = g_object_ref (reference);
  return self;
}

/**
 * dio_compare_entry_get_result:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): %NULL for a reference
 */
DioResult *
dio_compare_entry_get_result (DioCompareEntry *self)
{
  return self->result;
}

/**
 * dio_compare_entry_get_reference:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): %NULL for a result
 */
DioReference *
dio_compare_entry_get_reference (DioCompareEntry *self)
{
  return self->reference;
}

/**
 * dio_compare_entry_dup_key:
 * @self: a picture
 *
 * Returns: (transfer full): what it is known by across restarts
 */
char *
dio_compare_entry_dup_key (DioCompareEntry *self)
{
  if (self->result != NULL)
    return g_strconcat (RESULT_PREFIX, dio_result_get_id (self->result), NULL);

  return g_strconcat (REFERENCE_PREFIX, dio_reference_get_hash (self->reference), NULL);
}

/**
 * dio_compare_entry_get_width:
 * @self: a picture
 *
 * Returns: in pixels
 */
int
dio_compare_entry_get_width (DioCompareEntry *self)
{
  return self->result != NULL ? dio_result_get_width (self->result)
                              : dio_reference_get_width (self->reference);
}

/**
 * dio_compare_entry_get_height:
 * @self: a picture
 *
 * Returns: in pixels
 */
int
dio_compare_entry_get_height (DioCompareEntry *self)
{
  return self->result != NULL ? dio_result_get_height (self->result)
                              : dio_reference_get_height (self->reference);
}

/**
 * dio_compare_entry_get_letter:
 * @self: a picture of a set
 *
 * Returns: what a result is called in the set, A to I; 0 for a reference
 */
char
dio_compare_entry_get_letter (DioCompareEntry *self)
{
  return self->letter;
}

void
_dio_compare_entry_set_letter (DioCompareEntry *self,
                               char             letter)
{
  self->letter = letter;
}

/**
 * dio_compare_key_parse:
 * @key: what was stored
 * @is_reference: (out): whether it is a reference’s
 * @id: (out): the hash of a reference, or the id of a result
 *
 * Returns: %FALSE if it is no key
 */
gboolean
dio_compare_key_parse (const char  *key,
                       gboolean    *is_reference,
                       const char **id)
{
  *is_reference = g_str_has_prefix (key, REFERENCE_PREFIX);
  if (!*is_reference && !g_str_has_prefix (key, RESULT_PREFIX))
    return FALSE;

  *id = strchr (key, ':') + 1;
  return **id != '\0';
}
