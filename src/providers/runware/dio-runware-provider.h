/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware, and the models that are reached through it. */

#pragma once

#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

#define DIO_TYPE_RUNWARE_PROVIDER (dio_runware_provider_get_type ())
G_DECLARE_FINAL_TYPE (DioRunwareProvider, dio_runware_provider, DIO, RUNWARE_PROVIDER, DioHostedProvider)

G_END_DECLS
