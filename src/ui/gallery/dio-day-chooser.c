/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days on which something was made, month by month. A grid has no sections
 * to scroll along; this is the way to what was made long ago. */

#include "config.h"

#include "dio-day-chooser.h"

#include "dio-result-day.h"
#include "dio-tile-words.h"

#include <glib/gi18n.h>

/* More than a year of work; a row is a widget each. */
#define MAX_DAYS 400

#define MIN_WIDTH 220
#define MAX_HEIGHT 420

struct _DioDayChooser
{
  GtkPopover parent_instance;

  /* Owned */
  GArray         *days;           /* (element-type DioResultDay): one a row */
  gboolean        is_oldest_first;
  gint64          chosen;         /* number of the first result of the day chosen last */
  guint           idle_id;        /* idle source that tells of it */

  GtkListBox     *list;           /* (unowned): a descendant */
};

G_DEFINE_FINAL_TYPE (DioDayChooser, dio_day_chooser, GTK_TYPE_POPOVER)

enum
{
  DAY_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
format_month (const DioResultDay *day)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (day->start / G_USEC_PER_SEC);

  /* Translators: a heading above days, for g_date_time_format(): “November 2026”. */
  return g_date_time_format (date, _("%OB %Y"));
}

static char *
format_day (const DioResultDay *day)
{
  gint64 yesterday = dio_result_day_get_start (dio_result_day_get_start (g_get_real_time ()) - 1);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (day->start / G_USEC_PER_SEC);

  if (day->start >= yesterday)
    return dio_format_day (day->start);

  /* Translators: a day in a list, for g_date_time_format(): “14 November”. */
  return g_date_time_format (date, _("%-d %B"));
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_row (const DioResultDay *day)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = format_day (day);
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: a day, and how many pictures were made on it: “14 November · 3”. */
  text = g_strdup_printf (_("%1$s · %2$u"), name, day->n);
  /* Translators: a day for screen readers, and how many pictures were made on it. */
  spoken = g_strdup_printf (ngettext ("%1$s, %2$u picture", "%1$s, %2$u pictures", day->n), name, day->n);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_label (text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

/* Above the first day of each month. */
static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  DioDayChooser *self = user_data;
  g_autofree char *month = format_month (&g_array_index (self->days, DioResultDay, gtk_list_box_row_get_index (row)));
  g_autofree char *last = NULL;
  GtkWidget *label;

  if (before != NULL)
    last = format_month (&g_array_index (self->days, DioResultDay, gtk_list_box_row_get_index (before)));
  if (g_strcmp0 (month, last) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = make_label (month);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "day-chooser-month");
  gtk_list_box_row_set_header (row, label);
}

static void
fill (DioDayChooser *self,
      GArray        *days)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);

  if (days->len > MAX_DAYS)
    g_array_remove_range (days, self->is_oldest_first ? 0 : MAX_DAYS, days->len - MAX_DAYS);
  g_clear_pointer (&self->days, g_array_unref);
  self->days = g_array_ref (days);
  for (guint i = 0; i < days->len; i++)
    gtk_list_box_append (self->list, make_row (&g_array_index (days, DioResultDay, i)));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
days_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DioDayChooser) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) days = dio_library_list_days_finish (DIO_LIBRARY (source), result, &error);

  if (days == NULL)
    g_message ("%s", error->message);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    fill (self, days);
}

static void
chosen_idle_cb (gpointer user_data)
{
  DioDayChooser *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[DAY_CHOSEN], 0, self->chosen);
}

/* By its number: what came since then has moved the positions. It is told once the
 * click is over, which leaves the focus on the button that the list belongs to. */
static void
row_activated_cb (DioDayChooser *self,
                  GtkListBoxRow *row)
{
  gint64 number = g_array_index (self->days, DioResultDay, gtk_list_box_row_get_index (row)).number;

  gtk_popover_popdown (GTK_POPOVER (self));
  self->chosen = number;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_once (chosen_idle_cb, self);
}

static void
dio_day_chooser_finalize (GObject *object)
{
  DioDayChooser *self = DIO_DAY_CHOOSER (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->days, g_array_unref);

  G_OBJECT_CLASS (dio_day_chooser_parent_class)->finalize (object);
}

static void
dio_day_chooser_class_init (DioDayChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_day_chooser_finalize;

  /* With the number of the day’s first result. */
  signals[DAY_CHOSEN] = g_signal_new ("day-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
dio_day_chooser_init (DioDayChooser *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scroller), MIN_WIDTH);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self), "day-chooser");
}

GtkWidget *
dio_day_chooser_new (void)
{
  return g_object_new (DIO_TYPE_DAY_CHOOSER, NULL);
}

/* The days of what @query finds, which is in order of time. */
void
dio_day_chooser_load (DioDayChooser        *self,
                      DioLibrary           *library,
                      const DioResultQuery *query)
{
  self->is_oldest_first = query->sort == DIO_RESULT_SORT_OLDEST;
  dio_library_list_days_async (library, query, days_listed_cb, g_object_ref (self));
}
