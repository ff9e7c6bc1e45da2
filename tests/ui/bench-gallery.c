/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself with a look at its frames and its main loop: when the
 * gallery was painted first, what each turn of the loop takes while it is
 * scrolled, and how much memory that needs. bench-gallery.py runs it. */

#include "config.h"

#include "dio-application.h"
#include "dio-memory.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

/* One part of the way by small steps, as a wheel does, and the rest in so many
 * leaps, as a hand at the scroll bar does. */
#define N_STEPS 300
#define STEP 90.0
#define N_LEAPS 400

#define SETTLE_MS 3000

typedef struct
{
  gint64          begun;     /* when the process was begun, by the monotonic clock */
  gboolean        scrolls;
  gboolean        is_empty;  /* there is nothing to wait for in the grid */
  GtkWidget      *window;    /* (unowned) */
  GtkWidget      *grid;      /* (unowned) */
  GtkAdjustment  *adjustment;

  double          frame;     /* ms until the gallery was painted first */
  double          frame_cpu; /* and of them this thread’s own */
  double          pictures;  /* ms until all that was seen of it was */
  gsize           n_idle;    /* bytes, before it is scrolled */

  gint64          turn;      /* when this turn of the loop began */
  gint64          paint;     /* when this frame is being painted since */
  gint64          painted;   /* how much of this turn was painting */
  gboolean        is_measuring;
  GArray         *turns;     /* double, ms outside painting */

  gint64          turn_cpu;  /* the same three of the processor's time, which others */
  gint64          paint_cpu; /* who use the machine have no part in */
  gint64          painted_cpu;
  GArray         *turns_cpu;

  guint           n_moves;
  gint64          moved;     /* when it was moved first */
  double          way;       /* ms from there to the end */
} Bench;

static Bench bench;

static double
get_ms (gint64 since)
{
  return (g_get_monotonic_time () - since) / 1000.0;
}

/* Of this thread, in microseconds. */
static gint64
get_cpu (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gsize
read_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;

  return line != NULL ? g_ascii_strtoull (line + 6, NULL, 10) * 1024 : 0;
}

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  int result;

  if (bench.is_measuring && bench.turn > 0)
    {
      double ms = (g_get_monotonic_time () - bench.turn - bench.painted) / 1000.0;
      double cpu_ms = (get_cpu () - bench.turn_cpu - bench.painted_cpu) / 1000.0;

      g_array_append_val (bench.turns, ms);
      g_array_append_val (bench.turns_cpu, cpu_ms);
    }

  result = g_poll (fds, n, timeout);
  bench.turn = g_get_monotonic_time ();
  bench.turn_cpu = get_cpu ();
  bench.painted = 0;
  bench.painted_cpu = 0;

  return result;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_seen (GtkWidget *cell)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (cell) && gtk_widget_compute_bounds (cell, bench.grid, &bounds) &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (bench.grid);
}

/* How many cells are seen, in how many of them there is a place for a picture, and
 * in how many the picture itself. */
static void
count (guint *n_seen,
       guint *n_filled,
       guint *n_there)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (bench.grid); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *picture;

      if (!is_seen (cell))
        continue;

      picture = find (cell, GTK_TYPE_PICTURE);
      (*n_seen)++;
      *n_filled += picture != NULL;
      *n_there += picture != NULL && gtk_picture_get_paintable (GTK_PICTURE (picture)) != NULL;
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_share (GArray *turns,
           double  share)
{
  guint n = turns->len;

  return n > 0 ? g_array_index (turns, double, MIN ((guint) (share * n), n - 1)) : NAN;
}

static guint
count_over (double ms)
{
  guint n = 0;

  for (guint i = 0; i < bench.turns->len; i++)
    n += g_array_index (bench.turns, double, i) > ms;

  return n;
}

static gboolean
end_cb (gpointer user_data)
{
  bench.is_measuring = FALSE;
  g_array_sort (bench.turns, compare);
  g_array_sort (bench.turns_cpu, compare);
  printf ("{ \"frame\": %.1f, \"framecpu\": %.1f, \"pictures\": %.1f, \"idle\": %" G_GSIZE_FORMAT ", \"after\": %" G_GSIZE_FORMAT,
          bench.frame, bench.frame_cpu, bench.pictures, bench.n_idle, read_memory ());
  if (bench.scrolls)
    printf (", \"turns\": %u, \"p50\": %.2f, \"p90\": %.2f, \"p99\": %.2f, \"p999\": %.2f, \"max\": %.2f, \"over16\": %u",
            bench.turns->len, get_share (bench.turns, 0.5), get_share (bench.turns, 0.9),
            get_share (bench.turns, 0.99), get_share (bench.turns, 0.999), get_share (bench.turns, 1), count_over (16));
  if (bench.scrolls)
    printf (", \"cpu99\": %.2f, \"cpu999\": %.2f, \"cpumax\": %.2f, \"way\": %.0f",
            get_share (bench.turns_cpu, 0.99), get_share (bench.turns_cpu, 0.999), get_share (bench.turns_cpu, 1),
            bench.way);
  printf (" }\n");
  fflush (stdout);
  gtk_window_close (GTK_WINDOW (bench.window));

  return G_SOURCE_REMOVE;
}

