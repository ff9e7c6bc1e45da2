/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's Nano Banana server. */

#pragma once

#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

#define DIO_TYPE_MODELSLAB_PROVIDER (dio_modelslab_provider_get_type ())
G_DECLARE_FINAL_TYPE (DioModelslabProvider, dio_modelslab_provider, DIO, MODELSLAB_PROVIDER, DioHostedProvider)

G_END_DECLS
