/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a photo in the strip: its menu, its keys, its new name. */

#include "config.h"

#include "dio-reference-card-private.h"

#include "dio-error.h"

#include <glib/gi18n.h>

static guint
find_position (DioReferenceCard *self)
{
  GListModel *references = dio_composition_get_references (self->composition);
  guint position = 0;

  g_list_store_find (G_LIST_STORE (references), self->reference, &position);
  return position;
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (widget);
  guint position = find_position (self);
  guint new_position = g_str_equal (name, "card.move-later") ? position + 1 : MAX (position, 1) - 1;

  /* The card dies as its reference moves. */
  dio_composition_move_reference (self->composition, self->reference, new_position);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (widget);

  dio_composition_remove_reference (self->composition, self->reference);
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), dio_reference_get_name (self->reference));
  gtk_stack_set_visible_child (self->name_stack, GTK_WIDGET (self->name_entry));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioReferenceCard *self = DIO_REFERENCE_CARD (widget);

  gtk_popover_set_pointing_to (self->menu, NULL);
  gtk_popover_popup (self->menu);
}

static gboolean
move_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  gboolean to_left = g_variant_get_boolean (args);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return gtk_widget_activate_action (widget, to_left != is_rtl ? "card.move-earlier" : "card.move-later", NULL);
}

/* The checkbox of the menu stands for a property of the reference, and so do the
 * three roles. */
void
dio_reference_card_actions_init (DioReferenceCard *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GPropertyAction) role = g_property_action_new ("role", self->reference, "role");
  g_autoptr(GPropertyAction) enabled = g_property_action_new ("enabled", self->reference, "enabled");

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (role));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (enabled));
  if (dio_reference_get_address (self->reference) != NULL)
    {
      g_autoptr(GPropertyAction) by_address =
        g_property_action_new ("by-address", self->reference, "by-address");

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (by_address));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "reference", G_ACTION_GROUP (group));
}

void
dio_reference_card_class_actions_init (DioReferenceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "card.move-earlier", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "card.move-later", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "card.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "card.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "card.menu", NULL, menu_action);

  /* The menu shows the last key of an action. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "card.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "card.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "card.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "card.menu", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, move_key_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, move_key_cb, "b", FALSE);
}

void
dio_reference_card_cancel_rename (DioReferenceCard *self)
{
  gtk_popover_popdown (self->name_popover);
  gtk_widget_remove_css_class (GTK_WIDGET (self->name_entry), "error");
  gtk_stack_set_visible_child (self->name_stack, GTK_WIDGET (self->name_button));
}

static const char *
get_name_problem (const char *name)
{
  if (!dio_reference_is_name (name))
    return _("Use letters, digits, “-” and “_”.");

  return _("Another photo has this name.");
}

/* Keeps the entry open, with the reason under it, while the name cannot be used. */
void
dio_reference_card_commit_rename (DioReferenceCard *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_entry));
  const char *name = g_str_has_prefix (text, "@") ? text + 1 : text;
  g_autoptr(GError) error = NULL;

  if (dio_composition_rename_reference (self->composition, self->reference, name, &error))
    {
      dio_reference_card_cancel_rename (self);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }

  gtk_widget_add_css_class (GTK_WIDGET (self->name_entry), "error");
  gtk_label_set_label (self->name_error, get_name_problem (name));
  gtk_popover_popup (self->name_popover);
}
