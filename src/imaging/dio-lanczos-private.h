/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights of a Lanczos-3 filter along one side of a picture. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioLanczos:
 * @first: for each new sample, the first old sample that it is made of
 * @count: for each new sample, of how many it is made
 * @weights: for each new sample, @n_taps weights of which @count are used
 * @n_taps: the largest @count
 * @n_samples: how many new samples there are
 */
typedef struct
{
  int   *first;
  int   *count;
  float *weights;
  int    n_taps;
  int    n_samples;
} DioLanczos;

DioLanczos *dio_lanczos_new  (int         old_size,
                              int         new_size);
void        dio_lanczos_free (DioLanczos *self);

static inline const float *
dio_lanczos_get_weights (const DioLanczos *self,
                         int               i)
{
  return self->weights + (gsize) i * self->n_taps;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLanczos, dio_lanczos_free)

G_END_DECLS
