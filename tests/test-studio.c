/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole way through the house without a window: files in, a result in the
 * library out, on a real database. */

#include "config.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-studio.h"
#include "library-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *folder;
  DioStudio *studio;
} Fixture;

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static DioStudio *
open_studio (const char *folder)
{
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  DioStudio *studio = dio_studio_new (data, cache, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  dio_studio_open_async (studio, NULL, store_result_cb, &result);
  dio_studio_open_finish (studio, wait_for (&result), &error);
  g_assert_no_error (error);

  return studio;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("diorama-studio-XXXXXX", NULL);
  fixture->studio = open_studio (fixture->folder);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_remove (path);
}

static void
close_studio (DioStudio *studio)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (studio);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_studio (fixture->studio);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* A red disc on light grey, or the grey alone. */
static GBytes *
draw (int      size,
      gboolean disc)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (size, size, 3);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  for (int y = 0; y < size; y++)
    {
      for (int x = 0; x < size; x++)
        {
          int dx = x - size / 2, dy = y - size / 2;
          gboolean in = disc && dx * dx + dy * dy < size * size / 9;
          guint8 *p = dio_pixels_row (pixels, y) + 3 * x;

          p[0] = in ? 200 : 210;
          p[1] = in ? 40 : 210 - y * 20 / size;
          p[2] = in ? 30 : 205;
        }
    }

  bytes = dio_image_encode_png (pixels, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            GBytes     *bytes)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);

  return path;
}

static DioReference *
import (Fixture     *fixture,
        const char  *path,
        GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_import_file_async (fixture->studio, file, NULL, store_result_cb, &result);

  return dio_studio_import_finish (fixture->studio, wait_for (&result), error);
}

static DioComposition *
compose_disc (Fixture *fixture)
{
  DioComposition *composition = dio_composition_new ();
  DioModelInfo *model = dio_studio_find_model (fixture->studio, "local");
  g_autoptr(GBytes) disc = draw (200, TRUE);
  g_autoptr(GBytes) plain = draw (200, FALSE);
  g_autofree char *subject = write_file (fixture, "Disc.png", disc);
  g_autofree char *scene = write_file (fixture, "plain.png", plain);
  g_autoptr(DioReference) first = NULL;
  g_autoptr(DioReference) second = NULL;
  g_autoptr(GError) error = NULL;

  first = import (fixture, subject, &error);
  g_assert_no_error (error);
  second = import (fixture, scene, &error);
  g_assert_no_error (error);
  dio_reference_set_role (second, DIO_ROLE_SCENE);
  dio_composition_add_reference (composition, first, 0);
  dio_composition_add_reference (composition, second, 1);
  dio_composition_set_model (composition, model);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@disc on the left, shiny");
  dio_values_set_text (dio_composition_get_values (composition, model), "width", "256", NULL);
  dio_values_set_text (dio_composition_get_values (composition, model), "height", "256", NULL);

  return composition;
}

static DioJob *
generate (Fixture        *fixture,
          DioComposition *composition)
{
  g_autoptr(GError) error = NULL;
  DioJob *job = dio_studio_generate (fixture->studio, composition, NULL, FALSE, &error);

  g_assert_no_error (error);
  while (!dio_job_state_is_over (dio_job_get_state (job)))
    g_main_context_iteration (NULL, TRUE);

  return job;
}

static void
test_studio_generate (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioComposition) composition = compose_disc (fixture);
  DioValues *values = dio_composition_get_values (composition, dio_composition_get_model (composition));
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResultList) list = NULL;
  g_autofree char *path = NULL;
  GListModel *results;
  DioJob *job;

  dio_values_set_text (values, "count", "2", NULL);
  dio_values_set_text (values, "seed", "4294967295", NULL);
  job = generate (fixture, composition);
  g_assert_no_error (dio_job_get_error (job));
  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_DONE);
  results = dio_job_get_results (job);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);

  result = g_list_model_get_item (results, 1);
  g_assert_cmpint (dio_result_get_width (result), ==, 256);
  g_assert_cmpint (dio_result_get_seed (result), ==, 0);
  g_assert_true (g_strv_contains (dio_result_get_unused (result), "shiny"));
  g_assert_true (g_file_test (dio_result_get_path (result), G_FILE_TEST_IS_REGULAR));
  path = g_strdup (dio_result_get_path (result));
  g_clear_object (&result);

  /* It is all there after a restart. */
  g_clear_object (&composition);
  close_studio (fixture->studio);
  fixture->studio = open_studio (fixture->folder);
  list = library_test_list (dio_studio_get_library (fixture->studio));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  result = library_test_read (list, 0);
  g_assert_cmpstr (dio_result_get_path (result), ==, path);
  g_assert_cmpstr (dio_result_get_prompt (result), ==, "@disc on the left, shiny");
}

static void
test_studio_cancel (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DioComposition) composition = compose_disc (fixture);
  DioValues *values = dio_composition_get_values (composition, dio_composition_get_model (composition));
  DioJob *job;

  dio_values_set_text (values, "width", "4096", NULL);
  dio_values_set_text (values, "height", "4096", NULL);
  job = dio_studio_generate (fixture->studio, composition, NULL, FALSE, NULL);
  while (dio_job_get_state (job) != DIO_JOB_MAKING)
    g_main_context_iteration (NULL, TRUE);
  dio_job_cancel (job);
  while (!dio_job_state_is_over (dio_job_get_state (job)))
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_CANCELLED);
  g_assert_null (dio_job_get_error (job));
}

