/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A studio in a folder of its own, and photos made of nothing. */

#include "config.h"

#include "ui-fixture.h"

#include "dio-image-encode.h"

#include <string.h>

#define TIMEOUT (60 * G_TIME_SPAN_SECOND)

void
ui_fixture_init (void)
{
  adw_init ();
}

static void
studio_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  gboolean *is_open = user_data;
  g_autoptr(GError) error = NULL;

  *is_open = dio_studio_open_finish (DIO_STUDIO (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

DioStudio *
ui_make_studio (void)
{
  return ui_make_studio_with_keys (NULL);
}

DioStudio *
ui_make_studio_with_keys (DioKeyStore *keys)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-ui-XXXXXX", NULL);
  DioStudio *studio = dio_studio_new (folder, folder, keys, NULL);
  gboolean is_open = FALSE;

  dio_studio_open_async (studio, NULL, studio_opened_cb, &is_open);
  ui_wait_for (is_true, &is_open);
  return studio;
}

DioReference *
ui_make_reference (const char *name,
                   DioRole     role)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (96, 64, 3);
  g_autoptr(GBytes) bytes = NULL;
  DioReference *reference;

  for (int y = 0; y < pixels->height; y++)
    memset (dio_pixels_row (pixels, y), 40 + 2 * y, pixels->width * pixels->channels);

  bytes = dio_image_encode_png (pixels, NULL, NULL);
  g_assert_nonnull (bytes);
  reference = dio_reference_new (bytes, "image/png", pixels->width, pixels->height, name);
  dio_reference_set_name (reference, name);
  dio_reference_set_role (reference, role);
  return reference;
}

/* A test that waits for ever says nothing; this one says where it waited. */
void
ui_wait_for (UiCondition condition,
             gpointer    data)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_idle (gpointer data)
{
  return !g_main_context_pending (NULL);
}

void
ui_settle (void)
{
  ui_wait_for (is_idle, NULL);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      guint     *nth)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*nth)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, nth);

  return found;
}

/* The nth descendant of a type, from 0, in the order of the window. */
GtkWidget *
ui_find (GtkWidget *root,
         GType      type,
         guint      nth)
{
  return find (root, type, &nth);
}
