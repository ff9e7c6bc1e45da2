/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job has sent, once more in files: for curl, which is given a file of its
 * own with all requests, and with the sizes and qualities that were chosen. */

#include "config.h"

#include "bench-hosted.h"

#include "dio-prepared.h"
#include "kling/dio-kling-model.h"
#include "kling/dio-kling-wire.h"
#include "modelslab/dio-modelslab-model.h"
#include "modelslab/dio-modelslab-wire.h"
#include "runware/dio-runware-model.h"
#include "runware/dio-runware-wire.h"

static const DioPhotoLimits *
get_limits (const char *provider_id)
{
  if (g_str_equal (provider_id, "kling"))
    return &dio_kling_photo_limits;

  return g_str_equal (provider_id, "runware") ? &dio_runware_photo_limits : &dio_modelslab_photo_limits;
}

/* Of the brightness: the last step of libjpeg's table, scaled. */
static int
find_quality (const char *path)
{
  static const struct { int quality, last; } qualities[] = {
    { 95, 10 }, { 92, 16 }, { 90, 20 }, { 88, 24 }, { 84, 32 }, { 80, 40 },
    { 75, 50 }, { 71, 57 }, { 68, 63 }, { 65, 69 },
  };
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const guint8 *data = (const guint8 *) g_mapped_file_get_contents (file);
  gsize size = g_mapped_file_get_length (file);

  for (gsize i = 2; i + 68 < size; i++)
    if (data[i] == 0xff && data[i + 1] == 0xdb)
      {
        for (guint k = 0; k < G_N_ELEMENTS (qualities); k++)
          if (qualities[k].last == data[i + 68])
            return qualities[k].quality;
        return 0;
      }

  return 0;
}

static void
report_copy (const DioPrepared *copy,
             JsonBuilder       *report)
{
  json_builder_begin_object (report);
  json_builder_set_member_name (report, "width");
  json_builder_add_int_value (report, copy->width);
  json_builder_set_member_name (report, "height");
  json_builder_add_int_value (report, copy->height);
  json_builder_set_member_name (report, "bytes");
  json_builder_add_int_value (report, copy->size);
  json_builder_set_member_name (report, "quality");
  json_builder_add_int_value (report, find_quality (g_file_peek_path (copy->file)));
  json_builder_set_member_name (report, "reencoded");
  json_builder_add_boolean_value (report, (copy->changes & DIO_PREPARED_REENCODED) != 0);
  json_builder_end_object (report);
}

static void
write_body (DioHttpRequest *request,
            const char     *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GInputStream) body = dio_body_open (request->body);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileOutputStream) output = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);

  if (output == NULL ||
      g_output_stream_splice (G_OUTPUT_STREAM (output), body, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error) < 0)
    g_error ("%s", error->message);
}

static void
add_request (DioHttpRequest *request,
             const char     *folder,
             guint           number,
             GString        *config)
{
  g_autofree char *name = g_strdup_printf ("body-%u.json", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GHashTableIter iter;
  gpointer header;
  gpointer value;

  write_body (request, path);
  if (config->len > 0)
    g_string_append (config, "next\n");
  g_string_append_printf (config, "fail\nsilent\nshow-error\noutput = \"/dev/null\"\nurl = \"%s\"\n"
                          "header = \"Content-Type: application/json\"\nheader = \"Expect:\"\n"
                          "data-binary = \"@%s\"\n", request->url, path);

  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &header, &value))
    g_string_append_printf (config, "header = \"%s: %s\"\n", (char *) header, (char *) value);
}

static void
add_requests (DioRequest       *request,
              const DioAccount *account,
              const char       *key,
              DioWirePhoto     *photos,
              guint             n_photos,
              const char       *folder,
              GString          *config)
{
  gboolean is_runware = g_str_equal (account->provider_id, "runware");

  if (g_str_equal (account->provider_id, "kling"))
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DioHttpRequest) create = dio_kling_make_create (request, account, key, photos, n_photos, &error);

      if (create == NULL)
        g_error ("%s", error->message);
      add_request (create, folder, 0, config);
      return;
    }

  for (guint i = 0; i < n_photos; i++)
    {
      g_autoptr(DioHttpRequest) upload = is_runware ? dio_runware_make_upload (account, key, &photos[i])
                                                    : dio_modelslab_make_upload (account, key, &photos[i]);

      add_request (upload, folder, i, config);
    }
}

/* The copies come out of the cache, as they were made for @job. */
void
bench_bodies_write (DioJob           *job,
                    const DioAccount *account,
                    const char       *key,
                    const char       *cache_folder,
                    const char       *folder,
                    JsonBuilder      *report)
{
  DioRequest *request = dio_job_get_request (job);
  guint n = dio_request_get_n_references (request);
  g_autofree DioWirePhoto *photos = g_new0 (DioWirePhoto, n);
  g_autofree char *cache = g_build_filename (cache_folder, "prepared", NULL);
  g_autofree char *config_path = g_build_filename (folder, "curl.config", NULL);
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(GString) config = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  json_builder_set_member_name (report, "copies");
  json_builder_begin_array (report);
  for (guint i = 0; i < n; i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);
      DioPrepared *copy = dio_prepare (reference->bytes, reference->hash, get_limits (account->provider_id),
                                       cache, workers, NULL, &error);

      if (copy == NULL)
        g_error ("%s", error->message);
      report_copy (copy, report);
      photos[i] = (DioWirePhoto) { reference, copy->file, copy->size, copy->mime_type, reference->name, NULL };
    }
  json_builder_end_array (report);

  add_requests (request, account, key, photos, n, folder, config);
  if (!g_file_set_contents (config_path, config->str, config->len, &error))
    g_error ("%s", error->message);
}
