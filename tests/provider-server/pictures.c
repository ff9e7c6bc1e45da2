/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results. The thread reads jobs, which are not changed in what it reads and
 * outlive it. */

#include "config.h"

#include "pictures.h"

#include "drawing.h"
#include "picture-bytes.h"

#include "dio-hash.h"
#include "dio-image-encode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <string.h>

/* Nine of 4096 x 4096 and some more. */
#define MAX_KEPT (512 * 1024 * 1024)

struct _Pictures
{
  GMainContext *context; /* (owned) */
  GThreadPool  *pool;    /* (owned): of one thread */
  GPtrArray    *orders;  /* (owned) (element-type Order): not delivered yet */

  /* The thread's */
  GHashTable   *made;    /* (owned) (element-type utf8 GBytes) */
  gsize         kept;    /* bytes in @made */
  GHashTable   *hashes;  /* (owned) (element-type GBytes utf8): of photos, which jobs share */
};

typedef struct
{
  /* Given */
  Pictures       *pictures; /* (borrowed) */
  Job            *job;      /* (borrowed) */
  guint           index;
  gboolean        compose;
  int             grain;
  PictureFunc     func;
  gpointer        user_data;
  GDestroyNotify  destroy;
  GSource        *source;   /* (owned): attached once it is made */

  /* Result */
  GBytes         *bytes;    /* (owned) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_source_destroy (order->source);
  g_source_unref (order->source);
  if (order->destroy != NULL)
    order->destroy (order->user_data);
  g_clear_pointer (&order->bytes, g_bytes_unref);
  g_free (order);
}

static const char *
get_hash (Pictures  *self,
          Reference *reference)
{
  const char *hash;

  if (reference->bytes == NULL)
    return "none";

  hash = g_hash_table_lookup (self->hashes, reference->bytes);
  if (hash == NULL)
    {
      hash = dio_hash_bytes (reference->bytes);
      g_hash_table_insert (self->hashes, g_bytes_ref (reference->bytes), (char *) hash);
    }

  return hash;
}

/* Jobs with the same photos, size and seed look alike. */
static char *
make_key (Order *order)
{
  Job *job = order->job;
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "%dx%d %s %d %d %" G_GINT64_FORMAT, job->width, job->height, job->type,
                          job->quality, order->grain, job->seed + order->index);
  for (guint i = 0; order->compose && i < job->references->len; i++)
    {
      Reference *reference = g_ptr_array_index (job->references, i);

      g_string_append_printf (key, " %d %s", reference->role, get_hash (order->pictures, reference));
    }

  return g_string_free (key, FALSE);
}

static GBytes *
encode_webp (DioPixels *pixels)
{
  g_autoptr(GdkPixbuf) pixbuf =
    gdk_pixbuf_new_from_data (pixels->data, GDK_COLORSPACE_RGB, pixels->channels == 4, 8, pixels->width,
                              pixels->height, pixels->stride, NULL, NULL);
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "webp", &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take ((guint8 *) data, size);
}

static GBytes *
draw (Order *order)
{
  Job *job = order->job;
  guint32 seed = job->seed + order->index;
  g_autoptr(DioPixels) pixels = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  if (order->compose)
    pixels = drawing_compose (job->references, job->width, job->height, seed);
  if (pixels == NULL)
    pixels = drawing_gradient (job->width, job->height, seed);
  if (order->grain > 0)
    drawing_add_grain (pixels, order->grain, seed);

  if (g_str_equal (job->type, "webp"))
    return encode_webp (pixels);

  bytes = g_str_equal (job->type, "jpg") ? dio_image_encode_jpeg (pixels, job->quality, &error)
                                         : dio_image_encode_png (pixels, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
keep (Pictures *self,
      char     *key,
      GBytes   *bytes)
{
  if (self->kept + g_bytes_get_size (bytes) > MAX_KEPT)
    {
      g_hash_table_remove_all (self->made);
      self->kept = 0;
    }

  self->kept += g_bytes_get_size (bytes);
  g_hash_table_insert (self->made, key, g_bytes_ref (bytes));
}

static void
make_in_thread (gpointer data,
                gpointer user_data)
{
  Pictures *self = user_data;
  Order *order = data;
  g_autofree char *key = make_key (order);
  GBytes *kept = g_hash_table_lookup (self->made, key);
  g_autoptr(GBytes) bytes = kept != NULL ? g_bytes_ref (kept) : draw (order);

  if (kept == NULL)
    keep (self, g_steal_pointer (&key), bytes);

  order->bytes = picture_bytes_mark (bytes, g_ptr_array_index (order->job->tokens, order->index));
  g_source_attach (order->source, self->context);
}

static gboolean
made_cb (gpointer user_data)
{
  Order *order = user_data;

  order->func (order->bytes, order->user_data);
  g_ptr_array_remove (order->pictures->orders, order);

  return G_SOURCE_REMOVE;
}

Pictures *
pictures_new (void)
{
  Pictures *self = g_new0 (Pictures, 1);

  self->context = g_main_context_ref_thread_default ();
  self->pool = g_thread_pool_new (make_in_thread, self, 1, TRUE, NULL);
  self->orders = g_ptr_array_new_with_free_func (order_free);
  self->hashes = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_bytes_unref, g_free);
  self->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  return self;
}

/* Waits for the one that is being made. */
void
pictures_free (Pictures *self)
{
  g_thread_pool_free (self->pool, TRUE, TRUE);
  g_ptr_array_unref (self->orders);
  g_hash_table_unref (self->made);
  g_hash_table_unref (self->hashes);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * pictures_make:
 * @self: pictures
 * @job: whose; must outlive @self
 * @index: which of its pictures
 * @compose: from the references; else drawn
 * @grain: how strong noise is, or 0
 * @func: told of the file, later, in the context that made @self
 * @user_data: data for @func
 * @destroy: frees @user_data, also where @func is never called
 */
void
pictures_make (Pictures       *self,
               Job            *job,
               guint           index,
               gboolean        compose,
               int             grain,
               PictureFunc     func,
               gpointer        user_data,
               GDestroyNotify  destroy)
{
  Order *order = g_new0 (Order, 1);

  order->pictures = self;
  order->job = job;
  order->index = index;
  order->compose = compose;
  order->grain = grain;
  order->func = func;
  order->user_data = user_data;
  order->destroy = destroy;
  order->source = g_idle_source_new ();
  g_source_set_callback (order->source, made_cb, order, NULL);
  g_ptr_array_add (self->orders, order);
  g_thread_pool_push (self->pool, order, NULL);
}
