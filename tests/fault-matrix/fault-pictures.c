/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with photos on their way there and pictures on their way back,
 * and with the making itself. */

#include "config.h"

#include "fault-fixture.h"

#define STATUS(status) "\"do\": \"status\", \"status\": " #status
#define UPLOADERS (ONLY (MODELSLAB) | ONLY (RUNWARE))

/* An upload costs nothing and is tried three times; then nothing was ordered. */
#define UPLOAD(name_, does_, code, flags_) \
  { "upload-" name_, "upload", "\"times\": 2", does_, .flags = FAULT_BIG_PHOTO | (flags_), .vendors = UPLOADERS, \
    .endings = ALL (DONE) }, \
  { "upload-" name_ "-lasting", "upload", NULL, does_, .flags = FAULT_BIG_PHOTO | (flags_), .vendors = UPLOADERS, \
    .endings = ALL (NOT_SENT (code)) }

#define UPLOAD_REFUSED(name_, does_, code) \
  { "upload-" name_, "upload", NULL, does_, .flags = FAULT_BIG_PHOTO, .vendors = UPLOADERS, .endings = ALL (NOT_SENT (code)) }

const Fault faults_of_upload[] = {
  UPLOAD ("closed", "\"do\": \"close\"", REPLY, 0),
  UPLOAD ("cut-header", "\"do\": \"cut-header\"", REPLY, 0),
  UPLOAD ("cut-body", "\"do\": \"cut-body\"", REPLY, 0),
  UPLOAD ("empty", "\"do\": \"empty\"", REPLY, 0),
  UPLOAD ("html", "\"do\": \"html\"", REPLY, 0),
  UPLOAD ("truncated", "\"do\": \"truncated\"", REPLY, 0),
  UPLOAD ("wrong-types", "\"do\": \"wrong-types\"", REPLY, 0),
  UPLOAD ("500", STATUS (500), SERVER, 0),
  UPLOAD ("502", STATUS (502), SERVER, 0),
  UPLOAD ("503", STATUS (503), SERVER, 0),
  UPLOAD ("504", STATUS (504), SERVER, 0),
  UPLOAD ("408", STATUS (408), TIMEOUT, 0),
  UPLOAD ("redirect", "\"do\": \"redirect\", \"location\": \"cdn\"", REPLY, 0),
  UPLOAD_REFUSED ("401", STATUS (401), AUTH),
  UPLOAD_REFUSED ("402", STATUS (402), CREDIT),
  UPLOAD_REFUSED ("403", STATUS (403), PERMISSION),
  UPLOAD_REFUSED ("404", STATUS (404), NOT_FOUND),
  UPLOAD_REFUSED ("413", STATUS (413), INVALID),
  UPLOAD_REFUSED ("422", STATUS (422), INVALID),
  { "upload-429", "upload", "\"times\": 1", STATUS (429), .flags = FAULT_BIG_PHOTO, .vendors = UPLOADERS, .endings = ALL (DONE) },
  { "upload-429-time", "upload", NULL, STATUS (429) ", \"headers\": { \"Retry-After\": \"30\" }",
    .flags = FAULT_BIG_PHOTO, .vendors = UPLOADERS, .wait = 30, .endings = ALL (WAITING) },
  { "upload-no-reply", "upload", "\"times\": 1", "\"do\": \"hold\"", .flags = FAULT_BIG_PHOTO | FAULT_SILENT,
    .vendors = UPLOADERS, .endings = ALL (DONE) },
  { "upload-slow", "upload", "\"times\": 1", "\"do\": \"drip\", \"interval\": 50", .flags = FAULT_BIG_PHOTO | FAULT_SILENT,
    .vendors = UPLOADERS, .endings = ALL (DONE) },
  { "upload-200-mb", "upload", "\"times\": 1", "\"do\": \"endless\"", .flags = FAULT_BIG_PHOTO,
    .vendors = UPLOADERS, .endings = ALL (DONE) },
  { NULL }
};

/* A picture that was made is asked for six times; after that the person may. */
#define DOWNLOAD(name_, does_, code, flags_) \
  { "download-" name_, "download", "\"times\": 3", does_, .flags = flags_, .endings = ALL (DONE) }, \
  { "download-" name_ "-lasting", "download", NULL, does_, .flags = flags_, .endings = ALL (FAILED (code, YES, 0, 1)) }

