/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All jobs of this run of the program, and what can be done with them. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_QUEUE_PAGE (dio_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (DioQueuePage, dio_queue_page, DIO, QUEUE_PAGE, GtkWidget)

void dio_queue_page_set_studio (DioQueuePage *self,
                                DioStudio    *studio);

G_END_DECLS
