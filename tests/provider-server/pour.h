/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes written past libsoup, since no proper server would. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Pour Pour;

Pour *pour_start (GIOStream *stream,
                  GBytes    *first,
                  GBytes    *again,
                  goffset    more,
                  guint      interval,
                  GPtrArray *owner);
void  pour_free  (Pour      *self);

G_END_DECLS
