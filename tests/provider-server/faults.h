/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A script: how the vendors behave, and which requests go wrong in what way. */

#pragma once

#include "settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The first ones shape what a job becomes; the others what is said. */
typedef enum
{
  ACTION_PROCEED,     /* nothing but the delay */
  ACTION_QUEUE,       /* polls: how often it is not done yet */
  ACTION_REFUSE,      /* what: prompt, reference, output */
  ACTION_FAIL,        /* the job fails at the provider's */
  ACTION_PARTIAL,     /* count: pictures that are not made */
  ACTION_DUPLICATE,   /* every picture is listed twice */

  ACTION_HOLD,        /* until released */
  ACTION_CLOSE,       /* no byte, and the connection is closed */
  ACTION_CUT_HEADER,
  ACTION_STALL,       /* half of the header, and no end of it */
  ACTION_CUT_BODY,    /* less than Content-Length says */
  ACTION_TRUNCATED,   /* half of it, and Content-Length agrees */
  ACTION_EMPTY,       /* 200 */
  ACTION_HTML,        /* 200 */
  ACTION_WRONG_TYPES, /* of the node-th value, or of all leaves */
  ACTION_STATUS,      /* status, headers, body */
  ACTION_REDIRECT,    /* location, or another origin of ours */
  ACTION_ENDLESS,     /* bytes, declared */
  ACTION_DRIP,        /* step, interval, for ever */
  ACTION_OTHER_TYPE,  /* a JPEG under the name of a PNG, and the other way about */
  ACTION_HUGE,        /* a PNG that claims 60000 x 60000 */
} Action;

typedef struct
{
  char       *name;     /* (owned) */

  /* What it is for; NULL for any */
  char       *dialect;  /* (owned) (nullable) */
  char       *call;     /* (owned) (nullable) */
  char       *method;   /* (owned) (nullable) */
  GRegex     *path;     /* (owned) (nullable) */
  char       *contains; /* (owned) (nullable): text in the body */
  guint       from;
  guint       to;
  double      chance;

  /* What is done */
  Action      action;
  gboolean    accept;   /* what was asked is done all the same */
  guint       delay;    /* milliseconds */
  guint       status;
  JsonObject *headers;  /* (owned) (nullable) */
  GBytes     *body;     /* (owned) (nullable) */
  char       *location; /* (owned) (nullable) */
  char       *what;     /* (owned) (nullable) */
  goffset     bytes;
  gboolean    declared;
  guint       step;
  guint       interval;
  guint       count;
  guint       polls;
  int         node;

  /* What became of it */
  guint       seen;
  guint       hits;
  guint       nodes;    /* that the reply had */
} Rule;

/**
 * Asked:
 * @dialect: "modelslab", "kling", "runware" or another word
 * @call: what is asked for
 * @method: of HTTP
 * @path: with the query
 * @body: of the request
 *
 * What a rule is held against.
 */
typedef struct
{
  const char *dialect;
  const char *call;
  const char *method;
  const char *path;
  GBytes     *body;
} Asked;

typedef struct _Faults Faults;

Faults    *faults_new          (const char   *json,
                                GError      **error);
void       faults_free         (Faults       *self);
Settings  *faults_get_settings (Faults       *self);
Rule      *faults_find         (Faults       *self,
                                const Asked  *asked);
JsonArray *faults_report       (Faults       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Faults, faults_free)

G_END_DECLS
