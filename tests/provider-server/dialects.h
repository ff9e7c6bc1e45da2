/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who answers which paths. */

#pragma once

#include "exchange.h"

G_BEGIN_DECLS

void modelslab_begin      (Exchange   *exchange,
                           const char *path);
void kling_begin_reseller (Exchange   *exchange,
                           const char *path);
void kling_begin_official (Exchange   *exchange,
                           const char *path);
void runware_begin        (Exchange   *exchange);
void runware_begin_schema (Exchange   *exchange,
                           const char *path);
void control_answer       (Exchange   *exchange,
                           const char *path);
void cdn_begin            (Exchange   *exchange,
                           const char *path);

G_END_DECLS
