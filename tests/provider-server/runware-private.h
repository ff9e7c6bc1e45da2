/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware, shared by its files. */

#pragma once

#include "checks.h"
#include "exchange.h"

G_BEGIN_DECLS

/**
 * Run:
 * @exchange: (owned): the request
 * @tasks: (borrowed): what it asks for
 * @next: the task that is done next
 * @data: (owned): answers
 * @errors: (owned): what went wrong
 * @status: of HTTP, where nothing went right
 * @as_object: `data` is an object, as in a document of one task
 *
 * An array of tasks under way.
 */
typedef struct
{
  Exchange  *exchange;
  JsonArray *tasks;
  guint      next;
  JsonArray *data;
  JsonArray *errors;
  guint      status;
  gboolean   as_object;
} Run;

typedef struct
{
  int    width;
  int    height;
  double tier; /* 0.5, 1, 2 or 4 K */
} RunwareSize;

typedef struct
{
  const char *id;
  guint       max_references;
  double      prices[4]; /* US dollars a picture: 0.5K, 1K, 2K, 4K; 0 for no such tier */
  double      reference; /* of each photo sent */
  double      search;    /* of a search of the web */
} RunwareModel;

const RunwareModel *runware_find_model     (const char         *id);
gboolean            runware_find_size      (const RunwareModel *model,
                                            int                 width,
                                            int                 height,
                                            RunwareSize        *size);
gboolean            runware_find_tier      (const RunwareModel *model,
                                            const char         *resolution,
                                            RunwareSize        *size);
double              runware_find_price     (const RunwareModel *model,
                                            const RunwareSize  *size,
                                            guint               n,
                                            guint               n_references,
                                            gboolean            search);

gboolean            runware_check          (JsonObject         *task,
                                            Problem            *problem);
gboolean            runware_take_photo     (Exchange           *exchange,
                                            Job                *job,
                                            const char         *text,
                                            Problem            *problem);

void                runware_go_on          (Run                *run);
void                runware_fail           (Run                *run,
                                            JsonObject         *task,
                                            guint               status,
                                            const char         *code,
                                            const char         *parameter,
                                            const char         *message);
void                runware_fail_problem   (Run                *run,
                                            JsonObject         *task,
                                            const Problem      *problem);

void                runware_infer          (Run                *run,
                                            JsonObject         *task);
void                runware_get_response   (Run                *run,
                                            JsonObject         *task);
void                runware_get_details    (Run                *run,
                                            JsonObject         *task);
void                runware_tell_pictures  (Run                *run,
                                            JsonObject         *task,
                                            Job                *job,
                                            gboolean            at_once);

G_END_DECLS
