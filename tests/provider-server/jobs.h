/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was accepted, and how far it is. */

#pragma once

#include "dio-role.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * Reference:
 * @role: of it, as far as the dialect says
 * @bytes: (owned) (nullable): the photo; %NULL where only an address was given
 */
typedef struct
{
  DioRole  role;
  GBytes  *bytes;
} Reference;

Reference *reference_new  (DioRole    role,
                           GBytes    *bytes);
void       reference_free (Reference *self);

typedef enum
{
  JOB_MAKING,
  JOB_DONE,
  JOB_FAILED,
} JobState;

/**
 * Job:
 * @dialect: of the vendor
 * @account: whose it is; ids of ours are unique in an account
 * @id: the vendor's
 * @own_id: (nullable): the client's
 * @n: pictures asked for
 * @width: of them
 * @height: of them
 * @type: of their files: "png", "jpg" or "webp"
 * @quality: of a JPEG
 * @prompt: (nullable): what was asked for
 * @seed: (inout): of the first picture; the others count on
 * @references: (element-type Reference): as far as their bytes came
 * @tokens: (element-type utf8): what each picture is known by on the CDN
 * @request: as it came
 * @cost: what was charged for
 * @created: by the true clock, in microseconds
 * @polls: how often it was asked after
 * @queue_polls: how often it is not done yet
 * @queue_seconds: when it is done though nobody asks
 * @life: seconds that results are kept
 * @refused: (nullable): "output", or what else is wrong with it in the end
 * @fails: it fails at the provider's
 * @missing: pictures that are not made
 * @twice: every picture is listed twice
 */
typedef struct
{
  char      *dialect;
  char      *account;
  char      *id;
  char      *own_id;
  guint      n;
  int        width;
  int        height;
  char      *type;
  int        quality;
  char      *prompt;
  gint64     seed;
  GPtrArray *references;
  GPtrArray *tokens;
  JsonNode  *request;
  double     cost;
  gint64     created;
  guint      polls;
  guint      queue_polls;
  guint      queue_seconds;
  guint      life;
  char      *refused;
  gboolean   fails;
  guint      missing;
  gboolean   twice;
} Job;

Job       *job_new            (const char *dialect,
                               const char *account,
                               const char *id,
                               const char *own_id,
                               guint       n);
void       job_free           (Job        *self);
JobState   job_get_state      (Job        *self);
guint      job_get_n_made     (Job        *self);
gboolean   job_is_kept        (Job        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

typedef struct _Jobs Jobs;

Jobs      *jobs_new           (void);
void       jobs_free          (Jobs       *self);
void       jobs_take          (Jobs       *self,
                               Job        *job);
Job       *jobs_find          (Jobs       *self,
                               const char *account,
                               const char *id);
Job       *jobs_find_own      (Jobs       *self,
                               const char *account,
                               const char *own_id);
Job       *jobs_find_picture  (Jobs       *self,
                               const char *token,
                               guint      *index);
guint      jobs_count_making  (Jobs       *self,
                               const char *account,
                               gboolean    pictures);
GPtrArray *jobs_list          (Jobs       *self,
                               const char *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Jobs, jobs_free)

G_END_DECLS
