/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results that a query finds. Their numbers are all here, eight bytes each;
 * the results themselves are read in pages, once somebody holds a slot. */

#include "config.h"

#include "dio-result-list-private.h"
#include "dio-result-slot-private.h"

static void dio_result_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioResultList, dio_result_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, dio_result_list_model_init))

enum
{
  PROP_0,
  PROP_IS_LOADING,
  N_PROPS
};

enum
{
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
_dio_result_list_fail (DioResultList *self,
                       const GError  *error)
{
  g_message ("Results cannot be read: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
changed_cb (guint    position,
            guint    n_removed,
            guint    n_added,
            gpointer user_data)
{
  DioResultList *self = user_data;

  for (guint i = 0; i <= n_added; i++)
    _dio_result_list_update_starts (self, position + i);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
set_is_listing (DioResultList *self,
                gboolean       is_listing)
{
  if (self->is_listing == is_listing)
    return;

  self->is_listing = is_listing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

static void
numbers_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DioResultList) self = user_data;
  g_autoptr(GArray) numbers = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;
  guint n_to_update;

  if (!_dio_library_read_list_finish (DIO_LIBRARY (source), result, &numbers, &results, &error))
    {
      set_is_listing (self, FALSE);
      _dio_result_list_fail (self, error);
      return;
    }

  /* What was asked for meanwhile is what somebody wants to see. */
  if (self->is_stale)
    {
      self->is_listing = FALSE;
      _dio_result_list_read_numbers (self);
      return;
    }

  _dio_result_list_take_page (self, results);
  n_to_update = self->listed_sort == self->query->sort ? results->len : numbers->len;
  self->listed_sort = self->query->sort;
  _dio_result_list_change (self->numbers, numbers, changed_cb, self);
  for (guint i = 0; i < n_to_update; i++)
    _dio_result_list_update_starts (self, i);
  set_is_listing (self, FALSE);
  _dio_result_list_read_next_page (self);
}

/* Reads which results there are, now or once that is over which is under way. */
void
_dio_result_list_read_numbers (DioResultList *self)
{
  self->is_stale = self->is_listing;
  if (self->is_listing || !dio_library_is_open (self->library))
    return;

  _dio_library_read_list_async (self->library, self->query, NULL, DIO_RESULT_LIST_PAGE_SIZE, numbers_read_cb, g_object_ref (self));
  set_is_listing (self, TRUE);
}

static void
results_changed_cb (DioResultList    *self,
                    DioLibraryChange  change)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    DIO_RESULT_SLOT (link->data)->is_missing = FALSE;

  if ((change & DIO_LIBRARY_CHANGE_RESULTS) != 0 || dio_result_query_reads_marks (self->query))
    _dio_result_list_read_numbers (self);
}

static GType
dio_result_list_get_item_type (GListModel *model)
{
  return DIO_TYPE_RESULT_SLOT;
}

static guint
dio_result_list_get_n_items (GListModel *model)
{
  return DIO_RESULT_LIST (model)->numbers->len;
}

static gpointer
dio_result_list_get_item (GListModel *model,
                          guint       position)
{
  DioResultList *self = DIO_RESULT_LIST (model);
  DioResultSlot *slot;

  if (position >= self->numbers->len)
    return NULL;

  slot = dio_result_list_peek (self, dio_result_list_get_number (self, position));
  if (slot != NULL)
    return g_object_ref (slot);

  slot = _dio_result_list_make_slot (self, dio_result_list_get_number (self, position));
  _dio_result_list_read_next_page (self);

  return slot;
}

static void
dio_result_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dio_result_list_get_item_type;
  iface->get_n_items = dio_result_list_get_n_items;
  iface->get_item = dio_result_list_get_item;
}

static void
dio_result_list_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_IS_LOADING)
    g_value_set_boolean (value, DIO_RESULT_LIST (object)->is_listing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dio_result_list_finalize (GObject *object)
{
  DioResultList *self = DIO_RESULT_LIST (object);
  GHashTableIter iter;
  gpointer slot;

  /* Others may hold slots for longer. */
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    DIO_RESULT_SLOT (slot)->gone = NULL;
  while (self->kept.length > 0)
    g_object_unref (g_queue_pop_head_link (&self->kept)->data);
  while (self->waiting.length > 0)
    g_queue_pop_head_link (&self->waiting);

  g_hash_table_unref (self->slots);
  g_array_unref (self->numbers);
  dio_result_query_free (self->query);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (dio_result_list_parent_class)->finalize (object);
}

static void
dio_result_list_class_init (DioResultListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_result_list_get_property;
  object_class->finalize = dio_result_list_finalize;

  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Something could not be read; with the reason. */
  signals[FAILED] = g_signal_new ("failed", DIO_TYPE_RESULT_LIST, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
dio_result_list_init (DioResultList *self)
{
  self->query = dio_result_query_new ();
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->slots = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->waiting);
  g_queue_init (&self->kept);
}

/**
 * dio_result_list_new:
 * @library: whose results; it may be opened later
 *
 * Returns: (transfer full): a list of all results, newest first, that is filled
 *   from now on and follows the library
 */
DioResultList *
dio_result_list_new (DioLibrary *library)
{
  DioResultList *self;

  g_return_val_if_fail (DIO_IS_LIBRARY (library), NULL);

  self = g_object_new (DIO_TYPE_RESULT_LIST, NULL);
  self->library = g_object_ref (library);
  g_signal_connect_object (library, "results-changed", G_CALLBACK (results_changed_cb), self, G_CONNECT_SWAPPED);
  _dio_result_list_read_numbers (self);

  return self;
}

DioLibrary *
dio_result_list_get_library (DioResultList *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), NULL);

  return self->library;
}

