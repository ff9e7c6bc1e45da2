/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fault matrix: every provider against everything that can go wrong on the
 * way, each with a studio of its own, over real sockets. */

#include "config.h"

#include "fault-fixture.h"

typedef struct
{
  const Vendor *vendor;
  const Fault  *fault;
} Cell;

/* (owned) (element-type Cell): of tests that run and that do not */
static GPtrArray *cells = NULL;

static char *
make_rules (const Vendor *vendor,
            const Fault  *fault)
{
  gboolean finds = g_strcmp0 (fault->call, "find") == 0;

  if (fault->call == NULL)
    return g_strdup ("");

  /* The first look at ModelsLab's past outputs is before the create. */
  return g_strdup_printf ("%s { \"match\": { \"dialect\": \"%s\", \"call\": \"%s\" %s %s %s }, %s }",
                          fault->more != NULL ? fault->more : "", vendor->provider,
                          finds ? vendor->find : fault->call,
                          finds && vendor == &vendors[MODELSLAB] ? ", \"from\": 2" : "", fault->match != NULL ? "," : "",
                          fault->match != NULL ? fault->match : "", fault->does);
}

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;
  g_autofree char *rules = make_rules (cell->vendor, cell->fault);
  FaultFixture fixture = { 0 };

  fault_fixture_set_up (&fixture, cell->vendor, cell->fault);
  fault_fixture_set_script (&fixture, rules);
  fault_fixture_generate (&fixture);
  fault_fixture_wait (&fixture);
  fault_check (&fixture, &cell->fault->endings[cell->vendor - vendors]);
  fault_fixture_tear_down (&fixture);
}

static void
add_cells (const Fault *faults)
{
  for (const Fault *fault = faults; fault->name != NULL; fault++)
    {
      for (guint i = 0; i < N_VENDORS; i++)
        {
          g_autofree char *path = g_strdup_printf ("/faults/%s/%s", vendors[i].name, fault->name);
          Cell *cell;

          if (fault->vendors != 0 && (fault->vendors & ONLY (i)) == 0)
            continue;

          cell = g_new (Cell, 1);
          cell->vendor = &vendors[i];
          cell->fault = fault;
          g_ptr_array_add (cells, cell);
          g_test_add_data_func (path, cell, test_cell);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  /* A proxy of the place where this runs is none of the tests'. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, NULL);
  fault_watch_log ();
  cells = g_ptr_array_new_with_free_func (g_free);

  add_cells (faults_of_network);
  add_cells (faults_of_create);
  add_cells (faults_of_find);
  add_cells (faults_of_poll);
  add_cells (faults_of_upload);
  add_cells (faults_of_download);
  add_cells (faults_of_making);
  faults_add_shapes ();
  faults_add_clock ();
  faults_add_shown ();

  return g_test_run ();
}
