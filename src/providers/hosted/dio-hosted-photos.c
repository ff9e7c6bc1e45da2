/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos are made to fit in threads, as many at a time over all jobs as there is
 * room for, so that memory does not grow with their number. */

#include "config.h"

#include "hosted/dio-hosted-photos.h"

#include "dio-mapped-bytes.h"
#include "hosted/dio-hosted-private.h"
#include "hosted/dio-hosted-upload-cache.h"

/* The task data of dio_hosted_photos_prepare_async(). */
typedef struct
{
  /* Given */
  DioHostedCall         *call;          /* (borrowed): lives longer */
  DioHostedReadyFunc     ready;
  gpointer               ready_data;

  /* Under way */
  GPtrArray             *photos;        /* (owned) (element-type DioHostedPhoto) */
  guint                  n_waited_for;
  GError                *error;         /* (owned) (nullable): the first */
} Preparing;

/* One photo in a thread: plain data. */
typedef struct
{
  /* Given */
  GBytes         *bytes;         /* (owned) */
  char           *hash;          /* (owned) */
  DioPhotoLimits  limits;
  char           *cache;         /* (owned) */
  DioRoom        *room;          /* (owned) */
  gboolean        is_alone;      /* in its request */
  char           *upload_folder; /* (owned) */
  char           *provider_id;   /* (owned) */
  char           *account;       /* (owned) */
  char           *endpoint;      /* (owned) (nullable) */
  gboolean        is_uploadable;

  /* Results */
  DioPrepared    *prepared;      /* (owned) (nullable) */
  char           *upload_key;    /* (owned) (nullable) */
  char           *kept;          /* (owned) (nullable) */

  /* Of the thread that asked */
  guint           position;
} Work;

static void
photo_free (DioHostedPhoto *photo)
{
  g_clear_pointer (&photo->prepared, dio_prepared_unref);
  g_free (photo->label);
  g_free (photo->upload_key);
  g_free (photo->kept);
  g_free (photo->address);
  g_free (photo);
}

static void
preparing_free (gpointer data)
{
  Preparing *preparing = data;

  g_clear_pointer (&preparing->photos, g_ptr_array_unref);
  g_clear_error (&preparing->error);
  g_free (preparing);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_bytes_unref (work->bytes);
  g_free (work->hash);
  g_free (work->cache);
  dio_room_unref (work->room);
  g_free (work->upload_folder);
  g_free (work->provider_id);
  g_free (work->account);
  g_free (work->endpoint);
  g_clear_pointer (&work->prepared, dio_prepared_unref);
  g_free (work->upload_key);
  g_free (work->kept);
  g_free (work);
}

static void
find_upload (Work *work)
{
  work->upload_key = dio_hosted_upload_cache_make_key (work->provider_id, work->endpoint, work->account,
                                                       work->prepared->hash);
  work->kept = dio_hosted_upload_cache_lookup (work->upload_folder, work->upload_key);
}

/* Photos are prepared side by side, and one that there is room for beside no other
 * by all processors. */
static DioPrepared *
prepare (Work          *work,
         GCancellable  *cancellable,
         GError       **error)
{
  gsize size = dio_prepare_estimate_memory (work->bytes, &work->limits);
  gboolean has_all = work->is_alone || !dio_room_has_space_for_two (work->room, size);
  g_autoptr(DioWorkers) workers = dio_workers_new (has_all ? 0 : 1, cancellable);
  DioPrepared *prepared;

  dio_room_enter (work->room, size);
  prepared = dio_prepare (work->bytes, work->hash, &work->limits, work->cache, workers, cancellable, error);
  dio_room_leave (work->room, size);
  dio_mapped_bytes_let_go (work->bytes);

  return prepared;
}

static void
prepare_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  work->prepared = prepare (work, cancellable, &error);
  if (work->prepared == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (work->is_uploadable)
    find_upload (work);
  g_task_return_boolean (task, TRUE);
}

