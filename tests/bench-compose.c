/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes pictures from files and tells the time of each step and the peak of
 * memory; with --out, for looking at. */

#include "config.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "dio-compositor.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"

#define MAX_INPUTS 16
#define MAX_RUNS   20

static int size = 2048;
static int width;
static int height;
static int n_runs = 1;
static int n_threads;
static int seed = 1;
static gboolean keep;
static double match = 0.8;
static double jitter;
static double texture = 0.8;
static double palette = 0.9;
static char *prompt;
static char *out;
static char *folder;
static char **subjects;
static char **scenes;
static char **styles;

static const GOptionEntry options[] = {
  { "size", 0, 0, G_OPTION_ARG_INT, &size, "Of a square picture", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Of the picture", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Of the picture", "N" },
  { "subject", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &subjects, "A subject", "FILE" },
  { "scene", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &scenes, "A scene", "FILE" },
  { "style", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &styles, "A style", "FILE" },
  { "prompt", 0, 0, G_OPTION_ARG_STRING, &prompt, "Subjects are named by their file", "TEXT" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "How many times", "N" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "0 for one per processor", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the first run, one more each", "N" },
  { "match", 0, 0, G_OPTION_ARG_DOUBLE, &match, "0 to 1", "X" },
  { "jitter", 0, 0, G_OPTION_ARG_DOUBLE, &jitter, "0 to 1", "X" },
  { "texture", 0, 0, G_OPTION_ARG_DOUBLE, &texture, "0 to 1", "X" },
  { "palette", 0, 0, G_OPTION_ARG_DOUBLE, &palette, "0 to 1", "X" },
  { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, "One engine for all runs", NULL },
  { "cache", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where cut-outs are kept", "FOLDER" },
  { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Write the last picture here", "FILE" },
  { NULL }
};

static char *
make_name (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL)
    *dot = '\0';

  return name;
}

static guint
add_inputs (DioCompositorInput *inputs,
            guint               n,
            char              **paths,
            DioRole             role)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL && n < MAX_INPUTS; i++, n++)
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (paths[i]);
      g_autoptr(GError) error = NULL;
      GBytes *bytes = dio_image_read_file (file, NULL, &error);

      if (bytes == NULL)
        g_error ("%s: %s", paths[i], error->message);
      inputs[n].role = role;
      inputs[n].name = make_name (paths[i]);
      inputs[n].hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      inputs[n].bytes = bytes;
    }

  return n;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
get_median (double *values,
            int     n)
{
  qsort (values, n, sizeof (double), compare_doubles);

  return values[n / 2];
}

static void
tell (const DioRendering *rendering)
{
  g_autofree char *used = g_strjoinv (" | ", rendering->used);
  g_autofree char *unused = g_strjoinv (" | ", rendering->unused);

  g_print ("used: %s\nnot used: %s\n", used, unused);
  for (guint i = 0; i < rendering->notes->len; i++)
    {
      const DioCompositorNote *note = &g_array_index (rendering->notes, DioCompositorNote, i);

      g_print ("note: %d of %s\n", note->kind, note->name);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = {
    "decode", "cut out", "layout", "shadows", "place", "palette", "texture", "look",
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("- compose from files");
  g_autoptr(GError) error = NULL;
  g_autoptr(DioCutOutCache) cache = NULL;
  g_autoptr(DioCompositor) compositor = NULL;
  DioCompositorInput inputs[MAX_INPUTS] = { 0 };
  DioCompositorRequest request = { .inputs = inputs, .shadow = 0.8, .grain = 0.8 };
  double steps[DIO_COMPOSITOR_N_STEPS + 2][MAX_RUNS];
  struct rusage usage;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  n_runs = CLAMP (n_runs, 1, MAX_RUNS);
  request.n_inputs = add_inputs (inputs, request.n_inputs, subjects, DIO_ROLE_SUBJECT);
  request.n_inputs = add_inputs (inputs, request.n_inputs, scenes, DIO_ROLE_SCENE);
  request.n_inputs = add_inputs (inputs, request.n_inputs, styles, DIO_ROLE_STYLE);
  request.prompt = prompt;
  request.width = width > 0 ? width : size;
  request.height = height > 0 ? height : size;
  request.match = match;
  request.palette = palette;
  request.texture = texture;
  request.jitter = jitter;
  request.n_threads = n_threads;
  if (folder != NULL)
    cache = dio_cut_out_cache_new (folder);

  for (int run = 0; run < n_runs; run++)
    {
      g_autoptr(DioRendering) rendering = NULL;
      g_autoptr(GBytes) bytes = NULL;
      gint64 start = g_get_monotonic_time ();
      gint64 composed;

      if (!keep)
        g_clear_object (&compositor);
      if (compositor == NULL)
        compositor = dio_compositor_new (cache);
      rendering = dio_compositor_compose (compositor, &request, seed + run, NULL, NULL, NULL, &error);
      if (rendering == NULL)
        g_error ("%s", error->message);
      composed = g_get_monotonic_time ();
      bytes = dio_image_encode_png (rendering->pixels, NULL, &error);
      if (bytes == NULL)
        g_error ("%s", error->message);

      for (int i = 0; i < DIO_COMPOSITOR_N_STEPS; i++)
        steps[i][run] = rendering->seconds[i];
      steps[DIO_COMPOSITOR_N_STEPS][run] = (g_get_monotonic_time () - composed) / 1e6;
      steps[DIO_COMPOSITOR_N_STEPS + 1][run] = (g_get_monotonic_time () - start) / 1e6;
      if (run == n_runs - 1)
        {
          tell (rendering);
          if (out != NULL && !g_file_set_contents (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
            g_error ("%s", error->message);
        }
    }

  for (int i = 0; i < DIO_COMPOSITOR_N_STEPS; i++)
    g_print ("%-8s %6.2f s\n", names[i], get_median (steps[i], n_runs));
  g_print ("%-8s %6.2f s\n", "save", get_median (steps[DIO_COMPOSITOR_N_STEPS], n_runs));
  g_print ("%-8s %6.2f s (median of %d)\n", "total", get_median (steps[DIO_COMPOSITOR_N_STEPS + 1], n_runs), n_runs);

  getrusage (RUSAGE_SELF, &usage);
  g_print ("user     %6.2f s for all\npeak     %6ld MB\n",
           usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6, usage.ru_maxrss / 1024);

  for (guint i = 0; i < request.n_inputs; i++)
    {
      g_free ((char *) inputs[i].name);
      g_free ((char *) inputs[i].hash);
      g_bytes_unref (inputs[i].bytes);
    }
  g_strfreev (subjects);
  g_strfreev (scenes);
  g_strfreev (styles);
  g_free (prompt);
  g_free (out);
  g_free (folder);

  return 0;
}
