/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Textures that were on the screen lately, up to a number of bytes: scrolling
 * back shows them at once, and scrolling on does not fill the memory. */

#include "config.h"

#include "dio-texture-cache.h"

typedef struct
{
  char       *key;
  GdkTexture *texture;
  gsize       n_bytes;
} Entry;

struct _DioTextureCache
{
  GObject parent_instance;

  /* Construct-only */
  gsize       max_bytes;

  /* Owned */
  GQueue      entries; /* Entry, most lately used first */
  GHashTable *links;   /* key of the entry, not copied: its GList in entries */
  gsize       n_bytes; /* sum over entries */
};

G_DEFINE_FINAL_TYPE (DioTextureCache, dio_texture_cache, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

static char *
make_key (const char *id,
          int         side)
{
  return g_strdup_printf ("%s@%d", id, side);
}

static void
drop (DioTextureCache *self,
      GList           *link)
{
  Entry *entry = link->data;

  g_hash_table_remove (self->links, entry->key);
  g_queue_delete_link (&self->entries, link);
  self->n_bytes -= entry->n_bytes;
  entry_free (entry);
}

static void
dio_texture_cache_finalize (GObject *object)
{
  DioTextureCache *self = DIO_TEXTURE_CACHE (object);

  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);

  G_OBJECT_CLASS (dio_texture_cache_parent_class)->finalize (object);
}

static void
dio_texture_cache_class_init (DioTextureCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_texture_cache_finalize;
}

static void
dio_texture_cache_init (DioTextureCache *self)
{
  g_queue_init (&self->entries);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
}

DioTextureCache *
dio_texture_cache_new (gsize max_bytes)
{
  DioTextureCache *self = g_object_new (DIO_TYPE_TEXTURE_CACHE, NULL);

  self->max_bytes = max_bytes;
  return self;
}

/* Borrowed: valid until the next dio_texture_cache_add(). */
GdkTexture *
dio_texture_cache_lookup (DioTextureCache *self,
                          const char      *id,
                          int              side)
{
  g_autofree char *key = make_key (id, side);
  GList *link = g_hash_table_lookup (self->links, key);

  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->entries, link);
  g_queue_push_head_link (&self->entries, link);
  return ((Entry *) link->data)->texture;
}

void
dio_texture_cache_add (DioTextureCache *self,
                       const char      *id,
                       int              side,
                       GdkTexture      *texture)
{
  Entry *entry = g_new0 (Entry, 1);
  GList *old;

  entry->key = make_key (id, side);
  entry->texture = g_object_ref (texture);
  entry->n_bytes = (gsize) gdk_texture_get_width (texture)
                   * gdk_texture_get_height (texture) * 4;

  old = g_hash_table_lookup (self->links, entry->key);
  if (old != NULL)
    drop (self, old);

  g_queue_push_head (&self->entries, entry);
  g_hash_table_insert (self->links, entry->key, self->entries.head);
  self->n_bytes += entry->n_bytes;

  while (self->n_bytes > self->max_bytes && self->entries.length > 1)
    drop (self, self->entries.tail);
}
