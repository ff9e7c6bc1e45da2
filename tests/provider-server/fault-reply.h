/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule says in place of the truth. */

#pragma once

#include "exchange.h"

G_BEGIN_DECLS

void fault_reply (Exchange *exchange);

G_END_DECLS