static gboolean
move_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  double end = gtk_adjustment_get_upper (bench.adjustment) - gtk_adjustment_get_page_size (bench.adjustment);
  double value = gtk_adjustment_get_value (bench.adjustment);
  guint n = ++bench.n_moves;

  if (n == 1)
    bench.moved = g_get_monotonic_time ();
  if (n > N_STEPS + N_LEAPS)
    {
      bench.way = get_ms (bench.moved);
      g_timeout_add (SETTLE_MS, end_cb, NULL);
      return G_SOURCE_REMOVE;
    }

  value = n <= N_STEPS ? value + STEP : value + (end - value) / (N_STEPS + N_LEAPS + 1 - n);
  gtk_adjustment_set_value (bench.adjustment, MIN (value, end));

  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer user_data)
{
  bench.n_idle = read_memory ();
  if (!bench.scrolls)
    return end_cb (NULL);

  bench.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench.grid));
  bench.is_measuring = TRUE;
  gtk_widget_add_tick_callback (bench.grid, move_cb, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* The paint phase is what comes after all that a frame does before it: neither what
 * ticks nor the layout is a part of it. */
static void
prepared_cb (GdkFrameClock *clock)
{
  bench.paint = g_get_monotonic_time ();
  bench.paint_cpu = get_cpu ();
}

static void
note_frame (void)
{
  if (bench.frame > 0)
    return;

  bench.frame = get_ms (bench.begun);
  bench.frame_cpu = get_cpu () / 1000.0;
}

static gboolean
look_at_grid (void)
{
  guint n_seen = 0;
  guint n_filled = 0;
  guint n_there = 0;

  bench.grid = find (bench.window, GTK_TYPE_GRID_VIEW);
  if (bench.grid == NULL)
    return FALSE;

  count (&n_seen, &n_filled, &n_there);
  if (n_seen > 0 && n_filled == n_seen)
    note_frame ();

  return n_seen > 0 && n_there == n_seen;
}

static void
painted_cb (GdkFrameClock *clock)
{
  gboolean is_complete;

  bench.painted += g_get_monotonic_time () - bench.paint;
  bench.painted_cpu += get_cpu () - bench.paint_cpu;
  if (bench.pictures > 0)
    return;

  is_complete = bench.is_empty ? find (bench.window, ADW_TYPE_STATUS_PAGE) != NULL : look_at_grid ();
  if (!is_complete)
    return;

  bench.pictures = get_ms (bench.begun);
  note_frame ();
  g_timeout_add (SETTLE_MS, begin_cb, NULL);
}

/* By now the parts of the window look at the clock as well: what they do in the
 * layout comes before what is connected here. */
static void
mapped_cb (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (prepared_cb), NULL);
  g_signal_connect_after (clock, "update", G_CALLBACK (prepared_cb), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (prepared_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  if (bench.window != NULL)
    return;

  bench.window = GTK_WIDGET (window);
  g_signal_connect_after (window, "map", G_CALLBACK (mapped_cb), NULL);
}

/* usage: bench-gallery start|scroll BEGUN [empty], BEGUN in microseconds by the
 * monotonic clock; the library is where the program's own always is. */
int
main (int   argc,
      char *argv[])
{
  g_autoptr(DioApplication) application = NULL;
  int status;

  if (argc < 3)
    {
      g_printerr ("usage: bench-gallery start|scroll BEGUN [empty]\n");
      return 2;
    }

  bench.scrolls = g_str_equal (argv[1], "scroll");
  bench.begun = g_ascii_strtoll (argv[2], NULL, 10);
  bench.is_empty = argc > 3;
  bench.turns = g_array_new (FALSE, FALSE, sizeof (double));
  bench.turns_cpu = g_array_new (FALSE, FALSE, sizeof (double));
  dio_memory_set_up ();
  g_main_context_set_poll_func (NULL, poll_cb);

  application = dio_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  status = g_application_run (G_APPLICATION (application), 1, argv);
  g_array_unref (bench.turns);
  g_array_unref (bench.turns_cpu);

  return status;
}
