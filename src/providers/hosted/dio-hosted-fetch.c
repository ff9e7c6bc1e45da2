/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings one picture here: downloads it or takes it out of an answer, then has it
 * checked. An address may not answer at once, or only half: it is asked a few
 * times. No key goes there. */

#include "config.h"

#include "hosted/dio-hosted-fetch.h"

#include "dio-cache-folder.h"
#include "dio-image-header.h"
#include "hosted/dio-hosted-private.h"
#include "hosted/dio-hosted-unpack.h"

#include <errno.h>
#include <glib/gstdio.h>

/* What a crash left behind of jobs that nobody has asked for since, after an hour. */
#define MAX_LEFT_BEHIND (256 * 1024 * 1024)
#define MIN_AGE         (60 * 60)

/* The task data of dio_hosted_fetch_async(). */
typedef struct
{
  /* Given */
  DioWirePictureKind   kind;
  char                *data;          /* (owned) (nullable): moves into the unpacking where it is base64 */
  guint                index;
  gint64               seed;
  double               cost;
  char                *id;            /* (owned) (nullable) */
  char                *prefix;        /* (owned): of the names of its files */
  DioHttpProgressFunc  progress;
  gpointer             progress_data;

  /* Under way */
  char                *folder;        /* (owned) */
  GFile               *file;          /* (owned) (nullable): what is downloaded */
  gboolean             is_kept;       /* it came before */
  guint                n_attempts;
} Fetch;

/* Plain data for a thread. */
typedef struct
{
  char *folder; /* (owned) */
  char *prefix; /* (owned): of what may be kept */
} Search;

static void attempt (GTask *task);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->data);
  g_free (fetch->id);
  g_free (fetch->prefix);
  g_free (fetch->folder);
  g_clear_object (&fetch->file);
  g_free (fetch);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->folder);
  g_free (search->prefix);
  g_free (search);
}

/* Returns: (transfer full): a path that nothing else has, by which whoever drives
 * the job next finds what could not be stored, or what a crash left behind */
static char *
make_path (Fetch *fetch)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (fetch->prefix, random, NULL);

  return g_build_filename (fetch->folder, name, NULL);
}

/* Returns: (transfer full) (nullable): the path of a file that came before */
static char *
find_kept (const Search *search)
{
  g_autoptr(GDir) dir = g_dir_open (search->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, search->prefix))
      return g_build_filename (search->folder, name, NULL);

  return NULL;
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Search *search = task_data;
  char *kept;

  if (g_mkdir_with_parents (search->folder, 0700) != 0)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot make %s: %s",
                               search->folder, g_strerror (errno));
      return;
    }

  kept = find_kept (search);
  if (kept != NULL)
    dio_cache_folder_mark_used (kept);
  dio_cache_folder_trim (search->folder, NULL, MAX_LEFT_BEHIND, MIN_AGE);
  g_task_return_pointer (task, kept, g_free);
}

static void
unpack_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (dio_hosted_unpack (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What a person can do about an address that gives nothing. */
static GError *
conclude (GError *error)
{
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND) ||
      g_error_matches (error, DIO_ERROR, DIO_ERROR_PERMISSION))
    error->code = DIO_ERROR_EXPIRED;
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_INVALID))
    error->code = DIO_ERROR_REPLY;
  /* A time-out says that nothing is billed, which this is. */
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_TIMEOUT))
    error->code = DIO_ERROR_SERVER;

  return error;
}

static gboolean
is_passing (const GError *error)
{
  return error->domain == DIO_ERROR &&
         error->code != DIO_ERROR_STORAGE && error->code != DIO_ERROR_INVALID && error->code != DIO_ERROR_EXPIRED;
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_hosted_wait_finish (result, &error))
    attempt (task);
  else
    g_task_return_error (task, error);
}

static void
fail (GTask    *task,
      GError   *error,
      gboolean  is_hopeless)
{
  Fetch *fetch = g_task_get_task_data (task);
  DioHostedProvider *provider = g_task_get_source_object (task);
  const DioHostedTimes *times = DIO_HOSTED_PROVIDER_GET_CLASS (provider)->times;

  /* What came inside an answer will not be another one. */
  if (is_hopeless || !is_passing (error) || fetch->kind == DIO_WIRE_PICTURE_BASE64 ||
      fetch->n_attempts > DIO_HOSTED_N_FETCH_DELAYS)
    {
      g_task_return_error (task, conclude (error));
      return;
    }

  g_debug ("A picture is asked for again: %s", error->message);
  g_error_free (error);
  dio_hosted_wait_async (times->fetch[fetch->n_attempts - 1], g_task_get_cancellable (task),
                         waited_cb, g_object_ref (task));
}

/* A clock that was set right behind the person's back is told of. */
static void
add_clock_note (DioHostedProvider *provider,
                DioPicture        *picture)
{
  gint64 seconds = ABS (dio_hosted_provider_get_clock (provider));
  g_autofree char *minutes = NULL;

  if (seconds == 0)
    return;

  minutes = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (1, (seconds + 30) / 60));
  g_ptr_array_add (picture->notes, dio_note_new (DIO_NOTE_WRONG_CLOCK, minutes));
}

static DioPicture *
make_picture (DioHostedProvider *provider,
              Fetch             *fetch,
              DioHostedUnpack   *unpack)
{
  DioPicture *picture = dio_picture_new (NULL, unpack->extension, fetch->index, unpack->width, unpack->height);

  picture->file = g_file_new_for_path (unpack->path);
  picture->seed = fetch->seed;
  picture->cost = fetch->cost;
  picture->remote_id = g_strdup (fetch->id);
  add_clock_note (provider, picture);

  return picture;
}

