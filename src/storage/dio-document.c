/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as a file. It is a ZIP: first “mimetype”, by which programs know
 * it from its first bytes, then “composition.json”, then “photos/” with each
 * photo once, called by its hash. Photos are told by these hashes and checked
 * against them; nothing is ever written to where a name in the file says. */

#include "config.h"

#include "dio-document-private.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-hash.h"
#include "dio-json.h"
#include "dio-read-file.h"
#include "dio-zip.h"

#include <string.h>

#define HASH_LENGTH    64

/**
 * dio_document_new:
 * @root: what dio_composition_to_json() made
 *
 * Returns: (transfer full): a document without photos
 */
DioDocument *
dio_document_new (JsonNode *root)
{
  DioDocument *self = g_new0 (DioDocument, 1);

  self->root = json_node_ref (root);
  self->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  return self;
}

void
dio_document_free (DioDocument *self)
{
  if (self == NULL)
    return;

  json_node_unref (self->root);
  g_hash_table_unref (self->photos);
  g_free (self);
}

/**
 * dio_document_is:
 * @file: a file
 *
 * Returns: whether its name says that it is a document; nothing is read
 */
gboolean
dio_document_is (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return lower != NULL && g_str_has_suffix (lower, DIO_DOCUMENT_SUFFIX);
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
is_document (GPtrArray *entries)
{
  const DioZipEntry *type = g_ptr_array_index (entries, 0);
  const DioZipEntry *description = entries->len > 1 ? g_ptr_array_index (entries, 1) : NULL;
  g_autoptr(GBytes) wanted = g_bytes_new_static (DIO_DOCUMENT_MIME_TYPE, strlen (DIO_DOCUMENT_MIME_TYPE));

  return g_str_equal (type->name, DIO_DOCUMENT_TYPE_NAME) && g_bytes_equal (type->bytes, wanted) &&
         description != NULL && g_str_equal (description->name, DIO_DOCUMENT_JSON_NAME) &&
         g_bytes_get_size (description->bytes) <= DIO_COMPOSITION_MAX_BYTES;
}

static JsonNode *
read_description (GPtrArray  *entries,
                  GError    **error)
{
  const DioZipEntry *entry = g_ptr_array_index (entries, 1);
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) reason = NULL;

  root = dio_json_parse (entry->bytes, &reason);
  if (root == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s: %s", entry->name, reason->message);
      return NULL;
    }

  return dio_composition_check_json (root, error) ? g_steal_pointer (&root) : NULL;
}

static gboolean
add_photo (DioDocument        *self,
           const DioZipEntry  *entry,
           GError            **error)
{
  g_autofree char *hash = NULL;
  const char *name;

  /* What another version may have put beside them. */
  if (!g_str_has_prefix (entry->name, DIO_DOCUMENT_PHOTOS))
    return TRUE;

  name = entry->name + strlen (DIO_DOCUMENT_PHOTOS);
  hash = dio_hash_bytes (entry->bytes);
  if (!g_str_has_prefix (name, hash) || (name[HASH_LENGTH] != '\0' && name[HASH_LENGTH] != '.'))
    return fail (error, "A photo in the file is damaged");

  g_hash_table_insert (self->photos, g_strdup (hash), g_bytes_ref (entry->bytes));

  return TRUE;
}

/* Photos that are not there would be missed only when they are to be sent. */
static gboolean
check_photos (DioDocument  *self,
              GError      **error)
{
  JsonArray *references = dio_json_get_array (json_node_get_object (self->root), "references");

  for (guint i = 0; i < json_array_get_length (references); i++)
    {
      JsonNode *node = json_array_get_element (references, i);
      const char *hash = JSON_NODE_HOLDS_OBJECT (node) ? dio_json_get_string (json_node_get_object (node), "hash")
                                                       : NULL;

      if (hash == NULL || !g_hash_table_contains (self->photos, hash))
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Photo %u is not in the file", i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * dio_document_read:
 * @file: a file of a stranger
 * @cancellable: (nullable): ends the reading
 * @error: return location for %DIO_ERROR_INVALID and others
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): what is in it, all of it whole
 */
DioDocument *
dio_document_read (GFile         *file,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(GBytes) bytes = dio_read_file (file, DIO_DOCUMENT_MAX_BYTES, cancellable, error);
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(DioDocument) self = NULL;

  if (bytes == NULL)
    return NULL;

  entries = dio_zip_unpack (bytes, DIO_DOCUMENT_MAX_ENTRIES, error);
  if (entries == NULL)
    return NULL;

  if (!is_document (entries))
    {
      fail (error, "The file is no composition");
      return NULL;
    }

  root = read_description (entries, error);
  if (root == NULL)
    return NULL;

  self = dio_document_new (root);
  for (guint i = 2; i < entries->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !add_photo (self, g_ptr_array_index (entries, i), error))
      return NULL;

  return check_photos (self, error) ? g_steal_pointer (&self) : NULL;
}