static char *
make_label (const DioRequestReference *reference,
            const DioPrepared         *prepared)
{
  const char *name = reference->file_name != NULL ? reference->file_name : reference->name;

  return g_strdup_printf ("%s, %" G_GOFFSET_FORMAT " bytes", name, prepared->size);
}

static void
take_photo (DioHostedPhoto *photo,
            Work           *work)
{
  photo->prepared = g_steal_pointer (&work->prepared);
  photo->upload_key = g_steal_pointer (&work->upload_key);
  photo->kept = g_steal_pointer (&work->kept);
  photo->label = make_label (photo->reference, photo->prepared);
}

static void
end_if_complete (GTask *task)
{
  Preparing *preparing = g_task_get_task_data (task);

  if (preparing->n_waited_for > 0)
    return;

  if (preparing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&preparing->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&preparing->photos), (GDestroyNotify) g_ptr_array_unref);
}

/* Which photo it is has to be said: the error of a decoder does not know. */
static void
take_error (Preparing      *preparing,
            DioHostedPhoto *photo,
            GError         *error)
{
  if (error->domain == DIO_ERROR)
    g_prefix_error (&error, "The photo “%s”: ", photo->reference->name);

  if (preparing->error == NULL)
    preparing->error = error;
  else
    g_error_free (error);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Preparing *preparing = g_task_get_task_data (task);
  Work *work = g_task_get_task_data (G_TASK (result));
  DioHostedPhoto *photo = g_ptr_array_index (preparing->photos, work->position);
  GError *error = NULL;

  preparing->n_waited_for--;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      take_error (preparing, photo, error);
    }
  else
    {
      take_photo (photo, work);
      if (preparing->ready != NULL)
        preparing->ready (preparing->photos, photo, preparing->ready_data);
    }
  end_if_complete (task);
}

static Work *
new_work (DioHostedCall             *call,
          const DioRequestReference *reference,
          guint                      position)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (call->provider);
  const DioAccount *account = call->account;
  gboolean has_upload_url = account->upload_url != NULL && *account->upload_url != '\0';
  Work *work = g_new0 (Work, 1);

  work->bytes = g_bytes_ref (reference->bytes);
  work->hash = g_strdup (reference->hash);
  work->limits = *klass->photo_limits;
  work->cache = dio_hosted_provider_dup_folder (call->provider, "prepared");
  work->room = dio_room_ref (dio_hosted_provider_get_room (call->provider));
  work->is_alone = dio_request_get_n_references (call->request) == 1;
  work->is_uploadable = klass->upload_life > 0;
  work->upload_folder = dio_hosted_provider_dup_folder (call->provider, "uploads");
  work->provider_id = g_strdup (account->provider_id);
  work->account = g_strdup (account->name);
  work->endpoint = g_strdup (has_upload_url ? account->upload_url : account->endpoint);
  work->position = position;

  return work;
}

static void
start_work (GTask *task,
            Work  *work)
{
  Preparing *preparing = g_task_get_task_data (task);
  GTask *thread_task = g_task_new (NULL, g_task_get_cancellable (task), prepared_cb, g_object_ref (task));

  g_task_set_source_tag (thread_task, prepare_thread);
  g_task_set_task_data (thread_task, work, work_free);
  g_thread_pool_push (dio_hosted_provider_get_pool (preparing->call->provider), thread_task, NULL);
}

static void
start_works (GTask *task)
{
  Preparing *preparing = g_task_get_task_data (task);
  guint n = preparing->n_waited_for > 0 ? preparing->photos->len : 0;

  for (guint i = 0; i < n; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (preparing->photos, i);

      if (photo->address == NULL)
        start_work (task, new_work (preparing->call, photo->reference, i));
    }
}

/* The person chose that its address is sent, and the provider takes that. */
static gboolean
goes_by_address (DioHostedCall             *call,
                 const DioRequestReference *reference)
{
  return reference->address != NULL && dio_provider_get_facts (DIO_PROVIDER (call->provider))->takes_addresses;
}

