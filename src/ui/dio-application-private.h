/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the application share. */

#pragma once

#include "dio-application.h"
#include "dio-background.h"
#include "dio-job-notifier.h"
#include "dio-result-copier.h"
#include "dio-search-provider.h"
#include "dio-window.h"

G_BEGIN_DECLS

struct _DioApplication
{
  AdwApplication parent_instance;

  /* Owned */
  DioSearchProvider *search;

  /* Owned; from startup on */
  DioStudio       *studio;
  DioSettings     *settings;
  DioResultCopier *copier;
  DioJobNotifier  *notifier;
  DioBackground   *background;

  /* Borrowed; NULL while it is closed */
  GtkWindow       *preferences;

  GPtrArray       *waiting;      /* (owned): documents to open once the library is open */
  gboolean         has_restored; /* what was being edited when the program ended */
  gboolean         is_open;      /* the library is */
  gboolean         wants_sample; /* asked for before the library was open */
  char            *wanted_result; /* (owned) (nullable): the same, its id */
  GError          *problem;      /* (owned) (nullable): why the library did not open, to be told in a window */
  gboolean         is_held;      /* by a job under way, or a result being copied */
};

DioWindow *_dio_application_get_window  (DioApplication *self);
void       _dio_application_load_sample (DioApplication *self);
void       _dio_application_show_result (DioApplication *self,
                                         const char     *id);
void       _dio_application_add_actions (DioApplication *self);

G_END_DECLS
