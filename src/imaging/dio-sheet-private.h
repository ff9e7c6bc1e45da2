/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the forms of a sheet share. */

#pragma once

#include "dio-pixels.h"
#include "dio-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  char   *caption;
  GFile  *file;  /* (nullable): or else */
  GBytes *bytes; /* (nullable) */
} DioSheetPicture;

typedef struct
{
  char  *title;
  GStrv  values;
} DioSheetRow;

struct _DioSheet
{
  char      *title;
  char      *unread;   /* what stands in the place of a picture that cannot be read */
  GPtrArray *pictures; /* (element-type DioSheetPicture) */
  GStrv      columns;  /* heads of the values */
  GPtrArray *rows;     /* (element-type DioSheetRow) */
};

DioPixels *_dio_sheet_picture_load (const DioSheetPicture *picture,
                                    int                    max_side,
                                    GCancellable          *cancellable);

G_END_DECLS
