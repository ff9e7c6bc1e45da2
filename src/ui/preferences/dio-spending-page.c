/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be spent, and what was. */

#include "config.h"

#include "dio-spending-page.h"

#include "dio-cap-group.h"

struct _DioSpendingPage
{
  AdwPreferencesPage parent_instance;

  /* Template children */
  DioCapGroup *caps;
};

G_DEFINE_FINAL_TYPE (DioSpendingPage, dio_spending_page, ADW_TYPE_PREFERENCES_PAGE)

static void
dio_spending_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_SPENDING_PAGE);

  G_OBJECT_CLASS (dio_spending_page_parent_class)->dispose (object);
}

static void
dio_spending_page_class_init (DioSpendingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_spending_page_dispose;

  g_type_ensure (DIO_TYPE_CAP_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-spending-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DioSpendingPage, caps);
}

static void
dio_spending_page_init (DioSpendingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_spending_page_set_studio (DioSpendingPage *self,
                              DioStudio       *studio)
{
  dio_cap_group_set_library (self->caps, dio_studio_get_library (studio));
}
