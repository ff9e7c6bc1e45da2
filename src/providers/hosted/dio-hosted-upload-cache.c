/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which photos lie at a provider already: a small file each, in the cache. Whoever
 * has an address can see the photo, so that nobody else may read them. */

#include "config.h"

#include "hosted/dio-hosted-upload-cache.h"

#include "dio-cache-folder.h"
#include "dio-json.h"

#include <glib/gstdio.h>

#define MAX_TOTAL (1024 * 1024)
#define MIN_AGE   (60 * 60)

/**
 * dio_hosted_upload_cache_make_key:
 * @provider_id: where it lies
 * @endpoint: (nullable): of the account, or its upload address
 * @account: its name
 * @hash: of the bytes that were sent
 *
 * Returns: (transfer full): what an upload is found by; fit for a file name
 */
char *
dio_hosted_upload_cache_make_key (const char *provider_id,
                                  const char *endpoint,
                                  const char *account,
                                  const char *hash)
{
  g_autofree char *all = g_strjoin ("\n", provider_id, endpoint != NULL ? endpoint : "", account, hash, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

/**
 * dio_hosted_upload_cache_lookup:
 * @folder: the cache, which need not be there
 * @key: of an upload
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): what stands for the photo at the provider,
 *   where it is kept there still
 */
char *
dio_hosted_upload_cache_lookup (const char *folder,
                                const char *key)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return NULL;

  bytes = g_bytes_new (text, size);
  node = dio_json_parse (bytes, NULL);
  object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (dio_json_get_integer (object, "expires", 0) <= g_get_real_time ())
    return NULL;

  dio_cache_folder_mark_used (path);

  return g_strdup (dio_json_get_string (object, "address"));
}

/**
 * dio_hosted_upload_cache_store:
 * @folder: the cache, which is made if it is not there
 * @key: of an upload
 * @address: what stands for the photo
 * @life: seconds for which it does
 *
 * Blocks: for worker threads. What cannot be written is uploaded again.
 */
void
dio_hosted_upload_cache_store (const char *folder,
                               const char *key,
                               const char *address,
                               gint64      life)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "address");
  json_builder_add_string_value (builder, address);
  json_builder_set_member_name (builder, "expires");
  json_builder_add_int_value (builder, g_get_real_time () + life * G_USEC_PER_SEC);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("An upload is not remembered: %s", error != NULL ? error->message : folder);

  dio_cache_folder_trim (folder, NULL, MAX_TOTAL, MIN_AGE);
}

/**
 * dio_hosted_upload_cache_forget:
 * @folder: the cache
 * @key: of an upload that the provider does not know any more
 */
void
dio_hosted_upload_cache_forget (const char *folder,
                                const char *key)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);

  g_unlink (path);
}
