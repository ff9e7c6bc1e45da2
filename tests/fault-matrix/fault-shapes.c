/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers whose values are of other types than they should be, one after the
 * other: nothing breaks, and what was paid for is had in the end. */

#include "config.h"

#include "fault-fixture.h"

#include <string.h>

/**
 * Shape:
 * @name: in the name of the test
 * @call: whose answer
 * @match: which of them
 * @flags: see #FaultFlags
 */
typedef struct
{
  const char *name;
  const char *call;
  const char *match;
  guint       flags;
} Shape;

static const Shape shapes[] = {
  { "wrong-type-of-create", "create", "\"times\": 1", FAULT_AT_ONCE },
  { "wrong-type-of-create-queued", "create", "\"times\": 1", 0 },
  { "wrong-type-of-first-poll", "poll", "\"times\": 1", 0 },
  { "wrong-type-of-last-poll", "poll", "\"from\": 2, \"times\": 1", 0 },
  /* As it is until somebody looks again. */
  { "wrong-type-of-all-polls", "poll", NULL, FAULT_LASTING },
  { "wrong-type-of-upload", "upload", "\"times\": 1", FAULT_BIG_PHOTO },
};

typedef struct
{
  const Vendor *vendor;
  const Shape  *shape;
} Cell;

/* (owned) (element-type Cell): of tests that run and that do not */
static GPtrArray *cells = NULL;

/* ModelsLab lists what is done alone, and what nobody asks for is not done for
 * minutes. */
static guint
get_more_flags (const Cell *cell)
{
  gboolean is_queued = g_str_equal (cell->shape->call, "create") && (cell->shape->flags & FAULT_AT_ONCE) == 0;

  return is_queued && cell->vendor == &vendors[MODELSLAB] ? FAULT_FINAL : 0;
}

/* Returns: how many values the answer has */
static gint64
run (const Cell *cell,
     int         node)
{
  const Fault fault = { .name = cell->shape->name, .flags = cell->shape->flags | get_more_flags (cell) };
  g_autofree char *rule =
    g_strdup_printf ("{ \"match\": { \"dialect\": \"%s\", \"call\": \"%s\" %s %s }, \"do\": \"wrong-types\", \"node\": %d }",
                     cell->vendor->provider, cell->shape->call, cell->shape->match != NULL ? "," : "",
                     cell->shape->match != NULL ? cell->shape->match : "", node);
  FaultFixture fixture = { 0 };
  g_autofree char *seen = NULL;
  gint64 n_nodes;

  fault_fixture_set_up (&fixture, cell->vendor, &fault);
  fault_fixture_set_script (&fixture, rule);
  fault_fixture_generate (&fixture);
  fault_fixture_wait (&fixture);
  n_nodes = fault_fixture_count_nodes (&fixture);

  seen = fault_describe (&fixture);
  g_test_message ("value %d of %d: %s", node, (int) n_nodes, seen);
  fault_check_rest (&fixture);
  fault_fixture_tear_down (&fixture);

  return n_nodes;
}

static void
test_shape (gconstpointer data)
{
  gint64 n_nodes = 1;
  int node;

  for (node = 0; node < n_nodes; node++)
    n_nodes = run (data, node);
  g_assert_cmpint (node, >, 3);
}

static void
add_shape (const Vendor *vendor,
           const Shape  *shape)
{
  g_autofree char *path = g_strdup_printf ("/faults/%s/%s", vendor->name, shape->name);
  gboolean uploads = vendor == &vendors[MODELSLAB] || vendor == &vendors[RUNWARE];
  Cell *cell;

  if (g_str_equal (shape->call, "upload") && !uploads)
    return;

  cell = g_new (Cell, 1);
  cell->vendor = vendor;
  cell->shape = shape;
  g_ptr_array_add (cells, cell);
  g_test_add_data_func (path, cell, test_shape);
}

void
faults_add_shapes (void)
{
  cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_VENDORS; i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
        add_shape (&vendors[i], &shapes[k]);
    }
}
