/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of results, to be seen and changed: a chip for each that any of them
 * has, and an entry that knows those of the whole library. What is shown is what
 * the library has written. */

#include "config.h"

#include "dio-tag-editor.h"

#include "dio-result-marks.h"
#include "dio-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DIALOG_WIDTH 400
#define CHIP_CHARS 24

struct _DioTagEditor
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio    *studio;
  GPtrArray    *results; /* (nullable) (element-type DioResult) */
  GtkListStore *known;   /* the tags of the library, for the completion */

  /* Children */
  GtkWidget    *chips;
  GtkWidget    *entry;
};

G_DEFINE_FINAL_TYPE (DioTagEditor, dio_tag_editor, GTK_TYPE_WIDGET)

/* Returns: (transfer full): a tag of the library that differs in nothing but the
 * size of letters, or @text */
static char *
find_known (DioTagEditor *self,
            const char   *text)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->known);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GtkTreeIter iter;

  for (gboolean has = gtk_tree_model_get_iter_first (model, &iter); has; has = gtk_tree_model_iter_next (model, &iter))
    {
      g_autofree char *tag = NULL;
      g_autofree char *folded_tag = NULL;

      gtk_tree_model_get (model, &iter, 0, &tag, -1);
      folded_tag = g_utf8_casefold (tag, -1);
      if (g_str_equal (folded, folded_tag))
        return g_steal_pointer (&tag);
    }

  return g_strdup (text);
}

/* As many as are written, with commas between them. */
static void
add_typed (DioTagEditor *self,
           const char   *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr(GStrvBuilder) tags = g_strv_builder_new ();
  g_auto(GStrv) add = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *tag = *g_strstrip (parts[i]) != '\0' ? find_known (self, parts[i]) : NULL;

      if (tag != NULL)
        g_strv_builder_add (tags, tag);
    }

  add = g_strv_builder_end (tags);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (self->results != NULL && add[0] != NULL)
    dio_results_tag (self->studio, self->results, (const char * const *) add, NULL, GTK_WIDGET (self));
}

static void
entered_cb (DioTagEditor *self)
{
  add_typed (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static gboolean
match_selected_cb (DioTagEditor *self,
                   GtkTreeModel *model,
                   GtkTreeIter  *iter)
{
  g_autofree char *tag = NULL;

  gtk_tree_model_get (model, iter, 0, &tag, -1);
  add_typed (self, tag);
  return TRUE;
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioTagEditor *self = DIO_TAG_EDITOR (widget);
  const char *remove[] = { g_variant_get_string (parameter, NULL), NULL };

  /* The chip goes, and takes the focus with it. */
  gtk_widget_grab_focus (self->entry);
  if (self->results != NULL)
    dio_results_tag (self->studio, self->results, NULL, remove, widget);
}

static GtkWidget *
make_chip (DioTagEditor *self,
           const char   *tag,
           guint         n)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *of_some = NULL;
  g_autofree char *remove = NULL;
  GtkWidget *label;

  if (n < self->results->len)
    /* Translators: a tag that not all of several pictures have: “client · 2 of 3”. */
    of_some = g_strdup_printf (_("%1$s · %2$u of %3$u"), tag, n, self->results->len);

  label = gtk_label_new (of_some != NULL ? of_some : tag);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHIP_CHARS);
  gtk_widget_set_tooltip_text (label, tag);
  /* Translators: a button; %s is a tag of a picture. */
  remove = g_strdup_printf (_("Remove the Tag “%s”"), tag);
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tag);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tags.remove");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (chip, "tag-chip");
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);

  return chip;
}

static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  return g_utf8_collate (*(const char **) a, *(const char **) b);
}

