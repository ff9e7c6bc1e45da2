/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine of this computer: photos in, one picture out. Composes one picture
 * at a time; whoever comes meanwhile waits. */

#include "config.h"

#include "dio-compositor.h"

#include <math.h>
#include <string.h>

#include "dio-backdrop.h"
#include "dio-error.h"
#include "dio-image-header.h"
#include "dio-inputs.h"
#include "dio-look.h"
#include "dio-palette.h"
#include "dio-place.h"
#include "dio-progress.h"
#include "dio-random.h"
#include "dio-shadow.h"
#include "dio-texture.h"
#include "dio-transfer.h"
#include "dio-vocabulary.h"

#define MIN_SIDE 256
#define MAX_SIDE 4096

/* A coloured backdrop is paper, not light: subjects take on less of it. */
#define STUDIO_MATCH 0.35

/* How often one who waits looks whether he still wants to. */
#define WAIT_SLICE (100 * G_TIME_SPAN_MILLISECOND)

struct _DioCompositor
{
  GObject    parent_instance;

  GMutex     mutex;
  GCond      ended;
  gboolean   busy;   /* (guarded by mutex) */
  DioInputs *inputs; /* (owned): of whoever is busy */
};

G_DEFINE_FINAL_TYPE (DioCompositor, dio_compositor, G_TYPE_OBJECT)

/* One composition under way. */
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
} Composing;

static void
clear_note (gpointer data)
{
  g_free (((DioCompositorNote *) data)->name);
}

static void
add_note (Composing                *composing,
          DioCompositorNoteKind     kind,
          const DioCompositorInput *input)
{
  DioCompositorNote note = { kind, g_strdup (input->name) };

  g_array_append_val (composing->notes, note);
}

static void
composing_begin (Composing                  *composing,
                 const DioCompositorRequest *request)
{
  composing->workers = dio_workers_new (request->n_threads, composing->cancellable);
  composing->plan = dio_vocabulary_read (request->prompt, request->inputs, request->n_inputs);
  composing->cut_outs = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_cut_out_unref);
  composing->subjects = g_array_new (FALSE, FALSE, sizeof (DioLayoutSubject));
  composing->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_layer_free);
  composing->notes = g_array_new (FALSE, FALSE, sizeof (DioCompositorNote));
  g_array_set_clear_func (composing->notes, clear_note);
}

static void
composing_clear (Composing *composing)
{
  g_clear_pointer (&composing->picture, dio_buffer_free);
  g_clear_pointer (&composing->layout, dio_layout_free);
  g_clear_pointer (&composing->studio, dio_scene_free);
  g_clear_pointer (&composing->layers, g_ptr_array_unref);
  g_clear_pointer (&composing->subjects, g_array_unref);
  g_clear_pointer (&composing->cut_outs, g_ptr_array_unref);
  g_clear_pointer (&composing->plan, dio_plan_free);
  g_clear_pointer (&composing->notes, g_array_unref);
  g_clear_pointer (&composing->workers, dio_workers_free);
}

static gboolean
is_cancelled (Composing  *composing,
              GError    **error)
{
  return g_cancellable_set_error_if_cancelled (composing->cancellable, error);
}

/* What a photo says of itself, also where what was made of it is kept. */
static void
note_header (Composing                *composing,
             const DioCompositorInput *input)
{
  DioImageHeader header;

  if (!dio_image_header_read (input->bytes, &header, NULL))
    return;
  if (header.animated)
    add_note (composing, DIO_COMPOSITOR_NOTE_FIRST_FRAME, input);
  if (header.cmyk)
    add_note (composing, DIO_COMPOSITOR_NOTE_CMYK, input);
}

/* The first scene and the first style are used, and every subject. */
static gboolean
choose_inputs (Composing  *composing,
               GError    **error)
{
  const DioCompositorRequest *request = composing->request;
  guint n_subjects = 0;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];

      if (input->role == DIO_ROLE_SUBJECT)
        n_subjects++;
      else if (input->role == DIO_ROLE_SCENE && composing->scene_input == NULL)
        composing->scene_input = input;
      else if (input->role == DIO_ROLE_SCENE)
        add_note (composing, DIO_COMPOSITOR_NOTE_SCENE_UNUSED, input);
      else if (composing->style_input == NULL)
        composing->style_input = input;
      else
        add_note (composing, DIO_COMPOSITOR_NOTE_STYLE_UNUSED, input);
    }

  if (n_subjects == 0 && composing->scene_input == NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "At least one subject or scene is needed");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_used (const Composing          *composing,
         const DioCompositorInput *input)
{
  return input->role == DIO_ROLE_SUBJECT || input == composing->scene_input || input == composing->style_input;
}

