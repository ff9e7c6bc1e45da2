/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to Kling, as data. */

#include "config.h"

#include "kling/dio-kling-account.h"

#include "dio-error.h"
#include "kling/dio-kling-jwt.h"
#include "wire/dio-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RESELLER_PATH "/kling/v1/images/multi-image2image"
#define OFFICIAL_PATH "/v1/images/multi-image2image"

/* The first is that of an account that says nothing. */
const DioKlingKind dio_kling_kinds[DIO_KLING_N_KINDS] = {
  {
    .id = "reseller",
    .title = "ChainHub",
    .help = N_("The key of the account"),
    .base = "https://api.chainhub.tech",
    .path = RESELLER_PATH,
  },
  {
    .id = "official",
    .title = N_("Kling’s own platform"),
    .help = N_("The access key and the secret key, with a colon between them"),
    .base = "https://api-singapore.klingai.com",
    .path = OFFICIAL_PATH,
    .signs = TRUE,
  },
  {
    .id = "custom",
    .title = N_("Another reseller"),
    .help = N_("The key of the account"),
    .path = RESELLER_PATH,
  },
};

/**
 * dio_kling_find_kind:
 * @id: (nullable): an account's kind
 *
 * Returns: (nullable): the kind of that id; the first for %NULL
 */
const DioKlingKind *
dio_kling_find_kind (const char *id)
{
  if (id == NULL)
    return &dio_kling_kinds[0];

  for (guint i = 0; i < DIO_KLING_N_KINDS; i++)
    {
      if (g_str_equal (dio_kling_kinds[i].id, id))
        return &dio_kling_kinds[i];
    }

  return NULL;
}

/**
 * dio_kling_make_url:
 * @account: an account
 * @task_id: (nullable): a task's id as the server told it, or our own
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): the address of that task, or of the place where
 *   tasks are made
 */
char *
dio_kling_make_url (const DioAccount  *account,
                    const char        *task_id,
                    GError           **error)
{
  const DioKlingKind *kind = dio_kling_find_kind (account->kind);
  gboolean has_endpoint = account->endpoint != NULL && *account->endpoint != '\0';
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  if (kind == NULL || (kind->base == NULL && !has_endpoint))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Account “%s” has no address", account->name);
      return NULL;
    }

  if (task_id == NULL)
    return dio_wire_join_url (account->endpoint, kind->base != NULL ? kind->base : "", kind->path);

  /* Ids like base64 have been seen, with slashes in them. */
  escaped = g_uri_escape_string (task_id, NULL, FALSE);
  path = g_strconcat (kind->path, "/", escaped, NULL);

  return dio_wire_join_url (account->endpoint, kind->base != NULL ? kind->base : "", path);
}

/**
 * dio_kling_make_token:
 * @account: an account
 * @key: its key, as the keyring holds it
 * @now: the server's time in seconds since 1970
 *
 * Returns: (transfer full): what follows "Bearer"; it is as secret as the key
 */
char *
dio_kling_make_token (const DioAccount *account,
                      const char       *key,
                      gint64            now)
{
  const DioKlingKind *kind = dio_kling_find_kind (account->kind);
  g_autofree char *stripped = g_strstrip (g_strdup (key));
  const char *colon = strchr (stripped, ':');
  g_autofree char *access_key = NULL;

  /* A key of one piece is taken as it is, should the platform have such. */
  if (kind == NULL || !kind->signs || colon == NULL)
    return g_steal_pointer (&stripped);

  access_key = g_strndup (stripped, colon - stripped);

  return dio_kling_jwt_sign (access_key, colon + 1, now);
}
