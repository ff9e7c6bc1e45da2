/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the window show the composition and change it. */

#include "config.h"

#include "dio-composition-history.h"
#include "dio-gallery.h"
#include "dio-importer.h"
#include "dio-number-row.h"
#include "dio-parameter-panel.h"
#include "dio-parameter-row.h"
#include "dio-prompt-card.h"
#include "dio-prompt-view.h"
#include "dio-reference-card.h"
#include "dio-role-sentence.h"
#include "dio-strip.h"
#include "dio-window.h"
#include "ui-fixture.h"

typedef struct
{
  DioStudio      *studio;
  DioSettings    *settings;
  DioWindow      *window;
  DioComposition *composition; /* the window's */
} Fixture;

static gboolean
has_parameters (gpointer data)
{
  return ui_find (data, DIO_TYPE_PARAMETER_ROW, 0) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->studio = ui_make_studio ();
  fixture->settings = dio_settings_new (NULL);
  fixture->window = dio_window_new (NULL, fixture->studio, fixture->settings);
  fixture->composition = g_object_ref (dio_window_get_composition (fixture->window));
  gtk_window_present (GTK_WINDOW (fixture->window));
  /* They come behind the first frame. */
  ui_wait_for (has_parameters, fixture->window);
  ui_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_null (fixture->window);
  g_assert_finalize_object (fixture->composition);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->studio);
}

static void
add (Fixture    *fixture,
     const char *name,
     DioRole     role)
{
  g_autoptr(DioReference) reference = ui_make_reference (name, role);

  dio_composition_add_reference (fixture->composition, reference, G_MAXUINT);
  ui_settle ();
}

static DioReference *
peek (Fixture *fixture,
      guint    position)
{
  g_autoptr(DioReference) reference = NULL;

  reference = g_list_model_get_item (dio_composition_get_references (fixture->composition), position);
  return reference;
}

static GtkWidget *
get_part (Fixture *fixture,
          GType    type,
          guint    nth)
{
  GtkWidget *part = ui_find (GTK_WIDGET (fixture->window), type, nth);

  g_assert_nonnull (part);
  return part;
}

static gboolean
can_generate (Fixture *fixture)
{
  GtkWidget *card = get_part (fixture, DIO_TYPE_PROMPT_CARD, 0);

  return dio_prompt_card_get_problem (DIO_PROMPT_CARD (card)) == NULL;
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_part (fixture, DIO_TYPE_PROMPT_VIEW, 0)));
}

static char *
dup_prompt (Fixture *fixture)
{
  return dio_prompt_dup_text (dio_composition_get_prompt (fixture->composition));
}

static void
test_cards_follow_photos (Fixture       *fixture,
                          gconstpointer  data)
{
  GtkWidget *strip = get_part (fixture, DIO_TYPE_STRIP, 0);

  g_assert_null (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 0));
  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  add (fixture, "shore", DIO_ROLE_SCENE);
  g_assert_nonnull (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 1));

  gtk_widget_activate_action (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 1), "card.move-earlier", NULL);
  ui_settle ();
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 0)), ==, "shore");
  g_assert_true (dio_reference_card_get_reference (DIO_REFERENCE_CARD (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 0)))
                 == peek (fixture, 0));

  gtk_widget_activate_action (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 0), "card.remove", NULL);
  ui_settle ();
  g_assert_null (ui_find (strip, DIO_TYPE_REFERENCE_CARD, 1));
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 0)), ==, "teapot");
}

static gboolean
is_scrolled_to_start (gpointer data)
{
  return gtk_adjustment_get_value (data) < 160;
}

static gboolean
is_scrolled_to_end (gpointer data)
{
  GtkAdjustment *adjustment = data;
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  /* The tile to add more may lie beyond the last photo. */
  return end > 0 && gtk_adjustment_get_value (adjustment) > end - 160;
}

/* A photo that is added beyond the edge is scrolled to, and so is one at the
 * front after that. */
