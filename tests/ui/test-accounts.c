/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account from its first key to its removal, on the page that shows it, with
 * a provider’s server to ask. */

#include "config.h"

#include "dio-account-page.h"
#include "dio-first-send.h"
#include "dio-key-group.h"
#include "dio-preferences.h"
#include "dio-provider-group.h"
#include "dio-provider-server.h"
#include "dio-window.h"
#include "ui-fixture.h"
#include "ui-keys.h"

#define KEY "sk-good"
#define ACCESS_KEY "ak-good"
#define SECRET_KEY "sk-secret-good"

typedef struct
{
  DioProviderServer *server;
  UiKeys            *keys;
  DioStudio         *studio;
  DioSettings       *settings;
  DioWindow         *window;
  DioPreferences    *preferences;

  const char        *text;   /* to wait for */
  GAsyncResult      *answer; /* (owned) (nullable): of the first send */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const DioProviderServerOptions options = { .key = KEY, .access_key = ACCESS_KEY, .secret_key = SECRET_KEY };
  g_autoptr(GError) error = NULL;

  fixture->server = dio_provider_server_new (&options, &error);
  g_assert_no_error (error);
  fixture->keys = ui_keys_new ();
  fixture->studio = ui_make_studio_with_keys (DIO_KEY_STORE (fixture->keys));
  fixture->settings = dio_settings_new (NULL);
  fixture->window = dio_window_new (NULL, fixture->studio, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->preferences = dio_preferences_new (GTK_WINDOW (fixture->window), fixture->studio, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->preferences));
  ui_settle ();
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->preferences), (gpointer *) &fixture->preferences);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->preferences));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait_for (is_gone, &fixture->preferences);
  ui_wait_for (is_gone, &fixture->window);
  ui_settle ();
  g_clear_object (&fixture->answer);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);
  g_assert_finalize_object (fixture->keys);
  g_assert_finalize_object (fixture->server);
}

static DioAccountList *
get_accounts (Fixture *fixture)
{
  return dio_library_get_accounts (dio_studio_get_library (fixture->studio));
}

static const DioAccount *
find (Fixture    *fixture,
      const char *provider_id,
      const char *name)
{
  return dio_account_list_find (get_accounts (fixture), provider_id, name);
}

static GtkWidget *
find_page (Fixture *fixture)
{
  return ui_find (GTK_WIDGET (fixture->preferences), DIO_TYPE_ACCOUNT_PAGE, 0);
}

static gboolean
has_page (gpointer data)
{
  return find_page (data) != NULL;
}

static void
add_account (Fixture    *fixture,
             const char *provider_id)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->preferences), "preferences.add-account", "s", provider_id);
  ui_wait_for (has_page, fixture);
  ui_settle ();
}

/* What a person reads as the title of a row, an entry or a button. */
static const char *
get_title (GtkWidget *widget)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));

  return NULL;
}

static GtkWidget *
find_titled (GtkWidget  *root,
             GType       type,
             const char *title)
{
  GtkWidget *found;

  for (guint i = 0; (found = ui_find (root, type, i)) != NULL; i++)
    if (g_strcmp0 (get_title (found), title) == 0)
      return found;

  return NULL;
}

static GtkWidget *
get_row (Fixture    *fixture,
         const char *title)
{
  GtkWidget *row = find_titled (find_page (fixture), ADW_TYPE_PREFERENCES_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static void
click (Fixture    *fixture,
       const char *label)
{
  GtkWidget *button = find_titled (find_page (fixture), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_settle ();
}

static void
type (Fixture    *fixture,
      const char *title,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_row (fixture, title)), text);
}

static void
apply (Fixture    *fixture,
       const char *title,
       const char *text)
{
  type (fixture, title, text);
  g_signal_emit_by_name (get_row (fixture, title), "apply");
  ui_settle ();
}

static gboolean
has_answer (gpointer data)
{
  Fixture *fixture = data;
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (fixture, "Test")));

  return g_str_has_prefix (subtitle, fixture->text);
}

