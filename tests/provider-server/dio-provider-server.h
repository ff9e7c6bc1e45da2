/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stand-in for the three vendors: it speaks their dialects as their documents
 * give them, checks what it is asked, keeps state, counts what it charges, and
 * fails where a script says so. Nothing of it comes from the product's own wire
 * code, so that each side checks the other. README.md tells of scripts. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is taken for right where the options say nothing. */
#define DIO_PROVIDER_SERVER_KEY        "provider-server-key"
#define DIO_PROVIDER_SERVER_ACCESS_KEY "provider-server-access"
#define DIO_PROVIDER_SERVER_SECRET_KEY "provider-server-secret"

/**
 * DioProviderServerOptions:
 * @port: to listen on, or 0 for any that is free; the results' port is always
 *   any that is free
 * @tls: https on both ports, with a certificate that nobody else has
 * @key: (nullable): of ModelsLab, Runware and the reseller of Kling
 * @access_key: (nullable): of the official Kling
 * @secret_key: (nullable): of the official Kling
 */
typedef struct
{
  guint16     port;
  gboolean    tls;
  const char *key;
  const char *access_key;
  const char *secret_key;
} DioProviderServerOptions;

#define DIO_TYPE_PROVIDER_SERVER (dio_provider_server_get_type ())
G_DECLARE_FINAL_TYPE (DioProviderServer, dio_provider_server, DIO, PROVIDER_SERVER, GObject)

DioProviderServer *dio_provider_server_new                  (const DioProviderServerOptions  *options,
                                                             GError                         **error);
char              *dio_provider_server_dup_url              (DioProviderServer               *self,
                                                             const char                      *path);
char              *dio_provider_server_dup_cdn_url          (DioProviderServer               *self,
                                                             const char                      *path);
GTlsCertificate   *dio_provider_server_get_certificate      (DioProviderServer               *self);
const char        *dio_provider_server_get_certificate_path (DioProviderServer               *self);

gboolean           dio_provider_server_set_script           (DioProviderServer               *self,
                                                             const char                      *json,
                                                             GError                         **error);
guint              dio_provider_server_get_n_held           (DioProviderServer               *self);
void               dio_provider_server_release              (DioProviderServer               *self,
                                                             const char                      *rule);
JsonNode          *dio_provider_server_get_ledger           (DioProviderServer               *self);
char              *dio_provider_server_dup_ledger           (DioProviderServer               *self);

G_END_DECLS
