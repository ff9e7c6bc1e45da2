/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the comparison share. */

#pragma once

#include "dio-compare-grid.h"
#include "dio-compare-stage.h"
#include "dio-compare-table.h"
#include "dio-compare-tile.h"
#include "dio-compare-view.h"
#include "dio-content-switch.h"
#include "dio-knock-out.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DIO_COMPARE_SIDE_BY_SIDE,
  DIO_COMPARE_SWIPE,
  DIO_COMPARE_BLINK,
  DIO_COMPARE_ONION_SKIN,
  DIO_COMPARE_DIFFERENCE,
} DioCompareMode;

struct _DioCompareView
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio       *studio;
  DioCompareSet   *set;
  GListModel      *references;  /* of the strip */
  GPtrArray       *tiles;       /* (element-type DioCompareTile), in the set's order */
  GHashTable      *jobs;        /* ids of jobs to DioJob, as far as they are known */
  GCancellable    *loading;     /* (nullable): while a picture is being read */
  DioVerdict       former_verdict; /* of who won the rounds, to be undone */
  DioKnockOut     *rounds;      /* (nullable): while one is to win */

  DioCompareMode   mode;
  gboolean         is_linked;
  gboolean         is_by_pixel;
  guint            shown;       /* which one, while they take turns */
  guint            blink_id;    /* timeout */
  guint            zoom_id;     /* idle source: the zoom is shown */
  guint            release_id;  /* timeout: the pictures are let go of */

  /* Template children */
  GtkWidget       *box;
  GtkStack        *stack;
  DioCompareGrid  *grid;
  DioCompareStage *stage;
  DioCompareTable *table;
  GtkMenuButton   *mode_button;
  GtkMenuButton   *zoom_button;
  GtkWidget       *lock_button;
  GtkLabel        *status;
  GtkWidget       *options;
  GtkWidget       *amount;
  GtkAdjustment   *amount_adjustment;
  GtkWidget       *blink;
  GtkToggleButton *play;
  GtkSpinButton   *interval;
  GtkWidget       *difference;
  GtkAdjustment   *gain;
  GtkToggleButton *false_colour;
  GtkWidget       *rounds_box;
  GtkLabel        *rounds_label;
  GtkButton       *keep_first;
  GtkButton       *keep_second;
  GtkWidget       *equal_toggle;
};

/* -view.c */
DioCompareTile *_dio_compare_view_get_tile      (DioCompareView *self,
                                                 guint           position);
char           *_dio_compare_view_dup_name      (DioCompareView *self,
                                                 guint           position);
DioCanvas      *_dio_compare_view_get_canvas    (DioCompareView *self);
void            _dio_compare_view_show_status   (DioCompareView *self,
                                                 const char     *text);

/* -export.c */
void            _dio_compare_view_class_export_init (DioCompareViewClass *klass);

/* -modes.c */
void            _dio_compare_view_class_modes_init (DioCompareViewClass *klass);
void            _dio_compare_view_modes_init    (DioCompareView *self);
void            _dio_compare_view_update_mode   (DioCompareView *self);
void            _dio_compare_view_update_stage  (DioCompareView *self);
void            _dio_compare_view_fit           (DioCompareView *self);
void            _dio_compare_view_stop_blinking (DioCompareView *self);
const char     *_dio_compare_mode_get_nick      (DioCompareMode  mode);
gboolean        _dio_compare_mode_from_nick     (const char     *nick,
                                                 DioCompareMode *mode);

/* -zoom.c */
void            _dio_compare_view_class_zoom_init (DioCompareViewClass *klass);
void            _dio_compare_view_watch_canvas  (DioCompareView *self,
                                                 DioCanvas      *canvas);
void            _dio_compare_view_show_zoom     (DioCompareView *self);

/* -rounds.c */
void            _dio_compare_view_class_rounds_init (DioCompareViewClass *klass);
void            _dio_compare_view_end_rounds    (DioCompareView *self);
void            _dio_compare_view_update_rounds (DioCompareView *self);

G_END_DECLS
