/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: what is said, and what the answers mean. Every call is
 * a list of tasks that is posted to one address; a task bears an id of ours, by
 * which it is asked for again at any time. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

/**
 * DioRunwareBalance:
 * @amount: what is left
 * @free_amount: what is left of what was given for nothing; 0 where it is not told
 * @currency: such as "USD"
 */
typedef struct
{
  double amount;
  double free_amount;
  char   currency[8];
} DioRunwareBalance;

DioHttpRequest *dio_runware_make_upload          (const DioAccount    *account,
                                                  const char          *key,
                                                  const DioWirePhoto  *photo);
DioHttpRequest *dio_runware_make_create          (DioRequest          *request,
                                                  const DioAccount    *account,
                                                  const char          *key,
                                                  GHashTable          *fields,
                                                  const DioWirePhoto  *photos,
                                                  guint                n_photos);
DioHttpRequest *dio_runware_make_dry_run         (DioRequest          *request,
                                                  const DioAccount    *account,
                                                  const char          *key,
                                                  GHashTable          *fields,
                                                  const DioWirePhoto  *photos,
                                                  guint                n_photos);
DioHttpRequest *dio_runware_make_get_response    (const DioAccount    *account,
                                                  const char          *key,
                                                  const char          *task_id);
DioHttpRequest *dio_runware_make_task_details    (const DioAccount    *account,
                                                  const char          *key,
                                                  const char          *task_id);
DioHttpRequest *dio_runware_make_account_details (const DioAccount    *account,
                                                  const char          *key);

char           *dio_runware_read_upload          (const DioHttpReply  *reply,
                                                  GError             **error);
DioWireReply   *dio_runware_read_create          (const DioHttpReply  *reply,
                                                  DioRequest          *request);
DioWireReply   *dio_runware_read_get_response    (const DioHttpReply  *reply,
                                                  DioRequest          *request);
DioWireReply   *dio_runware_read_task_details    (const DioHttpReply  *reply,
                                                  DioRequest          *request);
gboolean        dio_runware_read_cost            (const DioHttpReply  *reply,
                                                  double              *cost,
                                                  GError             **error);
gboolean        dio_runware_read_balance         (const DioHttpReply  *reply,
                                                  DioRunwareBalance   *balance,
                                                  GError             **error);
DioKeyVerdict      dio_runware_read_key             (const DioHttpReply  *reply);

G_END_DECLS
