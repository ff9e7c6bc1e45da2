/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of the desktop that a test offers itself: one object with one
 * interface, and the name that it is asked for by. */

#include "config.h"

#include "ui-service.h"

#include "ui-fixture.h"

struct _UiService
{
  GDBusConnection              *bus;  /* (owned) */
  GDBusNodeInfo                *info; /* (owned) */
  guint                         object;
  guint                         name;
  gboolean                      is_owner;

  GDBusInterfaceMethodCallFunc  called;
  gpointer                      user_data;
};

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
  UiService *self = user_data;

  self->called (bus, sender, path, interface, method, parameters, invocation, self->user_data);
}

static void
owned_cb (GDBusConnection *bus,
          const char      *name,
          gpointer         user_data)
{
  ((UiService *) user_data)->is_owner = TRUE;
}

static gboolean
is_owner (gpointer data)
{
  return ((UiService *) data)->is_owner;
}

/* Waits until it can be asked. */
UiService *
ui_service_new (GDBusConnection              *bus,
                const char                   *name,
                const char                   *path,
                const char                   *interface_xml,
                GDBusInterfaceMethodCallFunc  called,
                gpointer                      user_data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  UiService *self = g_new0 (UiService, 1);
  g_autoptr(GError) error = NULL;

  self->bus = g_object_ref (bus);
  self->called = called;
  self->user_data = user_data;
  self->info = g_dbus_node_info_new_for_xml (interface_xml, &error);
  g_assert_no_error (error);
  self->object = g_dbus_connection_register_object (bus, path, self->info->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->name = g_bus_own_name_on_connection (bus, name, G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL, self, NULL);
  ui_wait_for (is_owner, self);

  return self;
}

void
ui_service_free (UiService *self)
{
  g_dbus_connection_unregister_object (self->bus, self->object);
  g_bus_unown_name (self->name);
  g_dbus_node_info_unref (self->info);
  g_object_unref (self->bus);
  g_free (self);
}
