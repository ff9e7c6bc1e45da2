/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the history, to be listed without its request. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

/**
 * DioJobSummary:
 * @id: our own id
 * @provider_id: who makes it
 * @model_id: with which model
 * @title: the composition's; may be empty
 * @prompt: what the person wrote
 * @account: (nullable): name of its account
 * @error_class: (nullable): nick of a #DioError
 * @error_message: (nullable): for the details
 * @state: as it was written last
 * @created: in microseconds since 1970
 * @updated: in the same
 * @n_pictures: how many are in the library
 * @n_wanted: how many were asked for
 * @remote: what is known of it at its provider
 * @is_driven: it is not over, and a living process works on it
 */
typedef struct
{
  char         *id;
  char         *provider_id;
  char         *model_id;
  char         *title;
  char         *prompt;
  char         *account;
  char         *error_class;
  char         *error_message;
  DioJobState   state;
  gint64        created;
  gint64        updated;
  guint         n_pictures;
  guint         n_wanted;
  DioJobRemote  remote;
  gboolean      is_driven;
} DioJobSummary;

void dio_job_summary_free (DioJobSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioJobSummary, dio_job_summary_free)

G_END_DECLS
