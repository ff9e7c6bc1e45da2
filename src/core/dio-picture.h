/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture as it came back, on its way from a provider to the library. */

#pragma once

#include "dio-note.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioPicture:
 * @bytes: (nullable): the file, whole; %NULL where it is in @file
 * @file: (nullable): a whole file that whoever stores the picture takes over
 * @extension: of its file name, without the dot
 * @index: which picture of the job, from 0
 * @width: in pixels
 * @height: in pixels
 * @seed: the seed it was made with, or -1 where none is known
 * @seconds: how long it took to make, or -1
 * @used: (nullable): words of the prompt that were acted on, where that is known
 * @unused: (nullable): words that were not
 * @notes: (element-type DioNote): what to tell the person
 * @remote_id: (nullable): the provider's name for it
 * @cost: what the provider says that it cost, or below 0
 * @currency: (nullable): of @cost
 * @expires: when the provider's copy goes, in microseconds since 1970, or 0
 */
typedef struct
{
  GBytes    *bytes;
  GFile     *file;
  char      *extension;
  guint      index;
  int        width;
  int        height;
  gint64     seed;
  double     seconds;
  GStrv      used;
  GStrv      unused;
  GPtrArray *notes;
  char      *remote_id;
  double     cost;
  char      *currency;
  gint64     expires;
} DioPicture;

#define DIO_TYPE_PICTURE (dio_picture_get_type ())
GType       dio_picture_get_type (void);

DioPicture *dio_picture_new      (GBytes     *bytes,
                                  const char *extension,
                                  guint       index,
                                  int         width,
                                  int         height);
DioPicture *dio_picture_ref      (DioPicture *self);
void        dio_picture_unref    (DioPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPicture, dio_picture_unref)

G_END_DECLS
