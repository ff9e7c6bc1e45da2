/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers by counter: the number of a place depends on the seed and the
 * place alone, so that any thread may ask for any of them in any order. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Mixing steps and constants: Chris Wellons, "Prospecting for Hash Functions"
 * (2018), lowbias32, in the public domain. */
static inline guint32
dio_random_hash (guint32 x)
{
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;

  return x;
}

static inline guint32
dio_random_bits (guint32 seed,
                 guint32 i,
                 guint32 j)
{
  return dio_random_hash (seed ^ dio_random_hash (i * 0x9e3779b9u ^ dio_random_hash (j + 0x85ebca6bu)));
}

/**
 * dio_random_unit:
 * @seed: what makes one picture differ from the next
 * @i: first part of the place, for example a pixel's number
 * @j: second part of the place, for example a channel
 *
 * Returns: a number from 0 to just below 1
 */
static inline float
dio_random_unit (guint32 seed,
                 guint32 i,
                 guint32 j)
{
  return (float) (dio_random_bits (seed, i, j) >> 8) * (1.0f / 16777216.0f);
}

G_END_DECLS
