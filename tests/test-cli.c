/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli: its help, its tables and what it says when the line is wrong. */

#include "config.h"

#include "cli-runner.h"
#include "dio-error.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const verbs[] = {
  "compose", "cutout", "models", "parameters", "jobs", "job", "resume", "cancel", "spend", "key", "library", "account",
};

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is missing in: %s", part, text);
}

static void
test_help (Bench        *bench,
           gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "--help", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  assert_has (run->out, "--version");
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    assert_has (run->out, verbs[i]);
}

static void
test_help_of_verbs (Bench        *bench,
                    gconstpointer data)
{
  static const char *const options[][20] = {
    { "--provider", "--model", "--subject", "--scene", "--style", "--prompt", "--set", "--count", "--output", "--json", "--quiet",
      "--account", "--endpoint", "--key-stdin", "--dry-run", "--price", "--ask-price", "--yes", NULL },
    { "--output", "--force", "--json", NULL },
    { "--json", NULL },
    { "--json", NULL },
    { "--all", "--json", NULL },
    { "--output", "--check", "--key-stdin", "--json", NULL },
    { "--provider", "--account", "--key-stdin", "--json", NULL },
    { "--key-stdin", "--json", NULL },
    { "--by", "--csv", "--json", NULL },
    { "--account", "--endpoint", "--key-stdin", "--json", NULL },
    { "--force", "--days", "--trash", "--json", NULL },
    { "--kind", "--endpoint", "--upload-url", "--price", "--currency", "--json", NULL },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (options) == G_N_ELEMENTS (verbs));

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(Run) run = bench_run (bench, verbs[i], "--help", NULL);
      g_autofree char *usage = g_strdup_printf ("diorama-cli %s", verbs[i]);

      g_assert_cmpint (run->status, ==, 0);
      assert_has (run->out, usage);
      for (const char *const *option = options[i]; *option != NULL; option++)
        assert_has (run->out, *option);
    }
}

static void
test_version (Bench        *bench,
              gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "--version", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "diorama-cli " PACKAGE_VERSION "\n");
}

static void
test_usage (Bench        *bench,
            gconstpointer data)
{
  g_autoptr(Run) nothing = bench_run_argv (bench, NULL, (const char *const[]) { NULL });
  g_autoptr(Run) verb = bench_run (bench, "paint", NULL);
  g_autoptr(Run) json = bench_run (bench, "compose", "--json", "--nonsense", NULL);
  g_autoptr(Run) no_subject = bench_run (bench, "compose", "--output", ".", NULL);
  g_autoptr(Run) no_output = bench_run (bench, "compose", "--subject", "a.png", NULL);
  g_autoptr(Run) setting = bench_run (bench, "compose", "--subject", "a.png", "--set", "width", "--output", "output", NULL);
  g_autoptr(Run) no_model = bench_run (bench, "parameters", NULL);
  g_autoptr(Run) no_photo = bench_run (bench, "cutout", NULL);

  assert_error (nothing, 2, "verb");
  assert_error (verb, 2, "paint");
  g_assert_cmpint (json->status, ==, 2);
  assert_json_error (json, "usage");
  assert_error (no_subject, 2, "--subject");
  assert_error (no_output, 2, "--output");
  assert_error (setting, 2, "KEY=VALUE");
  assert_error (no_model, 2, "MODEL");
  assert_error (no_photo, 2, "FILE");
  assert_no_files (bench->output);

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(Run) option = bench_run (bench, verbs[i], "--nonsense", NULL);

      assert_error (option, 2, "--nonsense");
    }
}

static void
test_too_many_arguments (Bench        *bench,
                         gconstpointer data)
{
  g_autoptr(Run) compose = bench_run (bench, "compose", "--subject", "a.png", "--output", "output", "extra", NULL);
  g_autoptr(Run) models = bench_run (bench, "models", "extra", NULL);
  g_autoptr(Run) parameters = bench_run (bench, "parameters", "local", "extra", NULL);
  g_autoptr(Run) cutout = bench_run (bench, "cutout", "a.png", "extra", NULL);

  assert_error (compose, 2, "extra");
  assert_error (models, 2, "extra");
  assert_error (parameters, 2, "extra");
  assert_error (cutout, 2, "extra");
}

/* Returns: (element-type utf8): exit code to class, from lines that begin with both */
static GHashTable *
read_exit_table (const char *text,
                 const char *start,
                 const char *separators)
{
  GHashTable *table = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const char *begin = strstr (text, start);
  g_auto(GStrv) lines = NULL;

  g_assert_nonnull (begin);
  lines = g_strsplit (begin, "\n", -1);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      g_auto(GStrv) words = g_strsplit_set (g_strstrip (*line), separators, -1);
      const char *class = words[0] != NULL ? words[1] : NULL;

      if (class != NULL && *class == '\0')
        class = words[2];
      if (class != NULL && g_ascii_isdigit (*words[0]))
        g_hash_table_insert (table, GINT_TO_POINTER (atoi (words[0])), g_strcompress (class));
    }

  return table;
}

static GHashTable *
read_man_page_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "diorama-cli.1", NULL);
  g_autofree char *roff = NULL;
  g_autofree char *plain = NULL;
  g_auto(GStrv) dashes = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &roff, NULL, &error);
  g_assert_no_error (error);

  /* What roff wants a minus sign escaped for. */
  dashes = g_strsplit (roff, "\\-", -1);
  plain = g_strjoinv ("-", dashes);

  return read_exit_table (plain, "SH EXIT STATUS", "|");
}

