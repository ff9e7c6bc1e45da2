/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches a file from an address that an answer named. Nothing of ours goes with
 * the question, and the file appears under its name whole or not at all. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

#define MAX_REDIRECTS 5

/* The task data of dio_http_download_async(). */
typedef struct
{
  /* Given */
  char            *path;       /* (owned): of the destination */
  goffset          max_bytes;
  DioHttpProgress  progress;

  /* Under way */
  DioHttpExchange *exchange;   /* (owned) (nullable) */
  guint            n_redirects;
  char            *part;       /* (owned) (nullable): path of the unfinished file */
  GOutputStream   *output;     /* (owned) (nullable) */
  GBytes          *block;      /* (owned) (nullable): being written */
  GError          *error;      /* (owned) (nullable): why it ends */
} Download;

static void read_block (GTask *task);
static void follow     (GTask *task,
                        GUri  *uri);

static void
download_free (gpointer data)
{
  Download *download = data;

  g_clear_object (&download->exchange);
  g_clear_object (&download->output);
  g_clear_pointer (&download->block, g_bytes_unref);
  g_clear_error (&download->error);
  g_free (download->part);
  g_free (download->path);
  g_free (download);
}

static DioError
get_status_code (guint status)
{
  switch (status)
    {
    case 401:
      return DIO_ERROR_PERMISSION;

    case 403:
    case 404:
      return DIO_ERROR_NOT_FOUND;

    case 410:
      return DIO_ERROR_EXPIRED;

    case 408:
    case 504:
      return DIO_ERROR_TIMEOUT;

    case 429:
    case 503:
      return DIO_ERROR_BUSY;

    default:
      return status >= 500 ? DIO_ERROR_SERVER : DIO_ERROR_REPLY;
    }
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!dio_http_part_end_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (download->error != NULL)
    g_task_return_error (task, g_steal_pointer (&download->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The one way out. Without @error the file gets its name. */
static void
end_download (GTask  *task,
              GError *error)
{
  Download *download = g_task_get_task_data (task);

  if (download->exchange != NULL)
    dio_http_exchange_close (download->exchange);

  if (download->output == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  download->error = error;
  dio_http_part_end_async (download->part, download->path, g_steal_pointer (&download->output),
                           error == NULL, ended_cb, g_object_ref (task));
}

static GError *
fail_storage (Download     *download,
              const GError *error)
{
  g_autofree char *folder = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  folder = g_path_get_dirname (download->path);

  return g_error_new (DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", folder, error->message);
}

static void
block_written_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    {
      end_download (task, fail_storage (download, error));
      return;
    }

  read_block (task);
}

static void
block_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&download->block, g_bytes_unref);
  download->block = dio_http_exchange_read_finish (DIO_HTTP_EXCHANGE (object), result, &error);
  if (download->block == NULL || g_bytes_get_size (download->block) == 0)
    {
      end_download (task, error);
      return;
    }

  g_output_stream_write_all_async (download->output,
                                   g_bytes_get_data (download->block, NULL),
                                   g_bytes_get_size (download->block),
                                   G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task),
                                   block_written_cb,
                                   g_object_ref (task));
}

static void
read_block (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  dio_http_exchange_read_async (download->exchange, block_read_cb, g_object_ref (task));
}

static void
part_created_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  download->output = G_OUTPUT_STREAM (g_file_create_finish (G_FILE (object), result, &error));
  if (download->output == NULL)
    {
      end_download (task, fail_storage (download, error));
      return;
    }

  read_block (task);
}

static void
create_part (GTask *task)
{
  Download *download = g_task_get_task_data (task);
  g_autofree char *folder = g_path_get_dirname (download->path);
  g_autofree char *name = g_path_get_basename (download->path);
  g_autofree char *random = g_uuid_string_random ();
  g_autoptr(GFile) file = NULL;

  /* Beside the destination, since a rename does not leave the file system. */
  download->part = g_strdup_printf ("%s/.%s-%.8s", folder, name, random);
  file = g_file_new_for_path (download->part);
  g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                       part_created_cb, g_object_ref (task));
}

