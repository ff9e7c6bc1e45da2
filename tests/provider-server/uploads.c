/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos that clients have left, for as long as the vendor keeps them. */

#include "config.h"

#include "uploads.h"

struct _Uploads
{
  GHashTable *table; /* (owned) (element-type utf8 Upload) */
};

typedef struct
{
  GBytes *bytes;   /* (owned) */
  gint64  expires; /* monotonic microseconds */
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_bytes_unref (upload->bytes);
  g_free (upload);
}

Uploads *
uploads_new (void)
{
  Uploads *self = g_new (Uploads, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, upload_free);

  return self;
}

void
uploads_free (Uploads *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

/**
 * uploads_add:
 * @self: uploads
 * @bytes: (transfer none): a photo
 * @seconds: that it is kept
 *
 * Returns: (transfer none): a UUID it is found by
 */
const char *
uploads_add (Uploads *self,
             GBytes  *bytes,
             guint    seconds)
{
  Upload *upload = g_new (Upload, 1);
  char *id = g_uuid_string_random ();

  upload->bytes = g_bytes_ref (bytes);
  upload->expires = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  g_hash_table_insert (self->table, id, upload);

  return id;
}

/**
 * uploads_find:
 * @self: uploads
 * @id: of one
 *
 * Returns: (transfer none) (nullable): its bytes, while it is kept
 */
GBytes *
uploads_find (Uploads    *self,
              const char *id)
{
  Upload *upload = g_hash_table_lookup (self->table, id);

  return upload != NULL && g_get_monotonic_time () < upload->expires ? upload->bytes : NULL;
}

gboolean
uploads_remove (Uploads    *self,
                const char *id)
{
  return g_hash_table_remove (self->table, id);
}
