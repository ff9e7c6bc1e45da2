/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosted providers with a server to talk to, a key store and a store of jobs that
 * remembers what was written. A restart is made of what was written alone. */

#pragma once

#include "dio-provider-server.h"
#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

#define HOSTED_TYPE_STORE (hosted_store_get_type ())
G_DECLARE_FINAL_TYPE (HostedStore, hosted_store, HOSTED, STORE, GObject)

#define HOSTED_TYPE_KEYS (hosted_keys_get_type ())
G_DECLARE_FINAL_TYPE (HostedKeys, hosted_keys, HOSTED, KEYS, GObject)

/**
 * HostedStore:
 * @states: (element-type utf8): of the job, each time that it was written
 * @written: (owned) (nullable): as it was written last
 * @written_state: the state of then
 * @remote_ids: (owned): what it says that our jobs are called
 * @refusal: (owned) (nullable): why nothing may be sent
 * @has_rivals: whether other jobs may be what one claims
 * @n_begun: how often sending was begun
 * @delay: milliseconds that writing takes
 */
struct _HostedStore
{
  GObject       parent_instance;

  GPtrArray    *states;
  DioJobRemote  written;
  DioJobState   written_state;
  GStrv         remote_ids;
  GError       *refusal;
  gboolean      has_rivals;
  guint         n_begun;
  guint         delay;
};

struct _HostedKeys
{
  GObject  parent_instance;

  char    *key;       /* (owned) (nullable) */
  guint    n_lookups;
};

/**
 * HostedFixture:
 * @pictures: (element-type DioPicture): what was handed over
 * @steps: (element-type utf8): what the job said of itself, each once in a row
 * @endpoint: (owned): where the server is
 * @queue_seconds: for scripts: when a job is done though nobody asks
 */
typedef struct
{
  char              *folder;
  DioProviderServer *server;
  DioHttp           *http;
  HostedStore       *store;
  HostedKeys        *keys;
  GListModel        *providers;
  GPtrArray         *pictures;
  GPtrArray         *steps;
  char              *endpoint;
  guint              queue_seconds;
} HostedFixture;

void         hosted_fixture_set_up       (HostedFixture  *self,
                                          gconstpointer   data);
void         hosted_fixture_tear_down    (HostedFixture  *self,
                                          gconstpointer   data);
void         hosted_fixture_set_script   (HostedFixture  *self,
                                          const char     *script);
void         hosted_fixture_restart      (HostedFixture  *self);
DioProvider *hosted_fixture_get_provider (HostedFixture  *self,
                                          const char     *id);
DioAccount  *hosted_fixture_new_account  (HostedFixture  *self,
                                          const char     *provider_id);
DioRequest  *hosted_fixture_new_request  (HostedFixture  *self,
                                          const char     *provider_id,
                                          const char     *model_id,
                                          const char     *references,
                                          const char     *values);
DioJob      *hosted_fixture_new_job      (HostedFixture  *self,
                                          const char     *provider_id,
                                          const char     *model_id,
                                          const char     *references,
                                          const char     *values);
DioJob      *hosted_fixture_read_back    (HostedFixture  *self,
                                          DioJob         *job);
gboolean     hosted_fixture_run          (HostedFixture  *self,
                                          DioJob         *job,
                                          GError        **error);
void         hosted_fixture_run_until    (HostedFixture  *self,
                                          DioJob         *job,
                                          const char     *state);
void         hosted_fixture_run_till_held (HostedFixture *self,
                                          DioJob         *job);
gint64       hosted_fixture_count        (HostedFixture  *self,
                                          const char     *dialect,
                                          const char     *call);
gint64       hosted_fixture_count_creates (HostedFixture *self,
                                          const char     *dialect);
void         hosted_fixture_assert_whole (HostedFixture  *self,
                                          guint           n_pictures);
gboolean     hosted_fixture_has_step     (HostedFixture  *self,
                                          const char     *step);
void         hosted_fixture_assert_clean (HostedFixture  *self);

G_END_DECLS
