/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs and then results, and which of them are selected. GtkMultiSelection asks for
 * the item of every place that is selected, and keeps it: all results would be
 * read because somebody selects all. Here they stay places, and results are known
 * by their numbers where a list comes in another order. */

#include "config.h"

#include "dio-selection.h"

struct _DioSelection
{
  GObject parent_instance;

  /* Owned */
  GListModel    *jobs;
  DioResultList *results;
  GListModel    *model;    /* both, one after the other */
  GtkBitset     *selected; /* positions in the model */
  GtkBitset     *numbers;  /* of results that are selected */
};

static void dio_selection_list_init (GListModelInterface *iface);
static void dio_selection_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioSelection, dio_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, dio_selection_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, dio_selection_selection_init))

static guint
get_n_jobs (DioSelection *self)
{
  return g_list_model_get_n_items (self->jobs);
}

/* A database counts from 1, and to more than this only after four thousand million. */
static gboolean
get_number (DioSelection *self,
            guint         position,
            guint        *number)
{
  gint64 wide = position >= get_n_jobs (self) ? dio_result_list_get_number (self->results, position - get_n_jobs (self))
                                              : 0;

  *number = wide;
  return wide > 0 && wide < G_MAXUINT;
}

static void
remember (DioSelection *self,
          GtkBitset    *positions)
{
  GtkBitsetIter iter;
  guint position;

  for (gboolean has = gtk_bitset_iter_init_first (&iter, positions, &position);
       has;
       has = gtk_bitset_iter_next (&iter, &position))
    {
      guint number;

      if (!get_number (self, position, &number))
        continue;

      if (gtk_bitset_contains (self->selected, position))
        gtk_bitset_add (self->numbers, number);
      else
        gtk_bitset_remove (self->numbers, number);
    }
}

/* Those that are selected and come back, in one order or another, stay selected. */
static void
items_changed_cb (DioSelection *self,
                  guint         position,
                  guint         n_removed,
                  guint         n_added)
{
  gtk_bitset_splice (self->selected, position, n_removed, n_added);
  for (guint i = 0; i < n_added && !gtk_bitset_is_empty (self->numbers); i++)
    {
      guint number;

      if (get_number (self, position + i, &number) && gtk_bitset_contains (self->numbers, number))
        gtk_bitset_add (self->selected, position + i);
    }

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* The list has come to rest: what is no longer in it is not selected either. */
static void
loaded_cb (DioSelection *self)
{
  if (dio_result_list_get_is_loading (self->results) || gtk_bitset_is_empty (self->numbers))
    return;

  gtk_bitset_remove_all (self->numbers);
  remember (self, self->selected);
}

static GType
dio_selection_get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
dio_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (DIO_SELECTION (list)->model);
}

static gpointer
dio_selection_get_item (GListModel *list,
                        guint       position)
{
  return g_list_model_get_item (DIO_SELECTION (list)->model, position);
}

static void
dio_selection_list_init (GListModelInterface *iface)
{
  iface->get_item_type = dio_selection_get_item_type;
  iface->get_n_items = dio_selection_get_n_items;
  iface->get_item = dio_selection_get_item;
}

static gboolean
dio_selection_is_selected (GtkSelectionModel *model,
                           guint              position)
{
  return gtk_bitset_contains (DIO_SELECTION (model)->selected, position);
}

static GtkBitset *
dio_selection_get_selection_in_range (GtkSelectionModel *model,
                                      guint              position,
                                      guint              n_items)
{
  return gtk_bitset_ref (DIO_SELECTION (model)->selected);
}

static gboolean
dio_selection_set_selection (GtkSelectionModel *model,
                             GtkBitset         *selected,
                             GtkBitset         *mask)
{
  DioSelection *self = DIO_SELECTION (model);
  g_autoptr(GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint n_items = g_list_model_get_n_items (self->model);
  guint first;

  /* What is in one of them only. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_remove_range_closed (changes, n_items, G_MAXUINT);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  gtk_bitset_difference (self->selected, changes);
  remember (self, changes);
  first = gtk_bitset_get_minimum (changes);
  gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changes) - first + 1);

  return TRUE;
}

static void
dio_selection_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = dio_selection_is_selected;
  iface->get_selection_in_range = dio_selection_get_selection_in_range;
  iface->set_selection = dio_selection_set_selection;
}

static void
dio_selection_dispose (GObject *object)
{
  DioSelection *self = DIO_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_object (&self->jobs);
  g_clear_object (&self->results);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->numbers, gtk_bitset_unref);

  G_OBJECT_CLASS (dio_selection_parent_class)->dispose (object);
}

static void
dio_selection_class_init (DioSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_selection_dispose;
}

static void
dio_selection_init (DioSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->numbers = gtk_bitset_new_empty ();
}

DioSelection *
dio_selection_new (GListModel    *jobs,
                   DioResultList *results)
{
  DioSelection *self = g_object_new (DIO_TYPE_SELECTION, NULL);
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (lists, jobs);
  g_list_store_append (lists, results);
  self->jobs = g_object_ref (jobs);
  self->results = g_object_ref (results);
  self->model = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (results, "notify::is-loading", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* (transfer full) (element-type gint64): of the results that are selected, in the
 * order of the list. */
GArray *
dio_selection_dup_numbers (DioSelection *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_jobs = get_n_jobs (self);
  GtkBitsetIter iter;
  guint position;

  for (gboolean has = gtk_bitset_iter_init_at (&iter, self->selected, n_jobs, &position);
       has;
       has = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 number = dio_result_list_get_number (self->results, position - n_jobs);

      g_array_append_val (numbers, number);
    }

  return numbers;
}
