/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job as plain data, for another thread: jobs live in the main thread. */

#include "config.h"

#include "dio-job-record.h"

#include "dio-error.h"

static void
take_over_money (DioJobRecord *self,
                 DioJob       *job)
{
  const DioAccount *account = dio_job_get_account (job);

  self->account = account != NULL ? dio_account_copy (account) : NULL;
  self->estimate = *dio_job_get_estimate (job);
  self->accepts_unknown = dio_job_get_accepts_unknown_price (job);
  dio_job_remote_copy (dio_job_get_remote (job), &self->remote);
}

static void
take_over_references (DioJobRecord *self,
                      DioRequest   *request)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GStrvBuilder) parents = g_strv_builder_new ();

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", reference->name);
      g_strv_builder_add (parents, reference->hash);
    }

  self->names = g_strdup (names->str);
  self->parents = g_strv_builder_end (parents);
}

/**
 * dio_job_record_new:
 * @job: a job
 *
 * Returns: (transfer full): @job as it is now, without its request
 */
DioJobRecord *
dio_job_record_new (DioJob *job)
{
  DioJobRecord *self = g_new0 (DioJobRecord, 1);
  DioRequest *request = dio_job_get_request (job);
  const GError *error = dio_job_get_error (job);

  self->id = g_strdup (dio_job_get_id (job));
  self->provider_id = g_strdup (dio_request_get_provider_id (request));
  self->model_id = g_strdup (dio_request_get_model_id (request));
  self->title = g_strdup (dio_request_get_title (request));
  self->prompt = g_strdup (dio_request_get_prompt (request));
  self->state = dio_job_state_get_nick (dio_job_get_state (job));
  self->created = dio_job_get_created (job);
  self->n_wanted = dio_request_get_count (request);
  take_over_money (self, job);
  take_over_references (self, request);
  if (error != NULL)
    {
      self->error_class = error->domain == DIO_ERROR ? dio_error_get_nick (error->code) : NULL;
      self->error_message = g_strdup (error->message);
    }

  return self;
}

/**
 * dio_job_record_add_request:
 * @self: a record
 * @request: the request of its job
 *
 * Adds what is written once, with a new job.
 */
void
dio_job_record_add_request (DioJobRecord *self,
                            DioRequest   *request)
{
  g_autoptr(JsonNode) node = dio_request_to_json (request);

  g_return_if_fail (self->request == NULL);

  self->request = json_to_string (node, FALSE);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      if (reference->bytes == NULL)
        continue;

      g_ptr_array_add (self->references, g_bytes_ref (reference->bytes));
      g_ptr_array_add (self->hashes, g_strdup (reference->hash));
    }
}

void
dio_job_record_free (DioJobRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->title);
  g_free (self->prompt);
  g_free (self->names);
  g_strfreev (self->parents);
  g_free (self->error_message);
  g_clear_pointer (&self->account, dio_account_free);
  dio_job_remote_clear (&self->remote);
  g_clear_object (&self->asked);
  g_free (self->request);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->hashes, g_ptr_array_unref);
  g_free (self);
}
