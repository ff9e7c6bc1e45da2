/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes on this computer, with no key and no network. The engine works in a
 * thread; what it has to tell is handed to the thread that asked. */

#include "config.h"

#include "local/dio-local-provider.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "local/dio-local-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _DioLocalProvider
{
  DioProvider    parent_instance;

  DioCompositor *compositor; /* (owned) */
};

G_DEFINE_FINAL_TYPE (DioLocalProvider, dio_local_provider, DIO_TYPE_PROVIDER)

/* One job. */
typedef struct
{
  gatomicrefcount     ref_count;

  /* Given */
  DioCompositor      *compositor; /* (owned) */
  DioRequest         *request;    /* (owned): immutable */
  GMainContext       *context;    /* (owned): where the job lives */
  DioJob             *job;        /* (owned): touched in @context alone */
  DioCompositorInput *inputs;     /* (owned): borrows from @request */

  /* Under way, in the engine's thread */
  guint               index;
  double              told;       /* the progress told last */
  DioCompositorStep   told_step;
} Run;

/* Something to tell the job. */
typedef struct
{
  Run        *run;     /* (owned) */
  DioPicture *picture; /* (owned) (nullable): for progress */
  double      progress;
  const char *step;
} Tale;

static Run *
run_ref (Run *run)
{
  g_atomic_ref_count_inc (&run->ref_count);

  return run;
}

static void
run_unref (Run *run)
{
  if (!g_atomic_ref_count_dec (&run->ref_count))
    return;

  g_clear_object (&run->compositor);
  g_clear_object (&run->request);
  g_clear_object (&run->job);
  g_main_context_unref (run->context);
  g_free (run->inputs);
  g_free (run);
}

static void
tale_free (Tale *tale)
{
  run_unref (tale->run);
  g_clear_pointer (&tale->picture, dio_picture_unref);
  g_free (tale);
}

static gboolean
tell_cb (gpointer user_data)
{
  Tale *tale = user_data;

  /* The job is let go as soon as its end is told. */
  if (tale->run->job == NULL)
    return G_SOURCE_REMOVE;

  if (tale->picture != NULL)
    dio_job_deliver (tale->run->job, tale->picture);
  else
    dio_job_report (tale->run->job, DIO_JOB_MAKING, tale->progress, tale->step);

  return G_SOURCE_REMOVE;
}

static void
tell (Tale *tale)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  /* The priority of the task's own return, so that nothing arrives behind it. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, tale, (GDestroyNotify) tale_free);
  g_source_attach (source, tale->run->context);
}

static void
progress_cb (DioCompositorStep step,
             double            fraction,
             gpointer          user_data)
{
  Run *run = user_data;
  double progress = (run->index + fraction) / dio_request_get_count (run->request);
  Tale *tale;

  if (step == run->told_step && progress - run->told < 0.005)
    return;

  run->told = progress;
  run->told_step = step;

  tale = g_new0 (Tale, 1);
  tale->run = run_ref (run);
  tale->progress = CLAMP (progress, 0, 1);
  tale->step = dio_local_get_step_title (step);
  tell (tale);
}

static double
get_strength (DioRequest *request,
              const char *name)
{
  return dio_request_get_integer (request, name, 0) / 100.0;
}

static DioCompositorInput *
make_inputs (DioRequest *request)
{
  guint n = dio_request_get_n_references (request);
  DioCompositorInput *inputs = g_new0 (DioCompositorInput, n);

  for (guint i = 0; i < n; i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      inputs[i].role = reference->role;
      inputs[i].name = reference->name;
      inputs[i].hash = reference->hash;
      inputs[i].bytes = reference->bytes;
    }

  return inputs;
}

static DioNoteKind
get_note_kind (DioCompositorNoteKind kind)
{
  switch (kind)
    {
    case DIO_COMPOSITOR_NOTE_CHECK_EDGES:
      return DIO_NOTE_CHECK_EDGES;

    case DIO_COMPOSITOR_NOTE_BUSY_BACKDROP:
      return DIO_NOTE_BUSY_BACKDROP;

    case DIO_COMPOSITOR_NOTE_SCENE_UNUSED:
    case DIO_COMPOSITOR_NOTE_STYLE_UNUSED:
      return DIO_NOTE_NOT_USED;

    case DIO_COMPOSITOR_NOTE_FIRST_FRAME:
      return DIO_NOTE_FIRST_FRAME;

    case DIO_COMPOSITOR_NOTE_CMYK:
      return DIO_NOTE_CMYK;

    default:
      g_return_val_if_reached (DIO_NOTE_NOT_USED);
    }
}

static DioPicture *
make_picture (Run           *run,
              guint32        seed,
              GCancellable  *cancellable,
              GError       **error)
{
  DioRequest *request = run->request;
  DioCompositorRequest wish = {
    .inputs = run->inputs,
    .n_inputs = dio_request_get_n_references (request),
    .prompt = dio_request_get_prompt (request),
    .width = dio_request_get_integer (request, "width", 1024),
    .height = dio_request_get_integer (request, "height", 1024),
    .match = get_strength (request, "match"),
    .shadow = get_strength (request, "shadow"),
    .grain = get_strength (request, "grain"),
    .palette = get_strength (request, "palette"),
    .texture = get_strength (request, "texture"),
    .jitter = get_strength (request, "jitter"),
  };
  gint64 start = g_get_monotonic_time ();
  g_autoptr(DioRendering) rendering = NULL;
  g_autoptr(GBytes) bytes = NULL;
  DioPicture *picture;

  rendering = dio_compositor_compose (run->compositor, &wish, seed,
                                      progress_cb, run, cancellable, error);
  if (rendering == NULL)
    return NULL;

  bytes = dio_image_encode_png (rendering->pixels, NULL, error);
  if (bytes == NULL)
    return NULL;

  picture = dio_picture_new (bytes, "png", run->index,
                             rendering->pixels->width, rendering->pixels->height);
  picture->seed = seed;
  picture->seconds = (g_get_monotonic_time () - start) / 1e6;
  picture->used = g_steal_pointer (&rendering->used);
  picture->unused = g_steal_pointer (&rendering->unused);
  for (guint i = 0; i < rendering->notes->len; i++)
    {
      const DioCompositorNote *note = &g_array_index (rendering->notes, DioCompositorNote, i);

      g_ptr_array_add (picture->notes, dio_note_new (get_note_kind (note->kind), note->name));
    }

  return picture;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Run *run = task_data;
  guint count = dio_request_get_count (run->request);
  gint64 seed = dio_request_get_seed (run->request);

  for (run->index = 0; run->index < count; run->index++)
    {
      /* Neighbouring seeds are variations; behind the last comes the first. */
      guint32 own_seed = (guint32) (seed + run->index);
      GError *error = NULL;
      DioPicture *picture = make_picture (run, own_seed, cancellable, &error);
      Tale *tale;

      if (picture == NULL)
        {
          g_task_return_error (task, error);
          return;
        }

      tale = g_new0 (Tale, 1);
      tale->run = run_ref (run);
      tale->picture = picture;
      tell (tale);
    }

  g_task_return_boolean (task, TRUE);
}