static void
wait_for_verdict (Fixture    *fixture,
                  const char *prefix)
{
  fixture->text = prefix;
  ui_wait_for (has_answer, fixture);
}

/* A label that tells a problem and is on show. */
static gboolean
tells (Fixture    *fixture,
       const char *prefix)
{
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (find_page (fixture), GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_get_visible (label) && gtk_widget_has_css_class (label, "error") &&
        g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), prefix))
      return TRUE;

  return FALSE;
}

/* What was applied is kept by a thread. */
typedef struct
{
  Fixture    *fixture;
  const char *provider_id;
  double      price;
  const char *endpoint;
  const char *upload_url;
} Wanted;

static gboolean
is_kept (gpointer data)
{
  Wanted *wanted = data;
  const DioAccount *account = find (wanted->fixture, wanted->provider_id, "default");

  return account->price == wanted->price &&
         g_strcmp0 (account->endpoint, wanted->endpoint) == 0 &&
         g_strcmp0 (account->upload_url, wanted->upload_url) == 0;
}

static void
wait_for_account (Fixture    *fixture,
                  const char *provider_id,
                  double      price,
                  const char *endpoint,
                  const char *upload_url)
{
  Wanted wanted = { fixture, provider_id, price, endpoint, upload_url };

  ui_wait_for (is_kept, &wanted);
  ui_settle ();
}

static void
set_server (Fixture    *fixture,
            const char *provider_id)
{
  g_autofree char *url = dio_provider_server_dup_url (fixture->server, "");

  apply (fixture, "Server", url);
  wait_for_account (fixture, provider_id, -1, url, NULL);
}

static void
test_key (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *entry;

  add_account (fixture, "runware");
  g_assert_nonnull (find (fixture, "runware", "default"));
  set_server (fixture, "runware");

  /* Typed and tested: kept first, then asked about. */
  type (fixture, "API key", "sk-wrong");
  click (fixture, "Test");
  wait_for_verdict (fixture, "Refused");
  g_assert_cmpstr (ui_keys_get (fixture->keys, "runware/default"), ==, "sk-wrong");

  click (fixture, "Replace…");
  entry = get_row (fixture, "API key");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  type (fixture, "API key", "  " KEY "\n");
  g_signal_emit_by_name (entry, "entry-activated");
  ui_settle ();
  g_assert_cmpstr (ui_keys_get (fixture->keys, "runware/default"), ==, KEY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_false (gtk_widget_get_visible (entry));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (fixture, "A key is kept"))), ==, "In the keyring");

  click (fixture, "Test");
  wait_for_verdict (fixture, "Accepted. Balance: $");
}

static void
set_fault (Fixture    *fixture,
           const char *what)
{
  g_autofree char *script = g_strdup_printf ("{\"rules\": [{\"match\": {\"dialect\": \"runware\"}, %s}]}", what);
  g_autoptr(GError) error = NULL;

  dio_provider_server_set_script (fixture->server, script, &error);
  g_assert_no_error (error);
}

static void
test_key_cannot_tell (Fixture       *fixture,
                      gconstpointer  data)
{
  add_account (fixture, "runware");
  set_server (fixture, "runware");
  set_fault (fixture, "\"do\": \"status\", \"status\": 503");
  type (fixture, "API key", KEY);
  click (fixture, "Test");
  wait_for_verdict (fixture, "Cannot tell: ");

  /* Where there is no answer at all, the reason is said. */
  set_fault (fixture, "\"do\": \"close\"");
  click (fixture, "Test");
  wait_for_verdict (fixture, "Cannot tell. ");
}

static void
test_key_of_session (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture->keys->is_lasting = FALSE;
  add_account (fixture, "runware");
  type (fixture, "API key", KEY);
  click (fixture, "Keep Key");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (fixture, "A key is kept"))),
                                   "Only for this session"));
}

