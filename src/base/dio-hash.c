/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content hashes and ids made from chance. */

#include "config.h"

#include "dio-hash.h"

#include "dio-mapped-bytes.h"

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
  char *hash;

  g_return_val_if_fail (bytes != NULL, NULL);

  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  dio_mapped_bytes_let_go (bytes);

  return hash;
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
