/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One composition under way, shared by the stages that make it. */

#pragma once

#include "dio-compositor.h"
#include "dio-inputs.h"
#include "dio-layer.h"
#include "dio-progress.h"

G_BEGIN_DECLS

typedef struct
{
  /* given */
  DioInputs                  *inputs;
  const DioCompositorRequest *request;
  guint32                     seed;
  GCancellable               *cancellable;

  /* under way */
  DioWorkers               *workers;    /* (owned) */
  DioPlan                  *plan;       /* (owned) */
  DioProgress               progress;
  const DioCompositorInput *scene_input; /* (nullable) */
  const DioCompositorInput *style_input; /* (nullable) */
  GPtrArray                *cut_outs;   /* (owned) (element-type DioCutOut): of the subjects */
  GArray                   *subjects;   /* (owned) (element-type DioLayoutSubject): as many */
  GPtrArray                *layers;     /* (owned) (element-type DioLayer): of the placements */
  DioScene                 *studio;     /* (owned) (nullable): without a scene */
  const DioScene           *scene;      /* the one or the other */
  DioLayout                *layout;     /* (owned) (nullable): without subjects */
  DioBuffer                *picture;    /* (owned): light */

  /* result */
  GArray                   *notes;      /* (owned) */
} DioComposing;

gboolean      dio_composing_prepare     (DioComposing        *self,
                                         GError             **error);
gboolean      dio_composing_draw        (DioComposing        *self,
                                         GError             **error);

/* What the style is to do, by the request and the prompt; 0 without a style. */
static inline double
dio_composing_get_palette (const DioComposing *self)
{
  return self->style_input == NULL ? 0.0 : CLAMP (self->request->palette * self->plan->palette, 0.0, 1.0);
}

static inline double
dio_composing_get_texture (const DioComposing *self)
{
  return self->style_input == NULL ? 0.0 : CLAMP (self->request->texture * self->plan->texture, 0.0, 1.0);
}

static inline gboolean
dio_composing_is_cancelled (DioComposing *self,
                            GError      **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

G_END_DECLS
