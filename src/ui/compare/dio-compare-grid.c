/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out pictures so that each is as large as can be: in one row, in one
 * column, or in between, all cells alike. */

#include "config.h"

#include "dio-compare-grid.h"

#define GAP 8

struct _DioCompareGrid
{
  GtkWidget parent_instance;

  double    aspect; /* width by height of the pictures */
};

G_DEFINE_FINAL_TYPE (DioCompareGrid, dio_compare_grid, GTK_TYPE_WIDGET)

static guint
count_visible (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);

  return n;
}

static GtkSizeRequestMode
dio_compare_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
dio_compare_grid_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 140;
  *natural = 480;
}

static void
dio_compare_grid_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  DioCompareGrid *self = DIO_COMPARE_GRID (widget);
  guint n = count_visible (widget);
  guint columns = dio_compare_choose_columns (n, width, height, self->aspect);
  guint rows = n > 0 ? (n + columns - 1) / columns : 1;
  int cell_height = (height - (int) (rows - 1) * GAP) / (int) rows;
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int column = i % columns;
      int left = column * (width + GAP) / (int) columns;
      int right = (column + 1) * (width + GAP) / (int) columns - GAP;
      int top = (int) (i / columns) * (cell_height + GAP);

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation) { left, top, MAX (right - left, 1), MAX (cell_height, 1) }, -1);
      i++;
    }
}

static void
dio_compare_grid_dispose (GObject *object)
{
  dio_compare_grid_clear (DIO_COMPARE_GRID (object));

  G_OBJECT_CLASS (dio_compare_grid_parent_class)->dispose (object);
}

static void
dio_compare_grid_class_init (DioCompareGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_compare_grid_dispose;
  widget_class->get_request_mode = dio_compare_grid_get_request_mode;
  widget_class->measure = dio_compare_grid_measure;
  widget_class->size_allocate = dio_compare_grid_size_allocate;
}

static void
dio_compare_grid_init (DioCompareGrid *self)
{
  self->aspect = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
dio_compare_grid_clear (DioCompareGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

void
dio_compare_grid_append (DioCompareGrid *self,
                         GtkWidget      *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
dio_compare_grid_set_aspect (DioCompareGrid *self,
                             double          aspect)
{
  self->aspect = aspect;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* With which number of columns are pictures of the aspect the largest? */
guint
dio_compare_choose_columns (guint  n,
                            int    width,
                            int    height,
                            double aspect)
{
  guint best = 1;
  double best_width = 0;

  for (guint columns = 1; columns <= n; columns++)
    {
      guint rows = (n + columns - 1) / columns;
      double cell_width = (width - (columns - 1.0) * GAP) / columns;
      double cell_height = (height - (rows - 1.0) * GAP) / rows;
      double shown = MIN (cell_width, cell_height * aspect);

      if (shown > best_width)
        {
          best = columns;
          best_width = shown;
        }
    }

  return best;
}
