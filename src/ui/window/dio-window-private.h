/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */

#pragma once

#include "dio-composition-watch.h"
#include "dio-gallery.h"
#include "dio-parameter-panel.h"
#include "dio-prompt-card.h"
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
  DioImporter         *importer;
  GCancellable        *cancellable; /* of drops being read */
  GCancellable        *sample_cancellable; /* (nullable): of a sample being loaded */

  /* Of photos that could not be read */
  AdwToast            *failed_toast; /* (unowned): on show or to be shown, or NULL */
  guint                n_failed;     /* that it tells of */

  /* Template children */
  GtkWidget           *toasts;
  GtkStack            *pages;
  GtkWidget           *compose_page;
  AdwWindowTitle      *title;
  AdwFlap             *flap;
  DioStrip            *strip;
  DioPromptCard       *prompt_card;
  DioGallery          *gallery;
  DioParameterPanel   *panel;
  DioViewer           *viewer;
};

void dio_window_class_actions_init (DioWindowClass *klass);
void dio_window_actions_init       (DioWindow      *self);
void dio_window_update_actions     (DioWindow      *self);
void dio_window_drop_init          (DioWindow      *self);
void dio_window_paste              (DioWindow      *self);

G_END_DECLS