/* Returns: (transfer full): NULL with @error where there is no going on */
static GUri *
resolve_redirect (Download    *download,
                  SoupMessage *message,
                  GError     **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GUri) uri = NULL;

  if (location == NULL || ++download->n_redirects > MAX_REDIRECTS)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_REPLY, "The address of the file leads nowhere");
      return NULL;
    }

  uri = g_uri_parse_relative (soup_message_get_uri (message), location, SOUP_HTTP_URI_FLAGS, &local_error);
  if (uri == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_REPLY, "Redirected to no address: %s", local_error->message);
      return NULL;
    }

  return dio_http_address_check (uri, error) ? g_steal_pointer (&uri) : NULL;
}

static gboolean
is_encoded (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *encoding = soup_message_headers_get_list (headers, "Content-Encoding");

  return encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0;
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
header_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  DioHttpExchange *exchange = DIO_HTTP_EXCHANGE (object);
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Download *download = g_task_get_task_data (task);
  SoupMessage *message = dio_http_exchange_get_message (exchange);
  guint status = soup_message_get_status (message);
  GError *error = NULL;

  if (!dio_http_exchange_send_finish (exchange, result, &error))
    {
      end_download (task, error);
    }
  else if (is_redirect (status))
    {
      g_autoptr(GUri) uri = resolve_redirect (download, message, &error);

      if (uri != NULL)
        follow (task, uri);
      else
        end_download (task, error);
    }
  else if (status != SOUP_STATUS_OK)
    {
      end_download (task, g_error_new (DIO_ERROR, get_status_code (status), "%s answered %u for a file",
                                       g_uri_get_host (soup_message_get_uri (message)), status));
    }
  else if (is_encoded (message))
    {
      end_download (task, g_error_new (DIO_ERROR, DIO_ERROR_REPLY, "%s sent an encoded file, which was not asked for",
                                       g_uri_get_host (soup_message_get_uri (message))));
    }
  else
    {
      create_part (task);
    }
}

static void
follow (GTask *task,
        GUri  *uri)
{
  Download *download = g_task_get_task_data (task);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  g_autofree char *shown = dio_http_address_dup_shown (uri);

  /* Each step is checked here. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Pictures are packed as they are, and packing hides their length. */
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);

  if (download->exchange != NULL)
    dio_http_exchange_close (download->exchange);
  g_clear_object (&download->exchange);
  download->exchange = dio_http_exchange_new (message, shown, 0, download->max_bytes, download->progress,
                                              g_task_get_cancellable (task));
  dio_http_exchange_send_async (download->exchange, g_task_get_source_object (task),
                                header_read_cb, g_object_ref (task));
}

/**
 * dio_http_download_async:
 * @self: a sender
 * @url: where the file lies
 * @destination: a local file, which is replaced
 * @max_bytes: more than this is not read
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress, alive until @callback
 * @cancellable: (nullable): ends the download
 * @callback: called when the file has its name, or there is none
 * @user_data: data for @callback
 *
 * Follows at most five redirects. Neither a key nor a cookie is sent. The file need
 * not be on the disk yet: whoever keeps it sees to that.
 */
void
dio_http_download_async (DioHttp             *self,
                         const char          *url,
                         GFile               *destination,
                         goffset              max_bytes,
                         DioHttpProgressFunc  progress,
                         gpointer             progress_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) error = NULL;
  Download *download;

  g_return_if_fail (DIO_IS_HTTP (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (G_IS_FILE (destination) && g_file_peek_path (destination) != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  download = g_new0 (Download, 1);
  download->path = g_file_get_path (destination);
  download->max_bytes = max_bytes;
  download->progress = (DioHttpProgress) { progress, progress_data };

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_http_download_async);
  g_task_set_task_data (task, download, download_free);

  if (g_task_return_error_if_cancelled (task))
    return;
  /* Once the file has its name, it is there. */
  g_task_set_check_cancellable (task, FALSE);

  uri = dio_http_address_parse (url, &error);
  if (uri == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  follow (task, uri);
}

/**
 * dio_http_download_finish:
 * @self: a sender
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails as dio_http_send_finish() does, and with %DIO_ERROR_NOT_FOUND,
 * %DIO_ERROR_EXPIRED and the like where the server has no file to give, and
 * %DIO_ERROR_STORAGE where it could not be written. Then nothing is left of it.
 *
 * Returns: %TRUE when the whole file has its name
 */
gboolean
dio_http_download_finish (DioHttp       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_http_download_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
