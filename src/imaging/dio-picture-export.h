/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the library as a file elsewhere, in the format that is wanted. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DIO_EXPORT_PNG,
  DIO_EXPORT_JPEG,
  DIO_EXPORT_WEBP,
} DioExportFormat;

/**
 * DioExportOptions:
 * @format: of the new file
 * @quality: 1 to 100; of no meaning for PNG. With 0, a file of that format is not
 *   compressed anew, and others are with a good quality
 * @keeps_metadata: whether the new file tells how the picture was made
 */
typedef struct
{
  DioExportFormat format;
  int             quality;
  gboolean        keeps_metadata;
} DioExportOptions;

const char *dio_export_format_get_extension (DioExportFormat          format);
GBytes     *dio_picture_export              (GBytes                  *bytes,
                                             const DioExportOptions  *options,
                                             GCancellable            *cancellable,
                                             GError                 **error);
void        dio_picture_export_async        (GFile                   *source,
                                             GFile                   *target,
                                             const DioExportOptions  *options,
                                             GCancellable            *cancellable,
                                             GAsyncReadyCallback      callback,
                                             gpointer                 user_data);
gboolean    dio_picture_export_finish       (GAsyncResult            *result,
                                             GError                 **error);

G_END_DECLS
