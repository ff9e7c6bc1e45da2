/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server, shared by the files that make it. */

#pragma once

#include "dio-provider-server.h"

#include "faults.h"
#include "jobs.h"
#include "ledger.h"
#include "pictures.h"
#include "uploads.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _DioProviderServer
{
  GObject          parent_instance;

  /* Owned */
  SoupServer      *api;
  SoupServer      *cdn;
  GTlsCertificate *certificate; /* (nullable) */
  char            *certificate_path; /* (nullable) */
  char            *key;
  char            *access_key;
  char            *secret_key;
  Faults          *faults;    /* (borrowed): the last of @scripts */
  GPtrArray       *scripts;   /* (element-type Faults): a rule may be at work that was replaced */
  Ledger          *ledger;
  Jobs            *jobs;
  Uploads         *uploads;
  Pictures        *pictures;
  GHashTable      *spent;     /* (element-type utf8 double): by account */
  GPtrArray       *exchanges; /* (element-type Exchange): that are not over */
  GPtrArray       *pours;     /* (element-type Pour): written past libsoup */

  guint            n_ids;
  guint            n_redirected;
};

static inline Settings *
server_settings (DioProviderServer *self)
{
  return faults_get_settings (self->faults);
}

gint64  server_now           (DioProviderServer *self);
char   *server_make_id       (DioProviderServer *self,
                              guint              digits);
double  server_get_balance   (DioProviderServer *self,
                              const char        *account);
void    server_charge        (DioProviderServer *self,
                              const char        *account,
                              double             cost);
void    server_find_leaks    (DioProviderServer *self,
                              SoupServerMessage *message,
                              GBytes            *body,
                              gboolean           elsewhere);

G_END_DECLS
