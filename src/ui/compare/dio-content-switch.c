/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the gallery to the comparison and back: one in the bar of each, at the same
 * place. The state is the window’s. */

#include "config.h"

#include "dio-content-switch.h"

struct _DioContentSwitch
{
  GtkWidget  parent_instance;

  /* Template children */
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (DioContentSwitch, dio_content_switch, GTK_TYPE_WIDGET)

static void
dio_content_switch_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_CONTENT_SWITCH);

  G_OBJECT_CLASS (dio_content_switch_parent_class)->dispose (object);
}

static void
dio_content_switch_class_init (DioContentSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_content_switch_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/compare/dio-content-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, DioContentSwitch, box);
}

static void
dio_content_switch_init (DioContentSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
