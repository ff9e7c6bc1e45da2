/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which photos lie at a provider already, and for how long. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dio_hosted_upload_cache_make_key (const char *provider_id,
                                        const char *endpoint,
                                        const char *account,
                                        const char *hash);
char *dio_hosted_upload_cache_lookup   (const char *folder,
                                        const char *key);
void  dio_hosted_upload_cache_store    (const char *folder,
                                        const char *key,
                                        const char *address,
                                        gint64      life);
void  dio_hosted_upload_cache_forget   (const char *folder,
                                        const char *key);

G_END_DECLS
