/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after another, in as many lines as they need, as words are. A
 * GtkFlowBox would set them in columns of one width. */

#include "config.h"

#include "dio-wrap-layout.h"

#define SPACING 6

struct _DioWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DioWrapLayout, dio_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
dio_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;
      int best;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += best + (*natural > 0 ? SPACING : 0);
    }
}

/* Returns: the height of all lines; the children get their places where that is
 * wanted */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   allocates)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;
  int y = 0;
  int line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width;
      int child_height;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &child_width, NULL, NULL);
      child_width = MIN (child_width, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL, NULL);
      if (x > 0 && x + child_width > width)
        {
          y += line_height + SPACING;
          x = line_height = 0;
        }
      if (allocates)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation) { is_rtl ? width - x - child_width : x, y, child_width, child_height },
                                  -1);
      x += child_width + SPACING;
      line_height = MAX (line_height, child_height);
    }

  return y + line_height;
}

static void
dio_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  int least = 0;
  int best = 0;

  measure_width (widget, &least, &best);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    least = best = lay_out (widget, for_size < 0 ? best : MAX (for_size, least), FALSE);

  *minimum = least;
  *natural = best;
}

static void
dio_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  lay_out (widget, width, TRUE);
}

static void
dio_wrap_layout_class_init (DioWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = dio_wrap_layout_get_request_mode;
  manager_class->measure = dio_wrap_layout_measure;
  manager_class->allocate = dio_wrap_layout_allocate;
}

static void
dio_wrap_layout_init (DioWrapLayout *self)
{
}
