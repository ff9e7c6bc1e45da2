/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done about a library that does not open. */

#pragma once

#include "dio-repair.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioLibraryFault:
 * @DIO_LIBRARY_FAULT_OTHER: nothing that is known here; trying again may help
 * @DIO_LIBRARY_FAULT_NEWER: it was written by a newer version of the program
 * @DIO_LIBRARY_FAULT_DAMAGED: not all of its database can be read
 * @DIO_LIBRARY_FAULT_READ_ONLY: nothing may be written to its folder
 * @DIO_LIBRARY_FAULT_NO_ROOM: the disk is full
 *
 * Why a library does not open.
 */
typedef enum
{
  DIO_LIBRARY_FAULT_OTHER,
  DIO_LIBRARY_FAULT_NEWER,
  DIO_LIBRARY_FAULT_DAMAGED,
  DIO_LIBRARY_FAULT_READ_ONLY,
  DIO_LIBRARY_FAULT_NO_ROOM,
} DioLibraryFault;

void            dio_library_examine_async   (const char           *folder,
                                             const GError         *error,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DioLibraryFault dio_library_examine_finish  (GAsyncResult         *result);
void            dio_library_repair_async    (const char           *folder,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        dio_library_repair_finish   (GAsyncResult         *result,
                                             guint                *n_results,
                                             GError              **error);
void            dio_library_bring_back_async (const char          *folder,
                                             GFile                *backup,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        dio_library_bring_back_finish (GAsyncResult       *result,
                                             GError              **error);

G_END_DECLS
