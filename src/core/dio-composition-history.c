/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo. Nobody tells the history what they do: it looks at what is
 * different once everybody is done, and keeps what there was before. Changes
 * that go on from the last one are one step with it: the letters of a word, a
 * slider on its way. */

#include "config.h"

#include "dio-composition-history.h"

#include "dio-composition-watch.h"
#include "dio-typing.h"

#define MAX_STEPS 200
#define NAME_CHANGES (DIO_COMPOSITION_CHANGE_FILE | DIO_COMPOSITION_CHANGE_TITLE)
#define PAUSE (2 * G_USEC_PER_SEC) /* ends a step */

struct _DioCompositionHistory
{
  GObject parent_instance;

  /* Owned */
  DioComposition        *composition;
  DioCompositionWatch   *watch;
  GQueue                 undo;    /* DioCompositionState; the head is the newest */
  GQueue                 redo;    /* DioCompositionState; the head is the next */
  DioCompositionState   *current; /* what was seen last */
  DioCompositionState   *saved;   /* what counts as unmodified */

  /* The last step, as long as it is open to what goes on from it */
  gboolean               is_open;
  gint64                 time;
  DioCompositionChanges  changes;
  char                  *value;   /* (nullable) (owned): which one it was */
  DioTyping              typing;
};

G_DEFINE_FINAL_TYPE (DioCompositionHistory, dio_composition_history, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_IS_MODIFIED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
drop_states (GQueue *queue)
{
  g_queue_clear_full (queue, (GDestroyNotify) dio_composition_state_free);
}

static void
set_current (DioCompositionHistory *self,
             DioCompositionState   *state)
{
  g_clear_pointer (&self->current, dio_composition_state_free);
  self->current = state;
}

static void
notify_all (DioCompositionHistory *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Whether a change is of the same kind as the last one and goes on from it. */
static gboolean
goes_on (DioCompositionHistory *self,
         DioCompositionChanges  changes,
         const char            *value,
         const DioTyping       *typing)
{
  if (!self->is_open || changes != self->changes || g_get_monotonic_time () - self->time > PAUSE)
    return FALSE;

  switch ((guint) changes)
    {
    case DIO_COMPOSITION_CHANGE_PROMPT:
      return dio_typing_goes_on (typing, &self->typing);

    case DIO_COMPOSITION_CHANGE_VALUES:
      return value != NULL && g_strcmp0 (value, self->value) == 0;

    case DIO_COMPOSITION_CHANGE_TITLE:
    case DIO_COMPOSITION_CHANGE_ROLES:
      return TRUE;

    default:
      return FALSE;
    }
}

static void
push_step (DioCompositionHistory *self)
{
  g_queue_push_head (&self->undo, g_steal_pointer (&self->current));
  if (self->undo.length > MAX_STEPS)
    dio_composition_state_free (g_queue_pop_tail (&self->undo));
}

/* There and back again is no step. */
static void
drop_empty_step (DioCompositionHistory *self)
{
  DioCompositionState *newest = g_queue_peek_head (&self->undo);

  if (newest != NULL && dio_composition_state_compare (newest, self->current) == 0)
    {
      dio_composition_state_free (g_queue_pop_head (&self->undo));
      self->is_open = FALSE;
    }
}

static void
rename_states (GQueue                    *queue,
               GFile                     *from,
               const DioCompositionState *namesake)
{
  for (GList *l = queue->head; l != NULL; l = l->next)
    {
      GFile *file = dio_composition_state_get_file (l->data);

      if (file != from && (file == NULL || from == NULL || !g_file_equal (file, from)))
        break;
      dio_composition_state_name (l->data, namesake);
    }
}

/* Saving under a name is nothing to undo: the document has had that name, as it
 * were, since it was begun. */
static void
adopt_name (DioCompositionHistory     *self,
            const DioCompositionState *state)
{
  GFile *from = dio_composition_state_get_file (self->current);

  rename_states (&self->undo, from, state);
  rename_states (&self->redo, from, state);
}

static gboolean
is_naming (const DioCompositionState *state,
           DioCompositionChanges      changes)
{
  return (changes & DIO_COMPOSITION_CHANGE_FILE) != 0 &&
         (changes & ~NAME_CHANGES) == 0 &&
         dio_composition_state_get_file (state) != NULL;
}

static void
add_step (DioCompositionHistory *self,
          DioCompositionState   *state,
          DioCompositionChanges  changes)
{
  g_autofree char *value = dio_composition_state_find_value (self->current, state);
  DioTyping typing;

  dio_typing_init (&typing, dio_composition_state_get_prompt (self->current),
                   dio_composition_state_get_prompt (state));

  if (goes_on (self, changes, value, &typing))
    dio_typing_join (&typing, &self->typing);
  else
    push_step (self);
  drop_states (&self->redo);

  self->is_open = TRUE;
  self->time = g_get_monotonic_time ();
  self->changes = changes;
  self->typing = typing;
  g_free (self->value);
  self->value = g_steal_pointer (&value);
}

static void
dio_composition_history_get_property (GObject    *object,
                                      guint       id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  DioCompositionHistory *self = DIO_COMPOSITION_HISTORY (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, dio_composition_history_get_can_undo (self));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, dio_composition_history_get_can_redo (self));
      break;

    case PROP_IS_MODIFIED:
      g_value_set_boolean (value, dio_composition_history_get_is_modified (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_composition_history_finalize (GObject *object)
{
  DioCompositionHistory *self = DIO_COMPOSITION_HISTORY (object);

  drop_states (&self->undo);
  drop_states (&self->redo);
  g_clear_pointer (&self->current, dio_composition_state_free);
  g_clear_pointer (&self->saved, dio_composition_state_free);
  g_free (self->value);
  g_clear_object (&self->watch);
  g_clear_object (&self->composition);

  G_OBJECT_CLASS (dio_composition_history_parent_class)->finalize (object);
}

static void
dio_composition_history_class_init (DioCompositionHistoryClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_composition_history_get_property;
  object_class->finalize = dio_composition_history_finalize;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_IS_MODIFIED] = g_param_spec_boolean ("is-modified", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_composition_history_init (DioCompositionHistory *self)
{
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
}

/**
 * dio_composition_history_new:
 * @composition: a composition, whose state of now is the first one, and not modified
 *
 * Returns: (transfer full): a history that follows @composition
 */
DioCompositionHistory *
dio_composition_history_new (DioComposition *composition)
{
  DioCompositionHistory *self = g_object_new (DIO_TYPE_COMPOSITION_HISTORY, NULL);

  self->composition = g_object_ref (composition);
  self->current = dio_composition_state_new (composition);
  self->saved = dio_composition_state_new (composition);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (dio_composition_history_commit),
                           self, G_CONNECT_SWAPPED);

  return self;
}

gboolean
dio_composition_history_get_can_undo (DioCompositionHistory *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION_HISTORY (self), FALSE);

  return self->undo.length > 0;
}

gboolean
dio_composition_history_get_can_redo (DioCompositionHistory *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION_HISTORY (self), FALSE);

  return self->redo.length > 0;
}

/**
 * dio_composition_history_get_is_modified:
 * @self: a history
 *
 * Returns: whether the composition is another than the one that was saved last,
 *   apart from its name
 */
gboolean
dio_composition_history_get_is_modified (DioCompositionHistory *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION_HISTORY (self), FALSE);

  return (dio_composition_state_compare (self->saved, self->current) & ~NAME_CHANGES) != 0;
}

/**
 * dio_composition_history_commit:
 * @self: a history
 *
 * Takes in what has changed since it was last looked at. Happens by itself when
 * the main loop is idle.
 */
void
dio_composition_history_commit (DioCompositionHistory *self)
{
  g_autoptr(DioCompositionState) state = NULL;
  DioCompositionChanges changes;

  g_return_if_fail (DIO_IS_COMPOSITION_HISTORY (self));

  state = dio_composition_state_new (self->composition);
  changes = dio_composition_state_compare (self->current, state);
  if (is_naming (state, changes))
    adopt_name (self, state);
  else if (changes != 0)
    add_step (self, state, changes);

  /* Also where only what mentions are bound to is another. */
  set_current (self, g_steal_pointer (&state));
  if (changes == 0)
    return;

  drop_empty_step (self);
  notify_all (self);
}

/**
 * dio_composition_history_end_step:
 * @self: a history
 *
 * What comes next is another step, even if it goes on from the last one.
 */
void
dio_composition_history_end_step (DioCompositionHistory *self)
{
  g_return_if_fail (DIO_IS_COMPOSITION_HISTORY (self));

  dio_composition_history_commit (self);
  self->is_open = FALSE;
}

static gboolean
go (DioCompositionHistory *self,
    GQueue                *from,
    GQueue                *to)
{
  g_autoptr(DioCompositionState) state = NULL;

  dio_composition_history_end_step (self);
  if (from->length == 0)
    return FALSE;

  state = g_queue_pop_head (from);
  g_queue_push_head (to, g_steal_pointer (&self->current));
  dio_composition_state_restore (state, self->composition);
  set_current (self, dio_composition_state_new (self->composition));
  notify_all (self);

  return TRUE;
}

/**
 * dio_composition_history_undo:
 * @self: a history
 *
 * Returns: whether there was a step to go back
 */
gboolean
dio_composition_history_undo (DioCompositionHistory *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION_HISTORY (self), FALSE);

  return go (self, &self->undo, &self->redo);
}