static double
get_palette (const Composing *composing)
{
  return composing->style_input == NULL ? 0.0 : CLAMP (composing->request->palette * composing->plan->palette, 0.0, 1.0);
}

static double
get_texture (const Composing *composing)
{
  return composing->style_input == NULL ? 0.0 : CLAMP (composing->request->texture * composing->plan->texture, 0.0, 1.0);
}

/* In seconds of one computer, measured at four megapixels; only their relation
 * matters. */
static void
estimate_costs (Composing *composing)
{
  const DioCompositorRequest *request = composing->request;
  double size = (double) request->width * request->height / (2048.0 * 2048.0);
  double *costs = composing->progress.costs;

  costs[DIO_COMPOSITOR_LAYOUT] = 0.1 * size;
  costs[DIO_COMPOSITOR_PALETTE] = get_palette (composing) > 0.0 ? 0.1 + 0.4 * size : 0.0;
  costs[DIO_COMPOSITOR_TEXTURE] = get_texture (composing) > 0.0 ? 1.3 + 0.9 * size : 0.0;
  costs[DIO_COMPOSITOR_LOOK] = (composing->plan->looks != 0 ? 0.6 : 0.1) * size;
  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];
      gboolean made = input->role == DIO_ROLE_SUBJECT && dio_inputs_has_subject (composing->inputs, input);

      if (!is_used (composing, input))
        continue;
      costs[DIO_COMPOSITOR_DECODE] += made ? 0.0 : 0.15;
      if (input->role == DIO_ROLE_SUBJECT)
        {
          costs[DIO_COMPOSITOR_CUT_OUT] += made ? 0.0 : 1.1;
          costs[DIO_COMPOSITOR_LAYOUT] += 0.1 * size;
          costs[DIO_COMPOSITOR_SHADOWS] += 0.04;
          costs[DIO_COMPOSITOR_PLACE] += 0.2 * size;
        }
    }
}

static gboolean
decode_inputs (Composing  *composing,
               GError    **error)
{
  const DioCompositorRequest *request = composing->request;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];

      if (!is_used (composing, input))
        continue;
      if (!dio_inputs_decode (composing->inputs, input, request->width, request->height,
                              composing->workers, composing->cancellable, error))
        return FALSE;
      note_header (composing, input);
      dio_progress_update (&composing->progress, (i + 1.0) / request->n_inputs);
    }

  return TRUE;
}

static gboolean
cut_out_inputs (Composing  *composing,
                GError    **error)
{
  const DioCompositorRequest *request = composing->request;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];
      DioLayoutSubject subject = { .input = i };
      DioCutOut *cut_out;

      if (input->role != DIO_ROLE_SUBJECT)
        continue;
      cut_out = dio_inputs_get_subject (composing->inputs, input, composing->workers, composing->cancellable, error);
      if (cut_out == NULL)
        return FALSE;

      g_ptr_array_add (composing->cut_outs, cut_out);
      subject.aspect = (double) MAX (1, cut_out->box_width) / MAX (1, cut_out->box_height);
      g_array_append_val (composing->subjects, subject);
      if (cut_out->flag == DIO_CUT_OUT_CHECK_EDGES)
        add_note (composing, DIO_COMPOSITOR_NOTE_CHECK_EDGES, input);
      else if (cut_out->flag == DIO_CUT_OUT_BUSY_BACKDROP)
        add_note (composing, DIO_COMPOSITOR_NOTE_BUSY_BACKDROP, input);
      dio_progress_update (&composing->progress, (i + 1.0) / request->n_inputs);
    }

  return TRUE;
}

static void
make_ground (Composing *composing)
{
  const DioCompositorRequest *request = composing->request;

  if (composing->scene_input != NULL)
    {
      const DioKeptScene *kept = dio_inputs_get_scene (composing->inputs);

      composing->picture = dio_pixels_to_linear (kept->picture, composing->workers);
      composing->scene = kept->scene;
      return;
    }

  composing->picture = dio_backdrop_new (&composing->plan->backdrop, request->width, request->height,
                                         composing->seed, composing->workers);
  composing->scene = composing->studio = dio_backdrop_new_scene (composing->picture, composing->workers);
}

static const DioPlacement *
get_placement (const Composing *composing,
               guint            i)
{
  return &g_array_index (composing->layout->placements, DioPlacement, i);
}

static const DioCutOut *
get_cut_out (const Composing *composing,
             guint            i)
{
  return g_ptr_array_index (composing->cut_outs, get_placement (composing, i)->subject);
}

