/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what compared results differ: a column for each, a row for each thing that
 * can be said of them. Rows that are equal are hidden until they are asked for. */

#include "config.h"

#include "dio-compare-table.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 11
#define VALUE_CHARS 5
#define MANY_COLUMNS 4
#define MAX_LINES 3

struct _DioCompareTable
{
  GtkWidget  parent_instance;

  /* Owned */
  GStrv      names;
  GPtrArray *rows; /* (element-type DioCompareRow) */

  GtkWidget *scrolled; /* (owned): the child */
  GtkGrid   *grid;     /* (unowned): in it */
  gboolean   shows_all;
};

G_DEFINE_FINAL_TYPE (DioCompareTable, dio_compare_table, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SHOWS_ALL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkWidget *
make_label (const char *text,
            gboolean    is_dim,
            int         n_chars)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), n_chars);
  gtk_widget_add_css_class (label, "cell");
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
attach_line (DioCompareTable *self,
             int              row,
             guint            n_columns)
{
  gtk_grid_attach (self->grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, row, n_columns + 1, 1);
}

/* What does not fit can be read in full in the tooltip. */
static void
attach_row (DioCompareTable *self,
            int              at,
            const char      *title,
            GStrv            values)
{
  gboolean is_many = g_strv_length (values) > MANY_COLUMNS;

  gtk_grid_attach (self->grid, make_label (title, TRUE, TITLE_CHARS), 0, at, 1, 1);
  for (int i = 0; values[i] != NULL; i++)
    {
      GtkWidget *cell = make_label (values[i], FALSE, VALUE_CHARS);

      /* All want the same, and get the same of what there is. */
      if (is_many)
        gtk_label_set_max_width_chars (GTK_LABEL (cell), VALUE_CHARS);
      gtk_widget_set_hexpand (cell, TRUE);
      gtk_label_set_selectable (GTK_LABEL (cell), TRUE);
      gtk_widget_set_focusable (cell, FALSE);
      if (g_utf8_strlen (values[i], -1) > 40)
        gtk_widget_set_tooltip_text (cell, values[i]);
      gtk_grid_attach (self->grid, cell, i + 1, at, 1, 1);
    }
}

static void
fill (DioCompareTable *self)
{
  GtkWidget *child;
  guint n_columns = g_strv_length (self->names);
  int at = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  /* Many leave the titles the room that they need, and not as much as a column. */
  gtk_grid_set_column_homogeneous (self->grid, n_columns <= MANY_COLUMNS);
  if (n_columns > MANY_COLUMNS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "many");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "many");

  attach_row (self, at++, "", self->names);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DioCompareRow *row = g_ptr_array_index (self->rows, i);

      if (row->is_equal && n_columns > 1 && !self->shows_all)
        continue;

      attach_line (self, at++, n_columns);
      attach_row (self, at++, row->title, row->values);
    }
}

static void
dio_compare_table_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOWS_ALL:
      g_value_set_boolean (value, DIO_COMPARE_TABLE (object)->shows_all);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_compare_table_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SHOWS_ALL:
      dio_compare_table_set_shows_all (DIO_COMPARE_TABLE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_compare_table_dispose (GObject *object)
{
  DioCompareTable *self = DIO_COMPARE_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (dio_compare_table_parent_class)->dispose (object);
}

static void
dio_compare_table_class_init (DioCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_compare_table_get_property;
  object_class->set_property = dio_compare_table_set_property;
  object_class->dispose = dio_compare_table_dispose;

  properties[PROP_SHOWS_ALL] =
    g_param_spec_boolean ("shows-all", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dio_compare_table_init (DioCompareTable *self)
{
  self->names = g_new0 (char *, 1);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_compare_row_free);
  self->grid = GTK_GRID (gtk_grid_new ());

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 190);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->grid));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "compare-table");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* Takes the rows; @names are the heads of their columns. */
void
dio_compare_table_set_rows (DioCompareTable    *self,
                            const char * const *names,
                            GPtrArray          *rows)
{
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  g_ptr_array_unref (self->rows);
  self->rows = rows;
  fill (self);
  gtk_widget_set_visible (GTK_WIDGET (self), rows->len > 0);
}

void
dio_compare_table_set_shows_all (DioCompareTable *self,
                                 gboolean         shows_all)
{
  if (self->shows_all == shows_all)
    return;

  self->shows_all = shows_all;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWS_ALL]);
}

gboolean
dio_compare_table_get_shows_all (DioCompareTable *self)
{
  return self->shows_all;
}
