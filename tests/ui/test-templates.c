/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every widget can be made, fits its template, and goes away whole. */

#include "config.h"

#include "dio-application.h"
#include "dio-choice-row.h"
#include "dio-error-text.h"
#include "dio-error.h"
#include "dio-gallery.h"
#include "dio-job-problem.h"
#include "dio-job-tile.h"
#include "dio-model-chooser.h"
#include "dio-number-row.h"
#include "dio-parameter-panel.h"
#include "dio-prompt-card.h"
#include "dio-prompt-view.h"
#include "dio-queue-page.h"
#include "dio-queue-row.h"
#include "dio-reference-card.h"
#include "dio-result-details.h"
#include "dio-result-tile.h"
#include "dio-role-sentence.h"
#include "dio-strip.h"
#include "dio-switch-row.h"
#include "dio-template-chooser.h"
#include "dio-text-row.h"
#include "dio-viewer.h"
#include "dio-window.h"
#include "ui-fixture.h"

static void
test_alone (gconstpointer data)
{
  GType type = g_type_from_name (data);
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_finalize_object (widget);
}

static void
test_panel (void)
{
  DioStudio *studio = ui_make_studio ();
  DioComposition *composition = dio_composition_new ();
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_studio_get_models (studio), 0);
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  DioParameterPanel *panel = g_object_ref_sink (g_object_new (DIO_TYPE_PARAMETER_PANEL, NULL));

  dio_composition_set_model (composition, model);
  dio_parameter_panel_set_composition (panel, composition);
  g_assert_nonnull (ui_find (GTK_WIDGET (panel), DIO_TYPE_PARAMETER_ROW, spec->n_parameters - 1));
  g_assert_null (ui_find (GTK_WIDGET (panel), DIO_TYPE_PARAMETER_ROW, spec->n_parameters));

  g_assert_finalize_object (panel);
  g_assert_finalize_object (composition);
  g_clear_object (&model);
  g_assert_finalize_object (studio);
}

static void
test_card (void)
{
  DioComposition *composition = dio_composition_new ();
  DioReference *reference = ui_make_reference ("teapot", DIO_ROLE_SUBJECT);
  GtkWidget *card;

  dio_composition_add_reference (composition, reference, 0);
  card = g_object_ref_sink (dio_reference_card_new (composition, reference));

  /* Its thumbnail is still being made. */
  g_assert_finalize_object (card);
  ui_settle ();
  g_assert_finalize_object (composition);
  g_assert_finalize_object (reference);
}

static void
test_window (void)
{
  DioApplication *application = dio_application_new ();
  DioStudio *studio = ui_make_studio ();
  DioSettings *settings = dio_settings_new (NULL);
  DioWindow *window;
  DioComposition *composition;

  window = dio_window_new (NULL, studio, settings);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  composition = g_object_ref (dio_window_get_composition (window));
  gtk_window_present (GTK_WINDOW (window));
  ui_settle ();

  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_null (window);
  g_assert_finalize_object (composition);
  g_assert_finalize_object (settings);
  g_assert_finalize_object (studio);
  g_assert_finalize_object (application);
}

/* Each kind of error has words of its own, and foreign ones have some. */
static void
test_error_texts (void)
{
  g_autoptr(GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  for (guint code = 0; code < DIO_N_ERRORS; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (DIO_ERROR, code, "x");
      DioErrorText text = dio_error_text (error);

      g_assert_true (g_str_has_suffix (text.sentence, "."));
      g_assert_true (g_hash_table_add (titles, (gpointer) text.title));
    }

  g_assert_true (g_hash_table_add (titles, (gpointer) dio_error_text (foreign).title));
}

int
main (int   argc,
      char *argv[])
{
  const GType alone[] = {
    DIO_TYPE_CHOICE_ROW, DIO_TYPE_GALLERY, DIO_TYPE_JOB_PROBLEM, DIO_TYPE_JOB_TILE, DIO_TYPE_MODEL_CHOOSER, DIO_TYPE_NUMBER_ROW,
    DIO_TYPE_PARAMETER_PANEL, DIO_TYPE_PROMPT_CARD, DIO_TYPE_PROMPT_VIEW, DIO_TYPE_QUEUE_PAGE, DIO_TYPE_QUEUE_ROW,
    DIO_TYPE_REFERENCE_CARD,
    DIO_TYPE_RESULT_DETAILS, DIO_TYPE_RESULT_TILE, DIO_TYPE_ROLE_SENTENCE, DIO_TYPE_STRIP, DIO_TYPE_SWITCH_ROW,
    DIO_TYPE_TEMPLATE_CHOOSER,
    DIO_TYPE_TEXT_ROW, DIO_TYPE_VIEWER,
  };

  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", g_type_name (alone[i]), NULL);

      g_test_add_data_func (path, g_type_name (alone[i]), test_alone);
    }

  g_test_add_func ("/templates/panel-of-model", test_panel);
  g_test_add_func ("/templates/card-of-photo", test_card);
  g_test_add_func ("/templates/window", test_window);
  g_test_add_func ("/error-texts", test_error_texts);

  return g_test_run ();
}
