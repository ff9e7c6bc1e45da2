/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts, from wherever in the window something happens. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *dio_toast_new           (const char   *text);
AdwToast *dio_toast_new_for_error (const GError *error);
void      dio_toast_show          (GtkWidget    *near,
                                   AdwToast     *toast);

G_END_DECLS
