/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes on this computer, with no key and no network. */

#pragma once

#include "dio-provider.h"

G_BEGIN_DECLS

#define DIO_TYPE_LOCAL_PROVIDER (dio_local_provider_get_type ())
G_DECLARE_FINAL_TYPE (DioLocalProvider, dio_local_provider, DIO, LOCAL_PROVIDER, DioProvider)

G_END_DECLS
