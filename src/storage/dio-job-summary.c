/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the history, to be listed without its request. */

#include "config.h"

#include "dio-job-summary.h"

void
dio_job_summary_free (DioJobSummary *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->title);
  g_free (self->prompt);
  g_free (self->account);
  g_free (self->error_class);
  g_free (self->error_message);
  dio_job_remote_clear (&self->remote);
  g_free (self);
}
