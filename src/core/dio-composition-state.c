/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as it was at one moment. References and their bytes are shared
 * with it, so that a mention that comes back is bound to the same photo. */

#include "config.h"

#include "dio-composition-state.h"

#include "dio-composition-private.h"

typedef struct
{
  DioReference *reference; /* (owned) */
  char         *name;      /* (owned) */
  DioRole       role;
  gboolean      enabled;
  gboolean      by_address;
} Entry;

struct _DioCompositionState
{
  char         *title;      /* (owned) */
  GFile        *file;       /* (owned) (nullable) */
  GPtrArray    *references; /* (owned) (element-type Entry): the strip */
  GPtrArray    *mentioned;  /* (owned) (element-type Entry): those in @mentions */
  char         *prompt;     /* (owned) */
  GArray       *mentions;   /* (owned) (element-type DioMention): held by @mentioned */
  char         *roles;      /* (owned) (nullable) */
  DioModelInfo *model;      /* (owned) (nullable) */
  GHashTable   *values;     /* (owned) (element-type utf8 GVariant): "a{sv}" by model id */
};

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->reference);
  g_free (entry->name);
  g_free (entry);
}

static Entry *
entry_new (DioReference *reference)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->reference = g_object_ref (reference);
  entry->name = g_strdup (dio_reference_get_name (reference));
  entry->role = dio_reference_get_role (reference);
  entry->enabled = dio_reference_get_enabled (reference);
  entry->by_address = dio_reference_get_by_address (reference);

  return entry;
}

/* A photo that was brought in once more is the same to a person. */
static gboolean
entry_equal (const Entry *entry,
             const Entry *other)
{
  return g_str_equal (dio_reference_get_hash (entry->reference), dio_reference_get_hash (other->reference)) &&
         g_str_equal (entry->name, other->name) &&
         entry->role == other->role &&
         entry->enabled == other->enabled &&
         entry->by_address == other->by_address;
}

static void
entry_restore (const Entry *entry)
{
  dio_reference_set_name (entry->reference, entry->name);
  dio_reference_set_role (entry->reference, entry->role);
  dio_reference_set_enabled (entry->reference, entry->enabled);
  dio_reference_set_by_address (entry->reference, entry->by_address);
}

static void
take_references (DioCompositionState *self,
                 DioComposition      *composition)
{
  GListModel *references = dio_composition_get_references (composition);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      g_ptr_array_add (self->references, entry_new (reference));
    }
}

static void
take_prompt (DioCompositionState *self,
             DioComposition      *composition)
{
  DioPrompt *prompt = dio_composition_get_prompt (composition);

  self->prompt = dio_prompt_dup_text (prompt);
  self->mentions = dio_prompt_dup_mentions (prompt);
  for (guint i = 0; i < self->mentions->len; i++)
    g_ptr_array_add (self->mentioned, entry_new (g_array_index (self->mentions, DioMention, i).reference));
}

static void
take_values (DioCompositionState *self,
             DioComposition      *composition)
{
  g_autoptr(GPtrArray) list = dio_composition_list_values (composition);

  for (guint i = 0; i < list->len; i++)
    {
      DioValues *values = g_ptr_array_index (list, i);
      g_autoptr(GVariant) given = dio_values_dup_given (values);

      /* As good as none, which is what those are that were never asked for. */
      if (g_variant_n_children (given) > 0)
        g_hash_table_insert (self->values,
                             g_strdup (dio_model_info_get_id (dio_values_get_model (values))),
                             g_steal_pointer (&given));
    }
}

/**
 * dio_composition_state_new:
 * @composition: a composition
 *
 * Returns: (transfer full): what it is now
 */
DioCompositionState *
dio_composition_state_new (DioComposition *composition)
{
  DioCompositionState *self = g_new0 (DioCompositionState, 1);
  GFile *file = dio_composition_get_file (composition);

  self->title = g_strdup (dio_composition_get_title (composition));
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->roles = g_strdup (dio_composition_get_roles (composition));
  g_set_object (&self->model, dio_composition_get_model (composition));
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->mentioned = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  take_references (self, composition);
  take_prompt (self, composition);
  take_values (self, composition);

  return self;
}

void
dio_composition_state_free (DioCompositionState *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_clear_object (&self->file);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->mentioned);
  g_free (self->prompt);
  g_array_unref (self->mentions);
  g_free (self->roles);
  g_clear_object (&self->model);
  g_hash_table_unref (self->values);
  g_free (self);
}

static void
restore_references (const DioCompositionState *self,
                    DioComposition            *composition)
{
  g_autoptr(GPtrArray) references = g_ptr_array_new ();

  for (guint i = 0; i < self->mentioned->len; i++)
    entry_restore (g_ptr_array_index (self->mentioned, i));

  for (guint i = 0; i < self->references->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->references, i);

      entry_restore (entry);
      g_ptr_array_add (references, entry->reference);
    }

  dio_composition_set_references (composition, references);
}

static void
restore_values (const DioCompositionState *self,
                DioComposition            *composition)
{
  g_autoptr(GPtrArray) list = dio_composition_list_values (composition);

  for (guint i = 0; i < list->len; i++)
    {
      DioValues *values = g_ptr_array_index (list, i);
      const char *id = dio_model_info_get_id (dio_values_get_model (values));

      dio_values_set_given (values, g_hash_table_lookup (self->values, id));
    }
}

