/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the window a picture of the gallery is, for what comes from there and
 * goes back. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-result-tile.h"

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

/* Scrolls to it, selects it, and gives it the focus. */
void
dio_gallery_reveal (DioGallery *self,
                    DioResult  *result)
{
  guint position = dio_gallery_find_position (self, result);

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", position);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}
