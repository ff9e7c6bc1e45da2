/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */

#pragma once

#include "dio-compare-set.h"
#include "dio-composition-history.h"
#include "dio-composition-watch.h"
#include "dio-draft-keeper.h"
#include "dio-flight.h"
#include "dio-gallery.h"
#include "dio-parameter-panel.h"
#include "dio-prompt-card.h"
#include "dio-queue-page.h"
#include "dio-strip.h"
#include "dio-viewer.h"
#include "dio-window.h"

G_BEGIN_DECLS

struct _DioWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioSettings         *settings;
  DioComposition      *composition;
  DioCompositionWatch *watch;
  DioCompositionHistory *history;
  DioDraftKeeper      *keeper;
  DioImporter         *importer;
  DioCompareSet       *compare_set; /* (nullable): until something is compared */
  GCancellable        *cancellable; /* of drops being read */
  GCancellable        *sample_cancellable; /* (nullable): of a sample being loaded */

  DioFlight           *flight; /* (unowned): above the pages */
  DioResult           *shown;  /* (owned) (nullable): last in the large view */

  gboolean             is_sending; /* between Generate and the job */
  gboolean             is_saving;  /* while the composition is written to a file */
  gboolean             is_opening; /* while it is read from one */

  /* Of photos that could not be read */
  AdwToast            *failed_toast; /* (unowned): on show or to be shown, or NULL */
  guint                n_failed;     /* that it tells of */

  /* Pages made when they are first needed, or NULL; (unowned) */
  DioViewer           *viewer;
  DioQueuePage        *queue_page;
  guint                fill_id; /* idle source that fills the panel */

  AdwToast            *recall_toast; /* (unowned): that offers it, or NULL */

  /* Template children */
  GtkWidget           *toasts;
  GtkStack            *pages;
  GtkWidget           *compose_page;
  AdwWindowTitle      *title;
  AdwFlap             *flap;
  DioStrip            *strip;
  DioPromptCard       *prompt_card;
  DioGalleryBar       *search_bar;
  GtkStack            *content; /* the gallery, and what is compared */
  DioGallery          *gallery;
  DioParameterPanel   *panel;
  GtkMenuButton       *menu_button;
  GMenuModel          *primary_menu;
  GtkWidget           *queue_button;
  GtkLabel            *queue_count;
};

void dio_window_class_actions_init (DioWindowClass *klass);
void dio_window_actions_init       (DioWindow      *self);
void dio_window_update_actions     (DioWindow      *self);
void dio_window_recall_init        (DioWindow      *self);
void dio_window_class_document_init (DioWindowClass *klass);
gboolean dio_window_is_empty       (DioWindow      *self);
void dio_window_keep_or_forget     (DioWindow      *self);
void dio_window_drop_init          (DioWindow      *self);
void dio_window_viewer_init        (DioWindow      *self);
void dio_window_open_result        (DioWindow      *self,
                                    DioResult      *result);
void dio_window_compare_init       (DioWindow      *self);
void dio_window_show_content       (DioWindow      *self,
                                    const char     *name);
void dio_window_class_again_init  (DioWindowClass *klass);
void dio_window_later_init         (DioWindow      *self);
void dio_window_paste              (DioWindow      *self);
void dio_window_show_queue         (DioWindow      *self);
void dio_window_generate_action    (GtkWidget      *widget,
                                    const char     *name,
                                    GVariant       *parameter);
void dio_window_ask_price_action   (GtkWidget      *widget,
                                    const char     *name,
                                    GVariant       *parameter);

G_END_DECLS
