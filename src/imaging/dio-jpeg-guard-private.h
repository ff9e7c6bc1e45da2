/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libjpeg jumps out of. */

#pragma once

#include <gio/gio.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

G_BEGIN_DECLS

/**
 * DioJpegGuard:
 * @errors: of a coder: what it reports to
 * @progress: of a coder that can be cancelled
 * @cancellable: (borrowed) (nullable): ends the work
 * @place: where it jumps to
 *
 * To be cleared to zeros, and to stay where it is while its coders live.
 */
typedef struct
{
  struct jpeg_error_mgr     errors;
  struct jpeg_progress_mgr  progress;
  GCancellable             *cancellable;
  jmp_buf                   place;
} DioJpegGuard;

typedef void (*DioJpegFunc) (gpointer user_data);

struct jpeg_error_mgr    *dio_jpeg_guard_watch_errors (DioJpegGuard *self);
struct jpeg_progress_mgr *dio_jpeg_guard_watch_cancel (DioJpegGuard *self,
                                                       GCancellable *cancellable);
gboolean                  dio_jpeg_guard_run          (DioJpegGuard *self,
                                                       DioJpegFunc   func,
                                                       gpointer      user_data);
void                      dio_jpeg_guard_leave        (DioJpegGuard *self) G_GNUC_NORETURN;

G_END_DECLS
