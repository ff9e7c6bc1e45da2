/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with the one request that is paid. Where the provider said no,
 * nothing is billed; where nobody can know, it is asked for by our own id, and
 * never sent again. */

#include "config.h"

#include "fault-fixture.h"

/* The job was made, and the answer got lost: it is found again. ModelsLab lists
 * only what is done, and it is. */
#define LOST(name_, does_, flags_) \
  { name_, "create", "\"times\": 1", does_ ", \"accept\": true", .flags = FAULT_AT_ONCE | (flags_), .endings = ALL (DONE) }

/* The request did not get there, and the answer looks the same. */
#define NEVER(name_, does_, flags_) \
  { name_, "create", "\"times\": 1", does_ ", \"accept\": false", .flags = flags_, .endings = ALL (UNKNOWN (0)) }

#define STATUS(status) "\"do\": \"status\", \"status\": " #status
#define SAYS(name_, status, ending) { name_, "create", "\"times\": 1", STATUS (status), .endings = ALL (ending) }

#define TOLD(name_, vendor, status, body, ...) \
  { name_, "create", "\"times\": 1", STATUS (status) ", \"body\": " body, .vendors = ONLY (vendor), \
    .endings = { [vendor] = __VA_ARGS__ } }

#define KLING_CODE(code) "{ \"code\": " #code ", \"message\": \"Said by the test\", \"request_id\": \"1\" }"
#define KLING_SAYS(code, status, ...) \
  TOLD ("create-code-" #code, OFFICIAL, status, KLING_CODE (code), __VA_ARGS__), \
  TOLD ("create-code-" #code, KLING, status, KLING_CODE (code), __VA_ARGS__)

#define SOON ", \"headers\": { \"Retry-After\": \"30\" }"

const Fault faults_of_create[] = {
  /* No answer, or half of one. */
  LOST ("create-no-reply-made", "\"do\": \"hold\"", FAULT_SILENT),
  NEVER ("create-no-reply", "\"do\": \"hold\"", FAULT_SILENT),
  LOST ("create-closed-made", "\"do\": \"close\"", 0),
  NEVER ("create-closed", "\"do\": \"close\"", 0),
  LOST ("create-cut-header-made", "\"do\": \"cut-header\"", 0),
  LOST ("create-cut-body-made", "\"do\": \"cut-body\"", 0),
  LOST ("create-slow-made", "\"do\": \"drip\", \"interval\": 50", FAULT_SILENT),
  LOST ("create-200-mb-made", "\"do\": \"endless\"", 0),
  LOST ("create-200-mb-declared-made", "\"do\": \"endless\", \"declared\": true", 0),

  /* Whoever says 200 may have made it. */
  LOST ("create-empty-made", "\"do\": \"empty\"", 0),
  NEVER ("create-empty", "\"do\": \"empty\"", 0),
  LOST ("create-html-made", "\"do\": \"html\"", 0),
  NEVER ("create-html", "\"do\": \"html\"", 0),
  LOST ("create-truncated-made", "\"do\": \"truncated\"", 0),
  LOST ("create-wrong-types-made", "\"do\": \"wrong-types\"", 0),

  /* Said no, without words. */
  SAYS ("create-401", 401, NOT_SENT (AUTH)),
  SAYS ("create-402", 402, NOT_SENT (CREDIT)),
  SAYS ("create-403", 403, NOT_SENT (PERMISSION)),
  SAYS ("create-404", 404, NOT_SENT (NOT_FOUND)),
  SAYS ("create-413", 413, NOT_SENT (INVALID)),
  SAYS ("create-422", 422, NOT_SENT (INVALID)),
  /* "Unavailable" says that nothing was begun. */
  SAYS ("create-503", 503, NOT_SENT (SERVER)),

  /* Somebody lost patience or broke off; it may be made. */
  SAYS ("create-408", 408, UNKNOWN (0)),
  SAYS ("create-500", 500, UNKNOWN (0)),
  SAYS ("create-502", 502, UNKNOWN (0)),
  SAYS ("create-504", 504, UNKNOWN (0)),
  LOST ("create-408-made", STATUS (408), 0),
  LOST ("create-500-made", STATUS (500), 0),
  LOST ("create-502-made", STATUS (502), 0),
  LOST ("create-504-made", STATUS (504), 0),

  /* Too much at a time. Without a time of theirs it is tried again after two
   * seconds; with one, then. */
  SAYS ("create-429", 429, DONE),
  { "create-429-time", "create", NULL, STATUS (429) SOON, .wait = 30, .endings = ALL (WAITING) },
  { "create-503-time", "create", NULL, STATUS (503) SOON, .wait = 30, .endings = ALL (WAITING) },
  { "create-429-time-told", "create", NULL,
    STATUS (429) ", \"body\": { \"status\": \"error\", \"message\": \"Rate limit exceeded.\", \"retry_after\": 30 }",
    .vendors = ONLY (MODELSLAB), .wait = 30, .endings = { [MODELSLAB] = WAITING } },

  /* A key does not follow where an answer points. */
  { "create-redirect", "create", NULL, "\"do\": \"redirect\", \"location\": \"cdn\"",
    .endings = ALL (NOT_SENT (REPLY)) },
  { "create-redirect-301", "create", NULL, "\"do\": \"redirect\", \"location\": \"localhost\", \"status\": 301",
    .endings = ALL (NOT_SENT (REPLY)) },

  /* Kling's own codes, whatever the status says (provider-apis 2.5). */
  KLING_SAYS (1000, 401, NOT_SENT (AUTH)),
  KLING_SAYS (1001, 401, NOT_SENT (AUTH)),
  KLING_SAYS (1002, 401, NOT_SENT (AUTH)),
  KLING_SAYS (1100, 429, NOT_SENT (PERMISSION)),
  KLING_SAYS (1101, 429, NOT_SENT (CREDIT)),
  KLING_SAYS (1102, 429, NOT_SENT (CREDIT)),
  KLING_SAYS (1103, 403, NOT_SENT (PERMISSION)),
  KLING_SAYS (1200, 400, NOT_SENT (INVALID)),
  KLING_SAYS (1201, 400, NOT_SENT (INVALID)),
  KLING_SAYS (1202, 404, NOT_SENT (NOT_FOUND)),
  KLING_SAYS (1203, 404, NOT_SENT (NOT_FOUND)),
  KLING_SAYS (1300, 400, NOT_SENT (REFUSED)),
  KLING_SAYS (1301, 400, NOT_SENT (REFUSED)),
  KLING_SAYS (1302, 429, DONE),
  KLING_SAYS (1303, 429, DONE),
  KLING_SAYS (1304, 429, NOT_SENT (PERMISSION)),
  KLING_SAYS (5001, 503, NOT_SENT (SERVER)),
  KLING_SAYS (5002, 504, UNKNOWN (0)),

  /* ModelsLab's words, also under a status of success (1.4). */
  TOLD ("create-401-told", MODELSLAB, 401, "{ \"status\": \"error\", \"message\": \"Invalid API key\" }", NOT_SENT (AUTH)),
  TOLD ("create-200-key-told", MODELSLAB, 200, "{ \"status\": \"error\", \"message\": \"Invalid Api Key\" }", NOT_SENT (AUTH)),
  TOLD ("create-402-told", MODELSLAB, 402, "{ \"status\": \"error\", \"message\": \"Insufficient credits.\" }", NOT_SENT (CREDIT)),
  TOLD ("create-403-told", MODELSLAB, 403, "{ \"status\": \"error\", \"message\": \"This feature requires a premium subscription\" }",
        NOT_SENT (PERMISSION)),
  TOLD ("create-400-told", MODELSLAB, 400, "{ \"status\": \"error\", \"message\": { \"prompt\": [ \"The prompt field is required.\" ] } }",
        NOT_SENT (INVALID)),
  TOLD ("create-503-told", MODELSLAB, 503, "{ \"status\": \"error\", \"message\": \"Service temporarily unavailable\" }",
        NOT_SENT (SERVER)),

  /* Runware's codes. */
  TOLD ("create-401-told", RUNWARE, 401, "{ \"errors\": [ { \"code\": \"invalidApiKey\", \"message\": \"Invalid API key\" } ] }",
        NOT_SENT (AUTH)),
  TOLD ("create-402-told", RUNWARE, 402, "{ \"errors\": [ { \"code\": \"insufficientCredits\", \"message\": \"No credits\" } ] }",
        NOT_SENT (CREDIT)),
  TOLD ("create-429-told", RUNWARE, 429, "{ \"errors\": [ { \"code\": \"rateLimitExceeded\", \"message\": \"Later\" } ] }", DONE),
  TOLD ("create-400-told", RUNWARE, 400,
        "{ \"errors\": [ { \"code\": \"invalidParameter\", \"message\": \"Wrong\", \"parameter\": \"width\" } ] }", NOT_SENT (INVALID)),

  /* Gateways of resellers. */
  TOLD ("create-401-gateway", KLING, 401,
        "{ \"error\": { \"message\": \"Invalid token\", \"type\": \"new_api_error\", \"code\": \"invalid_api_key\" } }", NOT_SENT (AUTH)),
  TOLD ("create-403-gateway-quota", KLING, 403,
        "{ \"error\": { \"message\": \"No quota\", \"type\": \"new_api_error\", \"code\": \"insufficient_user_quota\" } }",
        NOT_SENT (CREDIT)),

  /* Who repeats the key is not quoted. */
  TOLD ("create-key-repeated", MODELSLAB, 401,
        "{ \"status\": \"error\", \"message\": \"The key " DIO_PROVIDER_SERVER_KEY " is not known\" }", NOT_SENT (AUTH)),
  TOLD ("create-key-repeated", KLING, 401,
        "{ \"code\": 1002, \"message\": \"The key " DIO_PROVIDER_SERVER_KEY " is not known\" }", NOT_SENT (AUTH)),
  TOLD ("create-key-repeated", OFFICIAL, 401,
        "{ \"code\": 1002, \"message\": \"The key " DIO_PROVIDER_SERVER_ACCESS_KEY " is not known, nor " DIO_PROVIDER_SERVER_SECRET_KEY "\" }",
        NOT_SENT (AUTH)),
  TOLD ("create-key-repeated", RUNWARE, 400,
        "{ \"errors\": [ { \"code\": \"invalidParameter\", \"message\": \"" DIO_PROVIDER_SERVER_KEY " is not known\" } ] }", NOT_SENT (INVALID)),
  { NULL }
};
