/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results found by a search in the desktop, as GNOME Shell asks for them. A
 * program that was started for a search is asked as soon as it has its name on the
 * bus: such questions wait until the library is open. */

#include "config.h"

#include "dio-search-provider.h"

#include "dio-result-list.h"
#include "dio-search-metas.h"

/* More than a shell has room for. */
#define MAX_RESULTS 20

/* A shell asks again with each letter. */
#define STAY (10 * 1000)

struct _DioSearchProvider
{
  GObject          parent_instance;

  /* Owned */
  GDBusConnection *bus;     /* (nullable): while it is exported */
  DioStudio       *studio;  /* (nullable): while its library is open */
  GPtrArray       *waiting; /* of GDBusMethodInvocation, for the studio */
  guint            object_id;

  /* Borrowed: it owns this */
  GApplication    *application;
};

G_DEFINE_FINAL_TYPE (DioSearchProvider, dio_search_provider, G_TYPE_OBJECT)

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/>"
  "</method>"
  "<method name='GetSubsearchResultSet'>"
  "<arg type='as' name='previous_results' direction='in'/><arg type='as' name='terms' direction='in'/>"
  "<arg type='as' name='results' direction='out'/>"
  "</method>"
  "<method name='GetResultMetas'>"
  "<arg type='as' name='identifiers' direction='in'/><arg type='aa{sv}' name='metas' direction='out'/>"
  "</method>"
  "<method name='ActivateResult'>"
  "<arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/>"
  "<arg type='u' name='timestamp' direction='in'/>"
  "</method>"
  "<method name='LaunchSearch'>"
  "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/>"
  "</method>"
  "</interface></node>";

/* A question being answered: the program stays for it. */
typedef struct
{
  GApplication          *application; /* (owned) */
  GDBusMethodInvocation *invocation;  /* (owned) */
  DioResultList         *list;        /* (owned) (nullable) */
  GPtrArray             *slots;       /* (owned): the first of the list */
  guint                  idle_id;     /* that answers */
} Search;

static Search *
search_new (DioSearchProvider     *self,
            GDBusMethodInvocation *invocation)
{
  Search *search = g_new0 (Search, 1);

  search->application = g_object_ref (self->application);
  search->invocation = invocation;
  search->slots = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_set_inactivity_timeout (search->application, STAY);
  g_application_hold (search->application);
  return search;
}

/* Gives @reply, which ends the question. */
static void
search_end (Search   *search,
            GVariant *reply)
{
  g_dbus_method_invocation_return_value (search->invocation, reply);

  for (guint i = 0; i < search->slots->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (search->slots, i), search);
  g_ptr_array_unref (search->slots);
  if (search->list != NULL)
    g_signal_handlers_disconnect_by_data (search->list, search);
  g_clear_object (&search->list);
  g_application_release (search->application);
  g_object_unref (search->application);
  g_free (search);
}

static void
answer (Search *search)
{
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < search->slots->len; i++)
    {
      DioResult *result = dio_result_slot_get_result (g_ptr_array_index (search->slots, i));

      if (result != NULL)
        g_variant_builder_add (&ids, "s", dio_result_get_id (result));
    }

  search_end (search, g_variant_new ("(as)", &ids));
}

/* Not at once: the list is still at it. */
static void
answer_later (Search *search)
{
  if (search->idle_id == 0)
    search->idle_id = g_idle_add_once ((GSourceOnceFunc) answer, search);
}

static void
slot_read_cb (Search *search)
{
  for (guint i = 0; i < search->slots->len; i++)
    if (dio_result_slot_get_result (g_ptr_array_index (search->slots, i)) == NULL)
      return;

  answer_later (search);
}

static void
listed_cb (Search *search)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (search->list)), MAX_RESULTS);

  if (dio_result_list_get_is_loading (search->list) || search->slots->len > 0)
    return;

  for (guint i = 0; i < n; i++)
    {
      DioResultSlot *slot = g_list_model_get_item (G_LIST_MODEL (search->list), i);

      g_ptr_array_add (search->slots, slot);
      g_signal_connect_swapped (slot, "notify::result", G_CALLBACK (slot_read_cb), search);
    }

  slot_read_cb (search);
}

