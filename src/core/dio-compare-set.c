/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that are compared, in an order: a list model of entries. No
 * picture is in it twice, and there are never too many to look at. */

#include "config.h"

#include "dio-compare-entry-private.h"

struct _DioCompareSet
{
  GObject    parent_instance;

  GPtrArray *entries; /* (owned) (element-type DioCompareEntry) */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioCompareSet, dio_compare_set, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *list)
{
  return DIO_TYPE_COMPARE_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  return DIO_COMPARE_SET (list)->entries->len;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  DioCompareSet *self = DIO_COMPARE_SET (list);

  return position < self->entries->len ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* Letters go by the order, so they change with it: all is told anew. */
static void
tell_all (DioCompareSet *self,
          guint          n_before)
{
  char letter = 'A';

  for (guint i = 0; i < self->entries->len; i++)
    {
      DioCompareEntry *entry = g_ptr_array_index (self->entries, i);

      _dio_compare_entry_set_letter (entry, dio_compare_entry_get_result (entry) != NULL ? letter++ : 0);
    }

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->entries->len);
}

static gboolean
add_quietly (DioCompareSet   *self,
             DioCompareEntry *entry)
{
  g_autofree char *key = dio_compare_entry_dup_key (entry);
  g_auto(GStrv) keys = dio_compare_set_dup_keys (self);

  if (self->entries->len >= DIO_COMPARE_MAX || g_strv_contains ((const char * const *) keys, key))
    return FALSE;

  g_ptr_array_add (self->entries, g_object_ref (entry));
  return TRUE;
}

static void
dio_compare_set_finalize (GObject *object)
{
  DioCompareSet *self = DIO_COMPARE_SET (object);

  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (dio_compare_set_parent_class)->finalize (object);
}

static void
dio_compare_set_class_init (DioCompareSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_compare_set_finalize;
}

static void
dio_compare_set_init (DioCompareSet *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dio_compare_set_new:
 *
 * Returns: (transfer full): an empty set
 */
DioCompareSet *
dio_compare_set_new (void)
{
  return g_object_new (DIO_TYPE_COMPARE_SET, NULL);
}

/**
 * dio_compare_set_add:
 * @self: a set
 * @entry: a picture
 *
 * Returns: %FALSE if it is in the set already, or there is no room
 */
gboolean
dio_compare_set_add (DioCompareSet   *self,
                     DioCompareEntry *entry)
{
  guint n_before = self->entries->len;

  if (!add_quietly (self, entry))
    return FALSE;

  tell_all (self, n_before);
  return TRUE;
}

/**
 * dio_compare_set_remove:
 * @self: a set
 * @position: of the picture
 */
void
dio_compare_set_remove (DioCompareSet *self,
                        guint          position)
{
  guint n_before = self->entries->len;

  g_return_if_fail (position < n_before);

  g_ptr_array_remove_index (self->entries, position);
  tell_all (self, n_before);
}

/**
 * dio_compare_set_move:
 * @self: a set
 * @from: the position of a picture
 * @to: where it is to be
 */
void
dio_compare_set_move (DioCompareSet *self,
                      guint          from,
                      guint          to)
{
  g_return_if_fail (from < self->entries->len && to < self->entries->len);

  if (from == to)
    return;

  g_ptr_array_insert (self->entries, to, g_ptr_array_steal_index (self->entries, from));
  tell_all (self, self->entries->len);
}

/**
 * dio_compare_set_replace:
 * @self: a set
 * @entries: (element-type DioCompareEntry): what it is to hold; what there is no
 *   room for is left out
 */
void
dio_compare_set_replace (DioCompareSet *self,
                         GPtrArray     *entries)
{
  guint n_before = self->entries->len;

  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < entries->len; i++)
    add_quietly (self, g_ptr_array_index (entries, i));
  tell_all (self, n_before);
}

/**
 * dio_compare_set_dup_keys:
 * @self: a set
 *
 * Returns: (transfer full): what its pictures are known by across restarts
 */
GStrv
dio_compare_set_dup_keys (DioCompareSet *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autofree char *key = dio_compare_entry_dup_key (g_ptr_array_index (self->entries, i));

      g_strv_builder_add (builder, key);
    }

  return g_strv_builder_end (builder);
}
