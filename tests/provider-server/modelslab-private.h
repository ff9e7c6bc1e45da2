/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab, shared by its files. */

#pragma once

#include "exchange.h"

G_BEGIN_DECLS

void       modelslab_refuse         (Exchange   *exchange,
                                     guint       status,
                                     const char *parameter,
                                     const char *message);
void       modelslab_create         (Exchange   *exchange);
void       modelslab_tell           (Exchange   *exchange,
                                     Job        *job,
                                     gboolean    created);
JsonNode  *modelslab_make_id        (Exchange   *exchange,
                                     Job        *job);
JsonArray *modelslab_list_addresses (Exchange   *exchange,
                                     Job        *job);

G_END_DECLS
