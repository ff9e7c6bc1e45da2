/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is called how in a document. */

#pragma once

#include "dio-document.h"

G_BEGIN_DECLS

#define DIO_DOCUMENT_TYPE_NAME   "mimetype"
#define DIO_DOCUMENT_JSON_NAME   "composition.json"
#define DIO_DOCUMENT_PHOTOS      "photos/"
#define DIO_DOCUMENT_MAX_ENTRIES 1002

G_END_DECLS
