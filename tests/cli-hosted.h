/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench with a server beside it, and photos to send. */

#pragma once

#include "cli-server.h"

G_BEGIN_DECLS

/**
 * Hosted:
 * @bench: where the program runs
 * @server: (owned) (nullable): who answers
 */
typedef struct
{
  Bench   bench;
  Server *server;
} Hosted;

void         hosted_set_up           (Hosted        *self,
                                      gconstpointer  script);
void         hosted_tear_down        (Hosted        *self,
                                      gconstpointer  script);
Run         *hosted_run              (Hosted        *self,
                                      const char    *input,
                                      ...) G_GNUC_NULL_TERMINATED;
Run         *hosted_compose          (Hosted        *self,
                                      const char    *provider,
                                      ...) G_GNUC_NULL_TERMINATED;
GSubprocess *hosted_start_compose    (Hosted        *self,
                                      const char    *provider,
                                      const char    *key);
char        *hosted_get_job          (Hosted        *self,
                                      const char    *state);
void         hosted_assert_error     (Run           *run,
                                      int            status,
                                      const char    *mentioned);
void         hosted_assert_no_secret (Hosted        *self,
                                      const char    *secret);

/* Of scripts: a job is done when it is asked for first. */
#define AT_ONCE "\"settings\":{\"queue-polls\":0}"
#define NO_RULES "{" AT_ONCE "}"
#define RULES(rules) "{" AT_ONCE ",\"rules\":[" rules "]}"

#define ADD_HOSTED(path, script, func) \
  g_test_add (path, Hosted, script, hosted_set_up, func, hosted_tear_down)

G_END_DECLS
