/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stand-in for the vendors as a program beside the one that is tested. */

#pragma once

#include "cli-runner.h"

G_BEGIN_DECLS

/* What the program takes for right unless it is told. */
#define SERVER_KEY "provider-server-key"
#define SERVER_ACCESS_KEY "provider-server-access"
#define SERVER_SECRET_KEY "provider-server-secret"

/**
 * Server:
 * @process: (owned): the program
 * @lines: (owned): what it prints
 * @url: (owned): where it answers, without a slash at its end
 */
typedef struct
{
  GSubprocess      *process;
  GDataInputStream *lines;
  char             *url;
} Server;

Server     *server_start         (const char *script);
void        server_stop          (Server     *self);
void        server_wait_held     (Server     *self,
                                  const char *rule);
void        server_release       (Server     *self,
                                  const char *rule);
JsonNode   *server_get_ledger    (Server     *self);
JsonObject *server_get_dialect   (JsonNode   *ledger,
                                  const char *dialect);
gint64      server_get_total     (JsonNode   *ledger,
                                  const char *dialect,
                                  const char *what);
guint       server_get_n_leaks   (JsonNode   *ledger);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)

G_END_DECLS
