/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portal by which a person lets a program work without a window. It
 * remembers the answer, and asks the person but once. */

#include "config.h"

#include "dio-background-portal.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Background"

typedef struct
{
  guint    response_id; /* subscription to the answer, 0 when it has come */
  GSource *cancelled;   /* (owned) (nullable) */
} Asking;

static void
asking_free (Asking *asking)
{
  g_clear_pointer (&asking->cancelled, g_source_unref);
  g_free (asking);
}

/* TRUE for the first that ends it: an answer, an error, or who called it off. */
static gboolean
end (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->response_id == 0)
    return FALSE;

  g_dbus_connection_signal_unsubscribe (g_task_get_source_object (task), asking->response_id);
  asking->response_id = 0;
  if (asking->cancelled != NULL)
    g_source_destroy (asking->cancelled);
  return TRUE;
}

static void
answered_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  g_autoptr(GVariant) results = NULL;
  gboolean is_allowed = FALSE;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")) || !end (task))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &is_allowed);
  g_task_return_boolean (task, response == 0 && is_allowed);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);

  if (end (task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL && end (task))
    g_task_return_error (task, error);
  else
    g_clear_error (&error);
}

static char *
make_request_path (GDBusConnection *bus,
                   const char      *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strdup_printf (PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
}

/* No window is left that the question could belong to. */
void
dio_background_portal_ask_async (GDBusConnection     *bus,
                                 const char          *reason,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (bus, cancellable, callback, user_data);
  g_autofree char *token = g_strdup_printf ("diorama%u", g_random_int ());
  g_autofree char *path = make_request_path (bus, token);
  Asking *asking = g_new0 (Asking, 1);
  GVariantBuilder options;

  g_task_set_source_tag (task, dio_background_portal_ask_async);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  /* Before the call: the answer may be there as soon as its reply is. */
  asking->response_id = g_dbus_connection_signal_subscribe (bus, PORTAL, "org.freedesktop.portal.Request", "Response",
                                                            path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                            answered_cb, g_object_ref (task), g_object_unref);
  if (cancellable != NULL)
    {
      asking->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (asking->cancelled, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
      g_source_attach (asking->cancelled, g_main_context_get_thread_default ());
    }

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_dbus_connection_call (bus, PORTAL, PATH, INTERFACE, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable, called_cb, g_steal_pointer (&task));
}

/* FALSE without an error: the person does not want it. */
gboolean
dio_background_portal_ask_finish (GDBusConnection  *bus,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bus), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_background_portal_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What a list of programs without windows says of this one. Older portals do not
 * know it, and nothing depends on it. */
void
dio_background_portal_set_status (GDBusConnection *bus,
                                  const char      *message)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (message));
  g_dbus_connection_call (bus, PORTAL, PATH, INTERFACE, "SetStatus", g_variant_new ("(a{sv})", &options), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