static void
test_new_photo_is_in_sight (Fixture       *fixture,
                            gconstpointer  data)
{
  GtkWidget *strip = get_part (fixture, DIO_TYPE_STRIP, 0);
  GtkWidget *scrolled = ui_find (strip, GTK_TYPE_SCROLLED_WINDOW, 0);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_autoptr(DioReference) first = ui_make_reference ("first", DIO_ROLE_SUBJECT);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("photo%u", i);

      add (fixture, name, DIO_ROLE_SUBJECT);
    }
  ui_wait_for (is_scrolled_to_end, adjustment);

  dio_composition_add_reference (fixture->composition, first, 0);
  ui_wait_for (is_scrolled_to_start, adjustment);
}

static gboolean
shows_text (GtkWidget  *root,
            const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_get_visible (label) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_told (gpointer data)
{
  Fixture *fixture = data;

  return shows_text (GTK_WIDGET (fixture->window), "3 files could not be used");
}

/* Many files that are no pictures do not queue up a toast each. */
static void
test_one_toast_for_all (Fixture       *fixture,
                        gconstpointer  data)
{
  GFile *files[3];

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    files[i] = g_file_new_for_path ("/nowhere/photo.jpg");
  dio_window_import_files (fixture->window, files, G_N_ELEMENTS (files));
  ui_wait_for (is_told, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

static gboolean
is_idle (gpointer data)
{
  return dio_importer_get_n_pending (data) == 0;
}

/* The photos of one drop stay together where one of them cannot be used. */
static void
test_no_gap_in_a_drop (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioReference) photo = ui_make_reference ("teapot", DIO_ROLE_SUBJECT);
  g_autoptr(DioImporter) importer = dio_importer_new (fixture->studio, fixture->composition);
  g_autoptr(GFile) missing = g_file_new_for_path ("/nowhere/photo.jpg");

  add (fixture, "boat", DIO_ROLE_SUBJECT);
  add (fixture, "cactus", DIO_ROLE_SUBJECT);
  add (fixture, "car", DIO_ROLE_SUBJECT);

  dio_importer_add_file (importer, missing, 1);
  dio_importer_add_bytes (importer, dio_reference_get_bytes (photo), NULL, "dropped.png", 2);
  ui_wait_for (is_idle, importer);
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 1)), ==, "dropped");
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 2)), ==, "cactus");
}

static void
test_role_by_action (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *card;

  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  card = get_part (fixture, DIO_TYPE_REFERENCE_CARD, 0);
  gtk_widget_activate_action (card, "reference.role", "s", "style");
  g_assert_cmpint (dio_reference_get_role (peek (fixture, 0)), ==, DIO_ROLE_STYLE);
  gtk_widget_activate_action (card, "reference.enabled", NULL);
  g_assert_false (dio_reference_get_enabled (peek (fixture, 0)));
}

/* What the model has no place for says so on its own card. */
static void
test_bench_in_words (Fixture       *fixture,
                     gconstpointer  data)
{
  add (fixture, "shore", DIO_ROLE_SCENE);
  add (fixture, "forest", DIO_ROLE_SCENE);
  g_assert_false (shows_text (get_part (fixture, DIO_TYPE_REFERENCE_CARD, 0), "This Computer takes 1 scene"));
  g_assert_true (shows_text (get_part (fixture, DIO_TYPE_REFERENCE_CARD, 1), "This Computer takes 1 scene"));

  dio_reference_set_enabled (peek (fixture, 0), FALSE);
  ui_settle ();
  g_assert_true (shows_text (get_part (fixture, DIO_TYPE_REFERENCE_CARD, 0), "Not used"));
  g_assert_false (shows_text (get_part (fixture, DIO_TYPE_REFERENCE_CARD, 1), "This Computer takes 1 scene"));
}

