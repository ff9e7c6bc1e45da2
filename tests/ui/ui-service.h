/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of the desktop that a test offers itself. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _UiService UiService;

UiService *ui_service_new  (GDBusConnection              *bus,
                            const char                   *name,
                            const char                   *path,
                            const char                   *interface_xml,
                            GDBusInterfaceMethodCallFunc  called,
                            gpointer                      user_data);
void       ui_service_free (UiService                    *self);

G_END_DECLS