/* Of its kinds the second has a key of two halves. */
static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  DioProvider *kling = dio_studio_find_provider (fixture->studio, "kling");
  const DioProviderFacts *facts = dio_provider_get_facts (kling);
  guint position = 0;
  GtkWidget *kinds;

  while (facts->kinds[position].secret_title == NULL)
    position++;

  add_account (fixture, "kling");
  kinds = get_row (fixture, "Kind of account");
  g_assert_true (gtk_widget_get_visible (kinds));
  adw_combo_row_set_selected (ADW_COMBO_ROW (kinds), position);
  set_server (fixture, "kling");
  g_assert_cmpstr (find (fixture, "kling", "default")->kind, ==, facts->kinds[position].id);

  type (fixture, facts->kinds[position].key_title, ACCESS_KEY);
  g_assert_false (gtk_widget_is_sensitive (find_titled (find_page (fixture), GTK_TYPE_BUTTON, "Keep Key")));
  type (fixture, facts->kinds[position].secret_title, SECRET_KEY);
  click (fixture, "Test");
  wait_for_verdict (fixture, "Accepted");
  g_assert_cmpstr (ui_keys_get (fixture->keys, "kling/default"), ==, ACCESS_KEY ":" SECRET_KEY);
}

static void
test_price (Fixture       *fixture,
            gconstpointer  data)
{
  add_account (fixture, "kling");
  apply (fixture, "Price", "four cents");
  g_assert_true (tells (fixture, "A price is a number"));
  g_assert_cmpfloat (find (fixture, "kling", "default")->price, <, 0);

  apply (fixture, "Currency, such as USD, EUR or units", "euro");
  apply (fixture, "Price", "0,04");
  g_assert_true (tells (fixture, "A currency has three letters"));
  g_assert_cmpfloat (find (fixture, "kling", "default")->price, <, 0);

  apply (fixture, "Currency, such as USD, EUR or units", "eur");
  wait_for_account (fixture, "kling", 0.04, NULL, NULL);
  g_assert_false (tells (fixture, "A"));
  g_assert_cmpstr (find (fixture, "kling", "default")->currency, ==, "EUR");

  apply (fixture, "Price", "");
  wait_for_account (fixture, "kling", -1, NULL, NULL);
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  add_account (fixture, "modelslab");
  apply (fixture, "Server", "http://example.org");
  g_assert_true (tells (fixture, "An address begins with https://"));
  g_assert_null (find (fixture, "modelslab", "default")->endpoint);

  apply (fixture, "Server", "https://example.org/prefix/");
  wait_for_account (fixture, "modelslab", -1, "https://example.org/prefix", NULL);
  g_assert_false (tells (fixture, "A"));

  apply (fixture, "Upload address", "nowhere");
  g_assert_true (tells (fixture, "An address begins with https://"));
  apply (fixture, "Upload address", "https://example.org/upload");
  wait_for_account (fixture, "modelslab", -1, "https://example.org/prefix", "https://example.org/upload");

  apply (fixture, "Server", "");
  wait_for_account (fixture, "modelslab", -1, NULL, "https://example.org/upload");
}

static gboolean
is_renamed (gpointer data)
{
  Fixture *fixture = data;

  return find (fixture, "runware", "studio") != NULL && find (fixture, "runware", "default") == NULL;
}

/* The key goes along. */
static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *page;

  add_account (fixture, "runware");

  /* Back, and in again while the page slides away. */
  page = find_page (fixture);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (page, "preferences.back", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->preferences), "preferences.open-account", "(ss)", "runware", "default");
  ui_wait_for (is_gone, &page);
  ui_wait_for (has_page, fixture);
  ui_settle ();
  type (fixture, "API key", KEY);
  click (fixture, "Keep Key");

  apply (fixture, "Name", " ");
  g_assert_true (tells (fixture, "An account needs a name"));
  apply (fixture, "Name", "studio");
  ui_wait_for (is_renamed, fixture);
  g_assert_cmpstr (ui_keys_get (fixture->keys, "runware/studio"), ==, KEY);
  g_assert_null (ui_keys_get (fixture->keys, "runware/default"));
}

