/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a subject on a plain backdrop without having learnt anything. */

#pragma once

#include "dio-buffer.h"
#include "dio-cut-out.h"

G_BEGIN_DECLS

/* The longer side of the picture that dio_cut_out_guess() works on. */
#define DIO_CUT_OUT_GUESS_SIDE 640

/**
 * DioCutOutGuess:
 * @alpha: (owned): how likely each pixel is to belong to the subject, 0 to 1
 * @flag: how far that can be trusted
 * @has_backdrop: whether any of the backdrop was seen for sure
 * @backdrop: its mean, linear RGB
 */
typedef struct
{
  DioBuffer     *alpha;
  DioCutOutFlag  flag;
  gboolean       has_backdrop;
  float          backdrop[3];
} DioCutOutGuess;

gboolean dio_cut_out_guess (const DioPixels *picture,
                            DioCutOutGuess  *guess,
                            DioWorkers      *workers);

G_END_DECLS
