/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the large view share. */

#pragma once

#include "dio-canvas.h"
#include "dio-look-ahead.h"
#include "dio-mark-bar.h"
#include "dio-result-details.h"
#include "dio-result-walk.h"
#include "dio-viewer.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _DioViewer
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio         *studio;
  DioResultWalk     *walk;
  DioLookAhead      *look_ahead;
  DioResult         *result;      /* shown now, or NULL */
  GSignalGroup      *signals;     /* of the result */
  GCancellable      *cancellable; /* of the whole picture being decoded */

  guint              focus_id;    /* idle source that takes the focus */
  gboolean           is_full;     /* the whole picture is there or under way */

  /* Template children */
  GtkWidget         *box;
  AdwWindowTitle    *title;
  AdwFlap           *flap;
  GtkStack          *stage;
  DioCanvas         *view;
  AdwStatusPage     *failed;
  GtkWidget         *failed_buttons;
  GtkButton         *zoom_button;
  AdwSplitButton    *use_button;
  DioMarkBar        *marks;
  DioResultDetails  *details;
};

void dio_viewer_class_actions_init (DioViewerClass *klass);
void dio_viewer_update_actions     (DioViewer      *self);
void dio_viewer_close              (DioViewer      *self);

G_END_DECLS