static void
lay_out (Composing *composing)
{
  const DioCompositorRequest *request = composing->request;

  composing->layout = dio_layout_new (composing->plan, composing->scene,
                                      (const DioLayoutSubject *) composing->subjects->data,
                                      composing->subjects->len,
                                      (double) request->width / request->height,
                                      request->jitter, composing->seed);

  for (guint i = 0; i < composing->layout->placements->len; i++)
    g_ptr_array_add (composing->layers,
                     dio_layer_new (get_cut_out (composing, i), get_placement (composing, i),
                                    request->width, request->height, composing->workers));
}

/* All shadows before all subjects: none falls on what stands before it. */
static void
draw_shadows (Composing *composing)
{
  const DioCompositorRequest *request = composing->request;
  double strength = request->shadow * composing->plan->shadow;
  g_autoptr(DioBuffer) map = dio_shadow_map_new (request->width, request->height);

  for (guint i = 0; i < composing->layers->len; i++)
    dio_shadow_add (map, g_ptr_array_index (composing->layers, i), get_placement (composing, i),
                    &composing->layout->light, composing->scene, strength, composing->workers);
  if (strength > 0.0)
    dio_shadow_apply (map, composing->picture, composing->workers);
}

static void
place_subjects (Composing *composing)
{
  const DioCompositorRequest *request = composing->request;
  DioPlaceSettings settings = {
    .match = request->match * (composing->studio != NULL ? STUDIO_MATCH : 1.0),
    .relight = request->match,
    .grain = request->grain * composing->plan->grain,
  };

  for (guint i = 0; i < composing->layers->len; i++)
    {
      settings.seed = dio_random_hash (composing->seed + 101 * (i + 1));
      dio_place (composing->picture, composing->scene, g_ptr_array_index (composing->layers, i),
                 get_cut_out (composing, i), get_placement (composing, i), &composing->layout->light,
                 &settings, composing->workers);
      dio_progress_update (&composing->progress, (i + 1.0) / composing->layers->len);
    }
}

static void
apply_palette (Composing *composing)
{
  const DioKeptStyle *style = dio_inputs_get_style (composing->inputs);
  g_autoptr(DioBuffer) colours = dio_palette_sample (composing->picture, DIO_INPUTS_N_COLOURS, 2);
  g_autoptr(DioPalette) palette = dio_palette_new (colours, style->colours, 3, composing->workers);

  dio_palette_apply (palette, composing->picture, get_palette (composing), composing->workers);
}

