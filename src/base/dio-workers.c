/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of threads that shares out the rows of one piece of work. The caller
 * is one of the team, so a team of one starts no thread. */

#include "config.h"

#include "dio-workers.h"

struct _DioWorkers
{
  GThreadPool  *pool;        /* (owned) (nullable): NULL for a team of one */
  GCancellable *cancellable; /* (owned) (nullable) */
  guint         n_threads;
};

/* One dio_workers_run(), on the stack of its caller. */
typedef struct
{
  DioWorkersFunc func;
  gpointer       user_data;
  GCancellable  *cancellable;
  int            n_items;
  int            band;
  int            next;      /* (atomic): first item that nobody has taken */

  GMutex         mutex;
  GCond          done;
  guint          n_helping; /* (guarded by mutex) */
} Run;

static void
take_bands (Run *run)
{
  for (;;)
    {
      int first = g_atomic_int_add (&run->next, run->band);

      if (first >= run->n_items || g_cancellable_is_cancelled (run->cancellable))
        return;

      run->func (first, MIN (first + run->band, run->n_items), run->user_data);
    }
}

static void
help_cb (gpointer data,
         gpointer user_data)
{
  Run *run = data;

  take_bands (run);

  g_mutex_lock (&run->mutex);
  if (--run->n_helping == 0)
    g_cond_signal (&run->done);
  g_mutex_unlock (&run->mutex);
}

/**
 * dio_workers_new:
 * @n_threads: size of the team with its caller, or 0 for one per processor
 * @cancellable: (nullable): when cancelled, bands not yet begun are left out
 *
 * Returns: (transfer full): a new team, to be used from one thread at a time
 */
DioWorkers *
dio_workers_new (guint         n_threads,
                 GCancellable *cancellable)
{
  DioWorkers *self = g_new0 (DioWorkers, 1);

  g_set_object (&self->cancellable, cancellable);
  self->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  if (self->n_threads > 1)
    self->pool = g_thread_pool_new (help_cb, NULL, self->n_threads - 1, FALSE, NULL);

  return self;
}

void
dio_workers_free (DioWorkers *self)
{
  if (self == NULL)
    return;

  if (self->pool != NULL)
    g_thread_pool_free (self->pool, FALSE, TRUE);
  g_clear_object (&self->cancellable);
  g_free (self);
}

guint
dio_workers_get_n_threads (DioWorkers *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->n_threads;
}

/**
 * dio_workers_is_cancelled:
 * @self: a team
 *
 * Returns: %TRUE once the team's cancellable is cancelled: what it wrote since
 *   is incomplete and must be thrown away
 */
gboolean
dio_workers_is_cancelled (DioWorkers *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * dio_workers_run:
 * @self: a team
 * @n_items: how many items there are, usually rows
 * @band: how many items are taken at a time
 * @func: (scope call): called for each band
 * @user_data: data for @func
 *
 * Returns when all bands are done, or left out because of a cancellation. The
 * bands' borders depend on @n_items and @band alone, never on the team's size.
 */
void
dio_workers_run (DioWorkers     *self,
                 int             n_items,
                 int             band,
                 DioWorkersFunc  func,
                 gpointer        user_data)
{
  Run run = {
    .func = func,
    .user_data = user_data,
    .cancellable = self->cancellable,
    .n_items = n_items,
    .band = MAX (1, band),
  };
  guint n_helpers = 0;

  g_return_if_fail (func != NULL);

  if (self->pool != NULL && n_items > run.band)
    n_helpers = MIN (self->n_threads - 1, (guint) ((n_items - 1) / run.band));

  g_mutex_init (&run.mutex);
  g_cond_init (&run.done);

  run.n_helping = n_helpers;
  for (guint i = 0; i < n_helpers; i++)
    g_thread_pool_push (self->pool, &run, NULL);

  take_bands (&run);

  g_mutex_lock (&run.mutex);
  while (run.n_helping > 0)
    g_cond_wait (&run.done, &run.mutex);
  g_mutex_unlock (&run.mutex);

  g_mutex_clear (&run.mutex);
  g_cond_clear (&run.done);
}