const Fault faults_of_download[] = {
  DOWNLOAD ("closed", "\"do\": \"close\"", REPLY, 0),
  DOWNLOAD ("cut-header", "\"do\": \"cut-header\"", REPLY, 0),
  DOWNLOAD ("cut-body", "\"do\": \"cut-body\"", REPLY, 0),
  DOWNLOAD ("truncated", "\"do\": \"truncated\"", REPLY, 0),
  DOWNLOAD ("empty", "\"do\": \"empty\"", REPLY, 0),
  DOWNLOAD ("html", "\"do\": \"html\"", REPLY, 0),
  DOWNLOAD ("401", STATUS (401), EXPIRED, 0),
  DOWNLOAD ("403", STATUS (403), EXPIRED, 0),
  DOWNLOAD ("404", STATUS (404), EXPIRED, 0),
  DOWNLOAD ("429", STATUS (429), BUSY, 0),
  DOWNLOAD ("500", STATUS (500), SERVER, 0),
  DOWNLOAD ("502", STATUS (502), SERVER, 0),
  DOWNLOAD ("503", STATUS (503), BUSY, 0),
  /* "No answer in time" would say that nothing is billed. */
  DOWNLOAD ("408", STATUS (408), SERVER, 0),
  DOWNLOAD ("504", STATUS (504), SERVER, 0),
  DOWNLOAD ("redirect", "\"do\": \"redirect\", \"location\": \"cdn\"", EXPIRED, 0),
  { "download-no-reply", "download", "\"times\": 1", "\"do\": \"hold\"", .flags = FAULT_SILENT, .endings = ALL (DONE) },
  { "download-slow", "download", "\"times\": 1", "\"do\": \"drip\", \"interval\": 50", .flags = FAULT_SILENT, .endings = ALL (DONE) },
  { "download-200-mb", "download", "\"times\": 1", "\"do\": \"endless\"", .endings = ALL (DONE) },
  { "download-600-mb-declared", "download", "\"times\": 1", "\"do\": \"endless\", \"declared\": true, \"bytes\": 629145600",
    .endings = ALL (DONE) },

  /* A JPEG under the name of a PNG is a JPEG. */
  { "download-other-type", "download", NULL, "\"do\": \"other-type\"", .endings = ALL (DONE) },
  /* Not asked for again: it would not become smaller. */
  { "download-60000", "download", NULL, "\"do\": \"huge\"", .endings = ALL (FAILED (REPLY, YES, 0, 1)) },
  { NULL }
};

#define MAKING(name_, does_, flags_, ...) \
  { name_, "create", NULL, does_, .flags = flags_, .endings = __VA_ARGS__ }

/* What Runware's maker of models charges for looking at a prompt nobody says. */
#define REFUSED_AT_ONCE { \
  [MODELSLAB] = NOT_SENT (REFUSED), \
  [KLING] = NOT_SENT (REFUSED), \
  [OFFICIAL] = NOT_SENT (REFUSED), \
  [RUNWARE] = FAILED (REFUSED, UNKNOWN, 0, 0), \
}

const Fault faults_of_making[] = {
  MAKING ("refused-prompt", "\"do\": \"refuse\", \"what\": \"prompt\"", 0, REFUSED_AT_ONCE),
  MAKING ("refused-reference", "\"do\": \"refuse\", \"what\": \"reference\"", 0, REFUSED_AT_ONCE),
  /* It was made and is charged, whether they say so or not. */
  MAKING ("refused-output", "\"do\": \"refuse\", \"what\": \"output\"", FAULT_FINAL, ALL (FAILED (REFUSED, UNKNOWN, 0, 1))),
  MAKING ("failed", "\"do\": \"fail\"", FAULT_FINAL, ALL (FAILED (SERVER, UNKNOWN, 0, 1))),
  MAKING ("partial", "\"do\": \"partial\", \"count\": 1", FAULT_FINAL, ALL (FAILED (SERVER, YES, 1, 1))),
  MAKING ("duplicate", "\"do\": \"duplicate\"", 0, ALL (DONE)),
  MAKING ("in-queue-for-long", "\"do\": \"queue\", \"polls\": 30", 0, ALL (DONE)),
  { NULL }
};