static void
test_same_name (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DioAccount) other = dio_account_new ("runware", "studio");

  dio_account_list_put (get_accounts (fixture), other);
  add_account (fixture, "runware");
  apply (fixture, "Name", "studio");
  g_assert_true (tells (fixture, "Another account has this name"));
  g_assert_nonnull (find (fixture, "runware", "Account 2"));
}

static gboolean
is_removed (gpointer data)
{
  Fixture *fixture = data;

  return find (fixture, "runware", "default") == NULL && find_page (fixture) == NULL;
}

static gboolean
is_back (gpointer data)
{
  Fixture *fixture = data;

  return find (fixture, "runware", "default") != NULL && ui_keys_get (fixture->keys, "runware/default") != NULL;
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *undo;

  add_account (fixture, "runware");
  apply (fixture, "Price", "2");
  wait_for_account (fixture, "runware", 2, NULL, NULL);
  type (fixture, "API key", KEY);
  click (fixture, "Keep Key");
  click (fixture, "Remove Account");
  ui_wait_for (is_removed, fixture);
  g_assert_null (ui_keys_get (fixture->keys, "runware/default"));

  undo = find_titled (GTK_WIDGET (fixture->preferences), GTK_TYPE_BUTTON, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  ui_wait_for (is_back, fixture);
  g_assert_cmpstr (ui_keys_get (fixture->keys, "runware/default"), ==, KEY);
  g_assert_cmpfloat (find (fixture, "runware", "default")->price, ==, 2);
}

/* First send */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->answer = g_object_ref (result);
}

static gboolean
is_answered (gpointer data)
{
  return ((Fixture *) data)->answer != NULL;
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
respond (const char *label)
{
  g_signal_emit_by_name (find_titled (GTK_WIDGET (find_question ()), GTK_TYPE_BUTTON, label), "clicked");
}

static void
ask (Fixture          *fixture,
     const DioAccount *account)
{
  g_clear_object (&fixture->answer);
  dio_first_send_ask_async (GTK_WINDOW (fixture->window), fixture->studio,
                            dio_studio_find_provider (fixture->studio, account->provider_id),
                            account, answered_cb, fixture);
  ui_settle ();
}

static gboolean
get_answer (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gboolean agrees;

  ui_wait_for (is_answered, fixture);
  agrees = dio_first_send_ask_finish (fixture->answer, &error);
  if (!agrees)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  return agrees;
}

static void
test_first_send (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DioAccount) account = dio_account_new ("modelslab", "shop");

  ask (fixture, account);
  g_assert_nonnull (find_question ());
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_question ()), "24 hours"));
  respond ("_Cancel");
  g_assert_false (get_answer (fixture));
  g_assert_null (find (fixture, "modelslab", "shop"));

  ask (fixture, account);
  respond ("_Send");
  g_assert_true (get_answer (fixture));
  g_assert_true (find (fixture, "modelslab", "shop")->is_told);

  ask (fixture, find (fixture, "modelslab", "shop"));
  g_assert_null (find_question ());
  g_assert_true (get_answer (fixture));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  g_test_add ("/accounts/key", Fixture, NULL, set_up, test_key, tear_down);
  g_test_add ("/accounts/key-cannot-tell", Fixture, NULL, set_up, test_key_cannot_tell, tear_down);
  g_test_add ("/accounts/key-of-session", Fixture, NULL, set_up, test_key_of_session, tear_down);
  g_test_add ("/accounts/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/accounts/price", Fixture, NULL, set_up, test_price, tear_down);
  g_test_add ("/accounts/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/accounts/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/accounts/same-name", Fixture, NULL, set_up, test_same_name, tear_down);
  g_test_add ("/accounts/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/accounts/first-send", Fixture, NULL, set_up, test_first_send, tear_down);

  return g_test_run ();
}
