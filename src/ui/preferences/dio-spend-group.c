/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent today, this month and in all: each currency by itself, and jobs
 * of unknown price beside them. */

#include "config.h"

#include "dio-spend-group.h"

#include "dio-price.h"

#include <glib/gi18n.h>

typedef enum
{
  TODAY,
  THIS_MONTH,
  IN_ALL,
  N_SPANS
} Span;

static const struct
{
  const char     *title;
  DioSpendPeriod  period;
  const char     *format; /* of the rows that belong to it; NULL for all */
} spans[N_SPANS] = {
  [TODAY] = { N_("Today"), DIO_SPEND_OF_DAYS, "%Y-%m-%d" },
  [THIS_MONTH] = { N_("This month"), DIO_SPEND_OF_MONTHS, "%Y-%m" },
  [IN_ALL] = { N_("In all"), DIO_SPEND_IN_ALL, NULL },
};

struct _DioSpendGroup
{
  AdwPreferencesGroup parent_instance;

  /* Borrowed; the group's */
  AdwActionRow *rows[N_SPANS];
  GtkLabel     *labels[N_SPANS];
};

G_DEFINE_FINAL_TYPE (DioSpendGroup, dio_spend_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct
{
  DioSpendGroup *self; /* (owned) */
  Span           span;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->self);
  g_free (loading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static gboolean
belongs (const DioSpendRow *row,
         Span               span)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *period = NULL;

  if (spans[span].format == NULL)
    return TRUE;

  period = g_date_time_format (now, spans[span].format);
  return g_str_equal (row->period, period);
}

static void
append (GString    *text,
        const char *part)
{
  /* Translators: what stands between amounts of money in different currencies. */
  g_string_append_printf (text, "%s%s", text->len > 0 ? _(" · ") : "", part);
}

static char *
format_rest (guint       n_unknown,
             const char *estimated)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *unknown = NULL;
  g_autofree char *guessed = NULL;

  if (*estimated != '\0')
    {
      /* Translators: of what was spent; %s are amounts of money. */
      guessed = g_strdup_printf (_("Of it %s by estimate"), estimated);
      append (text, guessed);
    }

  if (n_unknown > 0)
    {
      unknown = g_strdup_printf (ngettext ("%u job of unknown price not counted",
                                           "%u jobs of unknown price not counted", n_unknown),
                                 n_unknown);
      append (text, unknown);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show (DioSpendGroup *self,
      Span           span,
      GPtrArray     *rows)
{
  g_autoptr(GString) amounts = g_string_new (NULL);
  g_autoptr(GString) estimates = g_string_new (NULL);
  g_autofree char *rest = NULL;
  guint n_unknown = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DioSpendRow *row = g_ptr_array_index (rows, i);
      g_autofree char *amount = NULL;
      g_autofree char *estimate = NULL;

      if (!belongs (row, span))
        continue;

      n_unknown += row->n_unknown;
      if (*row->currency == '\0')
        continue;

      amount = dio_price_format_amount (row->told + row->estimated, row->currency);
      append (amounts, amount);
      estimate = dio_price_format_amount (row->estimated, row->currency);
      if (row->estimated > 0)
        append (estimates, estimate);
    }

  rest = format_rest (n_unknown, estimates->str);
  gtk_label_set_text (self->labels[span], amounts->len > 0 ? amounts->str : _("Nothing"));
  adw_action_row_set_subtitle (self->rows[span], rest);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Loading) loading = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = dio_library_load_spend_finish (DIO_LIBRARY (source), result, &error);
  DioSpendGroup *self = loading->self;

  if (self->labels[loading->span] == NULL)
    return;

  if (rows != NULL)
    {
      show (self, loading->span, rows);
      return;
    }

  g_message ("%s", error->message);
  gtk_label_set_text (self->labels[loading->span], _("Not known"));
}

static void
dio_spend_group_dispose (GObject *object)
{
  DioSpendGroup *self = DIO_SPEND_GROUP (object);

  for (guint i = 0; i < N_SPANS; i++)
    self->labels[i] = NULL;

  G_OBJECT_CLASS (dio_spend_group_parent_class)->dispose (object);
}

static void
dio_spend_group_class_init (DioSpendGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_spend_group_dispose;
}

static void
dio_spend_group_init (DioSpendGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Spent"));

  for (guint i = 0; i < N_SPANS; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *label = gtk_label_new (NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(spans[i].title));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      self->rows[i] = ADW_ACTION_ROW (row);
      self->labels[i] = GTK_LABEL (label);
    }
}

void
dio_spend_group_load (DioSpendGroup *self,
                      DioLibrary    *library)
{
  for (guint i = 0; i < N_SPANS; i++)
    {
      Loading *loading = g_new0 (Loading, 1);

      loading->self = g_object_ref (self);
      loading->span = i;
      dio_library_load_spend_async (library, spans[i].period, loaded_cb, loading);
    }
}
