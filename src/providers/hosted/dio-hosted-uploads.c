/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives photos an address at the provider. An upload may be repeated at will, and
 * one that was made before is used again for as long as it lives. */

#include "config.h"

#include "hosted/dio-hosted-photos.h"

#include "hosted/dio-hosted-call.h"
#include "hosted/dio-hosted-private.h"
#include "hosted/dio-hosted-upload-cache.h"

#define MAX_UPLOADING 3
#define MAX_ATTEMPTS  3

/* One photo on its way. */
typedef struct
{
  GTask          *task;     /* (borrowed): of all of them */
  DioHostedPhoto *photo;    /* (borrowed) */
  DioWirePhoto    wire;
  guint           n_attempts;
  double          fraction; /* of its bytes that have left */
  gboolean        is_begun;
} Upload;

/* The task data of dio_hosted_photos_upload_async(). */
typedef struct
{
  /* Given */
  DioHostedCall         *call;          /* (borrowed): lives longer */
  GPtrArray             *photos;        /* (owned) (element-type DioHostedPhoto) */
  DioHostedProgressFunc  progress;
  gpointer               progress_data;

  /* Under way */
  Upload                *uploads;       /* (owned) (array): one for each photo */
  guint                  n_sending;
  GError                *error;         /* (owned) (nullable): the first */
  double                 wait;          /* seconds that were asked for with it, or below 0 */
} Uploading;

/* For the thread that remembers. */
typedef struct
{
  char   *folder;  /* (owned) */
  char   *key;     /* (owned) */
  char   *address; /* (owned) (nullable): NULL to forget it */
  gint64  life;
} Memory;

static void send_next   (GTask  *task);
static void send_upload (Upload *upload);

static void
uploading_free (gpointer data)
{
  Uploading *uploading = data;

  g_ptr_array_unref (uploading->photos);
  g_free (uploading->uploads);
  g_clear_error (&uploading->error);
  g_free (uploading);
}

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_free (memory->folder);
  g_free (memory->key);
  g_free (memory->address);
  g_free (memory);
}

static void
remember_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Memory *memory = task_data;

  if (memory->address != NULL)
    dio_hosted_upload_cache_store (memory->folder, memory->key, memory->address, memory->life);
  else
    dio_hosted_upload_cache_forget (memory->folder, memory->key);

  g_task_return_boolean (task, TRUE);
}

static void
remember (DioHostedCall *call,
          const char    *key,
          const char    *address)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Memory *memory = g_new0 (Memory, 1);

  memory->folder = dio_hosted_provider_dup_folder (call->provider, "uploads");
  memory->key = g_strdup (key);
  memory->address = g_strdup (address);
  memory->life = DIO_HOSTED_PROVIDER_GET_CLASS (call->provider)->upload_life;

  g_task_set_task_data (task, memory, memory_free);
  g_task_run_in_thread (task, remember_thread);
}

/* By bytes, whether they are base64 on the way or not. */
static void
report (Uploading *uploading)
{
  double done = 0;
  double all = 0;

  if (uploading->progress == NULL)
    return;

  for (guint i = 0; i < uploading->photos->len; i++)
    {
      Upload *upload = &uploading->uploads[i];

      done += upload->fraction * upload->wire.size;
      all += upload->wire.size;
    }

  uploading->progress (all > 0 ? done / all : 1, uploading->progress_data);
}

static void
progress_cb (goffset  sent,
             goffset  to_send,
             goffset  received,
             goffset  to_receive,
             gpointer user_data)
{
  Upload *upload = user_data;

  upload->fraction = to_send > 0 ? (double) sent / to_send : 1;
  report (g_task_get_task_data (upload->task));
}

/* The same photo may stand in a request several times. */
static gboolean
is_same (const DioHostedPhoto *photo,
         const DioHostedPhoto *other)
{
  return photo->upload_key != NULL && g_strcmp0 (photo->upload_key, other->upload_key) == 0;
}

static void
share_address (Uploading  *uploading,
               Upload     *upload,
               const char *address)
{
  for (guint i = 0; i < uploading->photos->len; i++)
    {
      Upload *other = &uploading->uploads[i];

      if (other == upload || is_same (other->photo, upload->photo))
        {
          g_free (other->photo->address);
          other->photo->address = g_strdup (address);
          other->fraction = 1;
        }
    }
}

static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, DIO_ERROR, DIO_ERROR_TIMEOUT) ||
         g_error_matches (error, DIO_ERROR, DIO_ERROR_SERVER) ||
         g_error_matches (error, DIO_ERROR, DIO_ERROR_REPLY);
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Upload *upload = user_data;
  g_autoptr(GTask) task = upload->task;
  Uploading *uploading = g_task_get_task_data (task);
  GError *error = NULL;

  if (dio_hosted_wait_finish (result, &error) && uploading->error == NULL)
    {
      send_upload (upload);
      return;
    }

  if (uploading->error == NULL)
    uploading->error = error;
  else
    g_clear_error (&error);
  uploading->n_sending--;
  send_next (task);
}

static void
fail_upload (Upload *upload,
             GError *error)
{
  GTask *task = upload->task;
  Uploading *uploading = g_task_get_task_data (task);

  if (uploading->error == NULL && is_passing (error) && upload->n_attempts < MAX_ATTEMPTS)
    {
      DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (uploading->call->provider);

      g_debug ("An upload is tried again: %s", error->message);
      g_error_free (error);
      g_object_ref (task);
      dio_hosted_wait_async (klass->times->fetch[upload->n_attempts - 1], g_task_get_cancellable (task),
                             waited_cb, upload);
      return;
    }

  if (uploading->error == NULL)
    uploading->error = error;
  else
    g_error_free (error);
  uploading->n_sending--;
  send_next (task);
}

