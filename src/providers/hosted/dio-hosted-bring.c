/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings the photos of a request to where a create can speak of them: they are
 * prepared, and, where the provider wants that, uploaded; those that are ready
 * leave while others are still at work. */

#include "config.h"

#include "hosted/dio-hosted-photos.h"

#include "hosted/dio-hosted-private.h"
#include "hosted/dio-hosted-uploads.h"

/* The task data of dio_hosted_photos_bring_async(). */
typedef struct
{
  /* Given */
  DioHostedCall         *call;          /* (borrowed): lives longer */
  DioHostedProgressFunc  progress;
  gpointer               progress_data;

  /* Under way */
  guint                  n_ready;
  gboolean               is_prepared;   /* all of them are */
  GPtrArray             *photos;        /* (owned) (nullable) (element-type DioHostedPhoto): then */
  DioHostedUploads      *uploads;       /* (owned) (nullable): once it is known that there are any */
  GError                *error;         /* (owned) (nullable): why not all can be prepared */
  double                 wait;
} Bringing;

static void
bringing_free (gpointer data)
{
  Bringing *bringing = data;

  g_clear_pointer (&bringing->photos, g_ptr_array_unref);
  g_clear_pointer (&bringing->uploads, dio_hosted_uploads_unref);
  g_clear_error (&bringing->error);
  g_free (bringing);
}

/* Bytes are told once it is known how many there are. */
static void
progress_cb (DioHostedStage stage,
             goffset        done,
             goffset        total,
             gpointer       user_data)
{
  Bringing *bringing = user_data;

  if (bringing->progress != NULL && bringing->is_prepared)
    bringing->progress (stage, done, total, bringing->progress_data);
}

/* That there are uploads may show with any photo; then those before it leave too. */
static void
add_uploads (GTask          *task,
             GPtrArray      *photos,
             DioHostedPhoto *photo)
{
  Bringing *bringing = g_task_get_task_data (task);
  gboolean is_first = bringing->uploads == NULL;

  if (is_first)
    {
      dio_hosted_photos_fill_call (photos, bringing->call);
      if (!dio_hosted_photos_are_uploaded (bringing->call))
        return;

      bringing->uploads = dio_hosted_uploads_new (bringing->call, photos, progress_cb, bringing,
                                                  g_task_get_cancellable (task));
    }

  for (guint i = 0; i < photos->len; i++)
    {
      DioHostedPhoto *other = g_ptr_array_index (photos, i);

      if (other->prepared != NULL && (is_first || other == photo))
        dio_hosted_uploads_add (bringing->uploads, other);
    }
}

static void
ready_cb (GPtrArray      *photos,
          DioHostedPhoto *photo,
          gpointer        user_data)
{
  GTask *task = user_data;
  Bringing *bringing = g_task_get_task_data (task);

  bringing->n_ready++;
  if (bringing->progress != NULL)
    bringing->progress (DIO_HOSTED_PREPARING, bringing->n_ready, photos->len, bringing->progress_data);

  add_uploads (task, photos, photo);
}

static void
return_photos (GTask *task)
{
  Bringing *bringing = g_task_get_task_data (task);

  if (bringing->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&bringing->error));
      return;
    }

  dio_hosted_photos_fill_call (bringing->photos, bringing->call);
  g_task_return_pointer (task, g_steal_pointer (&bringing->photos), (GDestroyNotify) g_ptr_array_unref);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Bringing *bringing = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!dio_hosted_uploads_close_finish (bringing->uploads, result, &bringing->wait, &error) &&
      bringing->error == NULL)
    bringing->error = g_steal_pointer (&error);

  return_photos (task);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Bringing *bringing = g_task_get_task_data (task);

  bringing->photos = dio_hosted_photos_prepare_finish (bringing->call, result, &bringing->error);
  bringing->is_prepared = bringing->photos != NULL;

  if (bringing->uploads != NULL)
    dio_hosted_uploads_close_async (bringing->uploads, closed_cb, g_object_ref (task));
  else
    return_photos (task);
}

/**
 * dio_hosted_photos_bring_async:
 * @call: for which request
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it
 * @callback: called when a create can be made of @call
 * @user_data: data for @callback, which has to keep @call alive
 */
void
dio_hosted_photos_bring_async (DioHostedCall         *call,
                               DioHostedProgressFunc  progress,
                               gpointer               progress_data,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (call->provider, cancellable, callback, user_data);
  Bringing *bringing = g_new0 (Bringing, 1);

  bringing->call = call;
  bringing->progress = progress;
  bringing->progress_data = progress_data;
  bringing->wait = -1;
  g_task_set_source_tag (task, dio_hosted_photos_bring_async);
  g_task_set_task_data (task, bringing, bringing_free);

  /* That prepared_cb() will be called keeps the task for ready_cb() too. */
  dio_hosted_photos_prepare_async (call, ready_cb, task, cancellable, prepared_cb, g_object_ref (task));
}

/**
 * dio_hosted_photos_bring_finish:
 * @call: for which request
 * @result: what the callback was given
 * @wait: (out) (optional): how many seconds the provider asks to wait where it refused an
 *   upload; below 0 where it does not
 * @error: return location for %DIO_ERROR_INVALID of a photo that cannot be made to
 *   fit, %DIO_ERROR_NOT_FOUND of one that is gone, and the errors of an upload;
 *   nothing was paid
 *
 * Returns: (transfer full) (element-type DioHostedPhoto): in the request's order;
 *   @call has them too
 */
GPtrArray *
dio_hosted_photos_bring_finish (DioHostedCall  *call,
                                GAsyncResult   *result,
                                double         *wait,
                                GError        **error)
{
  Bringing *bringing;

  g_return_val_if_fail (g_task_is_valid (result, call->provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_photos_bring_async), NULL);

  bringing = g_task_get_task_data (G_TASK (result));
  if (wait != NULL)
    *wait = bringing->wait;

  return g_task_propagate_pointer (G_TASK (result), error);
}
