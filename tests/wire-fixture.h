/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of dialects share: requests as a person makes them, replies out
 * of files, and what must hold whatever a server answers. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

#define WIRE_FIXTURE_ID "0b8e1c52-6c1d-4c0c-9f43-6f2a5f3f4d10"

/**
 * WireFixture:
 * @request: its id is %WIRE_FIXTURE_ID
 * @photos: (array): one for each reference
 * @n_photos: how many
 */
typedef struct
{
  DioRequest   *request;
  DioWirePhoto *photos;
  guint         n_photos;
} WireFixture;

/**
 * WireFixtureCase:
 * @name: what it shows
 * @object: the whole case
 * @reply: what comes over the wire
 */
typedef struct
{
  const char   *name;
  JsonObject   *object;
  DioHttpReply *reply;
} WireFixtureCase;

typedef void (*WireFixtureFunc) (WireFixtureCase *self);
typedef void (*WireFixtureFuzz) (DioHttpReply    *reply);

WireFixture  *wire_fixture_new            (const DioModelSpec *spec,
                                           const char         *references,
                                           const char         *prompt,
                                           const char         *values);
void          wire_fixture_free           (WireFixture        *self);
JsonNode     *wire_fixture_load           (const char         *folder,
                                           const char         *name);
DioHttpReply *wire_fixture_make_reply     (guint               status,
                                           const char         *text);
void          wire_fixture_for_each       (const char         *folder,
                                           const char         *name,
                                           WireFixtureFunc     func);
void          wire_fixture_fuzz           (const char         *folder,
                                           const char         *name,
                                           WireFixtureFuzz     func);
void          wire_fixture_assert_json    (JsonNode           *found,
                                           JsonNode           *wanted);
void          wire_fixture_assert_reply   (DioWireReply       *reply,
                                           JsonObject         *wanted);
void          wire_fixture_assert_sound   (DioWireReply       *reply);
void          wire_fixture_assert_limits  (const DioModelSpec *spec);
void          wire_fixture_assert_hidden  (DioHttpRequest     *request,
                                           const char         *secret);
JsonNode     *wire_fixture_read_body      (DioHttpRequest     *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireFixture, wire_fixture_free)

G_END_DECLS
