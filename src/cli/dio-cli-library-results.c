/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of a library: searched, and removed for good. */

#include "config.h"

#include "dio-cli-library.h"

#include "dio-cli.h"
#include "dio-result-list.h"

#include <glib/gi18n.h>

/* Some thousand years. */
#define MAX_DAYS 1000000

static void
add_result (JsonBuilder *builder,
            DioResult   *result)
{
  g_autofree char *path = g_filename_display_name (dio_result_get_path (result));

  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "id", dio_result_get_id (result));
  dio_cli_add_text (builder, "file", path);
  dio_cli_add_text (builder, "job", dio_result_get_job_id (result));
  dio_cli_add_time (builder, "created", dio_result_get_created (result));
  dio_cli_add_text (builder, "provider", dio_result_get_provider_id (result));
  dio_cli_add_text (builder, "model", dio_result_get_model_id (result));
  dio_cli_add_text (builder, "prompt", dio_result_get_prompt (result));
  json_builder_set_member_name (builder, "rating");
  json_builder_add_int_value (builder, dio_result_get_rating (result));
  dio_cli_add_text (builder, "verdict", dio_verdict_get_nick (dio_result_get_verdict (result)));
  json_builder_end_object (builder);
}

static void
failed_cb (DioResultList  *list,
           const GError   *reason,
           GError        **error)
{
  if (*error == NULL)
    *error = g_error_copy (reason);
}

/* Returns: (transfer full) (nullable): NULL once reading has failed, and where
 * another process has taken it away meanwhile */
static DioResult *
read_result (DioResultList  *list,
             guint           position,
             GError        **failure)
{
  g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (list), position);
  DioResult *result = NULL;

  while (slot != NULL && (result = dio_result_slot_get_result (slot)) == NULL &&
         !dio_result_slot_get_is_missing (slot) && *failure == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result != NULL && *failure == NULL ? g_object_ref (result) : NULL;
}

static void
print_results (DioResultList  *list,
               gboolean        json,
               GError        **failure)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  json_builder_begin_array (builder);
  for (guint i = 0; i < n && *failure == NULL; i++)
    {
      g_autoptr(DioResult) result = read_result (list, i, failure);

      if (result != NULL && json)
        add_result (builder, result);
      else if (result != NULL)
        dio_cli_print (dio_result_get_path (result));
    }
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  if (json && *failure == NULL)
    dio_cli_print_json (node);
}

gboolean
dio_cli_library_search (DioCliLibrary  *self,
                        GError        **error)
{
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(GError) failure = NULL;

  query->text = dio_cli_decode (self->argument, error);
  query->in_trash = self->trash;
  if (query->text == NULL || !dio_cli_studio_open (self->studio, self->cancellable, error))
    return FALSE;

  list = dio_result_list_new (dio_studio_get_library (self->studio));
  g_signal_connect (list, "failed", G_CALLBACK (failed_cb), &failure);
  dio_result_list_set_query (list, query);
  while (dio_result_list_get_is_loading (list))
    g_main_context_iteration (NULL, TRUE);

  if (failure == NULL)
    print_results (list, self->json, &failure);
  g_signal_handlers_disconnect_by_data (list, &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

gboolean
dio_cli_library_empty_trash (DioCliLibrary  *self,
                             GError        **error)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  gint64 before = g_get_real_time () - MIN (self->days, MAX_DAYS) * G_TIME_SPAN_DAY;
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *line = NULL;
  guint n_removed;

  if (!dio_cli_studio_open (self->studio, self->cancellable, error))
    return FALSE;

  dio_library_empty_trash_async (library, before, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);
  if (!dio_library_empty_trash_finish (library, result, &n_removed, error))
    return FALSE;

  if (!self->json)
    {
      line = g_strdup_printf (ngettext ("%u result is gone for good.", "%u results are gone for good.", n_removed),
                              n_removed);
      dio_cli_print (line);
    }

  return TRUE;
}
