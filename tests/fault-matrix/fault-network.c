/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No word ever reaches the provider: nothing is billed, and where the window waits
 * for a network the command line says so at once. Nobody waits for trust. */

#include "config.h"

#include "fault-fixture.h"

const Fault faults_of_network[] = {
  { "none", .endings = ALL (DONE) },
  { "no-dns", .flags = FAULT_NO_HOST, .endings = ALL (NOT_SENT (OFFLINE)) },
  { "refused", .flags = FAULT_NO_SERVER, .endings = ALL (NOT_SENT (OFFLINE)) },
  { "tls-not-trusted", .flags = FAULT_TLS, .endings = ALL (NOT_SENT (UNTRUSTED)) },
  { "refused-waits", .flags = FAULT_NO_SERVER | FAULT_WAITS_FOR_NETWORK, .endings = ALL (WAITING) },
  { "tls-not-trusted-waits", .flags = FAULT_TLS | FAULT_WAITS_FOR_NETWORK,
    .endings = ALL (NOT_SENT (UNTRUSTED)) },

  /* Only a token has times in it: made once more by the server's clock. */
  { "clock", .settings = ", \"clock\": 3600", .vendors = ONLY (MODELSLAB) | ONLY (KLING) | ONLY (RUNWARE),
    .endings = ALL (DONE) },
  { NULL }
};