/* What was kept is not whole, or is a text with a picture in it. */
static void
begin_anew (GTask  *task,
            GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_debug ("A picture that was kept is fetched again: %s", error->message);
  g_error_free (error);
  fetch->is_kept = FALSE;
  attempt (task);
}

static void
unpacked_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Fetch *fetch = g_task_get_task_data (task);
  DioHostedUnpack *unpack = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, make_picture (g_task_get_source_object (task), fetch, unpack), (GDestroyNotify) dio_picture_unref);
  else if (fetch->is_kept)
    begin_anew (task, error);
  else
    fail (task, error, unpack->is_hopeless);
}

static void
unpack (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr(GTask) work = g_task_new (NULL, g_task_get_cancellable (task), unpacked_cb, g_object_ref (task));
  DioHostedUnpack *unpack = g_new0 (DioHostedUnpack, 1);

  if (fetch->kind == DIO_WIRE_PICTURE_URL || fetch->is_kept)
    {
      unpack->path = g_file_get_path (fetch->file);
    }
  else
    {
      unpack->path = make_path (fetch);
      if (fetch->kind == DIO_WIRE_PICTURE_BASE64)
        unpack->text = g_steal_pointer (&fetch->data);
      else
        unpack->text_path = g_file_get_path (fetch->file);
    }

  /* What was made is kept even when nobody waits for it any more. */
  g_task_set_check_cancellable (work, FALSE);
  g_task_set_task_data (work, unpack, (GDestroyNotify) dio_hosted_unpack_free);
  g_task_run_in_thread (work, unpack_thread);
}

static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_http_download_finish (DIO_HTTP (object), result, &error))
    unpack (task);
  else
    fail (task, error, FALSE);
}

static void
attempt (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  DioHttp *http = dio_provider_get_http (g_task_get_source_object (task));
  g_autofree char *path = make_path (fetch);

  fetch->n_attempts++;
  if (fetch->kind == DIO_WIRE_PICTURE_BASE64 && fetch->data == NULL)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_REPLY, "A picture that was kept is not whole");
      return;
    }
  if (fetch->kind == DIO_WIRE_PICTURE_BASE64)
    {
      unpack (task);
      return;
    }

  g_clear_object (&fetch->file);
  fetch->file = g_file_new_for_path (path);
  dio_http_download_async (http, fetch->data, fetch->file,
                           fetch->kind == DIO_WIRE_PICTURE_URL ? DIO_IMAGE_MAX_BYTES : DIO_HOSTED_MAX_BASE64,
                           fetch->progress, fetch->progress_data,
                           g_task_get_cancellable (task), downloaded_cb, g_object_ref (task));
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *kept = NULL;
  GError *error = NULL;

  kept = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
    }
  else if (kept != NULL)
    {
      fetch->is_kept = TRUE;
      fetch->file = g_file_new_for_path (kept);
      unpack (task);
    }
  else
    {
      attempt (task);
    }
}

/**
 * dio_hosted_fetch_dup_prefix:
 * @job_id: a job's id
 * @picture: one of its pictures
 *
 * Returns: (transfer full): what the names of its files begin with, by which those
 *   that came and could not be stored are found
 */
char *
dio_hosted_fetch_dup_prefix (const char             *job_id,
                             const DioHostedPicture *picture)
{
  g_autofree char *digest = NULL;

  /* What came inside an answer has no address. */
  if (picture->kind == DIO_WIRE_PICTURE_BASE64)
    return g_strdup_printf ("%s-%u-", job_id, picture->index);

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, picture->data, -1);

  return g_strdup_printf ("%s-%.16s-", job_id, digest);
}

/**
 * dio_hosted_fetch_async:
 * @provider: who has it
 * @job_id: of which job it is
 * @told: what is known of it; loses its data where that is the picture itself
 * @progress: (scope notified) (nullable): told how much has come
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it
 * @callback: called with the picture
 * @user_data: data for @callback
 */
void
dio_hosted_fetch_async (DioHostedProvider   *provider,
                        const char          *job_id,
                        DioHostedPicture    *told,
                        DioHttpProgressFunc  progress,
                        gpointer             progress_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr(GTask) work = NULL;
  Fetch *fetch = g_new0 (Fetch, 1);
  Search *search = g_new0 (Search, 1);

  fetch->prefix = dio_hosted_fetch_dup_prefix (job_id, told);
  fetch->kind = told->kind;
  fetch->data = told->kind == DIO_WIRE_PICTURE_BASE64 ? g_steal_pointer (&told->data) : g_strdup (told->data);
  fetch->index = told->index;
  fetch->seed = told->seed;
  fetch->cost = told->cost;
  fetch->id = g_strdup (told->id);
  fetch->progress = progress;
  fetch->progress_data = progress_data;
  fetch->folder = dio_hosted_provider_dup_folder (provider, DIO_HOSTED_DOWNLOADS);

  g_task_set_source_tag (task, dio_hosted_fetch_async);
  g_task_set_task_data (task, fetch, fetch_free);
  /* What is on the disk is handed over. */
  g_task_set_check_cancellable (task, FALSE);

  search->folder = g_strdup (fetch->folder);
  search->prefix = g_strdup (fetch->prefix);
  work = g_task_new (NULL, cancellable, searched_cb, g_object_ref (task));
  g_task_set_task_data (work, search, search_free);
  g_task_run_in_thread (work, search_thread);
}

/**
 * dio_hosted_fetch_finish:
 * @provider: who has it
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_EXPIRED, %DIO_ERROR_REPLY, and what
 *   dio_http_download_finish() fails with
 *
 * Returns: (transfer full): the picture, in a file that is the caller's
 */
DioPicture *
dio_hosted_fetch_finish (DioHostedProvider  *provider,
                         GAsyncResult       *result,
                         GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
