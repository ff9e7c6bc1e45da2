/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a provider. A token that is refused for its time is made once
 * more with the server's clock: that is the one case in which a question is sent
 * twice, and the first was not let in. */

#include "config.h"

#include "hosted/dio-hosted-call.h"

#include "hosted/dio-hosted-private.h"

#include <string.h>

#define HIDDEN "<key>"

/* Halves of a key that are shorter hide nothing and would maim the text. */
#define MIN_SECRET 4

/* The task data of dio_hosted_call_send_async(). */
typedef struct
{
  /* Given */
  DioHostedCall       *call;          /* (borrowed): lives longer */
  DioHostedQuestion    question;
  gsize                max_bytes;
  DioHttpProgressFunc  progress;
  gpointer             progress_data;

  /* Under way */
  gboolean             is_signed_anew;
  gint64               clock_before;
  DioHttpReach         reach;
} Exchange;

/* The task data of dio_hosted_call_unlock_async(). */
typedef struct
{
  DioHostedCall *call;   /* (borrowed): lives longer */
  gboolean       learns;
} Unlocking;

static void send_question (GTask *task);

/**
 * dio_hosted_call_new:
 * @provider: who is asked; lives longer than the call
 * @account: whose
 * @request: (nullable): what for
 *
 * Returns: (transfer full): a call without a key and without photos
 */
DioHostedCall *
dio_hosted_call_new (DioHostedProvider *provider,
                     const DioAccount  *account,
                     DioRequest        *request)
{
  DioHostedCall *self = g_new0 (DioHostedCall, 1);

  self->provider = provider;
  self->account = dio_account_copy (account);
  g_set_object (&self->request, request);

  return self;
}

void
dio_hosted_call_free (DioHostedCall *self)
{
  dio_account_free (self->account);
  g_clear_object (&self->request);
  g_free (self->key);
  g_free (self->token);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_free (self->photos);
  g_free (self);
}

static void
hide (GString    *text,
      const char *secret)
{
  if (secret != NULL && strlen (secret) >= MIN_SECRET)
    g_string_replace (text, secret, HIDDEN, 0);
}

/**
 * dio_hosted_call_redact:
 * @self: a call
 * @text: (nullable): words of the provider's own, which may repeat the key
 *
 * Returns: (transfer full) (nullable): @text without anything secret
 */
char *
dio_hosted_call_redact (DioHostedCall *self,
                        const char    *text)
{
  g_autoptr(GString) shown = NULL;
  g_auto(GStrv) halves = NULL;

  if (text == NULL)
    return NULL;

  shown = g_string_new (text);
  hide (shown, self->token);
  hide (shown, self->key);

  halves = g_strsplit (self->key != NULL ? self->key : "", ":", 2);
  for (guint i = 0; halves[i] != NULL; i++)
    hide (shown, g_strstrip (halves[i]));

  return g_strdup (shown->str);
}

/**
 * dio_hosted_call_hide:
 * @self: a call
 * @error: (transfer full) (nullable): which may name what an answer has named
 *
 * Returns: (transfer full) (nullable): @error without anything secret
 */
GError *
dio_hosted_call_hide (DioHostedCall *self,
                      GError        *error)
{
  char *message;

  if (error == NULL)
    return NULL;

  message = dio_hosted_call_redact (self, error->message);
  g_free (error->message);
  error->message = message;

  return error;
}

/**
 * dio_hosted_call_read_job:
 * @self: a call
 * @question: what was asked
 * @reply: the answer
 *
 * Returns: (transfer full): what it says of the job
 */
DioWireReply *
dio_hosted_call_read_job (DioHostedCall            *self,
                          const DioHostedQuestion  *question,
                          const DioHttpReply       *reply)
{
  DioWireReply *wire = DIO_HOSTED_PROVIDER_GET_CLASS (self->provider)->read_job (self, question, reply);

  wire->error = dio_hosted_call_hide (self, wire->error);

  return wire;
}

/**
 * dio_hosted_call_make:
 * @self: a call with a key
 * @question: what to ask
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): the question, with a token of now
 */
DioHttpRequest *
dio_hosted_call_make (DioHostedCall            *self,
                      const DioHostedQuestion  *question,
                      GError                  **error)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (self->provider);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC + dio_hosted_provider_get_clock (self->provider);

  g_free (self->token);
  if (klass->make_token != NULL)
    self->token = klass->make_token (self->account, self->key, now);
  else
    self->token = g_strstrip (g_strdup (self->key));

  return klass->make (self, question, error);
}

/**
 * dio_hosted_call_get_max_reply:
 * @self: a call with a request
 *
 * Returns: how long an answer about its job may be
 */
gsize
dio_hosted_call_get_max_reply (DioHostedCall *self)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (self->provider);

  if (klass->asks_base64 != NULL && klass->asks_base64 (self->request))
    return DIO_HOSTED_MAX_JSON + DIO_HOSTED_MAX_BASE64;

  return DIO_HOSTED_MAX_JSON;
}

static void
learned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedProvider *provider = DIO_HOSTED_PROVIDER (object);

  DIO_HOSTED_PROVIDER_GET_CLASS (provider)->learn_finish (provider, result);

  g_task_return_boolean (task, TRUE);
}

