/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stars and verdict of a result, to be seen and given. It asks by the actions
 * “mark.rate” and “mark.judge”, which whoever shows it has, and shows what the
 * library has written. */

#include "config.h"

#include "dio-mark-bar.h"

#include <glib/gi18n.h>

struct _DioMarkBar
{
  GtkWidget parent_instance;

  /* Owned */
  DioResult       *result; /* (nullable) */
  GSignalGroup    *signals;

  /* Children */
  GtkWidget       *box;
  GtkToggleButton *pick;
  GtkToggleButton *reject;
  GtkButton       *stars[DIO_RESULT_MAX_RATING];
};

G_DEFINE_FINAL_TYPE (DioMarkBar, dio_mark_bar, GTK_TYPE_WIDGET)

/* The action target is what a press asks for: what is on already is taken back. */
static void
show_verdict (GtkToggleButton *button,
              DioVerdict       verdict,
              DioVerdict       shown)
{
  gboolean is_on = verdict == shown;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    dio_verdict_get_nick (is_on ? DIO_VERDICT_NONE : verdict));
  gtk_toggle_button_set_active (button, is_on);
}

/* For who does not see the stars. */
static void
tell (DioMarkBar *self,
      guint       rating,
      DioVerdict  verdict)
{
  g_autofree char *stars = NULL;
  g_autofree char *text = NULL;

  /* Translators: how many of five stars a picture has, for screen readers. */
  stars = g_strdup_printf (_("%u of %u stars"), rating, DIO_RESULT_MAX_RATING);
  if (verdict == DIO_VERDICT_PICK)
    /* Translators: %s are the stars of a picture: “3 of 5 stars, picked”. */
    text = g_strdup_printf (_("%s, picked"), stars);
  else if (verdict == DIO_VERDICT_REJECT)
    /* Translators: %s are the stars of a picture: “3 of 5 stars, rejected”. */
    text = g_strdup_printf (_("%s, rejected"), stars);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : stars, -1);
}

static void
show (DioMarkBar *self)
{
  DioVerdict verdict = dio_result_get_verdict (self->result);
  guint rating = dio_result_get_rating (self->result);

  show_verdict (self->pick, DIO_VERDICT_PICK, verdict);
  show_verdict (self->reject, DIO_VERDICT_REJECT, verdict);
  for (guint i = 0; i < DIO_RESULT_MAX_RATING; i++)
    {
      gtk_button_set_icon_name (self->stars[i], i < rating ? "starred-symbolic" : "non-starred-symbolic");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->stars[i]), "u", i + 1 == rating ? 0 : i + 1);
    }
  tell (self, rating, verdict);
}

static GtkWidget *
add_button (DioMarkBar *self,
            GtkWidget  *button,
            const char *icon,
            const char *label,
            const char *action,
            GVariant   *target)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (self->box), button);

  return button;
}

static void
add_star (DioMarkBar *self,
          guint       number)
{
  g_autofree char *label = NULL;

  /* Translators: a button that gives so many stars to a picture. */
  label = g_strdup_printf (ngettext ("%u Star", "%u Stars", number), number);
  self->stars[number - 1] = GTK_BUTTON (add_button (self, gtk_button_new (), "non-starred-symbolic", label,
                                                "mark.rate", g_variant_new_uint32 (number)));
  gtk_widget_add_css_class (GTK_WIDGET (self->stars[number - 1]), "star");
}

static void
dio_mark_bar_dispose (GObject *object)
{
  DioMarkBar *self = DIO_MARK_BAR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->result);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dio_mark_bar_parent_class)->dispose (object);
}

static void
dio_mark_bar_class_init (DioMarkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_mark_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dio_mark_bar_init (DioMarkBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mark-bar");

  self->pick = GTK_TOGGLE_BUTTON (add_button (self, gtk_toggle_button_new (), "object-select-symbolic",
                                              _("Pick"), "mark.judge", g_variant_new_string ("pick")));
  self->reject = GTK_TOGGLE_BUTTON (add_button (self, gtk_toggle_button_new (), "action-unavailable-symbolic",
                                                _("Reject"), "mark.judge", g_variant_new_string ("reject")));
  for (guint i = 1; i <= DIO_RESULT_MAX_RATING; i++)
    add_star (self, i);

  self->signals = g_signal_group_new (DIO_TYPE_RESULT);
  g_signal_group_connect_swapped (self->signals, "notify::rating", G_CALLBACK (show), self);
  g_signal_group_connect_swapped (self->signals, "notify::verdict", G_CALLBACK (show), self);
}

void
dio_mark_bar_set_result (DioMarkBar *self,
                         DioResult  *result)
{
  g_set_object (&self->result, result);
  g_signal_group_set_target (self->signals, result);
  if (result != NULL)
    show (self);
}
