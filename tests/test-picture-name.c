/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of picture files are safe anywhere, whatever a prompt says. */

#include "config.h"

#include "dio-picture-name.h"

#include <string.h>

static void
test_picture_name_table (void)
{
  /* 2026-11-21 14:03:22 UTC */
  const gint64 time = G_GINT64_CONSTANT (1795269802000000);
  static const struct
  {
    const char *text;
    guint       index;
    const char *extension;
    guint       attempt;
    const char *name;
  } cases[] = {
    { "watch on table", 0, "png", 0, "2026-11-21 140322 watch on table 1.png" },
    { "@watch on @table", 1, "jpg", 0, "2026-11-21 140322 watch on table 2.jpg" },
    { "watch on table", 0, "png", 1, "2026-11-21 140322 watch on table 1 (2).png" },
    { "", 0, "png", 0, "2026-11-21 140322 picture 1.png" },
    { "../../etc/passwd", 0, "png", 0, "2026-11-21 140322 etc passwd 1.png" },
    { " a\tb\n\nc: \"d\" <e>|f?*\\ ", 0, "png", 0, "2026-11-21 140322 a b c d e f 1.png" },
    { "Größe – 時計 it's", 0, "webp", 0, "2026-11-21 140322 Größe 時計 its 1.webp" },
    { "x", 0, "../sh", 0, "2026-11-21 140322 x 1.img" },
    { "x", 0, NULL, 0, "2026-11-21 140322 x 1.img" },
    { "x", 0, "", 0, "2026-11-21 140322 x 1.img" },
    { "1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890", 0, "png", 0,
      "2026-11-21 140322 1234567890 1234567890 1234567890 1234567890 1234567890 12345 1.png" },
    { "\xff\xfe", 0, "png", 0, "2026-11-21 140322 picture 1.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = dio_picture_name_make (time, cases[i].text, cases[i].index,
                                                     cases[i].extension, cases[i].attempt);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_picture_name_fits (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "𝔘");
  name = dio_picture_name_make (0, text->str, 65534, "jpeg", 9999);

  g_assert_cmpuint (strlen (name), <=, 255);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-name/table", test_picture_name_table);
  g_test_add_func ("/picture-name/fits", test_picture_name_fits);

  return g_test_run ();
}
