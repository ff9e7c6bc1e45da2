/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a job may begin: there is a place for it at its provider, for its account,
 * and nothing it waits for is still to come. All of it is decided in one look,
 * from the main loop, so that nobody is surprised in the middle of a change. */

#include "config.h"

#include "dio-job-queue-private.h"

#include <glib/gi18n-lib.h>

/* Timers stand still while the computer sleeps; the clock does not. */
#define LONGEST_NAP 60000 /* ms */

/* One look at all that waits. */
typedef struct
{
  DioJobQueue *queue;    /* (borrowed) */
  gint64       now;
  GHashTable  *blocked;  /* (owned): lanes in which an earlier one has no place */
  gint64       earliest; /* when something may have changed by itself, or G_MAXINT64 */
} Look;

static gboolean
takes_place (DioJobEntry *entry)
{
  if (entry->phase == DIO_JOB_PHASE_RUNNING)
    return TRUE;

  return (entry->phase == DIO_JOB_PHASE_WAITING || entry->phase == DIO_JOB_PHASE_WRITING)
         && !_dio_job_entry_is_unsent (entry);
}

static guint
count_taken (DioJobQueue *self,
             const char  *lane)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      DioJobEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->lane == lane && takes_place (entry))
        n += entry->weight;
    }

  return n;
}

/* What takes more than all there is runs alone. */
static gboolean
has_place (DioJobQueue *self,
           DioJobEntry *entry)
{
  guint n_taken = count_taken (self, entry->lane);

  return n_taken == 0 || n_taken + entry->weight <= dio_provider_get_max_jobs (entry->provider);
}

static gint64
get_busy_until (DioJobQueue *self,
                const char  *lane)
{
  gint64 *until = g_hash_table_lookup (self->busy_until, lane);

  return until != NULL ? *until : 0;
}

static const char *
get_wait_step (DioJobWait wait)
{
  switch (wait)
    {
    case DIO_JOB_WAIT_NETWORK:
      /* Translators: why a job has not begun. */
      return N_("Waiting for the network");

    case DIO_JOB_WAIT_BUSY:
      /* Translators: why a job has not begun. */
      return N_("The provider is busy");

    case DIO_JOB_WAIT_NONE:
    case DIO_JOB_WAIT_AGAIN:
    default:
      /* Translators: why a job has not begun: the provider failed, and is asked
       * again later. */
      return N_("Waiting to try again");
    }
}

/* Returns %NULL where nothing keeps it from beginning. An earlier one that finds
 * no place keeps back the later: otherwise one that takes many would wait for
 * ever behind those that take few. */
static const char *
find_obstacle (Look        *look,
               DioJobEntry *entry,
               gint64      *until)
{
  *until = 0;
  if (look->queue->is_paused)
    /* Translators: why a job has not begun. */
    return N_("Paused");

  *until = entry->wait_until;
  if (*until > look->now)
    return get_wait_step (entry->wait);

  *until = get_busy_until (look->queue, entry->lane);
  if (*until > look->now)
    return get_wait_step (DIO_JOB_WAIT_BUSY);

  *until = 0;
  if (!g_hash_table_contains (look->blocked, entry->lane) && has_place (look->queue, entry))
    return NULL;

  g_hash_table_add (look->blocked, (gpointer) entry->lane);

  /* Translators: why a job has not begun: the provider makes only so many
   * pictures at a time. */
  return N_("Waiting for a free place");
}

static void
show_obstacle (Look        *look,
               DioJobEntry *entry,
               const char  *step,
               gint64       until)
{
  if (until > 0)
    look->earliest = MIN (look->earliest, until);

  g_object_freeze_notify (G_OBJECT (entry->job));
  dio_job_set_wait (entry->job, step, until);
  if (_dio_job_entry_is_unsent (entry))
    dio_job_set_state (entry->job, DIO_JOB_WAITING);
  g_object_thaw_notify (G_OBJECT (entry->job));
}

/* What is under way at its provider has its place there already, and goes on
 * even while nothing new may begin. */
static void
look_at_begun (Look        *look,
               DioJobEntry *entry)
{
  if (entry->phase != DIO_JOB_PHASE_WAITING || _dio_job_entry_is_unsent (entry))
    return;

  if (entry->wait_until > look->now)
    show_obstacle (look, entry, get_wait_step (entry->wait), entry->wait_until);
  else
    _dio_job_entry_start (entry);
}

static void
look_at_unsent (Look        *look,
                DioJobEntry *entry)
{
  const char *obstacle;
  gint64 until;

  if (entry->phase != DIO_JOB_PHASE_WAITING || !_dio_job_entry_is_unsent (entry))
    return;

  obstacle = find_obstacle (look, entry, &until);
  if (obstacle != NULL)
    show_obstacle (look, entry, obstacle, until);
  else
    _dio_job_entry_start (entry);
}

static gboolean
look_again_cb (gpointer user_data)
{
  DioJobQueue *self = user_data;

  self->timer_id = 0;
  _dio_job_queue_look (self);

  return G_SOURCE_REMOVE;
}

static void
set_timer (DioJobQueue *self,
           Look        *look)
{
  gint64 delay = (look->earliest - look->now) / 1000 + 1;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (look->earliest != G_MAXINT64)
    self->timer_id = g_timeout_add (MIN (delay, LONGEST_NAP), look_again_cb, self);
}

/* Who hears of a job's beginning may change the list. */
static gpointer
copy_entry (gconstpointer entry,
            gpointer      user_data)
{
  return _dio_job_entry_ref ((DioJobEntry *) entry);
}

static gboolean
look_cb (gpointer user_data)
{
  g_autoptr(DioJobQueue) self = g_object_ref (user_data);
  g_autoptr(GPtrArray) entries = g_ptr_array_copy (self->entries, copy_entry, NULL);
  g_autoptr(GHashTable) blocked = g_hash_table_new (NULL, NULL);
  Look look = { self, g_get_real_time (), blocked, G_MAXINT64 };

  self->look_id = 0;
  for (guint i = 0; i < entries->len; i++)
    look_at_begun (&look, g_ptr_array_index (entries, i));
  for (guint i = 0; i < entries->len; i++)
    look_at_unsent (&look, g_ptr_array_index (entries, i));

  set_timer (self, &look);

  return G_SOURCE_REMOVE;
}

/* Something may be able to begin; behind the callbacks of whoever caused that,
 * so that a job can be cancelled before it does. */
void
_dio_job_queue_look (DioJobQueue *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add_full (G_PRIORITY_DEFAULT + 10, look_cb, self, NULL);
}

/* What one job is told holds for all that would ask the same account. */
void
_dio_job_queue_hold_lane (DioJobQueue *self,
                          const char  *lane,
                          gint64       until)
{
  gint64 latest = MAX (until, get_busy_until (self, lane));

  g_hash_table_replace (self->busy_until, (gpointer) lane, g_memdup2 (&latest, sizeof latest));
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    DioJobQueue     *self)
{
  if (!available)
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      DioJobEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->wait == DIO_JOB_WAIT_NETWORK)
        entry->wait_until = 0;
    }

  _dio_job_queue_look (self);
}

/* Not before something waits: making the monitor may ask D-Bus. */
void
_dio_job_queue_watch_network (DioJobQueue *self)
{
  if (self->monitor != NULL)
    return;

  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}

void
_dio_job_queue_stop_looking (DioJobQueue *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
}
