/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two of the compared pictures in one place: which two, and the canvas. */

#include "config.h"

#include "dio-compare-stage.h"

#define RADIUS 12

struct _DioCompareStage
{
  GtkWidget parent_instance;

  gboolean       is_setting; /* by the program, not by the person */

  /* Template children */
  GtkWidget     *overlay;
  DioCanvas     *canvas;
  GtkDropDown   *first;
  GtkDropDown   *second;
  GtkStringList *first_names;
  GtkStringList *second_names;
};

G_DEFINE_FINAL_TYPE (DioCompareStage, dio_compare_stage, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Nothing is to be seen of a picture beside itself: the other goes on to the next. */
static void
selected_cb (DioCompareStage *self,
             GParamSpec      *pspec,
             GtkDropDown     *changed)
{
  GtkDropDown *other = changed == self->first ? self->second : self->first;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->first_names));

  if (self->is_setting)
    return;

  if (gtk_drop_down_get_selected (changed) == gtk_drop_down_get_selected (other) && n > 1)
    {
      self->is_setting = TRUE;
      gtk_drop_down_set_selected (other, (gtk_drop_down_get_selected (other) + 1) % n);
      self->is_setting = FALSE;
    }

  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
dio_compare_stage_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_COMPARE_STAGE);

  G_OBJECT_CLASS (dio_compare_stage_parent_class)->dispose (object);
}

static void
dio_compare_stage_class_init (DioCompareStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_compare_stage_dispose;

  /* Other pictures are to be shown. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIO_TYPE_CANVAS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/compare/dio-compare-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, overlay);
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, canvas);
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, first);
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, second);
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, first_names);
  gtk_widget_class_bind_template_child (widget_class, DioCompareStage, second_names);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
dio_compare_stage_init (DioCompareStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dio_canvas_set_radius (self->canvas, RADIUS);
  dio_canvas_fit (self->canvas, DIO_VIEW_FIT);
}

DioCanvas *
dio_compare_stage_get_canvas (DioCompareStage *self)
{
  return self->canvas;
}

void
dio_compare_stage_set_names (DioCompareStage    *self,
                             const char * const *names)
{
  guint first, second;
  guint n = g_strv_length ((char **) names);

  dio_compare_stage_get_pair (self, &first, &second);
  self->is_setting = TRUE;
  gtk_string_list_splice (self->first_names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->first_names)), names);
  gtk_string_list_splice (self->second_names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->second_names)), names);
  self->is_setting = FALSE;

  if (first >= n || second >= n || first == second)
    dio_compare_stage_set_pair (self, 0, n > 1 ? 1 : 0);
  else
    dio_compare_stage_set_pair (self, first, second);
}

void
dio_compare_stage_set_pair (DioCompareStage *self,
                            guint            first,
                            guint            second)
{
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->first, first);
  gtk_drop_down_set_selected (self->second, second);
  self->is_setting = FALSE;
  g_signal_emit (self, signals[CHOSEN], 0);
}

void
dio_compare_stage_get_pair (DioCompareStage *self,
                            guint           *first,
                            guint           *second)
{
  *first = gtk_drop_down_get_selected (self->first);
  *second = gtk_drop_down_get_selected (self->second);
}