/**
 * dio_composition_state_restore:
 * @self: a state
 * @composition: the composition it was taken of
 *
 * Makes it what it was; only what is different is told to have changed.
 */
void
dio_composition_state_restore (const DioCompositionState *self,
                               DioComposition            *composition)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  restore_references (self, composition);

  /* Last of what depends on the strip: others bind names as it changes. */
  dio_prompt_restore (dio_composition_get_prompt (composition), self->prompt, self->mentions);
  dio_composition_set_roles (composition, self->roles);
  dio_composition_set_title (composition, self->title);
  dio_composition_set_file (composition, self->file);
  dio_composition_set_model (composition, self->model);
  restore_values (self, composition);
}

static gboolean
have_same_references (const DioCompositionState *self,
                      const DioCompositionState *other)
{
  if (self->references->len != other->references->len)
    return FALSE;

  for (guint i = 0; i < self->references->len; i++)
    if (!entry_equal (g_ptr_array_index (self->references, i), g_ptr_array_index (other->references, i)))
      return FALSE;

  return TRUE;
}

static gboolean
have_same_values (const DioCompositionState *self,
                  const DioCompositionState *other)
{
  GHashTableIter iter;
  gpointer id;
  gpointer given;

  if (g_hash_table_size (self->values) != g_hash_table_size (other->values))
    return FALSE;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &id, &given))
    {
      GVariant *same = g_hash_table_lookup (other->values, id);

      if (same == NULL || !g_variant_equal (given, same))
        return FALSE;
    }

  return TRUE;
}

static gboolean
have_same_file (const DioCompositionState *self,
                const DioCompositionState *other)
{
  if (self->file == NULL || other->file == NULL)
    return self->file == other->file;

  return g_file_equal (self->file, other->file);
}

/**
 * dio_composition_state_compare:
 * @self: a state
 * @other: another one of the same composition
 *
 * Returns: what is different; 0 where nothing is
 */
DioCompositionChanges
dio_composition_state_compare (const DioCompositionState *self,
                               const DioCompositionState *other)
{
  DioCompositionChanges changes = 0;

  g_return_val_if_fail (self != NULL && other != NULL, 0);

  if (!g_str_equal (self->title, other->title))
    changes |= DIO_COMPOSITION_CHANGE_TITLE;
  if (!have_same_references (self, other))
    changes |= DIO_COMPOSITION_CHANGE_REFERENCES;
  if (!g_str_equal (self->prompt, other->prompt))
    changes |= DIO_COMPOSITION_CHANGE_PROMPT;
  if (g_strcmp0 (self->roles, other->roles) != 0)
    changes |= DIO_COMPOSITION_CHANGE_ROLES;
  if (self->model != other->model)
    changes |= DIO_COMPOSITION_CHANGE_MODEL;
  if (!have_same_values (self, other))
    changes |= DIO_COMPOSITION_CHANGE_VALUES;
  if (!have_same_file (self, other))
    changes |= DIO_COMPOSITION_CHANGE_FILE;

  return changes;
}

/* Adds the names whose values are not the same in both, as “model name”. */
static void
collect_differences (GHashTable *values,
                     GHashTable *others,
                     GHashTable *names)
{
  GHashTableIter iter;
  gpointer id;
  gpointer given;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &id, &given))
    {
      GVariant *other = g_hash_table_lookup (others, id);
      GVariantIter members;
      const char *name;
      GVariant *value;

      g_variant_iter_init (&members, given);
      while (g_variant_iter_loop (&members, "{&sv}", &name, &value))
        {
          g_autoptr(GVariant) same = other != NULL ? g_variant_lookup_value (other, name, NULL) : NULL;

          if (same == NULL || !g_variant_equal (value, same))
            g_hash_table_add (names, g_strdup_printf ("%s %s", (char *) id, name));
        }
    }
}

/**
 * dio_composition_state_find_value:
 * @self: a state
 * @other: another one of the same composition
 *
 * Returns: (transfer full) (nullable): which one value is different, as an
 *   opaque key; %NULL where none is, or several are
 */
char *
dio_composition_state_find_value (const DioCompositionState *self,
                                  const DioCompositionState *other)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name = NULL;

  g_return_val_if_fail (self != NULL && other != NULL, NULL);

  collect_differences (self->values, other->values, names);
  collect_differences (other->values, self->values, names);
  if (g_hash_table_size (names) != 1)
    return NULL;

  g_hash_table_iter_init (&iter, names);
  g_hash_table_iter_next (&iter, &name, NULL);

  return g_strdup (name);
}

const char *
dio_composition_state_get_prompt (const DioCompositionState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->prompt;
}

GFile *
dio_composition_state_get_file (const DioCompositionState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file;
}

/**
 * dio_composition_state_name:
 * @self: a state
 * @namesake: whose title and file it gets
 */
void
dio_composition_state_name (DioCompositionState       *self,
                            const DioCompositionState *namesake)
{
  g_return_if_fail (self != NULL && namesake != NULL);

  g_free (self->title);
  self->title = g_strdup (namesake->title);
  g_set_object (&self->file, namesake->file);
}
