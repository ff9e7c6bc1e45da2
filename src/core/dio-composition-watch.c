/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells, once for many changes, that anything in a composition is another than
 * before: photos, their roles, the prompt, the model or its values. What a model
 * can take depends on all of them together. */

#include "config.h"

#include "dio-composition-watch.h"

struct _DioCompositionWatch
{
  GObject parent_instance;

  /* Owned */
  DioComposition *composition;
  GPtrArray      *watched; /* DioReference whose notify is connected */
  DioValues      *values;  /* of the model now chosen */

  guint           idle_id;
};

G_DEFINE_FINAL_TYPE (DioCompositionWatch, dio_composition_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
idle_cb (gpointer user_data)
{
  DioCompositionWatch *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
queue (DioCompositionWatch *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_once (idle_cb, self);
}

static void
unwatch_references (DioCompositionWatch *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), queue, self);

  g_ptr_array_set_size (self->watched, 0);
}

static void
references_changed_cb (DioCompositionWatch *self)
{
  GListModel *references = dio_composition_get_references (self->composition);

  unwatch_references (self);
  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      DioReference *reference = g_list_model_get_item (references, i);

      g_signal_connect_swapped (reference, "notify", G_CALLBACK (queue), self);
      g_ptr_array_add (self->watched, reference);
    }

  queue (self);
}

static void
model_changed_cb (DioCompositionWatch *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);

  if (self->values != NULL)
    g_signal_handlers_disconnect_by_func (self->values, queue, self);
  g_clear_object (&self->values);

  if (model != NULL)
    {
      self->values = g_object_ref (dio_composition_get_values (self->composition, model));
      g_signal_connect_swapped (self->values, "changed", G_CALLBACK (queue), self);
    }

  queue (self);
}

static void
dio_composition_watch_dispose (GObject *object)
{
  DioCompositionWatch *self = DIO_COMPOSITION_WATCH (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  unwatch_references (self);
  if (self->values != NULL)
    g_signal_handlers_disconnect_by_func (self->values, queue, self);
  g_clear_object (&self->values);

  G_OBJECT_CLASS (dio_composition_watch_parent_class)->dispose (object);
}

static void
dio_composition_watch_finalize (GObject *object)
{
  DioCompositionWatch *self = DIO_COMPOSITION_WATCH (object);

  g_ptr_array_unref (self->watched);
  g_object_unref (self->composition);

  G_OBJECT_CLASS (dio_composition_watch_parent_class)->finalize (object);
}

static void
dio_composition_watch_class_init (DioCompositionWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dio_composition_watch_dispose;
  object_class->finalize = dio_composition_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_composition_watch_init (DioCompositionWatch *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

DioCompositionWatch *
dio_composition_watch_new (DioComposition *composition)
{
  DioCompositionWatch *self = g_object_new (DIO_TYPE_COMPOSITION_WATCH, NULL);

  self->composition = g_object_ref (composition);
  g_signal_connect_object (dio_composition_get_references (composition), "items-changed",
                           G_CALLBACK (references_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_composition_get_prompt (composition), "changed",
                           G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::model",
                           G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::roles",
                           G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::title",
                           G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::file",
                           G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
  references_changed_cb (self);
  model_changed_cb (self);

  return self;
}
