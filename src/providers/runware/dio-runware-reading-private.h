/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reply about a task while it is read: its items, one by one, and what follows
 * from all of them together. */

#pragma once

#include "runware/dio-runware-problem-private.h"

G_BEGIN_DECLS

/**
 * DioRunwareReading:
 * @task_id: given: the task that is asked about
 * @n_expected: given: how many pictures it makes
 * @status: given: of HTTP
 * @seen: under way (element-type utf8): ids of pictures that were met
 * @n_waiting: under way: items that only say that the task was accepted
 * @n_alive: under way: items that are being made, without the former
 * @n_items: under way: items met, each picture once
 * @progress: under way: the sum of what items tell of theirs, each up to 1
 * @problem: result (nullable): the first, which tells why
 * @reply: result
 */
typedef struct
{
  const char        *task_id;
  guint              n_expected;
  guint              status;
  GHashTable        *seen;
  guint              n_waiting;
  guint              n_alive;
  guint              n_items;
  double             progress;
  DioRunwareProblem *problem;
  DioWireReply      *reply;
} DioRunwareReading;

void          dio_runware_reading_init          (DioRunwareReading  *self,
                                                 DioRequest         *request,
                                                 guint               status);
DioWireReply *dio_runware_reading_end           (DioRunwareReading  *self);
JsonNode     *dio_runware_find_data             (JsonNode           *root);
void          dio_runware_reading_take_items    (DioRunwareReading  *self,
                                                 JsonNode           *root);
void          dio_runware_reading_take_problems (DioRunwareReading  *self,
                                                 GPtrArray          *problems);
void          dio_runware_reading_end_failed    (DioRunwareReading  *self);
void          dio_runware_reading_conclude      (DioRunwareReading  *self);

G_END_DECLS
