/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job as plain data, for another thread. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

/**
 * DioJobRecord:
 * @id: our own id
 * @provider_id: who makes it
 * @model_id: with which model
 * @title: the composition's; may be empty
 * @prompt: what the person wrote
 * @names: of its references, with a space between them
 * @parents: content hashes of its references, in order
 * @state: nick of its state
 * @error_class: (nullable): nick of its error, where that is one of ours
 * @error_message: (nullable): for the log and the details
 * @created: in microseconds since 1970
 * @account: (nullable): whose money, as it was when the job was made
 * @estimate: what it was thought to cost
 * @accepts_unknown: the person agreed to a price that nobody knows
 * @n_wanted: how many pictures were asked for
 * @remote: what is known of it at its provider
 * @keeps_state: whether its state is just being decided on, and is not written
 * @asked: (nullable): the request itself, which nobody changes, where asked for
 * @request: (nullable): the request as JSON, where asked for
 * @references: (nullable) (element-type GBytes): its photos, where asked for
 * @hashes: (nullable) (element-type utf8): of each of @references
 */
typedef struct
{
  char         *id;
  char         *provider_id;
  char         *model_id;
  char         *title;
  char         *prompt;
  char         *names;
  GStrv         parents;
  const char   *state;
  const char   *error_class;
  char         *error_message;
  gint64        created;
  DioAccount   *account;
  DioPrice      estimate;
  gboolean      accepts_unknown;
  guint         n_wanted;
  DioJobRemote  remote;
  gboolean      keeps_state;
  DioRequest   *asked;
  char         *request;
  GPtrArray    *references;
  GPtrArray    *hashes;
} DioJobRecord;

DioJobRecord *dio_job_record_new         (DioJob       *job);
void          dio_job_record_add_request (DioJobRecord *self,
                                          DioRequest   *request);
void          dio_job_record_free        (DioJobRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioJobRecord, dio_job_record_free)

G_END_DECLS
