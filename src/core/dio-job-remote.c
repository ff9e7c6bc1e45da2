/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a job at its provider. */

#include "config.h"

#include "dio-job-remote.h"

/**
 * dio_job_remote_copy:
 * @self: what is known
 * @copy: (out caller-allocates): takes the same, with texts of its own
 */
void
dio_job_remote_copy (const DioJobRemote *self,
                     DioJobRemote       *copy)
{
  g_return_if_fail (self != NULL && copy != NULL);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->data = g_strdup (self->data);
  copy->sent = g_strdup (self->sent);
  copy->answer = g_strdup (self->answer);
}

/**
 * dio_job_remote_clear:
 * @self: what is known
 *
 * Frees the texts; nothing is known any more.
 */
void
dio_job_remote_clear (DioJobRemote *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->data);
  g_free (self->sent);
  g_free (self->answer);
  *self = (DioJobRemote) { 0 };
}