static gboolean
add_photos (DioHostedCall  *call,
            GPtrArray      *photos,
            GError        **error)
{
  for (guint i = 0; i < dio_request_get_n_references (call->request); i++)
    {
      DioHostedPhoto *photo = g_new0 (DioHostedPhoto, 1);

      photo->reference = dio_request_get_reference (call->request, i);
      g_ptr_array_add (photos, photo);

      if (goes_by_address (call, photo->reference))
        {
          photo->address = g_strdup (photo->reference->address);
        }
      else if (photo->reference->bytes == NULL)
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The photo “%s” is gone", photo->reference->name);
          return FALSE;
        }
    }

  return TRUE;
}

static guint
count_to_prepare (GPtrArray *photos)
{
  guint n = 0;

  for (guint i = 0; i < photos->len; i++)
    n += ((DioHostedPhoto *) g_ptr_array_index (photos, i))->address == NULL;

  return n;
}

/**
 * dio_hosted_photos_prepare_async:
 * @call: for which request
 * @ready: (scope notified) (nullable): called for each photo whose copy is made
 * @ready_data: data for @ready
 * @cancellable: (nullable): ends it
 * @callback: called when all copies are made
 * @user_data: data for @callback, which has to keep @call alive
 */
void
dio_hosted_photos_prepare_async (DioHostedCall         *call,
                                 DioHostedReadyFunc     ready,
                                 gpointer               ready_data,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (call->provider, cancellable, callback, user_data);
  Preparing *preparing = g_new0 (Preparing, 1);
  GError *error = NULL;

  preparing->call = call;
  preparing->ready = ready;
  preparing->ready_data = ready_data;
  preparing->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) photo_free);
  g_task_set_source_tag (task, dio_hosted_photos_prepare_async);
  g_task_set_task_data (task, preparing, preparing_free);

  if (!add_photos (call, preparing->photos, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  preparing->n_waited_for = count_to_prepare (preparing->photos);
  end_if_complete (task);
  start_works (task);
}

/**
 * dio_hosted_photos_prepare_finish:
 * @call: for which request
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_INVALID of a photo that cannot be made to
 *   fit, %DIO_ERROR_NOT_FOUND of one that is gone
 *
 * Returns: (transfer full) (element-type DioHostedPhoto): in the request's order
 */
GPtrArray *
dio_hosted_photos_prepare_finish (DioHostedCall  *call,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, call->provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_photos_prepare_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dio_hosted_photo_get_wire:
 * @self: a photo, which has to outlive what is returned
 *
 * Returns: it as wire functions take it
 */
DioWirePhoto
dio_hosted_photo_get_wire (const DioHostedPhoto *self)
{
  DioWirePhoto wire = { .reference = self->reference, .label = self->label, .address = self->address };

  if (self->prepared != NULL)
    {
      wire.file = self->prepared->file;
      wire.size = self->prepared->size;
      wire.mime_type = self->prepared->mime_type;
    }

  return wire;
}

/**
 * dio_hosted_photos_fill_call:
 * @photos: (element-type DioHostedPhoto): prepared, and uploaded where they are;
 *   they have to outlive their use in @call
 * @call: gets them
 */
void
dio_hosted_photos_fill_call (GPtrArray     *photos,
                             DioHostedCall *call)
{
  g_free (call->photos);
  call->photos = g_new0 (DioWirePhoto, photos->len);
  call->n_photos = photos->len;

  for (guint i = 0; i < photos->len; i++)
    call->photos[i] = dio_hosted_photo_get_wire (g_ptr_array_index (photos, i));
}

/**
 * dio_hosted_photos_are_uploaded:
 * @call: with its photos
 *
 * Returns: whether they have to be uploaded before a create
 */
gboolean
dio_hosted_photos_are_uploaded (DioHostedCall *call)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (call->provider);

  return call->n_photos > 0 && klass->uploads != NULL && klass->uploads (call);
}
