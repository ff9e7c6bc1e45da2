/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gallery and the comparison share a place; what is compared is put together
 * from either, and is there again after a restart. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-compare-memory.h"
#include "dio-compare-view.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

#define GALLERY "gallery"
#define COMPARE "compare"
#define N_LATEST 4

static void
save_set_cb (DioWindow *self)
{
  dio_compare_set_save (self->compare_set, self->studio);
}

static void
connect_saving (DioWindow *self)
{
  g_signal_connect_object (self->compare_set, "items-changed", G_CALLBACK (save_set_cb), self, G_CONNECT_SWAPPED);
}

/* What was put together meanwhile is what is wanted. */
static void
set_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DioWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = dio_compare_set_load_finish (DIO_STUDIO (source), result, &error);

  if (error != NULL)
    g_message ("%s", error->message);
  if (self->compare_set == NULL)
    return;

  if (entries != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->compare_set)) == 0)
    dio_compare_set_replace (self->compare_set, entries);
  connect_saving (self);
}

/* The comparison is made when it is first looked at. */
static DioCompareSet *
get_set (DioWindow *self,
         gboolean   remembers)
{
  DioCompareView *view;

  if (self->compare_set != NULL)
    return self->compare_set;

  self->compare_set = dio_compare_set_new ();
  view = g_object_new (DIO_TYPE_COMPARE_VIEW, NULL);
  dio_compare_view_set_studio (view, self->studio, self->compare_set,
                               dio_composition_get_references (self->composition));
  gtk_stack_add_named (self->content, GTK_WIDGET (view), COMPARE);
  if (remembers)
    dio_compare_set_load_async (self->studio, dio_composition_get_references (self->composition),
                                set_loaded_cb, g_object_ref (self));
  else
    connect_saving (self);

  return self->compare_set;
}

void
dio_window_show_content (DioWindow  *self,
                         const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "content");

  if (g_str_equal (name, COMPARE))
    get_set (self, TRUE);
  gtk_stack_set_visible_child (self->pages, self->compose_page);
  gtk_stack_set_visible_child_name (self->content, name);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static void
content_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (g_str_equal (name, GALLERY) || g_str_equal (name, COMPARE))
    dio_window_show_content (user_data, name);
}

typedef struct
{
  DioWindow *window; /* (owned) */
  gboolean   replaces;
} Adding;

static void
adding_free (Adding *adding)
{
  g_object_unref (adding->window);
  g_free (adding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static void
tell_full (DioWindow *self)
{
  g_autofree char *text = NULL;

  /* Translators: a toast; %d is the number 9. */
  text = g_strdup_printf (_("No more than %d pictures are compared"), DIO_COMPARE_MAX);
  dio_window_tell (self, text);
}

static void
add_entries (DioWindow *self,
             GPtrArray *entries)
{
  DioCompareSet *set = get_set (self, TRUE);

  for (guint i = 0; i < entries->len; i++)
    if (!dio_compare_set_add (set, g_ptr_array_index (entries, i)) &&
        g_list_model_get_n_items (G_LIST_MODEL (set)) >= DIO_COMPARE_MAX)
      {
        tell_full (self);
        return;
      }
}

static void
entries_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Adding) adding = user_data;
  DioWindow *self = adding->window;
  g_autoptr(GPtrArray) entries = dio_compare_find_finish (DIO_STUDIO (source), result, NULL);

  if (self->studio == NULL || entries == NULL)
    return;

  if (adding->replaces)
    {
      if (entries->len > DIO_COMPARE_MAX)
        tell_full (self);
      dio_compare_set_replace (get_set (self, FALSE), entries);
    }
  else
    add_entries (self, entries);
  dio_window_show_content (self, COMPARE);
}

/* Ids of results to what is compared. */
static void
compare_ids (DioWindow          *self,
             const char * const *ids,
             gboolean            replaces)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) keys = NULL;
  Adding *adding = g_new0 (Adding, 1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("result:", ids[i], NULL);

      g_strv_builder_add (builder, key);
    }

  adding->window = g_object_ref (self);
  adding->replaces = replaces;
  keys = g_strv_builder_end (builder);
  dio_compare_find_async (self->studio, (const char * const *) keys, NULL, entries_found_cb, adding);
}

static void
compare_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  compare_ids (user_data, ids, g_str_equal (g_action_get_name (G_ACTION (action)), "compare"));
}

static void
add_references (DioWindow *self)
{
  GListModel *references = dio_composition_get_references (self->composition);
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      g_ptr_array_add (entries, dio_compare_entry_new_for_reference (reference));
    }

  add_entries (self, entries);
}

static void
references_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  add_references (user_data);
  dio_window_show_content (user_data, COMPARE);
}

static void
with_references_activated_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  add_references (user_data);
  compare_ids (user_data, ids, FALSE);
}

/* Those that are at the top of the gallery. */
static void
latest_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DioWindow *self = user_data;
  GListModel *results = G_LIST_MODEL (dio_gallery_get_results (self->gallery));
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (g_list_model_get_n_items (results), N_LATEST); i++)
    {
      g_autoptr(DioResultSlot) slot = g_list_model_get_item (results, i);

      if (dio_result_slot_get_result (slot) != NULL)
        g_ptr_array_add (entries, dio_compare_entry_new_for_result (dio_result_slot_get_result (slot)));
    }

  add_entries (self, entries);
}

/* The strip and the prompt make room. */
static void
larger_changed_cb (GSimpleAction *action,
                   GVariant      *state,
                   gpointer       user_data)
{
  DioWindow *self = user_data;

  gtk_widget_set_visible (GTK_WIDGET (self->strip), !g_variant_get_boolean (state));
  gtk_widget_set_visible (GTK_WIDGET (self->prompt_card), !g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

void
dio_window_compare_init (DioWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "content", .activate = content_activated_cb, .parameter_type = "s", .state = "'" GALLERY "'" },
    { .name = "compare", .activate = compare_activated_cb, .parameter_type = "as" },
    { .name = "add-to-compare", .activate = compare_activated_cb, .parameter_type = "as" },
    { .name = "compare-with-references", .activate = with_references_activated_cb, .parameter_type = "as" },
    { .name = "compare-references", .activate = references_activated_cb },
    { .name = "compare-latest", .activate = latest_activated_cb },
    { .name = "larger", .state = "false", .change_state = larger_changed_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
