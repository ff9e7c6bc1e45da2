/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that are photos for the most part. */

#pragma once

#include <json-glib/json-glib.h>

JsonNode *json_parse_with_photos (GBytes *bytes);
