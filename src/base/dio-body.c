/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a request: a JSON text with holes, and the files that fill them
 * while it is sent. A hole is found by a token that nobody can have written
 * before, because it was drawn when the body was made. */

#include "config.h"

#include "dio-body-private.h"

#include "dio-json.h"

struct _DioBody
{
  GObject    parent_instance;

  GPtrArray *files;  /* (owned) (element-type BodyFile) */
  char      *nonce;  /* (owned) */
  char      *json;   /* (owned) (nullable): with tokens; NULL until it is set */
  GArray    *parts;  /* (owned) (element-type DioBodyPart) */
  goffset    length;
};

typedef struct
{
  GFile   *file;   /* (owned) */
  goffset  size;
  char    *token;  /* (owned) */
  char    *prefix; /* (owned) */
  char    *label;  /* (owned) */
} BodyFile;

G_DEFINE_FINAL_TYPE (DioBody, dio_body, G_TYPE_OBJECT)

static void
body_file_free (gpointer data)
{
  BodyFile *file = data;

  g_object_unref (file->file);
  g_free (file->token);
  g_free (file->prefix);
  g_free (file->label);
  g_free (file);
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < ' ' || *text == '"' || *text == '\\')
        return FALSE;
    }

  return TRUE;
}

static void
add_text (DioBody    *self,
          const char *text,
          gsize       length)
{
  DioBodyPart part = { .text = text, .length = length };

  if (length == 0)
    return;

  g_array_append_val (self->parts, part);
  self->length += length;
}

static void
add_base64 (DioBody  *self,
            BodyFile *file)
{
  DioBodyPart part = { .file = file->file, .size = file->size };

  g_array_append_val (self->parts, part);
  self->length += (file->size + 2) / 3 * 4;
}

/* The file whose token begins at @text, as every token does with the nonce. */
static BodyFile *
find_file (DioBody    *self,
           const char *text)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      BodyFile *file = g_ptr_array_index (self->files, i);

      if (g_str_has_prefix (text, file->token))
        return file;
    }

  return NULL;
}

static void
split_json (DioBody *self)
{
  const char *rest = self->json;
  const char *found = rest;

  while ((found = strstr (found, self->nonce)) != NULL)
    {
      BodyFile *file = find_file (self, found);

      if (file == NULL)
        {
          found++;
          continue;
        }

      add_text (self, rest, found - rest);
      add_text (self, file->prefix, strlen (file->prefix));
      add_base64 (self, file);
      found += strlen (file->token);
      rest = found;
    }

  add_text (self, rest, strlen (rest));
}

static char *
label_tokens (const char *string,
              gpointer    user_data)
{
  DioBody *self = user_data;
  g_autoptr(GString) labelled = g_string_new (string);

  for (guint i = 0; i < self->files->len; i++)
    {
      BodyFile *file = g_ptr_array_index (self->files, i);
      g_autofree char *label = g_strdup_printf ("%s<%s>", file->prefix, file->label);

      g_string_replace (labelled, file->token, label, 0);
    }

  return g_strdup (labelled->str);
}

static void
dio_body_finalize (GObject *object)
{
  DioBody *self = DIO_BODY (object);

  g_ptr_array_unref (self->files);
  g_array_unref (self->parts);
  g_free (self->nonce);
  g_free (self->json);

  G_OBJECT_CLASS (dio_body_parent_class)->finalize (object);
}

static void
dio_body_class_init (DioBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_body_finalize;
}

static void
dio_body_init (DioBody *self)
{
  self->files = g_ptr_array_new_with_free_func (body_file_free);
  self->parts = g_array_new (FALSE, FALSE, sizeof (DioBodyPart));
  self->nonce = g_uuid_string_random ();
}

/**
 * dio_body_new:
 *
 * Returns: (transfer full): a body that is empty until dio_body_set_json()
 */
DioBody *
dio_body_new (void)
{
  return g_object_new (DIO_TYPE_BODY, NULL);
}

/**
 * dio_body_add_file:
 * @self: a body
 * @file: what is sent as base64
 * @size: its length in bytes: a file of another length is not sent to its end
 * @prefix: (nullable): what is sent before the base64, such as
 *   "data:image/png;base64,"; nothing in it needs escaping in JSON
 * @label: what a person reads in place of the bytes
 *
 * Returns: (transfer full): what to put in a text of the JSON where @prefix and
 *   the base64 shall stand
 */
char *
dio_body_add_file (DioBody    *self,
                   GFile      *file,
                   goffset     size,
                   const char *prefix,
                   const char *label)
{
  BodyFile *added;

  g_return_val_if_fail (DIO_IS_BODY (self), NULL);
  g_return_val_if_fail (self->json == NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (size >= 0, NULL);
  g_return_val_if_fail (prefix == NULL || is_plain (prefix), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  added = g_new (BodyFile, 1);
  added->file = g_object_ref (file);
  added->size = size;
  added->token = g_strdup_printf ("%s:%u;", self->nonce, self->files->len);
  added->prefix = g_strdup (prefix != NULL ? prefix : "");
  added->label = g_strdup (label);
  g_ptr_array_add (self->files, added);

  return g_strdup (added->token);
}

/**
 * dio_body_set_json:
 * @self: a body whose files were added
 * @root: the JSON, with the tokens of the files in it
 *
 * Freezes the body: its text is made here, once.
 */
void
dio_body_set_json (DioBody  *self,
                   JsonNode *root)
{
  g_return_if_fail (DIO_IS_BODY (self));
  g_return_if_fail (self->json == NULL);
  g_return_if_fail (root != NULL);

  self->json = json_to_string (root, FALSE);
  split_json (self);
}

/**
 * dio_body_get_length:
 * @self: a body
 *
 * Returns: how many bytes will be sent
 */
goffset
dio_body_get_length (DioBody *self)
{
  g_return_val_if_fail (DIO_IS_BODY (self), 0);

  return self->length;
}

/**
 * dio_body_open:
 * @self: a body
 *
 * The stream fails with an error of %DIO_ERROR where a file is not as long as
 * was declared. Any thread may read it.
 *
 * Returns: (transfer full): a stream that begins at the first byte
 */
GInputStream *
dio_body_open (DioBody *self)
{
  g_return_val_if_fail (DIO_IS_BODY (self), NULL);

  return dio_body_stream_new (self, (const DioBodyPart *) (gpointer) self->parts->data, self->parts->len);
}

/**
 * dio_body_dup_readable:
 * @self: a body with JSON
 *
 * Returns: (transfer full): the JSON with labels in the place of bytes
 */
JsonNode *
dio_body_dup_readable (DioBody *self)
{
  g_autoptr(JsonNode) root = NULL;

  g_return_val_if_fail (DIO_IS_BODY (self), NULL);
  g_return_val_if_fail (self->json != NULL, NULL);

  root = json_from_string (self->json, NULL);
  g_return_val_if_fail (root != NULL, NULL);

  return dio_json_map_strings (root, label_tokens, self);
}
