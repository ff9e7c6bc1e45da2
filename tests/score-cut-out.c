/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tool, not a test: how good cut-outs are where the truth is known. Given
 * folders with X.jpg and X_gt.png, it prints for each pair the mean absolute
 * error of alpha and the intersection over union, and the flag and the time for
 * every picture. With --save the cut-outs are written into a folder. */

#include "config.h"

#include <stdlib.h>

#include "dio-cut-out.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"

typedef struct
{
  double error;
  double overlap;
  double seconds;
  int    n;
} Score;

static int n_threads;
static int n_repeats = 1;
static char *save_folder;

static const GOptionEntry options[] = {
  { "threads", 't', 0, G_OPTION_ARG_INT, &n_threads, "Size of the team", "N" },
  { "repeat", 'r', 0, G_OPTION_ARG_INT, &n_repeats, "Take the best time of several", "N" },
  { "save", 's', 0, G_OPTION_ARG_FILENAME, &save_folder, "Write the cut-outs into a folder", "FOLDER" },
  { NULL }
};

static DioPixels *
read_picture (const char  *path,
              GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = dio_image_read_file (file, NULL, error);

  return bytes != NULL ? dio_image_decode (bytes, 0, NULL, NULL, error) : NULL;
}

static void
compare (const DioPixels *found,
         const DioPixels *truth,
         double          *error,
         double          *overlap)
{
  double sum = 0.0;
  gsize both = 0, either = 0;

  for (int y = 0; y < found->height; y++)
    {
      const guint8 *a = dio_pixels_row (found, y) + 3;
      const guint8 *b = dio_pixels_row (truth, y);

      for (int x = 0; x < found->width; x++, a += 4, b += truth->channels)
        {
          sum += abs (*a - *b) / 255.0;
          both += *a > 127 && *b > 127;
          either += *a > 127 || *b > 127;
        }
    }

  *error = sum / ((double) found->width * found->height);
  *overlap = either > 0 ? both / (double) either : 1.0;
}

static DioCutOut *
cut_out (DioPixels *picture,
         double    *seconds)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
  DioCutOut *best = NULL;

  *seconds = G_MAXDOUBLE;
  for (int i = 0; i < n_repeats; i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_clear_pointer (&best, dio_cut_out_unref);
      best = dio_cut_out_new (picture, workers, NULL);
      *seconds = MIN (*seconds, (g_get_monotonic_time () - start) / 1e6);
    }

  return best;
}

static void
save (const DioCutOut *cut_out_,
      const char      *name)
{
  g_autofree char *file_name = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (save_folder, file_name, NULL);
  g_autoptr(GBytes) bytes = dio_image_encode_png (cut_out_->rgba, NULL, NULL);

  if (bytes == NULL || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
    g_printerr ("%s could not be written\n", path);
}

static void
score_picture (const char *folder,
               const char *name,
               Score      *score)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.jpg", folder, name);
  g_autofree char *truth_path = g_strdup_printf ("%s/%s_gt.png", folder, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPixels) picture = read_picture (path, &error);
  g_autoptr(DioPixels) truth = NULL;
  g_autoptr(DioCutOut) found = NULL;
  double seconds;

  if (picture == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return;
    }

  found = cut_out (picture, &seconds);
  if (save_folder != NULL)
    save (found, name);
  truth = read_picture (truth_path, NULL);

  g_print ("%-12s", name);
  if (truth != NULL && truth->width == picture->width && truth->height == picture->height)
    {
      double mean_error, overlap;

      compare (found->rgba, truth, &mean_error, &overlap);
      score->error += mean_error;
      score->overlap += overlap;
      score->seconds += seconds;
      score->n++;
      g_print (" %.4f / %.4f", mean_error, overlap);
    }
  else
    {
      g_print ("      -          ");
    }
  g_print ("  %6.3f s  %s\n", seconds, dio_cut_out_flag_get_nick (found->flag));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
score_folder (const char *folder,
              Score      *score)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  if (dir == NULL)
    {
      g_printerr ("%s\n", error->message);
      return;
    }

  while ((entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (entry, ".jpg"))
      g_ptr_array_add (names, g_strndup (entry, strlen (entry) - strlen (".jpg")));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    score_picture (folder, g_ptr_array_index (names, i), score);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("FOLDER…");
  g_autoptr(GError) error = NULL;
  Score score = { 0 };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2 || n_repeats < 1 || n_threads < 0)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Usage: score-cut-out FOLDER…");
      return EXIT_FAILURE;
    }

  for (int i = 1; i < argc; i++)
    score_folder (argv[i], &score);
  if (score.n > 0)
    g_print ("%-12s %.4f / %.4f  %6.3f s\n", "mean", score.error / score.n, score.overlap / score.n, score.seconds / score.n);

  return EXIT_SUCCESS;
}
