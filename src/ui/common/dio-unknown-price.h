/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks whether to send what nobody knows the price of, where a cap is set. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The response that agrees. */
#define DIO_UNKNOWN_PRICE_SEND "send"

AdwMessageDialog *dio_unknown_price_dialog_new (GtkWidget  *near,
                                                const char *providers);

G_END_DECLS