static gboolean
check_bytes (DioRequest  *request,
             GError     **error)
{
  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      if (reference->bytes == NULL)
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                       "The photo “%s” is gone", reference->name);
          return FALSE;
        }
    }

  return TRUE;
}

/* The thread may be the last to hold its own task, and must not be the last to
 * hold the job or the provider. */
static void
run_done_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Run *run = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  g_clear_object (&run->job);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
dio_local_provider_run_async (DioProvider         *provider,
                              DioJob              *job,
                              DioJobStore         *store,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DioLocalProvider *self = DIO_LOCAL_PROVIDER (provider);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) work = NULL;
  GError *error = NULL;
  Run *run;

  g_task_set_source_tag (task, dio_local_provider_run_async);

  if (!check_bytes (dio_job_get_request (job), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  run = g_new0 (Run, 1);
  g_atomic_ref_count_init (&run->ref_count);
  run->compositor = g_object_ref (self->compositor);
  run->request = g_object_ref (dio_job_get_request (job));
  run->context = g_main_context_ref_thread_default ();
  run->job = g_object_ref (job);
  run->inputs = make_inputs (run->request);
  run->told = -1;

  work = g_task_new (NULL, cancellable, run_done_cb, g_steal_pointer (&task));
  g_task_set_task_data (work, run, (GDestroyNotify) run_unref);
  g_task_run_in_thread (work, run_thread);
}

static gboolean
dio_local_provider_run_finish (DioProvider   *provider,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_local_provider_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_local_provider_constructed (GObject *object)
{
  DioLocalProvider *self = DIO_LOCAL_PROVIDER (object);
  g_autoptr(DioCutOutCache) cache = NULL;
  const char *folder;

  G_OBJECT_CLASS (dio_local_provider_parent_class)->constructed (object);

  folder = dio_provider_get_cache_folder (DIO_PROVIDER (self));
  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, "cut-outs", NULL);

      cache = dio_cut_out_cache_new (path);
    }

  self->compositor = dio_compositor_new (cache);
}

static void
dio_local_provider_finalize (GObject *object)
{
  DioLocalProvider *self = DIO_LOCAL_PROVIDER (object);

  g_clear_object (&self->compositor);

  G_OBJECT_CLASS (dio_local_provider_parent_class)->finalize (object);
}

static void
dio_local_provider_class_init (DioLocalProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = dio_local_provider_constructed;
  object_class->finalize = dio_local_provider_finalize;

  provider_class->id = "local";
  provider_class->display_name = N_("This Computer");
  provider_class->is_local = TRUE;
  provider_class->models = &dio_local_model;
  provider_class->n_models = 1;
  provider_class->run_async = dio_local_provider_run_async;
  provider_class->run_finish = dio_local_provider_run_finish;
}

static void
dio_local_provider_init (DioLocalProvider *self)
{
}
