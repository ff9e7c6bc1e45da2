/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's notifications, as a test sees them. */

#pragma once

#include "ui-service.h"

G_BEGIN_DECLS

typedef struct
{
  UiService *service; /* (owned) */
  char      *told;    /* (owned) (nullable): title and text of the last */
  guint      n_told;
  guint      n_closed;
} UiNotifications;

UiNotifications *ui_notifications_new  (GDBusConnection *bus);
void             ui_notifications_free (UiNotifications *self);

G_END_DECLS
