/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sRGB curve and its inverse by tables, for the inner loops of imaging. */

#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

#define DIO_TRANSFER_STEPS 4096

/**
 * DioTransferTables:
 * @byte_to_linear: light of each stored byte
 * @to_linear: light by sRGB value, in even steps
 * @to_srgb: sRGB value by the square root of light, in even steps: the curve is
 *   nearly straight over the root, so that straight pieces are exact enough
 *
 * The two long tables have one entry more, so that the last piece has an end.
 */
typedef struct
{
  float byte_to_linear[256];
  float to_linear[DIO_TRANSFER_STEPS + 2];
  float to_srgb[DIO_TRANSFER_STEPS + 2];
} DioTransferTables;

const DioTransferTables *dio_transfer_get_tables (void);

/* Written so that NaN becomes 0. */
static inline float
dio_transfer_clamp (float value)
{
  value = value > 0.0f ? value : 0.0f;

  return value < 1.0f ? value : 1.0f;
}

static inline float
dio_transfer_look_up (const float *table,
                      float        value)
{
  float position = value * DIO_TRANSFER_STEPS;
  int i = (int) position;

  return table[i] + (table[i + 1] - table[i]) * (position - (float) i);
}

static inline float
dio_transfer_linearise (const DioTransferTables *tables,
                        float                    srgb)
{
  return dio_transfer_look_up (tables->to_linear, dio_transfer_clamp (srgb));
}

static inline float
dio_transfer_delinearise (const DioTransferTables *tables,
                          float                    linear)
{
  return dio_transfer_look_up (tables->to_srgb, sqrtf (dio_transfer_clamp (linear)));
}

static inline guint8
dio_transfer_to_byte (float value)
{
  return (guint8) (dio_transfer_clamp (value) * 255.0f + 0.5f);
}

G_END_DECLS
