/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the gallery share. */

#pragma once

#include "dio-columns.h"
#include "dio-gallery.h"
#include "dio-queue-watch.h"
#include "dio-selection.h"
#include "dio-thumbnailer.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is to be done with results that are selected. */
typedef void (*DioGalleryFunc) (DioGallery *self,
                                GPtrArray  *results,
                                const char *name,
                                GVariant   *parameter);

struct _DioGallery
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioThumbnailer      *thumbnailer;
  GtkFilterListModel  *jobs;      /* DioJob that is not done */
  DioResultList       *results;
  DioSelection        *selection; /* jobs, then results */
  DioQueueWatch       *queue_watch;
  DioGalleryBar       *bar;       /* (nullable) */

  /* What was deleted, while that can be undone by its toast, or NULL */
  GPtrArray           *deleted;
  AdwToast            *deleted_toast; /* (unowned) */

  gboolean             is_empty;  /* there is nothing that a bar could find */

  GPtrArray           *blank;      /* (owned) (element-type DioTile): cells that show nothing yet */
  guint                fill_id;    /* idle source that fills one of them */
  gulong               layout_id;  /* handler of the frame clock */
  gboolean             fills_after_layout; /* those in sight */
  double               first_seen; /* positions that are seen, and some more */
  double               last_seen;

  guint                focus_id;   /* idle source that puts the focus back */
  guint                focus_next; /* position that it goes to */

  /* Template children */
  GtkStack            *stack;
  GtkScrolledWindow   *scroller;
  DioColumns          *columns;
  GtkGridView         *grid;
  GtkPopoverMenu      *menu;
  GMenuModel          *result_menu;
  GMenuModel          *trash_menu;
  GtkWidget           *trash_bar;
};

void       dio_gallery_class_actions_init (DioGalleryClass *klass);
void       dio_gallery_update_actions     (DioGallery      *self);
void       dio_gallery_class_cells_init   (DioGalleryClass *klass);
void       dio_gallery_cells_init         (DioGallery      *self);
void       dio_gallery_cells_dispose      (DioGallery      *self);
void       dio_gallery_class_trash_init   (DioGalleryClass *klass);
DioResult *dio_gallery_get_selected       (DioGallery      *self);
guint      dio_gallery_count_selected     (DioGallery      *self);
DioResult *dio_gallery_find_result        (DioGallery      *self,
                                           gint64           number);
void       dio_gallery_with_selected      (DioGallery      *self,
                                           const char      *name,
                                           GVariant        *parameter,
                                           DioGalleryFunc   func);
void       dio_gallery_let_go             (GPtrArray       *results);
guint      dio_gallery_find_position      (DioGallery      *self,
                                           gpointer         item);
gboolean   dio_gallery_is_missing         (DioGallery      *self,
                                           DioResult       *result);
void       dio_gallery_go_to              (DioGallery      *self,
                                           gint64           number);

G_END_DECLS