static void
learn (GTask *task)
{
  Unlocking *unlocking = g_task_get_task_data (task);
  DioHostedCall *call = unlocking->call;
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (call->provider);

  if (unlocking->learns && klass->learn_async != NULL)
    klass->learn_async (call->provider, call, TRUE, g_task_get_cancellable (task),
                        learned_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
key_found_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Unlocking *unlocking = g_task_get_task_data (task);
  DioHostedCall *call = unlocking->call;
  GError *error = NULL;

  call->key = dio_key_store_lookup_finish (DIO_KEY_STORE (object), result, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (call->key == NULL || *g_strstrip (call->key) == '\0')
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_AUTH, "The account “%s” has no key", call->account->name);
  else
    learn (task);
}

/**
 * dio_hosted_call_unlock_async:
 * @self: a call
 * @learns: whether the vendor shall learn what it needs for a create
 * @cancellable: (nullable): ends it
 * @callback: called when the key is there
 * @user_data: data for @callback, which has to keep @self alive
 */
void
dio_hosted_call_unlock_async (DioHostedCall       *self,
                              gboolean             learns,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self->provider, cancellable, callback, user_data);
  DioKeyStore *keys = dio_provider_get_key_store (DIO_PROVIDER (self->provider));
  Unlocking *unlocking = g_new (Unlocking, 1);

  g_task_set_source_tag (task, dio_hosted_call_unlock_async);
  unlocking->call = self;
  unlocking->learns = learns;
  g_task_set_task_data (task, unlocking, g_free);

  if (keys == NULL || dio_provider_get_http (DIO_PROVIDER (self->provider)) == NULL)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_AUTH, "There is no place for keys");
      return;
    }

  dio_key_store_lookup_async (keys, self->account->provider_id, self->account->name, cancellable,
                              key_found_cb, g_steal_pointer (&task));
}

/**
 * dio_hosted_call_unlock_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_AUTH where there is no key
 *
 * Returns: whether questions can be made
 */
gboolean
dio_hosted_call_unlock_finish (DioHostedCall  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self->provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_call_unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether the answer is one about the clock, which is then set right. A second one
 * means that it was not the clock: the error says what there is to say. */
static gboolean
set_clock (Exchange           *exchange,
           const DioHttpReply *reply)
{
  DioHostedProvider *provider = exchange->call->provider;
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (provider);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 offset;

  if (klass->read_clock == NULL || !klass->read_clock (exchange->call, reply, now, &offset))
    {
      if (exchange->is_signed_anew)
        g_message ("The clock of this computer is wrong by %" G_GINT64_FORMAT " seconds",
                   dio_hosted_provider_get_clock (provider));
      return FALSE;
    }

  if (exchange->is_signed_anew)
    {
      dio_hosted_provider_set_clock (provider, exchange->clock_before);
      return FALSE;
    }

  exchange->is_signed_anew = TRUE;
  exchange->clock_before = dio_hosted_provider_get_clock (provider);
  dio_hosted_provider_set_clock (provider, offset);

  return TRUE;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  GError *error = NULL;

  reply = dio_http_send_finish (DIO_HTTP (object), result, &exchange->reach, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else if (set_clock (exchange, reply))
    send_question (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) dio_http_reply_free);
}

static void
send_question (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  DioHttp *http = dio_provider_get_http (DIO_PROVIDER (exchange->call->provider));
  g_autoptr(DioHttpRequest) request = NULL;
  GError *error = NULL;

  exchange->reach = DIO_HTTP_NOT_SENT;
  request = dio_hosted_call_make (exchange->call, &exchange->question, &error);
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  dio_http_send_async (http, request, exchange->max_bytes, exchange->progress, exchange->progress_data,
                       g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

/**
 * dio_hosted_call_send_async:
 * @self: a call with a key
 * @question: what to ask; what it points to has to stay until @callback
 * @max_bytes: how long the answer may be
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: data for @callback, which has to keep @self alive
 */
void
dio_hosted_call_send_async (DioHostedCall           *self,
                            const DioHostedQuestion *question,
                            gsize                    max_bytes,
                            DioHttpProgressFunc      progress,
                            gpointer                 progress_data,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (self->provider, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->call = self;
  exchange->question = *question;
  exchange->max_bytes = max_bytes;
  exchange->progress = progress;
  exchange->progress_data = progress_data;

  g_task_set_source_tag (task, dio_hosted_call_send_async);
  g_task_set_task_data (task, exchange, g_free);
  /* An answer that came is worth more than the wish not to have asked. */
  g_task_set_check_cancellable (task, FALSE);
  send_question (task);
}

/**
 * dio_hosted_call_send_finish:
 * @self: a call
 * @result: what the callback was given
 * @reach: (out) (optional): how far the question came
 * @error: return location for an error of dio_http_send_finish()
 *
 * Returns: (transfer full): the answer, whatever it says
 */
DioHttpReply *
dio_hosted_call_send_finish (DioHostedCall  *self,
                             GAsyncResult   *result,
                             DioHttpReach   *reach,
                             GError        **error)
{
  Exchange *exchange;

  g_return_val_if_fail (g_task_is_valid (result, self->provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_call_send_async), NULL);

  exchange = g_task_get_task_data (G_TASK (result));
  if (reach != NULL)
    *reach = exchange->reach;

  return g_task_propagate_pointer (G_TASK (result), error);
}
