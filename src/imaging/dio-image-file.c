/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the bytes of a picture file, and refuses what is none by its nature. */

#include "config.h"

#include "dio-image-decode.h"

#include "dio-read-file.h"

/**
 * dio_image_read_file:
 * @file: a file that a person chose
 * @cancellable: (nullable): ends the reading
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. At most %DIO_IMAGE_MAX_BYTES are ever taken.
 *
 * Returns: (transfer full): all its bytes, at least one
 */
GBytes *
dio_image_read_file (GFile         *file,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return dio_read_file (file, DIO_IMAGE_MAX_BYTES, cancellable, error);
}
