/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a picture came about: what to look at, its prompt and what became of it,
 * and its numbers. */

#include "config.h"

#include "dio-result-details.h"

#include "dio-job-words.h"
#include "dio-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _DioResultDetails
{
  GtkWidget parent_instance;

  /* Owned */
  GPtrArray           *rows; /* of the groups, borrowed from them */

  /* Template children */
  GtkWidget           *scrolled;
  GtkListBox          *notes;
  AdwPreferencesGroup *texts;
  AdwPreferencesGroup *facts;
};

G_DEFINE_FINAL_TYPE (DioResultDetails, dio_result_details, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text,
            gboolean    is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), !is_dim);
  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

static void
add_row (DioResultDetails    *self,
         AdwPreferencesGroup *group,
         const char          *title,
         const char          *text)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *value = make_label (text, FALSE);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (box, "detail-row");
  if (title != NULL)
    gtk_box_append (GTK_BOX (box), make_label (title, TRUE));
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_words (DioResultDetails    *self,
           const char          *title,
           const char * const  *words)
{
  g_autofree char *text = NULL;

  if (words == NULL || words[0] == NULL)
    return;

  text = dio_join_words (words);
  add_row (self, self->texts, title, text);
}

static void
add_note (DioResultDetails *self,
          const DioNote    *note)
{
  g_autofree char *text = dio_format_note (note);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (box, "detail-row");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_label (text, FALSE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->notes, row);
}

static void
clear (DioResultDetails *self)
{
  GtkWidget *row;

  for (guint i = 0; i < self->rows->len; i++)
    {
      row = g_ptr_array_index (self->rows, i);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->notes))) != NULL)
    gtk_list_box_remove (self->notes, row);
}

static void
show_notes (DioResultDetails *self,
            DioResult        *result)
{
  GPtrArray *notes = dio_result_get_notes (result);
  guint n = notes != NULL ? notes->len : 0;

  for (guint i = 0; i < n; i++)
    add_note (self, g_ptr_array_index (notes, i));

  gtk_widget_set_visible (GTK_WIDGET (self->notes), n > 0);
}

static void
show_texts (DioResultDetails *self,
            DioResult        *result)
{
  const char *prompt = dio_result_get_prompt (result);

  if (prompt != NULL && *prompt != '\0')
    add_row (self, self->texts, NULL, prompt);
  else
    add_row (self, self->texts, NULL, _("No prompt"));

  /* Translators: heading of words of the prompt. */
  add_words (self, _("Words used"), dio_result_get_used (result));
  /* Translators: heading of words of the prompt. */
  add_words (self, _("Words not used"), dio_result_get_unused (result));
}

static void
show_cost (DioResultDetails *self,
           DioResult        *result)
{
  const char *currency = dio_result_get_currency (result);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (dio_result_get_cost (result) < 0 || currency == NULL)
    return;

  amount = dio_price_format_amount (dio_result_get_cost (result), currency);
  /* Translators: %s is an amount of money that the provider says a picture cost. */
  text = g_strdup_printf (_("%s, by the provider’s own figure"), amount);
  add_row (self, self->facts, _("Cost"), text);
}

/* The picture here stays; theirs may be wanted for its address. */
static void
show_expiry (DioResultDetails *self,
             DioResult        *result)
{
  gint64 expires = dio_result_get_expires (result);
  g_autofree char *when = NULL;

  if (expires <= 0)
    return;

  when = dio_format_time_of (expires);
  if (expires > g_get_real_time ())
    /* Translators: until when the provider keeps its own copy of a picture. */
    add_row (self, self->facts, _("The provider keeps its copy until"), when);
  else
    /* Translators: since when the provider has no copy of a picture any more. */
    add_row (self, self->facts, _("The provider’s copy is gone since"), when);
}

static void
show_facts (DioResultDetails *self,
            DioResult        *result,
            const char       *maker)
{
  g_autofree char *size = dio_format_size (dio_result_get_width (result), dio_result_get_height (result));
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (dio_result_get_created (result) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *created = local != NULL ? g_date_time_format (local, "%c") : g_strdup ("");
  g_autofree char *name = g_path_get_basename (dio_result_get_path (result));

  add_row (self, self->facts, _("Made by"), maker);
  add_row (self, self->facts, _("Size"), size);

  if (dio_result_get_seed (result) >= 0)
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, dio_result_get_seed (result));

      add_row (self, self->facts, _("Seed"), seed);
    }

  if (dio_result_get_seconds (result) >= 0)
    {
      g_autofree char *seconds = dio_format_seconds (dio_result_get_seconds (result));

      add_row (self, self->facts, _("Time"), seconds);
    }

  show_cost (self, result);
  add_row (self, self->facts, _("Date"), created);
  show_expiry (self, result);
  add_row (self, self->facts, _("File"), name);
}

static void
dio_result_details_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_RESULT_DETAILS);

  G_OBJECT_CLASS (dio_result_details_parent_class)->dispose (object);
}

static void
dio_result_details_finalize (GObject *object)
{
  DioResultDetails *self = DIO_RESULT_DETAILS (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (dio_result_details_parent_class)->finalize (object);
}

static void
dio_result_details_class_init (DioResultDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_result_details_dispose;
  object_class->finalize = dio_result_details_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-result-details.ui");
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, notes);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, texts);
  gtk_widget_class_bind_template_child (widget_class, DioResultDetails, facts);
}

static void
dio_result_details_init (DioResultDetails *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_result_details_set_result (DioResultDetails *self,
                               DioResult        *result,
                               const char       *maker)
{
  clear (self);
  show_notes (self, result);
  show_texts (self, result);
  show_facts (self, result, maker);
}
