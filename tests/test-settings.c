/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings are there with a schema and without. */

#include "config.h"

#include "dio-settings.h"

#include <glib/gstdio.h>

static void
assert_defaults (DioSettings *settings)
{
  g_assert_cmpint (dio_settings_get_window_width (settings), ==, 1360);
  g_assert_cmpint (dio_settings_get_window_height (settings), ==, 860);
  g_assert_false (dio_settings_get_window_maximized (settings));
  g_assert_true (dio_settings_get_show_parameters (settings));
  g_assert_cmpstr (dio_settings_get_last_model (settings), ==, "");
  g_assert_cmpstr (dio_settings_get_default_model (settings), ==, "");
  g_assert_cmpstr (dio_settings_get_result_folder (settings), ==, "");
  g_assert_cmpstr (dio_settings_get_photo_folder (settings), ==, "");
  g_assert_true (dio_settings_get_notify_of_jobs (settings));
  g_assert_true (dio_settings_get_work_in_background (settings));
}

static void
change_all (DioSettings *settings)
{
  dio_settings_set_window_size (settings, 683, 700);
  dio_settings_set_window_maximized (settings, TRUE);
  dio_settings_set_show_parameters (settings, FALSE);
  dio_settings_set_last_model (settings, "some-model");
  dio_settings_set_default_model (settings, "other-model");
  dio_settings_set_result_folder (settings, "file:///some%20folder");
  dio_settings_set_photo_folder (settings, "file:///other");
  dio_settings_set_notify_of_jobs (settings, FALSE);
  dio_settings_set_work_in_background (settings, FALSE);
}

static void
assert_changed (DioSettings *settings)
{
  g_assert_cmpint (dio_settings_get_window_width (settings), ==, 683);
  g_assert_cmpint (dio_settings_get_window_height (settings), ==, 700);
  g_assert_true (dio_settings_get_window_maximized (settings));
  g_assert_false (dio_settings_get_show_parameters (settings));
  g_assert_cmpstr (dio_settings_get_last_model (settings), ==, "some-model");
  g_assert_cmpstr (dio_settings_get_default_model (settings), ==, "other-model");
  g_assert_cmpstr (dio_settings_get_result_folder (settings), ==, "file:///some%20folder");
  g_assert_cmpstr (dio_settings_get_photo_folder (settings), ==, "file:///other");
  g_assert_false (dio_settings_get_notify_of_jobs (settings));
  g_assert_false (dio_settings_get_work_in_background (settings));
}

/* g_settings_new() would end the program here. */
static void
test_settings_without_schema (void)
{
  g_autofree char *empty = g_dir_make_tmp ("dio-settings-XXXXXX", NULL);
  DioSettings *settings = dio_settings_new (empty);
  DioSettings *again;

  g_assert_false (dio_settings_is_kept (settings));
  assert_defaults (settings);
  change_all (settings);
  assert_changed (settings);
  g_assert_finalize_object (settings);

  again = dio_settings_new (NULL);
  assert_defaults (again);
  g_assert_finalize_object (again);
  g_rmdir (empty);
}

static void
test_settings_with_schema (void)
{
  DioSettings *settings = dio_settings_new (BUILD_DATADIR);
  DioSettings *again;

  g_assert_true (dio_settings_is_kept (settings));
  assert_defaults (settings);
  change_all (settings);
  g_assert_finalize_object (settings);

  /* The backend of this run holds them, as dconf would. */
  again = dio_settings_new (BUILD_DATADIR);
  assert_changed (again);
  g_assert_finalize_object (again);
}

static void
test_settings_window_size_is_one (void)
{
  DioSettings *settings = dio_settings_new (NULL);

  dio_settings_set_window_size (settings, 0, 400);
  dio_settings_set_window_size (settings, 400, G_MAXINT);
  assert_defaults (settings);
  g_assert_finalize_object (settings);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  int *n = user_data;

  (*n)++;
}

static void
test_settings_notify (void)
{
  DioSettings *settings = dio_settings_new (NULL);
  int n = 0;

  g_signal_connect (settings, "notify::last-model", G_CALLBACK (count_cb), &n);
  dio_settings_set_last_model (settings, "a");
  dio_settings_set_last_model (settings, "a");
  dio_settings_set_last_model (settings, NULL);
  dio_settings_set_last_model (settings, "");
  g_assert_cmpint (n, ==, 2);
  g_assert_finalize_object (settings);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* One that happens to be installed must not answer. */
  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);

  g_test_add_func ("/settings/without-schema", test_settings_without_schema);
  g_test_add_func ("/settings/with-schema", test_settings_with_schema);
  g_test_add_func ("/settings/window-size-is-one", test_settings_window_size_is_one);
  g_test_add_func ("/settings/notify", test_settings_notify);

  return g_test_run ();
}
