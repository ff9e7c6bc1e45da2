/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a checked picture file of what came from a provider. */

#pragma once

#include "dio-picture.h"

G_BEGIN_DECLS

/**
 * DioHostedUnpack:
 * @path: (owned): where the picture is, or gets written
 * @text: (owned) (nullable): its base64 or data URI
 * @text_path: (owned) (nullable): a file with such a text
 * @extension: result: of its real type
 * @width: result: in pixels
 * @height: result: in pixels
 * @is_hopeless: result: the same would come again
 */
typedef struct
{
  char       *path;
  char       *text;
  char       *text_path;
  const char *extension;
  int         width;
  int         height;
  gboolean    is_hopeless;
} DioHostedUnpack;

void     dio_hosted_unpack_free (DioHostedUnpack  *self);
gboolean dio_hosted_unpack      (DioHostedUnpack  *self,
                                 GCancellable     *cancellable,
                                 GError          **error);

G_END_DECLS
