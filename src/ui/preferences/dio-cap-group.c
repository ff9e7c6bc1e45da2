/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be spent in a day, in each currency: a row for each limit, and one
 * that adds another. */

#include "config.h"

#include "dio-cap-group.h"

#include "dio-account-words.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

struct _DioCapGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  DioLibrary      *library;
  GPtrArray       *rows;     /* borrowed from the group: of the limits there are */

  /* Template children */
  AdwExpanderRow  *adder;
  AdwEntryRow     *amount_row;
  AdwEntryRow     *currency_row;
  AdwActionRow    *hint_row;
  GtkWidget       *add_button;
};

G_DEFINE_FINAL_TYPE (DioCapGroup, dio_cap_group, ADW_TYPE_PREFERENCES_GROUP)

static void show_caps (DioCapGroup *self);

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
get_currency (gpointer row)
{
  return g_object_get_data (row, "currency");
}

static void
cap_set_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioCapGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  dio_library_set_cap_finish (DIO_LIBRARY (source), result, &error);
  if (self->library == NULL)
    return;

  show_caps (self);
  if (error != NULL)
    {
      g_message ("%s", error->message);
      dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
    }
}

static void
set_cap (DioCapGroup *self,
         const char  *currency,
         double       amount)
{
  dio_library_set_cap_async (self->library, currency, amount, cap_set_cb, g_object_ref (self));
}

/* Limits that there are */

static void
cap_typed_cb (GtkWidget *row)
{
  double amount;

  if (dio_parse_amount (get_text (row), &amount))
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
}

static void
cap_applied_cb (DioCapGroup *self,
                AdwEntryRow *row)
{
  double amount;

  if (dio_parse_amount (get_text (row), &amount))
    set_cap (self, get_currency (row), amount);
}

/* The same limit at one press: nothing is lost by taking it away. */
static void
undo_clicked_cb (DioCapGroup *self,
                 AdwToast    *toast)
{
  double *amount = g_object_get_data (G_OBJECT (toast), "amount");

  if (self->library != NULL)
    set_cap (self, get_currency (toast), *amount);
}

static void
remove_clicked_cb (DioCapGroup *self,
                   GtkWidget   *button)
{
  const char *currency = get_currency (button);
  double amount = -1;
  AdwToast *toast;

  if (!dio_library_get_cap (self->library, currency, &amount))
    return;

  toast = dio_toast_new (_("Limit removed"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "currency", g_strdup (currency), g_free);
  g_object_set_data_full (G_OBJECT (toast), "amount", g_memdup2 (&amount, sizeof amount), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (self), toast);

  set_cap (self, currency, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->adder));
}

static GtkWidget *
make_remove_button (DioCapGroup *self,
                    const char  *currency)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is a currency. */
  g_autofree char *text = g_strdup_printf (_("Remove the Limit in %s"), currency);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "currency", g_strdup (currency), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_cap (DioCapGroup *self,
         const char  *currency,
         double       amount)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = dio_format_typed_amount (amount);
  /* Translators: of a limit on spending; %s is a currency. */
  g_autofree char *title = g_strdup_printf (_("%s per day"), currency);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_remove_button (self, currency));
  g_object_set_data_full (G_OBJECT (row), "currency", g_strdup (currency), g_free);
  g_signal_connect (row, "changed", G_CALLBACK (cap_typed_cb), NULL);
  g_signal_connect_object (row, "apply", G_CALLBACK (cap_applied_cb), self, G_CONNECT_SWAPPED);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_caps (DioCapGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  g_autoptr(GHashTable) caps = dio_library_dup_caps (self->library);
  g_autoptr(GList) currencies = g_list_sort (g_hash_table_get_keys (caps), (GCompareFunc) g_strcmp0);

  while (self->rows->len > 0)
    adw_preferences_group_remove (group, g_ptr_array_steal_index (self->rows, self->rows->len - 1));

  /* The one that adds goes after them. */
  g_object_ref (self->adder);
  adw_preferences_group_remove (group, GTK_WIDGET (self->adder));
  for (GList *l = currencies; l != NULL; l = l->next)
    add_cap (self, l->data, *(double *) g_hash_table_lookup (caps, l->data));
  adw_preferences_group_add (group, GTK_WIDGET (self->adder));
  g_object_unref (self->adder);
}

/* A further one */

static const char *
find_problem (DioCapGroup  *self,
              double       *amount,
              char        **currency)
{
  *currency = dio_parse_currency (get_text (self->currency_row));
  if (*get_text (self->amount_row) != '\0' && !dio_parse_amount (get_text (self->amount_row), amount))
    return _("An amount is a number, such as 5 or 2.50");
  if (*currency == NULL)
    return _("A currency has three letters, such as USD, or is “units”");

  return NULL;
}

static void
typed_cb (DioCapGroup *self)
{
  double amount = -1;
  g_autofree char *currency = NULL;
  const char *problem = find_problem (self, &amount, &currency);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->hint_row), problem != NULL ? problem : "");
  gtk_widget_set_sensitive (self->add_button, problem == NULL && amount >= 0);
}

static void
add_clicked_cb (DioCapGroup *self)
{
  double amount = -1;
  g_autofree char *currency = NULL;

  if (find_problem (self, &amount, &currency) != NULL || amount < 0)
    return;

  set_cap (self, currency, amount);
  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), "");
  adw_expander_row_set_expanded (self->adder, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->adder));
}

/* libadwaita 1.2 never gives back a reference to each group that the search of a
 * preferences window has met: what the group holds would be held for ever. */
static void
dio_cap_group_unroot (GtkWidget *widget)
{
  DioCapGroup *self = DIO_CAP_GROUP (widget);

  g_clear_object (&self->library);

  GTK_WIDGET_CLASS (dio_cap_group_parent_class)->unroot (widget);
}

static void
dio_cap_group_dispose (GObject *object)
{
  DioCapGroup *self = DIO_CAP_GROUP (object);

  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_CAP_GROUP);

  G_OBJECT_CLASS (dio_cap_group_parent_class)->dispose (object);
}

static void
dio_cap_group_finalize (GObject *object)
{
  g_ptr_array_unref (DIO_CAP_GROUP (object)->rows);

  G_OBJECT_CLASS (dio_cap_group_parent_class)->finalize (object);
}

static void
dio_cap_group_class_init (DioCapGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_cap_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_cap_group_finalize;
  widget_class->unroot = dio_cap_group_unroot;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-cap-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DioCapGroup, adder);
  gtk_widget_class_bind_template_child (widget_class, DioCapGroup, amount_row);
  gtk_widget_class_bind_template_child (widget_class, DioCapGroup, currency_row);
  gtk_widget_class_bind_template_child (widget_class, DioCapGroup, hint_row);
  gtk_widget_class_bind_template_child (widget_class, DioCapGroup, add_button);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
dio_cap_group_init (DioCapGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_cap_group_set_library (DioCapGroup *self,
                           DioLibrary  *library)
{
  g_set_object (&self->library, library);
  show_caps (self);
}
