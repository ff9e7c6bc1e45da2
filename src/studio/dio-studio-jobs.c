/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a composition to a job: who is asked, on whose account, at what price,
 * and what would be sent. */

#include "config.h"

#include "dio-studio.h"

#define FIRST_ACCOUNT "default"

/**
 * dio_studio_get_accounts:
 * @self: a studio
 *
 * Returns: (transfer none): the person's accounts; filled when the studio opens
 */
DioAccountList *
dio_studio_get_accounts (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return dio_library_get_accounts (dio_studio_get_library (self));
}

/**
 * dio_studio_dup_account:
 * @self: a studio
 * @provider_id: whose
 * @name: (nullable): which; %NULL for the first, or for a new one called
 *   "default" where there is none
 *
 * Returns: (transfer full) (nullable): an account; %NULL for a provider that
 *   needs none, and for a name that is not known
 */
DioAccount *
dio_studio_dup_account (DioStudio  *self,
                        const char *provider_id,
                        const char *name)
{
  const DioAccount *account;
  DioProvider *provider;

  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);
  g_return_val_if_fail (provider_id != NULL, NULL);

  provider = dio_studio_find_provider (self, provider_id);
  if (provider == NULL || dio_provider_is_local (provider))
    return NULL;

  account = dio_account_list_find (dio_studio_get_accounts (self), provider_id, name);
  if (account != NULL)
    return dio_account_copy (account);

  return name == NULL ? dio_account_new (provider_id, FIRST_ACCOUNT) : NULL;
}

static DioProvider *
get_provider (DioStudio    *self,
              DioModelInfo *model)
{
  return dio_studio_find_provider (self, dio_model_info_get_provider_id (model));
}

/* Returns: (transfer full) (nullable) */
static DioAccount *
choose_account (DioStudio        *self,
                DioModelInfo     *model,
                const DioAccount *account)
{
  if (account != NULL)
    return dio_account_copy (account);

  return dio_studio_dup_account (self, dio_model_info_get_provider_id (model), NULL);
}

/**
 * dio_studio_freeze:
 * @self: a studio
 * @composition: what to make, with a model
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Freezes @composition, and checks what its provider wants to hold between its
 * values; the composition itself is not touched.
 *
 * Returns: (transfer full) (nullable): a request that may be sent
 */
DioRequest *
dio_studio_freeze (DioStudio       *self,
                   DioComposition  *composition,
                   GError         **error)
{
  g_autoptr(DioRequest) request = NULL;
  DioModelInfo *model;

  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);
  g_return_val_if_fail (DIO_IS_COMPOSITION (composition), NULL);

  model = dio_composition_get_model (composition);
  g_return_val_if_fail (model != NULL, NULL);

  request = dio_request_new (composition, model, error);
  if (request == NULL || !dio_provider_check (get_provider (self, model), request, error))
    return NULL;

  return g_steal_pointer (&request);
}

/**
 * dio_studio_estimate:
 * @self: a studio
 * @composition: what to make; where it has no model yet, nothing is known
 * @account: (nullable): whose money; as in dio_studio_generate()
 * @price: (out): what is known of the price here; nobody is asked
 *
 * What is still missing in @composition does not matter.
 */
void
dio_studio_estimate (DioStudio        *self,
                     DioComposition   *composition,
                     const DioAccount *account,
                     DioPrice         *price)
{
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioAccount) chosen = NULL;
  DioModelInfo *model;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (DIO_IS_COMPOSITION (composition));
  g_return_if_fail (price != NULL);

  *price = (DioPrice) { 0 };
  model = dio_composition_get_model (composition);
  if (model == NULL)
    return;

  request = dio_request_new_to_estimate (composition, model);
  chosen = choose_account (self, model, account);
  dio_provider_estimate (get_provider (self, model), request, chosen, price);
}

static void
previewed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;
  DioPreview *preview = dio_provider_preview_finish (DIO_PROVIDER (object), result, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) dio_preview_free);
  else
    g_task_return_error (task, error);
}

/**
 * dio_studio_preview_async:
 * @self: a studio
 * @composition: what to make, with a model
 * @account: (nullable): whose; as in dio_studio_generate(), its key is not needed
 * @cancellable: (nullable): ends the preparing
 * @callback: called with what would be sent
 * @user_data: data for @callback
 *
 * Sends nothing.
 */
void
dio_studio_preview_async (DioStudio           *self,
                          DioComposition      *composition,
                          const DioAccount    *account,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioAccount) chosen = NULL;
  GError *error = NULL;
  DioModelInfo *model;

  g_return_if_fail (DIO_IS_STUDIO (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_preview_async);

  request = dio_studio_freeze (self, composition, &error);
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  model = dio_composition_get_model (composition);
  chosen = choose_account (self, model, account);
  dio_provider_preview_async (get_provider (self, model), request, chosen, cancellable,
                              previewed_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_preview_finish:
 * @self: a studio
 * @result: what the callback was given
 * @error: return location for a #GError: %DIO_ERROR_INVALID of the composition,
 *   or as dio_provider_preview_finish()
 *
 * Returns: (transfer full) (nullable): what would be sent
 */
DioPreview *
dio_studio_preview_finish (DioStudio     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_preview_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dio_studio_generate:
 * @self: an open studio
 * @composition: what to make, with a model
 * @account: (nullable): of the model's provider; %NULL for what
 *   dio_studio_dup_account() gives without a name
 * @accepts_unknown_price: the person was told that nobody knows what it costs,
 *   and agreed
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Freezes @composition and queues it; the composition itself is not touched.
 * That a cap forbids it is told by the job, when it would be sent.
 *
 * Returns: (transfer none) (nullable): the job
 */
DioJob *
dio_studio_generate (DioStudio         *self,
                     DioComposition    *composition,
                     const DioAccount  *account,
                     gboolean           accepts_unknown_price,
                     GError           **error)
{
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioAccount) chosen = NULL;
  g_autoptr(DioJob) job = NULL;
  DioModelInfo *model;
  DioPrice estimate;

  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  request = dio_studio_freeze (self, composition, error);
  if (request == NULL)
    return NULL;

  model = dio_composition_get_model (composition);
  g_return_val_if_fail (account == NULL ||
                        g_str_equal (account->provider_id, dio_model_info_get_provider_id (model)), NULL);

  chosen = choose_account (self, model, account);
  dio_provider_estimate (get_provider (self, model), request, chosen, &estimate);

  job = dio_job_new (request);
  dio_job_set_account (job, chosen);
  dio_job_set_estimate (job, &estimate);
  dio_job_set_accepts_unknown_price (job, accepts_unknown_price);

  /* The queue keeps it. */
  return dio_job_queue_add (dio_studio_get_queue (self), job) ? job : NULL;
}