/* There is nobody to tell but the log; a search that finds nothing is no harm. */
static void
failed_cb (Search *search)
{
  answer_later (search);
}

static void
begin_search (DioSearchProvider     *self,
              GDBusMethodInvocation *invocation,
              GVariant              *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  Search *search = search_new (self, invocation);

  search->list = dio_result_list_new (dio_studio_get_library (self->studio));
  query->text = g_strjoinv (" ", (GStrv) words);
  g_signal_connect_swapped (search->list, "failed", G_CALLBACK (failed_cb), search);
  dio_result_list_set_query (search->list, query);
  if (!dio_result_list_get_is_loading (search->list))
    listed_cb (search);
  else
    g_signal_connect_swapped (search->list, "notify::is-loading", G_CALLBACK (listed_cb), search);
}

static void
metas_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GVariant) metas = dio_search_metas_load_finish (DIO_STUDIO (source), result, NULL);

  search_end (user_data, g_variant_new ("(@aa{sv})", metas));
}

static void
load_metas (DioSearchProvider     *self,
            GDBusMethodInvocation *invocation,
            GVariant              *ids)
{
  g_autofree const char **strv = g_variant_get_strv (ids, NULL);

  dio_search_metas_load_async (self->studio, strv, metas_loaded_cb, search_new (self, invocation));
}

/* What a shell has no room for: the same search in our window. */
static void
launch (DioSearchProvider *self,
        GVariant          *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (GStrv) words);

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "search", g_variant_new_string (text));
}

static void
handle (DioSearchProvider     *self,
        GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  g_autoptr(GVariant) first = g_variant_get_child_value (parameters, 0);

  if (g_str_equal (method, "GetInitialResultSet"))
    begin_search (self, invocation, first);
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_autoptr(GVariant) terms = g_variant_get_child_value (parameters, 1);

      begin_search (self, invocation, terms);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    load_metas (self, invocation, first);
  else
    {
      if (g_str_equal (method, "ActivateResult"))
        g_action_group_activate_action (G_ACTION_GROUP (self->application), "show-result", first);
      else
        launch (self, first);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  DioSearchProvider *self = user_data;

  if (self->studio != NULL)
    handle (self, invocation);
  else
    g_ptr_array_add (self->waiting, invocation);
}

static void
dio_search_provider_finalize (GObject *object)
{
  DioSearchProvider *self = DIO_SEARCH_PROVIDER (object);

  dio_search_provider_unexport (self);
  g_ptr_array_unref (self->waiting);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_search_provider_parent_class)->finalize (object);
}

static void
dio_search_provider_class_init (DioSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_search_provider_finalize;
}

static void
dio_search_provider_init (DioSearchProvider *self)
{
  self->waiting = g_ptr_array_new ();
}

DioSearchProvider *
dio_search_provider_new (GApplication *application)
{
  DioSearchProvider *self = g_object_new (DIO_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}

gboolean
dio_search_provider_export (DioSearchProvider  *self,
                            GDBusConnection    *bus,
                            const char         *application_path,
                            GError            **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autofree char *path = g_strconcat (application_path, "/SearchProvider", NULL);

  self->object_id = g_dbus_connection_register_object (bus, path, info->interfaces[0], &vtable, self, NULL, error);
  if (self->object_id == 0)
    return FALSE;

  self->bus = g_object_ref (bus);
  return TRUE;
}

void
dio_search_provider_unexport (DioSearchProvider *self)
{
  if (self->bus != NULL)
    g_dbus_connection_unregister_object (self->bus, self->object_id);
  g_clear_object (&self->bus);
}

/* NULL at the end of the program. */
void
dio_search_provider_set_studio (DioSearchProvider *self,
                                DioStudio         *studio)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  g_set_object (&self->studio, studio);
  self->waiting = g_ptr_array_new ();
  for (guint i = 0; studio != NULL && i < waiting->len; i++)
    handle (self, g_ptr_array_index (waiting, i));
}
