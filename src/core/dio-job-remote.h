/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a job at its provider. */

#pragma once

#include "dio-price.h"

G_BEGIN_DECLS

/**
 * DioJobRemote:
 * @id: (nullable): the provider's name for the job
 * @data: (nullable): JSON of the provider's own, to go on with after a restart
 * @sent: (nullable): JSON of what was sent, secrets hidden
 * @answer: (nullable): the provider's own words, secrets hidden
 * @sent_at: when the create was begun, in microseconds since 1970, or 0
 * @retry_at: before when nothing is asked again, in the same, or 0
 * @expires: when the provider forgets the pictures, in the same, or 0
 * @billed: whether it was charged
 * @cost: the provider's own figure, once it has told it
 *
 * Kept in the job's row.
 */
typedef struct
{
  char      *id;
  char      *data;
  char      *sent;
  char      *answer;
  gint64     sent_at;
  gint64     retry_at;
  gint64     expires;
  DioBilled  billed;
  DioPrice   cost;
} DioJobRemote;

void dio_job_remote_copy  (const DioJobRemote *self,
                           DioJobRemote       *copy);
void dio_job_remote_clear (DioJobRemote       *self);

G_END_DECLS
