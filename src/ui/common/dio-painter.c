/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws views of pictures off the main thread. What is shown is of the size that
 * it is shown at, pixel for pixel: the cheapest there is for every renderer, and
 * independent of the pictures’ sizes. While a view is being drawn the last one
 * stays; of those wanted meanwhile only the newest is drawn next. */

#include "config.h"

#include "dio-painter.h"

#include "dio-texture.h"

#define N_PICTURES 2

typedef struct
{
  GdkTexture *texture; /* (owned) (nullable) */
  int         x;
  int         y;
} Painted;

typedef struct
{
  DioPainting given;               /* its pyramids are owned */
  Painted     painted[N_PICTURES]; /* result */
} Job;

struct _DioPainter
{
  GObject parent_instance;

  /* Owned */
  Job          *next;     /* (nullable): wanted, to be begun */
  GCancellable *running;  /* (nullable): while one is being drawn */
  Painted       painted[N_PICTURES];
};

G_DEFINE_FINAL_TYPE (DioPainter, dio_painter, G_TYPE_OBJECT)

enum
{
  PAINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void begin_next (DioPainter *self);

static void
job_free (Job *job)
{
  for (int i = 0; i < N_PICTURES; i++)
    {
      g_clear_pointer (&job->given.pyramids[i], dio_pyramid_unref);
      g_clear_object (&job->painted[i].texture);
    }
  g_free (job);
}

static Job *
job_new (const DioPainting *painting)
{
  Job *job = g_new0 (Job, 1);

  job->given = *painting;
  for (int i = 0; i < N_PICTURES; i++)
    if (painting->pyramids[i] != NULL)
      dio_pyramid_ref (painting->pyramids[i]);

  return job;
}

static void
keep_pixels (Job       *job,
             int        which,
             DioPixels *pixels)
{
  Painted *painted = &job->painted[which];

  if (pixels == NULL)
    return;

  painted->texture = dio_texture_new_in (pixels, painted->x, painted->y, job->given.views[0].area_width,
                                         job->given.views[0].area_height, job->given.radius);
  dio_pixels_unref (pixels);
}

static void
paint_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job *job = task_data;
  DioPainting *given = &job->given;

  if (given->is_difference && given->pyramids[0] != NULL && given->pyramids[1] != NULL)
    keep_pixels (job, 0, dio_difference_draw (given->pyramids[0], &given->views[0],
                                              given->pyramids[1], &given->views[1], &given->difference,
                                              &job->painted[0].x, &job->painted[0].y));
  else
    for (int i = 0; i < N_PICTURES; i++)
      if (given->pyramids[i] != NULL)
        keep_pixels (job, i, dio_pyramid_draw (given->pyramids[i], &given->views[i],
                                               &job->painted[i].x, &job->painted[i].y));

  g_task_return_boolean (task, TRUE);
}

static void
painted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  DioPainter *self = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  for (int i = 0; i < N_PICTURES; i++)
    {
      g_clear_object (&self->painted[i].texture);
      self->painted[i] = job->painted[i];
      job->painted[i].texture = NULL;
    }

  g_clear_object (&self->running);
  begin_next (self);
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
begin_next (DioPainter *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->next == NULL || self->running != NULL)
    return;

  self->running = g_cancellable_new ();
  task = g_task_new (NULL, self->running, painted_cb, self);
  g_task_set_source_tag (task, begin_next);
  g_task_set_task_data (task, g_steal_pointer (&self->next), (GDestroyNotify) job_free);

  /* Before the thumbnails that wait: somebody is looking at it. */
  g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_run_in_thread (task, paint_thread);
}

static void
dio_painter_dispose (GObject *object)
{
  DioPainter *self = DIO_PAINTER (object);

  /* The callback looks at self only when it was not cancelled. */
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_pointer (&self->next, job_free);
  for (int i = 0; i < N_PICTURES; i++)
    g_clear_object (&self->painted[i].texture);

  G_OBJECT_CLASS (dio_painter_parent_class)->dispose (object);
}

static void
dio_painter_class_init (DioPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_painter_dispose;

  /* There is something new to show. */
  signals[PAINTED] = g_signal_new ("painted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_painter_init (DioPainter *self)
{
}

DioPainter *
dio_painter_new (void)
{
  return g_object_new (DIO_TYPE_PAINTER, NULL);
}

void
dio_painter_want (DioPainter        *self,
                  const DioPainting *painting)
{
  g_clear_pointer (&self->next, job_free);
  self->next = job_new (painting);
  begin_next (self);
}

gboolean
dio_painter_has (DioPainter *self,
                 guint       which)
{
  return self->painted[which].texture != NULL;
}

/* @scale is pixels of the screen per unit of the snapshot. */
void
dio_painter_snapshot (DioPainter  *self,
                      guint        which,
                      GtkSnapshot *snapshot,
                      double       scale)
{
  const Painted *painted = &self->painted[which];

  if (painted->texture == NULL)
    return;

  gtk_snapshot_append_texture (snapshot, painted->texture,
                               &GRAPHENE_RECT_INIT (painted->x / scale,
                                                    painted->y / scale,
                                                    gdk_texture_get_width (painted->texture) / scale,
                                                    gdk_texture_get_height (painted->texture) / scale));
}