/* A provider that is busy may say for how long. */
static double
read_wait (const DioHttpReply *reply)
{
  g_autoptr(JsonNode) node = dio_wire_parse (reply, NULL);

  return dio_wire_get_retry_after (reply, node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                                        : NULL);
}

static void
uploaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Upload *upload = user_data;
  g_autoptr(GTask) task = upload->task;
  Uploading *uploading = g_task_get_task_data (task);
  DioHostedCall *call = uploading->call;
  g_autoptr(DioHttpReply) reply = NULL;
  g_autofree char *address = NULL;
  GError *error = NULL;

  reply = dio_hosted_call_send_finish (call, result, NULL, &error);
  if (reply != NULL)
    address = DIO_HOSTED_PROVIDER_GET_CLASS (call->provider)->read_upload (reply, &error);
  if (address == NULL)
    {
      if (uploading->error == NULL)
        uploading->wait = reply != NULL ? read_wait (reply) : -1;
      fail_upload (upload, dio_hosted_call_hide (call, error));
      return;
    }

  if (upload->photo->upload_key != NULL)
    remember (call, upload->photo->upload_key, address);
  share_address (uploading, upload, address);
  report (uploading);
  uploading->n_sending--;
  send_next (task);
}

static void
send_upload (Upload *upload)
{
  Uploading *uploading = g_task_get_task_data (upload->task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_UPLOAD, .photo = &upload->wire };

  upload->n_attempts++;
  g_object_ref (upload->task);
  dio_hosted_call_send_async (uploading->call, &question, DIO_HOSTED_MAX_JSON, progress_cb, upload,
                              g_task_get_cancellable (upload->task), uploaded_cb, upload);
}

static gboolean
is_under_way (Uploading *uploading,
              Upload    *upload)
{
  for (Upload *other = uploading->uploads; other < upload; other++)
    {
      if (other->is_begun && is_same (other->photo, upload->photo))
        return TRUE;
    }

  return FALSE;
}

static void
send_next (GTask *task)
{
  Uploading *uploading = g_task_get_task_data (task);

  for (guint i = 0; i < uploading->photos->len && uploading->error == NULL; i++)
    {
      Upload *upload = &uploading->uploads[i];

      if (uploading->n_sending >= MAX_UPLOADING)
        return;
      if (upload->is_begun || upload->photo->address != NULL || is_under_way (uploading, upload))
        continue;

      upload->is_begun = TRUE;
      uploading->n_sending++;
      send_upload (upload);
    }

  if (uploading->n_sending > 0)
    return;

  if (uploading->error != NULL)
    g_task_return_error (task, g_steal_pointer (&uploading->error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dio_hosted_photos_upload_async:
 * @photos: (element-type DioHostedPhoto): prepared; get their addresses
 * @call: which bears them
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it
 * @callback: called when all have an address
 * @user_data: data for @callback, which has to keep @call alive
 */
void
dio_hosted_photos_upload_async (GPtrArray             *photos,
                                DioHostedCall         *call,
                                DioHostedProgressFunc  progress,
                                gpointer               progress_data,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (call->provider, cancellable, callback, user_data);
  Uploading *uploading = g_new0 (Uploading, 1);

  uploading->call = call;
  uploading->photos = g_ptr_array_ref (photos);
  uploading->progress = progress;
  uploading->progress_data = progress_data;
  uploading->wait = -1;
  uploading->uploads = g_new0 (Upload, photos->len);
  for (guint i = 0; i < photos->len; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (photos, i);

      uploading->uploads[i].task = task;
      uploading->uploads[i].photo = photo;
      uploading->uploads[i].wire = call->photos[i];
      if (photo->kept != NULL && photo->address == NULL)
        photo->address = g_strdup (photo->kept);
      uploading->uploads[i].fraction = photo->address != NULL ? 1 : 0;
    }

  g_task_set_source_tag (task, dio_hosted_photos_upload_async);
  g_task_set_task_data (task, uploading, uploading_free);
  report (uploading);
  send_next (task);
}

/**
 * dio_hosted_photos_upload_finish:
 * @call: which bears them
 * @result: what the callback was given
 * @wait: (out) (optional): how many seconds the provider asks to wait where it refused an
 *   upload; below 0 where it does not
 * @error: return location for an error; nothing was paid
 *
 * Returns: whether all photos of @call have an address
 */
gboolean
dio_hosted_photos_upload_finish (DioHostedCall  *call,
                                 GAsyncResult   *result,
                                 double         *wait,
                                 GError        **error)
{
  Uploading *uploading;

  g_return_val_if_fail (g_task_is_valid (result, call->provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_photos_upload_async), FALSE);

  uploading = g_task_get_task_data (G_TASK (result));
  if (wait != NULL)
    *wait = uploading->wait;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  dio_hosted_photos_fill_call (uploading->photos, call);

  return TRUE;
}

/**
 * dio_hosted_photos_forget_uploads:
 * @photos: (element-type DioHostedPhoto): that a provider may not know any more
 * @call: which bears them
 *
 * The next job uploads them anew.
 */
void
dio_hosted_photos_forget_uploads (GPtrArray     *photos,
                                  DioHostedCall *call)
{
  for (guint i = 0; i < photos->len; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (photos, i);

      if (photo->address != NULL && photo->upload_key != NULL)
        remember (call, photo->upload_key, NULL);
    }
}
