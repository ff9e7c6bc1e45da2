/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second port, which stands for another host: results and uploads, and
 * nobody there has to know a key. */

#include "config.h"

#include "dialects.h"
#include "gather.h"
#include "json-make.h"

#include "dio-image-header.h"

#include <string.h>

static void
answer_not_found (Exchange *exchange)
{
  static const char text[] = "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>";

  exchange_reply_bytes (exchange, 404, g_bytes_new_static (text, strlen (text)), "application/xml");
}

static const char *
get_mime_type (GBytes *bytes)
{
  DioImageHeader header;

  if (!dio_image_header_read (bytes, &header, NULL))
    return "application/octet-stream";

  return dio_image_format_get_mime_type (header.format);
}

static void
picture_cb (GBytes   *bytes,
            gpointer  user_data)
{
  Exchange *exchange = user_data;

  if (g_str_has_suffix (exchange->path, ".base64"))
    {
      char *text = encode_picture (bytes, exchange->job, FALSE);

      exchange_reply_bytes (exchange, 200, g_bytes_new_take (text, strlen (text)), "text/plain");
    }
  else
    {
      exchange_reply_bytes (exchange, 200, g_bytes_ref (bytes), get_mime_type (bytes));
    }
}

/* Promised addresses are not there until the job is done. */
static void
answer_picture (Exchange *exchange)
{
  Job *job = exchange->job;

  if (exchange->index >= job_get_n_made (job) || exchange->index < job->missing || job->fails ||
      job->refused != NULL || !job_is_kept (job))
    answer_not_found (exchange);
  else
    pictures_make (exchange->server->pictures, job, exchange->index,
                   settings_get_bool (server_settings (exchange->server), "compose"),
                   settings_get_int (server_settings (exchange->server), "grain"), picture_cb,
                   exchange_ref (exchange), (GDestroyNotify) exchange_unref);
}

static char *
dup_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_strndup (slash + 1, strcspn (slash + 1, "."));
}

static void
answer_upload (Exchange *exchange)
{
  g_autofree char *id = dup_name (exchange->path);
  GBytes *bytes = uploads_find (exchange->server->uploads, id);

  if (bytes != NULL)
    exchange_reply_bytes (exchange, 200, g_bytes_ref (bytes), get_mime_type (bytes));
  else
    answer_not_found (exchange);
}

/**
 * cdn_begin:
 * @exchange: a request
 * @path: of it
 */
void
cdn_begin (Exchange   *exchange,
           const char *path)
{
  g_autofree char *name = dup_name (path);

  if (g_str_has_prefix (path, "/uploads/"))
    {
      exchange_start (exchange, "cdn", "fetch-upload", answer_upload);
      return;
    }

  if (g_str_has_prefix (path, "/pictures/") || g_str_has_prefix (path, "/texts/"))
    exchange->job = jobs_find_picture (exchange->server->jobs, name, &exchange->index);

  if (exchange->job != NULL)
    exchange_start (exchange, exchange->job->dialect, "download", answer_picture);
  else
    exchange_start (exchange, "cdn", "download", answer_not_found);
}
