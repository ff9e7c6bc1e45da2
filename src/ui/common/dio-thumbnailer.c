/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thumbnails of files as textures. A grid asks for many more cells than are seen:
 * few are decoded at a time, the one nearest to the view is next, and what has
 * been scrolled away before its turn is never decoded. All but the decoding
 * happens in the main thread, which never waits for a processor that decodes. */

#include "config.h"

#include "dio-thumbnailer.h"

#include "dio-spare-threads.h"
#include "dio-texture-cache.h"
#include "dio-texture.h"
#include "dio-thumbnail-store.h"

#include <math.h>

/* More would take the processors from who else draws meanwhile. */
#define MAX_THREADS 2

/* How far from the view it is worth to decode, in views. */
#define REACH 2.0

typedef struct
{
  char  *folder;
  char  *path;
  int    side;
  guint  position;
} Load;

struct _DioThumbnailer
{
  GObject parent_instance;

  /* Construct-only */
  char            *folder;

  /* Owned */
  DioTextureCache *cache;
  DioSpareThreads *threads;
  GPtrArray       *waiting;   /* GTask with a Load, in the order of asking */
  guint            n_running;
  double           first;     /* positions that are looked at */
  double           last;
};

G_DEFINE_FINAL_TYPE (DioThumbnailer, dio_thumbnailer, G_TYPE_OBJECT)

static void run_next (DioThumbnailer *self);

static void
load_free (Load *load)
{
  g_free (load->path);
  g_free (load->folder);
  g_free (load);
}

static void
load_in_thread (gpointer data,
                gpointer user_data)
{
  g_autoptr(GTask) inner = data;
  Load *load = g_task_get_task_data (inner);
  g_autoptr(GFile) file = g_file_new_for_path (load->path);
  g_autoptr(DioPixels) pixels = NULL;
  GError *error = NULL;

  pixels = dio_thumbnail_store_load (load->folder, file, load->side, g_task_get_cancellable (inner), &error);
  if (pixels == NULL)
    g_task_return_error (inner, error);
  else
    g_task_return_pointer (inner, dio_texture_new (pixels), g_object_unref);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DioThumbnailer *self = DIO_THUMBNAILER (g_task_get_source_object (task));
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), &error);

  self->n_running--;
  if (texture != NULL)
    {
      dio_texture_cache_add (self->cache, load->path, load->side, texture);
      g_task_return_pointer (task, texture, g_object_unref);
    }
  else
    {
      g_task_return_error (task, error);
    }

  run_next (self);
}

static Load *
copy_load (const Load *load)
{
  Load *copy = g_new0 (Load, 1);

  copy->path = g_strdup (load->path);
  copy->folder = g_strdup (load->folder);
  copy->side = load->side;

  return copy;
}

static void
run (DioThumbnailer *self,
     GTask          *task)
{
  GTask *inner = g_task_new (NULL, g_task_get_cancellable (task), loaded_cb, task);

  self->n_running++;
  g_task_set_task_data (inner, copy_load (g_task_get_task_data (task)), (GDestroyNotify) load_free);
  dio_spare_threads_push (self->threads, inner);
}

static double
get_distance (DioThumbnailer *self,
              GTask          *task)
{
  double position = ((Load *) g_task_get_task_data (task))->position;

  return MAX (MAX (self->first - position, position - self->last), 0);
}

/* Returns: (transfer full) (nullable): the task that is nearest, among equals
 * the one that was asked for first; whatever was called off is answered */
static GTask *
take_nearest (DioThumbnailer *self)
{
  double reach = REACH * MAX (self->last - self->first, 1);
  double best = INFINITY;
  guint chosen = 0;

  for (guint i = 0; i < self->waiting->len;)
    {
      GTask *task = g_ptr_array_index (self->waiting, i);

      if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        {
          g_autoptr(GTask) gone = g_ptr_array_steal_index (self->waiting, i);

          g_task_return_error_if_cancelled (gone);
          continue;
        }

      if (get_distance (self, task) < best)
        {
          best = get_distance (self, task);
          chosen = i;
        }
      i++;
    }

  return best <= reach ? g_ptr_array_steal_index (self->waiting, chosen) : NULL;
}

static void
run_next (DioThumbnailer *self)
{
  while (self->n_running < MAX_THREADS && self->waiting->len > 0)
    {
      GTask *task = take_nearest (self);

      if (task == NULL)
        return;

      run (self, task);
    }
}

static void
dio_thumbnailer_finalize (GObject *object)
{
  DioThumbnailer *self = DIO_THUMBNAILER (object);

  /* What waits or is loaded holds a reference, so there is nothing. */
  dio_spare_threads_free (self->threads);
  g_ptr_array_unref (self->waiting);
  g_object_unref (self->cache);
  g_free (self->folder);

  G_OBJECT_CLASS (dio_thumbnailer_parent_class)->finalize (object);
}

static void
dio_thumbnailer_class_init (DioThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_thumbnailer_finalize;
}

static void
dio_thumbnailer_init (DioThumbnailer *self)
{
  self->threads = dio_spare_threads_new (MAX_THREADS, load_in_thread, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* @folder: the store of thumbnails; @max_bytes: of textures that are kept. */
DioThumbnailer *
dio_thumbnailer_new (const char *folder,
                     gsize       max_bytes)
{
  DioThumbnailer *self = g_object_new (DIO_TYPE_THUMBNAILER, NULL);

  self->folder = g_strdup (folder);
  self->cache = dio_texture_cache_new (max_bytes);

  return self;
}

/* The positions that are looked at: what is far from them waits. */
void
dio_thumbnailer_set_view (DioThumbnailer *self,
                          double          first,
                          double          last)
{
  self->first = first;
  self->last = last;
  run_next (self);
}

/* Borrowed; NULL where it is not at hand. */
GdkTexture *
dio_thumbnailer_lookup (DioThumbnailer *self,
                        const char     *path,
                        int             side)
{
  return dio_texture_cache_lookup (self->cache, path, side);
}

void
dio_thumbnailer_load_async (DioThumbnailer      *self,
                            const char          *path,
                            int                  side,
                            guint                position,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->path = g_strdup (path);
  load->folder = g_strdup (self->folder);
  load->side = side;
  load->position = position;
  g_task_set_source_tag (task, dio_thumbnailer_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_ptr_array_add (self->waiting, task);
  run_next (self);
}

GdkTexture *
dio_thumbnailer_load_finish (DioThumbnailer  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_thumbnailer_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
