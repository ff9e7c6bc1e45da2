/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to zoom and pan four large pictures that are compared, beside four
 * bare GtkPictures whose textures have the size that they are shown at.
 * usage: tests/ui/run-in-x bench-compare [--side PIXELS] [--frames N] */

#include "config.h"

#include "dio-canvas.h"
#include "dio-compare-tile.h"
#include "dio-compare-view.h"
#include "dio-image-encode.h"
#include "dio-memory.h"
#include "dio-texture.h"
#include "ui-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#define N_PICTURES 4

static int opt_side = 4096;
static int opt_frames = 60;

static const GOptionEntry options[] = {
  { "side", 0, 0, G_OPTION_ARG_INT, &opt_side, "Pixels of each side of the pictures (4096)", "N" },
  { "frames", 0, 0, G_OPTION_ARG_INT, &opt_frames, "Frames to measure (60)", "N" },
  { NULL }
};

typedef struct
{
  GtkWindow *window;
  GArray    *costs;      /* (element-type double): milliseconds, of the frames that count */
  gint64     began;
  gboolean   counts;     /* the next frame shows something new */
  guint      n_frames;
} Meter;

static void
before_paint_cb (GdkFrameClock *clock,
                 Meter         *meter)
{
  meter->began = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Meter         *meter)
{
  double cost = (g_get_monotonic_time () - meter->began) / 1000.0;

  meter->n_frames++;
  if (meter->counts)
    g_array_append_val (meter->costs, cost);
  meter->counts = FALSE;
}

static void
show (Meter     *meter,
      GtkWidget *child)
{
  GdkFrameClock *clock;

  meter->window = GTK_WINDOW (gtk_window_new ());
  meter->costs = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_window_set_default_size (meter->window, 1300, 720);
  gtk_window_set_child (meter->window, child);
  gtk_window_present (meter->window);
  ui_settle ();

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (meter->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), meter);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), meter);
}

/* Until a frame has been painted. */
static void
paint_frame (Meter *meter)
{
  guint n = meter->n_frames;

  meter->counts = TRUE;
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (GTK_WIDGET (meter->window)), GDK_FRAME_CLOCK_PHASE_PAINT);
  while (meter->n_frames == n)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
finish (Meter      *meter,
        const char *name)
{
  double median, high;

  g_array_sort (meter->costs, compare_costs);
  median = g_array_index (meter->costs, double, meter->costs->len / 2);
  high = g_array_index (meter->costs, double, meter->costs->len * 9 / 10);
  g_print ("%-34s median %6.2f ms  p90 %6.2f ms  (%u frames)\n", name, median, high, meter->costs->len);
  g_array_set_size (meter->costs, 0);

  return median;
}

static DioPixels *
make_pixels (int side,
             int seed)
{
  DioPixels *pixels = dio_pixels_new (side, side, 3);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint8 *pixel = dio_pixels_row (pixels, y) + x * 3;

        pixel[0] = x * 255 / side + seed;
        pixel[1] = y * 255 / side;
        pixel[2] = (x / 64 + y / 64) % 2 * 90 + (x * 7 + y * 13 + seed) % 11;
      }

  return pixels;
}

static char *
write_picture (const char *folder,
               int         number)
{
  g_autoptr(DioPixels) pixels = make_pixels (opt_side, number * 20);
  g_autoptr(GBytes) bytes = dio_image_encode_png (pixels, NULL, NULL);
  g_autofree char *name = g_strdup_printf ("%d.png", number);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  return path;
}

static gsize
read_memory (void)
{
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  at = strstr (text, "VmRSS:");
  return g_ascii_strtoull (at + strlen ("VmRSS:"), NULL, 10) / 1024;
}

static DioCanvas *
get_canvas (DioCompareView *view,
            guint           nth)
{
  return dio_compare_tile_get_canvas (DIO_COMPARE_TILE (ui_find (GTK_WIDGET (view), DIO_TYPE_COMPARE_TILE, nth)));
}

static gboolean
has_all (gpointer data)
{
  for (guint i = 0; i < N_PICTURES; i++)
    if (dio_canvas_get_pyramid (get_canvas (data, i)) == NULL)
      return FALSE;

  return TRUE;
}

static void
painted_cb (DioCanvas *canvas,
            guint     *n_painted)
{
  *n_painted += 1;
}

/* What a wheel or a drag does, and then a frame with all four of the new views. */
static void
move (DioCompareView *view,
      Meter          *meter,
      guint          *n_painted,
      int             frame,
      gboolean        zooms)
{
  DioCanvas *canvas = get_canvas (view, 0);

  *n_painted = 0;
  if (zooms)
    dio_canvas_zoom_by (canvas, frame % 20 < 10 ? 1.15 : 1 / 1.15);
  else
    dio_canvas_pan (canvas, frame % 20 < 10 ? 0.03 : -0.03, frame % 20 < 10 ? 0.02 : -0.02);
  g_signal_emit_by_name (canvas, "moved", FALSE);
  while (*n_painted < N_PICTURES)
    g_main_context_iteration (NULL, TRUE);
  paint_frame (meter);
}