static void
rename_to (Fixture    *fixture,
           const char *name)
{
  GtkWidget *card = get_part (fixture, DIO_TYPE_REFERENCE_CARD, 0);
  GtkWidget *entry;

  gtk_widget_activate_action (card, "card.rename", NULL);
  entry = ui_find (card, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "activate");
  ui_settle ();
}

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *entry;

  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  add (fixture, "mug", DIO_ROLE_SUBJECT);
  entry = ui_find (get_part (fixture, DIO_TYPE_REFERENCE_CARD, 0), GTK_TYPE_ENTRY, 0);
  gtk_text_buffer_set_text (get_buffer (fixture), "The @teapot", -1);

  rename_to (fixture, "mug");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 0)), ==, "teapot");

  rename_to (fixture, "@kettle");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (dio_reference_get_name (peek (fixture, 0)), ==, "kettle");
  {
    g_autofree char *prompt = dup_prompt (fixture);
    GtkTextIter start;
    GtkTextIter end;
    g_autofree char *shown = NULL;

    gtk_text_buffer_get_bounds (get_buffer (fixture), &start, &end);
    shown = gtk_text_buffer_get_text (get_buffer (fixture), &start, &end, FALSE);
    g_assert_cmpstr (prompt, ==, "The @kettle");
    g_assert_cmpstr (shown, ==, "The @kettle");
  }
}

static void
test_mention (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *prompt = NULL;
  g_autoptr(GArray) mentions = NULL;

  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  gtk_text_buffer_insert_at_cursor (get_buffer (fixture), "Place the", -1);
  gtk_widget_activate_action (get_part (fixture, DIO_TYPE_PROMPT_VIEW, 0), "prompt.mention", "s", "teapot");
  gtk_text_buffer_insert_at_cursor (get_buffer (fixture), "here", -1);

  prompt = dup_prompt (fixture);
  g_assert_cmpstr (prompt, ==, "Place the @teapot here");
  mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (fixture->composition));
  g_assert_cmpint (mentions->len, ==, 1);
}

/* A prompt that was there before the photo gets bound to it. */
static void
test_mention_before_photo (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GArray) mentions = NULL;

  gtk_text_buffer_set_text (get_buffer (fixture), "The @teapot", -1);
  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (fixture->composition));
  g_assert_cmpint (mentions->len, ==, 1);
}

static void
test_when_to_generate (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (10001, 'x');

  g_assert_false (can_generate (fixture));
  add (fixture, "starry", DIO_ROLE_STYLE);
  g_assert_false (can_generate (fixture));
  add (fixture, "shore", DIO_ROLE_SCENE);
  g_assert_true (can_generate (fixture));

  gtk_text_buffer_set_text (get_buffer (fixture), long_text, -1);
  ui_settle ();
  g_assert_false (can_generate (fixture));
}

static DioValues *
get_values (Fixture *fixture)
{
  DioModelInfo *model = dio_composition_get_model (fixture->composition);

  return dio_composition_get_values (fixture->composition, model);
}

static void
test_parameters (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *panel = get_part (fixture, DIO_TYPE_PARAMETER_PANEL, 0);
  GtkSpinButton *width = GTK_SPIN_BUTTON (ui_find (panel, GTK_TYPE_SPIN_BUTTON, 0));
  DioValues *values = get_values (fixture);
  gint64 usual = dio_values_get_integer (values, "width");

  gtk_spin_button_set_value (width, 1027);
  g_assert_cmpint (dio_values_get_integer (values, "width"), ==, 1024);
  g_assert_cmpfloat (gtk_spin_button_get_value (width), ==, 1024);

  g_assert_true (dio_values_set (values, "width", g_variant_new_int64 (512), NULL));
  g_assert_cmpfloat (gtk_spin_button_get_value (width), ==, 512);

  gtk_widget_activate_action (panel, "panel.reset", NULL);
  g_assert_false (dio_values_is_set (values, "width"));
  g_assert_cmpfloat (gtk_spin_button_get_value (width), ==, usual);
}

static void
type_number (GtkSpinButton *spin,
             const char    *text)
{
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_spin_button_update (spin);
}

