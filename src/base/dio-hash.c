/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content hashes and ids made from chance. Nettle hashes four times as fast as GLib
 * where the processor helps with it. */

#include "config.h"

#include "dio-hash.h"

#include "dio-mapped-bytes.h"

#include <gio/gio.h>
#include <nettle/sha2.h>

#define BLOCK_SIZE (256 << 10)

struct _DioHash
{
  struct sha256_ctx context;
};

static char *
encode_hex (const guint8 *digest,
            gsize         size)
{
  GString *text = g_string_sized_new (2 * size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", digest[i]);

  return g_string_free (text, FALSE);
}

/**
 * dio_hash_new:
 *
 * Returns: (transfer full): the hash of content that comes piece by piece
 */
DioHash *
dio_hash_new (void)
{
  DioHash *self = g_new (DioHash, 1);

  sha256_init (&self->context);

  return self;
}

void
dio_hash_free (DioHash *self)
{
  g_free (self);
}

void
dio_hash_update (DioHash       *self,
                 gconstpointer  data,
                 gsize          size)
{
  g_return_if_fail (self != NULL);

  sha256_update (&self->context, size, data);
}

/**
 * dio_hash_end:
 * @self: a hash, which begins anew
 *
 * Returns: (transfer full): what dio_hash_bytes() says of all that came
 */
char *
dio_hash_end (DioHash *self)
{
  guint8 digest[SHA256_DIGEST_SIZE];

  g_return_val_if_fail (self != NULL, NULL);

  sha256_digest (&self->context, sizeof digest, digest);

  return encode_hex (digest, sizeof digest);
}

/**
 * dio_hash_bytes:
 * @bytes: content
 *
 * Returns: (transfer full): the SHA-256 of @bytes, 64 lower-case hex digits;
 *   the name of that content everywhere
 */
char *
dio_hash_bytes (GBytes *bytes)
{
  g_autoptr(DioHash) hash = dio_hash_new ();
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  dio_hash_update (hash, data, size);
  dio_mapped_bytes_let_go (bytes);

  return dio_hash_end (hash);
}

/**
 * dio_hash_file:
 * @path: a file, of any size
 * @error: return location for a #GIOErrorEnum
 *
 * Blocks. Unlike mapped bytes, a file may be cut short by somebody else meanwhile.
 *
 * Returns: (transfer full): what dio_hash_bytes() says of what is in it
 */
char *
dio_hash_file (const char  *path,
               GError     **error)
{
  g_autoptr(DioHash) hash = dio_hash_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFileInputStream) stream = NULL;
  gssize n;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;

  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK_SIZE, NULL, error)) > 0)
    dio_hash_update (hash, block, n);

  return n == 0 ? dio_hash_end (hash) : NULL;
}

/**
 * dio_random_seed:
 *
 * Returns: a seed of 1 to 2^32 - 1, never 0: at some providers 0 asks for a
 *   seed that is not told
 */
guint32
dio_random_seed (void)
{
  guint32 seed = g_random_int ();

  return seed != 0 ? seed : 1;
}
