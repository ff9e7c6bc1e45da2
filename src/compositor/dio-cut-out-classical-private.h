/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of the guess hand on to each other. */

#pragma once

#include "dio-cut-out-classical.h"

G_BEGIN_DECLS

/**
 * DioClassical:
 * @width: of the small picture, as of every plane below
 * @height: of the small picture
 * @lab: (owned): its colours in OKLab, in steps of about what an eye can tell
 * @smooth: (owned): the same, slightly blurred
 * @gradient: (owned): how fast @smooth changes
 * @wide_gradient: (owned): the same of a much wider blur
 * @quiet: median of @gradient along the border: the backdrop's own texture
 * @loud: nine tenths of the border are below it
 * @unit: the sharp gradient that begins to count as an outline
 * @seed: (owned): not zero where the border surely shows the backdrop
 * @backdrop_share: how much of the border has a backdrop's colour
 * @distance: (owned): how hard it is to come here from the seeds
 * @threshold: the distance that parts subject and backdrop
 * @prior: (owned): how likely a pixel is to belong to the subject
 * @outside: (owned): 1 where it surely does not, else 0
 * @local: (owned): the backdrop's colour, guessed also behind the subject
 * @depth: (owned): how many pixels it is to the nearest one that is @outside
 * @subject: the subject's share of the picture
 * @soft: what is neither in nor out, as a share of the subject
 * @weak: how much of the outline has no edge under it
 */
typedef struct
{
  int         width;
  int         height;
  DioBuffer  *lab;
  DioBuffer  *smooth;
  float      *gradient;
  float      *wide_gradient;
  float       quiet;
  float       loud;
  float       unit;
  guint8     *seed;
  float       backdrop_share;
  float      *distance;
  float       threshold;
  float      *prior;
  float      *outside;
  DioBuffer  *local;
  float      *depth;
  float       subject;
  float       soft;
  float       weak;
  DioWorkers *workers; /* (borrowed) */
} DioClassical;

/* The eight neighbours; the four that share a side come first. */
extern const gint8 dio_classical_across[8];
extern const gint8 dio_classical_down[8];

static inline int
dio_classical_get_place (const DioClassical *self,
                         int                 x,
                         int                 y)
{
  return CLAMP (y, 0, self->height - 1) * self->width + CLAMP (x, 0, self->width - 1);
}

static inline const float *
dio_classical_get_colour (const DioClassical *self,
                          int                 place)
{
  return self->smooth->data + (gsize) place * 3;
}

static inline const float *
dio_classical_get_local (const DioClassical *self,
                         int                 place)
{
  return self->local->data + (gsize) place * 3;
}

void          dio_classical_find_backdrop    (DioClassical *self);
void          dio_classical_measure_distance (DioClassical *self);
void          dio_classical_make_prior       (DioClassical *self);
void          dio_classical_remove_seams     (DioClassical *self);
void          dio_classical_shed_shade       (DioClassical *self);
void          dio_classical_measure_softness (DioClassical *self);
void          dio_classical_open_holes       (DioClassical *self);
void          dio_classical_measure_doubt    (DioClassical *self);
DioCutOutFlag dio_classical_judge            (DioClassical *self);

float         dio_classical_get_cost         (const DioClassical *self,
                                              gsize               place,
                                              float               unit);
void          dio_classical_spread           (DioClassical       *self,
                                              const float        *costs,
                                              float              *distance);
guint8       *dio_classical_find_shade       (DioClassical       *self);
float         dio_classical_measure_tint     (const DioClassical *self,
                                              int                 place);
gboolean      dio_classical_is_dark          (const DioClassical *self,
                                              int                 place);

G_END_DECLS
