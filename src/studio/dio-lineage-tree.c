/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lineage of a result, as a library tells it: the trees are built again and
 * again, and the library is asked what is not known, until everything is. */

#include "config.h"

#include "dio-lineage-tree.h"

#include "dio-error.h"
#include "dio-kept-photo.h"

typedef struct
{
  /* Given */
  DioResult           *result; /* (owned) */

  /* Under way */
  DioLineageFacts     *facts;     /* (owned) */
  DioLineageDirection  direction; /* of the tree that is being built */
  char                *hash;      /* (owned) (nullable): that was asked about */

  /* Result */
  DioLineageTree      *tree;   /* (owned) */
} Loading;

static void go_on (GTask *task);

void
dio_lineage_tree_free (DioLineageTree *self)
{
  g_clear_pointer (&self->up, dio_lineage_node_free);
  g_clear_pointer (&self->down, dio_lineage_node_free);
  g_free (self);
}

static void
loading_free (Loading *loading)
{
  g_clear_object (&loading->result);
  g_clear_pointer (&loading->facts, dio_lineage_facts_free);
  g_clear_pointer (&loading->tree, dio_lineage_tree_free);
  g_free (loading->hash);
  g_free (loading);
}

static void
result_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) found = dio_library_load_by_hash_finish (DIO_LIBRARY (source), result, &error);

  if (found == NULL && !g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  dio_lineage_facts_add_result (loading->facts, loading->hash, found);
  go_on (g_steal_pointer (&task));
}

static void
children_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) children = dio_library_load_children_finish (DIO_LIBRARY (source), result, &error);

  if (children == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  dio_lineage_facts_add_children (loading->facts, loading->hash, children);
  go_on (g_steal_pointer (&task));
}

static void
photo_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = dio_kept_photo_load_finish (result, NULL);

  dio_lineage_facts_add_photo (loading->facts, loading->hash, bytes != NULL);
  go_on (g_steal_pointer (&task));
}

/* Takes the task. */
static void
go_on (GTask *task)
{
  DioLibrary *library = g_task_get_source_object (task);
  Loading *loading = g_task_get_task_data (task);
  DioLineageNode **root = loading->direction == DIO_LINEAGE_UP ? &loading->tree->up : &loading->tree->down;
  DioLineageQuestion question;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  g_clear_pointer (root, dio_lineage_node_free);
  g_clear_pointer (&loading->hash, g_free);
  *root = dio_lineage_build (loading->facts, loading->result, loading->direction, &question, &loading->hash);

  switch (question)
    {
    case DIO_LINEAGE_ASK_RESULT:
      dio_library_load_by_hash_async (library, loading->hash, result_loaded_cb, task);
      break;
    case DIO_LINEAGE_ASK_PHOTO:
      dio_kept_photo_load_async (library, loading->hash, NULL, photo_loaded_cb, task);
      break;
    case DIO_LINEAGE_ASK_CHILDREN:
      dio_library_load_children_async (library, loading->hash, children_loaded_cb, task);
      break;
    case DIO_LINEAGE_NO_QUESTION:
    default:
      if (loading->direction == DIO_LINEAGE_UP)
        {
          loading->direction = DIO_LINEAGE_DOWN;
          go_on (task);
          return;
        }

      g_task_return_pointer (task, g_steal_pointer (&loading->tree), (GDestroyNotify) dio_lineage_tree_free);
      g_object_unref (task);
      break;
    }
}

/**
 * dio_lineage_tree_load_async:
 * @library: an open library
 * @result: the result that is looked at
 * @cancellable: (nullable): to stop it
 * @callback: called with the tree
 * @user_data: data for @callback
 */
void
dio_lineage_tree_load_async (DioLibrary          *library,
                             DioResult           *result,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Loading *loading;

  g_return_if_fail (DIO_IS_LIBRARY (library));
  g_return_if_fail (DIO_IS_RESULT (result));

  loading = g_new0 (Loading, 1);
  loading->result = g_object_ref (result);
  loading->facts = dio_lineage_facts_new ();
  loading->tree = g_new0 (DioLineageTree, 1);

  task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_lineage_tree_load_async);
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  go_on (task);
}

/**
 * dio_lineage_tree_load_finish:
 * @library: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the passes before and after the result
 */
DioLineageTree *
dio_lineage_tree_load_finish (DioLibrary    *library,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_lineage_tree_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
