/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that go into an answer. */

#include "config.h"

#include "gather.h"

typedef struct
{
  DioProviderServer *server;   /* (borrowed) */
  Job               *job;      /* (borrowed) */
  GPtrArray         *pictures; /* (owned) (element-type GBytes) */
  GatherFunc         func;
  gpointer           user_data;
  GDestroyNotify     destroy;
} Gather;

static void order_next (Gather *self);

static void
gather_free (gpointer data)
{
  Gather *self = data;

  g_ptr_array_unref (self->pictures);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

static void
picture_cb (GBytes   *bytes,
            gpointer  user_data)
{
  Gather *self = user_data;
  Gather *next;

  g_ptr_array_add (self->pictures, g_bytes_ref (bytes));

  /* This order's data is freed after this; what goes on moves on. */
  next = g_memdup2 (self, sizeof *self);
  g_ptr_array_ref (self->pictures);
  self->destroy = NULL;
  order_next (next);
}

static void
order_next (Gather *self)
{
  if (self->pictures->len == self->job->n)
    {
      self->func (self->pictures, self->user_data);
      gather_free (self);
      return;
    }

  pictures_make (self->server->pictures, self->job, self->pictures->len,
                 settings_get_bool (server_settings (self->server), "compose"),
                 settings_get_int (server_settings (self->server), "grain"), picture_cb, self, gather_free);
}

/**
 * gather_pictures:
 * @server: a server
 * @job: whose pictures
 * @func: told of them all, perhaps later
 * @user_data: data for @func
 * @destroy: frees @user_data, also where @func is never called
 */
void
gather_pictures (DioProviderServer *server,
                 Job               *job,
                 GatherFunc         func,
                 gpointer           user_data,
                 GDestroyNotify     destroy)
{
  Gather *self = g_new0 (Gather, 1);

  self->server = server;
  self->job = job;
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  order_next (self);
}

/**
 * dup_picture_url:
 * @server: a server
 * @job: whose picture
 * @index: which
 *
 * Returns: (transfer full): its address on the CDN
 */
char *
dup_picture_url (DioProviderServer *server,
                 Job               *job,
                 guint              index)
{
  g_autofree char *path = g_strdup_printf ("/pictures/%s.%s", (char *) g_ptr_array_index (job->tokens, index),
                                           job->type);

  return dio_provider_server_dup_cdn_url (server, path);
}

char *
encode_picture (GBytes   *picture,
                Job      *job,
                gboolean  data_uri)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (picture, &size);
  g_autofree char *text = g_base64_encode (data, size);

  if (!data_uri)
    return g_steal_pointer (&text);

  return g_strdup_printf ("data:image/%s;base64,%s", g_str_equal (job->type, "jpg") ? "jpeg" : job->type, text);
}
