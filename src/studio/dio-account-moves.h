/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves an account together with its key. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

/* An account and its key; a key of NULL leaves the one that is there. */
void      dio_studio_put_account_async     (DioStudio            *self,
                                            const DioAccount     *account,
                                            const char           *key,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean  dio_studio_put_account_finish    (DioStudio            *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/* The key comes back, so that an account can be put back with it. */
void      dio_studio_remove_account_async  (DioStudio            *self,
                                            const DioAccount     *account,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean  dio_studio_remove_account_finish (DioStudio            *self,
                                            GAsyncResult         *result,
                                            char                **key,
                                            GError              **error);

void      dio_studio_rename_account_async  (DioStudio            *self,
                                            const DioAccount     *account,
                                            const char           *name,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean  dio_studio_rename_account_finish (DioStudio            *self,
                                            GAsyncResult         *result,
                                            GError              **error);

gboolean  dio_studio_is_account_busy       (DioStudio            *self,
                                            const DioAccount     *account);

G_END_DECLS
