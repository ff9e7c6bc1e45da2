/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with questions after a job that is being made. They cost
 * nothing: only the provider's word ends a job, or a long silence. */

#include "config.h"

#include "fault-fixture.h"

#define PASSING(name_, does_, flags_) \
  { name_, "poll", "\"times\": 2", does_, .flags = flags_, .endings = ALL (DONE) }

/* Nothing new for long: it may be there later. */
#define LASTING(name_, does_, flags_) \
  { name_ "-lasting", "poll", NULL, does_, .flags = FAULT_LASTING | (flags_), .endings = ALL (UNKNOWN (1)) }

#define BOTH(name_, does_) PASSING (name_, does_, 0), LASTING (name_, does_, 0)

#define STATUS(status) "\"do\": \"status\", \"status\": " #status
#define LOCKED_OUT(name_, status, code) \
  { name_, "poll", NULL, STATUS (status), .endings = ALL (FAILED (code, UNKNOWN, 0, 1)) }

#define KLING_SAYS(code, status, ...) \
  { "poll-code-" #code, "poll", "\"times\": 1", \
    STATUS (status) ", \"body\": { \"code\": " #code ", \"message\": \"Said by the test\", \"request_id\": \"1\" }", \
    .vendors = ONLY (KLING) | ONLY (OFFICIAL), .endings = ALL (__VA_ARGS__) }

const Fault faults_of_poll[] = {
  PASSING ("poll-no-reply", "\"do\": \"hold\"", FAULT_SILENT),
  { "poll-slow", "poll", "\"times\": 1", "\"do\": \"drip\", \"interval\": 50", .flags = FAULT_SILENT, .endings = ALL (DONE) },
  BOTH ("poll-closed", "\"do\": \"close\""),
  BOTH ("poll-cut-header", "\"do\": \"cut-header\""),
  BOTH ("poll-cut-body", "\"do\": \"cut-body\""),
  BOTH ("poll-empty", "\"do\": \"empty\""),
  BOTH ("poll-html", "\"do\": \"html\""),
  BOTH ("poll-truncated", "\"do\": \"truncated\""),
  PASSING ("poll-wrong-types", "\"do\": \"wrong-types\"", 0),
  PASSING ("poll-200-mb", "\"do\": \"endless\"", 0),
  PASSING ("poll-200-mb-declared", "\"do\": \"endless\", \"declared\": true", 0),

  BOTH ("poll-408", STATUS (408)),
  BOTH ("poll-429", STATUS (429)),
  { "poll-429-time", "poll", "\"times\": 1", STATUS (429) ", \"headers\": { \"Retry-After\": \"1\" }", .endings = ALL (DONE) },
  BOTH ("poll-500", STATUS (500)),
  BOTH ("poll-502", STATUS (502)),
  BOTH ("poll-503", STATUS (503)),
  BOTH ("poll-504", STATUS (504)),

  /* With another key, right or credit it can be asked for again: it is not given up. */
  LOCKED_OUT ("poll-401", 401, AUTH),
  LOCKED_OUT ("poll-402", 402, CREDIT),
  LOCKED_OUT ("poll-403", 403, PERMISSION),

  /* What a gateway says of a question is nothing about the job. */
  BOTH ("poll-413", STATUS (413)),
  BOTH ("poll-422", STATUS (422)),
  PASSING ("poll-404", STATUS (404), 0),
  LASTING ("poll-404", STATUS (404), 0),
  BOTH ("poll-redirect", "\"do\": \"redirect\", \"location\": \"cdn\""),

  KLING_SAYS (1100, 429, FAILED (PERMISSION, UNKNOWN, 0, 1)),
  KLING_SAYS (1101, 429, FAILED (CREDIT, UNKNOWN, 0, 1)),
  KLING_SAYS (1102, 429, FAILED (CREDIT, UNKNOWN, 0, 1)),
  KLING_SAYS (1302, 429, DONE),
  KLING_SAYS (1303, 429, DONE),
  KLING_SAYS (1304, 429, FAILED (PERMISSION, UNKNOWN, 0, 1)),
  KLING_SAYS (5000, 500, DONE),
  KLING_SAYS (5001, 503, DONE),
  KLING_SAYS (5002, 504, DONE),
  { NULL }
};

/* After a create whose answer was lost, one question may fail like another. */
#define LOST_CREATE "{ \"match\": { \"call\": \"create\" }, \"do\": \"close\", \"accept\": true }, "

#define FIND(name_, does_, flags_) \
  { name_, "find", "\"times\": 2", does_, LOST_CREATE, .flags = FAULT_AT_ONCE | (flags_), .endings = ALL (DONE) }
#define FIND_LASTING(name_, does_) \
  { name_ "-lasting", "find", NULL, does_, LOST_CREATE "{ \"match\": { \"dialect\": \"runware\", \"call\": \"lookup\" }, " does_ " }, ", \
    .flags = FAULT_AT_ONCE, .endings = ALL (UNKNOWN (1)) }

const Fault faults_of_find[] = {
  FIND ("find-no-reply", "\"do\": \"hold\"", FAULT_SILENT),
  FIND ("find-closed", "\"do\": \"close\"", 0),
  FIND ("find-cut-body", "\"do\": \"cut-body\"", 0),
  FIND ("find-empty", "\"do\": \"empty\"", 0),
  FIND ("find-html", "\"do\": \"html\"", 0),
  FIND ("find-truncated", "\"do\": \"truncated\"", 0),
  FIND ("find-wrong-types", "\"do\": \"wrong-types\"", 0),
  FIND ("find-200-mb", "\"do\": \"endless\"", 0),
  FIND ("find-404", STATUS (404), 0),
  FIND ("find-429", STATUS (429), 0),
  FIND ("find-500", STATUS (500), 0),
  FIND ("find-redirect", "\"do\": \"redirect\", \"location\": \"cdn\"", 0),
  FIND_LASTING ("find-closed", "\"do\": \"close\""),
  FIND_LASTING ("find-html", "\"do\": \"html\""),
  FIND_LASTING ("find-401", STATUS (401)),
  FIND_LASTING ("find-404", STATUS (404)),
  FIND_LASTING ("find-500", STATUS (500)),
  { NULL }
};
