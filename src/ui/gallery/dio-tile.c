/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the gallery: always of one shape, and as wide as its column. It holds
 * a picture or a job, whichever it was last used for. */

#include "config.h"

#include "dio-tile.h"

struct _DioTile
{
  GtkWidget parent_instance;

  /* Borrowed; outlives the tile */
  GtkListItem   *list_item;

  /* Children, made when first needed */
  DioResultTile *result_tile;
  DioJobTile    *job_tile;
};

G_DEFINE_FINAL_TYPE (DioTile, dio_tile, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
dio_tile_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dio_tile_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = DIO_TILE_MIN_WIDTH;
  else
    *minimum = *natural = (for_size > 0 ? for_size : DIO_TILE_MIN_WIDTH) * DIO_TILE_SHAPE;
}

static void
dio_tile_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;

      /* GTK wants every child measured before it is given a size. */
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_allocate (child, MAX (width, minimum), height, baseline, NULL);
    }
}

static void
dio_tile_dispose (GObject *object)
{
  DioTile *self = DIO_TILE (object);

  if (self->result_tile != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->result_tile)));
  if (self->job_tile != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->job_tile)));

  G_OBJECT_CLASS (dio_tile_parent_class)->dispose (object);
}

static void
dio_tile_class_init (DioTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_tile_dispose;
  widget_class->get_request_mode = dio_tile_get_request_mode;
  widget_class->measure = dio_tile_measure;
  widget_class->size_allocate = dio_tile_size_allocate;
}

static void
dio_tile_init (DioTile *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
dio_tile_new (GtkListItem *list_item)
{
  DioTile *self = g_object_new (DIO_TYPE_TILE, NULL);

  self->list_item = list_item;
  return GTK_WIDGET (self);
}

guint
dio_tile_get_position (DioTile *self)
{
  return gtk_list_item_get_position (self->list_item);
}

/* Borrowed; NULL while there is none. */
gpointer
dio_tile_get_item (DioTile *self)
{
  return gtk_list_item_get_item (self->list_item);
}

static void
show_child (DioTile *self,
            gpointer shown,
            gpointer other)
{
  gtk_widget_set_visible (shown, TRUE);
  if (other != NULL)
    gtk_widget_set_visible (other, FALSE);
}

DioResultTile *
dio_tile_show_result (DioTile *self)
{
  if (self->result_tile == NULL)
    {
      self->result_tile = g_object_new (DIO_TYPE_RESULT_TILE, NULL);
      gtk_widget_set_parent (GTK_WIDGET (self->result_tile), GTK_WIDGET (self));
    }

  show_child (self, self->result_tile, self->job_tile);
  return self->result_tile;
}

DioJobTile *
dio_tile_show_job (DioTile *self)
{
  if (self->job_tile == NULL)
    {
      self->job_tile = g_object_new (DIO_TYPE_JOB_TILE, NULL);
      gtk_widget_set_parent (GTK_WIDGET (self->job_tile), GTK_WIDGET (self));
    }

  show_child (self, self->job_tile, self->result_tile);
  return self->job_tile;
}

void
dio_tile_put_away (DioTile *self)
{
  if (self->result_tile != NULL)
    dio_result_tile_set_result (self->result_tile, NULL, NULL, NULL, 0);
  if (self->job_tile != NULL)
    dio_job_tile_set_job (self->job_tile, NULL, NULL);
}