/**
 * dio_result_list_set_query:
 * @self: a list
 * @query: what it is to find
 *
 * What was found before stays until the answer is there; of several queries in
 * a hurry the last is answered.
 */
void
dio_result_list_set_query (DioResultList        *self,
                           const DioResultQuery *query)
{
  g_return_if_fail (DIO_IS_RESULT_LIST (self));
  g_return_if_fail (query != NULL);

  if (dio_result_query_equal (self->query, query))
    return;

  dio_result_query_free (self->query);
  self->query = dio_result_query_copy (query);
  _dio_result_list_read_numbers (self);
}

/**
 * dio_result_list_get_query:
 * @self: a list
 *
 * Returns: (transfer none): the query that was set last
 */
const DioResultQuery *
dio_result_list_get_query (DioResultList *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), NULL);

  return self->query;
}

/**
 * dio_result_list_get_is_loading:
 * @self: a list
 *
 * Returns: whether it is being read which results there are
 */
gboolean
dio_result_list_get_is_loading (DioResultList *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), FALSE);

  return self->is_listing;
}

/**
 * dio_result_list_get_number:
 * @self: a list
 * @position: a position
 *
 * Nothing is read for that.
 *
 * Returns: the number of the result there, or 0
 */
gint64
dio_result_list_get_number (DioResultList *self,
                            guint          position)
{
  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), 0);

  return position < self->numbers->len ? g_array_index (self->numbers, gint64, position) : 0;
}

/**
 * dio_result_list_peek:
 * @self: a list
 * @number: of a result
 *
 * Returns: (transfer none) (nullable): its slot, if somebody holds it
 */
DioResultSlot *
dio_result_list_peek (DioResultList *self,
                      gint64         number)
{
  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), NULL);

  return g_hash_table_lookup (self->slots, &number);
}

/**
 * dio_result_list_find:
 * @self: a list
 * @number: of a result
 * @position: (out) (optional): where it is
 *
 * Returns: whether it is in the list
 */
gboolean
dio_result_list_find (DioResultList *self,
                      gint64         number,
                      guint         *position)
{
  const gint64 *numbers;

  g_return_val_if_fail (DIO_IS_RESULT_LIST (self), FALSE);

  numbers = (const gint64 *) (gpointer) self->numbers->data;
  for (guint i = 0; i < self->numbers->len; i++)
    {
      if (numbers[i] != number)
        continue;

      if (position != NULL)
        *position = i;
      return TRUE;
    }

  return FALSE;
}
