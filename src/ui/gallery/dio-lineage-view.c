/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes around a result, as rows to walk along: what it was made from stands
 * above it, what was made from it below. */

#include "config.h"

#include "dio-lineage-view.h"

#include "dio-lineage-row.h"
#include "dio-lineage-tree.h"

#include <glib/gi18n.h>

struct _DioLineageView
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio      *studio;
  DioResult      *result;      /* (nullable) */
  DioRequest     *request;     /* (nullable): the result's, once it is known */
  DioLineageTree *tree;        /* (nullable): NULL until it is read */
  GCancellable   *cancellable; /* of the tree */

  /* Child */
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (DioLineageView, dio_lineage_view, GTK_TYPE_WIDGET)

enum
{
  WALKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cancel_load (DioLineageView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
clear_rows (DioLineageView *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static const DioRequestReference *
find_reference (DioLineageView       *self,
                const DioLineageNode *node)
{
  guint n = self->request != NULL ? dio_request_get_n_references (self->request) : 0;

  for (guint i = 0; i < n; i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (self->request, i);

      if (g_strcmp0 (reference->hash, node->hash) == 0)
        return reference;
    }

  return NULL;
}

static void
add_hidden (DioLineageView       *self,
            const DioLineageNode *node)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (node->n_hidden == 0)
    return;

  /* Translators: how many pictures a list leaves out. */
  text = g_strdup_printf (ngettext ("%u more", "%u more", node->n_hidden), node->n_hidden);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "lineage-row");
  gtk_list_box_append (self->list, label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (label)), FALSE);
}

static void
focus_current (DioLineageView *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (DIO_IS_LINEAGE_ROW (row) && dio_lineage_row_get_distance (DIO_LINEAGE_ROW (row)) == 0)
      gtk_widget_grab_focus (row);
}

static void
add_row (DioLineageView       *self,
         const DioLineageNode *node,
         int                   distance)
{
  const DioRequestReference *reference = distance == -1 ? find_reference (self, node) : NULL;

  gtk_list_box_append (self->list, GTK_WIDGET (dio_lineage_row_new (self->studio, node, distance, reference)));
}

/* The first passes come first. */
static void
add_sources (DioLineageView       *self,
             const DioLineageNode *node,
             int                   distance)
{
  add_hidden (self, node);
  for (guint i = 0; i < node->nodes->len; i++)
    {
      const DioLineageNode *source = g_ptr_array_index (node->nodes, i);

      add_sources (self, source, distance - 1);
      add_row (self, source, distance - 1);
    }
}

static void
add_children (DioLineageView       *self,
              const DioLineageNode *node,
              int                   distance)
{
  for (guint i = 0; i < node->nodes->len; i++)
    {
      const DioLineageNode *child = g_ptr_array_index (node->nodes, i);

      add_row (self, child, distance + 1);
      add_children (self, child, distance + 1);
    }
  add_hidden (self, node);
}

static void
show_tree (DioLineageView *self)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  if (self->tree == NULL)
    return;

  clear_rows (self);

  add_sources (self, self->tree->up, 0);
  add_row (self, self->tree->up, 0);
  add_children (self, self->tree->down, 0);
  if (has_focus)
    focus_current (self);
}

static void
tree_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  DioLineageView *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioLineageTree) tree = dio_lineage_tree_load_finish (DIO_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (tree == NULL)
    {
      g_message ("No lineage of %s: %s", dio_result_get_id (self->result), error->message);
      return;
    }

  g_clear_pointer (&self->tree, dio_lineage_tree_free);
  self->tree = g_steal_pointer (&tree);
  show_tree (self);
}

static void
activated_cb (DioLineageView *self,
              GtkListBoxRow  *row)
{
  if (DIO_IS_LINEAGE_ROW (row))
    g_signal_emit (self, signals[WALKED], 0, dio_lineage_row_get_result (DIO_LINEAGE_ROW (row)));
}

static void
dio_lineage_view_dispose (GObject *object)
{
  DioLineageView *self = DIO_LINEAGE_VIEW (object);

  cancel_load (self);
  g_clear_pointer ((GtkWidget **) &self->list, gtk_widget_unparent);
  g_clear_pointer (&self->tree, dio_lineage_tree_free);
  g_clear_object (&self->request);
  g_clear_object (&self->result);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_lineage_view_parent_class)->dispose (object);
}

static void
dio_lineage_view_class_init (DioLineageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_lineage_view_dispose;

  /* Another result is to be looked at. */
  signals[WALKED] = g_signal_new ("walked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_RESULT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dio_lineage_view_init (DioLineageView *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Passes"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

void
dio_lineage_view_set_studio (DioLineageView *self,
                             DioStudio      *studio)
{
  g_set_object (&self->studio, studio);
}

/* Shown once its passes are read; those of the one before stand until then, since
 * the focus may be among them. */
void
dio_lineage_view_set_result (DioLineageView *self,
                             DioResult      *result)
{
  cancel_load (self);
  g_clear_pointer (&self->tree, dio_lineage_tree_free);
  g_clear_object (&self->request);
  g_set_object (&self->result, result);

  self->cancellable = g_cancellable_new ();
  dio_lineage_tree_load_async (dio_studio_get_library (self->studio), result, self->cancellable,
                               tree_loaded_cb, self);
}

/* What the result was made with: its sources have names by it. */
void
dio_lineage_view_set_request (DioLineageView *self,
                              DioRequest     *request)
{
  if (g_set_object (&self->request, request))
    show_tree (self);
}

/* Borrowed; the first source (-1) or the first that was made from it (1) that is a
 * result, or NULL. */
DioResult *
dio_lineage_view_find_near (DioLineageView *self,
                            int             step)
{
  if (self->tree == NULL)
    return NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (DIO_IS_LINEAGE_ROW (row) && dio_lineage_row_get_distance (DIO_LINEAGE_ROW (row)) == step &&
        dio_lineage_row_get_result (DIO_LINEAGE_ROW (row)) != NULL)
      return dio_lineage_row_get_result (DIO_LINEAGE_ROW (row));

  return NULL;
}
