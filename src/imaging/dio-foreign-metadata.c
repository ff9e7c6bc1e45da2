/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds out which program has made a picture, by the names of its texts. */

#include "config.h"

#include "dio-foreign-metadata-private.h"

#include "dio-image-texts-private.h"

#include <string.h>

static const struct
{
  const char          *key;
  const char          *prefix; /* (nullable): of the text */
  DioPictureMetadata *(*read) (const char *text);
} kinds[] = {
  { "invokeai_metadata", NULL, dio_invokeai_metadata_read },
  { "sd-metadata", NULL, dio_invokeai_old_metadata_read },
  { "Dream", NULL, dio_invokeai_dream_read },
  { "prompt", NULL, dio_comfyui_metadata_read },
  { DIO_IMAGE_TEXT_MAKE, "prompt:", dio_comfyui_metadata_read },
  { DIO_IMAGE_TEXT_MODEL, "prompt:", dio_comfyui_metadata_read },
  { "parameters", NULL, dio_automatic1111_metadata_read },
  { DIO_IMAGE_TEXT_COMMENT, NULL, dio_automatic1111_metadata_read },
};

/**
 * dio_foreign_metadata_read:
 * @texts: what dio_image_texts_read() has found
 *
 * Returns: (transfer full) (nullable): what they tell, as far as it is understood
 */
DioPictureMetadata *
dio_foreign_metadata_read (GHashTable *texts)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *text = g_hash_table_lookup (texts, kinds[i].key);
      DioPictureMetadata *metadata = NULL;

      if (text != NULL && kinds[i].prefix == NULL)
        metadata = kinds[i].read (text);
      else if (text != NULL && g_str_has_prefix (text, kinds[i].prefix))
        metadata = kinds[i].read (text + strlen (kinds[i].prefix));

      if (metadata != NULL)
        return metadata;
    }

  return NULL;
}
