/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libjpeg ends what it cannot do by a jump. Here a warning ends it too: whatever is
 * odd in a file is left to the decoder of whole pictures, and to its words. */

#include "config.h"

#include "dio-jpeg-guard-private.h"

/**
 * dio_jpeg_guard_leave:
 * @self: a guard, within dio_jpeg_guard_run()
 *
 * Ends it.
 */
void
dio_jpeg_guard_leave (DioJpegGuard *self)
{
  longjmp (self->place, 1);
}

static void
exit_cb (j_common_ptr coder)
{
  dio_jpeg_guard_leave ((DioJpegGuard *) coder->err);
}

static void
message_cb (j_common_ptr coder,
            int          level)
{
  if (level < 0)
    exit_cb (coder);
}

static void
progress_cb (j_common_ptr coder)
{
  DioJpegGuard *self = (DioJpegGuard *) coder->err;

  if (g_cancellable_is_cancelled (self->cancellable))
    dio_jpeg_guard_leave (self);
}

/**
 * dio_jpeg_guard_watch_errors:
 * @self: a guard
 *
 * Returns: what a coder is given before it is created
 */
struct jpeg_error_mgr *
dio_jpeg_guard_watch_errors (DioJpegGuard *self)
{
  jpeg_std_error (&self->errors);
  self->errors.error_exit = exit_cb;
  self->errors.emit_message = message_cb;

  return &self->errors;
}

/**
 * dio_jpeg_guard_watch_cancel:
 * @self: a guard
 * @cancellable: (nullable): ends the work; has to outlive it
 *
 * Returns: what a coder is given once it is created
 */
struct jpeg_progress_mgr *
dio_jpeg_guard_watch_cancel (DioJpegGuard *self,
                             GCancellable *cancellable)
{
  self->cancellable = cancellable;
  self->progress.progress_monitor = progress_cb;

  return &self->progress;
}

/**
 * dio_jpeg_guard_run:
 * @self: a guard
 * @func: (scope call): what is done; it may leave nothing behind that only it knows
 * @user_data: data for @func
 *
 * Returns: whether @func came to its end
 */
gboolean
dio_jpeg_guard_run (DioJpegGuard *self,
                    DioJpegFunc   func,
                    gpointer      user_data)
{
  if (setjmp (self->place) != 0)
    return FALSE;

  func (user_data);

  return TRUE;
}
