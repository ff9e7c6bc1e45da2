/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second stage of a composition: ground, shadows, subjects, style, look. */

#include "config.h"

#include "dio-composing-private.h"

#include <math.h>

#include "dio-backdrop.h"
#include "dio-look.h"
#include "dio-palette.h"
#include "dio-place.h"
#include "dio-random.h"
#include "dio-shadow.h"
#include "dio-strokes.h"
#include "dio-transfer.h"

/* A coloured backdrop is paper, not light: subjects take on less of it. */
#define STUDIO_MATCH 0.35

static void
make_ground (DioComposing *self)
{
  const DioCompositorRequest *request = self->request;

  if (self->scene_input != NULL)
    {
      const DioKeptScene *kept = dio_inputs_get_scene (self->inputs);

      self->picture = dio_pixels_to_linear (kept->picture, self->workers);
      self->scene = kept->scene;
      return;
    }

  self->picture = dio_backdrop_new (&self->plan->backdrop, request->width, request->height,
                                         self->seed, self->workers);
  self->scene = self->studio = dio_backdrop_new_scene (self->picture, self->workers);
}

static const DioPlacement *
get_placement (const DioComposing *self,
               guint               i)
{
  return &g_array_index (self->layout->placements, DioPlacement, i);
}

static const DioCutOut *
get_cut_out (const DioComposing *self,
             guint               i)
{
  return g_ptr_array_index (self->cut_outs, get_placement (self, i)->subject);
}

static void
lay_out (DioComposing *self)
{
  const DioCompositorRequest *request = self->request;

  self->layout = dio_layout_new (self->plan, self->scene,
                                      (const DioLayoutSubject *) self->subjects->data,
                                      self->subjects->len,
                                      (double) request->width / request->height,
                                      request->jitter, self->seed);

  for (guint i = 0; i < self->layout->placements->len; i++)
    g_ptr_array_add (self->layers,
                     dio_layer_new (get_cut_out (self, i), get_placement (self, i),
                                    request->width, request->height, self->workers));
}

/* All shadows before all subjects: none falls on what stands before it. */
static void
draw_shadows (DioComposing *self)
{
  const DioCompositorRequest *request = self->request;
  double strength = request->shadow * self->plan->shadow;
  g_autoptr(DioBuffer) map = dio_shadow_map_new (request->width, request->height);

  for (guint i = 0; i < self->layers->len; i++)
    dio_shadow_add (map, g_ptr_array_index (self->layers, i), get_placement (self, i),
                    &self->layout->light, self->scene, strength, self->workers);
  if (strength > 0.0)
    dio_shadow_apply (map, self->picture, self->workers);
}

static void
place_subjects (DioComposing *self)
{
  const DioCompositorRequest *request = self->request;
  DioPlaceSettings settings = {
    .match = request->match * (self->studio != NULL ? STUDIO_MATCH : 1.0),
    .relight = request->match,
    .grain = request->grain * self->plan->grain,
  };

  for (guint i = 0; i < self->layers->len; i++)
    {
      settings.seed = dio_random_hash (self->seed + 101 * (i + 1));
      dio_place (self->picture, self->scene, g_ptr_array_index (self->layers, i),
                 get_cut_out (self, i), get_placement (self, i), &self->layout->light,
                 &settings, self->workers);
      dio_progress_update (&self->progress, (i + 1.0) / self->layers->len);
    }
}

static void
apply_palette (DioComposing *self)
{
  const DioKeptStyle *style = dio_inputs_get_style (self->inputs);
  g_autoptr(DioBuffer) colours = dio_palette_sample (self->picture, DIO_INPUTS_N_COLOURS, 2);
  g_autoptr(DioPalette) palette = dio_palette_new (colours, style->colours, 3, self->workers);

  dio_palette_apply (palette, self->picture, dio_composing_get_palette (self), self->workers);
}

/* Where subjects are, as soft as their shadows. */
static DioBuffer *
make_subject_map (const DioComposing *self)
{
  const DioBuffer *picture = self->picture;
  int scale = dio_layer_get_soft_scale (picture->width, picture->height);
  DioBuffer *map = dio_buffer_new ((picture->width + scale - 1) / scale, (picture->height + scale - 1) / scale, 1);

  for (guint i = 0; i < self->layers->len; i++)
    {
      const DioLayer *layer = g_ptr_array_index (self->layers, i);

      for (int y = 0; y < layer->soft->height; y++)
        for (int x = 0; x < layer->soft->width; x++)
          {
            int u = x + (int) floor ((double) layer->x / scale + 0.5);
            int v = y + (int) floor ((double) layer->y / scale + 0.5);

            if (u >= 0 && v >= 0 && u < map->width && v < map->height)
              dio_buffer_row (map, v)[u] = MAX (dio_buffer_row (map, v)[u], dio_buffer_at (layer->soft, x, y)[3]);
          }
    }

  return map;
}

static void
apply_texture (DioComposing *self)
{
  g_autoptr(DioBuffer) subjects = make_subject_map (self);

  dio_strokes_apply (self->picture, dio_inputs_get_style (self->inputs)->picture, subjects,
                     dio_composing_get_texture (self), self->seed, &self->progress, self->workers);
}

/**
 * dio_composing_draw:
 * @self: a composition with its photos ready
 * @error: return location for an error, or %NULL
 *
 * Draws the picture. After a cancellation what is drawn is incomplete, so every
 * step looks.
 *
 * Returns: %FALSE with @error set when cancelled
 */
gboolean
dio_composing_draw (DioComposing  *self,
                    GError       **error)
{
  dio_progress_begin (&self->progress, DIO_COMPOSITOR_LAYOUT);
  make_ground (self);
  if (self->subjects->len > 0)
    {
      lay_out (self);
      if (dio_composing_is_cancelled (self, error))
        return FALSE;
      dio_progress_begin (&self->progress, DIO_COMPOSITOR_SHADOWS);
      draw_shadows (self);
      dio_progress_begin (&self->progress, DIO_COMPOSITOR_PLACE);
      place_subjects (self);
    }
  if (dio_composing_is_cancelled (self, error))
    return FALSE;

  if (dio_composing_get_palette (self) > 0.0)
    {
      dio_progress_begin (&self->progress, DIO_COMPOSITOR_PALETTE);
      apply_palette (self);
    }
  if (dio_composing_is_cancelled (self, error))
    return FALSE;

  if (dio_composing_get_texture (self) > 0.0)
    {
      dio_progress_begin (&self->progress, DIO_COMPOSITOR_TEXTURE);
      apply_texture (self);
    }
  if (dio_composing_is_cancelled (self, error))
    return FALSE;

  dio_progress_begin (&self->progress, DIO_COMPOSITOR_LOOK);
  dio_look_apply (self->plan->looks, self->picture, self->scene->horizon,
                  self->plan->grain, self->seed, self->workers);

  return !dio_composing_is_cancelled (self, error);
}
