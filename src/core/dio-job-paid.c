/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job has to do with money and with its provider: whose account, what it
 * should cost, what is known of it there. */

#include "config.h"

#include "dio-job-private.h"

#include "dio-error.h"

/**
 * dio_job_get_account:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the account as it was when the job was
 *   made; %NULL where nothing is paid
 */
const DioAccount *
dio_job_get_account (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return self->account;
}

/**
 * dio_job_set_account:
 * @self: a job that is not in a queue yet, or is being read back
 * @account: (nullable): copied
 */
void
dio_job_set_account (DioJob           *self,
                     const DioAccount *account)
{
  g_return_if_fail (DIO_IS_JOB (self));

  g_clear_pointer (&self->account, dio_account_free);
  if (account != NULL)
    self->account = dio_account_copy (account);
}

/**
 * dio_job_get_estimate:
 * @self: a job
 *
 * Returns: (transfer none): what was thought to be its price when it was made
 */
const DioPrice *
dio_job_get_estimate (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->estimate;
}

void
dio_job_set_estimate (DioJob         *self,
                      const DioPrice *estimate)
{
  g_return_if_fail (DIO_IS_JOB (self));

  self->estimate = *estimate;
}

/**
 * dio_job_get_accepts_unknown_price:
 * @self: a job
 *
 * Returns: whether the person, with a spending cap set, was asked and agreed to
 *   send it although nobody knows what it costs
 */
gboolean
dio_job_get_accepts_unknown_price (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  return self->accepts_unknown_price;
}

void
dio_job_set_accepts_unknown_price (DioJob   *self,
                                   gboolean  accepts)
{
  g_return_if_fail (DIO_IS_JOB (self));

  self->accepts_unknown_price = accepts;
}

/**
 * dio_job_get_remote:
 * @self: a job
 *
 * Returns: (transfer none): what is known of it at its provider
 */
const DioJobRemote *
dio_job_get_remote (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->remote;
}

/**
 * dio_job_edit_remote:
 * @self: a job
 *
 * For the provider that drives the job: it changes what is pointed to, then has
 * it written with dio_job_store_update_job_async(). Texts are owned.
 *
 * Returns: (transfer none): what is known of it at its provider
 */
DioJobRemote *
dio_job_edit_remote (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), NULL);

  return &self->remote;
}

/**
 * dio_job_can_check_again:
 * @self: a job
 *
 * Returns: whether it ended without all its pictures, although its provider may
 *   have, or may yet make, the rest: asking costs nothing
 */
gboolean
dio_job_can_check_again (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  return (self->state == DIO_JOB_OUTCOME_UNKNOWN || self->state == DIO_JOB_FAILED || self->state == DIO_JOB_CANCELLED)
         && self->remote.sent_at > 0 && self->remote.billed != DIO_BILLED_NO
         && g_list_model_get_n_items (G_LIST_MODEL (self->results)) < dio_request_get_count (self->request);
}

/**
 * dio_job_is_unstored:
 * @self: a job
 *
 * Returns: whether pictures of it came, or were on their way, and there was no
 *   place to store them: nobody needs to be asked before that is tried again
 */
gboolean
dio_job_is_unstored (DioJob *self)
{
  g_return_val_if_fail (DIO_IS_JOB (self), FALSE);

  return self->state == DIO_JOB_FAILED && g_error_matches (self->error, DIO_ERROR, DIO_ERROR_STORAGE)
         && dio_job_can_check_again (self);
}
