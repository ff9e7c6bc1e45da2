/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a prompt: a fixed vocabulary, not understanding. */

#pragma once

#include "dio-plan.h"

G_BEGIN_DECLS

DioPlan *dio_vocabulary_read (const char               *prompt,
                              const DioCompositorInput *inputs,
                              guint                     n_inputs);

G_END_DECLS
