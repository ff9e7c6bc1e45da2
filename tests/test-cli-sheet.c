/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli sheet: results and photos, by file or by id, on one page. */

#include "config.h"

#include "cli-pictures.h"
#include "cli-runner.h"

#include <glib/gstdio.h>
#include <string.h>

/* Two pictures of the engine of this computer, of different seeds. */
static void
compose (Bench *bench)
{
  const char *seeds[] = { "seed=3", "seed=4" };
  const char *folders[] = { "first", "second" };

  bench_write (bench, "shore.png", picture_scene (64, 48));
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr(Run) run = bench_run (bench, "compose", "--scene", "shore.png", "--prompt", "A quiet harbour", "--set",
                                      "width=256", "--set", "height=256", "--set", seeds[i], "--output", folders[i],
                                      "--quiet", NULL);

      g_assert_cmpint (run->status, ==, 0);
    }
}

/* Newest first. */
static char *
dup_member (Bench      *bench,
            guint       nth,
            const char *name)
{
  g_autoptr(Run) run = bench_run (bench, "library", "search", "quiet", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);
  JsonObject *object = json_array_get_object_element (json_node_get_array (node), nth);

  return g_strdup (json_object_get_string_member (object, name));
}

static char *
read_text (Bench      *bench,
           const char *name)
{
  g_autofree char *path = bench_path (bench, name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_has (const char *page,
            const char *text)
{
  if (strstr (page, text) == NULL)
    g_error ("“%s” is not on the page", text);
}

/* A result by its id, another by its file, and a photo. */
static void
test_html (Bench         *bench,
           gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autofree char *page = NULL;
  g_autoptr(Run) run = NULL;

  compose (bench);
  id = dup_member (bench, 0, "id");
  file = dup_member (bench, 1, "file");
  run = bench_run (bench, "sheet", "--output", "sheet.html", "--title", "Two & a photo", id, file, "shore.png", NULL);
  g_assert_cmpstr (run->out, ==, "sheet.html\n");
  g_assert_cmpint (run->status, ==, 0);

  page = read_text (bench, "sheet.html");
  assert_has (page, "<h1>Two &amp; a photo</h1>");
  assert_has (page, "<figcaption>A · This Computer · 256×256</figcaption>");
  assert_has (page, "<figcaption>B · This Computer · 256×256</figcaption>");
  assert_has (page, "<figcaption>Reference 1 · @shore</figcaption>");
  assert_has (page, "<td>4</td><td>3</td>");
  assert_has (page, "<td>A quiet harbour</td><td>A quiet harbour</td>");
  assert_has (page, "<td>256 × 256</td>");
  assert_has (page, "<td>@shore</td>");
  g_assert_null (strstr (page, bench->folder));
}

static void
test_png (Bench         *bench,
          gconstpointer  data)
{
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) again = NULL;
  g_autoptr(Run) forced = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *start = NULL;

  bench_write (bench, "shore.png", picture_scene (64, 48));
  run = bench_run (bench, "sheet", "shore.png", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  node = parse_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "file"), ==, "sheet.png");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "pictures"), ==, 1);
  start = read_text (bench, "sheet.png");
  g_assert_cmpmem (start, 4, "\x89PNG", 4);

  again = bench_run (bench, "sheet", "shore.png", NULL);
  assert_error (again, 18, "--force");
  forced = bench_run (bench, "sheet", "shore.png", "--force", NULL);
  g_assert_cmpint (forced->status, ==, 0);
}

/* What is known of a picture outlives its file. */
static void
test_missing (Bench         *bench,
              gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autofree char *page = NULL;
  g_autoptr(Run) run = NULL;

  compose (bench);
  id = dup_member (bench, 0, "id");
  file = dup_member (bench, 0, "file");
  g_assert_cmpint (g_unlink (file), ==, 0);
  run = bench_run (bench, "sheet", "--output", "sheet.html", id, NULL);
  g_assert_cmpint (run->status, ==, 0);
  page = read_text (bench, "sheet.html");
  assert_has (page, "<p>This picture could not be read</p>");
  assert_has (page, "<td>A quiet harbour</td>");
}

/* Nothing is written of half of what was named. */
static void
test_wrong (Bench         *bench,
            gconstpointer  data)
{
  g_autoptr(Run) nothing = bench_run (bench, "sheet", NULL);
  g_autoptr(Run) ending = bench_run (bench, "sheet", "--output", "sheet.gif", "shore.png", NULL);
  g_autoptr(Run) many = bench_run (bench, "sheet", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", NULL);
  g_autoptr(Run) unknown = NULL;
  g_autoptr(Run) no_picture = NULL;
  g_autofree char *path = bench_path (bench, "sheet.png");

  assert_error (nothing, 2, "PICTURE");
  assert_error (ending, 2, "sheet.gif");
  assert_error (many, 2, "9");

  bench_write (bench, "shore.png", picture_scene (64, 48));
  bench_write (bench, "half.jpg", picture_truncated_jpeg ());
  unknown = bench_run (bench, "sheet", "shore.png", "nobody-knows-it", NULL);
  assert_error (unknown, 19, "nobody-knows-it");
  no_picture = bench_run (bench, "sheet", "half.jpg", NULL);
  assert_error (no_picture, 18, "half.jpg");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define add(path, func) g_test_add ("/cli-sheet/" path, Bench, NULL, bench_set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("html", test_html);
  add ("png", test_png);
  add ("missing", test_missing);
  add ("wrong", test_wrong);

  return g_test_run ();
}
