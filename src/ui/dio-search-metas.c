/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search in the desktop shows of results: prompt, maker and a small
 * picture, one result after the other, since a shell asks for a handful. */

#include "config.h"

#include "dio-search-metas.h"

#include "dio-image-decode.h"
#include "dio-thumbnail.h"
#include "dio-words.h"

#include <glib/gi18n.h>

#define ICON_SIDE 128
#define MAX_NAME 80

typedef struct
{
  /* Given */
  GStrv            ids;  /* (owned) */

  /* Under way */
  guint            next; /* of the ids */
  DioResult       *result; /* (owned) (nullable): whose picture is being read */

  /* Result */
  GVariantBuilder  metas;
} Loading;

static void load_next (GTask *task);

static void
loading_free (Loading *loading)
{
  g_strfreev (loading->ids);
  g_clear_object (&loading->result);
  g_variant_builder_clear (&loading->metas);
  g_free (loading);
}

static GVariant *
make_icon (const DioPixels *pixels)
{
  gsize size = (gsize) pixels->stride * (pixels->height - 1) + (gsize) pixels->width * pixels->channels;

  return g_variant_new ("(iiibii@ay)", pixels->width, pixels->height, pixels->stride,
                        pixels->channels == 4, 8, pixels->channels,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, pixels->data, size, 1));
}

static char *
make_name (DioResult *result)
{
  const char *prompt = dio_result_get_prompt (result);
  g_autofree char *start = NULL;

  if (prompt == NULL || *prompt == '\0')
    return g_strdup (_("Picture"));
  if (g_utf8_strlen (prompt, -1) <= MAX_NAME)
    return g_strdup (prompt);

  start = g_utf8_substring (prompt, 0, MAX_NAME - 1);
  return g_strconcat (start, "…", NULL);
}

static void
add_meta (Loading         *loading,
          DioStudio       *studio,
          const DioPixels *pixels)
{
  DioResult *result = loading->result;
  DioProvider *provider = dio_studio_find_provider (studio, dio_result_get_provider_id (result));
  const char *maker = provider != NULL ? _(dio_provider_get_display_name (provider))
                                       : dio_result_get_provider_id (result);
  g_autofree char *name = make_name (result);
  g_autofree char *caption = dio_format_caption (result, maker);
  GVariantBuilder *metas = &loading->metas;

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (dio_result_get_id (result)));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (caption));
  if (pixels != NULL)
    g_variant_builder_add (metas, "{sv}", "icon-data", make_icon (pixels));
  g_variant_builder_close (metas);
}

static void
read_picture_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  g_autoptr(GBytes) bytes = NULL;
  DioPixels *pixels = NULL;
  GError *error = NULL;

  bytes = dio_image_read_file (task_data, cancellable, &error);
  if (bytes != NULL)
    pixels = dio_thumbnail_make (bytes, ICON_SIDE, cancellable, &error);

  if (pixels != NULL)
    g_task_return_pointer (task, pixels, (GDestroyNotify) dio_pixels_unref);
  else
    g_task_return_error (task, error);
}

/* A result whose file is gone is found all the same, by its words. */
static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr(DioPixels) pixels = g_task_propagate_pointer (G_TASK (result), NULL);

  add_meta (loading, g_task_get_source_object (task), pixels);
  g_clear_object (&loading->result);
  load_next (task);
}

static void
result_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr(GTask) reading = NULL;

  loading->result = dio_library_load_result_finish (DIO_LIBRARY (source), result, NULL);
  if (loading->result == NULL)
    {
      load_next (task);
      return;
    }

  /* The thread must not be the last to hold the studio. */
  reading = g_task_new (NULL, NULL, picture_read_cb, task);
  g_task_set_source_tag (reading, result_loaded_cb);
  g_task_set_task_data (reading, g_file_new_for_path (dio_result_get_path (loading->result)), g_object_unref);
  g_task_run_in_thread (reading, read_picture_thread);
}

/* Takes @task over, and hands it on. */
static void
load_next (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  DioStudio *studio = g_task_get_source_object (task);
  const char *id = loading->ids[loading->next];

  if (id == NULL)
    {
      g_task_return_pointer (task, g_variant_ref_sink (g_variant_builder_end (&loading->metas)),
                             (GDestroyNotify) g_variant_unref);
      g_object_unref (task);
      return;
    }

  loading->next++;
  dio_library_load_result_async (dio_studio_get_library (studio), id, result_loaded_cb, task);
}

/* Of what is not there any more, nothing is told. */
void
dio_search_metas_load_async (DioStudio           *studio,
                             const char * const  *ids,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (studio, NULL, callback, user_data);
  Loading *loading = g_new0 (Loading, 1);

  g_task_set_source_tag (task, dio_search_metas_load_async);
  loading->ids = g_strdupv ((GStrv) ids);
  g_variant_builder_init (&loading->metas, G_VARIANT_TYPE ("aa{sv}"));
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  load_next (task);
}

/* Returns: (transfer full): of the type "aa{sv}" */
GVariant *
dio_search_metas_load_finish (DioStudio     *studio,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, studio), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_search_metas_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
