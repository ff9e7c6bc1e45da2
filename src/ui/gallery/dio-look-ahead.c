/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures at the size of a window, a little ahead of who looks at them: the one
 * on show first, then its neighbours. What is no longer near is called off or let
 * go, so that there are never more than were last asked for. */

#include "config.h"

#include "dio-look-ahead.h"

#include "dio-picture-loader.h"

typedef struct
{
  DioLookAhead *owner;       /* (unowned): NULL once it is not wanted */
  DioResult    *result;      /* (owned) */
  int           side;
  GCancellable *cancellable; /* (owned) */
  GdkTexture   *texture;     /* (owned) (nullable): NULL until it is there */
  GError       *error;       /* (owned) (nullable): why it never will be */
  gboolean      is_over;     /* it came, or never will */
} Entry;

struct _DioLookAhead
{
  GObject parent_instance;

  GPtrArray *entries; /* (owned) (element-type Entry), in the order of wanting */
};

G_DEFINE_FINAL_TYPE (DioLookAhead, dio_look_ahead, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load_next (DioLookAhead *self);

static void
entry_clear (Entry *entry)
{
  g_clear_object (&entry->result);
  g_clear_object (&entry->cancellable);
  g_clear_object (&entry->texture);
  g_clear_error (&entry->error);
}

static Entry *
entry_new (DioLookAhead *owner,
           DioResult    *result,
           int           side)
{
  Entry *entry = g_rc_box_new0 (Entry);

  entry->owner = owner;
  entry->result = g_object_ref (result);
  entry->side = side;

  return entry;
}

/* A callback under way keeps it, and finds that nobody waits. */
static void
entry_drop (gpointer data)
{
  Entry *entry = data;

  entry->owner = NULL;
  g_cancellable_cancel (entry->cancellable);
  g_rc_box_release_full (entry, (GDestroyNotify) entry_clear);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Entry *entry = user_data;

  entry->texture = dio_load_picture_finish (result, &entry->error);
  entry->is_over = TRUE;
  if (entry->owner != NULL)
    {
      g_signal_emit (entry->owner, signals[LOADED], 0, entry->result);

      /* Not before it: what is on show now is not to share the machine. */
      if (entry->owner != NULL)
        load_next (entry->owner);
    }

  g_rc_box_release_full (entry, (GDestroyNotify) entry_clear);
}

static void
load_next (DioLookAhead *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr(GFile) file = NULL;

      if (entry->is_over)
        continue;
      if (entry->cancellable != NULL)
        return;

      file = g_file_new_for_path (dio_result_get_path (entry->result));
      entry->cancellable = g_cancellable_new ();
      dio_load_file_async (file, entry->side, entry->cancellable, loaded_cb, g_rc_box_acquire (entry));
      return;
    }
}

static Entry *
steal (DioLookAhead *self,
       DioResult    *result,
       int           side)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->result == result && entry->side == side)
        return g_ptr_array_steal_index (self->entries, i);
    }

  return NULL;
}

static void
dio_look_ahead_finalize (GObject *object)
{
  DioLookAhead *self = DIO_LOOK_AHEAD (object);

  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (dio_look_ahead_parent_class)->finalize (object);
}

static void
dio_look_ahead_class_init (DioLookAheadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_look_ahead_finalize;

  /* A picture is there, or its error. */
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_RESULT);
}

static void
dio_look_ahead_init (DioLookAhead *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_drop);
}

DioLookAhead *
dio_look_ahead_new (void)
{
  return g_object_new (DIO_TYPE_LOOK_AHEAD, NULL);
}

/* The first is the one on show; NULLs are passed over. */
void
dio_look_ahead_want (DioLookAhead *self,
                     DioResult   **results,
                     guint         n_results,
                     int           side)
{
  g_autoptr(GPtrArray) former = NULL;
  GPtrArray *wanted = g_ptr_array_new_with_free_func (entry_drop);

  for (guint i = 0; i < n_results; i++)
    {
      Entry *entry;

      if (results[i] == NULL)
        continue;

      entry = steal (self, results[i], side);
      g_ptr_array_add (wanted, entry != NULL ? entry : entry_new (self, results[i], side));
    }

  former = g_steal_pointer (&self->entries);
  self->entries = wanted;
  load_next (self);
}

/* Borrowed; NULL until it is there, or with @error, borrowed as well. */
GdkTexture *
dio_look_ahead_lookup (DioLookAhead  *self,
                       DioResult     *result,
                       const GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->result == result)
        {
          *error = entry->error;
          return entry->texture;
        }
    }

  *error = NULL;
  return NULL;
}
