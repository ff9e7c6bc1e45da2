/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for a time, or until nobody wants to any more. */

#include "config.h"

#include "hosted/dio-hosted-private.h"

#include <math.h>

static gboolean
over_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

/* Long waits are of whole seconds, which the system lets end together. */
static GSource *
new_timeout (double seconds)
{
  if (seconds >= 2)
    return g_timeout_source_new_seconds ((guint) ceil (seconds));

  return g_timeout_source_new ((guint) (MAX (seconds, 0) * 1000));
}

/**
 * dio_hosted_wait_async:
 * @seconds: how long
 * @cancellable: (nullable): ends it
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
dio_hosted_wait_async (double               seconds,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSource) source = new_timeout (seconds);

  g_task_set_source_tag (task, dio_hosted_wait_async);

  if (cancellable != NULL)
    {
      g_autoptr(GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }

  g_task_attach_source (task, source, over_cb);
}

/**
 * dio_hosted_wait_finish:
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the time is over
 */
gboolean
dio_hosted_wait_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
