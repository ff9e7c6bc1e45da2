/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be sent: the questions of a job, made of its photos as they are
 * prepared, and put aside instead of sent. */

#include "config.h"

#include "hosted/dio-hosted-call.h"
#include "hosted/dio-hosted-photos.h"
#include "hosted/dio-hosted-private.h"
#include "wire/dio-wire-prompt.h"

/* In the place of a key; it is hidden like one. */
#define NO_KEY "<key>"

/* The task data of dio_hosted_preview_async(). */
typedef struct
{
  /* Given */
  DioHostedCall *call;   /* (owned) */

  /* Under way */
  GPtrArray     *photos; /* (owned) (nullable) */
} Previewing;

static void
previewing_free (gpointer data)
{
  Previewing *previewing = data;

  dio_hosted_call_free (previewing->call);
  g_clear_pointer (&previewing->photos, g_ptr_array_unref);
  g_free (previewing);
}

static DioHostedPhoto *
find_twin (GPtrArray *photos,
           guint      position)
{
  DioHostedPhoto *photo = g_ptr_array_index (photos, position);

  for (guint i = 0; i < position; i++)
    {
      DioHostedPhoto *other = g_ptr_array_index (photos, i);

      if (photo->upload_key != NULL && g_strcmp0 (photo->upload_key, other->upload_key) == 0)
        return other;
    }

  return NULL;
}

static gboolean
add_request (DioPreview               *preview,
             DioHostedCall            *call,
             const DioHostedQuestion  *question,
             GError                  **error)
{
  DioHttpRequest *request = dio_hosted_call_make (call, question, error);

  if (request == NULL)
    return FALSE;

  g_ptr_array_add (preview->requests, request);

  return TRUE;
}

/* An upload that was made before is shown too: whether it still lives is seen
 * when the job is sent. */
static gboolean
add_uploads (DioPreview     *preview,
             Previewing     *previewing,
             GError        **error)
{
  DioHostedCall *call = previewing->call;

  for (guint i = 0; i < previewing->photos->len; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (previewing->photos, i);
      DioHostedPhoto *twin = find_twin (previewing->photos, i);
      const DioHostedQuestion question = { .kind = DIO_HOSTED_UPLOAD, .photo = &call->photos[i] };

      if (photo->address != NULL)
        continue;
      if (twin == NULL && !add_request (preview, call, &question, error))
        return FALSE;

      photo->address = twin != NULL ? g_strdup (twin->address)
                                    : g_strdup_printf ("<url of upload %u>", preview->requests->len);
    }

  dio_hosted_photos_fill_call (previewing->photos, call);

  return TRUE;
}

static void
add_photos (DioPreview *preview,
            GPtrArray  *photos)
{
  for (guint i = 0; i < photos->len; i++)
    {
      DioHostedPhoto *photo = g_ptr_array_index (photos, i);
      DioPreviewPhoto *shown = dio_preview_add_photo (preview, photo->reference->name);

      shown->address = g_strdup (photo->address);
      if (photo->prepared == NULL)
        continue;

      shown->file = g_object_ref (photo->prepared->file);
      shown->mime_type = g_strdup (photo->prepared->mime_type);
      shown->size = photo->prepared->size;
      shown->width = photo->prepared->width;
      shown->height = photo->prepared->height;
      shown->changes = photo->prepared->changes;
    }
}

static char *
compile_prompt (DioHostedCall *call)
{
  DioProviderClass *klass = DIO_PROVIDER_GET_CLASS (call->provider);
  const char *model_id = dio_request_get_model_id (call->request);

  for (guint i = 0; i < klass->n_models; i++)
    {
      if (g_str_equal (klass->models[i].id, model_id))
        return dio_wire_prompt_compile (call->request, klass->models[i].mention_style);
    }

  return g_strdup (dio_request_get_prompt (call->request));
}

static DioPreview *
make_preview (Previewing  *previewing,
              GError     **error)
{
  g_autoptr(DioPreview) preview = dio_preview_new ();
  DioHostedCall *call = previewing->call;
  const DioHostedQuestion question = { .kind = DIO_HOSTED_CREATE };

  preview->prompt = compile_prompt (call);
  dio_hosted_photos_fill_call (previewing->photos, call);
  add_photos (preview, previewing->photos);
  if (dio_hosted_photos_are_uploaded (call) && !add_uploads (preview, previewing, error))
    return NULL;
  if (!add_request (preview, call, &question, error))
    return NULL;

  dio_provider_estimate (DIO_PROVIDER (call->provider), call->request, call->account, &preview->price);

  return g_steal_pointer (&preview);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Previewing *previewing = g_task_get_task_data (task);
  DioPreview *preview = NULL;
  GError *error = NULL;

  previewing->photos = dio_hosted_photos_prepare_finish (previewing->call, result, &error);
  if (previewing->photos != NULL)
    preview = make_preview (previewing, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) dio_preview_free);
  else
    g_task_return_error (task, error);
}

static void
prepare (GTask *task)
{
  Previewing *previewing = g_task_get_task_data (task);

  dio_hosted_photos_prepare_async (previewing->call, NULL, NULL, g_task_get_cancellable (task),
                                   prepared_cb, g_object_ref (task));
}

static void
learned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedProvider *provider = DIO_HOSTED_PROVIDER (object);

  DIO_HOSTED_PROVIDER_GET_CLASS (provider)->learn_finish (provider, result);
  prepare (task);
}

/**
 * dio_hosted_preview_async:
 * @provider: a hosted provider
 * @request: for one of its models
 * @account: (nullable): whose
 * @cancellable: (nullable): ends it
 * @callback: called with the preview
 * @user_data: data for @callback
 *
 * Asks nobody, neither a server nor the keyring.
 */
void
dio_hosted_preview_async (DioProvider         *provider,
                          DioRequest          *request,
                          const DioAccount    *account,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DioHostedProvider *self = DIO_HOSTED_PROVIDER (provider);
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (self);
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr(DioAccount) none = dio_account_new (dio_provider_get_id (provider), "default");
  Previewing *previewing = g_new0 (Previewing, 1);

  previewing->call = dio_hosted_call_new (self, account != NULL ? account : none, request);
  previewing->call->key = g_strdup (NO_KEY);
  g_task_set_source_tag (task, dio_hosted_preview_async);
  g_task_set_task_data (task, previewing, previewing_free);

  if (klass->learn_async != NULL)
    klass->learn_async (self, previewing->call, FALSE, cancellable, learned_cb, g_steal_pointer (&task));
  else
    prepare (task);
}

/**
 * dio_hosted_preview_finish:
 * @provider: a hosted provider
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): what would be sent
 */
DioPreview *
dio_hosted_preview_finish (DioProvider   *provider,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_preview_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
