/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The comparison: its parts go away whole, and it shows what is in the set. */

#include "config.h"

#include "dio-canvas.h"
#include "dio-compare-grid.h"
#include "dio-compare-stage.h"
#include "dio-compare-table.h"
#include "dio-compare-tile.h"
#include "dio-compare-view.h"
#include "dio-content-switch.h"
#include "dio-image-encode.h"
#include "ui-fixture.h"

typedef struct
{
  DioStudio      *studio;
  DioCompareSet  *set;
  GListStore     *references;
  DioCompareView *view; /* (unowned): in the window */
  GtkWindow      *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->studio = ui_make_studio ();
  fixture->set = dio_compare_set_new ();
  fixture->references = g_list_store_new (DIO_TYPE_REFERENCE);
  fixture->view = g_object_new (DIO_TYPE_COMPARE_VIEW, NULL);
  dio_compare_view_set_studio (fixture->view, fixture->studio, fixture->set, G_LIST_MODEL (fixture->references));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 900, 600);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (fixture->window);
  ui_settle ();
}

static gboolean
is_gone (gpointer data)
{
  return ((Fixture *) data)->view == NULL;
}

/* A job that is still being read holds the view until then. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (fixture->window);
  ui_wait_for (is_gone, fixture);
  ui_settle ();
  g_assert_finalize_object (fixture->set);
  g_assert_finalize_object (fixture->references);
  g_assert_finalize_object (fixture->studio);
}

/* Of a size of its own, so that no two are the same, and too large for a tile. */
static DioReference *
make_photo (const char *name,
            int         factor)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (480 * factor, 320 * factor, 3);
  g_autoptr(GBytes) bytes = NULL;
  DioReference *reference;

  memset (pixels->data, 60 * factor, (gsize) pixels->height * pixels->stride);
  bytes = dio_image_encode_png (pixels, NULL, NULL);
  reference = dio_reference_new (bytes, "image/png", pixels->width, pixels->height, name);
  dio_reference_set_name (reference, name);
  return reference;
}

static void
add_photo (Fixture    *fixture,
           const char *name)
{
  g_autoptr(DioReference) reference = make_photo (name, 1 + g_list_model_get_n_items (G_LIST_MODEL (fixture->references)));
  g_autoptr(DioCompareEntry) entry = dio_compare_entry_new_for_reference (reference);

  g_list_store_append (fixture->references, reference);
  g_assert_true (dio_compare_set_add (fixture->set, entry));
  ui_settle ();
}

static void
add_missing (Fixture    *fixture,
             const char *id)
{
  g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", 0, 64, 64);
  g_autoptr(DioResult) result = dio_result_new (id, "job", "/nowhere/at/all.png", 0, "local", "local/compose", "",
                                                picture);
  g_autoptr(DioCompareEntry) entry = dio_compare_entry_new_for_result (result);

  g_assert_true (dio_compare_set_add (fixture->set, entry));
  ui_settle ();
}

static DioCanvas *
get_canvas (Fixture *fixture,
            guint    nth)
{
  DioCompareTile *tile = DIO_COMPARE_TILE (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, nth));

  return tile != NULL ? dio_compare_tile_get_canvas (tile) : NULL;
}

static gboolean
has_both (gpointer data)
{
  return dio_canvas_get_pyramid (get_canvas (data, 0)) != NULL && dio_canvas_get_pyramid (get_canvas (data, 1)) != NULL;
}

static gboolean
has_failed (gpointer data)
{
  return dio_compare_tile_has_failed (DIO_COMPARE_TILE (ui_find (GTK_WIDGET (data), DIO_TYPE_COMPARE_TILE, 0)));
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL));
  ui_settle ();
}

static void
test_alone (gconstpointer data)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (g_type_from_name (data), NULL));

  g_assert_finalize_object (widget);
}

static gboolean
has_room (gpointer data)
{
  return has_both (data) && gtk_widget_get_width (GTK_WIDGET (get_canvas (data, 0))) > 0 &&
         gtk_widget_get_width (GTK_WIDGET (get_canvas (data, 1))) > 0;
}