static void
show_chips (DioTagEditor *self)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) tags = g_ptr_array_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);

  for (guint i = 0; self->results != NULL && i < self->results->len; i++)
    {
      const char * const *of_one = dio_result_get_tags (g_ptr_array_index (self->results, i));

      for (guint j = 0; of_one[j] != NULL; j++)
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, of_one[j]));

          if (n == 0)
            g_ptr_array_add (tags, (gpointer) of_one[j]);
          g_hash_table_insert (counts, (gpointer) of_one[j], GUINT_TO_POINTER (n + 1));
        }
    }

  g_ptr_array_sort (tags, compare_tags);
  for (guint i = 0; i < tags->len; i++)
    {
      const char *tag = g_ptr_array_index (tags, i);

      gtk_widget_set_parent (make_chip (self, tag, GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag))), self->chips);
    }
  gtk_widget_set_visible (self->chips, tags->len > 0);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DioTagEditor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) tags = dio_library_list_tags_finish (DIO_LIBRARY (source), result, &error);

  if (tags == NULL)
    {
      g_message ("The tags cannot be listed: %s", error->message);
      return;
    }

  gtk_list_store_clear (self->known);
  for (guint i = 0; tags[i] != NULL; i++)
    gtk_list_store_insert_with_values (self->known, NULL, -1, 0, tags[i], -1);
}

static void
list_known (DioTagEditor *self)
{
  dio_library_list_tags_async (dio_studio_get_library (self->studio), listed_cb, g_object_ref (self));
}

static void
results_changed_cb (DioTagEditor     *self,
                    DioLibraryChange  change)
{
  if ((change & DIO_LIBRARY_CHANGE_MARKS) == 0 || self->results == NULL)
    return;

  show_chips (self);
  list_known (self);
}

static void
dio_tag_editor_dispose (GObject *object)
{
  DioTagEditor *self = DIO_TAG_EDITOR (object);
  GtkWidget *child;

  while (self->chips != NULL && (child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->chips, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_object (&self->known);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_tag_editor_parent_class)->dispose (object);
}

static gboolean
dio_tag_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIO_TAG_EDITOR (widget)->entry);
}

static void
dio_tag_editor_class_init (DioTagEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_tag_editor_dispose;
  widget_class->grab_focus = dio_tag_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "tags.remove", "s", remove_action);
}

static void
set_up_completion (DioTagEditor *self)
{
  g_autoptr(GtkEntryCompletion) completion = gtk_entry_completion_new ();

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (self->known));
  gtk_entry_completion_set_text_column (completion, 0);
  g_signal_connect_object (completion, "match-selected", G_CALLBACK (match_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_entry_set_completion (GTK_ENTRY (self->entry), completion);
}

static void
dio_tag_editor_init (DioTagEditor *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  self->known = gtk_list_store_new (1, G_TYPE_STRING);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->chips, g_object_new (DIO_TYPE_WRAP_LAYOUT, NULL));
  gtk_widget_set_visible (self->chips, FALSE);
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Add a tag"));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 200);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a Tag"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  set_up_completion (self);
}

void
dio_tag_editor_set_studio (DioTagEditor *self,
                           DioStudio    *studio)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  g_signal_connect_object (dio_studio_get_library (studio), "results-changed", G_CALLBACK (results_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/* @results: (element-type DioResult): whose tags are shown; all of them get those
 * that are added */
void
dio_tag_editor_set_results (DioTagEditor *self,
                            GPtrArray    *results)
{
  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = g_ptr_array_ref (results);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_chips (self);
  list_known (self);
}

void
dio_tag_editor_set_result (DioTagEditor *self,
                           DioResult    *result)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (one, g_object_ref (result));
  dio_tag_editor_set_results (self, one);
}

/* In a window of their own, for pictures that are selected. */
void
dio_results_edit_tags (DioStudio *studio,
                       GPtrArray *results,
                       GtkWidget *near)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *editor = g_object_new (DIO_TYPE_TAG_EDITOR, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *title = NULL;

  /* Translators: title of a window in which the tags of so many pictures are changed. */
  title = g_strdup_printf (ngettext ("Tags of %u Picture", "Tags of %u Pictures", results->len), results->len);
  dio_tag_editor_set_studio (DIO_TAG_EDITOR (editor), studio);
  dio_tag_editor_set_results (DIO_TAG_EDITOR (editor), results);
  gtk_widget_add_css_class (editor, "tag-dialog");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), editor);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (near)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), DIALOG_WIDTH, -1);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (editor);
}
