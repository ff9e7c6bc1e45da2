/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures from the web: fetched over a real socket, read as any other. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-mock-server.h"
#include "dio-studio.h"
#include "library-fixture.h"

typedef struct
{
  char          *folder; /* (owned) */
  DioMockServer *server; /* (owned) */
  DioStudio     *studio; /* (owned) */
} Fixture;

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *library = NULL;
  g_autofree char *cache = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("diorama-address-XXXXXX", NULL);
  library = g_build_filename (self->folder, "data", NULL);
  cache = g_build_filename (self->folder, "cache", NULL);
  self->server = dio_mock_server_new (NULL);
  self->studio = dio_studio_new (library, cache, NULL, NULL);
  dio_studio_open_async (self->studio, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  dio_studio_open_finish (self->studio, result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (self->studio);
  g_assert_finalize_object (self->server);
  library_test_remove_tree (self->folder);
  g_free (self->folder);
}

static DioReference *
import (Fixture  *self,
        GError  **error)
{
  g_autofree char *url = dio_mock_server_dup_url (self->server, "/photos/mug.png?size=big");
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_import_address_async (self->studio, url, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dio_studio_import_finish (self->studio, result, error);
}

static void
assert_nothing_left (Fixture *self)
{
  g_autofree char *fetched = g_build_filename (self->folder, "cache", "fetched", NULL);
  g_autoptr(GDir) dir = g_dir_open (fetched, 0, NULL);

  /* The worker that read it lets go of it last. */
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_dir_rewind (dir);
    }
}

static void
test_address_picture (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (40, 30, 3);
  g_autoptr(GBytes) bytes = dio_image_encode_png (pixels, NULL, NULL);
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  dio_mock_server_push_bytes (self->server, 200, bytes, "Content-Type", "image/png", NULL);
  reference = import (self, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (dio_reference_get_bytes (reference), bytes));
  g_assert_cmpstr (dio_reference_get_file_name (reference), ==, "mug.png");
  g_assert_cmpint (dio_reference_get_width (reference), ==, 40);
  assert_nothing_left (self);
}

static void
test_address_page (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("<html>no picture</html>", 23);
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  dio_mock_server_push_bytes (self->server, 200, bytes, "Content-Type", "text/html", NULL);
  reference = import (self, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_null (reference);
  assert_nothing_left (self);
}

static void
test_address_gone (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  dio_mock_server_push (self->server, 404, "{}");
  reference = import (self, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_null (reference);
  assert_nothing_left (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/studio/address/picture", Fixture, NULL, set_up, test_address_picture, tear_down);
  g_test_add ("/studio/address/page", Fixture, NULL, set_up, test_address_page, tear_down);
  g_test_add ("/studio/address/gone", Fixture, NULL, set_up, test_address_gone, tear_down);

  return g_test_run ();
}