static void
test_linked (Fixture       *fixture,
             gconstpointer  data)
{
  add_photo (fixture, "boat");
  add_photo (fixture, "car");
  ui_wait_for (has_room, fixture);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "compare.zoom", "d", 4.0));
  g_assert_cmpfloat (dio_canvas_get_zoom (get_canvas (fixture, 0)), ==, 4);
  g_assert_true (dio_canvas_is_zoomed (get_canvas (fixture, 1)));

  g_object_set (fixture->view, "linked", FALSE, NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "compare.zoom", "d", 8.0));
  g_assert_cmpfloat (dio_canvas_get_zoom (get_canvas (fixture, 0)), ==, 8);
  g_assert_cmpfloat (dio_canvas_get_zoom (get_canvas (fixture, 1)), <, 8);

  g_object_set (fixture->view, "by-pixel", TRUE, "linked", TRUE, NULL);
  g_assert_cmpfloat (dio_canvas_get_zoom (get_canvas (fixture, 1)), ==, 8);
}

static void
test_modes (Fixture       *fixture,
            gconstpointer  data)
{
  const char *modes[] = { "swipe", "blink", "onion-skin", "difference", "side-by-side" };

  add_photo (fixture, "boat");
  add_photo (fixture, "car");
  ui_wait_for (has_both, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *mode = NULL;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "compare.mode", "s", modes[i]));
      ui_settle ();
      g_object_get (fixture->view, "mode", &mode, NULL);
      g_assert_cmpstr (mode, ==, modes[i]);
      activate (fixture, "compare.step");
    }

  activate (fixture, "compare.clear");
  g_assert_null (get_canvas (fixture, 0));
}

static void
test_knock_out (Fixture       *fixture,
                gconstpointer  data)
{
  add_photo (fixture, "boat");
  add_photo (fixture, "car");
  add_photo (fixture, "tree");
  activate (fixture, "compare.knock-out");
  g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 2)));
  activate (fixture, "compare.keep-second");
  g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 0)));
  activate (fixture, "compare.keep-second");
  g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 1)));
  g_assert_true (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 2)));
  activate (fixture, "compare.undo-round");
  g_assert_true (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 1)));
  activate (fixture, "compare.end-rounds");
  g_assert_true (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TILE, 0)));
}

/* A picture that is gone is told of, and the others are compared all the same. */
static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  add_missing (fixture, "gone");
  add_photo (fixture, "boat");
  ui_wait_for (has_failed, fixture->view);
  ui_settle ();
  g_assert_nonnull (ui_find (GTK_WIDGET (fixture->view), DIO_TYPE_COMPARE_TABLE, 0));
}

static void
test_columns (void)
{
  g_assert_cmpuint (dio_compare_choose_columns (1, 1000, 300, 1), ==, 1);
  g_assert_cmpuint (dio_compare_choose_columns (3, 1026, 300, 1), ==, 3);
  g_assert_cmpuint (dio_compare_choose_columns (4, 900, 900, 1), ==, 2);
  g_assert_cmpuint (dio_compare_choose_columns (9, 900, 900, 1), ==, 3);
  g_assert_cmpuint (dio_compare_choose_columns (3, 300, 1200, 1.5), ==, 1);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  const GType alone[] = {
    DIO_TYPE_CANVAS, DIO_TYPE_COMPARE_GRID, DIO_TYPE_COMPARE_STAGE, DIO_TYPE_COMPARE_TABLE, DIO_TYPE_COMPARE_TILE,
    DIO_TYPE_COMPARE_VIEW, DIO_TYPE_CONTENT_SWITCH,
  };

  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();

  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    {
      g_autofree char *path = g_strconcat ("/compare/alone/", g_type_name (alone[i]), NULL);

      g_test_add_data_func (path, g_type_name (alone[i]), test_alone);
    }

  g_test_add_func ("/compare/columns", test_columns);
  add ("/compare/linked", test_linked);
  add ("/compare/modes", test_modes);
  add ("/compare/knock-out", test_knock_out);
  add ("/compare/missing", test_missing);

  return g_test_run ();
}
