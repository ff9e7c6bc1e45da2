/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate that nobody else has, for the time of one run. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *certificate_make   (char       **path,
                                     GError     **error);
void             certificate_forget (const char  *path);

G_END_DECLS
