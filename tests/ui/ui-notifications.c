/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's notifications, as a test sees them. */

#include "config.h"

#include "ui-notifications.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char interface_xml[] =
  "<node><interface name='" NAME "'>"
  "<method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>"
  "</method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

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
  UiNotifications *self = user_data;
  const char *title;
  const char *text;

  if (g_str_equal (method, "CloseNotification"))
    {
      self->n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  g_variant_get_child (parameters, 3, "&s", &title);
  g_variant_get_child (parameters, 4, "&s", &text);
  g_free (self->told);
  self->told = g_strdup_printf ("%s: %s", title, text);
  self->n_told++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", self->n_told));
}

UiNotifications *
ui_notifications_new (GDBusConnection *bus)
{
  UiNotifications *self = g_new0 (UiNotifications, 1);

  self->service = ui_service_new (bus, NAME, PATH, interface_xml, called_cb, self);
  return self;
}

void
ui_notifications_free (UiNotifications *self)
{
  ui_service_free (self->service);
  g_free (self->told);
  g_free (self);
}