/* Where subjects are, as soft as their shadows. */
static DioBuffer *
make_subject_map (const Composing *composing)
{
  const DioBuffer *picture = composing->picture;
  int scale = dio_layer_get_soft_scale (picture->width, picture->height);
  DioBuffer *map = dio_buffer_new ((picture->width + scale - 1) / scale, (picture->height + scale - 1) / scale, 1);

  for (guint i = 0; i < composing->layers->len; i++)
    {
      const DioLayer *layer = g_ptr_array_index (composing->layers, i);

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
apply_texture (Composing *composing)
{
  g_autoptr(DioBuffer) subjects = make_subject_map (composing);

  dio_texture_apply (composing->picture, dio_inputs_get_style (composing->inputs)->picture, subjects,
                     get_texture (composing), composing->seed, &composing->progress, composing->workers);
}

/* The photos, before anything is drawn. */
static gboolean
prepare (Composing  *composing,
         GError    **error)
{
  if (!choose_inputs (composing, error) || is_cancelled (composing, error))
    return FALSE;

  estimate_costs (composing);
  dio_progress_begin (&composing->progress, DIO_COMPOSITOR_DECODE);
  if (!decode_inputs (composing, error))
    return FALSE;
  dio_progress_begin (&composing->progress, DIO_COMPOSITOR_CUT_OUT);

  return cut_out_inputs (composing, error) && !is_cancelled (composing, error);
}

/* After a cancellation what is drawn is incomplete, so every step looks. */
static gboolean
draw (Composing  *composing,
      GError    **error)
{
  dio_progress_begin (&composing->progress, DIO_COMPOSITOR_LAYOUT);
  make_ground (composing);
  if (composing->subjects->len > 0)
    {
      lay_out (composing);
      if (is_cancelled (composing, error))
        return FALSE;
      dio_progress_begin (&composing->progress, DIO_COMPOSITOR_SHADOWS);
      draw_shadows (composing);
      dio_progress_begin (&composing->progress, DIO_COMPOSITOR_PLACE);
      place_subjects (composing);
    }
  if (is_cancelled (composing, error))
    return FALSE;

  if (get_palette (composing) > 0.0)
    {
      dio_progress_begin (&composing->progress, DIO_COMPOSITOR_PALETTE);
      apply_palette (composing);
    }
  if (is_cancelled (composing, error))
    return FALSE;

  if (get_texture (composing) > 0.0)
    {
      dio_progress_begin (&composing->progress, DIO_COMPOSITOR_TEXTURE);
      apply_texture (composing);
    }
  if (is_cancelled (composing, error))
    return FALSE;

  dio_progress_begin (&composing->progress, DIO_COMPOSITOR_LOOK);
  dio_look_apply (composing->plan->looks, composing->picture, composing->scene->horizon,
                  composing->plan->grain, composing->seed, composing->workers);

  return !is_cancelled (composing, error);
}

static DioRendering *
finish (Composing  *composing,
        GError    **error)
{
  g_autoptr(DioRendering) rendering = g_new0 (DioRendering, 1);

  rendering->pixels = dio_linear_to_pixels (composing->picture, composing->workers);
  if (is_cancelled (composing, error))
    return NULL;

  rendering->used = g_steal_pointer (&composing->plan->used);
  rendering->unused = g_steal_pointer (&composing->plan->unused);
  rendering->notes = g_steal_pointer (&composing->notes);
  dio_progress_end (&composing->progress);
  memcpy (rendering->seconds, composing->progress.seconds, sizeof rendering->seconds);

  return g_steal_pointer (&rendering);
}

static gboolean
check_request (const DioCompositorRequest *request,
               GError                    **error)
{
  if (request->width < MIN_SIDE || request->height < MIN_SIDE ||
      request->width > MAX_SIDE || request->height > MAX_SIDE)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "A size of %d x %d is outside %d to %d",
                   request->width, request->height, MIN_SIDE, MAX_SIDE);
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_turn (DioCompositor *self,
           GCancellable  *cancellable,
           GError       **error)
{
  gboolean ours = FALSE;

  g_mutex_lock (&self->mutex);
  while (self->busy && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->ended, &self->mutex, g_get_monotonic_time () + WAIT_SLICE);
  if (!self->busy)
    ours = self->busy = TRUE;
  g_mutex_unlock (&self->mutex);

  if (!ours)
    g_cancellable_set_error_if_cancelled (cancellable, error);

  return ours;
}

static void
end_turn (DioCompositor *self)
{
  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
}

static void
dio_compositor_finalize (GObject *object)
{
  DioCompositor *self = DIO_COMPOSITOR (object);

  dio_inputs_free (self->inputs);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);

  G_OBJECT_CLASS (dio_compositor_parent_class)->finalize (object);
}

static void
dio_compositor_class_init (DioCompositorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dio_compositor_finalize;
}

static void
dio_compositor_init (DioCompositor *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
}

/**
 * dio_compositor_new:
 * @cache: (nullable): where cut-outs are kept from one run to the next
 *
 * Returns: (transfer full): a new engine; may be used from any thread
 */
DioCompositor *
dio_compositor_new (DioCutOutCache *cache)
{
  DioCompositor *self = g_object_new (DIO_TYPE_COMPOSITOR, NULL);

  self->inputs = dio_inputs_new (cache);

  return self;
}

/**
 * dio_compositor_compose:
 * @self: the engine
 * @request: what to compose
 * @seed: what makes one variation differ from the next
 * @progress: (nullable) (scope call): told what is being done
 * @user_data: data for @progress
 * @cancellable: (nullable): ends it soon
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. The same pictures, request and seed give the same
 * bytes for any number of threads.
 *
 * Returns: (transfer full): the picture, opaque, and what there is to say of it
 */
DioRendering *
dio_compositor_compose (DioCompositor              *self,
                        const DioCompositorRequest *request,
                        guint32                     seed,
                        DioCompositorProgressFunc   progress,
                        gpointer                    user_data,
                        GCancellable               *cancellable,
                        GError                    **error)
{
  Composing composing = { .request = request, .seed = seed, .cancellable = cancellable };
  DioRendering *rendering = NULL;

  g_return_val_if_fail (DIO_IS_COMPOSITOR (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (!check_request (request, error) || !take_turn (self, cancellable, error))
    return NULL;

  composing.inputs = self->inputs;
  composing.progress.func = progress;
  composing.progress.user_data = user_data;
  composing_begin (&composing, request);
  if (prepare (&composing, error) && draw (&composing, error))
    rendering = finish (&composing, error);
  composing_clear (&composing);
  end_turn (self);

  return rendering;
}
