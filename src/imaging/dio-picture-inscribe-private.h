/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts metadata into a picture's file. */

#pragma once

#include "dio-image-header.h"

G_BEGIN_DECLS

/* No packet of ours is longer; what a JPEG has room for is less. */
#define DIO_INSCRIBE_MAX_SIZE (2 * 1024 * 1024)

/* By this a comment is known for one of ours. */
#define DIO_INSCRIBE_COMMENT_START "Provider: "

/**
 * DioInscribeTexts:
 * @software: (nullable): what made the picture
 * @description: (nullable): what is on it
 * @comment: (nullable): what else there is to say
 *
 * The texts that the PNG standard has names for, for programs that know no others.
 */
typedef struct
{
  const char *software;
  const char *description;
  const char *comment;
} DioInscribeTexts;

gsize      dio_picture_inscribe_get_room (DioImageFormat   format);
GPtrArray *dio_picture_inscribe          (GBytes                  *file,
                                          const char              *packet,
                                          const DioInscribeTexts  *texts,
                                          GError                 **error);

G_END_DECLS
