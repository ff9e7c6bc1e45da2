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
#include "dio-spend-group.h"
#include "dio-spent-jobs.h"
#include "dio-window.h"
#include "library-fixture.h"
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

static gboolean
shows_jobs (gpointer data)
{
  GtkWidget *group = ui_find (GTK_WIDGET (((Fixture *) data)->preferences), DIO_TYPE_SPENT_JOBS, 0);

  /* The first is the one that says that there is none. */
  return ui_find (group, ADW_TYPE_ACTION_ROW, 3) != NULL;
}

/* What a row of the spending page says at its end. */
static const char *
get_suffix (GtkWidget *row)
{
  const char *text = NULL;
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (row, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_has_css_class (label, "numeric"))
      text = gtk_label_get_text (GTK_LABEL (label));

  return text;
}

static void
assert_row (Fixture    *fixture,
            GType       group,
            guint       nth,
            const char *suffix,
            const char *in_subtitle)
{
  GtkWidget *row = get_part (fixture, group, ADW_TYPE_ACTION_ROW, nth);

  g_assert_cmpstr (get_suffix (row), ==, suffix);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), in_subtitle));
}

static void
send (LibraryFixture *library,
      DioPriceSource  source,
      double          amount,
      const char     *currency,
      double          told)
{
  g_autoptr(DioJob) job = library_fixture_add_hosted (library, source, amount, currency);

  if (source == DIO_PRICE_UNKNOWN)
    dio_job_set_accepts_unknown_price (job, TRUE);
  library_fixture_send (library, job);
  if (told >= 0)
    dio_price_set (&dio_job_edit_remote (job)->cost, DIO_PRICE_TOLD, told, currency);
  dio_job_set_state (job, DIO_JOB_DONE);
  library_fixture_update (library, job);
}

/* Never a sum over currencies, and what is unknown is never 0. */
static void
test_spending (Fixture       *fixture,
               gconstpointer  data)
{
  LibraryFixture library = { .library = get_library (fixture) };

  send (&library, DIO_PRICE_LISTED, 0.5, "USD", 0.75);
  send (&library, DIO_PRICE_TYPED, 8, "units", -1);
  send (&library, DIO_PRICE_UNKNOWN, 0, NULL, -1);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->preferences), "spending");
  ui_wait_for (shows_jobs, fixture);
  ui_settle ();

  for (guint span = 0; span < 3; span++)
    {
      assert_row (fixture, DIO_TYPE_SPEND_GROUP, span, "8 units · $0.75", "Of it 8 units by estimate");
      assert_row (fixture, DIO_TYPE_SPEND_GROUP, span, "8 units · $0.75", "1 job of unknown price not counted");
    }

  assert_row (fixture, DIO_TYPE_SPENT_JOBS, 1, "Unknown", "Default account");
  assert_row (fixture, DIO_TYPE_SPENT_JOBS, 2, "8 units", "by the price of the account");
  assert_row (fixture, DIO_TYPE_SPENT_JOBS, 3, "$0.75", "as the provider charged");
}

static gboolean
is_counted (gpointer data)
{
  return g_strcmp0 (get_suffix (data), "Counting…") != 0;
}

static void
test_storage (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *pictures = get_part (fixture, DIO_TYPE_STORAGE_PAGE, ADW_TYPE_ACTION_ROW, 0);
  g_autoptr(DioJob) job = NULL;
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 5000);
  LibraryFixture library = { .library = get_library (fixture) };

  job = library_fixture_add_job (&library, "a table");
  g_object_unref (library_fixture_add_bytes (&library, job, 0, bytes));

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->preferences), "storage");
  ui_wait_for (is_counted, pictures);
  g_assert_true (g_str_has_suffix (get_suffix (pictures), "1 file"));
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
    DIO_TYPE_KEY_GROUP, DIO_TYPE_SPEND_GROUP, DIO_TYPE_SPENDING_PAGE, DIO_TYPE_SPENT_JOBS,
    DIO_TYPE_STORAGE_PAGE,
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
  g_test_add ("/preferences/spending", Fixture, NULL, set_up, test_spending, tear_down);
  g_test_add ("/preferences/storage", Fixture, NULL, set_up, test_storage, tear_down);
  g_test_add ("/preferences/general", Fixture, NULL, set_up, test_general, tear_down);

  return g_test_run ();
}
