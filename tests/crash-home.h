/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A home whose programs are killed, with a provider server of its own in this
 * process: nothing here waits without letting the server work. */

#pragma once

#include "cli-runner.h"
#include "dio-provider-server.h"

G_BEGIN_DECLS

/**
 * CrashHome:
 * @bench: where programs run, and what they write
 * @server: (owned): who is asked
 * @endpoint: (owned): where
 * @n_held: how many requests were held since the script was set
 */
typedef struct
{
  Bench              bench;
  DioProviderServer *server;
  char              *endpoint;
  guint              n_held;
} CrashHome;

/**
 * CrashProcess:
 * @process: (owned): a program
 * @out: (owned) (nullable): what it has said, once it is over
 * @err: (owned) (nullable): the same of its errors
 * @is_over: whether it has ended
 */
typedef struct
{
  GSubprocess *process;
  char        *out;
  char        *err;
  gboolean     is_over;
} CrashProcess;

void          crash_home_set_up      (CrashHome         *self);
void          crash_home_tear_down   (CrashHome         *self);
void          crash_home_set_script  (CrashHome         *self,
                                      const char        *script);
char         *crash_home_path        (CrashHome         *self,
                                      const char        *kind,
                                      const char        *name);
char         *crash_home_query       (CrashHome         *self,
                                      const char        *sql);
gint64        crash_home_count       (CrashHome         *self,
                                      const char        *sql);
GPtrArray    *crash_home_list_tokens (CrashHome         *self);
JsonObject   *crash_home_dup_ledger  (CrashHome         *self);
void          crash_home_assert_tidy (CrashHome         *self);

CrashProcess *crash_process_start    (CrashHome         *home,
                                      const char        *input,
                                      const char *const *arguments);
CrashProcess *crash_process_start_driver (CrashHome      *home,
                                      guint              n,
                                      const char        *verb);
void          crash_process_kill     (CrashProcess      *self);
void          crash_process_wait     (CrashProcess      *self);
int           crash_process_get_status (CrashProcess    *self);
void          crash_process_free     (CrashProcess      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrashProcess, crash_process_free)

G_END_DECLS
