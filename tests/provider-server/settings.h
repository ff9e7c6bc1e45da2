/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a script may choose of how the vendors behave. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _Settings Settings;

Settings   *settings_new        (JsonObject  *chosen,
                                 GError     **error);
void        settings_free       (Settings    *self);
const char *settings_get_string (Settings    *self,
                                 const char  *name);
int         settings_get_int    (Settings    *self,
                                 const char  *name);
double      settings_get_double (Settings    *self,
                                 const char  *name);
gboolean    settings_get_bool   (Settings    *self,
                                 const char  *name);
gboolean    settings_is         (Settings    *self,
                                 const char  *name,
                                 const char  *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_free)

G_END_DECLS
