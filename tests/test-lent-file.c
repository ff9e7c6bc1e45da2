/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the documents portal lends: how it is told from other files, and what a
 * person gets to see of it. */

#include "config.h"

#include "dio-lent-file.h"

static void
test_lent_file_kinds (void)
{
  static const struct
  {
    const char *path; /* below the runtime folder, or absolute */
    gboolean    is_lent;
    gboolean    has_fixed_name;
    const char *shown;
  } cases[] = {
    { "doc/8a7b6c/still life.diorama", TRUE, TRUE, "still life.diorama" },
    { "doc/8a7b6c/Pictures/Made", TRUE, FALSE, "Pictures/Made" },
    { "doc/8a7b6c", TRUE, FALSE, NULL },
    { "docs/8a7b6c/photo.jpg", FALSE, FALSE, NULL },
    { "/home/somebody/photo.jpg", FALSE, FALSE, "/home/somebody/photo.jpg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_path_is_absolute (cases[i].path)
                                ? g_strdup (cases[i].path)
                                : g_build_filename (g_get_user_runtime_dir (), cases[i].path, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autofree char *shown = dio_lent_file_dup_shown_name (file);

      g_assert_cmpint (dio_lent_file_is (file), ==, cases[i].is_lent);
      g_assert_cmpint (dio_lent_file_has_fixed_name (file), ==, cases[i].has_fixed_name);
      g_assert_cmpstr (shown, ==, cases[i].shown != NULL ? cases[i].shown : path);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lent-file/kinds", test_lent_file_kinds);

  return g_test_run ();
}
