/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will be sent, for the person to read before it is paid. */

#include "config.h"

#include "dio-preview.h"

static void
photo_free (DioPreviewPhoto *photo)
{
  g_free (photo->name);
  g_clear_object (&photo->file);
  g_free (photo->mime_type);
  g_free (photo->address);
  g_free (photo);
}

/**
 * dio_preview_new:
 *
 * Returns: (transfer full): a preview of nothing, of unknown price
 */
DioPreview *
dio_preview_new (void)
{
  DioPreview *self = g_new0 (DioPreview, 1);

  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) photo_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_http_request_unref);

  return self;
}

void
dio_preview_free (DioPreview *self)
{
  if (self == NULL)
    return;

  g_free (self->prompt);
  g_ptr_array_unref (self->photos);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

/**
 * dio_preview_add_photo:
 * @self: a preview
 * @name: as in the prompt
 *
 * Returns: (transfer none): a photo behind the others, to be filled in
 */
DioPreviewPhoto *
dio_preview_add_photo (DioPreview *self,
                       const char *name)
{
  DioPreviewPhoto *photo;

  g_return_val_if_fail (self != NULL, NULL);

  photo = g_new0 (DioPreviewPhoto, 1);
  photo->name = g_strdup (name);
  g_ptr_array_add (self->photos, photo);

  return photo;
}

/**
 * dio_preview_to_json:
 * @self: a preview
 *
 * Returns: (transfer full): the requests as a list, with keys and bytes hidden
 */
JsonNode *
dio_preview_to_json (DioPreview *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->requests->len; i++)
    json_array_add_element (array, dio_http_request_to_json (g_ptr_array_index (self->requests, i)));

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);

  return node;
}
