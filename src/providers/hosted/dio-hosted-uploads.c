/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives photos an address at the provider, while others are still being prepared.
 * An upload may be repeated at will, and one that was made before is used again
 * for as long as it lives. */

#include "config.h"

#include "hosted/dio-hosted-uploads.h"

#include "hosted/dio-hosted-call.h"
#include "hosted/dio-hosted-private.h"
#include "hosted/dio-hosted-upload-cache.h"

#define MAX_UPLOADING 3
#define MAX_ATTEMPTS  3

/* One photo on its way. */
typedef struct
{
  DioHostedUploads *uploads;  /* (borrowed): of all of them; held while one is sent */
  DioHostedPhoto   *photo;    /* (borrowed) */
  DioWirePhoto      wire;
  guint             n_attempts;
  double            fraction; /* of its bytes that have left */
  gboolean          is_begun;
} Upload;

struct _DioHostedUploads
{
  /* Given */
  DioHostedCall         *call;          /* (borrowed): lives longer */
  GPtrArray             *photos;        /* (owned) (element-type DioHostedPhoto) */
  DioHostedProgressFunc  progress;
  gpointer               progress_data;
  GCancellable          *cancellable;   /* (owned) (nullable) */

  /* Under way */
  GPtrArray             *list;          /* (owned) (element-type Upload): in the order in which they came */
  guint                  n_sending;
  GTask                 *closing;       /* (owned) (nullable): no more will come */
  GError                *error;         /* (owned) (nullable): the first */
  double                 wait;          /* seconds that were asked for with it, or below 0 */
};

/* For the thread that remembers. */
typedef struct
{
  char   *folder;  /* (owned) */
  char   *key;     /* (owned) */
  char   *address; /* (owned) (nullable): NULL to forget it */
  gint64  life;
} Memory;

static void send_next   (DioHostedUploads *self);
static void send_upload (Upload           *upload);

static void
dio_hosted_uploads_clear (DioHostedUploads *self)
{
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->photos);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
}

/**
 * dio_hosted_uploads_unref:
 * @self: (transfer full): uploads; those on their way go on
 */
void
dio_hosted_uploads_unref (DioHostedUploads *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) dio_hosted_uploads_clear);
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

/* The bytes of the photos, whether they are base64 on the way or not. */
static void
report (DioHostedUploads *self)
{
  double done = 0;
  goffset all = 0;

  if (self->progress == NULL)
    return;

  for (guint i = 0; i < self->list->len; i++)
    {
      Upload *upload = g_ptr_array_index (self->list, i);

      done += upload->fraction * upload->wire.size;
      all += upload->wire.size;
    }

  self->progress (DIO_HOSTED_UPLOADING, (goffset) done, all, self->progress_data);
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
  report (upload->uploads);
}

/* The same photo may stand in a request several times. */
static gboolean
is_same (const DioHostedPhoto *photo,
         const DioHostedPhoto *other)
{
  return photo->upload_key != NULL && g_strcmp0 (photo->upload_key, other->upload_key) == 0;
}

static void
set_address (Upload     *upload,
             const char *address)
{
  g_free (upload->photo->address);
  upload->photo->address = g_strdup (address);
  upload->fraction = 1;
}

static void
share_address (Upload     *upload,
               const char *address)
{
  DioHostedUploads *self = upload->uploads;

  for (guint i = 0; i < self->list->len; i++)
    {
      Upload *other = g_ptr_array_index (self->list, i);

      if (other == upload || is_same (other->photo, upload->photo))
        set_address (other, address);
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
end_upload (Upload *upload,
            GError *error)
{
  DioHostedUploads *self = upload->uploads;

  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);

  self->n_sending--;
  send_next (self);
  dio_hosted_uploads_unref (self);
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Upload *upload = user_data;
  GError *error = NULL;

  if (dio_hosted_wait_finish (result, &error) && upload->uploads->error == NULL)
    send_upload (upload);
  else
    end_upload (upload, error);
}

static void
fail_upload (Upload *upload,
             GError *error)
{
  DioHostedUploads *self = upload->uploads;
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (self->call->provider);

  if (self->error != NULL || !is_passing (error) || upload->n_attempts >= MAX_ATTEMPTS)
    {
      end_upload (upload, error);
      return;
    }

  g_debug ("An upload is tried again: %s", error->message);
  g_error_free (error);
  dio_hosted_wait_async (klass->times->fetch[upload->n_attempts - 1], self->cancellable, waited_cb, upload);
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
  DioHostedUploads *self = upload->uploads;
  g_autoptr(DioHttpReply) reply = NULL;
  g_autofree char *address = NULL;
  GError *error = NULL;

  reply = dio_hosted_call_send_finish (self->call, result, NULL, &error);
  if (reply != NULL)
    address = DIO_HOSTED_PROVIDER_GET_CLASS (self->call->provider)->read_upload (reply, &error);
  if (address == NULL)
    {
      if (self->error == NULL)
        self->wait = reply != NULL ? read_wait (reply) : -1;
      fail_upload (upload, dio_hosted_call_hide (self->call, error));
      return;
    }

  if (upload->photo->upload_key != NULL)
    remember (self->call, upload->photo->upload_key, address);
  share_address (upload, address);
  report (self);
  end_upload (upload, NULL);
}

static void
send_upload (Upload *upload)
{
  DioHostedUploads *self = upload->uploads;
  const DioHostedQuestion question = { .kind = DIO_HOSTED_UPLOAD, .photo = &upload->wire };

  upload->n_attempts++;
  dio_hosted_call_send_async (self->call, &question, DIO_HOSTED_MAX_JSON, progress_cb, upload,
                              self->cancellable, uploaded_cb, upload);
}

/* Returns: (nullable): an upload of the same bytes that came before */
static Upload *
find_twin (DioHostedUploads     *self,
           const DioHostedPhoto *photo)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      Upload *other = g_ptr_array_index (self->list, i);

      if (other->photo == photo)
        return NULL;
      if (is_same (other->photo, photo))
        return other;
    }

  return NULL;
}

