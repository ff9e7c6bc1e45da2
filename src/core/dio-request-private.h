/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a request share. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

struct _DioRequest
{
  GObject    parent_instance;

  /* Set once */
  char      *id;          /* (owned): ours, a UUID */
  char      *provider_id; /* (owned) */
  char      *model_id;    /* (owned) */
  char      *title;       /* (owned): the composition's, may be empty */
  char      *prompt;      /* (owned) */
  char      *roles;       /* (owned) (nullable): the person's words on the roles */
  char      *count_name;  /* (owned) (nullable): which value is the count */
  char      *seed_name;   /* (owned) (nullable): which value is the seed */
  GStrv      private_names; /* (owned) (nullable): which values no picture tells of */
  GPtrArray *references;  /* (owned) (element-type DioRequestReference) */
  GVariant  *values;      /* (owned): a{sv} */
};

G_END_DECLS