static void
test_seed_can_be_unset (Fixture       *fixture,
                        gconstpointer  data)
{
  DioValues *values = get_values (fixture);
  const DioParameter *seed = dio_model_info_find_flagged (dio_values_get_model (values), DIO_PARAMETER_SEED);
  GtkWidget *row = NULL;
  GtkSpinButton *spin;

  for (guint i = 0; row == NULL; i++)
    {
      row = get_part (fixture, DIO_TYPE_NUMBER_ROW, i);
      if (dio_parameter_row_get_parameter (DIO_PARAMETER_ROW (row)) != seed)
        row = NULL;
    }
  spin = GTK_SPIN_BUTTON (ui_find (row, GTK_TYPE_SPIN_BUTTON, 0));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "");

  /* Also the number that the empty spin button held. */
  type_number (spin, "0");
  g_assert_true (dio_values_is_set (values, seed->name));
  g_assert_cmpint (dio_values_get_integer (values, seed->name), ==, 0);

  type_number (spin, "42");
  g_assert_cmpint (dio_values_get_integer (values, seed->name), ==, 42);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "42");

  type_number (spin, "");
  g_assert_false (dio_values_is_set (values, seed->name));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "");
}

static void
test_new_clears (Fixture       *fixture,
                 gconstpointer  data)
{
  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  gtk_text_buffer_set_text (get_buffer (fixture), "The @teapot", -1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new", NULL);
  ui_settle ();
  g_assert_cmpint (g_list_model_get_n_items (dio_composition_get_references (fixture->composition)), ==, 0);
  g_assert_cmpint (gtk_text_buffer_get_char_count (get_buffer (fixture)), ==, 0);
}

static gboolean
has_result (gpointer data)
{
  Fixture *fixture = data;
  DioGallery *gallery = DIO_GALLERY (get_part (fixture, DIO_TYPE_GALLERY, 0));

  return g_list_model_get_n_items (G_LIST_MODEL (dio_gallery_get_results (gallery))) == 1
         && dio_job_queue_get_n_open (dio_studio_get_queue (fixture->studio)) == 0;
}

static gboolean
has_no_result (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

/* From a photo to a picture in the gallery, and out of it again. */
static void
test_generate_and_delete (Fixture       *fixture,
                          gconstpointer  data)
{
  DioGallery *gallery = DIO_GALLERY (get_part (fixture, DIO_TYPE_GALLERY, 0));
  GListModel *results = G_LIST_MODEL (dio_gallery_get_results (gallery));
  GtkWidget *grid = get_part (fixture, GTK_TYPE_GRID_VIEW, 0);
  GtkSelectionModel *selection;

  g_assert_true (dio_values_set_text (get_values (fixture), "width", "256", NULL));
  g_assert_true (dio_values_set_text (get_values (fixture), "height", "256", NULL));
  add (fixture, "shore", DIO_ROLE_SCENE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.generate", NULL);
  ui_wait_for (has_result, fixture);
  ui_settle ();

  selection = gtk_grid_view_get_model (GTK_GRID_VIEW (grid));
  gtk_selection_model_select_item (selection, 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (gallery), "gallery.delete", NULL);

  ui_wait_for (has_no_result, results);
}

static void
add_test (const char *path,
          void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

static void
choose_model (Fixture    *fixture,
              const char *id)
{
  GListModel *models = dio_studio_get_models (fixture->studio);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (models, i);

      if (g_str_equal (dio_model_info_get_id (model), id))
        dio_composition_set_model (fixture->composition, model);
    }

  g_assert_cmpstr (dio_model_info_get_id (dio_composition_get_model (fixture->composition)), ==, id);
  ui_settle ();
}

static void
write_roles (Fixture    *fixture,
             const char *text)
{
  GtkWidget *sentence = get_part (fixture, DIO_TYPE_ROLE_SENTENCE, 0);

  g_signal_emit_by_name (ui_find (sentence, GTK_TYPE_BUTTON, 0), "clicked");
  gtk_editable_set_text (GTK_EDITABLE (ui_find (sentence, GTK_TYPE_ENTRY, 0)), text);
  g_signal_emit_by_name (ui_find (sentence, GTK_TYPE_ENTRY, 0), "activate");
  ui_settle ();
}

/* The sentence on the roles follows them until it is rewritten, and again after
 * the button that brings it back. */
static void
test_role_sentence (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *sentence = get_part (fixture, DIO_TYPE_ROLE_SENTENCE, 0);
  GtkWidget *reset = ui_find (sentence, GTK_TYPE_BUTTON, 1);

  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  add (fixture, "shore", DIO_ROLE_SCENE);
  g_assert_false (gtk_widget_get_visible (sentence));

  choose_model (fixture, "google:4@3");
  g_assert_true (gtk_widget_get_visible (sentence));
  g_assert_true (shows_text (sentence, "The first image is the subject and the second image is the scene."));
  g_assert_false (gtk_widget_get_visible (reset));

  write_roles (fixture, "Sell the first image.");
  g_assert_cmpstr (dio_composition_get_roles (fixture->composition), ==, "Sell the first image.");
  g_assert_true (gtk_widget_get_visible (reset));
  dio_reference_set_role (peek (fixture, 1), DIO_ROLE_STYLE);
  ui_settle ();
  g_assert_true (shows_text (sentence, "Sell the first image."));
  write_roles (fixture, "");
  g_assert_true (shows_text (sentence, "Nothing is said of the roles"));

  g_signal_emit_by_name (reset, "clicked");
  ui_settle ();
  g_assert_null (dio_composition_get_roles (fixture->composition));
  g_assert_true (shows_text (sentence, "The first image is the subject and the second image is the style."));
  write_roles (fixture, "The first image is the subject and the second image is the style.");
  g_assert_null (dio_composition_get_roles (fixture->composition));

  choose_model (fixture, "kling-v2-1");
  g_assert_false (gtk_widget_get_visible (sentence));
}

/* It speaks of the photos at hand, and is gone again with one step. */
static void
test_template (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DioCompositionHistory) history = dio_composition_history_new (fixture->composition);
  GtkWidget *view = get_part (fixture, DIO_TYPE_PROMPT_VIEW, 0);
  g_autofree char *filled = NULL;
  g_autofree char *undone = NULL;
  g_autoptr(GArray) mentions = NULL;

  add (fixture, "teapot", DIO_ROLE_SUBJECT);
  add (fixture, "shore", DIO_ROLE_SCENE);
  add (fixture, "mug", DIO_ROLE_SUBJECT);
  gtk_text_buffer_insert_at_cursor (get_buffer (fixture), "Tea.", -1);
  dio_composition_history_end_step (history);
  gtk_widget_activate_action (view, "prompt.template", "u", 1u);
  ui_settle ();

  filled = dup_prompt (fixture);
  g_assert_true (g_str_has_prefix (filled, "Tea. Show @teapot and @mug together in @shore, "));
  mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (fixture->composition));
  g_assert_cmpint (mentions->len, ==, 3);

  g_assert_true (dio_composition_history_undo (history));
  ui_settle ();
  undone = dup_prompt (fixture);
  g_assert_cmpstr (undone, ==, "Tea.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  add_test ("/strip/cards-follow-photos", test_cards_follow_photos);
  add_test ("/strip/new-photo-is-in-sight", test_new_photo_is_in_sight);
  add_test ("/strip/role-by-action", test_role_by_action);
  add_test ("/strip/bench-in-words", test_bench_in_words);
  add_test ("/strip/rename", test_rename);
  add_test ("/prompt/mention", test_mention);
  add_test ("/prompt/mention-before-photo", test_mention_before_photo);
  add_test ("/prompt/role-sentence", test_role_sentence);
  add_test ("/prompt/template", test_template);
  add_test ("/prompt/when-to-generate", test_when_to_generate);
  add_test ("/parameters/both-ways", test_parameters);
  add_test ("/parameters/seed-can-be-unset", test_seed_can_be_unset);
  add_test ("/window/one-toast-for-all", test_one_toast_for_all);
  add_test ("/strip/no-gap-in-a-drop", test_no_gap_in_a_drop);
  add_test ("/window/new-clears", test_new_clears);
  add_test ("/window/generate-and-delete", test_generate_and_delete);

  return g_test_run ();
}
