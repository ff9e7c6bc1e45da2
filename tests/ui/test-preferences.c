/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences show what is kept and change it. */

#include "config.h"

#include "dio-account-page.h"
#include "dio-account-words.h"
#include "dio-accounts-page.h"
#include "dio-cap-group.h"
#include "dio-general-page.h"
#include "dio-key-group.h"
#include "dio-preferences.h"
#include "dio-spending-page.h"
#include "dio-storage-page.h"
#include "dio-window.h"
#include "ui-fixture.h"

typedef struct
{
  DioStudio      *studio;
  DioSettings    *settings;
  DioWindow      *window;
  DioPreferences *preferences;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->studio = ui_make_studio ();
  fixture->settings = dio_settings_new (NULL);
  fixture->window = dio_window_new (NULL, fixture->studio, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->preferences = dio_preferences_new (GTK_WINDOW (fixture->window), fixture->studio, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->preferences));
  ui_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->preferences), (gpointer *) &fixture->preferences);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->preferences));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_null (fixture->preferences);
  g_assert_null (fixture->window);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);
}

static void
test_alone (gconstpointer data)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (g_type_from_name (data), NULL));

  g_assert_finalize_object (widget);
}

/* The nth widget of a type, in the page of a type. */
static GtkWidget *
get_part (Fixture *fixture,
          GType    page,
          GType    type,
          guint    nth)
{
  GtkWidget *parent = ui_find (GTK_WIDGET (fixture->preferences), page, 0);
  GtkWidget *part;

  g_assert_nonnull (parent);
  part = ui_find (parent, type, nth);
  g_assert_nonnull (part);
  return part;
}

static void
type (GtkWidget  *row,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static DioLibrary *
get_library (Fixture *fixture)
{
  return dio_studio_get_library (fixture->studio);
}

typedef struct
{
  Fixture *fixture;
  double   amount; /* to wait for; below 0 for no limit */
} Wanted;

static gboolean
is_cap (gpointer data)
{
  Wanted *wanted = data;
  double amount = -1;

  dio_library_get_cap (get_library (wanted->fixture), "USD", &amount);
  return amount == wanted->amount;
}

static void
wait_for_cap (Fixture *fixture,
              double   amount)
{
  Wanted wanted = { fixture, amount };

  ui_wait_for (is_cap, &wanted);
  ui_settle ();
}

static void
test_caps (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *adder = get_part (fixture, DIO_TYPE_CAP_GROUP, ADW_TYPE_EXPANDER_ROW, 0);
  GtkWidget *amount = ui_find (adder, ADW_TYPE_ENTRY_ROW, 0);
  GtkWidget *row;

  /* What is no amount is not taken. */
  type (amount, "-5");
  g_signal_emit_by_name (amount, "entry-activated");
  type (amount, "five");
  g_signal_emit_by_name (amount, "entry-activated");
  ui_settle ();
  g_assert_false (dio_library_has_cap (get_library (fixture)));

  type (amount, "2,50");
  g_signal_emit_by_name (amount, "entry-activated");
  wait_for_cap (fixture, 2.5);

  row = get_part (fixture, DIO_TYPE_CAP_GROUP, ADW_TYPE_ENTRY_ROW, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "2.5");
  type (row, "many");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_signal_emit_by_name (row, "apply");
  type (row, "0");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_signal_emit_by_name (row, "apply");
  wait_for_cap (fixture, 0);

  row = get_part (fixture, DIO_TYPE_CAP_GROUP, ADW_TYPE_ENTRY_ROW, 0);
  g_signal_emit_by_name (ui_find (row, GTK_TYPE_BUTTON, 1), "clicked");
  wait_for_cap (fixture, -1);
  g_assert_false (dio_library_has_cap (get_library (fixture)));
}

static void
test_general (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *models = get_part (fixture, DIO_TYPE_GENERAL_PAGE, ADW_TYPE_COMBO_ROW, 0);
  GtkWidget *notify = get_part (fixture, DIO_TYPE_GENERAL_PAGE, GTK_TYPE_SWITCH, 0);
  g_autoptr(DioModelInfo) first = g_list_model_get_item (dio_studio_get_models (fixture->studio), 0);

  g_assert_cmpstr (dio_settings_get_default_model (fixture->settings), ==, "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (models), 1);
  g_assert_cmpstr (dio_settings_get_default_model (fixture->settings), ==, dio_model_info_get_id (first));
  adw_combo_row_set_selected (ADW_COMBO_ROW (models), 0);
  g_assert_cmpstr (dio_settings_get_default_model (fixture->settings), ==, "");

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (notify)));
  gtk_switch_set_active (GTK_SWITCH (notify), FALSE);
  g_assert_false (dio_settings_get_notify_of_jobs (fixture->settings));
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *typed;
    double      amount; /* below 0 where it is none */
  } cases[] = {
    { "0", 0 }, { "5", 5 }, { "0.04", 0.04 }, { "0,04", 0.04 }, { " 1.5 ", 1.5 }, { ".5", 0.5 },
    { "1000000", 1e6 }, { "1000001", -1 },
    { "", -1 }, { " ", -1 }, { "-1", -1 }, { "+1", -1 }, { "1e3", -1 }, { "0x10", -1 }, { "nan", -1 },
    { "inf", -1 }, { "1.2.3", -1 }, { "1,000.50", -1 }, { "5 USD", -1 }, { ".", -1 },
  };
  static const struct
  {
    const char *typed;
    const char *currency; /* NULL where it is none */
  } currencies[] = {
    { "USD", "USD" }, { "eur", "EUR" }, { " gbp ", "GBP" }, { "Units", "units" },
    { "", NULL }, { "US", NULL }, { "dollars", NULL }, { "U$D", NULL }, { "ÄÖÜ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double amount = -1;

      g_assert_cmpint (dio_parse_amount (cases[i].typed, &amount), ==, cases[i].amount >= 0);
      if (cases[i].amount >= 0)
        g_assert_cmpfloat (amount, ==, cases[i].amount);
    }

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      g_autofree char *currency = dio_parse_currency (currencies[i].typed);

      g_assert_cmpstr (currency, ==, currencies[i].currency);
    }
}

int
main (int   argc,
      char *argv[])
{
  const GType alone[] = {
    DIO_TYPE_ACCOUNT_PAGE, DIO_TYPE_ACCOUNTS_PAGE, DIO_TYPE_CAP_GROUP, DIO_TYPE_GENERAL_PAGE,
    DIO_TYPE_KEY_GROUP, DIO_TYPE_SPENDING_PAGE, DIO_TYPE_STORAGE_PAGE,
  };

  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    {
      g_autofree char *path = g_strconcat ("/preferences/alone/", g_type_name (alone[i]), NULL);

      g_test_add_data_func (path, g_type_name (alone[i]), test_alone);
    }

  g_test_add_func ("/preferences/amounts", test_amounts);
  g_test_add ("/preferences/caps", Fixture, NULL, set_up, test_caps, tear_down);
  g_test_add ("/preferences/general", Fixture, NULL, set_up, test_general, tear_down);

  return g_test_run ();
}
