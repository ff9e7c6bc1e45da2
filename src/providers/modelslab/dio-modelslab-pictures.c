/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures in ModelsLab's answers, in all the forms that its servers give
 * them. "future_links" are promises, and are never taken for pictures. */

#include "config.h"

#include "modelslab/dio-modelslab-pictures-private.h"

#include "dio-json.h"

#include <string.h>

/* Shorter text can be anything; a picture is longer. */
#define MIN_BASE64 64

/**
 * dio_modelslab_is_address:
 * @text: a text out of an answer
 *
 * Returns: whether it can be downloaded
 */
gboolean
dio_modelslab_is_address (const char *text)
{
  return g_ascii_strncasecmp (text, "https://", 8) == 0 || g_ascii_strncasecmp (text, "http://", 7) == 0;
}

static gboolean
is_base64 (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n");

  return length >= MIN_BASE64 && text[length + strspn (text + length, "=\r\n")] == '\0';
}

static gboolean
is_text_file (const char *address)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));

  return g_str_has_suffix (path, ".base64");
}

static void
add_picture (DioWireReply *self,
             const char   *text)
{
  if (text == NULL)
    return;

  if (dio_modelslab_is_address (text))
    dio_wire_reply_add (self, is_text_file (text) ? DIO_WIRE_PICTURE_BASE64_URL : DIO_WIRE_PICTURE_URL, text);
  else if (g_str_has_prefix (text, "data:image/") || is_base64 (text))
    dio_wire_reply_add (self, DIO_WIRE_PICTURE_BASE64, text);
}

static void
add_node (DioWireReply *self,
          JsonNode     *node)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    add_picture (self, json_node_get_string (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    add_picture (self, dio_json_get_string (json_node_get_object (node), "url"));
}

/**
 * dio_modelslab_add_pictures:
 * @self: gets what is found
 * @root: an answer
 * @member: holds an array, one text, or an object whose members are called "0",
 *   "1" and so on
 */
void
dio_modelslab_add_pictures (DioWireReply *self,
                            JsonObject   *root,
                            const char   *member)
{
  JsonArray *array = dio_json_get_array (root, member);
  JsonObject *object = dio_json_get_object (root, member);
  g_autoptr(GList) values = object != NULL ? json_object_get_values (object) : NULL;
  guint n_elements = array != NULL ? json_array_get_length (array) : 0;

  add_picture (self, dio_json_get_string (root, member));
  for (guint i = 0; i < n_elements; i++)
    add_node (self, json_array_get_element (array, i));
  for (GList *l = values; l != NULL; l = l->next)
    add_node (self, l->data);
}

/**
 * dio_modelslab_read_pictures:
 * @self: gets what is found
 * @root: an answer about a job that is done
 */
void
dio_modelslab_read_pictures (DioWireReply *self,
                             JsonObject   *root)
{
  double seed = dio_wire_get_number (dio_json_get_object (root, "meta"), "seed", -1);

  dio_modelslab_add_pictures (self, root, "output");
  if (self->pictures->len == 0)
    dio_modelslab_add_pictures (self, root, "proxy_links");

  for (guint i = 0; i < self->pictures->len; i++)
    {
      if (seed >= 0 && seed <= G_MAXUINT32)
        ((DioWirePicture *) g_ptr_array_index (self->pictures, i))->seed = (gint64) seed;
    }
}
