/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole studio against a vendor's stand-in that fails as a table says: a library
 * on disk, a queue, a key store, real sockets. */

#pragma once

#include "dio-provider-server.h"
#include "dio-error.h"
#include "dio-keyring.h"
#include "dio-studio.h"
#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

/**
 * Vendor:
 * @name: in the names of the tests
 * @provider: its id
 * @dialect: what the server calls it
 * @kind: (nullable): of the account
 * @key: as the key store holds it
 * @find: what the server calls a question after a lost answer
 * @words: that ask for two small pictures
 */
typedef struct
{
  const char *name;
  const char *provider;
  const char *dialect;
  const char *kind;
  const char *key;
  const char *find;
  const char *words;
} Vendor;

typedef enum
{
  MODELSLAB,
  KLING,
  OFFICIAL, /* Kling's own platform, with signed tokens */
  RUNWARE,
  N_VENDORS,
} VendorIndex;

extern const Vendor vendors[N_VENDORS];

#define ONLY(vendor) (1 << (vendor))

/**
 * Ending:
 * @state: of the job
 * @code: of #DioError, or -1 for none
 * @billed: what the job says of it
 * @n_pictures: in the library
 * @n_charges: in the server's ledger
 */
typedef struct
{
  DioJobState state;
  int         code;
  DioBilled   billed;
  guint       n_pictures;
  guint       n_charges;
} Ending;

#define N_WANTED 2

#define DONE { DIO_JOB_DONE, -1, DIO_BILLED_YES, N_WANTED, 1 }
#define FAILED(code, billed, n_pictures, n_charges) \
  { DIO_JOB_FAILED, DIO_ERROR_##code, DIO_BILLED_##billed, n_pictures, n_charges }
#define NOT_SENT(code) FAILED (code, NO, 0, 0)
#define UNKNOWN(n_charges) \
  { DIO_JOB_OUTCOME_UNKNOWN, DIO_ERROR_OUTCOME_UNKNOWN, DIO_BILLED_UNKNOWN, 0, n_charges }
#define WAITING { DIO_JOB_WAITING, -1, DIO_BILLED_NO, 0, 0 }
#define ALL(...) { __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__ }

/**
 * FaultFlags:
 * @FAULT_SILENT: the server says nothing: wait for seconds, not for minutes
 * @FAULT_LASTING: it does not pass: news is waited for a moment, not for long
 * @FAULT_BIG_PHOTO: large enough that Runware has it uploaded
 * @FAULT_FINAL: nothing more can come of the job
 * @FAULT_TLS: the server has a certificate that nobody trusts
 * @FAULT_NO_HOST: the address has a name that does not exist
 * @FAULT_NO_SERVER: nobody listens at the address
 * @FAULT_AT_ONCE: a job is done when it is made
 * @FAULT_WAITS_FOR_NETWORK: as in the window
 */
typedef enum
{
  FAULT_SILENT = 1 << 0,
  FAULT_LASTING = 1 << 1,
  FAULT_BIG_PHOTO = 1 << 2,
  FAULT_FINAL = 1 << 3,
  FAULT_TLS = 1 << 4,
  FAULT_NO_HOST = 1 << 5,
  FAULT_NO_SERVER = 1 << 6,
  FAULT_AT_ONCE = 1 << 7,
  FAULT_WAITS_FOR_NETWORK = 1 << 8,
} FaultFlags;

/**
 * Fault:
 * @name: in the name of the test
 * @call: (nullable): what goes wrong; "find" is what each vendor calls it; %NULL
 *   for nothing at the server
 * @match: (nullable): more members of the rule's "match"
 * @does: (nullable): members of the rule
 * @more: (nullable): more rules, in front
 * @settings: (nullable): more settings of the server
 * @flags: see #FaultFlags
 * @vendors: bits of those it is for, or 0 for all
 * @wait: seconds at least for which a job waits that does
 * @endings: for each vendor
 */
typedef struct
{
  const char *name;
  const char *call;
  const char *match;
  const char *does;
  const char *more;
  const char *settings;
  guint       flags;
  guint       vendors;
  guint       wait;
  Ending      endings[N_VENDORS];
} Fault;

/**
 * FaultFixture:
 * @before: (owned): the composition before the job
 */
typedef struct
{
  const Vendor      *vendor;
  const Fault       *fault;
  char              *folder;
  DioProviderServer *server;
  DioHttp           *http;
  DioKeyring        *keys;
  DioStudio         *studio;
  DioComposition    *composition;
  DioAccount        *account;
  char              *before;
  DioJob            *job;
} FaultFixture;

void       fault_fixture_set_up         (FaultFixture *self,
                                         const Vendor *vendor,
                                         const Fault  *fault);
void       fault_fixture_tear_down      (FaultFixture *self);
void       fault_fixture_set_script     (FaultFixture *self,
                                         const char   *rules);
void       fault_fixture_generate       (FaultFixture *self);
void       fault_fixture_wait           (FaultFixture *self);
JsonObject *fault_fixture_get_dialect   (FaultFixture *self,
                                         JsonNode     *ledger);
guint      fault_fixture_count_charges  (FaultFixture *self);
gint64     fault_fixture_count_nodes    (FaultFixture *self);
char      *fault_describe_composition   (DioComposition *composition);

/* What holds whatever happens; in fault-checks.c. */
void       fault_check                  (FaultFixture *self,
                                         const Ending *ending);
void       fault_check_rest             (FaultFixture *self);
void       fault_check_folders          (FaultFixture *self);
char      *fault_describe               (FaultFixture *self);

/* Secrets, in fault-secrets.c. The odd one has all that is escaped somewhere. */
#define FAULT_ODD_KEY "odd+key/with=100%&space \\and\"quotes\""

void       fault_check_text             (const char    *text);
void       fault_check_tree             (const char    *path);
void       fault_watch_log              (void);

/* Tests that are no rows of a table. */
void       faults_add_shapes            (void);
void       faults_add_clock             (void);
void       faults_add_shown             (void);

/* The tables. */
extern const Fault faults_of_network[];
extern const Fault faults_of_create[];
extern const Fault faults_of_poll[];
extern const Fault faults_of_find[];
extern const Fault faults_of_upload[];
extern const Fault faults_of_download[];
extern const Fault faults_of_making[];

G_END_DECLS
