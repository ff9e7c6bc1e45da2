/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition saved and opened is the same, here and on another computer. */

#include "config.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-studio.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char           *folder;
  DioStudio      *studio;
  DioComposition *composition;
  GFile          *file;
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

/* On a computer with nothing on it yet. */
static DioStudio *
open_studio (const char *folder,
             const char *name)
{
  g_autofree char *data = g_build_filename (folder, name, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, name, "cache", NULL);
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
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("diorama-studio-document-XXXXXX", NULL);
  fixture->studio = open_studio (fixture->folder, "here");
  fixture->composition = dio_composition_new ();
  path = g_build_filename (fixture->folder, "Mug.diorama", NULL);
  fixture->file = g_file_new_for_path (path);
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
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->composition);
  g_assert_finalize_object (fixture->studio);
  g_object_unref (fixture->file);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GBytes *
draw (guint8 shade)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (24, 16, 3);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  memset (pixels->data, shade, pixels->stride * pixels->height);
  bytes = dio_image_encode_png (pixels, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static DioReference *
add (Fixture    *fixture,
     guint8      shade,
     const char *file_name)
{
  g_autoptr(GBytes) bytes = draw (shade);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  dio_studio_import_bytes_async (fixture->studio, bytes, file_name, NULL, store_result_cb, &result);
  reference = dio_studio_import_finish (fixture->studio, wait_for (&result), &error);
  g_assert_no_error (error);
  dio_composition_add_reference (fixture->composition, reference, G_MAXUINT);

  return reference;
}

static void
compose (Fixture *fixture)
{
  DioComposition *composition = fixture->composition;
  DioModelInfo *local = dio_studio_find_model (fixture->studio, "local");
  g_autoptr(DioModelInfo) other = g_list_model_get_item (dio_studio_get_models (fixture->studio), 1);
  const DioParameter *seed = dio_model_info_find_flagged (local, DIO_PARAMETER_SEED);
  DioReference *mug;

  mug = add (fixture, 40, "Mug.PNG");
  add (fixture, 90, "Die Küste.png");
  dio_reference_set_role (add (fixture, 140, "brush.png"), DIO_ROLE_STYLE);
  /* The same photo twice. */
  add (fixture, 40, "Mug.PNG");
  dio_reference_set_enabled (mug, FALSE);
  dio_reference_set_address (mug, "https://example.com/mug.png");
  dio_reference_set_by_address (mug, TRUE);

  dio_composition_set_title (composition, "Mug");
  dio_composition_set_model (composition, local);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "@mug an @die-küste, größer");
  dio_composition_set_roles (composition, "");
  g_assert_true (dio_values_set_text (dio_composition_get_values (composition, local), seed->name, "7", NULL));
  seed = dio_model_info_find_flagged (other, DIO_PARAMETER_SEED);
  if (seed != NULL)
    g_assert_true (dio_values_set_text (dio_composition_get_values (composition, other), seed->name, "9", NULL));
}

static gboolean
save (Fixture  *fixture,
      GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_save_document_async (fixture->studio, fixture->composition, fixture->file, NULL, store_result_cb, &result);

  return dio_studio_save_document_finish (fixture->studio, wait_for (&result), error);
}

static gboolean
open_document (DioStudio       *studio,
               GFile           *file,
               DioComposition  *composition,
               GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_open_document_async (studio, file, composition, NULL, store_result_cb, &result);

  return dio_studio_open_document_finish (studio, wait_for (&result), error);
}

static char *
print (DioComposition *composition)
{
  g_autoptr(JsonNode) root = dio_composition_to_json (composition);

  return json_to_string (root, TRUE);
}

static void
test_document_elsewhere (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(DioStudio) elsewhere = open_studio (fixture->folder, "elsewhere");
  g_autoptr(DioComposition) opened = dio_composition_new ();
  g_autofree char *text = NULL;
  g_autofree char *text_opened = NULL;
  g_autoptr(GArray) mentions = NULL;
  g_autoptr(GError) error = NULL;

  compose (fixture);
  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);

  g_assert_true (open_document (elsewhere, fixture->file, opened, &error));
  g_assert_no_error (error);
  text = print (fixture->composition);
  text_opened = print (opened);
  g_assert_cmpstr (text_opened, ==, text);
  mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (opened));
  g_assert_cmpuint (mentions->len, ==, 2);
  g_assert_true (g_file_equal (dio_composition_get_file (opened), fixture->file));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Opening fails as a whole: what was there is there. */
static void
test_document_unreadable (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  compose (fixture);
  before = print (fixture->composition);
  g_assert_false (open_document (fixture->studio, fixture->file, fixture->composition, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_file_set_contents (g_file_peek_path (fixture->file), "no composition", -1, NULL);
  g_assert_false (open_document (fixture->studio, fixture->file, fixture->composition, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  after = print (fixture->composition);
  g_assert_cmpstr (after, ==, before);
}

/* Closed while it is written, it is written all the same. */
static void
test_document_snapshot (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DioComposition) opened = dio_composition_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  compose (fixture);
  dio_studio_save_document_async (fixture->studio, fixture->composition, fixture->file, NULL, store_result_cb, &result);
  dio_composition_clear (fixture->composition);
  g_assert_true (dio_studio_save_document_finish (fixture->studio, wait_for (&result), &error));
  g_assert_no_error (error);

  g_assert_true (open_document (fixture->studio, fixture->file, opened, &error));
  g_assert_cmpstr (dio_composition_get_title (opened), ==, "Mug");
  g_assert_cmpuint (g_list_model_get_n_items (dio_composition_get_references (opened)), ==, 4);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/studio-document/elsewhere", test_document_elsewhere);
  ADD ("/studio-document/unreadable", test_document_unreadable);
  ADD ("/studio-document/snapshot", test_document_snapshot);

  return g_test_run ();
}
