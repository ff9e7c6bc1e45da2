/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue between a provider and a store that do what the test says. */

#pragma once

#include "dio-error.h"
#include "dio-job-queue.h"

G_BEGIN_DECLS

/* How many places the provider has; a job takes as many as it makes pictures. */
#define TEST_N_PLACES 3

/* What a create and a question have cost, and what each driver is at. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, DioProvider)

struct _TestProvider
{
  DioProvider parent_instance;
  GPtrArray  *runs;      /* (owned) (element-type GTask): under way, in the order of beginning */
  guint       n_runs;    /* that were ever begun */
  guint       n_creates; /* the store was asked first, and let it */
  guint       n_asked;   /* of what was sent before */
  gboolean    gives_estimates;
};

/* Rows that several processes can see; each has a store of its own. */
typedef struct
{
  DioJobState  state;
  DioRequest  *request;  /* (owned) */
  DioAccount  *account;  /* (owned) (nullable) */
  DioJobRemote remote;   /* (owned) */
  gint64       created;
  GPtrArray   *results;  /* (owned) (element-type DioResult) */
  gpointer     owner;    /* (nullable): a store; nobody's where %NULL */
  guint        n_begun;  /* how often it was begun to be sent */
  guint        n_writes;
} TestRow;

#define TEST_TYPE_STORE (test_store_get_type ())
G_DECLARE_FINAL_TYPE (TestStore, test_store, TEST, STORE, GObject)

struct _TestStore
{
  GObject     parent_instance;
  GHashTable *rows;    /* (owned) (element-type TestRow): by id */
  gboolean    slow;    /* keeps its answers until test_release() */
  guint       n_full;  /* how many of the next writings fail */
  GQueue      waiting; /* (owned): tasks held back while slow */
};

typedef struct
{
  GListStore   *providers;
  TestProvider *provider;
  TestStore    *store;
  DioJobQueue  *queue;
} Fixture;

void       test_set_up          (Fixture       *fixture,
                                 gconstpointer  data);
void       test_tear_down       (Fixture       *fixture,
                                 gconstpointer  data);
void       test_settle          (void);
void       test_release         (Fixture       *fixture);

/* Jobs */
DioJob    *test_make_job        (Fixture       *fixture,
                                 guint          count,
                                 const char    *account);
DioJob    *test_add_job         (Fixture       *fixture);
DioJob    *test_add_job_for     (Fixture       *fixture,
                                 guint          count,
                                 const char    *account);
TestRow   *test_get_row         (Fixture       *fixture,
                                 DioJob        *job);
TestRow   *test_add_row         (Fixture       *fixture,
                                 DioJobState    state,
                                 guint          count);
void       test_row_add_result  (TestRow       *row,
                                 guint          index);
DioJob    *test_get_listed      (Fixture       *fixture,
                                 guint          position);
guint      test_restore         (Fixture       *fixture);
void       test_assert_state    (Fixture       *fixture,
                                 DioJob        *job,
                                 DioJobState    state);

/* What the driver of a job does */
gboolean   test_is_running      (Fixture       *fixture,
                                 DioJob        *job);
void       test_accept          (Fixture       *fixture,
                                 DioJob        *job);
void       test_deliver         (Fixture       *fixture,
                                 DioJob        *job,
                                 guint          index);
void       test_end             (Fixture       *fixture,
                                 DioJob        *job,
                                 GError        *error);
void       test_end_unsent      (Fixture       *fixture,
                                 DioJob        *job,
                                 DioError       code,
                                 gint64         retry_at);

#define TEST_ADD(name, func) g_test_add (name, Fixture, NULL, test_set_up, func, test_tear_down)

G_END_DECLS
