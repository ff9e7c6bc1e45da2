/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject without its backdrop. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/**
 * DioCutOutFlag:
 * @DIO_CUT_OUT_CLEAN: nothing looks wrong
 * @DIO_CUT_OUT_CHECK_EDGES: part of the outline has no edge under it, or stays half transparent
 * @DIO_CUT_OUT_BUSY_BACKDROP: there is no plain backdrop to tell the subject from
 * @DIO_CUT_OUT_OWN_ALPHA: the picture came already cut out
 *
 * How far a cut-out can be trusted: shown to the person as it is.
 */
typedef enum
{
  DIO_CUT_OUT_CLEAN,
  DIO_CUT_OUT_CHECK_EDGES,
  DIO_CUT_OUT_BUSY_BACKDROP,
  DIO_CUT_OUT_OWN_ALPHA,
} DioCutOutFlag;

/**
 * DioCutOut:
 * @rgba: sRGB with straight alpha; under half-transparent pixels the subject's
 *   own colour, the backdrop taken out
 * @flag: how far it can be trusted
 * @x: left of the box that holds alpha above one half
 * @y: top of that box
 * @box_width: its width
 * @box_height: its height
 * @backdrop: mean of the removed backdrop, linear RGB; what tells the subject's light
 * @has_backdrop: whether @backdrop was seen
 *
 * Shared by reference; never changed once made.
 */
typedef struct
{
  DioPixels     *rgba; /* (owned) */
  DioCutOutFlag  flag;
  int            x;
  int            y;
  int            box_width;
  int            box_height;
  gboolean       has_backdrop;
  float          backdrop[3];
} DioCutOut;

DioCutOut  *dio_cut_out_new           (DioPixels     *picture,
                                       DioWorkers    *workers,
                                       GError       **error);
DioCutOut  *dio_cut_out_ref           (DioCutOut     *self);
void        dio_cut_out_unref         (DioCutOut     *self);
const char *dio_cut_out_flag_get_nick (DioCutOutFlag  flag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCutOut, dio_cut_out_unref)

G_END_DECLS
