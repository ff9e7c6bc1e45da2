/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a job share. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

struct _DioJob
{
  GObject       parent_instance;

  /* Set once */
  DioRequest   *request;     /* (owned) */
  gint64        created;     /* microseconds since 1970 */
  DioAccount   *account;     /* (owned) (nullable): whose money */
  DioPrice      estimate;    /* before it was sent */
  gboolean      accepts_unknown_price;

  /* Under way */
  GCancellable *cancellable; /* (owned): a new one for every life */
  DioJobState   state;
  double        progress;    /* 0 to 1, or -1 where it is not known */
  gint64        bytes_done;  /* of what is being sent or fetched */
  gint64        bytes_total; /* 0 where it is not known */
  const char   *step;        /* (nullable): static, translatable */
  gint64        waits_until; /* microseconds since 1970, or 0 */
  GError       *error;       /* (owned) (nullable) */
  GListStore   *results;     /* (owned) */
  DioJobRemote  remote;      /* what is known at the provider */
};

G_END_DECLS
