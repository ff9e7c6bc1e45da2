/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes the picture. */

#pragma once

#include "dio-http.h"
#include "dio-job-store.h"
#include "dio-key-store.h"
#include "dio-model-info.h"
#include "dio-preview.h"

G_BEGIN_DECLS

#define DIO_TYPE_PROVIDER (dio_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (DioProvider, dio_provider, DIO, PROVIDER, GObject)

/**
 * DioAccountKind:
 * @id: in the account; never changed
 * @title: translatable
 * @help: (nullable): translatable, where its key is had
 * @address: (nullable): documented scheme and host; %NULL where the person gives them
 * @key_title: translatable, what the key is called
 * @secret_title: (nullable): translatable; where a key has two halves, they are
 *   kept as one text with a colon between
 *
 * A sort of account that a provider knows.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *help;
  const char *address;
  const char *key_title;
  const char *secret_title;
} DioAccountKind;

/**
 * DioProviderFacts:
 * @photos_go: (nullable): translatable, one sentence on where the photos go and
 *   whether they become reachable by an address
 * @warning: (nullable): translatable, what its owner warns of
 * @warning_url: (nullable): where the owner tells more
 * @cancel_bills: translatable, whether a cancelled job is still charged
 * @kinds: (array length=n_kinds): sorts of account, the usual first; none where
 *   no account is needed
 * @has_upload_url: an account may have an upload address of the person's own
 * @takes_addresses: a photo from the web may go by its address
 * @can_ask_price: dio_provider_ask_price_async() is answered
 *
 * What a person should know of a provider before paying it, as data.
 */
typedef struct
{
  const char           *photos_go;
  const char           *warning;
  const char           *warning_url;
  const char           *cancel_bills;
  const DioAccountKind *kinds;
  guint                 n_kinds;
  gboolean              has_upload_url;
  gboolean              takes_addresses;
  gboolean              can_ask_price;
} DioProviderFacts;

/**
 * DioKeyVerdict:
 * @DIO_KEY_UNKNOWN: it cannot be told
 * @DIO_KEY_ACCEPTED: the provider knows the key
 * @DIO_KEY_REFUSED: the key is wrong, or the clock it was signed with
 */
typedef enum
{
  DIO_KEY_UNKNOWN,
  DIO_KEY_ACCEPTED,
  DIO_KEY_REFUSED,
} DioKeyVerdict;

/**
 * DioProviderClass:
 * @id: never shown, never changed
 * @display_name: as its owner writes it; translatable where it is ours
 * @is_local: nothing leaves this computer, nothing is paid
 * @max_jobs: how many slots an account has
 * @facts: what to know before paying
 * @models: (array length=n_models): its models
 * @get_slots: how many slots a job takes; one where %NULL
 * @estimate: what a request will cost by what is known here; a provider without
 *   a list has %NULL
 * @check: what must hold between the values of a request beyond their limits;
 *   %NULL where nothing must
 * @run_async: drives a job from its present state to its end: reports with
 *   dio_job_report(), hands pictures over with dio_job_deliver(), has the store
 *   write what is known before it goes on, all from the thread it was called in
 * @run_finish: %FALSE with an error when the job ended without all its pictures.
 *   Where dio_job_get_remote()->retry_at lies ahead and nothing was accepted, the
 *   job is not over: it waits until then.
 * @preview_async: prepares the photos and tells what would be sent; sends nothing
 * @ask_price_async: asks the provider what a request will cost
 * @test_key_async: asks the provider whether it knows the key, without spending
 */
struct _DioProviderClass
{
  GObjectClass            parent_class;

  const char             *id;
  const char             *display_name;
  gboolean                is_local;
  guint                   max_jobs;
  const DioProviderFacts *facts;
  const DioModelSpec     *models;
  guint                   n_models;

  guint         (*get_slots)        (DioProvider          *self,
                                     DioRequest           *request);
  void          (*estimate)         (DioProvider          *self,
                                     DioRequest           *request,
                                     DioPrice             *price);
  gboolean      (*check)            (DioProvider          *self,
                                     DioRequest           *request,
                                     GError              **error);
  void          (*run_async)        (DioProvider          *self,
                                     DioJob               *job,
                                     DioJobStore          *store,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
  gboolean      (*run_finish)       (DioProvider          *self,
                                     GAsyncResult         *result,
                                     GError              **error);
  void          (*preview_async)    (DioProvider          *self,
                                     DioRequest           *request,
                                     const DioAccount     *account,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
  DioPreview   *(*preview_finish)   (DioProvider          *self,
                                     GAsyncResult         *result,
                                     GError              **error);
  void          (*ask_price_async)  (DioProvider          *self,
                                     DioRequest           *request,
                                     const DioAccount     *account,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
  gboolean      (*ask_price_finish) (DioProvider          *self,
                                     GAsyncResult         *result,
                                     DioPrice             *price,
                                     GError              **error);
  void          (*test_key_async)   (DioProvider          *self,
                                     const DioAccount     *account,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
  gboolean      (*test_key_finish)  (DioProvider          *self,
                                     GAsyncResult         *result,
                                     DioKeyVerdict        *verdict,
                                     DioPrice             *balance,
                                     GError              **error);
};

const char             *dio_provider_get_id           (DioProvider          *self);
const char             *dio_provider_get_display_name (DioProvider          *self);
gboolean                dio_provider_is_local         (DioProvider          *self);
guint                   dio_provider_get_max_jobs     (DioProvider          *self);
const char             *dio_provider_get_cache_folder (DioProvider          *self);
DioKeyStore            *dio_provider_get_key_store    (DioProvider          *self);
DioHttp                *dio_provider_get_http         (DioProvider          *self);
GListModel             *dio_provider_get_models       (DioProvider          *self);
const DioProviderFacts *dio_provider_get_facts        (DioProvider          *self);
guint                   dio_provider_get_slots        (DioProvider          *self,
                                                       DioRequest           *request);
void                    dio_provider_estimate         (DioProvider          *self,
                                                       DioRequest           *request,
                                                       const DioAccount     *account,
                                                       DioPrice             *price);
gboolean                dio_provider_check            (DioProvider          *self,
                                                       DioRequest           *request,
                                                       GError              **error);
void                    dio_provider_run_async        (DioProvider          *self,
                                                       DioJob               *job,
                                                       DioJobStore          *store,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean                dio_provider_run_finish       (DioProvider          *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void                    dio_provider_preview_async    (DioProvider          *self,
                                                       DioRequest           *request,
                                                       const DioAccount     *account,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
DioPreview             *dio_provider_preview_finish   (DioProvider          *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void                    dio_provider_ask_price_async  (DioProvider          *self,
                                                       DioRequest           *request,
                                                       const DioAccount     *account,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean                dio_provider_ask_price_finish (DioProvider          *self,
                                                       GAsyncResult         *result,
                                                       DioPrice             *price,
                                                       GError              **error);
void                    dio_provider_test_key_async   (DioProvider          *self,
                                                       const DioAccount     *account,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean                dio_provider_test_key_finish  (DioProvider          *self,
                                                       GAsyncResult         *result,
                                                       DioKeyVerdict        *verdict,
                                                       DioPrice             *balance,
                                                       GError              **error);

G_END_DECLS
