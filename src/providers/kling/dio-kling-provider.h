/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling, at its own platform and at those who resell it. */

#pragma once

#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

#define DIO_TYPE_KLING_PROVIDER (dio_kling_provider_get_type ())
G_DECLARE_FINAL_TYPE (DioKlingProvider, dio_kling_provider, DIO, KLING_PROVIDER, DioHostedProvider)

G_END_DECLS
