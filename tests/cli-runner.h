/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the built diorama-cli in a folder and a home of its own. */

#pragma once

#include <json-glib/json-glib.h>

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who the program is told that it runs for. */
#define CLI_USER "erika-mustermann"

/**
 * Bench:
 * @folder: (owned): where the program runs and the test's photos are
 * @output: (owned): a folder for results, which does not exist yet
 * @shell: (owned) (nullable): a line of sh that ends with “exec "$@"”, to
 *   run the program under
 * @variables: (owned): “NAME=value” for the program
 */
typedef struct
{
  char       *folder;
  char       *output;
  const char *shell;
  char      **variables;
} Bench;

typedef struct
{
  int   status;
  char *out;
  char *err;
} Run;

void         bench_set_up     (Bench          *bench,
                               gconstpointer   data);
void         bench_tear_down  (Bench          *bench,
                               gconstpointer   data);
char        *bench_path       (Bench          *bench,
                               const char     *name);
void         bench_write      (Bench          *bench,
                               const char     *name,
                               GBytes         *bytes);
char       **bench_list       (const char     *folder);
GSubprocess *bench_start      (Bench          *bench,
                               const char *const *arguments);
Run         *bench_finish     (GSubprocess    *process,
                               const char     *input);
Run         *bench_run_argv   (Bench          *bench,
                               const char     *input,
                               const char *const *arguments);
Run         *bench_run        (Bench          *bench,
                               const char     *first,
                               ...) G_GNUC_NULL_TERMINATED;
void         run_free         (Run            *run);

JsonNode    *parse_json       (const char     *line);
char        *join_members     (JsonNode       *node);
void         assert_error     (Run            *run,
                               int             status,
                               const char     *mentioned);
void         assert_json_error (Run           *run,
                                const char    *class);
void         assert_no_files  (const char     *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

G_END_DECLS