static void
test_exit_codes (Bench        *bench,
                 gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "--help", NULL);
  g_autoptr(GHashTable) table = read_exit_table (run->out, "Exit status:", " ");
  g_autoptr(GHashTable) page = read_man_page_table ();
  GHashTableIter iter;
  gpointer code;
  gpointer class;

  g_assert_cmpuint (g_hash_table_size (table), ==, DIO_N_ERRORS + 4);
  g_assert_cmpstr (g_hash_table_lookup (table, GINT_TO_POINTER (0)), ==, "success");
  g_assert_cmpstr (g_hash_table_lookup (table, GINT_TO_POINTER (1)), ==, "unexpected");
  g_assert_cmpstr (g_hash_table_lookup (table, GINT_TO_POINTER (2)), ==, "usage");
  g_assert_cmpstr (g_hash_table_lookup (table, GINT_TO_POINTER (130)), ==, "cancelled");
  for (int i = 0; i < DIO_N_ERRORS; i++)
    g_assert_cmpstr (g_hash_table_lookup (table, GINT_TO_POINTER (10 + i)), ==, dio_error_get_nick (i));

  g_assert_cmpuint (g_hash_table_size (page), ==, g_hash_table_size (table));
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &code, &class))
    g_assert_cmpstr (g_hash_table_lookup (page, code), ==, class);
}

/* Each class has words on what happened, and on what can be done. */
static void
test_exit_sentences (Bench        *bench,
                     gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "--help", NULL);

  for (int i = 0; i < DIO_N_ERRORS; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("\n  +%d +%s +[A-Z][^.:\n]+[.:] [^\n]+\\.\n", 10 + i, dio_error_get_nick (i));

      g_test_message ("%s", pattern);
      g_assert_true (g_regex_match_simple (pattern, run->out, 0, 0));
    }
}

static void
test_models (Bench        *bench,
             gconstpointer data)
{
  g_autoptr(Run) text = bench_run (bench, "models", NULL);
  g_autoptr(Run) run = bench_run (bench, "models", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);
  JsonNode *first = json_array_get_element (json_node_get_array (node), 0);
  g_autofree char *members = join_members (first);

  g_assert_cmpint (text->status, ==, 0);
  assert_has (text->out, "local");
  assert_has (text->out, "This Computer");
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (members, ==, "id,provider,title,summary,max_references,warn_references,max_subjects,max_scenes,max_styles,max_prompt,prompt_required");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (first), "id"), ==, "local");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (first), "max_scenes"), ==, 1);
}

static void
test_parameters (Bench        *bench,
                 gconstpointer data)
{
  g_autoptr(Run) text = bench_run (bench, "parameters", "local", NULL);
  g_autoptr(Run) run = bench_run (bench, "parameters", "local", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);
  JsonArray *array = json_node_get_array (node);

  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (array), >, 0);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *members = join_members (element);

      g_assert_cmpstr (members, ==, "name,kind,minimum,maximum,step,default,choices,optional,soft,title,help,group");
      assert_has (text->out, json_object_get_string_member (json_node_get_object (element), "name"));
    }
}

static void
test_unknown_model (Bench        *bench,
                    gconstpointer data)
{
  g_autoptr(Run) parameters = bench_run (bench, "parameters", "nobody", NULL);
  g_autoptr(Run) model = bench_run (bench, "compose", "--model", "nobody", "--subject", "a.png", "--output", "output", NULL);
  g_autoptr(Run) provider = bench_run (bench, "compose", "--provider", "nobody", "--subject", "a.png", "--output", "output", NULL);
  g_autoptr(Run) json = bench_run (bench, "parameters", "nobody", "--json", NULL);

  assert_error (parameters, 19, "local");
  assert_error (model, 19, "local");
  assert_error (provider, 19, "local");
  g_assert_cmpint (json->status, ==, 19);
  assert_json_error (json, "not-found");
  assert_no_files (bench->output);
}

/* What needs no library must not want a home. */
static void
test_without_home (Bench        *bench,
                   gconstpointer data)
{
  g_autofree char *home = bench_path (bench, "home");
  g_autoptr(Run) models = bench_run (bench, "models", NULL);
  g_autofree char *data_home = g_build_filename (home, "XDG_DATA_HOME", NULL);
  g_autofree char *cache_home = g_build_filename (home, "XDG_CACHE_HOME", NULL);

  g_assert_cmpint (models->status, ==, 0);
  assert_no_files (data_home);
  assert_no_files (cache_home);
}

static void
test_full_stdout (Bench        *bench,
                  gconstpointer data)
{
  g_autoptr(Run) run = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no /dev/full");
      return;
    }

  bench->shell = "exec \"$@\" > /dev/full";
  run = bench_run (bench, "models", NULL);
  assert_error (run, 23, "output");
}

#define ADD(path, func) g_test_add (path, Bench, NULL, bench_set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/cli/help", test_help);
  ADD ("/cli/help-of-verbs", test_help_of_verbs);
  ADD ("/cli/version", test_version);
  ADD ("/cli/usage", test_usage);
  ADD ("/cli/too-many-arguments", test_too_many_arguments);
  ADD ("/cli/exit-codes", test_exit_codes);
  ADD ("/cli/exit-sentences", test_exit_sentences);
  ADD ("/cli/models", test_models);
  ADD ("/cli/parameters", test_parameters);
  ADD ("/cli/unknown-model", test_unknown_model);
  ADD ("/cli/without-home", test_without_home);
  ADD ("/cli/full-stdout", test_full_stdout);

  return g_test_run ();
}
