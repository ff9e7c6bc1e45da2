/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sRGB curve, a row at a time, for the inner loops of imaging. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const float *dio_transfer_get_byte_table    (void);
void         dio_transfer_linearise_row     (float       *samples,
                                             int          n_pixels,
                                             int          channels);
void         dio_transfer_delinearise_row   (float       *samples,
                                             int          n_pixels,
                                             int          channels);
void         dio_transfer_row_to_bytes      (const float *linear,
                                             guint8      *bytes,
                                             int          n_pixels,
                                             int          channels);

G_END_DECLS