/**
 * dio_composition_history_redo:
 * @self: a history
 *
 * Returns: whether there was a step to go forward
 */
gboolean
dio_composition_history_redo (DioCompositionHistory *self)
{
  g_return_val_if_fail (DIO_IS_COMPOSITION_HISTORY (self), FALSE);

  return go (self, &self->redo, &self->undo);
}

/**
 * dio_composition_history_mark_saved:
 * @self: a history
 * @state: (transfer full): what was saved, perhaps some time ago
 *
 * Whenever the composition is that again, it counts as not modified.
 */
void
dio_composition_history_mark_saved (DioCompositionHistory *self,
                                    DioCompositionState   *state)
{
  g_return_if_fail (DIO_IS_COMPOSITION_HISTORY (self));
  g_return_if_fail (state != NULL);

  dio_composition_history_end_step (self);
  g_clear_pointer (&self->saved, dio_composition_state_free);
  self->saved = state;
  notify_all (self);
}

/**
 * dio_composition_history_clear:
 * @self: a history
 *
 * Forgets all steps: the composition of now is the first state there is.
 */
void
dio_composition_history_clear (DioCompositionHistory *self)
{
  g_return_if_fail (DIO_IS_COMPOSITION_HISTORY (self));

  dio_composition_history_commit (self);
  drop_states (&self->undo);
  drop_states (&self->redo);
  self->is_open = FALSE;
  notify_all (self);
}
