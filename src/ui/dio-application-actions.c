/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program can be asked for as a whole: by menus, keys, notifications, the
 * desktop and another start of it. */

#include "config.h"

#include "dio-application-private.h"

#include "dio-preferences.h"

#include <glib/gi18n.h>

static void
new_window_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  DioApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (dio_window_new (ADW_APPLICATION (self), self->studio, self->settings)));
}

static void
show_gallery_activated_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  DioWindow *window = _dio_application_get_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  dio_window_show_gallery (window);
}

/* Asked for by a search in the desktop, which waits for the library itself. */
static void
search_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DioWindow *window = _dio_application_get_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  dio_window_search (window, g_variant_get_string (parameter, NULL));
}

static void
show_result_activated_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  _dio_application_show_result (user_data, g_variant_get_string (parameter, NULL));
}

static void
show_queue_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  DioWindow *window = _dio_application_get_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-queue", NULL);
}

static void
sample_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  _dio_application_load_sample (user_data);
}

/* A job under way is finished first where it may be, and ends the program. */
static void
quit_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  g_autolist(GtkWindow) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* A window takes those along that belong to it. */
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
preferences_activated_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  DioApplication *self = user_data;

  if (self->preferences == NULL)
    g_set_weak_pointer (&self->preferences,
                        GTK_WINDOW (dio_preferences_new (GTK_WINDOW (_dio_application_get_window (self)),
                                                         self->studio, self->settings)));

  gtk_window_present (self->preferences);
}

/* The page of one account; the list of all where that is not kept yet. */
static void
account_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  DioApplication *self = user_data;
  const char *provider_id;
  const char *name;

  preferences_activated_cb (NULL, NULL, self);
  g_variant_get (parameter, "(&s&s)", &provider_id, &name);
  dio_preferences_open_account (DIO_PREFERENCES (self->preferences), provider_id, name);
}

static void
about_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  /* Translators: who made the program, in the About window. */
  const char *developers = _("The Diorama developers");

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _("Diorama"),
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Combine photos into one picture"),
                         /* Translators: your names, one a line. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = new_window_activated_cb },
  { .name = "show-gallery", .activate = show_gallery_activated_cb },
  { .name = "search", .parameter_type = "s", .activate = search_activated_cb },
  { .name = "show-result", .parameter_type = "s", .activate = show_result_activated_cb },
  { .name = "show-queue", .activate = show_queue_activated_cb },
  { .name = "sample", .activate = sample_activated_cb },
  { .name = "preferences", .activate = preferences_activated_cb },
  { .name = "account", .parameter_type = "(ss)", .activate = account_activated_cb },
  { .name = "quit", .activate = quit_activated_cb },
  { .name = "about", .activate = about_activated_cb },
};

void
_dio_application_add_actions (DioApplication *self)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } entries[] = {
    { "win.new", { "<Control>n" } },
    { "win.open", { "<Control>o" } },
    { "win.save-as", { "<Control><Shift>s" } },
    { "win.add-photos", { "<Control>i" } },
    { "win.generate", { "<Control>Return", "<Control>KP_Enter" } },
    { "win.show-request", { "<Control>p" } },
    { "win.show-queue", { "<Control>j" } },
    { "win.show-parameters", { "F9" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "app.preferences", { "<Control>comma" } },
    { "window.close", { "<Control>w" } },
    { "app.quit", { "<Control>q" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), entries[i].action,
                                           (const char **) entries[i].accels);
}
