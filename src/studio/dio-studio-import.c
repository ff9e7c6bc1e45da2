/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos into references: read with caps, looked through once, and kept by
 * their content, so that nothing that happens to the file later matters. */

#include "config.h"

#include "dio-studio.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-image-header.h"
#include "dio-paths.h"

#include <glib/gstdio.h>

/* Long enough to find a damaged file, small enough to be quick. */
#define TRIAL_SIDE 256

typedef struct
{
  /* Given */
  DioLibrary *library;   /* (owned) (nullable): where photos are kept */
  GFile      *file;      /* (owned) (nullable) */
  GBytes     *bytes;     /* (owned) (nullable): when there is no file */
  char       *file_name; /* (owned) (nullable) */
  char       *fetched;   /* (owned) (nullable): path of @file, where it is ours to remove */
} Import;

static void
import_free (Import *import)
{
  g_clear_object (&import->library);
  g_clear_object (&import->file);
  g_clear_pointer (&import->bytes, g_bytes_unref);
  g_free (import->file_name);
  if (import->fetched != NULL)
    g_unlink (import->fetched);
  g_free (import->fetched);
  g_free (import);
}

static DioReference *
import_bytes (Import        *import,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(DioPixels) trial = NULL;
  g_autoptr(GBytes) kept = NULL;
  DioImageHeader header;
  gboolean lies;

  if (!dio_image_header_read (import->bytes, &header, error))
    return NULL;

  trial = dio_image_decode (import->bytes, TRIAL_SIDE, NULL, cancellable, error);
  if (trial == NULL)
    return NULL;

  kept = import->library != NULL ? dio_library_keep_reference (import->library, import->bytes, error)
                                 : g_bytes_ref (import->bytes);
  if (kept == NULL)
    return NULL;

  /* Orientations 5 to 8 lie on their side. */
  lies = header.orientation >= 5;

  return dio_reference_new (kept, dio_image_format_get_mime_type (header.format),
                            lies ? header.height : header.width,
                            lies ? header.width : header.height,
                            import->file_name);
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Import *import = task_data;
  DioReference *reference = NULL;
  GError *error = NULL;

  if (import->bytes == NULL)
    import->bytes = dio_image_read_file (import->file, cancellable, &error);

  if (import->bytes != NULL)
    reference = import_bytes (import, cancellable, &error);

  if (reference == NULL)
    {
      if (import->file_name != NULL && error->domain == DIO_ERROR)
        g_prefix_error (&error, "%s: ", import->file_name);
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, reference, g_object_unref);
}

/* The thread may be the last to hold its own task, so that one holds nothing of
 * the main thread any more by now. */
static void
import_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Import *import = g_task_get_task_data (G_TASK (result));
  DioReference *reference;
  GError *error = NULL;

  g_clear_object (&import->library);
  reference = g_task_propagate_pointer (G_TASK (result), &error);
  if (reference != NULL)
    g_task_return_pointer (task, reference, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
begin_work (GTask  *task,
            Import *import)
{
  DioStudio *self = DIO_STUDIO (g_task_get_source_object (task));
  g_autoptr(GTask) work = NULL;

  if (dio_studio_get_keeps_photos (self))
    import->library = g_object_ref (dio_studio_get_library (self));
  work = g_task_new (NULL, g_task_get_cancellable (task), import_done_cb, g_object_ref (task));
  g_task_set_task_data (work, import, (GDestroyNotify) import_free);
  g_task_run_in_thread (work, import_thread);
}

static void
run_import (DioStudio           *self,
            Import              *import,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, run_import);
  begin_work (task, import);
}

/**
 * dio_studio_import_file_async:
 * @self: an open studio
 * @file: a picture file
 * @cancellable: (nullable): ends the import
 * @callback: called when it is read, or cannot be used
 * @user_data: data for @callback
 *
 * Finish with dio_studio_import_finish().
 */
void
dio_studio_import_file_async (DioStudio           *self,
                              GFile               *file,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *name = NULL;
  Import *import;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  import = g_new0 (Import, 1);
  import->file = g_object_ref (file);
  /* It is written to the database and shown, so it has to be UTF-8. */
  import->file_name = name != NULL ? g_filename_display_name (name) : NULL;
  run_import (self, import, cancellable, callback, user_data);
}

/**
 * dio_studio_import_bytes_async:
 * @self: an open studio
 * @bytes: a picture file's content, such as one that was pasted
 * @file_name: (nullable): what to call it
 * @cancellable: (nullable): ends the import
 * @callback: called when it is read, or cannot be used
 * @user_data: data for @callback
 *
 * Finish with dio_studio_import_finish().
 */
void
dio_studio_import_bytes_async (DioStudio           *self,
                               GBytes              *bytes,
                               const char          *file_name,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Import *import;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (bytes != NULL);

  import = g_new0 (Import, 1);
  import->bytes = g_bytes_ref (bytes);
  import->file_name = g_strdup (file_name);
  run_import (self, import, cancellable, callback, user_data);
}

static char *
dup_address_name (const char *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_path_get_basename (g_uri_get_path (uri)) : NULL;
}

/* Returns: (transfer full): where a picture from the web lies until it is read */
static char *
make_fetched_path (DioStudio  *self,
                   GError    **error)
{
  g_autofree char *folder = g_build_filename (dio_studio_get_cache_folder (self), "fetched", NULL);
  g_autofree char *name = g_uuid_string_random ();

  return dio_paths_make_folder (folder, error) ? g_build_filename (folder, name, NULL) : NULL;
}

static void
pending_import_free (Import **import)
{
  g_clear_pointer (import, import_free);
  g_free (import);
}

static void
address_fetched_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Import **import = g_task_get_task_data (task);
  GError *error = NULL;

  if (dio_http_download_finish (DIO_HTTP (object), result, &error))
    begin_work (task, g_steal_pointer (import));
  else
    g_task_return_error (task, error);
}

/**
 * dio_studio_import_address_async:
 * @self: an open studio
 * @address: where on the web a picture is, https
 * @cancellable: (nullable): ends the fetching
 * @callback: called when it is read, or cannot be used
 * @user_data: data for @callback
 *
 * Fetches it without telling who asks. Finish with dio_studio_import_finish().
 */
void
dio_studio_import_address_async (DioStudio           *self,
                                 const char          *address,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GFile) file = NULL;
  GError *error = NULL;
  Import **pending;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (address != NULL);

  pending = g_new0 (Import *, 1);
  *pending = g_new0 (Import, 1);
  (*pending)->file_name = dup_address_name (address);
  (*pending)->fetched = make_fetched_path (self, &error);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, run_import);
  g_task_set_task_data (task, pending, (GDestroyNotify) pending_import_free);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  file = g_file_new_for_path ((*pending)->fetched);
  (*pending)->file = g_object_ref (file);
  dio_http_download_async (dio_studio_get_http (self), address, file, DIO_IMAGE_MAX_BYTES, NULL, NULL,
                           cancellable, address_fetched_cb, g_steal_pointer (&task));
}

/**
 * dio_studio_import_finish:
 * @self: a studio
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): a subject without a name, in no composition
 */
DioReference *
dio_studio_import_finish (DioStudio     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, run_import), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