/* Two textures in turn, since what has not changed is not painted. */
static double
measure_bare (int         side,
              int         shown,
              const char *name)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *pictures[N_PICTURES];
  g_autoptr(DioPixels) first = make_pixels (side, 0);
  g_autoptr(DioPixels) second = make_pixels (side, 40);
  GdkTexture *textures[2] = { dio_texture_new (first), dio_texture_new (second) };
  Meter meter = { 0 };
  double median;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      pictures[i] = gtk_picture_new_for_paintable (GDK_PAINTABLE (textures[0]));
      gtk_picture_set_can_shrink (GTK_PICTURE (pictures[i]), TRUE);
      gtk_widget_set_size_request (pictures[i], shown, shown);
      gtk_widget_set_halign (pictures[i], GTK_ALIGN_CENTER);
      gtk_grid_attach (GTK_GRID (grid), pictures[i], i, 0, 1, 1);
    }

  gtk_widget_set_valign (grid, GTK_ALIGN_START);
  show (&meter, grid);
  for (int frame = 0; frame < opt_frames; frame++)
    {
      for (guint i = 0; i < N_PICTURES; i++)
        gtk_picture_set_paintable (GTK_PICTURE (pictures[i]), GDK_PAINTABLE (textures[(frame + 1) % 2]));
      paint_frame (&meter);
    }

  median = finish (&meter, name);
  g_array_unref (meter.costs);
  gtk_window_destroy (meter.window);
  g_object_unref (textures[0]);
  g_object_unref (textures[1]);
  ui_settle ();
  return median;
}

static DioCompareView *
make_view (DioStudio     *studio,
           DioCompareSet *set)
{
  DioCompareView *view = g_object_new (DIO_TYPE_COMPARE_VIEW, NULL);
  g_autoptr(GListStore) references = g_list_store_new (DIO_TYPE_REFERENCE);

  dio_compare_view_set_studio (view, studio, set, G_LIST_MODEL (references));
  return view;
}

static void
add_pictures (DioCompareSet *set,
              const char    *folder)
{
  for (int i = 0; i < N_PICTURES; i++)
    {
      g_autofree char *path = write_picture (folder, i);
      g_autofree char *id = g_strdup_printf ("%d", i);
      g_autoptr(DioPicture) picture = dio_picture_new (NULL, "png", 0, opt_side, opt_side);
      g_autoptr(DioResult) result = dio_result_new (id, "job", path, 0, "local", "model", "", picture);
      g_autoptr(DioCompareEntry) entry = dio_compare_entry_new_for_result (result);

      dio_compare_set_add (set, entry);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *folder = g_dir_make_tmp ("bench-compare-XXXXXX", NULL);
  g_autoptr(DioStudio) studio = NULL;
  g_autoptr(DioCompareSet) set = dio_compare_set_new ();
  DioCompareView *view;
  Meter meter = { 0 };
  guint n_painted = 0;
  gsize idle, grown;
  double bare, zoom, pan;
  int shown;

  dio_memory_set_up ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;

  g_test_init (&argc, &argv, NULL);
  ui_fixture_init ();
  studio = ui_make_studio ();
  view = make_view (studio, set);
  show (&meter, GTK_WIDGET (view));
  g_print ("renderer %s, four pictures of %d x %d\n", g_getenv ("GSK_RENDERER"), opt_side, opt_side);
  idle = read_memory ();

  add_pictures (set, folder);
  ui_wait_for (has_all, view);
  ui_settle ();
  for (guint i = 0; i < N_PICTURES; i++)
    g_signal_connect (get_canvas (view, i), "painted", G_CALLBACK (painted_cb), &n_painted);

  for (int frame = 0; frame < opt_frames; frame++)
    move (view, &meter, &n_painted, frame, TRUE);
  zoom = finish (&meter, "compared, zooming");
  dio_canvas_zoom_to (get_canvas (view, 0), 1);
  for (int frame = 0; frame < opt_frames; frame++)
    move (view, &meter, &n_painted, frame, FALSE);
  pan = finish (&meter, "compared, panning");
  grown = read_memory () - idle;
  shown = dio_canvas_get_view (get_canvas (view, 0))->area_width;
  g_print ("each is shown on %d x %d pixels of the screen\n", shown, dio_canvas_get_view (get_canvas (view, 0))->area_height);
  shown = sqrt ((double) shown * dio_canvas_get_view (get_canvas (view, 0))->area_height) + 0.5;

  g_array_unref (meter.costs);
  gtk_window_destroy (meter.window);
  ui_settle ();
  bare = measure_bare (shown, shown, "bare GtkPictures of that area");
  measure_bare (opt_side, shown, "bare GtkPictures of full size");

  g_print ("zooming %.2f x, panning %.2f x the bare pictures\n", zoom / bare, pan / bare);
  g_print ("memory grew by %" G_GSIZE_FORMAT " MB over the idle window; the pictures’ pixels are %.0f MB\n", grown,
           4.0 * opt_side * opt_side * 4 / (1024 * 1024));
  return 0;
}
