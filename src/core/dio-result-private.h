/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a result share: what changes, and what does not. */

#pragma once

#include "dio-result.h"

G_BEGIN_DECLS

struct _DioResult
{
  GObject     parent_instance;

  /* Set once */
  char       *id;          /* (owned) */
  char       *job_id;      /* (owned) */
  char       *provider_id; /* (owned) */
  char       *model_id;    /* (owned) */
  char       *prompt;      /* (owned) */
  gint64      created;     /* microseconds since 1970 */
  DioPicture *picture;     /* (owned): without its bytes, which are in the file */

  /* What the library says now */
  char       *path;        /* (owned) */
  gint64      number;
  guint       rating;
  DioVerdict  verdict;
  GStrv       tags;        /* (owned) */
  gint64      deleted;     /* microseconds since 1970, or 0 */
  char       *hash;        /* (owned) (nullable) */
  GStrv       parents;     /* (owned) */
};

G_END_DECLS
