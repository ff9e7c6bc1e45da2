/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes that a result came from, and those that came from it, as two trees.
 * A tree is built from what is known; where something is not, the building says
 * what, is told, and begins again. So the limits stand here alone, and no database
 * is needed to test them. */

#include "config.h"

#include "dio-lineage.h"

struct _DioLineageFacts
{
  GHashTable *results;  /* (owned): hash: DioResult, or NULL where there is none */
  GHashTable *photos;   /* (owned): hash: whether it is there, as a pointer */
  GHashTable *children; /* (owned): hash: GPtrArray of DioResult */
};

typedef struct
{
  /* Given */
  DioLineageFacts     *facts;
  DioLineageDirection  direction;

  /* Under way */
  GHashTable          *seen;     /* (owned): hashes that stand in the tree */
  guint                n_nodes;

  /* Result: the first thing that was not known */
  DioLineageQuestion   question;
  const char          *hash;
} Building;

static DioLineageNode *
node_new (DioLineageKind  kind,
          const char     *hash,
          DioResult      *result)
{
  DioLineageNode *self = g_new0 (DioLineageNode, 1);

  self->kind = kind;
  self->hash = g_strdup (hash);
  g_set_object (&self->result, result);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_lineage_node_free);

  return self;
}

void
dio_lineage_node_free (DioLineageNode *self)
{
  g_free (self->hash);
  g_clear_object (&self->result);
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

static void
unref_if_any (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

DioLineageFacts *
dio_lineage_facts_new (void)
{
  DioLineageFacts *self = g_new0 (DioLineageFacts, 1);

  self->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  self->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

void
dio_lineage_facts_free (DioLineageFacts *self)
{
  g_hash_table_unref (self->results);
  g_hash_table_unref (self->photos);
  g_hash_table_unref (self->children);
  g_free (self);
}

/**
 * dio_lineage_facts_add_result:
 * @self: what is known
 * @hash: a content hash
 * @result: (nullable): the result with that content; %NULL where there is none
 */
void
dio_lineage_facts_add_result (DioLineageFacts *self,
                              const char      *hash,
                              DioResult       *result)
{
  g_hash_table_replace (self->results, g_strdup (hash), result != NULL ? g_object_ref (result) : NULL);
}

void
dio_lineage_facts_add_photo (DioLineageFacts *self,
                             const char      *hash,
                             gboolean         is_there)
{
  g_hash_table_replace (self->photos, g_strdup (hash), GINT_TO_POINTER (is_there));
}

/**
 * dio_lineage_facts_add_children:
 * @self: what is known
 * @hash: a content hash
 * @children: (element-type DioResult): the results that were made from it
 */
void
dio_lineage_facts_add_children (DioLineageFacts *self,
                                const char      *hash,
                                GPtrArray       *children)
{
  g_hash_table_replace (self->children, g_strdup (hash), g_ptr_array_ref (children));
}

static void
ask (Building           *building,
     DioLineageQuestion  question,
     const char         *hash)
{
  if (building->question != DIO_LINEAGE_NO_QUESTION)
    return;

  building->question = question;
  building->hash = hash;
}

static gboolean
has_room (Building       *building,
          DioLineageNode *node)
{
  return node->nodes->len < DIO_LINEAGE_MAX_WIDTH && building->n_nodes < DIO_LINEAGE_MAX_NODES;
}

static void
add_result (Building       *building,
            DioLineageNode *node,
            const char     *hash,
            DioResult      *result)
{
  DioLineageNode *neighbour = node_new (DIO_LINEAGE_RESULT, hash, result);

  g_ptr_array_add (node->nodes, neighbour);
  building->n_nodes++;

  /* Two ways lead to it; or a circle, which no honest library has. */
  neighbour->is_repeated = hash != NULL && !g_hash_table_add (building->seen, g_strdup (hash));
}

static void
add_photo (Building       *building,
           DioLineageNode *node,
           const char     *hash)
{
  gpointer is_there;

  if (!g_hash_table_lookup_extended (building->facts->photos, hash, NULL, &is_there))
    {
      ask (building, DIO_LINEAGE_ASK_PHOTO, hash);
      return;
    }

  g_ptr_array_add (node->nodes, node_new (is_there != NULL ? DIO_LINEAGE_PHOTO : DIO_LINEAGE_MISSING, hash, NULL));
  building->n_nodes++;
}

static void
add_parents (Building       *building,
             DioLineageNode *node)
{
  const char * const *parents = dio_result_get_parents (node->result);

  for (guint i = 0; parents != NULL && parents[i] != NULL; i++)
    {
      gpointer result;

      if (!has_room (building, node))
        node->n_hidden++;
      else if (!g_hash_table_lookup_extended (building->facts->results, parents[i], NULL, &result))
        ask (building, DIO_LINEAGE_ASK_RESULT, parents[i]);
      else if (result != NULL)
        add_result (building, node, parents[i], result);
      else
        add_photo (building, node, parents[i]);
    }
}

static void
add_children (Building       *building,
              DioLineageNode *node)
{
  GPtrArray *children;

  /* A result of an older version, whose file nobody has read since. */
  if (node->hash == NULL)
    return;

  children = g_hash_table_lookup (building->facts->children, node->hash);
  if (children == NULL)
    {
      ask (building, DIO_LINEAGE_ASK_CHILDREN, node->hash);
      return;
    }

  for (guint i = 0; i < children->len; i++)
    {
      DioResult *child = g_ptr_array_index (children, i);

      if (has_room (building, node))
        add_result (building, node, dio_result_get_hash (child), child);
      else
        node->n_hidden++;
    }
}

/* All that are near before any that is far, so that there is room for them. */
static void
add_neighbours (Building       *building,
                DioLineageNode *node,
                guint           depth)
{
  if (depth >= DIO_LINEAGE_MAX_DEPTH)
    return;

  if (building->direction == DIO_LINEAGE_UP)
    add_parents (building, node);
  else
    add_children (building, node);

  for (guint i = 0; i < node->nodes->len; i++)
    {
      DioLineageNode *neighbour = g_ptr_array_index (node->nodes, i);

      if (neighbour->kind == DIO_LINEAGE_RESULT && !neighbour->is_repeated)
        add_neighbours (building, neighbour, depth + 1);
    }
}

/**
 * dio_lineage_build:
 * @facts: what is known
 * @result: the result that is looked at
 * @direction: which way to go from there
 * @question: (out): what is not known yet, but must be
 * @hash: (out) (transfer full) (nullable): what the question is about
 *
 * Returns: (transfer full): the tree, whose root is @result; without what
 *   @question asks for
 */
DioLineageNode *
dio_lineage_build (DioLineageFacts      *facts,
                   DioResult            *result,
                   DioLineageDirection   direction,
                   DioLineageQuestion   *question,
                   char                **hash)
{
  Building building = { .facts = facts, .direction = direction };
  DioLineageNode *root;

  g_return_val_if_fail (DIO_IS_RESULT (result), NULL);

  building.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  root = node_new (DIO_LINEAGE_RESULT, dio_result_get_hash (result), result);
  if (root->hash != NULL)
    g_hash_table_add (building.seen, g_strdup (root->hash));
  add_neighbours (&building, root, 0);
  g_hash_table_unref (building.seen);

  *question = building.question;
  *hash = g_strdup (building.hash);

  return root;
}
