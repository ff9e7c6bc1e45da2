/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions of their own: what a request would cost, and whether a key is known.
 * Neither is paid. */

#include "config.h"

#include "hosted/dio-hosted-call.h"
#include "hosted/dio-hosted-photos.h"
#include "hosted/dio-hosted-private.h"

/* The task data of both. */
typedef struct
{
  /* Given */
  DioHostedCall *call;    /* (owned) */

  /* Under way */
  GPtrArray     *photos;  /* (owned) (nullable) */

  /* Results */
  DioPrice       price;
  DioKeyVerdict  verdict;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  dio_hosted_call_free (asking->call);
  g_clear_pointer (&asking->photos, g_ptr_array_unref);
  g_free (asking);
}

static GTask *
new_task (DioProvider         *provider,
          gpointer             tag,
          const DioAccount    *account,
          DioRequest          *request,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->call = dio_hosted_call_new (DIO_HOSTED_PROVIDER (provider), account, request);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, asking, asking_free);

  return task;
}

static void
priced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  GError *error = NULL;

  reply = dio_hosted_call_send_finish (asking->call, result, NULL, &error);
  if (reply != NULL &&
      DIO_HOSTED_PROVIDER_GET_CLASS (asking->call->provider)->read_price (reply, &asking->price, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, dio_hosted_call_hide (asking->call, error));
}

static void
send_price (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_PRICE };

  dio_hosted_call_send_async (asking->call, &question, DIO_HOSTED_MAX_JSON, NULL, NULL,
                              g_task_get_cancellable (task), priced_cb, g_object_ref (task));
}

static void
brought_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  asking->photos = dio_hosted_photos_bring_finish (asking->call, result, NULL, &error);
  if (asking->photos != NULL)
    send_price (task);
  else
    g_task_return_error (task, error);
}

static void
unlocked_for_price_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  if (dio_hosted_call_unlock_finish (asking->call, result, &error))
    dio_hosted_photos_bring_async (asking->call, NULL, NULL, g_task_get_cancellable (task),
                                   brought_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dio_hosted_ask_price_async:
 * @provider: a hosted provider that can be asked
 * @request: for one of its models
 * @account: whose
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * The photos go there, as they would with the create.
 */
void
dio_hosted_ask_price_async (DioProvider         *provider,
                            DioRequest          *request,
                            const DioAccount    *account,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (provider, dio_hosted_ask_price_async, account, request,
                                    cancellable, callback, user_data);
  Asking *asking = g_task_get_task_data (task);

  dio_hosted_call_unlock_async (asking->call, TRUE, cancellable, unlocked_for_price_cb, g_object_ref (task));
}

/**
 * dio_hosted_ask_price_finish:
 * @provider: a hosted provider
 * @result: what the callback was given
 * @price: (out): the answer
 * @error: return location for an error
 *
 * Returns: whether there is an answer
 */
gboolean
dio_hosted_ask_price_finish (DioProvider   *provider,
                             GAsyncResult  *result,
                             DioPrice      *price,
                             GError       **error)
{
  Asking *asking;

  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_ask_price_async), FALSE);

  asking = g_task_get_task_data (G_TASK (result));
  *price = asking->price;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  GError *error = NULL;

  reply = dio_hosted_call_send_finish (asking->call, result, NULL, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  DIO_HOSTED_PROVIDER_GET_CLASS (asking->call->provider)->read_test (reply, &asking->verdict, &asking->price);
  g_task_return_boolean (task, TRUE);
}

static void
unlocked_for_test_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Asking *asking = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_TEST };
  GError *error = NULL;

  if (dio_hosted_call_unlock_finish (asking->call, result, &error))
    dio_hosted_call_send_async (asking->call, &question, DIO_HOSTED_MAX_JSON, NULL, NULL,
                                g_task_get_cancellable (task), tested_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dio_hosted_test_key_async:
 * @provider: a hosted provider
 * @account: whose
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_hosted_test_key_async (DioProvider         *provider,
                           const DioAccount    *account,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (provider, dio_hosted_test_key_async, account, NULL,
                                    cancellable, callback, user_data);
  Asking *asking = g_task_get_task_data (task);

  dio_hosted_call_unlock_async (asking->call, FALSE, cancellable, unlocked_for_test_cb, g_object_ref (task));
}

/**
 * dio_hosted_test_key_finish:
 * @provider: a hosted provider
 * @result: what the callback was given
 * @verdict: (out): what the answer says of the key
 * @balance: (out): what is left on the account, where that was told
 * @error: return location for an error
 *
 * Returns: whether there is an answer
 */
gboolean
dio_hosted_test_key_finish (DioProvider    *provider,
                            GAsyncResult   *result,
                            DioKeyVerdict  *verdict,
                            DioPrice       *balance,
                            GError        **error)
{
  Asking *asking;

  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_test_key_async), FALSE);

  asking = g_task_get_task_data (G_TASK (result));
  *verdict = asking->verdict;
  *balance = asking->price;

  return g_task_propagate_boolean (G_TASK (result), error);
}