static void
test_studio_bad_files (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GBytes) disc = draw (200, TRUE);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) text = g_bytes_new_static ("Dear reader,", 12);
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (disc, 0, g_bytes_get_size (disc) / 2);
  const struct { const char *name; GBytes *bytes; DioError code; } cases[] = {
    { "missing.png", NULL, DIO_ERROR_NOT_FOUND },
    { "data", NULL, DIO_ERROR_INVALID },
    { "empty.png", empty, DIO_ERROR_INVALID },
    { "text.jpg", text, DIO_ERROR_INVALID },
    { "half.png", half, DIO_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = cases[i].bytes != NULL
                              ? write_file (fixture, cases[i].name, cases[i].bytes)
                              : g_build_filename (fixture->folder, cases[i].name, NULL);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_null (import (fixture, path, &error));
      g_assert_error (error, DIO_ERROR, (int) cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, cases[i].name));
    }
}

/* The photo's file may go as soon as the reference is there. */
static void
test_studio_own_copy (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioComposition) composition = compose_disc (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "Disc.png", NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (dio_job_get_state (generate (fixture, composition)), ==, DIO_JOB_DONE);
}

static gboolean
load_folder (Fixture         *fixture,
             const char      *description,
             DioComposition  *composition,
             GError         **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, "composition.json", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (path, description, -1, NULL));
  dio_studio_load_folder_async (fixture->studio, folder, composition, NULL, store_result_cb, &result);

  return dio_studio_load_folder_finish (fixture->studio, wait_for (&result), error);
}

/* Names from old disks are not always UTF-8; a request that holds one as it is
 * cannot be read again. */
static void
test_studio_file_names (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char *const names[] = { "caf\xe9.png", "\xc1\x81", "caf\xe9" };
  g_autoptr(DioComposition) composition = dio_composition_new ();
  DioModelInfo *model = dio_studio_find_model (fixture->studio, "local");
  g_autoptr(GBytes) disc = draw (64, TRUE);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(DioRequest) again = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) parsed = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = write_file (fixture, names[i], disc);
      g_autoptr(DioReference) reference = import (fixture, path, &error);

      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (dio_reference_get_file_name (reference), -1, NULL));
      dio_composition_add_reference (composition, reference, G_MAXUINT);
      g_assert_true (g_utf8_validate (dio_reference_get_name (reference), -1, NULL));
      g_assert_true (dio_reference_is_name (dio_reference_get_name (reference)));
    }

  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);
  node = dio_request_to_json (request);
  text = json_to_string (node, FALSE);
  parsed = json_from_string (text, &error);
  g_assert_no_error (error);
  again = dio_request_new_from_json (parsed, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_studio_folder (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const bad[] = {
    "", "{", "[]", "{}", "{\"references\":{}}",
    "{\"references\":[{\"file\":\"../secret.png\"}]}",
    "{\"references\":[{\"file\":\"a.png\"},{\"file\":\"missing.png\"}]}",
    "{\"references\":[7]}",
  };
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(GBytes) disc = draw (64, TRUE);
  g_autofree char *prompt = NULL;
  g_autofree char *huge = NULL;
  g_autoptr(GError) error = NULL;
  DioReference *reference;

  g_free (write_file (fixture, "a.png", disc));
  g_assert_true (load_folder (fixture,
                              "{\"title\":\"T\",\"prompt\":\"@disc left\",\"model\":\"local\","
                              "\"references\":[{\"file\":\"a.png\",\"name\":\"disc\",\"role\":\"style\"}],"
                              "\"values\":{\"width\":512,\"height\":9}}",
                              composition, &error));
  g_assert_no_error (error);
  reference = dio_composition_find_reference (composition, "disc");
  g_assert_cmpint (dio_reference_get_role (reference), ==, DIO_ROLE_STYLE);
  g_assert_cmpstr (dio_composition_get_title (composition), ==, "T");
  g_assert_cmpint (dio_values_get_integer (dio_composition_get_values (composition, dio_composition_get_model (composition)), "width"), ==, 512);

  /* What cannot be read leaves the composition as it is. */
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_clear_error (&error);
      g_assert_false (load_folder (fixture, bad[i], composition, &error));
      g_assert_nonnull (error);
      g_assert_true (dio_composition_find_reference (composition, "disc") == reference);
    }

  /* Nor is what has no end ever read to it. */
  huge = g_strnfill (DIO_COMPOSITION_MAX_BYTES + 1, ' ');
  huge[0] = '{';
  huge[DIO_COMPOSITION_MAX_BYTES] = '}';
  g_clear_error (&error);
  g_assert_false (load_folder (fixture, huge, composition, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);

  prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  g_assert_cmpstr (prompt, ==, "@disc left");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/studio/generate", test_studio_generate);
  ADD ("/studio/cancel", test_studio_cancel);
  ADD ("/studio/bad-files", test_studio_bad_files);
  ADD ("/studio/own-copy", test_studio_own_copy);
  ADD ("/studio/file-names", test_studio_file_names);
  ADD ("/studio/folder", test_studio_folder);

  return g_test_run ();
}
