/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known today of the fields of Runware's models. */

#pragma once

#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

typedef struct _DioRunwareLore DioRunwareLore;

DioRunwareLore *dio_runware_lore_new          (void);
void            dio_runware_lore_free         (DioRunwareLore       *self);
GHashTable     *dio_runware_lore_ref_fields   (DioRunwareLore       *self,
                                               const char           *model_id);
void            dio_runware_lore_learn_async  (DioRunwareLore       *self,
                                               DioHostedProvider    *provider,
                                               DioHostedCall        *call,
                                               gboolean              may_ask,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
void            dio_runware_lore_learn_finish (DioRunwareLore       *self,
                                               DioHostedProvider    *provider,
                                               GAsyncResult         *result);

G_END_DECLS
