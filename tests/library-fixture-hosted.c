/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a library's fixture that is about jobs that are sent and paid. */

#include "config.h"

#include "library-fixture.h"

gboolean
library_test_begin_sending (DioLibrary *library,
                            DioJob     *job,
                            GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_begin_sending_async (DIO_JOB_STORE (library), job, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_begin_sending_finish (DIO_JOB_STORE (library), finished, error);
}

GPtrArray *
library_test_take_open (DioLibrary *library,
                        GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_take_open_async (DIO_JOB_STORE (library), library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_take_open_finish (DIO_JOB_STORE (library), finished, error);
}

DioJob *
library_test_take_job (DioLibrary *library,
                       const char *id,
                       GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_take_job_async (DIO_JOB_STORE (library), id, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_take_job_finish (DIO_JOB_STORE (library), finished, error);
}

GStrv
library_test_list_remote_ids (DioLibrary *library,
                              const char *provider_id,
                              GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_list_remote_ids_async (DIO_JOB_STORE (library), provider_id, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_list_remote_ids_finish (DIO_JOB_STORE (library), finished, error);
}

gboolean
library_test_save_account (DioLibrary *library,
                           DioAccount *account,
                           GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_library_save_account_async (library, account, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_save_account_finish (library, finished, error);
}

gboolean
library_test_remove_account (DioLibrary *library,
                             const char *provider_id,
                             const char *name,
                             GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_library_remove_account_async (library, provider_id, name, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_remove_account_finish (library, finished, error);
}

gboolean
library_test_check_cap (DioLibrary     *library,
                        const DioPrice *price,
                        GError        **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_library_check_cap_async (library, price, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_check_cap_finish (library, finished, error);
}

GPtrArray *
library_test_load_spend (DioLibrary     *library,
                         DioSpendPeriod  period)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *rows;

  dio_library_load_spend_async (library, period, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  rows = dio_library_load_spend_finish (library, finished, &error);
  g_assert_no_error (error);

  return rows;
}

GPtrArray *
library_test_load_jobs (DioLibrary *library,
                        guint       offset,
                        guint       n)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *jobs;

  dio_library_load_jobs_async (library, offset, n, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  jobs = dio_library_load_jobs_finish (library, finished, &error);
  g_assert_no_error (error);

  return jobs;
}

DioJob *
library_fixture_add_hosted (LibraryFixture *self,
                            DioPriceSource  source,
                            double          amount,
                            const char     *currency)
{
  g_autoptr(DioJob) job = library_test_make_job ("somewhere", NULL, "a table", NULL);
  g_autoptr(DioAccount) account = dio_account_new ("somewhere", "default");
  g_autoptr(GError) error = NULL;
  DioPrice price;

  dio_price_set (&price, source, amount, currency);
  dio_job_set_account (job, account);
  dio_job_set_estimate (job, &price);
  g_assert_true (library_test_add_job (self->library, job, &error));
  g_assert_no_error (error);

  return g_steal_pointer (&job);
}

void
library_fixture_send (LibraryFixture *self,
                      DioJob         *job)
{
  g_autoptr(GError) error = NULL;

  library_test_begin_sending (self->library, job, &error);
  g_assert_no_error (error);
}

void
library_fixture_update (LibraryFixture *self,
                        DioJob         *job)
{
  g_autoptr(GError) error = NULL;

  library_test_update_job (self->library, job, &error);
  g_assert_no_error (error);
}

void
library_fixture_set_cap (LibraryFixture *self,
                         const char     *currency,
                         double          amount)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;

  dio_library_set_cap_async (self->library, currency, amount, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  dio_library_set_cap_finish (self->library, finished, &error);
  g_assert_no_error (error);
}
