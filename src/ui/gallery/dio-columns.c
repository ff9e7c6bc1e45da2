/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of a widget whose only child is a scrolled grid. How many cells a grid
 * makes goes by the most columns that it may have, however many fit: so it is told
 * before it is given its size. */

#include "config.h"

#include "dio-columns.h"

#include "dio-tile.h"

struct _DioColumns
{
  GtkLayoutManager parent_instance;

  gboolean is_allocating;
};

G_DEFINE_FINAL_TYPE (DioColumns, dio_columns, GTK_TYPE_LAYOUT_MANAGER)

static void
dio_columns_measure (GtkLayoutManager *manager,
                     GtkWidget        *widget,
                     GtkOrientation    orientation,
                     int               for_size,
                     int              *minimum,
                     int              *natural,
                     int              *minimum_baseline,
                     int              *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
dio_columns_allocate (GtkLayoutManager *manager,
                      GtkWidget        *widget,
                      int               width,
                      int               height,
                      int               baseline)
{
  DioColumns *self = DIO_COLUMNS (manager);
  GtkWidget *scroller = gtk_widget_get_first_child (widget);
  GtkGridView *grid = GTK_GRID_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
  int minimum;

  self->is_allocating = TRUE;
  gtk_grid_view_set_max_columns (grid, MAX (width / DIO_TILE_MIN_WIDTH, 1));
  /* GTK wants every child measured before it is given a size. */
  gtk_widget_measure (scroller, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (scroller, MAX (width, minimum), height, baseline, NULL);
  self->is_allocating = FALSE;
}

static void
dio_columns_class_init (DioColumnsClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = dio_columns_measure;
  layout_class->allocate = dio_columns_allocate;
}

static void
dio_columns_init (DioColumns *self)
{
}

/* Whether the grid is being given its size just now. */
gboolean
dio_columns_is_allocating (DioColumns *self)
{
  return self->is_allocating;
}
