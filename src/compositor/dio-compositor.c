/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine of this computer: photos in, one picture out. Composes one picture
 * at a time; whoever comes meanwhile waits. */

#include "config.h"

#include "dio-compositor.h"

#include <string.h>

#include "dio-composing-private.h"
#include "dio-error.h"
#include "dio-transfer.h"
#include "dio-vocabulary.h"

#define MIN_SIDE 256
#define MAX_SIDE 4096

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

static void
clear_note (gpointer data)
{
  g_free (((DioCompositorNote *) data)->name);
}

static void
composing_begin (DioComposing               *composing,
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
composing_clear (DioComposing *composing)
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

static DioRendering *
finish (DioComposing  *composing,
        GError       **error)
{
  g_autoptr(DioRendering) rendering = g_new0 (DioRendering, 1);

  rendering->pixels = dio_linear_to_pixels (composing->picture, composing->workers);
  if (dio_composing_is_cancelled (composing, error))
    return NULL;

  rendering->used = g_steal_pointer (&composing->plan->used);
  rendering->unused = g_steal_pointer (&composing->plan->unused);
  rendering->notes = g_steal_pointer (&composing->notes);
  dio_progress_end (&composing->progress);
  memcpy (rendering->seconds, composing->progress.seconds, sizeof rendering->seconds);

  return g_steal_pointer (&rendering);
}

static gboolean
check_request (const DioCompositorRequest  *request,
               GError                     **error)
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
take_turn (DioCompositor  *self,
           GCancellable   *cancellable,
           GError        **error)
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
dio_compositor_compose (DioCompositor               *self,
                        const DioCompositorRequest  *request,
                        guint32                      seed,
                        DioCompositorProgressFunc    progress,
                        gpointer                     user_data,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  DioComposing composing = { .request = request, .seed = seed, .cancellable = cancellable };
  DioRendering *rendering = NULL;

  g_return_val_if_fail (DIO_IS_COMPOSITOR (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (!check_request (request, error) || !take_turn (self, cancellable, error))
    return NULL;

  composing.inputs = self->inputs;
  composing.progress.func = progress;
  composing.progress.user_data = user_data;
  composing_begin (&composing, request);
  if (dio_composing_prepare (&composing, error) && dio_composing_draw (&composing, error))
    rendering = finish (&composing, error);
  composing_clear (&composing);
  end_turn (self);

  return rendering;
}
