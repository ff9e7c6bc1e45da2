/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the gallery share. */

#pragma once

#include "dio-gallery.h"
#include "dio-queue-watch.h"
#include "dio-thumbnailer.h"

G_BEGIN_DECLS

struct _DioGallery
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioThumbnailer      *thumbnailer;
  GtkFilterListModel  *jobs;      /* DioJob that is not done */
  DioResultList       *results;
  GtkSingleSelection  *selection; /* jobs, then results */
  DioQueueWatch       *queue_watch;
  DioGalleryBar       *bar;       /* (nullable) */

  gboolean             is_empty;  /* there is nothing that a bar could find */

  guint                focus_id;   /* idle source that puts the focus back */
  guint                focus_next; /* position that it goes to */

  /* Template children */
  GtkStack            *stack;
  GtkScrolledWindow   *scroller;
  GtkGridView         *grid;
  GtkPopover          *menu;
};

void       dio_gallery_class_actions_init (DioGalleryClass *klass);
void       dio_gallery_update_actions     (DioGallery      *self);
DioResult *dio_gallery_get_selected       (DioGallery      *self);
guint      dio_gallery_find_position      (DioGallery      *self,
                                           gpointer         item);

G_END_DECLS
