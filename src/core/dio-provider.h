/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes the picture. */

#pragma once

#include "dio-job.h"
#include "dio-model-info.h"

G_BEGIN_DECLS

#define DIO_TYPE_PROVIDER (dio_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (DioProvider, dio_provider, DIO, PROVIDER, GObject)

/**
 * DioProviderClass:
 * @id: never shown, never changed
 * @display_name: as its owner writes it; translatable where it is ours
 * @is_local: nothing leaves this computer, nothing is paid
 * @max_jobs: how many jobs it works on at a time
 * @models: (array length=n_models): its models
 * @run_async: drives a job from its present state to its end: reports with
 *   dio_job_report(), hands pictures over with dio_job_deliver(), both from the
 *   thread it was called in
 * @run_finish: %FALSE with an error when the job ended without all its pictures
 */
struct _DioProviderClass
{
  GObjectClass        parent_class;

  const char         *id;
  const char         *display_name;
  gboolean            is_local;
  guint               max_jobs;
  const DioModelSpec *models;
  guint               n_models;

  void     (*run_async)  (DioProvider          *self,
                          DioJob               *job,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data);
  gboolean (*run_finish) (DioProvider          *self,
                          GAsyncResult         *result,
                          GError              **error);
};

const char *dio_provider_get_id           (DioProvider          *self);
const char *dio_provider_get_display_name (DioProvider          *self);
gboolean    dio_provider_is_local         (DioProvider          *self);
guint       dio_provider_get_max_jobs     (DioProvider          *self);
const char *dio_provider_get_cache_folder (DioProvider          *self);
GListModel *dio_provider_get_models       (DioProvider          *self);
void        dio_provider_run_async        (DioProvider          *self,
                                           DioJob               *job,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dio_provider_run_finish       (DioProvider          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
