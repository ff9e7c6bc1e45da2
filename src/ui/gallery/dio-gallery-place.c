/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the window a picture of the gallery is, for what comes from there and
 * goes back. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-result-tile.h"
#include "dio-tile.h"

static DioResultTile *
find_tile (GtkWidget *widget,
           DioResult *result)
{
  DioResultTile *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;

  if (DIO_IS_RESULT_TILE (widget))
    return dio_result_tile_get_result (DIO_RESULT_TILE (widget)) == result ? DIO_RESULT_TILE (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_tile (child, result);

  return found;
}

/* FALSE where the picture is scrolled out of sight. @picture is borrowed, and NULL
 * until there is one. */
gboolean
dio_gallery_find_place (DioGallery       *self,
                        DioResult        *result,
                        GtkWidget        *relative_to,
                        graphene_rect_t  *place,
                        GdkPaintable    **picture)
{
  DioResultTile *tile = find_tile (GTK_WIDGET (self->grid), result);

  if (tile == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (tile), relative_to, place))
    return FALSE;

  if (picture != NULL)
    *picture = dio_result_tile_get_picture (tile);

  return TRUE;
}

/* Whether the file of a picture in sight is not where it was. */
gboolean
dio_gallery_is_missing (DioGallery *self,
                        DioResult  *result)
{
  DioResultTile *tile = find_tile (GTK_WIDGET (self->grid), result);

  return tile != NULL && dio_result_tile_get_is_missing (tile);
}

/* A grid that is given the focus gives it to the cell that had it last: it is to be
 * the one that is scrolled to, which has its widget by then. */
static void
focus_cell (DioGallery *self,
            guint       position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", position);
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
       cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);

      if (DIO_IS_TILE (tile) && dio_tile_get_position (DIO_TILE (tile)) == position)
        {
          gtk_widget_grab_focus (cell);
          return;
        }
    }
}

/* Scrolls to it, selects it, and gives it the focus. */
void
dio_gallery_reveal (DioGallery *self,
                    DioResult  *result)
{
  guint position = dio_gallery_find_position (self, result);

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  focus_cell (self, position);
}

/* To the top, as far as there is enough below; a list scrolls no further than it
 * must, so it is first put a little past it. Nothing is selected. */
void
dio_gallery_go_to (DioGallery *self,
                   gint64      number)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position;

  if (!dio_result_list_find (self->results, number, &position))
    return;

  position += g_list_model_get_n_items (G_LIST_MODEL (self->jobs));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * position / n);
  focus_cell (self, position);
}