static void
send_next (DioHostedUploads *self)
{
  for (guint i = 0; i < self->list->len && self->error == NULL && self->n_sending < MAX_UPLOADING; i++)
    {
      Upload *upload = g_ptr_array_index (self->list, i);

      if (upload->is_begun || upload->photo->address != NULL || find_twin (self, upload->photo) != NULL)
        continue;

      upload->is_begun = TRUE;
      self->n_sending++;
      g_rc_box_acquire (self);
      send_upload (upload);
    }

  if (self->n_sending > 0 || self->closing == NULL)
    return;

  if (self->error != NULL)
    g_task_return_error (self->closing, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (self->closing, TRUE);
  g_clear_object (&self->closing);
}

/**
 * dio_hosted_uploads_new:
 * @call: which bears them
 * @photos: (element-type DioHostedPhoto): those that will be added are among them
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it
 *
 * Returns: (transfer full): uploads, none as yet
 */
DioHostedUploads *
dio_hosted_uploads_new (DioHostedCall         *call,
                        GPtrArray             *photos,
                        DioHostedProgressFunc  progress,
                        gpointer               progress_data,
                        GCancellable          *cancellable)
{
  DioHostedUploads *self = g_rc_box_new0 (DioHostedUploads);

  self->call = call;
  self->photos = g_ptr_array_ref (photos);
  self->progress = progress;
  self->progress_data = progress_data;
  g_set_object (&self->cancellable, cancellable);
  self->list = g_ptr_array_new_with_free_func (g_free);
  self->wait = -1;

  return self;
}

/**
 * dio_hosted_uploads_add:
 * @self: uploads
 * @photo: prepared; gets its address
 *
 * Sends it as soon as others have made room.
 */
void
dio_hosted_uploads_add (DioHostedUploads *self,
                        DioHostedPhoto   *photo)
{
  Upload *twin = find_twin (self, photo);
  Upload *upload = g_new0 (Upload, 1);

  g_return_if_fail (self->closing == NULL);

  upload->uploads = self;
  upload->photo = photo;
  upload->wire = dio_hosted_photo_get_wire (photo);
  g_ptr_array_add (self->list, upload);
  if (photo->kept != NULL)
    set_address (upload, photo->kept);
  else if (twin != NULL && twin->photo->address != NULL)
    set_address (upload, twin->photo->address);

  send_next (self);
}

/**
 * dio_hosted_uploads_close_async:
 * @self: uploads; no more will be added
 * @callback: called when all have an address, or one cannot have any
 * @user_data: data for @callback, which has to keep the call alive
 */
void
dio_hosted_uploads_close_async (DioHostedUploads    *self,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  /* Nothing may be on its way when it returns, cancelled or not. */
  self->closing = g_task_new (self->call->provider, NULL, callback, user_data);
  g_task_set_source_tag (self->closing, dio_hosted_uploads_close_async);
  report (self);
  send_next (self);
}

/**
 * dio_hosted_uploads_close_finish:
 * @self: uploads
 * @result: what the callback was given
 * @wait: (out) (optional): how many seconds the provider asks to wait where it refused an
 *   upload; below 0 where it does not
 * @error: return location for an error; nothing was paid
 *
 * Returns: whether all photos that were added have an address
 */
gboolean
dio_hosted_uploads_close_finish (DioHostedUploads  *self,
                                 GAsyncResult      *result,
                                 double            *wait,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self->call->provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_uploads_close_async), FALSE);

  if (wait != NULL)
    *wait = self->wait;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dio_hosted_uploads_forget:
 * @photos: (element-type DioHostedPhoto): that a provider may not know any more
 * @call: which bears them
 *
 * The next job uploads them anew.
 */
void
dio_hosted_uploads_forget (GPtrArray     *photos,
                           DioHostedCall *call)
{
  for (guint i = 0; i < photos->len; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (photos, i);

      if (photo->address != NULL && photo->upload_key != NULL)
        remember (call, photo->upload_key, NULL);
    }
}
