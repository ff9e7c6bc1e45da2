/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be spent, and what was: read anew whenever the page comes on show or
 * a job ends. */

#include "config.h"

#include "dio-spending-page.h"

#include "dio-cap-group.h"
#include "dio-spend-group.h"
#include "dio-spent-jobs.h"

struct _DioSpendingPage
{
  AdwPreferencesPage parent_instance;

  /* Owned */
  DioStudio     *studio;

  /* Template children */
  DioCapGroup   *caps;
  DioSpendGroup *sums;
  DioSpentJobs  *jobs;
};

G_DEFINE_FINAL_TYPE (DioSpendingPage, dio_spending_page, ADW_TYPE_PREFERENCES_PAGE)

static void
load (DioSpendingPage *self)
{
  if (self->studio == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  dio_spend_group_load (self->sums, dio_studio_get_library (self->studio));
  dio_spent_jobs_load (self->jobs, self->studio);
}

static void
dio_spending_page_map (GtkWidget *widget)
{
  DioSpendingPage *self = DIO_SPENDING_PAGE (widget);

  GTK_WIDGET_CLASS (dio_spending_page_parent_class)->map (widget);

  /* Limits only now: as a job ends, the person may be typing one. */
  if (self->studio != NULL)
    dio_cap_group_set_library (self->caps, dio_studio_get_library (self->studio));
  load (self);
}

static void
dio_spending_page_dispose (GObject *object)
{
  DioSpendingPage *self = DIO_SPENDING_PAGE (object);

  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_SPENDING_PAGE);

  G_OBJECT_CLASS (dio_spending_page_parent_class)->dispose (object);
}

static void
dio_spending_page_class_init (DioSpendingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_spending_page_dispose;
  widget_class->map = dio_spending_page_map;

  g_type_ensure (DIO_TYPE_CAP_GROUP);
  g_type_ensure (DIO_TYPE_SPEND_GROUP);
  g_type_ensure (DIO_TYPE_SPENT_JOBS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-spending-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DioSpendingPage, caps);
  gtk_widget_class_bind_template_child (widget_class, DioSpendingPage, sums);
  gtk_widget_class_bind_template_child (widget_class, DioSpendingPage, jobs);
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
  g_set_object (&self->studio, studio);
  dio_cap_group_set_library (self->caps, dio_studio_get_library (studio));
  g_signal_connect_object (dio_studio_get_queue (studio), "notify::n-open", G_CALLBACK (load),
                           self, G_CONNECT_SWAPPED);
  load (self);
}
