/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An error as the server tells it, and what a person can do about it. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

/**
 * DioRunwareProblem:
 * @code: the server's own word, such as "invalidApiKey"; "" where it has none
 * @parameter: (nullable): the fields it speaks of
 * @text: (nullable): its sentence, which may repeat the prompt
 * @task_type: (nullable): whether the task failed or the question after it
 * @is_known: @code was understood, rather than the status of HTTP
 * @is_of_picture: it stands for a picture that failed
 * @error: what a person can do about it
 * @retryable: the same task may work later, and was certainly not begun
 * @billed: whether it is charged, as far as is known
 */
typedef struct
{
  char          *code;
  char          *parameter;
  char          *text;
  char          *task_type;
  gboolean       is_known;
  gboolean       is_of_picture;
  DioError       error;
  gboolean       retryable;
  DioBilled  billed;
} DioRunwareProblem;

void               dio_runware_problem_free         (DioRunwareProblem *self);
DioRunwareProblem *dio_runware_problem_read         (JsonNode          *node,
                                                     guint              status);
GPtrArray         *dio_runware_read_problems        (JsonNode          *root,
                                                     const char        *task_id,
                                                     guint              status);
gboolean           dio_runware_problem_is_duplicate (DioRunwareProblem *self);
gboolean           dio_runware_problem_is_no_task   (DioRunwareProblem *self);
char              *dio_runware_problem_dup_message  (DioRunwareProblem *self);
GError            *dio_runware_problem_to_error     (DioRunwareProblem *self);
gboolean           dio_runware_is_other_task        (JsonObject        *object,
                                                     const char        *task_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRunwareProblem, dio_runware_problem_free)

G_END_DECLS
